"""Which columns a combination of totals meets, modulo 2: for all services at once.

All columns are numbered, and a set of columns is a bit mask of their numbers. Each total has the set of those that hold
it. A combination meets the columns that an odd number of its totals hold, so the sum of their sets, bit by bit and
without carrying, is the set of those it meets: one step a total, however many services there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_, xor

from assessment.disclosure.algebra import bits
from assessment.disclosure.benchmark import Id
from assessment.disclosure.totals import Totals

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Parity:
    """The columns of all units by number, those of one unit together, of units easiest to spare first."""

    columns: Sequence[int]
    """The totals that hold it."""
    units: Sequence[int]
    """The unit it is of."""
    ranges: Mapping[int, Range]
    """By unit, the number of its first column and the one after its last."""
    holding: Sequence[int]
    """By total, the columns that hold it."""
    kin: Sequence[int]
    """By unit, the columns of all units of its organisations."""

    @classmethod
    def of(cls, totals: Totals) -> Parity:
        by_unit = [tuple({plus ^ minus for plus, minus in unit} - {0}) for unit in totals.units]
        units = [unit for unit in _easiest_to_spare_first(by_unit) for _column in by_unit[unit]]
        columns = [column for unit in dict.fromkeys(units) for column in by_unit[unit]]
        ranges = _ranges(units)
        return cls(columns, units, ranges, _holding(columns, len(totals.holders)), _kin(totals.organisations, ranges))

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


def _easiest_to_spare_first(units: Sequence[Sequence[int]]) -> list[int]:
    """A unit is hard to spare if it is in a small total: that one has not many others."""
    smallest = [min((column & -column for column in unit), default=0) for unit in units]
    return sorted(range(len(units)), key=lambda unit: -smallest[unit])


def _ranges(units: Iterable[int]) -> Mapping[int, Range]:
    ranges: dict[int, Range] = {}
    for number, unit in enumerate(units):
        ranges[unit] = ranges.get(unit, (number,))[0], number + 1
    return ranges


def _holding(columns: Sequence[int], totals: int) -> list[int]:
    # In bytes that can be written to: a number would be copied for each bit.
    holding = [bytearray(len(columns) // 8 + 1) for _ in range(totals)]
    for number, column in enumerate(columns):
        for place in bits(column):
            holding[place][number // 8] |= 1 << number % 8
    return [int.from_bytes(one, "little") for one in holding]


def _kin(organisations: Sequence[Collection[Id]], ranges: Mapping[int, Range]) -> list[int]:
    theirs: dict[Id, int] = defaultdict(int)
    for unit, range_ in ranges.items():
        for organisation in organisations[unit]:
            theirs[organisation] |= _between(*range_)
    return [reduce(or_, (theirs[one] for one in of), 0) for of in organisations]
