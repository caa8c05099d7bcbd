"""The floors of rule P1: no setting may go below them, and unset means the floor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

K: Final = 5
K10: Final = 10


class ThresholdError(ValueError):
    """A threshold below its floor: it would show what people were told would not be shown."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From how many responses a voice's score (``k``) and its finer results (``k10``) are shown."""

    k: int = K
    k10: int = K10


def thresholds(k: int | None = None, k10: int | None = None) -> Thresholds:
    """The thresholds of a round; None means the floor. Raises ThresholdError below a floor."""
    chosen = Thresholds(K if k is None else k, K10 if k10 is None else k10)
    if chosen.k < K or chosen.k10 < K10:
        raise ThresholdError(f"thresholds {chosen.k} and {chosen.k10} are below the floors {K} and {K10}")
    return chosen
