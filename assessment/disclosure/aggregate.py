"""Rule P3: figures of departments and organisations, from released figures only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from assessment.disclosure.rounding import tenths
from assessment.disclosure.shown import Figure, Hidden, Shown
from assessment.questionnaire.message import Message

LEAST_SERVICES: Final = 3

NO_RESULT: Final = Message("No service has a result here yet")
TOO_FEW: Final = Message("Shown from {least} services with a result, so that none can be picked out")


@dataclass(frozen=True, slots=True)
class Aggregate:
    """The mean of some services' scores of one voice, and how many of them have one and have none."""

    figure: Figure
    released: int
    unreleased: int


def mean_of_services(scores_x10: Iterable[int | None]) -> Aggregate:
    """The plain mean of released service scores of one voice (tenths of a level; None: not released)."""
    scores = tuple(scores_x10)
    released = [score for score in scores if score is not None]
    return Aggregate(_figure(released), len(released), len(scores) - len(released))


def _figure(released: list[int]) -> Figure:
    if not released:
        return Hidden(NO_RESULT, kind="absent")
    if len(released) < LEAST_SERVICES:
        return Hidden(Message(TOO_FEW.text, {"least": LEAST_SERVICES}))
    return Shown(tenths(Fraction(sum(released), 10 * len(released))) / 10, n=len(released))
