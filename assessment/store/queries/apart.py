"""Rounds held apart, as the people who run them see them, and which of them something is due for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, cast
from uuid import UUID

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from assessment.questionnaire.definition import Form
from assessment.store.models import Audit, Department, Organisation, Release, Reply, Round, Service, SoFar
from assessment.store.names import name_key
from assessment.store.queries.definitions import Key

UNDER_WAY: Final = ("planned", "open")
TOLD_LATE: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class ApartRound:
    """One round held apart with its place, its release and its reply. ``form`` is the staff's."""

    id: UUID
    state: str
    form: Form
    questionnaire: Key
    k: int
    k10: int
    opened_on: date
    closes_on: date
    hear_by: date
    staff_expected: int
    people_expected: int
    asked_by: str
    told: str
    support: str
    cancelled_because: str
    agreed_on: date | None
    service_id: UUID
    service_name: str
    organisation_id: UUID
    organisation_name: str
    replied_on: date | None
    release_id: UUID | None
    released_on: date | None

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY


@dataclass(frozen=True, slots=True)
class CountSoFar:
    """How many of one voice had answered on a day."""

    responses: int
    as_of: date


@dataclass(frozen=True, slots=True)
class Choice:
    """A service that the same round can be planned for. ``under_way``: it has one already."""

    id: UUID
    name: str
    department: str
    under_way: bool


ROUND: Final[tuple[Any, ...]] = (
    Round.id,
    Round.state,
    Round.form,
    Round.questionnaire,
    Round.questionnaire_version,
    Round.language,
    Round.k,
    Round.k10,
    Round.opened_on,
    Round.closes_on,
    Round.hear_by,
    Round.staff_expected,
    Round.people_expected,
    Round.asked_by,
    Round.told,
    Round.support,
    Round.cancelled_because,
    Round.agreed_on,
    Service.id,
    Service.name,
    Organisation.id,
    Organisation.name,
    Reply.published_on,
    Release.id,
    Release.released_on,
)


def apart_round(session: Session, round_id: UUID) -> ApartRound | None:
    """The round of this id, if it is held apart."""
    row = session.execute(this_round(round_id)).first()
    return None if row is None else as_round(row)


def this_round(round_id: UUID) -> Select[Any]:
    """Asks for the columns of ``ROUND``."""
    return (
        select(*ROUND)
        .select_from(Round)
        .join(Service, Service.id == Round.service_id)
        .join(Organisation, Organisation.id == Service.organisation_id)
        .outerjoin(Reply, Reply.round_id == Round.id)
        .outerjoin(Release, Release.round_id == Round.id)
        .where(Round.id == round_id, Round.mode == "apart")
    )


def as_round(row: Sequence[Any]) -> ApartRound:
    """From a row that begins with the columns of ``ROUND``."""
    values: list[Any] = [*row[:3], tuple(row[3:6]), *row[6 : len(ROUND)]]
    return ApartRound(*values)


def locked_round(session: Session, round_id: UUID) -> Round:
    """The row of a round held apart, which no other transaction changes until this one ends.

    Raises LookupError if there is none.
    """
    found = session.get(Round, round_id, with_for_update=True)
    if found is None or found.mode != "apart":
        raise LookupError(round_id)
    return found


def organisation_of(session: Session, service_id: UUID) -> UUID:
    return session.execute(select(Service.organisation_id).where(Service.id == service_id)).scalar_one()


def with_round_under_way(session: Session, service_ids: Sequence[UUID]) -> frozenset[UUID]:
    """Which of these services have a round held apart that is planned or open."""
    query = select(Round.service_id).where(
        Round.service_id.in_(service_ids), Round.mode == "apart", Round.state.in_(UNDER_WAY)
    )
    return frozenset(session.scalars(query))


def choices(session: Session, organisation_id: UUID) -> tuple[Choice, ...]:
    """Every service of an organisation that is not archived, A to Z in its department."""
    under_way = select(Round.id).where(
        Round.service_id == Service.id, Round.mode == "apart", Round.state.in_(UNDER_WAY)
    )
    query = (
        select(Service.id, Service.name, func.coalesce(Department.name, ""), under_way.exists())
        .outerjoin(Department, Department.id == Service.department_id)
        .where(Service.organisation_id == organisation_id, Service.archived_on.is_(None))
    )
    found = (Choice(*row) for row in session.execute(query))
    return tuple(sorted(found, key=lambda one: (name_key(one.department), name_key(one.name), one.id)))


def counts_so_far(session: Session, round_id: UUID) -> Mapping[str, CountSoFar]:
    """How many had answered, by voice, on the last day that it was counted."""
    rows = session.execute(select(SoFar.voice, SoFar.responses, SoFar.as_of).where(SoFar.round_id == round_id))
    return {row.voice: CountSoFar(row.responses, row.as_of) for row in rows}


def last_deed_at(session: Session, organisation_id: UUID, what: str, of: UUID) -> datetime | None:
    """When something was last done to an object, as the audit trail tells it."""
    query = select(func.max(Audit.at)).where(
        Audit.organisation_id == organisation_id, Audit.what == what, Audit.of == of
    )
    return cast("datetime | None", session.scalar(query))


def due_to_open(session: Session, today: date) -> Sequence[UUID]:
    return session.scalars(select(Round.id).where(Round.state == "planned", Round.opened_on <= today)).all()


def due_to_close(session: Session, today: date) -> Sequence[UUID]:
    """Rounds whose last day is over, and those that were closed and, for whatever reason, not yet released."""
    over = and_(Round.state == "open", Round.closes_on < today)
    return session.scalars(select(Round.id).where(Round.mode == "apart", or_(over, Round.state == "closed"))).all()


def due_to_remind(session: Session, today: date, before: timedelta) -> Sequence[UUID]:
    """Open rounds that close within so many days, and have been open for as many."""
    query = select(Round.id).where(
        Round.mode == "apart",
        Round.state == "open",
        Round.closes_on > today,
        Round.closes_on <= today + before,
        Round.opened_on <= today - before,
    )
    return session.scalars(query).all()


def due_to_tell(session: Session, today: date) -> Sequence[UUID]:
    """Released rounds whose promised day has come, within a week of it, while nothing was published in reply."""
    query = (
        select(Round.id)
        .outerjoin(Reply, Reply.round_id == Round.id)
        .where(
            Round.mode == "apart",
            Round.state == "released",
            Round.hear_by <= today,
            Round.hear_by > today - TOLD_LATE,
            Reply.published_on.is_(None),
        )
    )
    return session.scalars(query).all()
