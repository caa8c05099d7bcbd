"""What follows of few people from all that a round held apart shows of one voice, by an attacker of another make.

The attacker takes every shown score and count as an exact total, knows who left out what, and adds and subtracts as
they like. Ranks are all they need: with the rows of a few people left out, fewer independent totals are left than
before if, and only if, some combination of the totals rests on those few alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, product
from random import Random
from typing import Final

import pytest
from numpy.linalg import matrix_rank

from assessment.disclosure import release_apart as room
from assessment.disclosure.release_apart import Voice, release_apart
from assessment.disclosure.thresholds import thresholds
from assessment.questionnaire.answer import Answer
from assessment.questionnaire.definition import Definition
from assessment.scoring.response import Response
from tests.unit.scoring.questionnaires import questionnaire

FEW: Final = 4
ROUNDS: Final = 60
Answered = frozenset[str]


def released(asked: Definition, people: Mapping[Answered, int]) -> frozenset[str]:
    """The measures that have a figure where so many people answered just these statements."""
    responses = [
        Response("staff", "full", {s: Answer(2) for s in pattern}) for pattern, n in people.items() for _one in range(n)
    ]
    cells = release_apart(asked, Voice("staff", "full", thresholds()), responses)
    return frozenset(cell.measure for cell in cells if cell.value_x10 is not None)


def columns(asked: Definition, pattern: Answered, shown: Sequence[str]) -> list[list[Fraction]]:
    """For each statement that they answered, what of it is in each shown total: written down anew, by hand."""
    rows = []
    for statement in sorted(pattern):
        row = []
        for measure in shown:
            kind, _, name = measure.partition("/")
            if kind == "statement":
                row.append(Fraction(name == statement))
                continue
            ids = [s.id for s in (asked.statements if kind == "principle" else asked.shared) if s.principle == name]
            given = [one for one in ids if one in pattern]
            counts = statement in given and 2 * len(given) >= len(ids)
            row.append(Fraction(1, len(given)) if counts else Fraction(0))
        rows.append(row)
    return rows


def rank(rows: Sequence[Sequence[Fraction]]) -> int:
    return int(matrix_rank([[float(60 * value) for value in row] for row in rows])) if rows else 0


def groups(people: Mapping[Answered, int]) -> Iterator[frozenset[Answered]]:
    """Unions of whole kinds of people that hold 1 to 4 of them; a smaller one inside such a one follows with it."""
    small = sorted((pattern for pattern, n in people.items() if pattern and n <= FEW), key=sorted)
    for kinds in range(1, FEW + 1):
        for group in combinations(small, kinds):
            left = FEW - sum(people[pattern] for pattern in group)
            if left >= 0 and not any(people[one] <= left for one in small if one not in group):
                yield frozenset(group)


def leak(asked: Definition, people: Mapping[Answered, int]) -> frozenset[Answered] | None:
    """A group of 1 to 4 people whose figure follows. People who left out the same are in it all or none."""
    shown = sorted(released(asked, people))
    rows = {pattern: columns(asked, pattern, shown) for pattern in people}
    whole = rank([row for some in rows.values() for row in some])
    for group in groups(people):
        if rank([row for pattern, some in rows.items() if pattern not in group for row in some]) < whole:
            return group
    return None


def every_way_to_answer_two(most: int) -> Iterator[dict[Answered, int]]:
    """So many answered both statements, only one, only the other: each way, up to these."""
    asked = (frozenset({"P00", "P01"}), frozenset({"P00"}), frozenset({"P01"}))
    for counts in product((0, 4, 5, 10, 14), range(most), range(most)):
        yield {pattern: n for pattern, n in zip(asked, counts, strict=True) if n}


TWO: Final = questionnaire(principles=1, statements=2, short=2)
ONE_SHARED: Final = questionnaire(principles=1, statements=2, short=1)
SIX: Final = questionnaire(principles=1, statements=6, short=2)


@pytest.mark.parametrize("asked", [TWO, ONE_SHARED], ids=["both shared", "one shared"])
def test_of_two_statements_nothing_follows_of_few_whoever_left_out_what(asked: Definition) -> None:
    assert all(leak(asked, people) is None for people in every_way_to_answer_two(7))


def random_people(drawn: Random) -> dict[Answered, int]:
    """A crowd that answers alike, and some who leave out this or that."""
    ids = [s.id for s in SIX.statements]
    often = drawn.choice((0.02, 0.05, 0.1))
    hard = drawn.sample(ids, k=drawn.choice((0, 1, 2)))
    patterns = (
        frozenset(one for one in ids if drawn.random() > (3 * often if one in hard else often))
        for _person in range(drawn.randrange(10, 24))
    )
    return dict(Counter(patterns))


def test_of_six_statements_nothing_follows_of_few_in_any_of_many_rounds() -> None:
    drawn = Random(4)  # noqa: S311
    assert [people for people in (random_people(drawn) for _round in range(ROUNDS)) if leak(SIX, people)] == []


def test_the_attacker_finds_the_few_where_the_rule_is_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "withheld", lambda *_given: frozenset())
    assert leak(TWO, {frozenset({"P00", "P01"}): 14, frozenset({"P00"}): 1}) == {frozenset({"P00"})}
    drawn = Random(4)  # noqa: S311
    assert sum(leak(SIX, random_people(drawn)) is not None for _round in range(ROUNDS)) > ROUNDS // 4


def test_counting_who_left_out_each_statement_is_not_enough() -> None:
    """Five answered nothing and one left out one: each statement lacks 0 or 5 or more, and yet one person follows."""
    everything = frozenset(s.id for s in SIX.statements)
    people = {everything: 14, everything - {"P00"}: 1, frozenset[str](): 5}
    assert "statement/P00" not in released(SIX, people) or "statement/P05" not in released(SIX, people)
    assert leak(SIX, people) is None


def test_where_nobody_or_many_left_something_out_everything_is_shown() -> None:
    everything = frozenset(s.id for s in SIX.statements)
    whole = {"principle/P0", "shared/P0", *(f"statement/{one}" for one in everything)}
    assert released(SIX, {everything: 12}) == released(SIX, {everything: 12, everything - {"P03"}: 5}) == whole
    assert released(replace(SIX, principles=()), {}) == frozenset()
