"""What may leave this room: a figure already rounded, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assessment.questionnaire.message import Message

Bound = Literal["", "or below", "or above"]


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure on the scale, one decimal, with its 95 % interval where there is one.

    ``n`` is the number of responses behind it; ``statements`` how many statements it rests on (0: not said);
    ``bound`` says that the true figure is at or beyond ``value`` (rule P5).
    """

    value: float
    n: int = 1
    low: float | None = None
    high: float | None = None
    statements: int = 0
    bound: Bound = ""


@dataclass(frozen=True, slots=True)
class Hidden:
    """No figure, and why, in words for people. ``kind`` tells protection from plain absence."""

    reason: Message
    kind: Literal["protected", "absent"] = "protected"


Figure = Shown | Hidden


def value_of(figure: Figure | None) -> float | None:
    """The figure's value, on the scale; None where it is hidden or there is none."""
    return figure.value if isinstance(figure, Shown) else None


@dataclass(frozen=True, slots=True)
class Counted:
    """How many people gave each of some answers, in their order: shown whole, from 10 people, or not at all."""

    counts: tuple[int, ...]

    @property
    def n(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Bin:
    """One bar of a histogram: the services from ``start`` (on the scale) up to where the next begins, down to fives."""

    start: float
    services: int


@dataclass(frozen=True, slots=True)
class Peers:
    """What one published cell of a peer group says of one principle (rule B3)."""

    median: Figure
    lower: Figure  # the quarter point
    upper: Figure  # the three-quarter point
    tenth: Figure | None = None
    ninetieth: Figure | None = None
    bins: tuple[Bin, ...] = ()
