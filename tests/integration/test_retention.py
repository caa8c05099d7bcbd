"""Nothing is kept for longer than the page says, and nothing goes before."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import delete, func, select, text, update
from sqlalchemy.exc import DatabaseError

from assessment.jobs.clockwork import do_duties
from assessment.jobs.context import Context
from assessment.jobs.post import NoPost
from assessment.jobs.retention import ask_to_forget
from assessment.jobs.work import work_outbox
from assessment.store.db import Base, reading, transaction
from assessment.store.models import (
    Audit,
    Claim,
    Draft,
    DraftAnswer,
    Invitation,
    Job,
    Link,
    Offer,
    Rate,
    Release,
    ResponseText,
    Round,
    Service,
    SignIn,
    SignInLink,
    SignInRequest,
    StoredResponse,
)
from assessment.store.queries.audit import Deed, note_deed
from assessment.store.seal import Seal
from assessment.workflows.retention import KEPT
from tests.house.journey import Team
from tests.house.people import make_person
from tests.house.visitor import Visitor

NOW: Final = datetime.now(UTC).replace(hour=12, minute=0, second=0, microsecond=0)
DAY: Final = timedelta(days=1)
SECOND: Final = timedelta(seconds=1)
SEAL: Final = Seal("k" * 40)


def the_day_passes(now: datetime = NOW) -> None:
    """The duty, and the job it leaves."""
    ask_to_forget(Context(now, SEAL))
    while work_outbox(NoPost(), SEAL, lambda: now):
        pass


def add(*rows: Base) -> None:
    with transaction(answers=True) as session:
        for row in rows:
            session.add(row)
            session.flush()


def number(model: type[Base], *where: Any) -> int:
    with reading(answers=True) as session:
        return session.scalar(select(func.count()).select_from(model).where(*where)) or 0


@pytest.fixture
def person(app: Flask) -> UUID:
    return make_person(app, "ann@example.org")


@pytest.fixture(autouse=True)
def inside(app: Flask) -> Any:
    with app.app_context():
        yield


@pytest.fixture
def service(team: Team) -> UUID:
    with reading(answers=True) as session:
        return session.scalars(select(Service.id)).one()


def apart(service: UUID, state: str, closes_on: date, hear_by: date) -> UUID:
    """A round held apart of this service."""
    with transaction(answers=True) as session:
        old = session.scalars(select(Round).limit(1)).one()
        new = Round(
            service_id=service,
            questionnaire=old.questionnaire,
            questionnaire_version=old.questionnaire_version,
            language=old.language,
            mode="apart",
            form="short",
            state=state,
            k=5,
            k10=10,
            opened_on=closes_on - 30 * DAY,
            staff_present=0,
            people_present=0,
            closes_on=closes_on,
            hear_by=hear_by,
        )
        session.add(new)
        session.flush()
        return new.id


def response(round_id: UUID) -> tuple[Base, Base]:
    one = uuid4()
    return (
        StoredResponse(id=one, round_id=round_id, voice="people", form="short", language="en", answers=""),
        ResponseText(response_id=one, question="A1", kind="reason", text="I was there"),
    )


def test_sign_ins(person: UUID) -> None:
    moments = {"young": NOW - 8 * DAY + SECOND, "old": NOW - 8 * DAY - SECOND}
    for name, began in moments.items():
        add(SignIn(hash=name, person_id=person, way="link", began_at=began, used_at=NOW))
    the_day_passes()
    with reading(answers=True) as session:
        assert session.scalars(select(SignIn.hash)).all() == ["young"]


def test_links_to_sign_in_and_who_asked_for_one(person: UUID) -> None:
    for step in (DAY - SECOND, DAY + SECOND):
        add(SignInRequest(person_id=person, asked_at=NOW - step))
        add(SignInRequest(person_id=None, asked_at=NOW - step))
        add(SignInLink(hash=str(step), person_id=person, ends_at=NOW - step))
        add(Rate(key=str(step), ends_at=NOW - step, times=3))
    the_day_passes()
    assert (number(SignInRequest), number(SignInLink), number(Rate)) == (2, 1, 1)


def test_offers_with_their_links(service: UUID) -> None:
    for days in (30, 31):
        one = uuid4()
        ends = NOW.date() - days * DAY
        add(
            Offer(
                id=one,
                email="a@b.org",
                email_key="a@b.org",
                role="service lead",
                service_id=service,
                made_on=ends,
                ends_on=ends,
                state="sent",
            ),
            Link(hash=str(days), purpose="offer", of=one, made_on=ends),
        )
    the_day_passes()
    with reading(answers=True) as session:
        assert session.scalars(select(Link.hash).where(Link.purpose == "offer")).all() == ["30"]
    assert number(Offer) == 1


def test_claims_that_were_decided_and_those_that_never_were(service: UUID) -> None:
    for made, decided in ((40, 30), (40, 31), (365, None), (366, None)):
        on = NOW.date() - decided * DAY if decided else None
        state = "accepted" if decided else "waiting"
        made_on = NOW.date() - made * DAY
        add(Claim(service_id=service, email="a@b.org", made_on=made_on, state=state, decided_on=on))
    the_day_passes()
    with reading(answers=True) as session:
        left = {(row.made_on, row.decided_on) for row in session.scalars(select(Claim))}
    day = NOW.date()
    assert left == {(day - 40 * DAY, day - 30 * DAY), (day - 365 * DAY, None)}


def test_whom_a_round_asked_and_the_links_of_its_people(service: UUID) -> None:
    day = NOW.date()
    rounds = {days: apart(service, "released", day - (days + 20) * DAY, day - days * DAY) for days in (30, 31)} | {
        0: apart(service, "open", day + 10 * DAY, day + 40 * DAY)
    }
    for days, round_id in rounds.items():
        one = uuid4()
        add(
            Invitation(
                id=one, round_id=round_id, email="a@b.org", email_key="a@b.org", state="sent", answered_sealed=""
            ),
            Link(hash=f"own {days}", purpose="invitation", of=one, made_on=day),
            Link(hash=f"poster {days}", purpose="people", of=round_id, made_on=day),
            Job(key=f"invite {days}", kind="invite", of=one, state="done", due_at=NOW - 60 * DAY),
        )
    the_day_passes()
    with reading(answers=True) as session:
        assert set(session.scalars(select(Invitation.round_id))) == {rounds[30], rounds[0]}
        assert set(session.scalars(select(Link.hash).where(Link.purpose.in_(("invitation", "people"))))) == {
            "own 30",
            "poster 30",
            "own 0",
            "poster 0",
        }
        # Until then its key keeps a person from being asked twice.
        assert set(session.scalars(select(Job.key).where(Job.kind == "invite"))) == {"invite 30", "invite 0"}


def test_answers_of_people_who_answered_alone(service: UUID, team: Team) -> None:
    team.answer_all()
    team.send()
    day = NOW.date()
    kept = {
        "open": apart(service, "open", day - 800 * DAY, day - 790 * DAY),
        "cancelled lately": apart(service, "cancelled", day - 730 * DAY, day),
        "released lately": apart(service, "released", day - 900 * DAY, day),
    }
    gone = {
        "cancelled": apart(service, "cancelled", day - 731 * DAY, day),
        "released": apart(service, "released", day - 900 * DAY, day),
    }
    for round_id in (*kept.values(), *gone.values()):
        add(*response(round_id), *response(round_id))
    released(kept["released lately"], day - 730 * DAY)
    released(gone["released"], day - 731 * DAY)
    the_day_passes()
    with reading(answers=True) as session:
        left = set(session.scalars(select(StoredResponse.round_id).where(StoredResponse.voice == "people")))
    assert left == set(kept.values())
    assert number(ResponseText) == 2 * len(kept) and number(Release) == 3
    assert number(StoredResponse, StoredResponse.voice == "together") == 1


def released(round_id: UUID, on: date) -> None:
    """A release of this round like the one there is."""
    with transaction(answers=True) as session:
        one = session.scalars(select(Release).limit(1)).one()
        names = [column.name for column in Release.__table__.columns if column.name != "id"]
        copied = {name: getattr(one, name) for name in names} | {"round_id": round_id, "released_on": on}
        session.add(Release(**copied))


def test_what_was_not_sent_goes_with_the_round(service: UUID) -> None:
    day = NOW.date()
    for state in ("open", "closed"):
        round_id, draft = apart(service, state, day, day), uuid4()
        add(Draft(id=draft, round_id=round_id, voice="people", secret_hash=state))
        add(DraftAnswer(draft_id=draft, question="A1", value="2"))
    the_day_passes()
    with reading(answers=True) as session:
        assert set(session.scalars(select(Draft.secret_hash))) == {None, "open"}
    assert number(DraftAnswer) == 1


def test_a_round_that_a_team_never_sent(team: Team, visitor: Visitor) -> None:
    team.answer("A1", "2")
    begin(NOW.date() - 730 * DAY)
    the_day_passes()
    assert team.tasks().status == 200
    begin(NOW.date() - 731 * DAY)
    the_day_passes(NOW + DAY)
    assert (number(Round), number(Draft), number(DraftAnswer), number(Link)) == (0, 0, 0, 0)
    assert visitor.send("GET", f"{team.address}/").status == 404


def test_a_round_that_was_sent_stays(team: Team) -> None:
    team.answer_all()
    team.send()
    begin(NOW.date() - 5000 * DAY)
    the_day_passes()
    assert number(Round) == 1 and number(Link) == 2


def begin(on: date) -> None:
    with transaction(answers=True) as session:
        session.execute(update(Round).values(opened_on=on))


def test_messages_that_were_sent(app: Flask) -> None:
    for days, state in ((29, "done"), (31, "done"), (31, "failed"), (31, "waiting")):
        due = NOW - days * DAY if state != "waiting" else NOW + DAY
        add(Job(key=f"{days} {state}", kind="offer", of=uuid4(), state=state, due_at=due))
    the_day_passes()
    with reading(answers=True) as session:
        assert set(session.scalars(select(Job.key).where(Job.kind == "offer"))) == {
            "29 done",
            "31 failed",
            "31 waiting",
        }


class TestTheAuditTrail:
    def six_years_and(self, days: int) -> datetime:
        return NOW.replace(year=NOW.year - 6) - days * DAY

    def test_goes_after_six_years(self, person: UUID) -> None:
        with transaction(answers=True) as session:
            for days in (-3, 3):
                note_deed(session, self.six_years_and(days), person, Deed(f"{days}"))
        the_day_passes()
        with reading(answers=True) as session:
            assert session.scalars(select(Audit.what)).all() == ["-3"]

    @pytest.mark.parametrize(
        "change",
        [
            delete(Audit),
            update(Audit).values(what="nothing"),
            text("DELETE FROM audit"),
            text("UPDATE audit SET what = ''"),
        ],
    )
    def test_is_only_added_to(self, person: UUID, change: Any) -> None:
        with transaction(answers=True) as session:
            note_deed(session, self.six_years_and(-3), person, Deed("opened a round"))
        with pytest.raises(DatabaseError, match="only added to"), transaction(answers=True) as session:
            session.execute(change)
        assert number(Audit) == 1

    def test_no_clock_of_ours_hurries_it(self, person: UUID) -> None:
        """A machine whose clock stands years ahead must not empty it; the rest still goes, and it is tried again."""
        with transaction(answers=True) as session:
            note_deed(session, NOW, person, Deed("opened a round"))
        add(Rate(key="k", ends_at=NOW, times=1))
        the_day_passes(NOW + 3000 * DAY)
        assert number(Audit) == 1 and number(Rate) == 0
        assert number(Job, Job.fault == "NotAllForgotten") == 1


def test_it_is_asked_once_a_day_by_however_many_workers(app: Flask) -> None:
    for minutes in range(3):
        do_duties(Context(NOW + timedelta(minutes=minutes), SEAL))
    assert number(Job, Job.kind == "expire") == 1
    ask_to_forget(Context(NOW + DAY, SEAL))
    assert number(Job, Job.kind == "expire") == 2


def test_the_page_says_it_all(visitor: Visitor) -> None:
    page = visitor.get("/who-sees-what")
    for kept in KEPT:
        for words in (kept.what, kept.how_long, kept.sees, kept.why):
            assert str(words) in page.text
