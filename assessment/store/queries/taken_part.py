"""Of those who answered one side of a round: how many they are, what they told of themselves, and their words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import Final
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from assessment.store.models import ResponseText, SoFar, StoredResponse, Tally


@dataclass(frozen=True, slots=True)
class TakenPart:
    """How many answered (0 while that is not told), and how many of them chose each perspective."""

    responses: int
    perspectives: Mapping[str, int]


NOBODY: Final = TakenPart(0, {})


def taken_part(session: Session, round_id: UUID) -> Mapping[str, TakenPart]:
    """By voice; a voice that nothing is told of yet is missing."""
    told = and_(Tally.round_id == SoFar.round_id, Tally.voice == SoFar.voice, Tally.kind == "perspective")
    query = (
        select(SoFar.voice, SoFar.responses, Tally.value, Tally.times)
        .outerjoin(Tally, told)
        .where(SoFar.round_id == round_id)
    )
    found: dict[str, TakenPart] = {}
    perspectives: dict[str, dict[str, int]] = {}
    for row in session.execute(query):
        mine = perspectives.setdefault(row.voice, {})
        found.setdefault(row.voice, TakenPart(row.responses, mine))
        if row.value is not None:
            mine[row.value] = row.times
    return found


def words_of(session: Session, round_id: UUID, side: str, least: int) -> Mapping[str, tuple[str, ...]]:
    """What this side wrote, by question, without what its writers asked not to show; nothing below ``least`` people.

    Each question's words have an order of their own, which comes from the words alone: no order of writing and no
    order of people leaves this room, so the first of one question is nobody's beside the first of another.
    """
    enough = (
        select(SoFar.responses)
        .where(SoFar.round_id == round_id, SoFar.voice == side, SoFar.responses >= least)
        .exists()
    )
    query = (
        select(ResponseText.question, ResponseText.text)
        .join(StoredResponse, StoredResponse.id == ResponseText.response_id)
        .where(StoredResponse.round_id == round_id, StoredResponse.voice == side, enough)
        .where(ResponseText.private.is_(False))
    )
    found: dict[str, list[str]] = {}
    for question, text in session.execute(query):
        found.setdefault(question, []).append(text)
    return {question: tuple(sorted(texts, key=partial(_order, question))) for question, texts in found.items()}


def _order(question: str, text: str) -> str:
    return sha256(f"{question}\n{text}".encode()).hexdigest()
