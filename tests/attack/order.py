"""What a median or a quarter point gives away of one service's score, to an organisation that knows up to a third.

Of one other service every score from 0 to 4 is tried: it remains possible if the rest can be filled in, from the lowest
upwards, so that the published points, rounded, are the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from random import Random

from assessment.disclosure.benchmark import QUARTERS_FROM, TENTHS_FROM
from assessment.disclosure.rounding import tenths
from assessment.scoring.spread import LOWER_QUARTER, MIDDLE, UPPER_QUARTER, sample_quantile

TOP_X10 = 40
Points = Mapping[Fraction, int]


def points(values: Sequence[int]) -> Points:
    """The points that are published of so many services, in tenths of a level (rule B3)."""
    shares = [MIDDLE]
    if len(values) >= QUARTERS_FROM:
        shares += [LOWER_QUARTER, UPPER_QUARTER]
    if len(values) >= TENTHS_FROM:
        shares += [Fraction(1, 10), Fraction(9, 10)]
    return {share: tenths(sample_quantile(values, share) / 10) for share in sorted(shares)}


def possible(published: Points, known: Sequence[int], others: int) -> tuple[int, int]:
    """The lowest and the highest score that one of the others may have."""
    scores = range(TOP_X10 + 1)
    lowest = next(score for score in scores if _can_be(published, (*known, score), others - 1))
    return lowest, next(score for score in reversed(scores) if _can_be(published, (*known, score), others - 1))


def _can_be(published: Points, known: Sequence[int], free: int) -> bool:
    ordered, last = sorted(known), len(known) + free - 1
    between = [(share * last // 1, share * last % 1, points_to) for share, points_to in published.items()]

    @cache
    def go_on(used: int, filled: int, before: int) -> bool:
        """Whether the services can go on upwards from ``before``, where so many known ones and fillings lie below."""
        place = used + filled
        if place > last:
            return True
        if used < len(ordered) and fits(place, before, ordered[used]) and go_on(used + 1, filled, ordered[used]):
            return True
        highest = ordered[used] if used < len(ordered) else TOP_X10
        scores = range(before, highest + 1) if filled < free else ()
        return any(fits(place, before, score) and go_on(used, filled + 1, score) for score in scores)

    def fits(place: int, before: int, score: int) -> bool:
        """Whether the points that lie at this place, or between the one before and it, are those published."""
        for lower, part, wanted in between:
            if place == lower + bool(part):
                value = before + part * (score - before) if part else Fraction(score)
                if tenths(value / 10) != wanted:
                    return False
        return True

    return go_on(0, 0, 0)


@dataclass(frozen=True)
class Pinned:
    """How narrow another service's score can be pinned, in tenths of a level: the ends, and who knows what."""

    low: int
    high: int
    known: tuple[int, ...]

    @property
    def width(self) -> int:
        return self.high - self.low


def narrowest(values: Sequence[int], known: int) -> Pinned:
    """By the worst of those who know so many: the lowest, the highest, the middle ones, or both ends."""
    ordered, published = sorted(values), points(values)
    found = []
    for own in _worst(ordered, known):
        low, high = possible(published, own, len(values) - known)
        found.append(Pinned(low, high, own))
    return min(found, key=lambda one: one.width)


def _worst(ordered: Sequence[int], known: int) -> Iterator[tuple[int, ...]]:
    for low in range(known + 1):
        yield (*ordered[:low], *ordered[len(ordered) - known + low :])


def services(chance: Random, n: int) -> list[int]:
    """Scores as a field may have them: about a middle of its own."""
    middle, spread = chance.uniform(8, 32), chance.uniform(2, 9)
    return [min(max(round(chance.gauss(middle, spread)), 0), TOP_X10) for _ in range(n)]
