"""How small a change so many people can show."""

from __future__ import annotations

from itertools import pairwise

import pytest

from assessment.scoring.detectable import smallest_change


def test_more_people_can_show_a_smaller_change() -> None:
    found = [smallest_change(n, 4) for n in (5, 10, 20, 40, 100, 400)]
    assert all(more is not None and less is not None and less <= more for more, less in pairwise(found))
    assert found[0] != found[-1]


def test_wider_answers_need_a_larger_change() -> None:
    narrow, wide = smallest_change(20, 4), smallest_change(20, 4, effect=1)
    assert narrow is not None and wide is not None and narrow < wide


@pytest.mark.parametrize(("n", "top"), [(0, 4), (1, 4), (2, 1)])
def test_too_few_people_can_show_none(n: int, top: int) -> None:
    assert smallest_change(n, top) is None


def test_round_figures_to_plan_with() -> None:
    assert [smallest_change(n, 4) for n in (10, 20, 40)] == [1.0, 0.6, 0.5]
