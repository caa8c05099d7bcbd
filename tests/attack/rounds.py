"""Made-up rounds held apart, released by the real rules and attacked: what follows of few people.

The attacker takes every shown score and count as an exact total, knows who left out what and when each answered, and
adds and subtracts as they like. Ranks are all they need: with the rows of a few people left out, fewer independent
totals are left than before if, and only if, some combination of the totals rests on those few alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, combinations
from random import Random
from typing import Final

from numpy.linalg import matrix_rank

from assessment.disclosure.release import ReleaseCell
from assessment.disclosure.release_apart import Voice, release_apart
from assessment.disclosure.thresholds import thresholds
from assessment.questionnaire.answer import Answer
from assessment.questionnaire.definition import Definition
from assessment.scoring.response import Response
from tests.attack.networks import chance_of
from tests.unit.scoring.questionnaires import questionnaire

FEW: Final = 4
LEFT_TO_COUNT: Final = 6
Answered = frozenset[str]
People = Mapping[Answered, int]
Kind = tuple[Answered, int]
"""What somebody answered, and the release from which on they count."""

SIX: Final = questionnaire(principles=1, statements=6, short=2)


def cells(asked: Definition, people: People) -> Sequence[ReleaseCell]:
    """What is released where so many people answered just these statements."""
    responses = [
        Response("staff", "full", {s: Answer(2) for s in pattern}) for pattern, n in people.items() for _one in range(n)
    ]
    return release_apart(asked, Voice("staff", "full", thresholds()), responses)


def released(asked: Definition, people: People) -> frozenset[str]:
    """The measures that have a figure."""
    return frozenset(cell.measure for cell in cells(asked, people) if cell.value_x10 is not None)


def leak(asked: Definition, people: People) -> frozenset[Answered] | None:
    """A group of 1 to 4 people whose figure follows. People who left out the same are in it all or none."""
    found = leak_over_time(asked, [people])
    return None if found is None else frozenset(pattern for pattern, _since in found)


def leak_over_time(asked: Definition, waves: Sequence[People]) -> frozenset[Kind] | None:
    """The same where what is known is released anew after each wave of answers; once, if there is one wave."""
    shown = [sorted(released(asked, people)) for people in accumulate(map(Counter, waves))]
    people = {(pattern, since): n for since, wave in enumerate(waves) for pattern, n in wave.items()}
    rows = {kind: _columns(asked, kind, shown) for kind in people}
    whole = _rank([row for some in rows.values() for row in some])
    for group in _groups(people):
        if _rank([row for kind, some in rows.items() if kind not in group for row in some]) < whole:
            return group
    return None


def _columns(asked: Definition, kind: Kind, shown: Sequence[Sequence[str]]) -> list[list[Fraction]]:
    """For each statement that they answered, what of it is in each shown total: written down anew, by hand."""
    pattern, since = kind
    return [
        [
            _share(asked, pattern, statement, measure) if release >= since else Fraction(0)
            for release, measures in enumerate(shown)
            for measure in measures
        ]
        for statement in sorted(pattern)
    ]


def _share(asked: Definition, pattern: Answered, statement: str, measure: str) -> Fraction:
    kind, _, name = measure.partition("/")
    if kind == "statement":
        return Fraction(name == statement)
    ids = [s.id for s in (asked.statements if kind == "principle" else asked.shared) if s.principle == name]
    given = [one for one in ids if one in pattern]
    counts = statement in given and 2 * len(given) >= len(ids)
    return Fraction(1, len(given)) if counts else Fraction(0)


def _rank(rows: Sequence[Sequence[Fraction]]) -> int:
    return int(matrix_rank([[float(60 * value) for value in row] for row in rows])) if rows and rows[0] else 0


def _groups(people: Mapping[Kind, int]) -> Iterator[frozenset[Kind]]:
    """Unions of whole kinds of people that hold 1 to 4 of them; a smaller one inside such a one follows with it."""
    small = sorted((kind for kind, n in people.items() if kind[0] and n <= FEW), key=_in_order)
    for kinds in range(1, FEW + 1):
        for group in combinations(small, kinds):
            left = FEW - sum(people[kind] for kind in group)
            if left >= 0 and not any(people[one] <= left for one in small if one not in group):
                yield frozenset(group)


def _in_order(kind: Kind) -> tuple[Sequence[str], int]:
    return sorted(kind[0]), kind[1]


def crowd(drawn: Random, most: int = 24, least: int = 10) -> People:
    """Some who answer alike, and some who leave out this or that."""
    ids = [s.id for s in SIX.statements]
    often = drawn.choice((0.02, 0.05, 0.1))
    hard = drawn.sample(ids, k=drawn.choice((0, 1, 2)))
    patterns = (
        frozenset(one for one in ids if drawn.random() > (3 * often if one in hard else often))
        for _person in range(drawn.randrange(least, most))
    )
    return Counter(patterns)


def round_of(seed: int) -> Sequence[People]:
    """A round as it fills: some answer at once, the rest now and then."""
    drawn = chance_of(seed)
    return [crowd(drawn, 20, 0), *(crowd(drawn, 6, 0) for _ in range(drawn.randrange(3)))]


@dataclass
class RoundsTally:
    """What was attacked: figures shown, rounds from which something of few people follows, and counts of too few."""

    rounds: int = 0
    figures: int = 0
    few: int = 0
    counted: int = 0

    @property
    def leaks(self) -> int:
        return self.few + self.counted


def attacked_rounds(seeds: Iterable[int], once: bool = True) -> RoundsTally:
    """Rounds, each released once at its close (rule P4), or anew whenever somebody answered."""
    tally = RoundsTally()
    for seed in seeds:
        waves = round_of(seed)
        everyone = sum(map(Counter, waves), Counter[Answered]())
        shown = [cell for cell in cells(SIX, everyone) if cell.value_x10 is not None]
        tally.rounds += 1
        tally.figures += len(shown)
        tally.few += leak_over_time(SIX, [everyone] if once else waves) is not None
        tally.counted += any(four_who_pool_learn_the_rest(cell) for cell in shown)
    return tally


def four_who_pool_learn_the_rest(cell: ReleaseCell) -> bool:
    """Whether four who tell each other their answers are left with the counts of fewer than six others."""
    return bool(cell.counts) and cell.n - FEW < LEFT_TO_COUNT
