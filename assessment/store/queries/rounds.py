"""Rounds and drafts as their private links open them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from assessment.store.models import Draft, DraftAnswer, Link, Organisation, Round, Service
from assessment.store.records import Answered, Purpose
from assessment.store.records import Round as RoundRecord

_COLUMNS: tuple[Any, ...] = (
    Round.id,
    Link.purpose,
    Round.state,
    Round.form,
    Round.questionnaire,
    Round.questionnaire_version,
    Round.language,
    Draft.id,
    Round.opened_on,
    Round.staff_present,
    Round.people_present,
    Round.previous_id,
    Round.shows_previous,
    Service.id,
    Service.name,
    Service.sector,
    Organisation.id,
    Organisation.name,
    Organisation.confirmed_on.is_not(None) & Service.confirmed_on.is_not(None),
    Organisation.kind,
    Organisation.nation,
    Organisation.region,
    Organisation.size,
)

# Built once: making a statement anew costs more than running it.
_ROUND_BY_LINK = (
    select(*_COLUMNS)
    .select_from(Link)
    .join(Round, Round.id == Link.of)
    .join(Draft, Draft.round_id == Round.id)
    .join(Service, Service.id == Round.service_id)
    .join(Organisation, Organisation.id == Service.organisation_id)
    .where(Link.hash == bindparam("hash"), Link.purpose.in_(("owner", "reader")))
)

_ANSWERED = select(
    DraftAnswer.question,
    DraftAnswer.value,
    DraftAnswer.reason,
    DraftAnswer.evidence,
    DraftAnswer.dissent,
    DraftAnswer.version,
).where(DraftAnswer.draft_id == bindparam("draft"))


def round_by_link(session: Session, link_hash: str) -> RoundRecord | None:
    """The round that this link opens, or None."""
    row: Any = session.execute(_ROUND_BY_LINK, {"hash": link_hash}).first()
    if row is None:
        return None
    values: list[Any] = [*row[:4], tuple(row[4:7]), *row[7:]]
    return RoundRecord(*values)


def answers_of(session: Session, draft_id: UUID) -> Mapping[str, Answered]:
    """Everything saved in a draft, by question."""
    return {row[0]: Answered(*row) for row in session.execute(_ANSWERED, {"draft": draft_id})}


def purpose_of(session: Session, link_hash: str) -> tuple[Purpose, UUID] | None:
    """What a link is for, and of which round or organisation."""
    columns: tuple[Any, ...] = (Link.purpose, Link.of)
    row = session.execute(select(*columns).where(Link.hash == link_hash)).first()
    return None if row is None else (row[0], row[1])
