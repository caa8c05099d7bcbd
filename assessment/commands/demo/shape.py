"""Who is in the demo network: about ten services an organisation, concentrated so that peer groups form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Final, Literal
from uuid import UUID

from assessment.commands.demo.chance import chance, new_id
from assessment.commands.demo.names import organisation_name, places
from assessment.commands.demo.services import (
    AREAS,
    LARGE_COUNCIL,
    ONLY_BEGUN,
    SECTORS,
    SERVICES,
    department_of,
)

ENGLISH_REGIONS: Final = (
    "north-east",
    "north-west",
    "yorkshire-and-the-humber",
    "east-midlands",
    "west-midlands",
    "east-of-england",
    "london",
    "south-east",
    "south-west",
)
_DEPARTMENTS_FROM: Final = 6


@dataclass(frozen=True, slots=True)
class Pattern:
    """One organisation of the hand of thirty from which every network is dealt."""

    kind: str
    nation: str
    region: str
    size: str
    services: int


HAND: Final[Sequence[Pattern]] = tuple(
    Pattern(kind, nation, region, size, int(services))
    for kind, nation, region, size, services in (
        line.split()
        for line in """
        council england west-midlands very-large 36
        council england north-west very-large 13
        nhs-trust england north-west very-large 13
        council wales wales very-large 12
        council scotland scotland large 9
        nhs-trust northern-ireland northern-ireland very-large 12
        housing-association england north-west large 11
        charity england north-west medium 14
        council england london very-large 13
        nhs-trust england london very-large 12
        housing-association england london medium 11
        health-board wales wales very-large 11
        health-board scotland scotland very-large 9
        council england yorkshire-and-the-humber large 11
        council england north-west large 13
        nhs-trust england west-midlands very-large 12
        housing-association england west-midlands large 11
        council northern-ireland northern-ireland large 10
        housing-association wales wales medium 10
        charity wales wales small 9
        police-force england north-west very-large 9
        school-or-college england west-midlands medium 7
        company scotland scotland medium 6
        government scotland scotland large 5
        fire-and-rescue england yorkshire-and-the-humber large 4
        combined-authority england west-midlands large 4
        university england north-west large 4
        primary-care england north-west small 3
        local-council england yorkshire-and-the-humber micro 3
        other england london small 3
        """.strip().splitlines()
    )
)
Standing = Literal["earlier", "today", "begun"]
HAND_SERVICES: Final = sum(pattern.services for pattern in HAND)


@dataclass(frozen=True, slots=True)
class PlannedService:
    """A service. One team has sent its result today; some have only begun, so they have none."""

    id: UUID
    name: str
    sector: str
    department: str
    standing: Standing = "earlier"


@dataclass(frozen=True, slots=True)
class PlannedOrganisation:
    id: UUID
    name: str
    kind: str
    nation: str
    region: str
    size: str
    services: Sequence[PlannedService]


def plan(services: int, seed: int) -> Iterator[PlannedOrganisation]:
    """The organisations of a network of so many services with a result; the same for the same seed.

    The first is a large council, which has four more services that have only begun.
    """
    named = {nation: places(nation, seed) for nation in {pattern.nation for pattern in HAND}}
    for number, (pattern, size) in enumerate(_deal(services)):
        drawn = chance(seed, "organisation", number)
        if number >= len(HAND) and pattern.nation == "england":
            pattern = replace(pattern, region=drawn.choice(ENGLISH_REGIONS))
        yield _organisation(pattern, size, next(named[pattern.nation]), drawn, first=number == 0)


def _deal(services: int) -> Iterator[tuple[Pattern, int]]:
    """Hand after hand; the last, or a small network's only one, is scaled down and loses its smallest."""
    while services > 0:
        dealt, total = 0, 0
        wanted = min(services, HAND_SERVICES)
        for pattern in HAND:
            total += pattern.services
            size = round(wanted * total / HAND_SERVICES) - dealt
            dealt += size
            if size:
                yield pattern, size
        services -= wanted


def _organisation(pattern: Pattern, size: int, place: str, drawn: Random, first: bool) -> PlannedOrganisation:
    services = _large_council(drawn, size) if first else _services(pattern.kind, size, drawn)
    return PlannedOrganisation(
        new_id(drawn),
        organisation_name(pattern.kind, pattern.nation, place),
        pattern.kind,
        pattern.nation,
        pattern.region,
        pattern.size,
        tuple(services),
    )


def _large_council(drawn: Random, size: int) -> Iterator[PlannedService]:
    known = [(department, *service) for department, services in LARGE_COUNCIL.items() for service in services]
    for number, (department, name, sector) in enumerate(known[:size]):
        yield PlannedService(new_id(drawn), name, sector, department, "earlier" if number else "today")
    for department, name, sector in ONLY_BEGUN:
        yield PlannedService(new_id(drawn), name, sector, department, "begun")


def _services(kind: str, size: int, drawn: Random) -> Iterator[PlannedService]:
    taken: Counter[str] = Counter()
    for sector in drawn.choices(SECTORS[kind].split(), k=size):
        department = department_of(kind, sector) if size >= _DEPARTMENTS_FROM else ""
        yield PlannedService(new_id(drawn), _name(sector, taken), sector, department)


def _name(sector: str, taken: Counter[str]) -> str:
    names, number = SERVICES[sector], taken[sector]
    taken[sector] += 1
    if number < len(names):
        return names[number]
    area = AREAS[number // len(names) % len(AREAS) - 1]
    return f"{names[number % len(names)]}, {area}"
