"""Bars of histograms, read together by everyone who may: they tell nothing exact of a few services."""

from __future__ import annotations

from typing import Final

import pytest

from assessment.disclosure import benchmark
from tests.attack.bars import published, told

NETWORKS: Final = (2, 3, 5, 8)


@pytest.mark.parametrize("seed", NETWORKS)
def test_bars_tell_nothing_exact_of_a_few_services(seed: int) -> None:
    found = told(published(seed))
    assert found["few"] > 0 and found["solved"] > 0
    assert found["told an outsider"] == found["told an insider"] == 0


def test_bars_counted_exactly_and_of_any_size_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(benchmark, "ROUNDED_TO", 1)
    monkeypatch.setattr(benchmark, "LEAST_IN_BIN", 1)
    found = [told(published(seed)) for seed in NETWORKS]
    assert sum(one["told an insider"] for one in found) > 0
