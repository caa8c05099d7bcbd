"""Fill an empty installation with a demo network, by the code that releases and publishes real results."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any, Final
from uuid import UUID, uuid4

from assessment.disclosure.thresholds import K10, K
from assessment.questionnaire.definition import Definition, Form
from assessment.store.db import Base, Session, transaction
from assessment.store.models import (
    Department,
    Draft,
    DraftAnswer,
    Organisation,
    ResponseText,
    Round,
    Service,
    SoFar,
    StoredResponse,
    Tally,
    Target,
)
from assessment.store.names import name_key
from assessment.store.queries.definitions import Key, definition
from assessment.store.queries.demo import insert_new, insert_rows, tie_releases_to_snapshots
from assessment.store.queries.places import has_organisations
from assessment.store.queries.releases import Written, write_releases
from assessment.store.records import Answered, Goal
from assessment.workflows.demo_alone import (
    DemoAlone,
    alone_release,
    alone_row,
    reply_row,
    response_rows,
    so_far_rows,
    tally_rows,
    told_of_perspectives,
)
from assessment.workflows.network import claim
from assessment.workflows.release import KINDS, packed
from assessment.workflows.release_rows import release_row, together_figures
from assessment.workflows.snapshots import Published, publish_within

ORGANISATIONS_AT_ONCE: Final = 20


class NotEmpty(Exception):
    """The demo network is there already."""


@dataclass(frozen=True, slots=True)
class DemoRound:
    """One sitting: its answers, and the day they were sent; None while it is open."""

    id: UUID
    opened_on: date
    released_on: date | None
    form: Form
    staff_present: int
    people_present: int
    answers: Sequence[Answered]


@dataclass(frozen=True, slots=True)
class DemoService:
    """A service with its rounds, oldest first; ``alone`` those in which people answered alone."""

    id: UUID
    name: str
    sector: str
    department: str
    rounds: Sequence[DemoRound]
    goals: Sequence[Goal] = ()
    alone: Sequence[DemoAlone] = ()


@dataclass(frozen=True, slots=True)
class DemoOrganisation:
    """An organisation that joined, was confirmed and shares since one day."""

    id: UUID
    name: str
    kind: str
    nation: str
    region: str
    size: str
    since: date
    services: Sequence[DemoService]


def fill(questionnaire: Key, organisations: Iterable[DemoOrganisation], days: Iterable[date]) -> Sequence[Published]:
    """Write these organisations and publish a snapshot as of each day, oldest first: all of it or nothing.

    Raises NetworkTaken on a real installation, NotEmpty on a demo that is filled already. Organisations
    are taken a few at a time, so that memory does not grow with their number.
    """
    with transaction(answers=True) as session:
        claim(session, "demo")
        if has_organisations(session):
            raise NotEmpty
        asked = definition(session, questionnaire)
        for some in _batches(organisations):
            write_organisations(session, asked, some)
        published = [publish_within(session, day, day) for day in days]
        tie_releases_to_snapshots(session)
    return published


def _batches(organisations: Iterable[DemoOrganisation]) -> Iterator[Sequence[DemoOrganisation]]:
    left = iter(organisations)
    while some := tuple(islice(left, ORGANISATIONS_AT_ONCE)):
        yield some


@dataclass(slots=True)
class Rows:
    """Rows on their way to the database, in the order in which they refer to each other."""

    places: list[Base] = field(default_factory=list)
    departments: list[Base] = field(default_factory=list)
    services: list[Base] = field(default_factory=list)
    rounds: list[Base] = field(default_factory=list)
    drafts: list[Base] = field(default_factory=list)
    responses: list[Base] = field(default_factory=list)
    alone: list[Base] = field(default_factory=list)
    replies: list[Base] = field(default_factory=list)
    sent: list[dict[str, Any]] = field(default_factory=list)
    tallies: list[dict[str, Any]] = field(default_factory=list)
    so_far: list[dict[str, Any]] = field(default_factory=list)
    answers: list[dict[str, Any]] = field(default_factory=list)
    texts: list[dict[str, Any]] = field(default_factory=list)
    targets: list[dict[str, Any]] = field(default_factory=list)
    releases: list[dict[str, Any]] = field(default_factory=list)
    cells: list[dict[str, Any]] = field(default_factory=list)
    moments: list[dict[str, Any]] = field(default_factory=list)

    def write(self, session: Session) -> None:
        places = (self.places, self.departments, self.services)
        for new in (*places, self.rounds, self.alone, self.drafts, self.responses, self.replies):
            insert_new(session, new)
        for model, rows in (
            (StoredResponse, self.sent),
            (Tally, self.tallies),
            (SoFar, self.so_far),
            (DraftAnswer, self.answers),
            (ResponseText, self.texts),
            (Target, self.targets),
        ):
            insert_rows(session, model, rows)
        write_releases(session, Written(self.releases, self.cells, self.moments))


def write_organisations(session: Session, asked: Definition, organisations: Iterable[DemoOrganisation]) -> None:
    """Write organisations with all they have done, inside a transaction."""
    rows_of(asked, organisations).write(session)


def rows_of(asked: Definition, organisations: Iterable[DemoOrganisation]) -> Rows:
    """All rows of these organisations, released and ready to be written. Needs no database."""
    rows = Rows()
    for organisation in organisations:
        _add_organisation(rows, asked, organisation)
    return rows


def _add_organisation(rows: Rows, asked: Definition, new: DemoOrganisation) -> None:
    row = Organisation(
        id=new.id,
        name=new.name,
        name_key=name_key(new.name),
        kind=new.kind,
        nation=new.nation,
        region=new.region,
        size=new.size,
        confirmed_on=new.since,
        shares_on=new.since,
    )
    rows.places.append(row)
    departments = {name: uuid4() for name in sorted({s.department for s in new.services if s.department})}
    for name, id in departments.items():
        rows.departments.append(Department(id=id, organisation_id=new.id, name=name, name_key=name_key(name)))
    for service in new.services:
        _add_service(rows, asked, row, departments.get(service.department), service)


def _add_service(
    rows: Rows, asked: Definition, organisation: Organisation, department_id: UUID | None, new: DemoService
) -> None:
    row = Service(
        id=new.id,
        organisation_id=organisation.id,
        department_id=department_id,
        name=new.name,
        sector=new.sector,
        confirmed_on=organisation.confirmed_on,
    )
    rows.services.append(row)
    rows.targets += [
        {"service_id": new.id, "statement": goal.statement, "level": goal.level, "reason": goal.reason}
        for goal in new.goals
    ]
    previous = None
    for held in new.rounds:
        sitting = _round_row(asked, row, held, previous)
        rows.rounds.append(sitting)
        _add_answers(rows, sitting, held)
        if held.released_on:
            _add_release(rows, asked, release_row(sitting, row, organisation, 1, held.released_on), held)
        previous = held.id
    for over in new.alone:
        _add_alone(rows, asked, organisation, row, over)


def _add_alone(rows: Rows, asked: Definition, organisation: Organisation, service: Service, held: DemoAlone) -> None:
    sitting = alone_row(asked, service, held)
    rows.alone.append(sitting)
    rows.replies.append(reply_row(held))
    rows.so_far += so_far_rows(held)
    for side in told_of_perspectives(held):
        rows.sent += response_rows(held.id, asked.language, side)
        rows.tallies += tally_rows(held.id, side)
    release, figures = alone_release(asked, organisation, service, sitting, held)
    rows.releases.append(release)
    rows.cells += figures.cells
    rows.moments += figures.moments


def _round_row(asked: Definition, service: Service, held: DemoRound, previous_id: UUID | None) -> Round:
    return Round(
        id=held.id,
        service_id=service.id,
        questionnaire=asked.id,
        questionnaire_version=asked.version,
        language=asked.language,
        mode="together",
        form=held.form,
        state="released" if held.released_on else "open",
        k=K,
        k10=K10,
        opened_on=held.opened_on,
        staff_present=held.staff_present,
        people_present=held.people_present,
        previous_id=previous_id,
        shows_previous=previous_id is not None,
    )


def _add_answers(rows: Rows, sitting: Round, held: DemoRound) -> None:
    """The draft, which stays after sending so that it can be corrected, and what was sent of it."""
    draft = Draft(id=uuid4(), round_id=sitting.id, voice="together")
    rows.drafts.append(draft)
    rows.answers += [_answer_row(draft.id, answer) for answer in held.answers]
    if held.released_on:
        _add_response(rows, sitting, held.answers)


def _answer_row(draft_id: UUID, answer: Answered) -> dict[str, Any]:
    return {
        "draft_id": draft_id,
        "question": answer.question,
        "value": answer.value,
        "reason": answer.reason,
        "evidence": answer.evidence,
        "dissent": answer.dissent,
        "version": answer.version,
    }


def _add_response(rows: Rows, sitting: Round, answers: Sequence[Answered]) -> None:
    response = StoredResponse(
        id=uuid4(),
        round_id=sitting.id,
        voice="together",
        form=sitting.form,
        language=sitting.language,
        answers=packed(answers),
    )
    rows.responses.append(response)
    for answer in answers:
        written = ((kind, getattr(answer, kind)) for kind in KINDS)
        rows.texts += [
            {"response_id": response.id, "question": answer.question, "kind": kind, "text": text}
            for kind, text in written
            if text
        ]


def _add_release(rows: Rows, asked: Definition, release: dict[str, Any], held: DemoRound) -> None:
    values = {answer.question: answer.value for answer in held.answers}
    rows.releases.append(release)
    figures = together_figures(release["id"], asked, held.form, values)
    rows.cells += figures.cells
    rows.moments += figures.moments
