"""One's own details and address; why an account is shut; who takes work over."""

from typing import Any

from wtforms import HiddenField

from portal.core.forms import Filled, Form, Radios
from portal.people.forms.fields import SecretField, email_line, line, reason


class DetailsForm(Form):
    """How one is called and reached."""

    name = line("Your name", Filled("Enter your name"))
    phone = line("Phone")


class AddressForm(Form):
    """A new address; the password, where there is one, shows that it is the person who asks."""

    email = email_line("New e-mail address")
    password = SecretField("Your password", validators=[Filled("Enter your password")])

    def __init__(self, has_password: bool, **options: Any) -> None:
        super().__init__(**options)
        if not has_password:
            del self.password


class CodeForm(Form):
    """The first code that the authenticator shows."""

    code = line("Code from the app", Filled("Enter the code that the app shows"))


class PasskeyForm(Form):
    """What a device answers; a script fills it in."""

    credential = HiddenField()


class NewPasskeyForm(PasskeyForm):
    """A passkey and what its owner calls it."""

    name = line("Name of this passkey", Filled("Enter a name by which you will know this passkey"))


class InvitedPasskeyForm(PasskeyForm):
    """A new account with a passkey."""

    name = line("Your name", Filled("Enter your name"))


class ForgottenForm(Form):
    """Where to send the link."""

    email = email_line()


class ReasonForm(Form):
    """Why something is done to somebody."""

    reason = reason()


class TakeOverForm(Form):
    """Who takes over one piece of work."""

    taker = Radios("Who takes it over?", validators=[Filled("Choose who takes it over")])

    def __init__(self, takers: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(**options)
        self.taker.choices = takers
