"""How figures of the instrument are rounded before they are published; all are of the whole network."""

from __future__ import annotations

from math import floor
from typing import Final

LEAST_BEHIND: Final = 5
RESPONSES_TO: Final = 10


def responses_rounded(responses: int) -> int:
    """A number of responses as it is published: down to tens."""
    return responses - responses % RESPONSES_TO


def per_cent(count: int, of: int) -> int | None:
    """A share in whole per cent; None where fewer than 5 are behind it, nobody looking like a few."""
    return None if count < LEAST_BEHIND else floor(100 * count / of + 0.5)


def hundredth(value: float) -> float:
    """A correlation or a reliability, two decimals."""
    return round(value, 2)
