"""Combinations of published totals, as vectors over the totals: what the attacker adds and subtracts.

A *total* is a sum over releases. A *combination* gives each total a coefficient. Seen from one release
it has a value: the sum of the coefficients of the totals that hold the release; where that value is 0
the release has dropped out. A *unit* is all releases of one service. A combination *meets* a unit if
some release of it has not dropped out.

Two arithmetics offer the same operations. ``Exact`` is that of the rationals (integers without a common
factor). ``Binary``, modulo 2, is some fifty times faster and may be used to prove safety: if units leave
no combination but 0 modulo 2, a minor of the 0, 1, -1 matrix is odd, so it is not 0, so they leave none
over the rationals either. The reverse does not hold, so danger is never concluded from ``Binary``. Nor
may it leave aside combinations of earlier totals only: (a + b + c) / 2 - d is one with d over the
rationals, but modulo 2 it looks like one without.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import gcd
from typing import Protocol, TypeVar

V = TypeVar("V")

Column = tuple[int, int]
"""One release: the totals that hold it with +1, and those with -1, each as a bit mask."""
Unit = Sequence[Column]


class Algebra(Protocol[V]):
    """Operations on combinations of the totals in play."""

    def start(self, totals: int) -> list[V]:
        """A basis of all combinations of ``totals`` (a bit mask), the smallest total first."""

    def meets(self, combination: V, unit: int) -> bool: ...

    def cut(self, basis: Sequence[V], unit: int) -> list[V]:
        """A basis of the combinations from which ``unit`` has dropped out."""

    def matters(self, combination: V) -> bool:
        """Whether the combination must be looked at; one of earlier totals only was looked at before."""

    def totals(self, combination: V) -> int:
        """All totals that take part, as a bit mask."""


def bits(mask: int) -> list[int]:
    """The places of the bits that are set, lowest first."""
    places = []
    while mask:
        lowest = mask & -mask
        places.append(lowest.bit_length() - 1)
        mask ^= lowest
    return places


class Binary:
    """Combinations modulo 2: a bit mask each."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self._units = [tuple({plus ^ minus for plus, minus in unit}) for unit in units]

    def start(self, totals: int) -> list[int]:
        return [1 << place for place in bits(totals)]

    def meets(self, combination: int, unit: int) -> bool:
        for column in self._units[unit]:  # noqa: SIM110 - any() takes three times as long here
            if (combination & column).bit_count() & 1:
                return True
        return False

    def cut(self, basis: Sequence[int], unit: int) -> list[int]:
        left = list(basis)
        for column in self._units[unit]:
            left = self._cut(left, column)
        return left

    def _cut(self, basis: list[int], column: int) -> list[int]:
        meeting = [y for y in basis if (y & column).bit_count() & 1]
        if not meeting:
            return basis
        pivot = meeting[0]
        return [y ^ pivot if (y & column).bit_count() & 1 else y for y in basis if y != pivot]

    def matters(self, combination: int) -> bool:
        return True

    def totals(self, combination: int) -> int:
        return combination


Sparse = dict[int, int]


class Exact:
    """Combinations over the rationals: integer coefficients by total, those that are not 0.

    Only combinations with a ``recent`` total matter. Those of a basis are kept independent in their recent
    part, so that no combination of them is one of earlier totals only.
    """

    def __init__(self, units: Sequence[Unit], recent: int) -> None:
        self._units = units
        self._recent = recent
        self._signed = lru_cache(maxsize=None)(_signed)

    def start(self, totals: int) -> list[Sparse]:
        return [{place: 1} for place in bits(totals)]

    def meets(self, combination: Sparse, unit: int) -> bool:
        return any(_value(combination, self._signed(column)) for column in self._units[unit])

    def cut(self, basis: Sequence[Sparse], unit: int) -> list[Sparse]:
        left = list(basis)
        for column in self._units[unit]:
            left = self._cut(left, self._signed(column))
        return left

    def _cut(self, basis: list[Sparse], column: Sequence[tuple[int, int]]) -> list[Sparse]:
        values = [_value(y, column) for y in basis]
        meeting = [index for index, value in enumerate(values) if value]
        if not meeting:
            return basis
        pivot = next((index for index in meeting if not self.matters(basis[index])), meeting[0])
        return [
            _without(y, value, basis[pivot], values[pivot]) if value else y
            for index, (y, value) in enumerate(zip(basis, values, strict=True))
            if index != pivot
        ]

    def matters(self, combination: Sparse) -> bool:
        return any(self._recent >> place & 1 for place in combination)

    def totals(self, combination: Sparse) -> int:
        return sum(1 << place for place in combination)

    def implied(self, unmet: Sequence[Sparse]) -> int:
        """Totals that follow from all others, where these combinations meet nothing; recent ones first."""
        left, pivots = [y for y in unmet if y], 0
        while left:
            y = left.pop()
            pivot = max(y, key=lambda place: (self._recent >> place & 1, place))
            pivots |= 1 << pivot
            left = [_without(other, other[pivot], y, y[pivot]) if pivot in other else other for other in left]
            left = [other for other in left if other]
        return pivots


def _signed(column: Column) -> list[tuple[int, int]]:
    plus, minus = column
    return [(place, 1) for place in bits(plus)] + [(place, -1) for place in bits(minus)]


def _value(combination: Sparse, column: Sequence[tuple[int, int]]) -> int:
    value = 0
    for place, sign in column:
        if place in combination:
            value += sign * combination[place]
    return value


def _without(y: Sparse, value: int, pivot: Sparse, pivot_value: int) -> Sparse:
    """The multiple of ``y`` less a multiple of ``pivot`` that drops the column where they have these values."""
    mixed = {place: pivot_value * y.get(place, 0) - value * pivot.get(place, 0) for place in y.keys() | pivot.keys()}
    factor = gcd(*mixed.values())
    return {place: coefficient // factor for place, coefficient in mixed.items() if coefficient}
