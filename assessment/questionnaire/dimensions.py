"""The dimensions: the closed lists by which services are compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, cast

from assessment.questionnaire.checker import content_of
from assessment.questionnaire.language import ID, NAME
from assessment.questionnaire.notes import Notes
from assessment.questionnaire.plain import from_plain
from assessment.questionnaire.references import Content, check_unique, each
from assessment.questionnaire.shape import ListOf, Record, Shape


@dataclass(frozen=True, slots=True)
class Option:
    """One entry of a closed list: the id is kept, the name is shown."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Nation(Option):
    regions: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Sector(Option):
    """``practices``: the ids of the practice-library entries that fit it."""

    practices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Dimensions:
    """Each list in the order it is offered; ids are unique within their list, regions over all nations."""

    kinds: tuple[Option, ...]
    nations: tuple[Nation, ...]
    sectors: tuple[Sector, ...]
    sizes: tuple[Option, ...]

    @cached_property
    def regions(self) -> tuple[Option, ...]:
        return tuple(region for nation in self.nations for region in nation.regions)

    @cached_property
    def kind_by_id(self) -> Mapping[str, Option]:
        return {kind.id: kind for kind in self.kinds}

    @cached_property
    def nation_by_id(self) -> Mapping[str, Nation]:
        return {nation.id: nation for nation in self.nations}

    @cached_property
    def region_by_id(self) -> Mapping[str, Option]:
        return {region.id: region for region in self.regions}

    @cached_property
    def nation_by_region_id(self) -> Mapping[str, Nation]:
        return {region.id: nation for nation in self.nations for region in nation.regions}

    @cached_property
    def sector_by_id(self) -> Mapping[str, Sector]:
        return {sector.id: sector for sector in self.sectors}

    @cached_property
    def size_by_id(self) -> Mapping[str, Option]:
        return {size.id: size for size in self.sizes}


OPTION: Final[dict[str, Shape]] = {"id": ID, "name": NAME}
REGIONS: Final = ListOf(Record("a region", OPTION), "region", 1, 20)
DIMENSIONS: Final = Record(
    "a file of dimensions",
    {
        "kinds": ListOf(Record("a kind", OPTION), "kind", 1, 50),
        "nations": ListOf(Record("a nation", OPTION | {"regions": REGIONS}), "nation", 1, 20),
        "sectors": ListOf(Record("a sector", OPTION, {"practices": ListOf(ID, "practice")}), "sector", 1, 50),
        "sizes": ListOf(Record("a size", OPTION), "size", 1, 20),
    },
)


def load_dimensions(text: str | bytes, name: str) -> Dimensions:
    """Read the YAML of the dimensions. ``name`` is what faults call the file. Raises DefinitionError."""
    return cast(Dimensions, from_plain(Dimensions, content_of(text, name, DIMENSIONS, check_dimensions)))


def check_dimensions(content: Content, notes: Notes) -> None:
    """Note every id and every name that a list has twice."""
    for keys in (("kinds",), ("nations",), ("nations", "regions"), ("sectors",), ("sizes",)):
        for key in OPTION:
            check_unique(notes, key, each(content, *keys, key))
    for practices in _practices(content):
        check_unique(notes, "practice", practices)


def _practices(content: Content) -> Iterator[Iterator[tuple[Any, Any]]]:
    for path, sector in each(content, "sectors"):
        yield each(sector, "practices", path=path)
