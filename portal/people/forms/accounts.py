"""One's own details and address; why an account is shut; who takes work over."""

from typing import Any

from wtforms import HiddenField

from portal.core.forms import Checkboxes, Filled, Form, Radios
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


class SureForm(Form):
    """That something which cannot be undone is meant."""

    sure = Checkboxes("Is this meant?", choices=[("yes", "Yes: it cannot be undone")],
                      validators=[Filled("Tick that this is meant: it cannot be undone")])  # fmt: skip


class EraseForm(SureForm):
    """The same, with on whose word."""

    reason = reason("Who asked for it, and why?")


class CorrectionForm(Form):
    """What is right about somebody, and on whose word."""

    name = line("Name", Filled("Enter the name"))
    email = email_line("E-mail address")
    phone = line("Phone")
    reason = reason("Who asked for it, and what was wrong?")


class TakeOverForm(Form):
    """Who takes over one piece of work."""

    taker = Radios("Who takes it over?", validators=[Filled("Choose who takes it over")])

    def __init__(self, takers: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(**options)
        self.taker.choices = takers
