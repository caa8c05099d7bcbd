"""Where each service's rounds stand, and where a friendly word may help: by name, never by how anyone is doing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from assessment.pages.access import this_place
from assessment.pages.clock import today
from assessment.pages.organisation.blueprint import blueprint
from assessment.pages.organisation.view import MOST_ON_ONE_PAGE, sector_name
from assessment.pages.paging import page_number
from assessment.pages.words import day
from assessment.store.db import reading
from assessment.store.queries.organisation_progress import RoundStands, rounds_in
from assessment.store.queries.organisation_view import departments_in, services_of
from assessment.store.records import Department, Service

A_YEAR: Final = timedelta(days=365)
SOON: Final = timedelta(days=14)
LONG_BEGUN: Final = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class ServiceProgress:
    """One service and its rounds, the newest first, as they stand ``on`` a day."""

    service: Service
    rounds: tuple[RoundStands, ...]
    on: date

    @property
    def under_way(self) -> tuple[RoundStands, ...]:
        return tuple(one for one in self.rounds if one.state in ("planned", "open") and not self.is_over(one))

    def is_over(self, one: RoundStands) -> bool:
        """Whether its last day is gone; it is closed the night after."""
        return one.closes_on is not None and one.closes_on < self.on

    @property
    def last(self) -> RoundStands | None:
        """The newest round that is over."""
        return next((one for one in self.rounds if one.state in ("closed", "released") or self.is_over(one)), None)

    @property
    def last_result_on(self) -> date | None:
        """The newest that its lead has opened, where people answered each alone."""
        opened = (one for one in self.rounds if one.mode == "together" or one.agreed_on)
        return max((one.released_on for one in opened if one.released_on), default=None)

    @property
    def is_recent(self) -> bool:
        """Whether it has released a result in the last twelve months."""
        return any(one.released_on and one.released_on > self.on - A_YEAR for one in self.rounds)

    @property
    def is_quiet(self) -> bool:
        return not self.is_recent and not self.under_way and not self._is_being_closed

    @property
    def _is_being_closed(self) -> bool:
        return self.last is not None and self.last.released_on is None

    def has(self, state: str) -> bool:
        return any(one.state == state for one in self.under_way)

    @property
    def now_words(self) -> str:
        return " ".join(_under_way(one) for one in self.under_way) or _("None")

    @property
    def last_words(self) -> str:
        if self.last is None:
            return _("None so far")
        return _over(self.last)

    @property
    def friendly_words(self) -> str:
        """Where a friendly word may help, and with what; "" where none is called for."""
        return " ".join(self._friendly())

    def _friendly(self) -> Iterator[str]:
        if self.last and self.last.mode == "apart" and self.last.released_on:
            yield from _after(self.last, self.on)
        for one in self.under_way:
            if one.state == "open" and one.closes_on and one.closes_on <= self.on + SOON:
                yield _("It closes soon: its team may like to remind everyone of it.")
            if one.mode == "together" and one.opened_on < self.on - LONG_BEGUN:
                yield _("Begun some time ago and not sent: ask whether a hand is wanted.")
        if self.is_quiet:
            yield _("Nothing in the last 12 months: ask whether this would be a good time.")


def _under_way(one: RoundStands) -> str:
    if one.mode == "together":
        return _("Begun together on %(day)s, not sent yet.", day=day(one.opened_on))
    if one.state == "planned":
        return _("Planned, each alone: opens on %(day)s.", day=day(one.opened_on))
    return _("Open, each alone: until %(day)s.", day=day(one.closes_on)) if one.closes_on else _("Open, each alone.")


def _over(one: RoundStands) -> str:
    if one.released_on is None:
        return _("Each alone: its last day is over, and the answers are being counted.")
    if one.mode == "together":
        return _("Agreed together: result of %(day)s.", day=day(one.released_on))
    if one.agreed_on is None:
        return _("Each alone: closed on %(day)s. Its lead has not opened the result yet.", day=day(one.released_on))
    return _("Each alone: result of %(day)s.", day=day(one.released_on))


def _after(one: RoundStands, on: date) -> Iterator[str]:
    """What waits after a round in which people answered alone."""
    if one.agreed_on is None:
        yield _("The result waits: its lead may be glad of a hand with it.")
    if one.replied_on is None and one.hear_by and one.hear_by < on:
        yield _("People were to hear by %(day)s what came of it: ask what would help.", day=day(one.hear_by))


@dataclass(frozen=True, slots=True)
class ProgressPage:
    """One page of the services asked for, by department, and how many of all of those stand where."""

    tables: tuple[tuple[str, tuple[ServiceProgress, ...]], ...]
    services: int
    open: int
    planned: int
    recent: int
    quiet: int
    friendly: int
    page: int
    last: int


@dataclass(frozen=True, slots=True)
class Asked:
    """The services that the address asks for, as they stand, and what it asks."""

    departments: tuple[Department, ...]
    sectors: tuple[tuple[str, str], ...]
    sector: str
    department: Department | None
    only: bool
    services: tuple[ServiceProgress, ...]

    @property
    def wanted(self) -> tuple[ServiceProgress, ...]:
        """All of them, or only those where a friendly word may help; by department, and last those without one."""
        some = [one for one in self.services if one.friendly_words] if self.only else self.services
        order = (*(one.id for one in self.departments), None)
        return tuple(one for id in order for one in some if one.service.department_id == id)


@blueprint.get("/progress")
def progress(organisation_id: UUID) -> ResponseReturnValue:
    """For the organisation's leads alone: a link may be passed on, and nobody is to be shown up by who is not there."""
    found = asked(organisation_id)
    return render_template(
        "organisation/progress.html",
        place=this_place(),
        asked=found,
        found=_page(found, page_number(request.args.get("page", ""))),
        here=url_for("organisation.progress", organisation_id=organisation_id),
        on=today(),
    )


