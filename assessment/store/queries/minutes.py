"""About how long answering alone takes: as earlier rounds tell it, never the one that is being answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assessment.questionnaire.definition import Definition, Form
from assessment.scoring.response import VoiceName
from assessment.store.models import Round, Tally

LEAST: Final = 10
MINUTES_A_STATEMENT: Final = 5 / 12
"""5 minutes for the 12 statements of the short form, as the questionnaire says; its full form is estimated higher."""
MINUTES_A_STATEMENT_OF_MANY: Final = 20 / 36
MANY: Final = 24


def usual_minutes(session: Session, asked: Definition, voice: VoiceName, form: Form) -> int:
    """The median of what people of this voice took on this form, in whole minutes; an estimate until 10 have."""
    rows = [(int(value), times) for value, times in _told(session, asked, voice, form) if value.isdigit()]
    if sum(times for _value, times in rows) < LEAST:
        return estimated_minutes(len(asked.on_form(form)))
    return max(1, _median(sorted(rows)))


def estimated_minutes(statements: int) -> int:
    """About how long this many statements take one person."""
    each = MINUTES_A_STATEMENT if statements < MANY else MINUTES_A_STATEMENT_OF_MANY
    return max(1, round(statements * each))


def _told(session: Session, asked: Definition, voice: str, form: Form) -> Sequence[tuple[str, int]]:
    """Minutes and how many took them. People have one form, whatever the staff's of their round is."""
    query = (
        select(Tally.value, func.sum(Tally.times))
        .join(Round, Round.id == Tally.round_id)
        .where(
            Tally.kind == "minutes",
            Tally.voice == voice,
            Round.state == "released",
            Round.questionnaire == asked.id,
            Round.questionnaire_version == asked.version,
        )
        .group_by(Tally.value)
    )
    if voice == "staff":
        query = query.where(Round.form == form)
    return [(row[0], row[1]) for row in session.execute(query)]


def _median(rows: Sequence[tuple[int, int]]) -> int:
    """The lower middle of values in order, each so many times."""
    half, seen = (sum(times for _value, times in rows) + 1) // 2, 0
    for value, times in rows:
        seen += times
        if seen >= half:
            return value
    raise ValueError("no values have no median")
