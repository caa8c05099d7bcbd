"""How far units differ beyond chance: published tables."""

from __future__ import annotations

from fractions import Fraction

import pytest

from assessment.scoring.moments import Moments
from assessment.scoring.reliability import intraclass
from assessment.scoring.shrinkage import reliability, services_of, shrunken, standing

# Shrout and Fleiss 1979, table 2: six targets, four judges.
JUDGED = ((9, 2, 5, 8), (6, 1, 3, 2), (8, 4, 6, 8), (7, 1, 2, 6), (10, 5, 6, 9), (6, 2, 4, 7))


def moments(scores: tuple[int, ...]) -> Moments:
    found = Moments()
    for score in scores:
        found = found.add(Fraction(score))
    return found


def test_shrout_and_fleiss() -> None:
    found = intraclass(map(moments, JUDGED))
    assert found is not None
    assert found.icc1 == pytest.approx(0.1657, abs=5e-5)
    assert found.icc2 == pytest.approx(0.4428, abs=5e-5)


@pytest.mark.parametrize(
    "units",
    [[], [(1, 2)], [(1,), (2,)], [(1, 1), (1, 1)], [(1, 2), (1, 2)]],
    ids=["none", "one", "single", "same", "alike"],
)
def test_what_does_not_vary_between_units_has_none(units: list[tuple[int, ...]]) -> None:
    assert intraclass(map(moments, units)) is None


def test_all_services_are_known_by_their_mean_their_spread_and_icc1() -> None:
    units = [moments(scores) for scores in JUDGED]
    found = services_of([float(unit.mean or 0) for unit in units], units)
    assert found is not None
    # Their table of variance: 11.24 between targets and 6.26 within, four judges each.
    assert found.mean == pytest.approx(5.2917, abs=5e-5) and found.icc1 == pytest.approx(0.1657, abs=5e-5)
    assert found.spread == pytest.approx(((11.24 - 6.26) / 4) ** 0.5, abs=5e-3)
    assert services_of([], units) is None and services_of([2.0], []) is None


def test_a_mean_of_few_is_drawn_further() -> None:
    assert reliability(1, 0.2) == pytest.approx(0.2)
    assert reliability(10, 0.2) == pytest.approx(2 / 2.8)
    assert reliability(10, -0.1) == 0
    assert shrunken(3.0, 10, mean=2.0, icc1=0.2) == pytest.approx(2 + 2 / 2.8)
    assert shrunken(3.0, 10, mean=2.0, icc1=-0.1) == 2


def test_a_standing_is_said_only_where_it_is_likely() -> None:
    said = [standing(score, 12, mean=2.0, spread=0.5, icc1=0.2) for score in (0.5, 2.1, 3.5)]
    assert said == ["likely lower", "about the same", "likely higher"]