def asked(organisation_id: UUID) -> Asked:
    with reading() as session:
        services = services_of(session, organisation_id)
        rounds = rounds_in(session, organisation_id)
    departments, sectors = departments_in(services), _sectors(services)
    sector = request.args.get("sector", "")
    sector = sector if sector in dict(sectors) else ""
    department = next((one for one in departments if str(one.id) == request.args.get("department", "")), None)
    own = None if department is None else department.id
    chosen = [one for one in services if sector in ("", one.sector) and own in (None, one.department_id)]
    only = request.args.get("only") == "word"
    return Asked(departments, sectors, sector, department, only, _progress(chosen, rounds))


def _sectors(services: Sequence[Service]) -> tuple[tuple[str, str], ...]:
    named = {(one.sector, sector_name(one.sector)) for one in services}
    return tuple(sorted(named, key=lambda pair: pair[1]))


def _progress(services: Sequence[Service], rounds: Sequence[RoundStands]) -> tuple[ServiceProgress, ...]:
    by_service: dict[UUID, list[RoundStands]] = {}
    for one in rounds:
        by_service.setdefault(one.service_id, []).append(one)
    on = today()
    return tuple(ServiceProgress(one, tuple(by_service.get(one.id, ())), on) for one in services)


def _page(found: Asked, page: int) -> ProgressPage:
    wanted = found.wanted
    last = max(0, len(wanted) - 1) // MOST_ON_ONE_PAGE
    page = min(page, last)
    shown = wanted[page * MOST_ON_ONE_PAGE : (page + 1) * MOST_ON_ONE_PAGE]
    return ProgressPage(
        _tables(shown, found.departments),
        services=len(found.services),
        open=sum(one.has("open") for one in found.services),
        planned=sum(one.has("planned") for one in found.services),
        recent=sum(one.is_recent for one in found.services),
        quiet=sum(one.is_quiet for one in found.services),
        friendly=sum(bool(one.friendly_words) for one in found.services),
        page=page,
        last=last,
    )


def _tables(
    shown: Sequence[ServiceProgress], departments: Sequence[Department]
) -> tuple[tuple[str, tuple[ServiceProgress, ...]], ...]:
    """The services of each department, and last those that have none."""
    named = [(one.id, one.name) for one in departments]
    rest = _("No department") if departments else _("All services")
    parts = (*named, (None, rest))
    tables = ((name, tuple(one for one in shown if one.service.department_id == id)) for id, name in parts)
    return tuple(table for table in tables if table[1])
