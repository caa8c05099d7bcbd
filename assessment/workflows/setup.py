"""Begin a round held together: the service, what it belongs to, and the two private links."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from assessment.disclosure.thresholds import K10, K
from assessment.questionnaire.definition import Form
from assessment.store.db import Session, one_at_a_time, transaction
from assessment.store.models import Department, Draft, Link, Organisation, Round, Service
from assessment.store.names import name_key, tidy
from assessment.store.queries.audit import Deed, note_deed
from assessment.store.queries.definitions import Key
from assessment.store.queries.places import department_row, organisation_row
from assessment.store.queries.service import last_released_together
from assessment.store.secrets import hash_of, reader_secret
from assessment.workflows.network import mark_as_used


class OrganisationGone(Exception):
    """The organisation that was chosen left, or was joined with another, since it was chosen."""


@dataclass(frozen=True, slots=True)
class NewOrganisation:
    name: str
    kind: str
    nation: str
    region: str
    size: str


@dataclass(frozen=True, slots=True)
class Sitting:
    """How a round is held: which form of which questionnaire, and how many sat on each side."""

    questionnaire: Key
    form: Form
    staff_present: int
    people_present: int
    shows_previous: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What a team says before it starts.

    ``id`` becomes the round's and ``secret`` its owner's, so that a double click makes one round with one link.
    """

    id: UUID
    secret: str
    organisation: UUID | NewOrganisation
    department: str
    service: str
    sector: str
    sitting: Sitting


def start_round(plan: Plan, today: date) -> None:
    """Open the round, unless this very plan was started already.

    A new team always gets a service of its own, even under a name in use: without an account
    nobody may add to what another team has said. Raises OrganisationGone.
    """
    with transaction() as session:
        one_at_a_time(session, "starting a round")
        if session.get(Round, plan.id):
            return
        mark_as_used(session)
        organisation = _organisation(session, plan.organisation)
        service = Service(
            id=uuid4(),
            organisation_id=organisation.id,
            department_id=_department(session, organisation, plan.department),
            name=tidy(plan.service),
            sector=plan.sector,
        )
        session.add(service)
        _open_round(session, Opening(plan.id, plan.secret, service.id), plan.sitting, today)


def start_again(previous_id: UUID, round_id: UUID, secret: str, sitting: Sitting, today: date) -> None:
    """Open the next round of the same service, unless this very round was started already."""
    with transaction() as session:
        previous = session.get_one(Round, previous_id, with_for_update=True)
        if session.get(Round, round_id) is None:
            _open_round(session, Opening(round_id, secret, previous.service_id, previous_id), sitting, today)


def start_for_service(service_id: UUID, new: tuple[UUID, str], sitting: Sitting, by: UUID, now: datetime) -> None:
    """Open a round of a service for its lead, unless this very round was started already.

    ``new``: the round's id and its owner's secret. What was agreed last time comes before it.
    """
    round_id, secret = new
    with transaction() as session:
        service = session.get_one(Service, service_id, with_for_update=True)
        if session.get(Round, round_id) is None:
            opening = Opening(round_id, secret, service_id, last_released_together(session, service_id))
            _open_round(session, opening, sitting, now.date())
            note_deed(session, now, by, Deed("round started", service.organisation_id, service_id, round_id))


@dataclass(frozen=True, slots=True)
class Opening:
    """A round about to be written: its id, its owner's secret, whose it is and which came before it."""

    round_id: UUID
    secret: str
    service_id: UUID
    previous_id: UUID | None = None


def _open_round(session: Session, opening: Opening, sitting: Sitting, today: date) -> None:
    """Write a round with its empty draft and the hashes of its links."""
    name, version, language = sitting.questionnaire
    session.add(
        Round(
            id=opening.round_id,
            service_id=opening.service_id,
            questionnaire=name,
            questionnaire_version=version,
            language=language,
            mode="together",
            form=sitting.form,
            state="open",
            k=K,
            k10=K10,
            opened_on=today,
            staff_present=sitting.staff_present,
            people_present=sitting.people_present,
            previous_id=opening.previous_id,
            shows_previous=sitting.shows_previous,
        )
    )
    session.flush()
    session.add(Draft(id=uuid4(), round_id=opening.round_id, voice="together"))
    make_links(session, opening.round_id, opening.secret, today)


def make_links(session: Session, round_id: UUID, secret: str, today: date) -> None:
    """Write the hashes of an owner's secret and of the reader's that belongs to it."""
    session.add(Link(hash=hash_of(secret), purpose="owner", of=round_id, made_on=today))
    session.add(Link(hash=hash_of(reader_secret(secret)), purpose="reader", of=round_id, made_on=today))


def _organisation(session: Session, chosen: UUID | NewOrganisation) -> Organisation:
    if isinstance(chosen, UUID):
        row = session.get(Organisation, chosen)
        if row is None or row.left_on:
            raise OrganisationGone
        return row
    known = organisation_row(session, chosen.name, chosen.kind, chosen.region)
    return known or _new_organisation(session, chosen)


def _new_organisation(session: Session, new: NewOrganisation) -> Organisation:
    row = Organisation(
        id=uuid4(),
        name=tidy(new.name),
        name_key=name_key(new.name),
        kind=new.kind,
        nation=new.nation,
        region=new.region,
        size=new.size,
    )
    session.add(row)
    session.flush()
    return row


def _department(session: Session, organisation: Organisation, name: str) -> UUID | None:
    if not tidy(name):
        return None
    known = department_row(session, organisation.id, name)
    if known is None:
        known = Department(id=uuid4(), organisation_id=organisation.id, name=tidy(name), name_key=name_key(name))
        session.add(known)
        session.flush()
    return known.id
