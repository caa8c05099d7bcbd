"""The gate against an attacker who tries every small group, and against histories of made-up networks."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from assessment.disclosure import attack, snapshot
from assessment.disclosure.attack import Gate
from assessment.disclosure.benchmark import Cell, Member, PeerGroup, changed_services, why_not
from assessment.disclosure.shown import Peers
from assessment.disclosure.snapshot import PublishedCell, decide
from tests.attack.networks import NARROW, SMALL, TINY, chance_of, history
from tests.attack.oracle import leaks

CORPUS = range(200)


@pytest.mark.parametrize("seed", range(120))
def test_the_gate_finds_what_trying_everything_finds(seed: int) -> None:
    cells = [cell for cells in history(seed, TINY) for cell in cells]
    there = set(leaks(cells))
    found = Gate(cells).findings()
    assert {viewer for viewer, _ in there} == {finding.organisation for finding in found}
    for finding in found:
        assert len(finding.services) <= 4
        assert any(viewer == finding.organisation and group <= finding.services for viewer, group in there)


@pytest.mark.parametrize("seed", range(16))
def test_the_gate_admits_just_what_gives_nothing_away(seed: int) -> None:
    cells = [cell for cells in history(seed, NARROW) for cell in cells if len(cell.members) >= 5]
    before = chance_of(seed).randint(0, 2)
    published = admitted((), cells[:before])
    candidates = cells[before : before + 5]
    safe = admitted(published, candidates)[len(published) :]
    expected = [cell in safe for cell in candidates]
    assert list(Gate(published).choose(candidates)) == expected


def admitted(published: Sequence[Cell], candidates: Sequence[Cell]) -> list[Cell]:
    """Those published and, one after the other, the candidates that give nothing away beside them."""
    cells = list(published)
    for cell in candidates:
        if next(leaks([*cells, cell], sizes=(4,)), None) is None:
            cells.append(cell)
    return cells


def publish_all(seed: int) -> list[list[PublishedCell]]:
    """The snapshots of a made-up network's history, as decided one after the other."""
    published: list[Cell] = []
    snapshots = []
    for candidates in history(seed, SMALL):
        decision = decide(candidates, published)
        snapshots.append(list(decision.published))
        published += [its.cell for its in decision.published]
    return snapshots


@pytest.mark.parametrize("seed", CORPUS)
def test_no_history_gives_a_small_group_away(seed: int) -> None:
    cells = [its.cell for snapshot in publish_all(seed) for its in snapshot]
    assert Gate(cells).findings() == ()
    assert all(why_not(cell.members) is None for cell in cells)


def caught(seeds: range) -> int:
    """Histories from which a small group follows."""
    return sum(bool(Gate([its.cell for s in publish_all(seed) for its in s]).findings()) for seed in seeds)


class OpenGate(Gate):
    def choose(self, candidates: Sequence[Cell]) -> tuple[bool, ...]:
        return (True,) * len(candidates)


def test_the_gate_switched_off_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "Gate", OpenGate)
    assert caught(range(50)) > 25


@pytest.mark.parametrize("rule", ["why_not", "carry_over"])
def test_another_rule_switched_off_is_held_by_the_gate(rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def off(*_: object) -> None:
        return None

    monkeypatch.setattr(snapshot, rule, off)
    assert caught(range(12)) == 0


def test_the_size_rule_switched_off_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "why_not", lambda _: None)
    assert any(why_not(its.cell.members) for seed in range(12) for s in publish_all(seed) for its in s)


def test_the_rule_of_five_changes_switched_off_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    assert smallest_change(range(12)) >= 5
    monkeypatch.setattr(snapshot, "carry_over", lambda *_: False)
    monkeypatch.setattr(snapshot, "Gate", OpenGate)
    assert smallest_change(range(12)) < 5


def smallest_change(seeds: range) -> int:
    """In how many services two published figures of one group differ, at the least."""
    return min(_changes(publish_all(seed)) for seed in seeds)


def _changes(snapshots: list[list[PublishedCell]]) -> int:
    last: dict[object, Cell] = {}
    changes = [99]
    for its in (its for cells in snapshots for its in cells):
        before = last.get(its.group)
        if before and its.state == "fresh":
            changes.append(changed_services(before.members, its.cell.members))
        last[its.group] = its.cell
    return min(changes)


@pytest.mark.parametrize("seed", range(20))
def test_deciding_is_deterministic_and_deciding_again_changes_nothing(seed: int) -> None:
    published: list[Cell] = []
    for candidates in history(seed, SMALL):
        decision = decide(candidates, published)
        assert decide(candidates[::-1], published) == decision
        published += [its.cell for its in decision.published]
        again = decide(candidates, published)
        assert figures(again.published) == figures(decision.published)
        assert {its.state for its in again.published} <= {"carried"}
        assert again.hidden == decision.hidden


def figures(cells: Sequence[PublishedCell]) -> dict[object, Peers]:
    return {its.group: its.peers for its in cells}


@pytest.mark.parametrize("seed", range(60))
def test_cells_of_no_structure_are_judged_as_exactly(seed: int) -> None:
    # Any subsets at all: combinations with other factors than one, and modulo 2 other dangers than over the rationals.
    chance = chance_of(seed)
    services = range(chance.randint(10, 14))
    owner = {service: chance.randrange(len(services)) for service in services}
    sets = [chance.sample(services, chance.randint(5, len(services))) for _ in range(6)]
    cells = [
        Cell(PeerGroup("sector", (str(n % 4),)), frozenset(Member(f"r{s}", f"s{s}", f"o{owner[s]}", 0) for s in them))
        for n, them in enumerate(sets)
    ]
    published = admitted((), cells[:3])
    safe = admitted(published, cells[3:])[len(published) :]
    assert list(Gate(published).choose(cells[3:])) == [cell in safe for cell in cells[3:]]


@pytest.mark.parametrize("seed", range(10))
def test_what_is_proved_quickly_is_what_a_search_for_each_viewer_finds(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick = [[(its.group, its.state) for its in snapshot] for snapshot in publish_all(seed)]
    monkeypatch.setattr(attack, "MOST_SETS", 0)
    assert [[(its.group, its.state) for its in snapshot] for snapshot in publish_all(seed)] == quick
