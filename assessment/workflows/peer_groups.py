"""Peer groups as snapshots name them, and as releases belong to them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from assessment.disclosure.benchmark import DIMENSIONS, Dimension, PeerGroup
from assessment.store.queries.publishing import CountedRelease


def to_name(group: PeerGroup) -> str:
    """``network``, ``sector:housing``, ``sector-nation:housing:wales``."""
    return ":".join((group.dimension, *group.values))


def from_name(name: str) -> PeerGroup:
    """The peer group of this name. Raises ValueError for one that no snapshot has."""
    dimension, *values = name.split(":")
    for known in DIMENSIONS:
        if known == dimension:
            return PeerGroup(known, tuple(values))
    raise ValueError(name)


def groups_of(release: CountedRelease) -> tuple[PeerGroup, ...]:
    """Every peer group that a release belongs to; a dimension that is not known makes none."""
    return _groups(release.sector, release.kind, release.nation, release.region, release.size)


@lru_cache(maxsize=10_000)
def _groups(sector: str, kind: str, nation: str, region: str, size: str) -> tuple[PeerGroup, ...]:
    values: Mapping[Dimension, tuple[str, ...]] = {
        "network": (),
        "sector": (sector,),
        "kind": (kind,),
        "nation": (nation,),
        "region": (region,),
        "size": (size,),
        "sector-nation": (sector, nation),
    }
    return tuple(PeerGroup(dimension, named) for dimension, named in values.items() if all(named))
