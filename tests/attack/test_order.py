"""What points of ten services and more give away of another service's score."""

from __future__ import annotations

from itertools import combinations_with_replacement
from random import Random

import pytest

from assessment.disclosure.benchmark import LARGEST_SHARE
from tests.attack.order import TOP_X10, narrowest, points, possible, services


@pytest.mark.parametrize("seed", range(4))
def test_what_is_possible_is_what_trying_everything_finds(seed: int) -> None:
    chance = Random(seed)  # noqa: S311
    values = [chance.randint(30, TOP_X10) for _ in range(10)]
    published, known = points(values), sorted(values)[:7]
    tried = [others for others in combinations_with_replacement(range(TOP_X10 + 1), 3)
             if points([*known, *others]) == published]  # fmt: skip
    scores = {score for others in tried for score in others}
    assert possible(published, known, 3) == (min(scores), max(scores))


@pytest.mark.parametrize("n", range(10, 20))
def test_a_median_alone_pins_no_service_that_somebody_does_not_know(n: int) -> None:
    # Whoever knows up to a third knows neither half, so any one of the others may lie on either side.
    found = narrowest(services(Random(n), n), int(n * LARGEST_SHARE))  # noqa: S311
    assert (found.low, found.high) == (0, TOP_X10)


def test_a_quarter_point_is_the_least_of_all_others_for_whoever_knows_all_below_it() -> None:
    found = narrowest([*[10] * 5, *range(20, 35)], 6)
    assert (found.low, found.high) == (20, TOP_X10)
    assert narrowest([20 + n for n in range(20)], 4).width == TOP_X10


def test_where_nearly_all_are_at_the_top_whoever_knows_the_rest_knows_them_all() -> None:
    found = narrowest([*[12] * 4, *[TOP_X10] * 16], 6)
    assert found.width <= 4
