"""What rounding leaves: how many ways there are for a few people to have answered, given all that is shown.

Of 5 to 9 people a score is shown to one decimal with an interval that does not say how far they spread, near either
end only as a bound, and of people who use the service only as a word (rule P5). A *way* is what each of them scored,
whoever is who. All ways are counted, sorted by the two sums on which everything that is shown depends, and what is
shown comes from the rules themselves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Final

from assessment.disclosure import release_apart
from assessment.scoring.moments import Moments
from assessment.scoring.response import VoiceName

TOP: Final = 4
Sums = tuple[int, int]
"""The sum of scores and that of their squares, in steps."""
Seen = tuple[object, ...]


@dataclass(frozen=True)
class Case:
    """So many people of one voice, each with a score over so many statements."""

    voice: VoiceName
    n: int
    statements: int

    @property
    def steps(self) -> range:
        return range(TOP * self.statements + 1)

    def seen(self, sums: Sums) -> Seen:
        s1, s2 = sums
        moments = Moments(self.n, Fraction(s1, self.statements), Fraction(s2, self.statements**2))
        # The rule itself, one figure at a time; by name, so that what a test has switched off is off.
        cell = release_apart._score(self.voice, "principle/P", moments, self.statements, TOP)
        return cell.value_x10, cell.low_x10, cell.high_x10, cell.bound, cell.band


@cache
def ways(n: int, steps: int) -> Mapping[Sums, int]:
    """In how many ways n people, each with 0 .. steps - 1, make these sums."""
    counts: list[dict[Sums, int]] = [defaultdict(int) for _ in range(n + 1)]
    counts[0][0, 0] = 1
    for value in range(steps):
        for size in range(1, n + 1):
            for (s1, s2), times in list(counts[size - 1].items()):
                counts[size][s1 + value, s2 + value * value] += times
    return counts[n]


def shown(case: Case) -> Mapping[Seen, Sequence[tuple[Sums, int]]]:
    """Everything that may be shown, each with the sums behind it and their ways."""
    found: dict[Seen, list[tuple[Sums, int]]] = defaultdict(list)
    for sums, times in ways(case.n, len(case.steps)).items():
        found[case.seen(sums)].append((sums, times))
    return found


@dataclass(frozen=True)
class Left:
    """How many ways are left to a reader: at the worst, and for the middle one of all ways people may answer."""

    pictures: int
    least: int
    middle: int


def left(case: Case) -> Left:
    sizes = sorted(sum(times for _sums, times in behind) for behind in shown(case).values())
    return Left(len(sizes), sizes[0], _middle((size, size) for size in sizes))


@dataclass(frozen=True)
class Learnt:
    """What some who pool their answers learn of the rest: the ways that are left, and how wide apart the lowest and the
    highest score lie that one of the rest may have, in levels. At the worst, and for the middle one of all ways.
    """

    least: int
    middle: int
    narrowest: float
    width: float


def learnt(case: Case, pooling: int) -> Learnt:
    """All that those who pool may have answered is gone through, with all that the rest may have."""
    others, sizes, widths, seen = case.n - pooling, [], [], cache(case.seen)
    rest = ways(others, len(case.steps))
    for s1, s2 in ways(pooling, len(case.steps)):
        by_seen: dict[Seen, list[tuple[Sums, int]]] = defaultdict(list)
        for (r1, r2), times in rest.items():
            by_seen[seen((s1 + r1, s2 + r2))].append(((r1, r2), times))
        for behind in by_seen.values():
            ways_left = sum(times for _sums, times in behind)
            sizes.append((ways_left, ways_left))
            widths.append((_width(case, others, [sums for sums, _times in behind]), ways_left))
    return Learnt(
        least=min(size for size, _times in sizes),
        middle=_middle(iter(sorted(sizes))),
        narrowest=min(width for width, _times in widths) / case.statements,
        width=_middle(iter(sorted(widths))) / case.statements,
    )


def _width(case: Case, others: int, behind: Sequence[Sums]) -> int:
    """Between the lowest and the highest score that one of the others may have, in steps."""
    scores = [score for sums in behind for score in _possible(others, len(case.steps), sums)]
    return max(scores) - min(scores)


@cache
def _possible(others: int, steps: int, sums: Sums) -> tuple[int, int]:
    """The lowest and the highest score of any one among others whose scores have these sums."""
    rest = ways(others - 1, steps)
    fits = [value for value in range(steps) if (sums[0] - value, sums[1] - value * value) in rest]
    return fits[0], fits[-1]


def _middle(weighed: Iterator[tuple[int, int]]) -> int:
    """The middle of values that count so often each, smallest first."""
    pairs = list(weighed)
    half, seen = sum(times for _value, times in pairs) / 2, 0
    for value, times in pairs:
        seen += times
        if seen >= half:
            return value
    raise ValueError("nothing was weighed")
