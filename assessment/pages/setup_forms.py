"""The forms of setting up a round."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovSelect, GovTextInput
from werkzeug.datastructures import MultiDict
from wtforms import Field, IntegerField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, NumberRange, ValidationError

from assessment.pages.stale import is_stale
from assessment.store.names import fits, tidy, visible

MOST_PRESENT = 99


def _name(field: str) -> list[Any]:
    return [DataRequired(field), short_enough]


def short_enough(_form: FlaskForm, field: Field) -> None:
    if field.data and not fits(field.data):
        raise ValidationError(_("Use no more than 200 characters."))


def one_line(typed: str | None) -> str:
    """What was typed, as a name is kept; a filter of a field."""
    return tidy(typed or "")


class KeptForm(FlaskForm):  # type: ignore[misc]
    """A form that a stale token shows again as it was typed, without calling anything in it wrong."""

    class Meta:
        csrf = False  # the token was looked at before the view began

        def wrap_formdata(self, _form: FlaskForm, given: Any) -> Any:
            """What was typed, as a page may show it again; never a file or JSON, which Flask-WTF takes for words."""
            if given is None or hasattr(given, "getlist"):
                return given
            if request.method != "POST" or not request.form:
                return None
            return MultiDict((name, visible(value)) for name, value in request.form.items(multi=True))

    def validate_on_submit(self, extra_validators: Any = None) -> bool:
        return not is_stale() and bool(super().validate_on_submit(extra_validators))


class CountField(IntegerField):  # type: ignore[misc]
    """A number of people. What is no number is left for the validators to speak of, in our words."""

    def process_formdata(self, valuelist: list[str]) -> None:
        with suppress(ValueError):
            super().process_formdata(valuelist)


class ServiceForm(KeptForm):
    """Which service: the organisation is a text with matches, which the view handles."""

    organisation = StringField(_l("Organisation"), validators=_name(_l("Enter the name of your organisation.")))
    service = StringField(
        _l("Service or team"),
        widget=GovTextInput(),
        description=_l("The name people would know it by."),
        validators=_name(_l("Enter the name of your service or team.")),
    )
    department = StringField(
        _l("Department (optional)"),
        widget=GovTextInput(),
        validators=[short_enough],
    )
    sector = SelectField(
        _l("Sector"),
        widget=GovSelect(),
        description=_l("We use this to put you beside services like yours."),
        validators=[DataRequired(_l("Choose the sector that is nearest to what you do."))],
    )

    def validate_organisation(self, field: Field) -> None:
        has_letters(field)

    def validate_service(self, field: Field) -> None:
        has_letters(field)


class OrganisationForm(KeptForm):
    """What an organisation is that we do not know yet."""

    kind = SelectField(
        _l("What kind of organisation is it?"),
        widget=GovSelect(),
        validators=[DataRequired(_l("Choose the kind that is nearest."))],
    )
    region = SelectField(
        _l("Where is it?"),
        widget=GovSelect(),
        description=_l("If it works across the whole of a nation, choose where its main office is."),
        validators=[DataRequired(_l("Choose a nation or region."))],
    )
    size = SelectField(
        _l("How many people work for it?"),
        widget=GovSelect(),
        description=_l("A rough idea is enough."),
        validators=[DataRequired(_l("Choose a size, or “We do not know”."))],
    )


class SittingForm(KeptForm):
    """Which form of which questionnaire, and how many sit on each side of the table."""

    sheet = RadioField(
        _l("Which form will you use?"),
        widget=GovRadioInput(),
        validators=[InputRequired(_l("Choose a form."))],
    )
    people_present = CountField(
        _l("How many people who use the service, or care for someone who does?"),
        widget=GovTextInput(),
        validators=[
            InputRequired(_l("Enter a number. If there is nobody, enter 0.")),
            NumberRange(0, MOST_PRESENT, _l("Enter how many people use the service, from 0 to 99.")),
        ],
    )
    staff_present = CountField(
        _l("How many staff and partners?"),
        widget=GovTextInput(),
        validators=[
            InputRequired(_l("Enter a number. If there is nobody, enter 0.")),
            NumberRange(0, MOST_PRESENT, _l("Enter how many staff and partners, from 0 to 99.")),
        ],
    )

    def validate_staff_present(self, field: Field) -> None:
        if field.data == 0 and self.people_present.data == 0:
            raise ValidationError(_("Somebody has to answer: enter at least 1 on one side."))


def choices(options: Sequence[tuple[str, str]], first: str) -> list[SelectChoice]:
    """A select's choices, led by one that asks for a choice."""
    return [SelectChoice("", first), *(SelectChoice(value, label) for value, label in options)]


def has_letters(field: Field) -> None:
    if field.data and not any(c.isalnum() for c in tidy(field.data)):
        raise ValidationError(_("Use letters or numbers in the name."))
