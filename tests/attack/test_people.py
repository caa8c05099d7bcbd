"""What follows of few people from all that a round held apart shows of one voice; and with each rule switched off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from random import Random
from typing import Final

import pytest

from assessment.disclosure import people, thresholds
from assessment.disclosure import release_apart as room
from assessment.questionnaire.definition import Definition
from tests.attack.rounds import SIX, Answered, attacked_rounds, crowd, leak, leak_over_time, released
from tests.unit.scoring.questionnaires import questionnaire

ROUNDS: Final = 60
SEEDS: Final = range(150)


def every_way_to_answer_two(most: int) -> Iterator[dict[Answered, int]]:
    """So many answered both statements, only one, only the other: each way, up to these."""
    asked = (frozenset({"P00", "P01"}), frozenset({"P00"}), frozenset({"P01"}))
    for counts in product((0, 4, 5, 10, 14), range(most), range(most)):
        yield {pattern: n for pattern, n in zip(asked, counts, strict=True) if n}


TWO: Final = questionnaire(principles=1, statements=2, short=2)
ONE_SHARED: Final = questionnaire(principles=1, statements=2, short=1)


@pytest.mark.parametrize("asked", [TWO, ONE_SHARED], ids=["both shared", "one shared"])
def test_of_two_statements_nothing_follows_of_few_whoever_left_out_what(asked: Definition) -> None:
    assert all(leak(asked, people) is None for people in every_way_to_answer_two(7))


def test_of_six_statements_nothing_follows_of_few_in_any_of_many_rounds() -> None:
    drawn = Random(4)  # noqa: S311
    assert [people for people in (crowd(drawn) for _round in range(ROUNDS)) if leak(SIX, people)] == []


def test_the_attacker_finds_the_few_where_the_rule_is_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "withheld", lambda *_given: frozenset())
    assert leak(TWO, {frozenset({"P00", "P01"}): 14, frozenset({"P00"}): 1}) == {frozenset({"P00"})}
    drawn = Random(4)  # noqa: S311
    assert sum(leak(SIX, crowd(drawn)) is not None for _round in range(ROUNDS)) > ROUNDS // 4


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


def test_nothing_of_few_people_follows_from_any_of_many_rounds() -> None:
    found = attacked_rounds(SEEDS)
    assert (found.few, found.counted) == (0, 0)
    assert found.figures > len(SEEDS)


def test_released_more_than_once_the_few_who_came_later_follow() -> None:
    everything = frozenset(s.id for s in SIX.statements)
    assert leak_over_time(SIX, [{everything: 12}, {everything: 1}]) == {(everything, 1)}
    assert leak_over_time(SIX, [{everything: 13}]) is None
    assert attacked_rounds(SEEDS, once=False).few > len(SEEDS) // 10


def test_with_the_least_number_of_people_switched_off_few_follow(monkeypatch: pytest.MonkeyPatch) -> None:
    switch_off_five(monkeypatch)
    assert attacked_rounds(SEEDS).few > 0


def switch_off_five(monkeypatch: pytest.MonkeyPatch) -> None:
    """One number in two places: from how many a score is shown, and of how many none may follow."""
    monkeypatch.setattr(thresholds, "K", 2)
    monkeypatch.setattr(people.few_follow, "__defaults__", (1,))


def test_with_ten_switched_off_four_who_pool_their_answers_read_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(thresholds, "K10", thresholds.K)
    assert attacked_rounds(SEEDS).counted > len(SEEDS) // 10


def test_each_of_both_places_that_say_five_holds_without_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(thresholds, "K", 2)
    assert attacked_rounds(range(60)).few == 0
