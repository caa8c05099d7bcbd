"""How well the statements of a principle measure it, from sums that add. Of many services, never of one team."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from operator import add
from typing import Final, Literal

from assessment.questionnaire.answer import NOT_APPLICABLE
from assessment.scoring.f_quantile import f_quantile

Given = int | Literal["not-applicable"] | None
"""A level, *does not apply*, or no level for any other reason."""

HEAD: Final = 2  # how many responses, how many of them complete
EACH: Final = 5  # sum, sum of squares, products with the total, *does not apply*, left out
SHARE: Final = 0.975


@dataclass(frozen=True, slots=True)
class _Moved:
    """What one statement varies by and with, each times n squared, so that it is a whole number."""

    own: int
    with_total: int
    total: int


class ItemSums:
    """Of the responses to a principle's statements, all that is needed to judge how the statements hang together.

    Levels enter the sums only of responses that are complete: that give every statement a level.
    """

    def __init__(self, statements: int, values: Sequence[int] = ()) -> None:
        size = HEAD + EACH * statements
        self.statements = statements
        self._values = list(values) or [0] * size
        if len(self._values) != size:
            raise ValueError(f"{len(self._values)} sums for {statements} statements")

    @classmethod
    def unpacked(cls, text: str) -> ItemSums:
        """What ``packed`` made. Raises ValueError for any other text."""
        values = [int(part) for part in text.split(",")]
        return cls((len(values) - HEAD) // EACH, values)

    @property
    def packed(self) -> str:
        return ",".join(map(str, self._values))

    @property
    def asked(self) -> int:
        """How many responses there are."""
        return self._values[0]

    @property
    def n(self) -> int:
        """How many of them are complete."""
        return self._values[1]

    def add(self, given: Sequence[Given]) -> None:
        """One response: what it gives each statement. Raises ValueError for another number of statements."""
        if len(given) != self.statements:
            raise ValueError(f"{len(given)} answers to {self.statements} statements")
        self._values[0] += 1
        levels = [one for one in given if isinstance(one, int)]
        if len(levels) == self.statements:
            self._add_complete(levels)
            return
        for at, one in zip(self._places(), given, strict=True):
            self._values[at + 3] += one == NOT_APPLICABLE
            self._values[at + 4] += one is None

    def _add_complete(self, levels: Sequence[int]) -> None:
        total = sum(levels)
        self._values[1] += 1
        for at, level in zip(self._places(), levels, strict=True):
            self._values[at] += level
            self._values[at + 1] += level * level
            self._values[at + 2] += level * total

    def merge(self, other: ItemSums) -> None:
        """The responses of another group as well. Raises ValueError for another number of statements."""
        if other.statements != self.statements:
            raise ValueError(f"sums of {other.statements} statements are no sums of {self.statements}")
        self._values = list(map(add, self._values, other._values))

    def without_few(self, least: int) -> ItemSums:
        """Without the sums of complete responses where fewer than ``least`` are: they would be somebody's answers."""
        if self.n >= least:
            return self
        values = list(self._values)
        values[1] = 0
        for at in self._places():
            values[at : at + 3] = (0, 0, 0)
        return ItemSums(self.statements, values)

    @property
    def not_applicable(self) -> tuple[int, ...]:
        """By statement, how many said that it does not apply."""
        return tuple(self._values[at + 3] for at in self._places())

    @property
    def left_out(self) -> tuple[int, ...]:
        """By statement, how many gave no level for another reason."""
        return tuple(self._values[at + 4] for at in self._places())

    @property
    def alpha(self) -> float | None:
        """Cronbach's alpha: Cronbach 1951, Psychometrika 16:297. None of fewer than two statements or responses,
        or where every response has the same total.
        """
        moved = list(self._moved())
        if self.statements < 2 or self.n < 2 or not moved[0].total:
            return None
        items = sum(one.own for one in moved)
        return self.statements * (moved[0].total - items) / ((self.statements - 1) * moved[0].total)

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95 % interval of alpha: Feldt 1965, Psychometrika 30:357, as Feldt, Woodruff and Salih 1987 have it.

        It takes responses to be independent of each other.
        """
        return self.interval_for(self.n)

    def interval_for(self, n: int) -> tuple[float, float] | None:
        """The same as if it rested on ``n`` complete responses. None of fewer than two."""
        alpha = self.alpha
        if alpha is None or n < 2:
            return None
        upper, lower = n - 1, (n - 1) * (self.statements - 1)
        ends = (1 - (1 - alpha) * f_quantile(share, upper, lower) for share in (SHARE, 1 - SHARE))
        low, high = ends
        return low, high

    @property
    def item_rest(self) -> tuple[float | None, ...]:
        """By statement, the correlation of its levels with the sum of all others': Henrysson 1963, Psychometrika
        28:211. None where either does not vary.
        """
        return tuple(_correlation(one) for one in self._moved())

    def _moved(self) -> Iterator[_Moved]:
        sums = [self._values[at : at + 3] for at in self._places()]
        total, squares = sum(s1 for s1, _s2, _cross in sums), sum(cross for _s1, _s2, cross in sums)
        of_total = self.n * squares - total * total
        for s1, s2, cross in sums:
            yield _Moved(self.n * s2 - s1 * s1, self.n * cross - s1 * total, of_total)

    def _places(self) -> Iterable[int]:
        return range(HEAD, len(self._values), EACH)


def _correlation(moved: _Moved) -> float | None:
    rest = moved.total - 2 * moved.with_total + moved.own
    if moved.own <= 0 or rest <= 0:
        return None
    return (moved.with_total - moved.own) / sqrt(moved.own * rest)
