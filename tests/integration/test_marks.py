"""What sending leaves to be counted: sealed, several at a time, and readable by nobody but the running service."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from random import Random
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select

from assessment.jobs.clockwork import do_duties
from assessment.jobs.context import Context
from assessment.store.alone import AloneVoice, Left
from assessment.store.db import reading, transaction
from assessment.store.models import Invitation, MailStop, Mark, Reply, SoFar, Tally
from assessment.store.seal import Seal
from assessment.workflows.apart.answered import has_answered
from assessment.workflows.apart.marks import leave_mark, settle, settle_all, was_answered
from tests.house.apart import SEND, Apart, answer_all, answer_alone, begin, open_link, round_apart
from tests.house.visitor import Visitor

TODAY = datetime.now(UTC).date()


@pytest.fixture
def apart(app: Flask) -> Apart:
    return round_apart(app)


@pytest.fixture
def seal(app: Flask) -> Seal:
    found: Seal = app.config["SEAL"]
    return found


def leave(app: Flask, apart: Apart, *marks: Left) -> None:
    for mark in marks:
        with app.app_context(), transaction() as session:
            leave_mark(session, apart.id, mark, app.config["SEAL"])


def settled(app: Flask, apart: Apart, every: bool = False) -> int:
    with app.app_context(), transaction() as session:
        return (settle_all if every else settle)(session, apart.id, app.config["SEAL"], Random(7))  # noqa: S311


def waiting(app: Flask) -> int:
    with app.app_context(), reading() as session:
        return session.scalar(select(func.count()).select_from(Mark)) or 0


def seals(app: Flask) -> Mapping[UUID, str]:
    with app.app_context(), reading() as session:
        return {
            row.id: row.answered_sealed for row in session.execute(select(Invitation.id, Invitation.answered_sealed))
        }


def tally(app: Flask) -> dict[tuple[str, str, str], int]:
    with app.app_context(), reading() as session:
        return {(row.voice, row.kind, row.value): row.times for row in session.scalars(select(Tally))}


def marks(voice: AloneVoice, count: int, perspective: str = "") -> list[Left]:
    return [Left(None, voice, perspective, 6) for _number in range(count)]


def test_marks_wait_until_there_are_five_of_one_voice(app: Flask, apart: Apart) -> None:
    leave(app, apart, *marks("people", 4, "carer"), *marks("staff", 3))
    assert settled(app, apart) == 0 and waiting(app) == 7 and tally(app) == {}
    leave(app, apart, *marks("people", 1, "person"))
    assert settled(app, apart) == 5 and waiting(app) == 3
    assert tally(app) == {
        ("people", "perspective", "carer"): 4,
        ("people", "perspective", "person"): 1,
        ("people", "minutes", "6"): 5,
    }
    assert settled(app, apart, every=True) == 3 and waiting(app) == 0
    assert tally(app)["staff", "minutes", "6"] == 3


def test_every_seal_changes_when_one_does(app: Flask, apart: Apart, seal: Seal) -> None:
    apart.invite(*(f"p{number}@example.org" for number in range(8)))
    one = next(iter(apart.invitations))
    before = seals(app)
    leave(app, apart, Left(one, "people"), *marks("people", 4))
    assert settled(app, apart) == 5
    after = seals(app)
    assert not set(before.values()) & set(after.values())
    assert {id for id, sealed in after.items() if has_answered(seal, sealed)} == {one}
    assert len({len(sealed) for sealed in (*before.values(), *after.values())}) == 1


def test_marks_are_all_of_one_length(app: Flask, apart: Apart) -> None:
    leave(app, apart, Left(uuid4(), "people", "p" * 40, 120), Left(None, "staff"), Left(None, "people", "", 3))
    with app.app_context(), reading() as session:
        assert len({len(sealed) for sealed in session.scalars(select(Mark.sealed))}) == 1


def test_an_invitation_counts_as_answered_before_and_after_it_is_counted(app: Flask, apart: Apart, seal: Seal) -> None:
    apart.invite("a@example.org", "b@example.org")
    one, other = apart.invitations
    leave(app, apart, Left(one, "people"))

    def answered(id: UUID) -> bool:
        with app.app_context(), reading() as session:
            return was_answered(session, apart.id, id, seal)

    assert answered(one) and not answered(other)
    settled(app, apart, every=True)
    assert answered(one) and not answered(other)


def test_another_key_reads_nothing_and_breaks_nothing(app: Flask, apart: Apart) -> None:
    apart.invite("a@example.org")
    (one,) = apart.invitations
    leave(app, apart, Left(one, "people", "carer"), *marks("people", 6))
    app.config["SEAL"] = Seal("another key altogether, of forty letters")
    assert settled(app, apart, every=True) == 0 and waiting(app) == 0 and tally(app) == {}
    assert not has_answered(app.config["SEAL"], seals(app)[one])
    leave(app, apart, Left(one, "people"))
    assert settled(app, apart, every=True) == 1
    assert has_answered(app.config["SEAL"], seals(app)[one])


def test_once_a_day_it_is_counted_and_few_are_not_told(
    app: Flask, apart: Apart, seal: Seal, another: Callable[[], Visitor]
) -> None:
    apart.change(closes_on=date(2027, 2, 1), hear_by=date(2027, 3, 1))
    for _person in range(5):
        answer_alone(another(), apart.people)
    for _person in range(4):
        answer_alone(another(), apart.staff)
    day = datetime(2027, 1, 5, 3, 0, tzinfo=UTC)

    def counted(moment: datetime) -> dict[str, tuple[int, date]]:
        with app.app_context():
            do_duties(Context(moment, seal))
            with reading() as session:
                return {one.voice: (one.responses, one.as_of) for one in session.scalars(select(SoFar))}

    assert counted(day) == {"people": (5, day.date()), "staff": (0, day.date())}
    assert waiting(app) == 4, "what people left was counted, what four of the staff left was not"
    answer_alone(another(), apart.staff)
    assert counted(day + timedelta(hours=20))["staff"] == (0, day.date()), "not twice on one day"
    tomorrow = day + timedelta(days=1)
    assert counted(tomorrow)["staff"] == (5, tomorrow.date()) and waiting(app) == 0


def test_what_came_of_it_opens_by_the_same_link(app: Flask, apart: Apart, visitor: Visitor) -> None:
    (secret,) = apart.invite("mo@example.org")
    apart.change(state="closed", closes_on=TODAY - timedelta(days=20), hear_by=TODAY + timedelta(days=3))
    assert "You will hear what happened by" in open_link(visitor, secret).text
    reply = Reply(
        round_id=apart.id, well="We listen\nWe ring back", to_work_on="Dates", will_do="A rota", by_when="May"
    )
    with app.app_context(), transaction() as session:
        session.add(reply)
    assert "We listen" not in open_link(visitor, secret).text, "it is not published yet"
    assert visitor.get(f"{apart.address}/heard").status == 200
    apart.change(hear_by=TODAY - timedelta(days=1))
    page = open_link(visitor, apart.people)
    assert page.path.endswith("/heard") and "It has not done so yet" in page.text and "We listen" not in page.text
    with app.app_context(), transaction() as session:
        session.get_one(Reply, apart.id).published_on = TODAY
    for link in (secret, apart.people, apart.staff):
        page = open_link(visitor, link)
        assert "We ring back" in page.text and "What we will do" in page.text


def test_asking_no_more_is_one_press_and_told_to_nobody(app: Flask, apart: Apart, seal: Seal, visitor: Visitor) -> None:
    (secret,) = apart.invite("Mo@Example.org")
    page = visitor.get(f"/stop/{secret}")

    def stopped() -> list[str]:
        with app.app_context(), reading() as session:
            return list(session.scalars(select(MailStop.hash)))

    assert stopped() == []
    for _time in range(2):
        assert "You will get no more messages" in page.press("Do not ask me again").text
    with app.app_context(), reading() as session:
        key = session.scalars(select(Invitation.email_key)).one()
    assert stopped() == [seal.hash("mail", key)] and "example" not in stopped()[0]
    for other in (apart.people, "A" * 43, "x"):
        assert visitor.get(f"/stop/{other}").status == 404
    assert open_link(visitor, secret).status == 200, "one can still answer"


def test_minutes_and_perspective_are_counted_apart_from_the_answers(
    app: Flask, apart: Apart, visitor: Visitor, seal: Seal
) -> None:
    page = answer_all(begin(visitor, apart.people))
    page.press(SEND, perspective="carer")
    settled(app, apart, every=True)
    assert tally(app) == {("people", "perspective", "carer"): 1, ("people", "minutes", "1"): 1}
    page = answer_all(begin(visitor, apart.people))
    page.press(SEND, perspective="no such thing")
    settled(app, apart, every=True)
    assert tally(app)["people", "perspective", "carer"] == 1
