"""The closed lists in words: what kind an organisation is, where it is, and what a service does."""

from __future__ import annotations

from assessment.pages.definitions import dimensions


def kind_and_place(kind: str, nation: str, region: str) -> str:
    """ "Council, South West, England"; a nation of one region is named once."""
    known = dimensions()
    found = (known.kind_by_id.get(kind), known.region_by_id.get(region), known.nation_by_id.get(nation))
    return ", ".join(dict.fromkeys(one.name for one in found if one))


def regions() -> list[tuple[str, str]]:
    """Every region under its nation; a nation with one region stands alone."""
    return [
        (region.id, region.name if len(nation.regions) == 1 else f"{region.name}, {nation.name}")
        for nation in dimensions().nations
        for region in nation.regions
    ]


def sectors() -> list[tuple[str, str]]:
    return [(sector.id, sector.name) for sector in dimensions().sectors]


def sector_name(sector: str) -> str:
    found = dimensions().sector_by_id.get(sector)
    return found.name if found else sector
