"""The forms of running an organisation and its services."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from govuk_frontend_wtf.wtforms_widgets import GovFileInput, GovSelect, GovTextArea, GovTextInput
from wtforms import Field, FileField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, ValidationError

from assessment.pages.setup_forms import KeptForm, has_letters, one_line, short_enough
from assessment.pages.typed import MOST_CHARACTERS
from assessment.store.addresses import is_address
from assessment.store.names import visible


def lines(typed: str | None) -> str:
    """A text of lines, as a page may show it again; a filter of a field."""
    return visible(typed or "")


class NameForm(KeptForm):
    """A department's name, or any other."""

    name = StringField(
        _l("Name"),
        widget=GovTextInput(),
        filters=[one_line],
        validators=[DataRequired(_l("Enter a name.")), short_enough],
    )

    def validate_name(self, field: Field) -> None:
        has_letters(field)


class ServiceWordsForm(NameForm):
    """What is said of a service."""

    sector = SelectField(_l("Sector"), widget=GovSelect(), validators=[DataRequired(_l("Choose a sector."))])
    department = SelectField(_l("Department"), widget=GovSelect(), validators=[])


class OrganisationWordsForm(NameForm):
    """What is said of an organisation."""

    kind = SelectField(_l("Kind"), widget=GovSelect(), validators=[DataRequired(_l("Choose a kind."))])
    region = SelectField(
        _l("Nation or region"), widget=GovSelect(), validators=[DataRequired(_l("Choose a nation or region."))]
    )
    size = SelectField(_l("Paid staff"), widget=GovSelect(), validators=[])


class EmailForm(KeptForm):
    """An address to which a message will go."""

    email = StringField(
        _l("E-mail address"),
        widget=GovTextInput(),
        filters=[one_line],
        validators=[DataRequired(_l("Enter an e-mail address."))],
    )

    def validate_email(self, field: Field) -> None:
        if not is_address(field.data):
            raise ValidationError(_("Enter an e-mail address, like name@example.org."))


class OfferForm(EmailForm):
    """A role, and who shall have it."""

    role = SelectField(_l("Role"), widget=GovSelect(), validators=[DataRequired(_l("Choose a role."))])


class ClaimForm(EmailForm):
    """A team asks its organisation to confirm their service."""

    note = TextAreaField(
        _l("Anything that helps them recognise you (optional)"),
        widget=GovTextArea(),
        filters=[lines],
        validators=[Length(max=MOST_CHARACTERS, message=_l("Use no more than 2,000 characters."))],
    )


class ListForm(KeptForm):
    """A list of departments and services, as a file or pasted."""

    file = FileField(_l("A CSV file"), widget=GovFileInput())
    text = TextAreaField(_l("Or paste the list here"), widget=GovTextArea(), filters=[lines])
