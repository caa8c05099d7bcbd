"""Rounds and drafts as their private links open them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, join, literal_column, or_, select
from sqlalchemy.orm import Session

from assessment.store.db import Askable
from assessment.store.models import Draft, DraftAnswer, Link, Organisation, Round, Service
from assessment.store.records import Answered, Purpose
from assessment.store.records import Round as RoundRecord

# Tables, not mapped classes, and statements built once: the page that people see most is made of these two,
# and mapping rows to objects cost more than running them.
_LINK, _ROUND, _DRAFT, _ANSWER = (model.__table__.c for model in (Link, Round, Draft, DraftAnswer))
_SERVICE, _ORGANISATION = Service.__table__.c, Organisation.__table__.c

_OF_ROUND: tuple[Any, ...] = (
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
# Written out, not bound: SQLite plans a statement anew each time a value is bound that its partial index depends on.
_TOGETHER: ColumnElement[str] = literal_column("'together'")
_HELD_TOGETHER = (
    join(Round.__table__, Draft.__table__, and_(_DRAFT.round_id == _ROUND.id, _DRAFT.voice == _TOGETHER))
    .join(Service.__table__, _SERVICE.id == _ROUND.service_id)
    .join(Organisation.__table__, _ORGANISATION.id == _SERVICE.organisation_id)
)
_ROUND_BY_LINK = (
    select(_ROUND.id, _LINK.purpose, *_OF_ROUND)
    .select_from(_HELD_TOGETHER.join(Link.__table__, _LINK.of == _ROUND.id))
    .where(_LINK.hash == bindparam("hash"), or_(_LINK.purpose == "owner", _LINK.purpose == "reader"))
)
_ROUND_BY_ID = select(_ROUND.id, *_OF_ROUND).select_from(_HELD_TOGETHER).where(_ROUND.id == bindparam("id"))

_ANSWERED = select(
    _ANSWER.question,
    _ANSWER.value,
    _ANSWER.reason,
    _ANSWER.evidence,
    _ANSWER.dissent,
    _ANSWER.version,
    _ANSWER.private,
).where(_ANSWER.draft_id == bindparam("draft"))


def round_by_link(store: Askable, link_hash: str) -> RoundRecord | None:
    """The round that this link opens, or None."""
    row: Any = store.execute(_ROUND_BY_LINK, {"hash": link_hash}).first()
    return None if row is None else _record(row[0], row[1], row[2:])


def round_by_id(session: Session, round_id: UUID, purpose: Purpose) -> RoundRecord | None:
    """The round of this id, if it is held together, as this purpose opens it: for people with a role in its service."""
    row: Any = session.connection().execute(_ROUND_BY_ID, {"id": round_id}).first()
    return None if row is None else _record(row[0], purpose, row[1:])


def _record(round_id: UUID, purpose: Purpose, values: Sequence[Any]) -> RoundRecord:
    in_order: list[Any] = [round_id, purpose, *values[:2], tuple(values[2:5]), *values[5:]]
    return RoundRecord(*in_order)


def answers_of(store: Askable, draft_id: UUID) -> Mapping[str, Answered]:
    """Everything saved in a draft, by question."""
    rows = store.execute(_ANSWERED, {"draft": draft_id}).all()
    return {row[0]: Answered(*row) for row in rows}


def purpose_of(session: Session, link_hash: str) -> tuple[Purpose, UUID] | None:
    """What a link is for, and of which round or organisation; it may also be that of a draft someone has begun."""
    columns: tuple[Any, ...] = (Link.purpose, Link.of)
    row = session.execute(select(*columns).where(Link.hash == link_hash)).first()
    if row is not None:
        return row[0], row[1]
    round_id = session.scalar(select(Draft.round_id).where(Draft.secret_hash == link_hash))
    return None if round_id is None else ("draft", round_id)
