"""What closing a round does to its rows: drafts go, and what was sent is written anew, as if by one hand at once."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy import delete, insert, select, text
from sqlalchemy.orm import Session

from assessment.store.db import db
from assessment.store.models import Draft, Mark, ResponseText, StoredResponse

REWRITTEN: Final = ("response", "response_text", "draft", "draft_answer", "mark", "invitation", "tally")
OWNS_ALL: Final = text(
    "SELECT bool_and(pg_has_role(relowner, 'USAGE')) FROM pg_class "
    "WHERE relname = ANY(:names) AND relnamespace = current_schema()::regnamespace"
)


def forget_drafts(session: Session, round_id: UUID) -> None:
    """Delete what was not sent; the answers in it go with it."""
    session.execute(delete(Draft).where(Draft.round_id == round_id))


def forget_all_marks(session: Session, round_id: UUID) -> None:
    session.execute(delete(Mark).where(Mark.round_id == round_id))


def forget_responses(session: Session, round_id: UUID) -> None:
    """Every sent answer of a round, with the words beside it. What was released of them stays."""
    session.execute(delete(StoredResponse).where(StoredResponse.round_id == round_id))


def responses_of(session: Session, round_id: UUID) -> Sequence[tuple[str, str]]:
    """The voice and the packed answers of everything that was sent."""
    query = select(StoredResponse.voice, StoredResponse.answers).where(StoredResponse.round_id == round_id)
    return [(row.voice, row.answers) for row in session.execute(query)]


def mix_responses(session: Session, round_id: UUID, chance: Random) -> None:
    """Write every response and its texts anew, under new ids, in random order, without what its writer holds."""
    kept = [dict(row) for row in session.execute(_responses(round_id)).mappings()]
    texts = [dict(row) for row in session.execute(_texts(round_id)).mappings()]
    forget_responses(session, round_id)
    new = {row["id"]: uuid4() for row in kept}
    for row in (*kept, *texts):
        at = "id" if "id" in row else "response_id"
        row[at] = new[row[at]]
    for model, rows in ((StoredResponse, kept), (ResponseText, texts)):
        chance.shuffle(rows)
        if rows:
            session.execute(insert(model), rows)


def _responses(round_id: UUID) -> Any:
    table = StoredResponse
    columns = (table.id, table.round_id, table.voice, table.form, table.language, table.answers)
    return select(*columns).where(table.round_id == round_id)


def _texts(round_id: UUID) -> Any:
    table = ResponseText
    columns = (table.response_id, table.question, table.kind, table.text, table.private)
    of_round = select(StoredResponse.id).where(StoredResponse.round_id == round_id)
    return select(*columns).where(table.response_id.in_(of_round))


def sweep() -> None:
    """Let nothing of the rows that were written over stay in the database's files. Outside any transaction."""
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if connection.dialect.name == "postgresql":
            # A login that does not own the tables may not; there the database does it by itself (protection.py).
            if connection.scalar(OWNS_ALL, {"names": list(REWRITTEN)}):
                connection.execute(text(f"VACUUM {', '.join(REWRITTEN)}"))
        else:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
