"""Once a day: count the marks that wait, and how many have answered so far."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Final
from uuid import UUID

from assessment.store.alone import VOICES
from assessment.store.db import Session, one_at_a_time, reading, transaction
from assessment.store.queries.marks import responses_by_voice, rounds_to_count, write_so_far
from assessment.store.seal import Seal
from assessment.workflows.apart.marks import settle

LEAST_COUNTED: Final = 5


def count_rounds(seal: Seal, chance: Random, today: date) -> int:
    """Bring every open round up to date that was not today; return how many."""
    with reading() as session:
        due = rounds_to_count(session, today)
    for round_id in due:
        with transaction(answers=True) as session:
            one_at_a_time(session, f"count:{round_id}")
            if round_id in rounds_to_count(session, today):
                settle(session, round_id, seal, chance)
                count_so_far(session, round_id, today)
    return len(due)


def count_so_far(session: Session, round_id: UUID, today: date, least: int = LEAST_COUNTED) -> None:
    """Note how many of each voice have answered; 0 where they are fewer than ``least`` (rule P4)."""
    responses = responses_by_voice(session, round_id)
    for voice in VOICES:
        count = responses.get(voice, 0)
        write_so_far(session, round_id, voice, count if count >= least else 0, today)
