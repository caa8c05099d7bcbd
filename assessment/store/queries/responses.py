"""The sent form of a round held together: its answers in one text, and what was written apart from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from assessment.store.models import ResponseText, StoredResponse

Texts = Mapping[tuple[str, str], str]


def response_row(session: Session, round_id: UUID) -> StoredResponse | None:
    """The one response of a round held together, once it is sent."""
    together = (StoredResponse.round_id == round_id, StoredResponse.voice == "together")
    return session.scalar(select(StoredResponse).where(*together))


def texts_of(session: Session, response_id: UUID) -> Texts:
    """What was written, by question and kind."""
    rows = session.execute(
        select(ResponseText.question, ResponseText.kind, ResponseText.text).where(
            ResponseText.response_id == response_id
        )
    )
    return {(row.question, row.kind): row.text for row in rows}


def replace_texts(session: Session, response_id: UUID, texts: Texts) -> None:
    session.execute(delete(ResponseText).where(ResponseText.response_id == response_id))
    rows = [
        {"response_id": response_id, "question": question, "kind": kind, "text": text}
        for (question, kind), text in texts.items()
    ]
    if rows:
        session.execute(insert(ResponseText), rows)


def add_texts(session: Session, response_id: UUID, texts: Iterable[Mapping[str, Any]]) -> None:
    """Words of a response that has none yet: each with question, kind, text and private."""
    rows = [{"response_id": response_id, **text} for text in texts]
    if rows:
        session.execute(insert(ResponseText), rows)


def answers_and_texts(session: Session, response_id: UUID) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The packed answers of a response, and what was written in it by question."""
    answers = session.scalar(select(StoredResponse.answers).where(StoredResponse.id == response_id)) or "{}"
    query = select(ResponseText.question, ResponseText.text).where(ResponseText.response_id == response_id)
    rows = session.execute(query.order_by(ResponseText.question, ResponseText.kind))
    return answers, tuple((row.question, row.text) for row in rows)
