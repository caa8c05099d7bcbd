"""Which columns a combination of totals meets, modulo 2: for all services at once.

All columns are numbered, and a set of columns is a bit mask of their numbers. Each total has the set of those that hold
it. A combination meets the columns that an odd number of its totals hold, so the sum of their sets, bit by bit and
without carrying, is the set of those it meets: one step a total, however many services there are.

A combination may meet nothing modulo 2 and yet not be nothing: where it is twice something. Its *half* tells as much,
for from the half, as from the total itself, the other follows beside the rest of the combination. So the half is
taken in place of a total, as a further row of whole numbers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_, xor

from assessment.disclosure.algebra import Column, Unit, bits
from assessment.disclosure.benchmark import Id
from assessment.disclosure.totals import Totals

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Half:
    """The half of a combination: its value in each column where it has one, and the totals it is made of."""

    values: Mapping[int, int]
    totals: int


@dataclass(frozen=True, slots=True)
class Parity:
    """The columns of all units by number, those of one unit together, of units easiest to spare first."""

    columns: list[int]
    """The totals, and halves, that hold it modulo 2."""
    signed: Sequence[Column]
    units: Sequence[int]
    """The unit it is of."""
    ranges: Mapping[int, Range]
    """By unit, the number of its first column and the one after its last."""
    holding: list[int]
    """By total or half, the columns that hold it."""
    kin: Sequence[int]
    """By unit, the columns of all units of its organisations."""
    halves: dict[int, Half] = field(default_factory=dict)
    """By place, after those of the totals."""

    @classmethod
    def of(cls, totals: Totals) -> Parity:
        apart = [
            (unit, one) for unit in _easiest_to_spare_first(totals.units) for one in dict.fromkeys(totals.units[unit])
        ]
        units, signed = [unit for unit, _column in apart], [column for _unit, column in apart]
        columns = [plus ^ minus for plus, minus in signed]
        ranges = _ranges(units)
        holding = _holding(columns, len(totals.holders))
        return cls(columns, signed, units, ranges, holding, _kin(totals.organisations, ranges))

    def totals(self, combination: int) -> int:
        """The totals that a combination is made of, also by halves."""
        return reduce(or_, (half.totals for half in self._halves_in(combination)), combination & ~self._all_halves)

    def half(self, combination: int) -> int:
        """The half of a combination that meets nothing modulo 2, as a combination of its own; 0 if it is nothing."""
        halves, totals = self._halves_in(combination), combination & ~self._all_halves
        values = {
            number: value // 2
            for number, (plus, minus) in enumerate(self.signed)
            if (
                value := (totals & plus).bit_count()
                - (totals & minus).bit_count()
                + sum(half.values.get(number, 0) for half in halves)
            )
        }
        return self._add(Half(values, self.totals(combination))) if values else 0

    def _add(self, half: Half) -> int:
        place = len(self.holding)
        odd = [number for number, value in half.values.items() if value & 1]
        for number in odd:
            self.columns[number] |= 1 << place
        self.holding.append(_set_of(odd, len(self.columns)))
        self.halves[place] = half
        return 1 << place

    def _halves_in(self, combination: int) -> list[Half]:
        return [half for place, half in self.halves.items() if combination >> place & 1]

    @property
    def _all_halves(self) -> int:
        return sum(1 << place for place in self.halves)

    def met(self, combination: int) -> int:
        """The columns that a combination meets."""
        return reduce(xor, (self.holding[place] for place in bits(combination)), 0)

    def of_units(self, units: Iterable[int]) -> int:
        """The columns of these units."""
        return reduce(or_, (_between(*self.ranges[unit]) for unit in units if unit in self.ranges), 0)

    def units_of(self, columns: int) -> Iterator[int]:
        """The units that these columns are of, those easiest to spare first."""
        passed = 0
        while columns:
            unit = self.units[passed + lowest(columns)]
            yield unit
            end = self.ranges[unit][1]
            columns >>= end - passed
            passed = end


def lowest(columns: int) -> int:
    """The lowest number of a column in a set of some."""
    return (columns & -columns).bit_length() - 1


def _between(start: int, end: int) -> int:
    return (1 << end) - (1 << start)


def _easiest_to_spare_first(units: Sequence[Unit]) -> list[int]:
    """A unit is hard to spare if it is in a small total: that one has not many others."""
    smallest = [min((lowest(plus | minus) for plus, minus in unit), default=0) for unit in units]
    return sorted(range(len(units)), key=lambda unit: -smallest[unit])


def _ranges(units: Iterable[int]) -> Mapping[int, Range]:
    ranges: dict[int, Range] = {}
    for number, unit in enumerate(units):
        ranges[unit] = ranges.get(unit, (number,))[0], number + 1
    return ranges


def _holding(columns: Sequence[int], totals: int) -> list[int]:
    holding: list[list[int]] = [[] for _ in range(totals)]
    for number, column in enumerate(columns):
        for place in bits(column):
            holding[place].append(number)
    return [_set_of(numbers, len(columns)) for numbers in holding]


def _set_of(numbers: Iterable[int], columns: int) -> int:
    # In bytes that can be written to: a number would be copied for each bit.
    held = bytearray(columns // 8 + 1)
    for number in numbers:
        held[number // 8] |= 1 << number % 8
    return int.from_bytes(held, "little")


def _kin(organisations: Sequence[Collection[Id]], ranges: Mapping[int, Range]) -> list[int]:
    theirs: dict[Id, int] = defaultdict(int)
    for unit, range_ in ranges.items():
        for organisation in organisations[unit]:
            theirs[organisation] |= _between(*range_)
    return [reduce(or_, (theirs[one] for one in of), 0) for of in organisations]
