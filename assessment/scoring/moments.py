"""A mean kept as what it is made of, so that no response need be kept for it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Moments:
    """How many scores, their sum and the sum of their squares, exactly: the order of adding never matters."""

    n: int = 0
    s1: Fraction = Fraction(0)
    s2: Fraction = Fraction(0)

    def add(self, score: Fraction, times: int = 1) -> Moments:
        """With ``times`` more responses of this score (on the scale)."""
        return Moments(self.n + times, self.s1 + score * times, self.s2 + score * score * times)

    def merge(self, other: Moments) -> Moments:
        """Of both groups of responses together."""
        return Moments(self.n + other.n, self.s1 + other.s1, self.s2 + other.s2)

    @property
    def mean(self) -> Fraction | None:
        """On the scale; None of no responses."""
        return self.s1 / self.n if self.n else None

    @property
    def variance(self) -> Fraction:
        """The sample variance, in levels squared; 0 of fewer than two responses."""
        if self.n < 2:
            return Fraction(0)
        return max((self.s2 - self.s1 * self.s1 / self.n) / (self.n - 1), Fraction(0))
