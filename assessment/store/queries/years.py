"""Every released result of one service, over the years."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from assessment.disclosure.release import ReleaseCell
from assessment.questionnaire.definition import Form
from assessment.scoring.response import VoiceName
from assessment.store.models import Release, Round
from assessment.store.models import ReleaseCell as CellRow
from assessment.store.queries.releases import FIGURE, as_figure


@dataclass(frozen=True, slots=True)
class YearResult:
    """One voice in one released round: its figures by principle, and the form that it answered."""

    round_id: UUID
    released_on: date
    questionnaire: tuple[str, str, str]
    mode: Literal["together", "apart"]
    voice: VoiceName
    form: Form
    cells: Mapping[str, ReleaseCell]


def results_over_the_years(session: Session, service_id: UUID) -> tuple[YearResult, ...]:
    """The newest first; of a corrected round its last version, of one held apart only what its lead has opened."""
    last = select(func.max(Release.version)).where(Release.round_id == Round.id).correlate(Round).scalar_subquery()
    query = (
        select(Round.id, Round.language, Release.released_on, Release.questionnaire, Release.questionnaire_version)
        .add_columns(Round.mode, Release.form, *FIGURE)
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
        mine[row.measure.partition("/")[2]] = as_figure(row)
        sheet = (row.questionnaire, row.questionnaire_version, row.language)
        found.setdefault(key, YearResult(row.id, row.released_on, sheet, row.mode, row.voice, row.form, mine))
    return tuple(found.values())
