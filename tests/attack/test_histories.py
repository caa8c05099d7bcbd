"""A thousand made-up networks and their histories, published by the real rules and attacked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from assessment.disclosure.attack import Gate
from assessment.disclosure.benchmark import Cell, Member, why_not
from tests.attack.campaign import Published, campaign
from tests.attack.histories import histories
from tests.attack.networks import TINY, history
from tests.attack.nullspace import Attacker
from tests.attack.oracle import leaks

NETWORKS = 1000
AT_ONCE = 50


@pytest.mark.parametrize("start", range(0, NETWORKS, AT_ONCE))
def test_no_network_gives_a_small_group_away(start: int) -> None:
    found = campaign(range(start, start + AT_ONCE))
    assert (found.few, found.pooled, found.watched) == (0, 0, 0)
    # And there was something to attack: refreshed, carried over, and matched services.
    assert found.networks == AT_ONCE
    assert min(found.cells, found.repeated, found.systems) > AT_ONCE and found.matched > AT_ONCE // 4


def test_the_histories_hold_whatever_can_happen() -> None:
    seen: set[str] = set()
    for seed in range(30):
        voices = histories(seed)
        members = {m for snapshots in voices.values() for cells in snapshots for cell in cells for m in cell.members}
        owners = {member.service_id: set[object]() for member in members}
        for member in members:
            owners[member.service_id].add(member.organisation_id)
        seen |= {"moved" for many in owners.values() if len(many) > 1}
        seen |= {cell.group.dimension for snapshots in voices.values() for cells in snapshots for cell in cells}
        alone = [
            {m.service_id for cells in snapshots for c in cells for m in c.members} for snapshots in voices.values()
        ]
        seen |= {"skipped"} if alone[0] != alone[1] else set()
        seen |= {
            "too large" for snapshots in voices.values() if any("third" in reason for reason in reasons(snapshots))
        }
    assert {"moved", "skipped", "too large", "matched-then", "matched-now", "sector-nation"} <= seen


def reasons(snapshots: object) -> set[str]:
    assert isinstance(snapshots, list)
    return {str(why_not(cell.members)) for cells in snapshots for cell in cells}


@pytest.mark.parametrize("seed", range(60))
def test_the_attacker_finds_what_trying_everything_finds(seed: int) -> None:
    cells = [cell for cells in history(seed, TINY) for cell in cells]
    there = set(leaks(cells))
    found = set(Attacker(cells).findings())
    assert {viewer for viewer, _group in there} == {viewer for viewer, _group in found}
    assert all(any(viewer == one and group <= few for one, group in there) for viewer, few in found)


@pytest.mark.parametrize("seed", range(12))
def test_the_attacker_and_the_gate_agree_on_what_was_never_judged(seed: int) -> None:
    for candidates in histories(seed).values():
        cells = [cell for cells in candidates for cell in cells if why_not(cell.members) is None]
        attacker = Attacker(cells)
        found = {viewer for viewer, _few in (*attacker.findings(), *attacker.findings_by_services_that_moved())}
        assert found >= {finding.organisation for finding in Gate(cells).findings()}
        moved = {m.organisation_id for m in left_behind(cells)}
        assert found <= {finding.organisation for finding in Gate(cells).findings()} | moved


def left_behind(cells: Sequence[Cell]) -> Iterator[Member]:
    """Releases of services that moved, under each of their organisations."""
    members = {member for cell in cells for member in cell.members}
    return (
        m
        for m in members
        if any(m.service_id == o.service_id and m.organisation_id != o.organisation_id for o in members)
    )


def test_a_history_is_the_same_every_time() -> None:
    first, again = (Published.of(histories(3)["together"]) for _ in range(2))
    assert first == again and first.fresh
