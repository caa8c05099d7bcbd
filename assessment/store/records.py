"""What the store hands out: frozen records, never rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal, get_args
from uuid import UUID

from assessment.disclosure.release import ReleaseCell
from assessment.disclosure.shown import Peers
from assessment.questionnaire.definition import Form
from assessment.questionnaire.message import Message
from assessment.scoring.response import VoiceName

Purpose = Literal["owner", "reader", "organisation", "offer", "invitation", "staff", "people", "entry", "draft"]
Role = Literal["service member", "service lead", "organisation lead", "network analyst", "network admin"]
SignInWay = Literal["link", "passkey", "provider", "demo"]
SharedLink = Literal["staff", "people", "entry"]
SHARED_LINKS: Final[tuple[SharedLink, ...]] = get_args(SharedLink)


@dataclass(frozen=True, slots=True)
class Organisation:
    id: UUID
    name: str
    kind: str
    nation: str
    region: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Round:
    """One round as its private link opens it, with the places it belongs to."""

    id: UUID
    purpose: Purpose
    state: str
    form: Form
    questionnaire: tuple[str, str, str]
    draft_id: UUID
    opened_on: date
    staff_present: int
    people_present: int
    previous_id: UUID | None
    shows_previous: bool
    service_id: UUID
    service_name: str
    sector: str
    organisation_id: UUID
    organisation_name: str
    organisation_confirmed: bool
    service_confirmed: bool
    kind: str
    nation: str
    region: str
    size: str


@dataclass(frozen=True, slots=True)
class Answered:
    """What stands at one question of a draft; ``version`` counts its saves (0: never saved).

    ``private``: whoever wrote the words does not want them shown.
    """

    question: str
    value: str = ""
    reason: str = ""
    evidence: str = ""
    dissent: str = ""
    version: int = 0
    private: bool = False


@dataclass(frozen=True, slots=True)
class Goal:
    """A target: the level a service wants for one statement, and why."""

    statement: str
    level: int
    reason: str


@dataclass(frozen=True, slots=True)
class Said:
    """An agreed answer that is not a level: ``measure`` is ``statement/<id>`` or ``safeguard/<id>``."""

    measure: str
    said: str


@dataclass(frozen=True, slots=True)
class Release:
    """One publication of a round, with the dimensions of that day and the snapshot it is compared with."""

    id: UUID
    version: int
    released_on: date
    service_id: UUID
    form: Form
    sector: str
    kind: str
    nation: str
    region: str
    size: str
    staff_present: int
    people_present: int
    snapshot_id: UUID | None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One published benchmark."""

    id: UUID
    as_of: date


@dataclass(frozen=True, slots=True)
class PeerCell:
    """One principle of one peer group: its figures, or the reason why there are none.

    ``services`` and ``organisations`` are rounded down as published.
    """

    peers: Peers | None
    services: int
    organisations: int
    reason: Message | None


@dataclass(frozen=True, slots=True)
class Department:
    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Service:
    """A confirmed service, as its organisation lists it.

    ``waits``: a round held apart is closed, and nobody has seen its result, for its lead has not opened it yet.
    """

    id: UUID
    name: str
    sector: str
    department_id: UUID | None
    department_name: str = ""
    waits: bool = False


@dataclass(frozen=True, slots=True)
class ServiceResult:
    """What one voice of a service said over the statements that every form asks, by principle.

    ``place`` is 1 for what it said last, 2 for the round before.
    """

    service_id: UUID
    questionnaire: tuple[str, str, str]
    released_on: date
    cells: Mapping[str, ReleaseCell]
    round_id: UUID
    form: Form
    place: int


@dataclass(frozen=True, slots=True)
class FieldCell:
    """One principle of one published peer group. ``basis`` says over which statements: all, or the shared ones.

    ``as_of`` is the day of the snapshot that its figures come from: an earlier one where they were carried over,
    None where there are no figures.
    """

    questionnaire: tuple[str, str]
    basis: Literal["full", "shared"]
    voice: VoiceName
    group: str
    principle: str
    peers: PeerCell
    as_of: date | None


@dataclass(frozen=True, slots=True)
class YearCell:
    """A cell of the last snapshot of a year."""

    year: int
    cell: FieldCell


@dataclass(frozen=True, slots=True)
class StatementQuality:
    """One statement as published: its correlation with the rest of its principle, and how many per cent gave no level.

    A share that is None rests on fewer than 5 responses, or on none.
    """

    item_rest: float | None
    not_applicable: int | None
    left_out: int | None


@dataclass(frozen=True, slots=True)
class Quality:
    """How well one principle is measured in one voice, over the whole network, as published; or why it is hidden.

    ``complete`` of the ``responses`` gave a level to every statement; both are rounded down. ``as_of``: as of
    ``FieldCell``.
    """

    questionnaire: tuple[str, str]
    voice: VoiceName
    principle: str
    as_of: date | None
    services: int
    responses: int
    complete: int
    alpha: float | None
    alpha_low: float | None
    alpha_high: float | None
    icc1: float | None
    icc2: float | None
    statements: Mapping[str, StatementQuality]
    reason: Message | None


@dataclass(frozen=True, slots=True)
class Membership:
    """A role that a person holds. ``organisation_id`` is also that of the service, where the role is in one."""

    role: Role
    organisation_id: UUID | None
    service_id: UUID | None


@dataclass(frozen=True, slots=True)
class Member:
    """Who is signed in at this browser, how they did it, and every role they hold."""

    id: UUID
    name: str
    email: str
    sign_in_id: UUID
    way: SignInWay
    began_at: datetime
    used_at: datetime
    held: tuple[Membership, ...]

    def roles_in(self, organisation_id: UUID | None, service_id: UUID | None) -> frozenset[Role]:
        """The roles that count in this place: the network's, its organisation's, and its service's."""
        return frozenset(
            one.role
            for one in self.held
            if one.organisation_id is None
            or (one.service_id is None and one.organisation_id == organisation_id)
            or (one.service_id is not None and one.service_id == service_id)
        )

    @property
    def roles(self) -> frozenset[Role]:
        """Every role, wherever it is held."""
        return frozenset(one.role for one in self.held)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an address leads: an organisation, or one service of it. ``passkeys``: its leads need one."""

    organisation_id: UUID
    organisation_name: str
    passkeys: bool
    service_id: UUID | None = None
    service_name: str = ""
