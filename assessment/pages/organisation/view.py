"""The organisation's pages put together: sentences, tables and small radars, always A to Z."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _

from assessment.charts.minis import mini, side_by_side
from assessment.charts.picture import Picture
from assessment.disclosure.shown import Peers
from assessment.pages.definitions import dimensions
from assessment.pages.organisation.beside import (
    ORGANISATION,
    BesidePeers,
    beside_peers,
    radar_of,
    ranges_of,
    small_radar,
)
from assessment.pages.organisation.changes import Changes, changes
from assessment.pages.organisation.figures import Group, group, medians, middle
from assessment.pages.organisation.low import HeldBack, held_back
from assessment.pages.organisation.released import Released, Standing
from assessment.pages.organisation.rows import HeatRow, Rows
from assessment.pages.organisation.tally import Tally, of_services, tally
from assessment.pages.words import say
from assessment.questionnaire.message import Message
from assessment.scoring.headline import headline
from assessment.store.queries.organisation_view import Among
from assessment.store.records import Department

MOST_ON_ONE_PAGE: Final = 60  # rows that a person still reads, and an old phone still opens at once
NO_RESULT: Final = Message("No service has a result yet")
TOO_FEW: Final = Message("Too few results yet to speak of the whole")


@dataclass(frozen=True, slots=True)
class ServiceTable:
    """The services of one department, or those that have none."""

    name: str
    rows: tuple[HeatRow, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of a list of services; pages are counted from 0."""

    tables: tuple[ServiceTable, ...]
    services: int
    page: int
    last: int


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything the organisation's own page shows, in its order. ``minis``: id, heading, picture and address.
    ``changes``: of the services without a department; those of a department stand on its page.
    """

    title: Message
    counted: Tally
    departments: tuple[HeatRow, ...]
    minis: tuple[tuple[str, str, Picture, str], ...]
    low: HeldBack
    services: tuple[ServiceTable, ...]
    changes: Changes | None

    @property
    def has_hidden(self) -> bool:
        return any(row.kind == "hid" or any(cell.hidden for cell in row.cells) for row in self.departments)


@dataclass(frozen=True, slots=True)
class DepartmentView:
    """Everything a department's page shows, in its order."""

    title: Message
    counted: Tally
    radar: Picture
    ranges: Picture | None
    peers: BesidePeers | None
    is_shown: bool
    low: HeldBack
    changes: Changes | None
    services: Listed


@dataclass(frozen=True, slots=True)
class Part:
    """A department, or what stands for those services that have none, with its services."""

    department: Department | None
    name: str
    standings: tuple[Standing, ...]

    @property
    def id(self) -> str:
        return f"department-{self.department.id}" if self.department else "no-department"


def overview(released: Released, sector: str) -> Overview:
    """The whole organisation, or its services in one sector; the middle stays that of the whole."""
    standings = in_sector(released, sector)
    whole, centre = group(released.definition, standings), middle(released)
    parts = parts_of(released, standings)
    groups = _groups(released, parts)
    rows = Rows.of(released)
    loose = [one for one in standings if one.service.department_id is None]
    listed = parts if len(standings) <= MOST_ON_ONE_PAGE else ()
    return Overview(
        title=title(released, standings, whole),
        counted=tally(standings, released.voice),
        departments=(
            *(_department_rows(released, rows, groups, sector) if released.departments else ()),
            *_totals(released, rows, whole, centre, sector),
        ),
        minis=tuple(_minis(released, groups, centre)),
        low=held_back(released, Among(released.organisation.id, sector)),
        services=_tables(rows, listed),
        changes=_changes(released, loose) if loose else None,
    )


def departments_drawn(released: Released, sector: str) -> Picture | None:
    """The small radars of the overview as one picture; None while no department has figures to draw."""
    standings, centre = in_sector(released, sector), middle(released)
    groups = _groups(released, parts_of(released, standings))
    return side_by_side([(name, picture) for _id, name, picture, _address in _minis(released, groups, centre)])


def _groups(released: Released, parts: Sequence[Part]) -> list[tuple[Part, Group]]:
    return [(part, group(released.definition, part.standings)) for part in parts]


def department_view(released: Released, department: Department, page: int) -> DepartmentView:
    """One department beside the organisation's middle, and beside its peers across the network."""
    standings = tuple(s for s in released.standings if s.service.department_id == department.id)
    found, centre = group(released.definition, standings), middle(released)
    own = (Part(department, department.name, standings),)
    return DepartmentView(
        title=title(released, standings, found),
        counted=tally(standings, released.voice),
        radar=radar_of(released, found.figures, centre),
        ranges=ranges_of(released, found.figures, centre),
        peers=beside_peers(released, standings, found.figures) if found.is_shown else None,
        is_shown=found.is_shown,
        low=held_back(released, Among(released.organisation.id, department_id=department.id)),
        changes=_changes(released, standings),
        services=listed(own, Rows.of(released), page),
    )


