"""What the code that a person kept still does, until the round closes: see, take back, begin to replace."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from assessment.store.alone import Alone
from assessment.store.db import reading, transaction
from assessment.store.models import Round
from assessment.store.queries.alone import alone_by_code, forget_draft, forget_response, response_by_code
from assessment.store.queries.responses import answers_and_texts
from assessment.store.secrets import draft_secret, hash_of


@dataclass(frozen=True, slots=True)
class Found:
    """What was sent under a code: in which round, and whether its writer wanted to see it again."""

    round: Alone
    may_be_seen: bool


@dataclass(frozen=True, slots=True)
class Seen:
    answers: Mapping[str, str]
    texts: tuple[tuple[str, str], ...]


def find(code: str, today: date) -> Found | None:
    """What was sent under this code, while the round is open; None otherwise, whatever the reason."""
    with reading(answers=True) as session:
        found, sent = alone_by_code(session, hash_of(code)), response_by_code(session, hash_of(code))
        if found is None or sent is None or not found.takes_answers(today):
            return None
        return Found(found, sent.may_be_seen)


def round_of(code: str) -> Alone | None:
    """The round in which something was sent under this code, whether it is open or over."""
    with reading(answers=True) as session:
        return alone_by_code(session, hash_of(code))


def see(code: str) -> Seen | None:
    """The answers themselves, only where that was wished for when sending."""
    with reading(answers=True) as session:
        sent = response_by_code(session, hash_of(code))
        if sent is None or not sent.may_be_seen:
            return None
        answers, texts = answers_and_texts(session, sent.id)
        return Seen(json.loads(answers), texts)


def take_back(code: str, today: date) -> bool:
    """Delete it at once, and what was begun to replace it; False once the round is closed, or if it is gone."""
    with transaction(answers=True) as session:
        found = alone_by_code(session, hash_of(code))
        if found is None or not found.takes_answers(today):
            return False
        if session.get_one(Round, found.id, with_for_update={"read": True}).state != "open":
            return False
        forget_draft(session, hash_of(draft_secret(code)))
        return forget_response(session, hash_of(code))
