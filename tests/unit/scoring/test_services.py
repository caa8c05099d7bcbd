"""What services' scores are held against: their mean, the spread of true scores, ICC(1)."""

from __future__ import annotations

from fractions import Fraction
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.scoring.moments import Moments
from assessment.scoring.reliability import intraclass
from assessment.scoring.shrinkage import Services, services_of
from tests.unit.scoring.test_reliability import JUDGED, moments

SCORES = st.lists(st.lists(st.integers(0, 4), max_size=6), max_size=8)


def test_shrout_and_fleiss_again() -> None:
    units = [moments(scores) for scores in JUDGED]
    found = services_of([1.0, 2.0, 3.0], units)
    # Their table 3: mean squares 11.24 between and 6.26 within, four judges each.
    assert found is not None
    assert found.mean == 2.0
    assert found.icc1 == pytest.approx(0.1657, abs=5e-5)
    assert found.spread == pytest.approx(sqrt((11.2417 - 6.2639) / 4), abs=1e-4)


def test_services_that_do_not_differ_beyond_chance_have_no_spread() -> None:
    alike = [moments((0, 4)), moments((4, 0)), moments((0, 3))]
    found = services_of([2.0, 2.0, 1.5], alike)
    assert found is not None and found.spread == 0.0 and found.icc1 < 0


def test_services_without_responses_do_not_count_towards_the_mean_size() -> None:
    units = [moments(scores) for scores in JUDGED]
    assert services_of([2.0], [*units, Moments()]) == services_of([2.0], units)


@pytest.mark.parametrize("units", [[], [Moments(3, Fraction(6), Fraction(14))], [moments((2,)), moments((3,))]])
def test_where_icc_cannot_be_known_there_is_nothing(units: list[Moments]) -> None:
    assert services_of([2.0, 3.0], units) is None


def test_without_a_score_there_is_nothing() -> None:
    assert services_of([], [moments(scores) for scores in JUDGED]) is None


@given(SCORES)
def test_spread_and_icc_say_the_same(answers: list[list[int]]) -> None:
    """Between services of one size, spread squared is ICC(1) of all variance of single responses."""
    units = [moments(tuple(scores)) for scores in answers]
    found, known = services_of([2.0], units), intraclass(units)
    if found is None or known is None:
        assert found is None and known is None
        return
    sizes = [unit.n for unit in units if unit.n]
    if len(set(sizes)) == 1 and known.icc1 > 0:
        assert found.spread**2 == pytest.approx(found.icc1 * (found.spread**2 + known.within))
    assert isinstance(found, Services) and found.spread >= 0
