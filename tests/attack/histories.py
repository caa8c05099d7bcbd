"""Made-up networks, month by month: whatever can happen to services and their releases happens in some of them.

Services join and leave, renew and correct, skip principles, move from one organisation to another; councils of two
services, one council that holds half of a sector, one that leaves with everything and comes back. Rounds held together
and apart are compared apart. Snapshots run over several years, so that there are matched services.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from random import Random
from typing import Final

from assessment.disclosure.benchmark import Cell, Dimension, Member, PeerGroup
from tests.attack.networks import chance_of

VOICES: Final = ("together", "staff")
SNAPSHOTS_A_YEAR: Final = 2
FIRST_YEAR: Final = 2024
OTHERS: Final[Sequence[Dimension]] = ("sector", "kind", "nation", "region", "size", "sector-nation")
Cells = list[Cell]


@dataclass
class Service:
    """A service as it stands, and its newest release in each voice."""

    name: str
    owner: str
    traits: Mapping[Dimension, tuple[str, ...]]
    level: int
    here: bool = True
    skips: frozenset[str] = frozenset()
    newest: dict[str, Member] = field(default_factory=dict)


@dataclass
class Network:
    """A network and what becomes of it."""

    chance: Random
    compared: frozenset[str] = frozenset()
    services: list[Service] = field(default_factory=list)
    owners: list[str] = field(default_factory=list)
    away: str | None = None
    releases: int = 0

    @classmethod
    def made(cls, seed: int) -> Network:
        chance = chance_of(seed)
        compared = {"network", *chance.sample(OTHERS, chance.randint(1, 4))}
        network = cls(chance, frozenset(compared), owners=[f"o{n}" for n in range(chance.randint(5, 9))])
        for _ in range(chance.randint(14, 30)):
            network.join()
        if chance.random() < 0.5:
            network.give_half_a_sector_to(network.owners[0])
        return network

    def join(self) -> None:
        chance, number = self.chance, len(self.services)
        # Every other organisation is one of two services at first.
        owner = self.owners[number // 2 % len(self.owners)] if chance.random() < 0.5 else chance.choice(self.owners)
        service = Service(f"s{number}", owner, self._traits(owner), chance.randint(4, 36))
        service.skips = frozenset(voice for voice in VOICES if chance.random() < 0.1)
        self.services.append(service)
        for voice in VOICES:
            self.release(service, voice)

    def _traits(self, owner: str) -> Mapping[Dimension, tuple[str, ...]]:
        number = self.owners.index(owner)
        sector, nation = self.chance.choice(("housing", "care")), ("england", "wales")[number % 3 == 2]
        return {
            "network": (),
            "sector": (sector,),
            "kind": (("council", "charity")[number % 2],),
            "nation": (nation,),
            "region": (nation if nation == "wales" else ("north", "south")[number % 4 > 1],),
            "size": (("large", "small")[number % 5 > 2],),
            "sector-nation": (sector, nation),
        }

    def give_half_a_sector_to(self, owner: str) -> None:
        housing = [service for service in self.services if service.traits["sector"] == ("housing",)]
        for service in housing[: len(housing) // 2]:
            self.move(service, owner)

    def move(self, service: Service, owner: str) -> None:
        """To another organisation; what was released stays with the one it was released under until renewed."""
        service.owner = owner
        sector = service.traits["sector"][0]
        moved = self._traits(owner)
        service.traits = {**moved, "sector": (sector,), "sector-nation": (sector, *moved["nation"])}

    def release(self, service: Service, voice: str) -> None:
        self.releases += 1
        value = min(max(service.level + self.chance.randint(-6, 6), 0), 40)
        service.newest[voice] = Member(f"r{self.releases}", service.name, service.owner, value)

    def month(self, renewing: float) -> None:
        """What happens until the next snapshot."""
        chance = self.chance
        for service in self.services:
            self._goes_on(service, renewing)
        for _ in range(chance.choice((0, 0, 1, 2, 3, 6))):
            self.join()
        if self.away:
            self.away = None
        elif chance.random() < 0.2:
            self.away = chance.choice(self.owners)

    def _goes_on(self, service: Service, renewing: float) -> None:
        chance = self.chance
        if chance.random() < 0.03:
            self.move(service, chance.choice(self.owners))
        for voice in VOICES:
            if chance.random() < renewing:
                self.release(service, voice)
        if chance.random() < 0.05:
            before = service.newest["together"]  # a correction: a new release of the same round
            self.release(service, "together")
            slip = min(before.value_x10 + 1, 40)
            service.newest["together"] = replace(service.newest["together"], value_x10=slip)
        if chance.random() < 0.06:
            service.here = not service.here

    def counted(self, voice: str) -> Iterator[tuple[Service, Member]]:
        for service in self.services:
            if service.here and service.owner != self.away and voice not in service.skips:
                yield service, service.newest[voice]


def histories(seed: int) -> Mapping[str, Sequence[Cells]]:
    """For each voice, the candidates of snapshot after snapshot."""
    network = Network.made(seed)
    renewing = network.chance.choice((0.05, 0.15, 0.35))
    found: dict[str, list[Cells]] = {voice: [] for voice in VOICES}
    past: dict[str, list[dict[str, Member]]] = {voice: [] for voice in VOICES}
    placed: dict[str, Mapping[Dimension, tuple[str, ...]]] = {}
    for snapshot in range(network.chance.randint(3, 6)):
        if snapshot:
            network.month(renewing)
        for voice in VOICES:
            counted = dict[str, Member]()
            for service, member in network.counted(voice):
                placed.setdefault(str(member.release_id), service.traits)
                counted[service.name] = member
            groups = [cell for cell in _groups(counted, placed) if cell.group.dimension in network.compared]
            found[voice].append([*groups, *_matched(snapshot, counted, past[voice])])
            past[voice].append(counted)
    return found


def one_snapshot(seed: int, further: int) -> Cells:
    """The candidates of one snapshot of a larger network, by everything that is compared but regions."""
    network = Network.made(seed)
    network.compared = frozenset({"network", "sector", "kind", "nation", "size"})
    for _ in range(further):
        network.join()
    placed = {str(member.release_id): service.traits for service, member in network.counted("together")}
    counted = {service.name: member for service, member in network.counted("together")}
    return [cell for cell in _groups(counted, placed) if cell.group.dimension in network.compared]


def _groups(counted: Mapping[str, Member], placed: Mapping[str, Mapping[Dimension, tuple[str, ...]]]) -> Cells:
    groups: dict[PeerGroup, set[Member]] = defaultdict(set)
    for member in counted.values():
        for dimension, values in placed[str(member.release_id)].items():
            groups[PeerGroup(dimension, values)].add(member)
    return [Cell(group, frozenset(members)) for group, members in groups.items()]


def _matched(snapshot: int, counted: Mapping[str, Member], past: Sequence[Mapping[str, Member]]) -> Cells:
    """Services that were in the last snapshot of the year before: what they said then, and now."""
    last = snapshot - snapshot % SNAPSHOTS_A_YEAR - 1
    both = counted.keys() & past[last].keys() if last >= 0 else set[str]()
    if not both:
        return []
    year = (str(FIRST_YEAR + last // SNAPSHOTS_A_YEAR),)
    return [
        Cell(PeerGroup("matched-then", year), frozenset(past[last][name] for name in both)),
        Cell(PeerGroup("matched-now", year), frozenset(counted[name] for name in both)),
    ]
