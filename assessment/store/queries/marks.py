"""What sending leaves to be counted: sealed marks, the tally made of them, and the daily count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import bindparam, delete, exists, func, select, update
from sqlalchemy.orm import Session

from assessment.store.models import Invitation, Mark, Round, SoFar, StoredResponse, Tally
from assessment.store.upsert import insert_into


def add_mark(session: Session, round_id: UUID, sealed: str) -> None:
    session.add(Mark(id=uuid4(), round_id=round_id, sealed=sealed))


def marks_of(session: Session, round_id: UUID) -> Mapping[UUID, str]:
    """Every mark that waits to be counted, sealed, by id."""
    query = select(Mark.id, Mark.sealed).where(Mark.round_id == round_id)
    return {row.id: row.sealed for row in session.execute(query)}


def forget_marks(session: Session, ids: Sequence[UUID]) -> None:
    session.execute(delete(Mark).where(Mark.id.in_(ids)))


def seals_of(session: Session, round_id: UUID) -> Mapping[UUID, str]:
    """Of every invitation of a round, whether it was answered: sealed."""
    query = select(Invitation.id, Invitation.answered_sealed).where(Invitation.round_id == round_id)
    return {row.id: row.answered_sealed for row in session.execute(query.order_by(Invitation.id))}


def seal_of(session: Session, invitation_id: UUID) -> str | None:
    return session.scalar(select(Invitation.answered_sealed).where(Invitation.id == invitation_id))


def replace_seals(session: Session, seals: Sequence[tuple[UUID, str]]) -> None:
    """Write these, in the order given."""
    if not seals:
        return
    table: Any = Invitation.__table__
    write = update(table).where(table.c.id == bindparam("of")).values(answered_sealed=bindparam("sealed"))
    session.connection().execute(write, [{"of": id, "sealed": sealed} for id, sealed in seals])


def add_to_tally(session: Session, round_id: UUID, counted: Mapping[tuple[str, str, str], int]) -> None:
    """Add what was counted, by (voice, kind, value)."""
    for (voice, kind, value), times in sorted(counted.items()):
        row = {"round_id": round_id, "voice": voice, "kind": kind, "value": value, "times": times}
        added = insert_into(session, Tally).values(row)
        key = ["round_id", "voice", "kind", "value"]
        session.execute(added.on_conflict_do_update(index_elements=key, set_={"times": Tally.times + times}))


def forget_perspectives(session: Session, round_id: UUID, voice: str) -> None:
    """Forget who took part on one side, and keep how long they took."""
    chosen = (Tally.round_id == round_id, Tally.voice == voice, Tally.kind == "perspective")
    session.execute(delete(Tally).where(*chosen))


def rounds_to_count(session: Session, today: date) -> tuple[UUID, ...]:
    """Open rounds held apart that were not counted today."""
    counted = exists().where(SoFar.round_id == Round.id, SoFar.as_of >= today)
    query = select(Round.id).where(Round.mode == "apart", Round.state == "open", ~counted)
    return tuple(session.scalars(query.order_by(Round.id)))


def responses_by_voice(session: Session, round_id: UUID) -> Mapping[str, int]:
    query = select(StoredResponse.voice, func.count()).where(StoredResponse.round_id == round_id)
    return {row[0]: row[1] for row in session.execute(query.group_by(StoredResponse.voice))}


def write_so_far(session: Session, round_id: UUID, voice: str, responses: int, today: date) -> None:
    row = {"round_id": round_id, "voice": voice, "responses": responses, "as_of": today}
    written = insert_into(session, SoFar).values(row)
    session.execute(
        written.on_conflict_do_update(
            index_elements=["round_id", "voice"], set_={"responses": responses, "as_of": today}
        )
    )
