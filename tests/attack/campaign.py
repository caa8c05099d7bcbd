"""Publish made-up histories by the real rules and attack all that was published.

*Few*: a total over 1 to 4 services follows, for anybody or for an organisation that knows its own (rule B5); *left*
where these few are services that have left that organisation. *Pooled*: two organisations that pool their own look at
one cell and are left with fewer than 4 services, or with those of one other (rule B1). *Watched*: whoever watches a
group sees its figures change or go although fewer than five of its services changed, and so sees one service come or
go (rule B4). Counted apart, because no rule can take back what is published: what an organisation learns of old figures
from what a service that it took over said before (*taken over*).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from assessment.disclosure import snapshot
from assessment.disclosure.benchmark import Cell, Id, Member, PeerGroup, changed_services
from tests.attack.histories import Cells, histories
from tests.attack.nullspace import Attacker

LEFT_SERVICES = 4
LEFT_ORGANISATIONS = 2
FEW_CHANGED = 5


@dataclass
class Tally:
    """What was attacked, what that took, and what was found: leaks, and how many networks had any."""

    networks: int = 0
    snapshots: int = 0
    cells: int = 0
    repeated: int = 0
    matched: int = 0
    systems: int = 0
    few: int = 0
    pooled: int = 0
    watched: int = 0
    left: int = 0
    taken_over: int = 0
    leaking: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(ours + theirs for ours, theirs in zip(vars(self).values(), vars(other).values(), strict=True)))

    @property
    def leaks(self) -> int:
        return self.few + self.pooled + self.watched + self.left


MATCHED: Final = ("matched-then", "matched-now")


@dataclass
class Published:
    """All that one voice of one network ever published, and what each snapshot left of it to see."""

    snapshots: Sequence[tuple[Cells, Sequence[snapshot.PublishedCell]]]

    @classmethod
    def of(cls, candidates: Iterable[Cells]) -> Published:
        history: list[Cell] = []
        found = []
        for cells in candidates:
            # By name, so that a rule that a test has switched off is off here too.
            decided = snapshot.decide(cells, history).published
            history += [one.cell for one in decided if one.state == "fresh"]
            found.append((cells, decided))
        return cls(found)

    @property
    def fresh(self) -> list[Cell]:
        return [one.cell for _cells, decided in self.snapshots for one in decided if one.state == "fresh"]


def campaign(seeds: Iterable[int]) -> Tally:
    return sum((attacked(seed) for seed in seeds), Tally())


def attacked(seed: int) -> Tally:
    """One network, in both its voices."""
    found = sum((_attacked(Published.of(candidates)) for candidates in histories(seed).values()), Tally(networks=1))
    found.leaking = int(found.leaks > 0)
    return found


def _attacked(published: Published) -> Tally:
    cells = published.fresh
    attacker = Attacker(cells)
    found = dict(attacker.findings())
    few = {viewer for viewer, services in found.items() if not services & once_of(viewer, cells)}
    left = found.keys() - few
    later = dict(attacker.findings_by_services_that_moved()) if some_moved(cells) else found
    return Tally(
        snapshots=len(published.snapshots),
        cells=len(cells),
        repeated=sum(len(decided) for _cells, decided in published.snapshots) - len(cells),
        matched=sum(cell.group.dimension.startswith("matched") for cell in cells),
        systems=attacker.solved,
        few=len(few),
        pooled=sum(two_leave_few(cell.members) for cell in cells),
        watched=len(list(seen_to_change(published))),
        left=len(left),
        taken_over=len(later.keys() - found.keys()),
    )


def some_moved(cells: Iterable[Cell]) -> bool:
    owners = {(member.service_id, member.organisation_id) for cell in cells for member in cell.members}
    return len(owners) > len({service for service, _owner in owners})


def once_of(owner: Id | None, cells: Iterable[Cell]) -> frozenset[Id]:
    """Services that had a release under this organisation."""
    return frozenset(m.service_id for cell in cells for m in cell.members if m.organisation_id == owner)


def two_leave_few(members: Iterable[Member]) -> bool:
    """Whether two organisations that pool what they know are left with too little that they do not know."""
    sizes = sorted(Counter(member.organisation_id for member in members).values(), reverse=True)
    return sum(sizes[2:]) < LEFT_SERVICES or len(sizes[2:]) < LEFT_ORGANISATIONS


def seen_to_change(published: Published) -> Iterable[PeerGroup]:
    """Groups whose published figures did not stay as they were, though few of their services changed.

    Matched cells may go, both together, when their services are not the same any more: nothing new is said of either.
    """
    last: dict[PeerGroup, Cell] = {}
    for candidates, decided in published.snapshots:
        shown = {one.group: one.cell for one in decided}
        for cell in candidates:
            before, now = last.get(cell.group), shown.get(cell.group)
            gone = now is None and cell.group.dimension in MATCHED
            few = before and changed_services(before.members, cell.members) < FEW_CHANGED
            if few and now != before and not gone:
                yield cell.group
        last |= shown
