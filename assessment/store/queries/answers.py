"""Writing one question of a draft, in one statement each."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any
from uuid import UUID

from sqlalchemy import CursorResult, bindparam, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from assessment.store.faults import Gone
from assessment.store.models import DraftAnswer
from assessment.store.records import Answered
from assessment.store.upsert import insert_into

_TABLE = DraftAnswer.__table__
_SAID = ("value", "reason", "evidence", "dissent", "private")
_REPLACE = (
    update(_TABLE)  # type: ignore[arg-type]
    .where(
        _TABLE.c.draft_id == bindparam("of_draft"),
        _TABLE.c.question == bindparam("at_question"),
        _TABLE.c.version == bindparam("seen"),
    )
    .values({name: bindparam(f"new_{name}") for name in _SAID} | {"version": _TABLE.c.version + 1})
)


def replace_answer(session: Session, draft_id: UUID, answer: Answered) -> bool:
    """Write over the version that was seen; False if it is no longer the one that stands."""
    values: dict[str, Any] = {f"new_{name}": getattr(answer, name) for name in _SAID}
    values |= {"of_draft": draft_id, "at_question": answer.question, "seen": answer.version}
    return _wrote(session.connection().execute(_REPLACE, values))


def insert_answer(session: Session, draft_id: UUID, answer: Answered) -> bool:
    """Write a question's first answer; False if it has one already. Raises Gone if its draft is not there any more."""
    row = asdict(answer) | {"draft_id": draft_id, "version": 1}
    written = insert_into(session, _TABLE).values(row).on_conflict_do_nothing()
    # Without this an INSERT's count of rows is thrown away, and every first save would look like a conflict.
    try:
        return _wrote(session.connection().execute(written, execution_options={"preserve_rowcount": True}))
    except IntegrityError:
        raise Gone from None


def stored_answer(session: Session, draft_id: UUID, question: str) -> Answered | None:
    """What stands at this question now."""
    columns = (getattr(DraftAnswer, one.name) for one in fields(Answered))
    row = session.execute(
        select(*columns).where(DraftAnswer.draft_id == draft_id, DraftAnswer.question == question)
    ).first()
    return None if row is None else Answered(*row)


def _wrote(result: CursorResult[Any]) -> bool:
    return result.rowcount == 1
