"""How far the answers of one voice to one statement agree; never of two voices."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations
from typing import Final, Literal

MOST_APART: Final = Fraction(4, 5)

Agreement = Literal["agree", "mixed", "split"]


def agreement(counts: Sequence[int]) -> Agreement:
    """In one word, from how many answered at each level (index = level).

    Split where the shape has two heaps (A < 0); agree where answers lie on average no more than 0.8 of a
    level from their mean and do not fall apart; else mixed. Raises ValueError if nobody answered.
    """
    if van_der_eijk(counts) < 0:
        return "split"
    return "agree" if mean_absolute_deviation(counts) <= MOST_APART else "mixed"


def mean_absolute_deviation(counts: Sequence[int]) -> Fraction:
    """The mean distance of the answers from their mean, in levels: AD_M of Burke, Finkelstein and Dusig 1999,
    Organizational Research Methods 2:49. ``counts``: how many answered at each level (index = level).

    Raises ValueError if nobody answered.
    """
    n = _answers(counts)
    mean = Fraction(sum(level * count for level, count in enumerate(counts)), n)
    return sum((abs(level - mean) * count for level, count in enumerate(counts)), Fraction(0)) / n


def van_der_eijk(counts: Sequence[int]) -> Fraction:
    """Agreement A from -1 (half at either end) over 0 (spread evenly) to 1 (all at one level).

    Van der Eijk 2001, Quality and Quantity 35:325: the counts are laid down in layers, each a pattern of
    levels that are chosen or not; A is the mean of the layers' agreement, weighted by their size. ``counts``:
    how many answered at each level. Raises ValueError if nobody answered, or with fewer than two levels.
    """
    n = _answers(counts)
    if len(counts) < 2:
        raise ValueError("agreement needs two levels or more")
    left, whole = list(counts), Fraction(0)
    while any(left):
        chosen = [count > 0 for count in left]
        height = min(count for count in left if count)
        whole += Fraction(height * sum(chosen), n) * _of_pattern(chosen)
        left = [count - height * there for count, there in zip(left, chosen, strict=True)]
    return whole


def _of_pattern(chosen: Sequence[bool]) -> Fraction:
    levels, filled = len(chosen), sum(chosen)
    return _unimodality(chosen) * (1 - Fraction(filled - 1, levels - 1))


def _unimodality(chosen: Sequence[bool]) -> Fraction:
    """1 where no gap lies between chosen levels, less for each three levels of which only the outer are chosen."""
    levels, threes = len(chosen), list(combinations(chosen, 3))
    gaps = threes.count((True, False, True))
    slopes = threes.count((True, True, False)) + threes.count((False, True, True))
    if not gaps:
        return Fraction(1)
    return Fraction((levels - 2) * slopes - (levels - 1) * gaps, (levels - 2) * (slopes + gaps))


def within_group_agreement(variances: Sequence[float], levels: int) -> float | None:
    """r_wg(j) of James, Demaree and Wolf 1984, Journal of Applied Psychology 69:85, of one group's answers to j
    statements, from their sample variances (levels squared) on a scale of ``levels`` steps.

    The expected variance is that of answers at random, (A^2 - 1) / 12. None where the answers vary more
    than that, for there the formula says nothing. Raises ValueError without statements.
    """
    if not variances:
        raise ValueError("no statements")
    share = sum(variances) / len(variances) / ((levels**2 - 1) / 12)
    if share > 1:
        return None
    agreed = len(variances) * (1 - share)
    return agreed / (agreed + share)


def _answers(counts: Sequence[int]) -> int:
    if not (n := sum(counts)):
        raise ValueError("no answers have no agreement")
    return n
