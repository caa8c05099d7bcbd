"""Begin to answer alone, or stop and leave nothing behind."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from assessment.store.alone import Alone, AloneVoice
from assessment.store.db import reading, transaction
from assessment.store.models import Round
from assessment.store.queries.alone import add_draft, forget_draft, sent_so_far
from assessment.store.secrets import hash_of


def begin(round_id: UUID, voice: AloneVoice, secret: str) -> bool:
    """A draft that this secret opens, unless it is there already; False once the round is no longer open."""
    with transaction() as session:
        # Closing waits for this: no draft comes after those that it deletes.
        if session.get_one(Round, round_id, with_for_update={"read": True}).state != "open":
            return False
        add_draft(session, round_id, voice, hash_of(secret))
    return True


def stop_and_delete(secret: str) -> None:
    with transaction() as session:
        forget_draft(session, hash_of(secret))


def has_place(found: Alone, voice: AloneVoice, today: date) -> bool:
    """Whether one more answer of this voice comes in by its shared link."""
    with reading(answers=True) as session:
        return found.takes_answers(today) and sent_so_far(session, found.id, voice) < found.places(voice)
