"""Count what sending leaves behind, so that nothing joins a response to the person who was asked.

A mark is sealed and written apart from its response. Marks are counted several of one voice at a time, in random
order, and each time the seals of all the round's invitations are made anew: one that changed looks like all others.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from random import Random
from typing import Any, Final
from uuid import UUID

from assessment.store.alone import VOICES, Left
from assessment.store.db import Session, one_at_a_time
from assessment.store.queries.marks import (
    add_mark,
    add_to_tally,
    forget_marks,
    marks_of,
    replace_seals,
    seal_of,
    seals_of,
)
from assessment.store.seal import Seal
from assessment.workflows.apart.answered import answered_text, has_answered

LEAST: Final = 5
LENGTH: Final = 160
LONGEST_MINUTES: Final = 120


def leave_mark(session: Session, round_id: UUID, left: Left, seal: Seal) -> None:
    """To be called in a transaction of its own, after the one that wrote the response."""
    add_mark(session, round_id, seal.close(mark_text(left)))


def mark_text(left: Left) -> str:
    """A mark to be sealed: always of one length."""
    said = [left.invitation.hex if left.invitation else "", left.voice, left.perspective, left.minutes]
    return json.dumps(said).ljust(LENGTH)


def settle(session: Session, round_id: UUID, seal: Seal, chance: Random, least: int = LEAST) -> int:
    """Count the marks of each voice that has at least ``least`` waiting; return how many were counted."""
    one_at_a_time(session, f"settle:{round_id}")
    opened = {id: _read(seal.open(sealed)) for id, sealed in marks_of(session, round_id).items()}
    ready = {left.voice for left in opened.values() if left and _waiting(opened.values(), left.voice) >= least}
    taken = [id for id, left in opened.items() if left is None or left.voice in ready]
    counted = [left for id in taken if (left := opened[id])]
    if counted:
        _seal_anew(session, round_id, seal, chance, {left.invitation for left in counted if left.invitation})
        add_to_tally(session, round_id, Counter(line for left in counted for line in _lines(left)))
    if taken:
        chance.shuffle(taken)
        forget_marks(session, taken)
    return len(counted)


def settle_all(session: Session, round_id: UUID, seal: Seal, chance: Random) -> int:
    """Count every mark that is left: for the closing of a round."""
    return settle(session, round_id, seal, chance, least=1)


def was_answered(session: Session, round_id: UUID, invitation: UUID, seal: Seal) -> bool:
    """Whether something was sent with this invitation: counted already, or waiting to be."""
    sealed = seal_of(session, invitation)
    if sealed and has_answered(seal, sealed):
        return True
    waiting = (_read(seal.open(mark)) for mark in marks_of(session, round_id).values())
    return any(left is not None and left.invitation == invitation for left in waiting)


def _waiting(marks: Iterable[Left | None], voice: str) -> int:
    return sum(left is not None and left.voice == voice for left in marks)


def _seal_anew(session: Session, round_id: UUID, seal: Seal, chance: Random, answered: set[UUID]) -> None:
    """Every invitation of the round gets a new seal, in random order."""
    seals = seals_of(session, round_id)
    standing = {id: id in answered or has_answered(seal, sealed) for id, sealed in seals.items()}
    order = list(standing)
    chance.shuffle(order)
    replace_seals(session, [(id, seal.close(answered_text(standing[id]))) for id in order])


def _lines(left: Left) -> list[tuple[str, str, str]]:
    """What one mark adds to the tally: (voice, kind, value)."""
    lines: list[tuple[str, str, str]] = []
    if left.perspective:
        lines.append((left.voice, "perspective", left.perspective))
    if 0 < left.minutes <= LONGEST_MINUTES:
        lines.append((left.voice, "minutes", str(left.minutes)))
    return lines


def _read(text: str | None) -> Left | None:
    """A mark as it was left; None for one that this key does not open."""
    try:
        said: Any = json.loads(text or "")
        invitation, voice, perspective, minutes = said
        if voice not in VOICES:
            return None
        return Left(UUID(invitation) if invitation else None, voice, str(perspective), int(minutes))
    except (ValueError, TypeError):
        return None
