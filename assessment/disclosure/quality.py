"""How figures of the instrument are rounded before they are published; all are of the whole network."""

from __future__ import annotations

from math import floor
from typing import Final

LEAST_BEHIND: Final = 5
RESPONSES_TO: Final = 10
STEPS: Final = (1, 2, 5, 10)  # per cent


def responses_rounded(responses: int) -> int:
    """A number of responses as it is published: down to tens."""
    return responses - responses % RESPONSES_TO


def per_cent(count: int, of: int) -> int | None:
    """A share in per cent; None where fewer than 5 are behind it, nobody looking like a few.

    Of fewer than 100 in steps of 2, 5 or 10, each of which some count makes whatever the number counted from:
    45 % in whole per cent would say of 10 to 14 services that there are 11.
    """
    if count < LEAST_BEHIND:
        return None
    step = next((one for one in STEPS if responses_rounded(of) * one >= 100), STEPS[-1])
    return step * floor(100 * count / (step * of) + 0.5)


def hundredth(value: float) -> float:
    """A correlation or a reliability, two decimals."""
    return round(value, 2)
