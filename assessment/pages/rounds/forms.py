"""The forms of planning a round held apart and of changing one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovTextArea, GovTextInput
from wtforms import Field, RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional, ValidationError

from assessment.disclosure.thresholds import K10, K
from assessment.pages.clock import today
from assessment.pages.days import DayField
from assessment.pages.definitions import Sheet
from assessment.pages.setup_forms import CountField, KeptForm, short_enough
from assessment.pages.typed import MOST_CHARACTERS, cleaned
from assessment.store.names import tidy

MOST_EXPECTED: Final = 9999
MOST_THRESHOLD: Final = 50
LONGEST: Final = timedelta(days=366)


def text_fits(_form: KeptForm, field: Field) -> None:
    if field.data and len(field.data) > MOST_CHARACTERS:
        raise ValidationError(_("Use no more than %(most)d characters.", most=MOST_CHARACTERS))


def _text(label: Any, hint: Any = "", needs: Any = "") -> TextAreaField:
    checks = [DataRequired(needs), text_fits] if needs else [text_fits]
    return TextAreaField(
        label, widget=GovTextArea(), description=hint, validators=checks, filters=[lambda text: cleaned(text or "")]
    )


def _count(label: Any, hint: Any) -> CountField:
    most = NumberRange(0, MOST_EXPECTED, _l("Enter a number from 0 to 9999, or leave this empty."))
    return CountField(label, widget=GovTextInput(), description=hint, validators=[Optional(), most])


def _threshold(label: Any, least: int) -> CountField:
    words = _l("Enter a number from %(least)d to %(most)d.", least=least, most=MOST_THRESHOLD)
    return CountField(
        label,
        widget=GovTextInput(),
        default=least,
        validators=[InputRequired(words), NumberRange(least, MOST_THRESHOLD, words)],
    )


class DatesForm(KeptForm):
    """When a round closes, and by when people hear what came of it."""

    closes_on = DayField(
        _l("Last day to answer"), description=_l("Three weeks is usual. You can give more time later.")
    )
    hear_by = DayField(
        _l("People will hear what came of it by"),
        description=_l("You promise this day to everyone you ask. Choose one that you can keep."),
    )

    def validate_hear_by(self, field: Field) -> None:
        if field.data and self.closes_on.data and field.data < self.closes_on.data:
            raise ValidationError(_("This must be on or after the last day to answer."))
        if field.data and field.data > today() + 2 * LONGEST:
            raise ValidationError(_("Choose a day within two years."))


class PlanForm(DatesForm):
    """Everything that is settled before anyone is asked. ``offered``: the forms there are, looked up once a request."""

    offered: tuple[Sheet, ...] = ()
    sheet = RadioField(
        _l("Which form will staff and partners answer?"),
        widget=GovRadioInput(),
        validators=[InputRequired(_l("Choose a form."))],
    )
    opens_on = DayField(_l("First day to answer"))
    people_expected = _count(
        _l("About how many people who use the service will you ask?"),
        _l("Families and carers too. You may leave this empty."),
    )
    staff_expected = _count(_l("About how many staff and partners will you ask?"), _l("You may leave this empty."))
    told = _text(
        _l("Why are you asking?"),
        _l("Everyone you ask reads this. Say what you will use the answers for, and anything else they should know."),
        needs=_l("Say why you are asking."),
    )
    asked_by = StringField(
        _l("Who is asking?"),
        widget=GovTextInput(),
        description=_l("A name, and how to reach them. People can turn to them with questions."),
        validators=[DataRequired(_l("Say who is asking.")), short_enough],
        filters=[lambda text: tidy(text or "")],
    )
    support = _text(
        _l("Where can people find support? (optional)"),
        _l("Some questions may upset someone. Name a person or a helpline outside the team."),
    )
    k = _threshold(_l("Show the result of a principle from how many answers?"), K)
    k10 = _threshold(_l("Show the result of one statement from how many answers?"), K10)

    def validate_opens_on(self, field: Field) -> None:
        if field.data and not today() <= field.data <= today() + LONGEST:
            raise ValidationError(_("Choose today or a later day, within a year."))

    def validate_closes_on(self, field: Field) -> None:
        if not (field.data and self.opens_on.data):
            return
        # Never a day reckoned from what was typed: after the last year of all there is none.
        if not timedelta(0) < field.data - self.opens_on.data <= LONGEST:
            raise ValidationError(_("This must be after the first day to answer, and within a year of it."))

    def validate_k10(self, field: Field) -> None:
        if field.data and self.k.data and field.data < self.k.data:
            raise ValidationError(_("This cannot be fewer than for a principle."))


class ExtendForm(DatesForm):
    """The same days, none of them earlier than it was."""

    def __init__(self, closes_on: date, hear_by: date, **more: Any) -> None:
        super().__init__(data={"closes_on": closes_on, "hear_by": hear_by}, **more)
        self.was = (closes_on, hear_by)

    def validate_closes_on(self, field: Field) -> None:
        if field.data and not max(self.was[0], today()) <= field.data <= today() + LONGEST:
            raise ValidationError(_("This can only be made later, from today on and within a year."))

    def validate_hear_by(self, field: Field) -> None:
        if field.data and field.data < self.was[1]:
            raise ValidationError(_("This can only be made later: people were promised the earlier day."))
        super().validate_hear_by(field)


class CancelForm(KeptForm):
    """Why a round is called off."""

    because = _text(
        _l("Why are you calling it off?"),
        _l("Everyone who opens a link or poster reads this."),
        needs=_l("Say why, so that people who come know."),
    )
