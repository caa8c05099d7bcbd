"""The organisation's pages put together: sentences, tables and small radars, always A to Z."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from assessment.charts.minis import mini
from assessment.charts.picture import Picture
from assessment.charts.radar import radar
from assessment.charts.spoke import Naming, Spoke
from assessment.pages.definitions import dimensions
from assessment.pages.organisation.figures import Figures, Group, beside, group, middle
from assessment.pages.organisation.released import Released, Standing
from assessment.pages.organisation.rows import HeatRow, Rows
from assessment.pages.words import say
from assessment.questionnaire.message import Message
from assessment.scoring.headline import headline
from assessment.store.records import Department

MOST_ON_ONE_PAGE: Final = 60  # rows that a person still reads, and an old phone still opens at once
NAMING: Final = Naming(
    Message("This department"), Message("Organisation’s median"), Message("the organisation’s median")
)
NO_RESULT: Final = Message("No service has a result yet")
TOO_FEW: Final = Message("Too few results yet to speak of the whole")


@dataclass(frozen=True, slots=True)
class Counted:
    """How many services have a result, of how many, up to which day."""

    released: int
    services: int
    up_to: date | None

    @property
    def words(self) -> str:
        return ngettext(
            "%(released)d of %(num)d service", "%(released)d of %(num)d services", self.services, released=self.released
        )


@dataclass(frozen=True, slots=True)
class ServiceTable:
    """The services of one department, or those that have none."""

    name: str
    rows: tuple[HeatRow, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything the organisation's own page shows, in its order. ``minis``: id, heading, picture and address."""

    title: Message
    counted: Counted
    departments: tuple[HeatRow, ...]
    minis: tuple[tuple[str, str, Picture, str], ...]
    services: tuple[ServiceTable, ...]
    sectors: tuple[tuple[str, str], ...]

    @property
    def has_hidden(self) -> bool:
        return any(row.kind == "hid" or any(cell.hidden for cell in row.cells) for row in self.departments)


@dataclass(frozen=True, slots=True)
class DepartmentView:
    """Everything a department's page shows, in its order."""

    title: Message
    counted: Counted
    radar: Picture
    is_shown: bool
    services: ServiceTable


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
    whole = group(released.definition, standings)
    parts = _parts(released, standings)
    rows = Rows.of(released)
    listed = parts if len(standings) <= MOST_ON_ONE_PAGE else ()
    return Overview(
        title=title(released, whole),
        counted=counted(standings, whole),
        departments=_department_rows(released, rows, parts, whole, sector),
        minis=_minis(released, parts),
        services=_service_tables(rows, listed),
        sectors=sectors(released),
    )


def department_view(released: Released, department: Department) -> DepartmentView:
    """One department beside the organisation's middle."""
    standings = tuple(s for s in released.standings if s.service.department_id == department.id)
    found = group(released.definition, standings)
    spokes = _spokes(released, found.figures, middle(released))
    return DepartmentView(
        title=title(released, found),
        counted=counted(standings, found),
        radar=radar(spokes, released.definition.scale, naming=NAMING, translate=say),
        is_shown=found.is_shown,
        services=_service_table(Rows.of(released), Part(department, department.name, standings)),
    )


def service_tables(released: Released, sector: str) -> tuple[ServiceTable, ...]:
    """The services of each department, A to Z, and last those that have none."""
    return _service_tables(Rows.of(released), _parts(released, in_sector(released, sector)))


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


def title(released: Released, found: Group) -> Message:
    """The headline by rule, from the figures of these services."""
    if not found.released:
        return NO_RESULT
    if not found.is_shown:
        return TOO_FEW
    return headline({p.name: found.value(p.id) for p in released.definition.principles})


def counted(standings: Sequence[Standing], found: Group) -> Counted:
    days = [standing.released_on for standing in standings if standing.released_on]
    return Counted(found.released, found.services, max(days, default=None))


def _parts(released: Released, standings: Sequence[Standing]) -> tuple[Part, ...]:
    by_department: dict[UUID | None, list[Standing]] = {}
    for standing in standings:
        by_department.setdefault(standing.service.department_id, []).append(standing)
    parts = [Part(one, one.name, tuple(by_department.get(one.id, ()))) for one in released.departments]
    loose = tuple(by_department.get(None, ()))
    name = _("No department") if parts else _("All services")
    return (*parts, Part(None, name, loose)) if loose else tuple(parts)


def _department_rows(
    released: Released, rows: Rows, parts: Sequence[Part], whole: Group, sector: str
) -> tuple[HeatRow, ...]:
    listed = [part for part in parts if part.standings or not sector] if released.departments else []
    everything = group(released.definition, released.standings)
    name = _("All in %(sector)s", sector=sector_name(sector)) if sector else _("All of the organisation")
    return (
        *(_department_row(released, rows, part) for part in listed),
        rows.total(name, whole.figures, _("Mean of %(services)s", services=counted((), whole).words)),
        rows.total(
            _("Organisation’s median"),
            middle(released),
            _("Median of %(services)s", services=counted((), everything).words),
        ),
    )


def _department_row(released: Released, rows: Rows, part: Part) -> HeatRow:
    found = group(released.definition, part.standings)
    note = counted(part.standings, found).words if part.standings else _("No service yet")
    return rows.group(part.name, found, note, _address(released, part))


def _address(released: Released, part: Part) -> str:
    if part.department is None:
        return ""
    organisation = released.organisation.id
    return url_for("organisation.department", organisation_id=organisation, department_id=part.department.id)


def _minis(released: Released, parts: Sequence[Part]) -> tuple[tuple[str, str, Picture, str], ...]:
    """A small radar for each department that has figures to draw."""
    centre = middle(released)
    drawn = []
    for part in parts:
        spokes = _spokes(released, group(released.definition, part.standings).figures, centre)
        picture = mini(part.name, spokes, released.definition.scale, prefix=part.id, naming=NAMING, translate=say)
        if part.department and picture.svg:
            drawn.append((part.id, part.name, picture, _address(released, part)))
    return tuple(drawn)


def _spokes(released: Released, figures: Figures, centre: Figures) -> list[Spoke]:
    return [Spoke(p.name, figures[p.id], beside(centre[p.id])) for p in released.definition.principles]


def _service_tables(rows: Rows, parts: Sequence[Part]) -> tuple[ServiceTable, ...]:
    return tuple(_service_table(rows, part) for part in parts if part.standings)


def _service_table(rows: Rows, part: Part) -> ServiceTable:
    return ServiceTable(part.name, tuple(rows.service(s, sector_name(s.service.sector)) for s in part.standings))
