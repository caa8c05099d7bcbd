"""Rounds held apart as the people who were asked open them: by a link, or by the draft they have begun."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy import and_, bindparam, delete, func, join, or_, select
from sqlalchemy.orm import Session

from assessment.store.alone import Alone, AloneVoice
from assessment.store.db import Askable
from assessment.store.models import Draft, Invitation, Link, Organisation, Round, Service, StoredResponse
from assessment.store.records import SHARED_LINKS
from assessment.store.upsert import insert_into

# As in the queries of rounds held together: tables, and statements built once.
_ROUND, _DRAFT, _LINK, _INVITATION = (model.__table__.c for model in (Round, Draft, Link, Invitation))
_OF_ROUND: Final[tuple[Any, ...]] = (
    _ROUND.id,
    _ROUND.state,
    _ROUND.form,
    _ROUND.questionnaire,
    _ROUND.questionnaire_version,
    _ROUND.language,
    _ROUND.k,
    _ROUND.k10,
    _ROUND.opened_on,
    _ROUND.closes_on,
    _ROUND.hear_by,
    _ROUND.staff_expected,
    _ROUND.people_expected,
    _ROUND.asked_by,
    _ROUND.told,
    _ROUND.support,
    _ROUND.cancelled_because,
    Service.__table__.c.name,
    Organisation.__table__.c.name,
)
_IN_PLACE: Final = (
    join(Round.__table__, Service.__table__, Service.__table__.c.id == _ROUND.service_id)
    .join(Organisation.__table__, Organisation.__table__.c.id == Service.__table__.c.organisation_id)
)  # fmt: skip
_BY_DRAFT: Final = (
    select(*_OF_ROUND, _DRAFT.id, _DRAFT.voice)
    .select_from(_IN_PLACE.join(Draft.__table__, _DRAFT.round_id == _ROUND.id))
    .where(_DRAFT.secret_hash == bindparam("hash"))
)
_BY_LINK: Final = (
    select(*_OF_ROUND, _LINK.purpose, _INVITATION.id)
    .select_from(
        join(
            Link.__table__,
            Invitation.__table__,
            and_(_LINK.purpose == "invitation", _INVITATION.id == _LINK.of),
            isouter=True,
        ).join(_IN_PLACE, _ROUND.id == func.coalesce(_INVITATION.round_id, _LINK.of))
    )
    .where(
        _LINK.hash == bindparam("hash"),
        _ROUND.mode == "apart",
        or_(_LINK.purpose.in_(SHARED_LINKS), _INVITATION.id.is_not(None)),
    )
)


def alone_by_draft(store: Askable, secret_hash: str) -> Alone | None:
    """The round and draft that this secret opens, or None."""
    row: Any = store.execute(_BY_DRAFT, {"hash": secret_hash}).first()
    return None if row is None else _record(row, draft_id=row[-2], voice=row[-1])


def alone_by_link(store: Askable, link_hash: str) -> tuple[str, Alone] | None:
    """What the link is for, and the round it leads to; None for links to anything else."""
    row: Any = store.execute(_BY_LINK, {"hash": link_hash}).first()
    return None if row is None else (row[-2], _record(row, invitation_id=row[-1]))


def _record(row: Sequence[Any], **begun: Any) -> Alone:
    values: list[Any] = [*row[:3], tuple(row[3:6]), *row[6 : len(_OF_ROUND)]]
    return Alone(*values, **begun)


def has_more_links(session: Session, invitation_id: UUID) -> bool:
    """Whether more than one message was written to this person: each has a link, and with it a draft, of its own."""
    links = (Link.of == invitation_id, Link.purpose == "invitation")
    return (session.scalar(select(func.count()).select_from(Link).where(*links)) or 0) > 1


def add_draft(session: Session, round_id: UUID, voice: AloneVoice, secret_hash: str) -> None:
    """A draft of one person, unless this very one is there already."""
    row = {"id": uuid4(), "round_id": round_id, "voice": voice, "secret_hash": secret_hash}
    session.execute(insert_into(session, Draft).values(row).on_conflict_do_nothing(index_elements=["secret_hash"]))


def held_draft(session: Session, secret_hash: str) -> Draft | None:
    """The row of a draft; no other transaction sends or deletes it until this one ends."""
    return session.scalars(select(Draft).where(Draft.secret_hash == secret_hash).with_for_update()).one_or_none()


def forget_draft(session: Session, secret_hash: str) -> None:
    session.execute(delete(Draft).where(Draft.secret_hash == secret_hash))


def response_by_code(session: Session, code_hash: str) -> StoredResponse | None:
    return session.scalars(select(StoredResponse).where(StoredResponse.code_hash == code_hash)).one_or_none()


def forget_response(session: Session, code_hash: str) -> bool:
    """Delete what was sent under this code, with all that was written; False if there is no such."""
    found = session.execute(delete(StoredResponse).where(StoredResponse.code_hash == code_hash))
    return bool(found.rowcount)  # type: ignore[attr-defined]


def alone_by_code(session: Session, code_hash: str) -> Alone | None:
    """The round in which something was sent under this code."""
    query = select(*_OF_ROUND, StoredResponse.voice).select_from(
        _IN_PLACE.join(StoredResponse.__table__, StoredResponse.__table__.c.round_id == _ROUND.id)
    )
    row: Any = session.execute(query.where(StoredResponse.code_hash == code_hash)).first()
    return None if row is None else _record(row, voice=row[-1])


def sent_so_far(session: Session, round_id: UUID, voice: AloneVoice) -> int:
    where = (StoredResponse.round_id == round_id, StoredResponse.voice == voice)
    return session.scalar(select(func.count()).select_from(StoredResponse).where(*where)) or 0
