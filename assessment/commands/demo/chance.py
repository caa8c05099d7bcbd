"""Chance that is the same for the same words."""

from __future__ import annotations

from random import Random
from uuid import UUID


def chance(*words: str | int) -> Random:
    """Random numbers that depend on these words only, so that no part of a demo moves another."""
    return Random(" ".join(map(str, words)))  # noqa: S311 - invented figures, not secrets


def new_id(drawn: Random) -> UUID:
    """A version 4 id that is the same for the same words."""
    return UUID(int=drawn.getrandbits(128), version=4)
