"""Every released result of one service, over the years."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from assessment.disclosure.release import ReleaseCell
from assessment.scoring.response import VoiceName
from assessment.store.messages import from_text
from assessment.store.models import Release, Round
from assessment.store.models import ReleaseCell as CellRow


@dataclass(frozen=True, slots=True)
class YearResult:
    """One voice in one released round: its figures by principle."""

    round_id: UUID
    released_on: date
    questionnaire: tuple[str, str, str]
    mode: Literal["together", "apart"]
    voice: VoiceName
    cells: Mapping[str, ReleaseCell]


def results_over_the_years(session: Session, service_id: UUID) -> tuple[YearResult, ...]:
    """The newest first; of a corrected round its last version, of one held apart only what its lead has opened."""
    last = select(func.max(Release.version)).where(Release.round_id == Round.id).correlate(Round).scalar_subquery()
    query = (
        select(Round.id, Round.language, Release.released_on, Release.questionnaire, Release.questionnaire_version)
        .add_columns(Round.mode, CellRow.voice, CellRow.measure, CellRow.value_x10, CellRow.n, CellRow.statements)
        .add_columns(CellRow.reason, CellRow.low_x10, CellRow.high_x10, CellRow.bound, CellRow.band)
        .join(Release, Release.round_id == Round.id)
        .join(CellRow, CellRow.release_id == Release.id)
        .where(Round.service_id == service_id, Release.version == last, CellRow.measure.startswith("principle/"))
        .where(or_(Round.mode == "together", Round.agreed_on.is_not(None)))
        .order_by(Release.released_on.desc(), Round.id, CellRow.voice)
    )
    found: dict[tuple[UUID, str], YearResult] = {}
    cells: dict[tuple[UUID, str], dict[str, ReleaseCell]] = {}
    for row in session.execute(query):
        key = (row.id, row.voice)
        mine = cells.setdefault(key, {})
        mine[row.measure.partition("/")[2]] = _cell(row)
        sheet = (row.questionnaire, row.questionnaire_version, row.language)
        found.setdefault(key, YearResult(row.id, row.released_on, sheet, row.mode, row.voice, mine))
    return tuple(found.values())


def _cell(row: Any) -> ReleaseCell:
    figures = (row.value_x10, row.n, row.statements, from_text(row.reason), row.low_x10, row.high_x10)
    return ReleaseCell(row.voice, row.measure, *figures, row.bound, row.band or None)
