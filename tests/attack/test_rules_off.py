"""Each rule that protects services, switched off in the place where it is kept: the attacker then finds leaks."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import pytest

from assessment.disclosure import benchmark, snapshot
from assessment.disclosure.attack import Gate
from assessment.disclosure.benchmark import Cell
from tests.attack.campaign import campaign

SEEDS = range(40)


class OpenGate(Gate):
    def choose(self, candidates: Sequence[Cell]) -> tuple[bool, ...]:
        return (True,) * len(candidates)


def test_with_all_rules_on_nothing_is_found() -> None:
    assert campaign(SEEDS).leaks == 0


def test_without_the_gate_few_services_follow_in_nearly_every_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "Gate", OpenGate)
    found = campaign(SEEDS)
    assert found.few > 0 and found.leaking > len(SEEDS) * 3 // 4


def test_without_carrying_over_whoever_watches_sees_one_service_come_or_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "carry_over", lambda *_cells: False)
    assert campaign(SEEDS).watched > 0


def test_without_carrying_over_and_the_gate_the_change_of_a_few_follows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "Gate", OpenGate)
    with_it = campaign(SEEDS)
    monkeypatch.setattr(snapshot, "carry_over", lambda *_cells: False)
    without = campaign(SEEDS)
    assert with_it.watched == 0 and without.watched > 0
    assert without.few > with_it.few


@pytest.mark.parametrize(
    ("rule", "off"),
    [("LARGEST_SHARE", Fraction(1)), ("LEAST_SERVICES", 1), ("LEAST_ORGANISATIONS", 1)],
    ids=["no more than a third", "ten services", "four organisations"],
)
def test_without_a_rule_of_size_two_organisations_are_left_with_few(
    rule: str, off: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(benchmark, rule, off)
    assert campaign(SEEDS).pooled > 0
