"""Rounds and drafts as their private links open them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from assessment.store.models import Draft, DraftAnswer, Link, Organisation, Round, Service
from assessment.store.records import Answered, Purpose
from assessment.store.records import Round as RoundRecord

# Tables, not mapped classes, and statements built once: the page that people see most is made of these two,
# and mapping rows to objects cost more than running them.
_LINK, _ROUND, _DRAFT, _ANSWER = (model.__table__.c for model in (Link, Round, Draft, DraftAnswer))
_SERVICE, _ORGANISATION = Service.__table__.c, Organisation.__table__.c

_ROUND_BY_LINK = (
    select(
        _ROUND.id,
        _LINK.purpose,
        _ROUND.state,
        _ROUND.form,
        _ROUND.questionnaire,
        _ROUND.questionnaire_version,
        _ROUND.language,
        _DRAFT.id,
        _ROUND.opened_on,
        _ROUND.staff_present,
        _ROUND.people_present,
        _ROUND.previous_id,
        _ROUND.shows_previous,
        _SERVICE.id,
        _SERVICE.name,
        _SERVICE.sector,
        _ORGANISATION.id,
        _ORGANISATION.name,
        _ORGANISATION.confirmed_on.is_not(None),
        _SERVICE.confirmed_on.is_not(None),
        _ORGANISATION.kind,
        _ORGANISATION.nation,
        _ORGANISATION.region,
        _ORGANISATION.size,
    )
    .select_from(Link.__table__)
    .join(Round.__table__, _ROUND.id == _LINK.of)
    .join(Draft.__table__, _DRAFT.round_id == _ROUND.id)
    .join(Service.__table__, _SERVICE.id == _ROUND.service_id)
    .join(Organisation.__table__, _ORGANISATION.id == _SERVICE.organisation_id)
    .where(_LINK.hash == bindparam("hash"), or_(_LINK.purpose == "owner", _LINK.purpose == "reader"))
)

_ANSWERED = select(
    _ANSWER.question,
    _ANSWER.value,
    _ANSWER.reason,
    _ANSWER.evidence,
    _ANSWER.dissent,
    _ANSWER.version,
).where(_ANSWER.draft_id == bindparam("draft"))


def round_by_link(session: Session, link_hash: str) -> RoundRecord | None:
    """The round that this link opens, or None."""
    row: Any = session.connection().execute(_ROUND_BY_LINK, {"hash": link_hash}).first()
    if row is None:
        return None
    values: list[Any] = [*row[:4], tuple(row[4:7]), *row[7:]]
    return RoundRecord(*values)


def answers_of(session: Session, draft_id: UUID) -> Mapping[str, Answered]:
    """Everything saved in a draft, by question."""
    rows = session.connection().execute(_ANSWERED, {"draft": draft_id})
    return {row[0]: Answered(*row) for row in rows}


def purpose_of(session: Session, link_hash: str) -> tuple[Purpose, UUID] | None:
    """What a link is for, and of which round or organisation."""
    columns: tuple[Any, ...] = (Link.purpose, Link.of)
    row = session.execute(select(*columns).where(Link.hash == link_hash)).first()
    return None if row is None else (row[0], row[1])
