"""Peer groups: who belongs to one, when it may be published, and what it says (rules B1 to B4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Final, Literal, get_args
from uuid import UUID

from assessment.disclosure.rounding import tenths
from assessment.disclosure.shown import Bin, Figure, Hidden, Peers, Shown
from assessment.questionnaire.message import Message
from assessment.scoring.spread import LOWER_QUARTER, MIDDLE, UPPER_QUARTER, sample_quantile

Id = UUID | str
Dimension = Literal[
    "network", "sector", "kind", "nation", "region", "size", "sector-nation", "matched-then", "matched-now"
]
DIMENSIONS: Final[tuple[Dimension, ...]] = get_args(Dimension)

LEAST_PRESENT: Final = 3
LEAST_SERVICES: Final = 10
LEAST_ORGANISATIONS: Final = 4
LARGEST_SHARE: Final = Fraction(1, 3)
QUARTERS_FROM: Final = 20
TENTHS_FROM: Final = 50
LEAST_CHANGED: Final = 5
LEAST_IN_BIN: Final = 5
HALF_LEVEL: Final = 5  # tenths
ROUNDED_TO: Final = 5
MANY_ORGANISATIONS: Final = 10
LOWEST_TENTH: Final = Fraction(1, 10)
HIGHEST_TENTH: Final = Fraction(9, 10)

TOO_FEW_SERVICES: Final = Message(
    "Fewer than {least} services have shared a result here, so one could be picked out",
    {"least": LEAST_SERVICES},
)
TOO_FEW_ORGANISATIONS: Final = Message(
    "The services here belong to fewer than {least} organisations, so one could be picked out",
    {"least": LEAST_ORGANISATIONS},
)
ONE_TOO_LARGE: Final = Message(
    "More than a third of the services here belong to one organisation, so it could be picked out"
)
NO_MIDDLE_HALF: Final = Message("The middle half is shown from {least} services", {"least": QUARTERS_FROM})


@dataclass(frozen=True, slots=True)
class PeerGroup:
    """One cell of the benchmark: a dimension and the value or values that its services share.

    ``PeerGroup("network")``, ``PeerGroup("sector", ("housing",))``,
    ``PeerGroup("sector-nation", ("housing", "wales"))``. The services that were in the last snapshot of an earlier
    year as well are ``PeerGroup("matched-then", ("2025",))`` with what they said then, and ``matched-now`` with
    what they say now.
    """

    dimension: Dimension
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """One service in a peer group: which of its releases counts, whose it is, and its score in tenths of a level."""

    release_id: Id
    service_id: Id
    organisation_id: Id
    value_x10: int


@dataclass(frozen=True, slots=True)
class Cell:
    """A peer group and the services in it: a candidate for publication, or as it was published."""

    group: PeerGroup
    members: frozenset[Member]


def why_not(members: Collection[Member]) -> Message | None:
    """Why a group of these members is too small or too one-sided to publish (rule B1); None if it is not."""
    if len(members) < LEAST_SERVICES:
        return TOO_FEW_SERVICES
    organisations = Counter(member.organisation_id for member in members)
    if len(organisations) < LEAST_ORGANISATIONS:
        return TOO_FEW_ORGANISATIONS
    if max(organisations.values()) > LARGEST_SHARE * len(members):
        return ONE_TOO_LARGE
    return None


def peers(members: Collection[Member]) -> Peers:
    """What a publishable group says (rule B3): its median, from 20 services its quarters, from 50 its tenths.

    Quantiles are those of ``scoring.spread``, of the released scores, rounded to one decimal. ``n`` is the
    number of services rounded down to fives (rule B4).
    """
    values = [member.value_x10 for member in members]
    return Peers(
        median=_point(values, MIDDLE),
        lower=_quarter(values, LOWER_QUARTER),
        upper=_quarter(values, UPPER_QUARTER),
        tenth=_point(values, LOWEST_TENTH) if len(values) >= TENTHS_FROM else None,
        ninetieth=_point(values, HIGHEST_TENTH) if len(values) >= TENTHS_FROM else None,
        bins=histogram(values) if len(values) >= QUARTERS_FROM else (),
    )


def histogram(values: Collection[int]) -> tuple[Bin, ...]:
    """Scores (in tenths of a level) by half levels, 0 to 0.5, 0.6 to 1, and so on.

    Neighbours are taken together until each bar has at least 5 services; each is then counted down to fives. So no
    bar is of a small group, and bars of different groups cannot be subtracted from each other.
    """
    counts = Counter(max(ceil(value / HALF_LEVEL) - 1, 0) for value in values)
    bars: list[list[int]] = [[0, 0]]
    for half in range(max(counts, default=0) + 1):
        if bars[-1][1] >= LEAST_IN_BIN:
            bars.append([half, 0])
        bars[-1][1] += counts[half]
    if len(bars) > 1 and bars[-1][1] < LEAST_IN_BIN:
        _start, left = bars.pop()
        bars[-1][1] += left
    return tuple(Bin(_starts(half), services_rounded(count)) for half, count in bars)


def _starts(half: int) -> float:
    return (half * HALF_LEVEL + 1) / 10 if half else 0.0


def _quarter(values: list[int], share: Fraction) -> Figure:
    return _point(values, share) if len(values) >= QUARTERS_FROM else Hidden(NO_MIDDLE_HALF)


def _point(values: list[int], share: Fraction) -> Shown:
    exact = Fraction(sample_quantile(values, share)) / 10
    return Shown(tenths(exact) / 10, n=services_rounded(len(values)))


def counts_as_both_sides(people: int, staff: int) -> bool:
    """Whether an agreed result may stand in a peer group (rule B0): three in the room, someone from each side."""
    return people > 0 and staff > 0 and people + staff >= LEAST_PRESENT


def services_rounded(services: int) -> int:
    """A number of services as it is published: down to fives (rule B4)."""
    return services - services % ROUNDED_TO


def organisations_words(organisations: int) -> Message:
    """A number of organisations as it is published (rule B4)."""
    least = MANY_ORGANISATIONS if organisations >= MANY_ORGANISATIONS else LEAST_ORGANISATIONS
    return Message("{least} or more", {"least": least})


def changed_services(previous: Collection[Member], now: Collection[Member]) -> int:
    """How many services joined, left or renewed their release."""
    before = {(member.service_id, member.release_id) for member in previous}
    after = {(member.service_id, member.release_id) for member in now}
    return len({service for service, _ in before ^ after})


def carry_over(previous: Collection[Member], now: Collection[Member]) -> bool:
    """Whether a published group stays as it is, because fewer than 5 of its services changed (rule B4)."""
    return changed_services(previous, now) < LEAST_CHANGED
