"""Which combinations of figures rest on a few people, beside an attacker who tries every few, in fractions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from random import Random

import pytest

from assessment.disclosure.people import MOST_FEW, Pattern, Total, few_follow, score_total, statement_total
from tests.unit.scoring.questionnaires import questionnaire

ASKED = questionnaire(principles=1, statements=5, short=2)
IDS = [one.id for one in ASKED.statements]


def rank(rows: Sequence[Sequence[Fraction]]) -> int:
    """The number of independent rows, by elimination in fractions."""
    left, found = [row for row in rows if any(row)], 0
    while left:
        pivot = left.pop()
        at = next(place for place, value in enumerate(pivot) if value)
        left = [[a - row[at] / pivot[at] * b for a, b in zip(row, pivot, strict=True)] for row in left]
        left = [row for row in left if any(row)]
        found += 1
    return found


def rows(totals: Sequence[Total], patterns: Sequence[Pattern]) -> list[list[Fraction]]:
    answered = [(pattern, statement) for pattern in patterns for statement in sorted(pattern)]
    return [[Fraction(total.get(p, {}).get(statement, 0)) for p, statement in answered] for total in totals]


def tried(totals: Sequence[Total], people: Mapping[Pattern, int]) -> bool:
    """Whether leaving out 1 to 4 people leaves fewer independent totals."""
    whole = rank(rows(totals, list(people)))
    return any(rank(rows(totals, [p for p in people if p not in few])) < whole for few in groups(people))


def groups(people: Mapping[Pattern, int]) -> Iterator[tuple[Pattern, ...]]:
    for size in range(1, MOST_FEW + 1):
        yield from (few for few in combinations(people, size) if sum(people[one] for one in few) <= MOST_FEW)


def crowd(drawn: Random) -> dict[Pattern, int]:
    """Most answer everything; some leave out this or that, alone or several alike."""
    people = {frozenset(IDS): drawn.randrange(12)}
    for _kind in range(drawn.randrange(6)):
        people[frozenset(drawn.sample(IDS, drawn.randrange(len(IDS) + 1)))] = drawn.randrange(1, 8)
    return {pattern: times for pattern, times in people.items() if times}


@pytest.mark.parametrize("seed", range(150))
def test_few_follow_just_where_trying_every_few_says_so(seed: int) -> None:
    drawn = Random(seed)  # noqa: S311
    people = crowd(drawn)
    scores = [score_total(people, ASKED.statements), score_total(people, ASKED.shared)]
    totals = [*scores, *(statement_total(people, one) for one in IDS)]
    some = drawn.sample(totals, drawn.randrange(len(totals) + 1))
    assert few_follow(some, people) == tried(some, people)


def test_the_crowds_are_of_both_kinds() -> None:
    found = [tried([statement_total(people, IDS[0])], people) for people in (crowd(Random(n)) for n in range(50))]  # noqa: S311
    assert 5 < sum(found) < 45


def test_a_mean_of_any_number_of_levels_is_taken_in_whole_numbers() -> None:
    three, five = frozenset(IDS[:3]), frozenset(IDS)
    total = score_total([three, five, frozenset(IDS[:2])], ASKED.statements)
    assert {pattern: set(of.values()) for pattern, of in total.items()} == {three: {20}, five: {12}}
