"""Made-up networks and their histories, small enough to try every small group."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from assessment.disclosure.benchmark import Cell, Dimension, Member, PeerGroup

DIMENSIONS: tuple[Dimension, ...] = ("sector", "kind", "region")


def chance_of(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311


@dataclass(frozen=True)
class Shape:
    """How large a network is and how it moves from snapshot to snapshot."""

    services: tuple[int, int]
    organisations: tuple[int, int]
    values: tuple[int, int]
    snapshots: tuple[int, int]
    renewing: float
    present: float = 0.95


TINY = Shape(services=(5, 11), organisations=(1, 5), values=(1, 3), snapshots=(1, 3), renewing=0.4, present=0.8)
NARROW = Shape(services=(12, 16), organisations=(4, 12), values=(1, 3), snapshots=(1, 2), renewing=0.5, present=1)
SMALL = Shape(services=(30, 60), organisations=(6, 14), values=(2, 4), snapshots=(2, 5), renewing=0.25)


def history(seed: int, shape: Shape) -> Iterator[list[Cell]]:
    """Snapshot by snapshot, all cells of a network: services renew, come and go, and answer some principles only."""
    chance = chance_of(seed)
    services = range(chance.randint(*shape.services))
    organisations = chance.randint(*shape.organisations)
    owner = {service: f"o{chance.randrange(organisations)}" for service in services}
    values = {dimension: chance.randint(*shape.values) for dimension in DIMENSIONS}
    traits = {service: {d: chance.randrange(values[d]) for d in DIMENSIONS} for service in services}
    release = {service: f"r{service}" for service in services}
    for snapshot in range(chance.randint(*shape.snapshots)):
        for service in services:
            if snapshot and chance.random() < shape.renewing:
                release[service] = f"r{service}.{snapshot}"
        here = [s for s in services if chance.random() < shape.present]
        members = {s: Member(release[s], f"s{s}", owner[s], chance.randint(0, 40)) for s in here}
        yield _cells(members, traits)


def _cells(members: dict[int, Member], traits: dict[int, dict[Dimension, int]]) -> list[Cell]:
    groups: dict[PeerGroup, set[Member]] = {}
    for service, member in members.items():
        groups.setdefault(PeerGroup("network"), set()).add(member)
        for dimension, value in traits[service].items():
            groups.setdefault(PeerGroup(dimension, (str(value),)), set()).add(member)
    return [Cell(group, frozenset(groups[group])) for group in groups]
