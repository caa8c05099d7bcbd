"""Where the rounds of an organisation's services stand: days and states only, never how many answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assessment.store.models import Organisation, Release, Reply, Round, Service
from assessment.store.queries.organisation_view import Among


@dataclass(frozen=True, slots=True)
class RoundStands:
    """One round of one service that was not called off. ``released_on`` is its first release."""

    service_id: UUID
    mode: Literal["together", "apart"]
    state: str
    opened_on: date
    closes_on: date | None
    hear_by: date | None
    agreed_on: date | None
    replied_on: date | None
    released_on: date | None


def rounds_in(session: Session, organisation_id: UUID) -> tuple[RoundStands, ...]:
    """Every round of its confirmed services, the newest first."""
    first = (
        select(Release.round_id, func.min(Release.released_on).label("day"))
        .where(Release.organisation_id == organisation_id)
        .group_by(Release.round_id)
        .subquery()
    )
    columns: tuple[Any, ...] = (
        Round.service_id,
        Round.mode,
        Round.state,
        Round.opened_on,
        Round.closes_on,
        Round.hear_by,
        Round.agreed_on,
        Reply.published_on,
        first.c.day,
    )
    query = (
        select(*columns)
        .join(Service, Service.id == Round.service_id)
        .join(Organisation, Organisation.id == Service.organisation_id)
        .outerjoin(first, first.c.round_id == Round.id)
        .outerjoin(Reply, Reply.round_id == Round.id)
        .where(*Among(organisation_id).where, Round.state != "cancelled")
        .order_by(Round.opened_on.desc(), Round.id)
    )
    return tuple(RoundStands(*row) for row in session.execute(query))
