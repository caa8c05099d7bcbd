"""Change between two rounds: Newcombe's own example, and symmetry."""

from __future__ import annotations

from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.scoring.change import change
from assessment.scoring.interval import wilson

Z = NormalDist().inv_cdf(0.975)


@pytest.mark.parametrize(
    ("later", "earlier", "low", "high"),
    [((56, 70), (48, 80), 0.0524, 0.3339), ((9, 10), (3, 10), 0.1705, 0.8090), ((10, 10), (0, 20), 0.6791, 1.0000)],
)
def test_method_10_of_newcombe_1998(later: tuple[int, int], earlier: tuple[int, int], low: float, high: float) -> None:
    p1, p2 = (x / n for x, n in (later, earlier))
    found = change(p2, wilson(p2, earlier[1], Z), p1, wilson(p1, later[1], Z))
    assert found.low == pytest.approx(low, abs=6e-5)
    assert found.high == pytest.approx(high, abs=6e-5)
    assert found.is_clear


def test_overlapping_means_cannot_tell() -> None:
    assert not change(2.0, (1.2, 2.8), 2.4, (1.6, 3.1)).is_clear
    assert change(3.0, (2.8, 3.2), 1.0, (0.8, 1.2)).is_clear


@given(*(st.floats(0, 4) for _ in range(6)))
def test_the_way_back_is_the_same_change_downwards(
    m1: float, a: float, b: float, m2: float, c: float, d: float
) -> None:
    one, other = (max(m1 - a, 0), min(m1 + b, 4)), (max(m2 - c, 0), min(m2 + d, 4))
    there, back = change(m1, one, m2, other), change(m2, other, m1, one)
    assert (there.difference, there.low, there.high) == pytest.approx((-back.difference, -back.high, -back.low))
