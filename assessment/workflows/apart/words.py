"""What people wrote, for the service alone."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from assessment.store.alone import AloneVoice
from assessment.store.db import reading
from assessment.store.queries.taken_part import words_of


def written(round_id: UUID, side: AloneVoice, least: int) -> Mapping[str, tuple[str, ...]]:
    """What this side wrote, by question; nothing below ``least`` people, nor what its writers asked not to show."""
    with reading(answers=True) as session:
        return words_of(session, round_id, side, least)