def listed(parts: Sequence[Part], rows: Rows, page: int) -> Listed:
    """One page of the services of each part, A to Z; the last page if there are fewer."""
    services = sum(len(part.standings) for part in parts)
    last = max(0, services - 1) // MOST_ON_ONE_PAGE
    page = min(page, last)
    start, at, cut = page * MOST_ON_ONE_PAGE, 0, []
    for part in parts:
        within = part.standings[max(0, start - at) : max(0, start + MOST_ON_ONE_PAGE - at)]
        cut.append(Part(part.department, part.name, within))
        at += len(part.standings)
    return Listed(_tables(rows, cut), services, page, last)


def _changes(released: Released, standings: Sequence[Standing]) -> Changes | None:
    """None of what was agreed together: an agreed level has no interval, so that no change of it is clear."""
    return None if released.voice == "together" else changes(released.definition, standings)


def in_sector(released: Released, sector: str) -> tuple[Standing, ...]:
    """The services of one sector; all of them for none."""
    return tuple(s for s in released.standings if sector in ("", s.service.sector))


def sectors(released: Released) -> tuple[tuple[str, str], ...]:
    """The sectors that the organisation has services in, by name."""
    named = ((sector, sector_name(sector)) for sector in released.sectors)
    return tuple(sorted(named, key=lambda one: one[1]))


def sector_name(sector: str) -> str:
    found = dimensions().sector_by_id.get(sector)
    return found.name if found else sector


def title(released: Released, standings: Sequence[Standing], found: Group) -> Message:
    """The headline by rule, from the figures of these services."""
    if all(standing.result is None for standing in standings):
        return NO_RESULT
    if not found.is_shown:
        return TOO_FEW
    return headline({p.name: found.value(p.id) for p in released.definition.principles})


def parts_of(released: Released, standings: Sequence[Standing]) -> tuple[Part, ...]:
    """The departments A to Z, and last what stands for the services that have none."""
    by_department: dict[UUID | None, list[Standing]] = {}
    for standing in standings:
        by_department.setdefault(standing.service.department_id, []).append(standing)
    parts = [Part(one, one.name, tuple(by_department.get(one.id, ()))) for one in released.departments]
    loose = tuple(by_department.get(None, ()))
    name = _("No department") if parts else _("All services")
    return (*parts, Part(None, name, loose)) if loose else tuple(parts)


def _department_rows(
    released: Released, rows: Rows, groups: Sequence[tuple[Part, Group]], sector: str
) -> Iterator[HeatRow]:
    for part, found in groups:
        if part.standings or not sector:
            note = of_services(found.released, found.services) if part.standings else _("No service yet")
            yield rows.group(part.name, found, note, _address(released, part))


def _totals(
    released: Released, rows: Rows, whole: Group, centre: Mapping[str, Peers], sector: str
) -> Iterator[HeatRow]:
    """What all of these services have, and the organisation's middle."""
    name = _("All in %(sector)s", sector=sector_name(sector)) if sector else _("All of the organisation")
    everything = group(released.definition, released.standings)
    mean, median = (of_services(one.released, one.services) for one in (whole, everything))
    yield rows.total(name, whole.figures, _("Mean of %(services)s", services=mean))
    yield rows.total(_("Organisation’s median"), medians(centre), _("Median of %(services)s", services=median))


def _address(released: Released, part: Part) -> str:
    if part.department is None:
        return ""
    return url_for(
        "organisation.department",
        organisation_id=released.organisation.id,
        department_id=part.department.id,
        voice=asked_voice(released),
    )


def asked_voice(released: Released) -> str | None:
    """The voice as an address carries it on: nothing where it is the usual one."""
    return None if released.voice == "together" else released.voice


def _minis(
    released: Released, groups: Sequence[tuple[Part, Group]], centre: Mapping[str, Peers]
) -> Iterator[tuple[str, str, Picture, str]]:
    """A small radar for each department that has figures to draw."""
    for part, found in groups:
        spokes = small_radar(released, found.figures, centre)
        picture = mini(part.name, spokes, released.definition.scale, prefix=part.id, naming=ORGANISATION, translate=say)
        if part.department and picture.svg:
            yield part.id, part.name, picture, _address(released, part)


def _tables(rows: Rows, parts: Sequence[Part]) -> tuple[ServiceTable, ...]:
    return tuple(_table(rows, part) for part in parts if part.standings)


def _table(rows: Rows, part: Part) -> ServiceTable:
    return ServiceTable(part.name, tuple(rows.service(s, sector_name(s.service.sector)) for s in part.standings))
