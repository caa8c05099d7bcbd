"""What rounding leaves of a few people's answers, by counting every way to answer; and with rule P5 switched off."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations_with_replacement
from typing import Final

import pytest

from assessment.disclosure import release_apart as room
from tests.attack.rounding import Case, learnt, left, shown, ways

SHORT: Final = 2
FEW: Final = range(5, 10)


def test_ways_are_counted_as_writing_them_all_down_counts_them() -> None:
    counted = ways(5, 9)
    written = list(combinations_with_replacement(range(9), 5))
    assert sum(counted.values()) == len(written)
    for scores in ((8,) * 5, (0, 1, 2, 3, 4)):
        sums = sum(scores), sum(score * score for score in scores)
        assert counted[sums] == sum((sum(w), sum(s * s for s in w)) == sums for w in written)


@pytest.mark.parametrize("n", FEW)
def test_no_figure_of_few_people_leaves_one_way_only(n: int) -> None:
    assert left(Case("staff", n, SHORT)).least > 1
    assert left(Case("people", n, SHORT)).least > 100


@pytest.mark.parametrize("n", FEW)
def test_an_interval_that_says_how_far_they_spread_leaves_fewer_ways(n: int, monkeypatch: pytest.MonkeyPatch) -> None:
    with_rule = left(Case("staff", n, SHORT))
    monkeypatch.setattr(room, "EFFECT_OF_FEW", None)
    without = left(Case("staff", n, SHORT))
    assert without.middle < with_rule.middle / 2 and without.pictures > with_rule.pictures


@pytest.mark.parametrize("n", FEW)
def test_without_a_bound_everyone_at_the_top_is_certain(n: int, monkeypatch: pytest.MonkeyPatch) -> None:
    case, top = Case("staff", n, SHORT), (8 * n, 64 * n)
    assert sum(times for _sums, times in shown(case)[case.seen(top)]) > 1
    monkeypatch.setattr(room, "LOWEST_SHARE", Fraction(-1))
    monkeypatch.setattr(room, "HIGHEST_SHARE", Fraction(2))
    assert shown(case)[case.seen(top)] == [(top, 1)]


@pytest.mark.parametrize("n", FEW)
def test_a_figure_in_place_of_a_word_leaves_far_fewer_ways(n: int, monkeypatch: pytest.MonkeyPatch) -> None:
    with_rule = left(Case("people", n, SHORT))
    monkeypatch.setattr(room, "FEW", 0)
    assert left(Case("people", n, SHORT)).middle < with_rule.middle / 10


def test_four_of_five_who_pool_their_answers_may_know_the_fifth_s_and_of_nine_they_do_not() -> None:
    of_five, of_nine = learnt(Case("staff", 5, SHORT), 4), learnt(Case("staff", 9, SHORT), 4)
    assert of_five.least == of_five.middle == 1
    assert of_nine.middle > 30 and of_nine.width >= 2
    word = learnt(Case("people", 5, SHORT), 4)
    assert word.middle > of_five.middle and word.width >= 2


def test_with_rule_p5_switched_off_those_who_pool_learn_more(monkeypatch: pytest.MonkeyPatch) -> None:
    cases = [(Case("staff", 7, SHORT), 4), (Case("people", 6, SHORT), 3)]
    with_rule = [learnt(*case) for case in cases]
    monkeypatch.setattr(room, "FEW", 0)
    without = [learnt(*case) for case in cases]
    assert all(off.middle < on.middle / 2 for off, on in zip(without, with_rule, strict=True))
