"""A thousand made-up networks and their histories, published by the real rules and attacked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import pytest

from assessment.disclosure.attack import Gate
from assessment.disclosure.benchmark import Cell, Member, why_not
from tests.attack.campaign import Published, campaign
from tests.attack.histories import histories
from tests.attack.networks import TINY, history
from tests.attack.nullspace import Attacker
from tests.attack.oracle import leaks
from tests.unit.disclosure.groups import NETWORK, member, members, sector

NETWORKS = 1000
AT_ONCE = 50


@pytest.mark.parametrize("start", range(0, NETWORKS, AT_ONCE))
def test_no_network_gives_a_small_group_away(start: int) -> None:
    found = campaign(range(start, start + AT_ONCE))
    assert (found.few, found.pooled, found.watched) == (0, 0, 0)
    # And there was something to attack: refreshed, carried over, and matched services.
    assert found.networks == AT_ONCE
    assert min(found.cells, found.repeated, found.systems) > AT_ONCE and found.matched > AT_ONCE // 4


def test_an_organisation_learns_nothing_of_a_service_that_left_it() -> None:
    others, own = members(range(20)), frozenset(member(service, 90) for service in range(100, 105))
    before = Cell(sector("a"), members(range(30, 50)) | own | {Member("r1", "s99", "o90", 0)})
    now = Cell(NETWORK, others | own | {Member("r2", "s99", "o91", 0)})
    without = Cell(sector("b"), others)
    assert dict(Attacker([before, now, without]).findings()) == {"o90": {"s99"}}
    assert Gate([before]).choose([now, without]) == (True, False)


def test_the_histories_hold_whatever_can_happen() -> None:
    seen: set[str] = set()
    for seed in range(30):
        together, staff = histories(seed).values()
        cells = [cell for snapshots in (together, staff) for cells in snapshots for cell in cells]
        seen |= {cell.group.dimension for cell in cells}
        seen |= {"moved"} if any(left_behind(cells)) else set()
        seen |= {"skipped"} if services(together) != services(staff) else set()
        seen |= {"too large"} if any("third" in str(why_not(cell.members)) for cell in cells) else set()
    assert {"moved", "skipped", "too large", "matched-then", "matched-now", "sector-nation"} <= seen


def services(snapshots: Sequence[Sequence[Cell]]) -> set[object]:
    return {member.service_id for cells in snapshots for cell in cells for member in cell.members}


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
    owners: dict[object, set[object]] = defaultdict(set)
    everyone = {member for cell in cells for member in cell.members}
    for one in everyone:
        owners[one.service_id].add(one.organisation_id)
    return (one for one in everyone if len(owners[one.service_id]) > 1)


def test_a_history_is_the_same_every_time() -> None:
    first, again = (Published.of(histories(3)["together"]) for _ in range(2))
    assert first == again and first.fresh
