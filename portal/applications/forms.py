"""What applicants fill in besides the questions of a round: who bids, and why a bid is taken back."""

from collections.abc import Sequence

from govuk_frontend_wtf.wtforms_widgets import GovTextArea
from wtforms import IntegerField, StringField
from wtforms.validators import Optional
from wtforms.widgets import HiddenInput

from portal.applications.models import Application
from portal.applications.policy import PRIVATE
from portal.core.forms import Filled, Form, MaxWords, Radios
from portal.people.models import Organisation


class StartForm(Form):
    """In whose name a bid is begun: asked where there are several."""

    organisation = Radios("Which organisation is applying?", validators=[Filled("Choose the organisation that applies")])

    seen = IntegerField(widget=HiddenInput(), validators=[Optional()])

    def offer(self, organisations: Sequence[Organisation]) -> "StartForm":
        self.organisation.choices = [(str(each.id), each.name) for each in organisations]
        return self


class WithdrawForm(Form):
    reason = StringField(
        "Why do you withdraw the application?",
        widget=GovTextArea(),
        description="A sentence is enough. The grants team reads it.",
        validators=[MaxWords(100)],
    )

    def about(self, application: Application) -> "WithdrawForm":
        """What nobody has read yet can be withdrawn without a word."""
        if application.stage not in PRIVATE:
            self.reason.validators = [Filled("Say why you withdraw the application"), *self.reason.validators]
        return self
