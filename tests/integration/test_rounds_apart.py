"""A round held apart from its plan to its reply, as the people who run it see it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID

from flask import Flask
from sqlalchemy import func, select

from assessment.jobs.clockwork import do_duties
from assessment.jobs.context import Context
from assessment.store.db import reading, transaction
from assessment.store.models import Audit, Invitation, Job, MailStop, ReleaseCell, StoredResponse
from assessment.workflows.apart.answered import answered_text
from tests.house.apart import TODAY, Place, Postbox, hand, work
from tests.house.visitor import Page, Visitor

PLAN = "Plan this round"
PEOPLE = "Invite these people"


def day(name: str, when: object) -> dict[str, str]:
    return {f"{name}-day": f"{when:%d}", f"{name}-month": f"{when:%m}", f"{name}-year": f"{when:%Y}"}


def planned_by(lead: Visitor, place: Place, **typed: str) -> Page:
    page = lead.get(f"/service/{place.service_id}/rounds/plan")
    return page.press(PLAN, asked_by="Ann Example, to plan next year", **typed)


def round_of(page: Page) -> UUID:
    assert page.path.startswith("/round/"), page.text[:400]
    return UUID(page.path.split("/")[2])


def duties(app: Flask, days: float) -> None:
    with app.app_context():
        do_duties(Context(datetime.now(UTC) + timedelta(days), app.config["SEAL"]))


def test_from_the_plan_to_the_reply(app: Flask) -> None:
    place = Place.made(app)
    lead = place.lead()
    page = planned_by(lead, place, people_expected="40", staff_expected="20")
    round_id = round_of(page)
    assert "open until" in page.heading and "about 40" in page.text and "fewer than 5" in page.text

    # Asked by e-mail: fifty people, of whom one address is refused and one wants no more messages.
    addresses = [f"person{number:02}@example.org" for number in range(50)]
    with app.app_context(), transaction() as session:
        session.add(MailStop(hash=place.seal.hash("mail", addresses[7]), made_on=TODAY))
    page = page.go("Invite people by e-mail").press(PEOPLE, addresses="\n".join([*addresses, addresses[0].upper()]))
    assert "50 addresses were added" in page.text and "1 stood there twice" in page.text
    post = Postbox(refuses=frozenset({addresses[3]}))
    work(app, post)
    expected = sorted(set(addresses) - {addresses[3], addresses[7]})
    assert post.to == expected and len({message.text for message in post.sent}) == 48
    page = lead.get(f"/round/{round_id}/people")
    assert page.text.count("Could not be delivered") == 2 and "Waiting" not in page.text

    # Six are known to have answered: they get no reminder, and no page tells who they are.
    answered(app, expected[:6])
    page = page.press("Send a reminder")
    assert "reminder is on its way" in page.text and "Send a reminder" not in page.html.split("<form")[-1]
    reminders = Postbox()
    work(app, reminders)
    assert reminders.to == expected[6:]
    page = lead.get(f"/round/{round_id}/people")
    assert page.text.count("Sent") == 48

    place.answer(round_id, "staff", ["1"] * 6 + ["3"] * 6)
    place.answer(round_id, "people", ["4"] * 11)
    duties(app, 20)
    assert place.state(round_id) == "open"
    duties(app, 22)
    assert place.state(round_id) == "released"

    page = lead.get(f"/round/{round_id}/results")
    assert page.heading == "Before you see the result" and "4.0" not in page.text
    page = page.press("We will say what came of it by")
    assert "12 people answered" in page.text and "11 people answered" in page.text
    assert "You see this differently" in page.text and "4.0" in page.text and "2.0" in page.text

    page = page.go("Write what came of it").press(
        "Save and go on later", well="We listen", to_work_on="Words", will_do="", by_when=""
    )
    assert "It is saved" in page.text
    page = page.press("Publish it")
    assert "There is a problem" in page.text and page.status == 422
    page = page.press("Publish it", will_do="Meet monthly", by_when="March")
    assert "It is published" in page.text
    heard = Postbox()
    work(app, heard)
    assert heard.to == expected and "what it will do by when" in heard.sent[0].text
    duties(app, 43)
    again = Postbox()
    work(app, again, 43)
    assert again.sent == [], "who has read the reply is not told that there is none"
    with app.app_context(), reading() as session:
        deeds = session.scalars(select(Audit.what).where(Audit.of == round_id)).all()
    assert {"planned a round", "invited people", "sent a reminder", "closed a round", "released a round"} <= set(deeds)


def answered(app: Flask, addresses: list[str]) -> None:
    """As counting what they left behind would note it."""
    seal = app.config["SEAL"]
    with app.app_context(), transaction() as session:
        for row in session.scalars(select(Invitation).where(Invitation.email.in_(addresses))):
            row.answered_sealed = seal.close(answered_text(True))


def test_every_link_of_a_letter_opens(app: Flask) -> None:
    place = Place.made(app)
    round_id = place.planned()
    place.lead().get(f"/round/{round_id}/people").press(PEOPLE, addresses="ann@example.org")
    post = Postbox()
    work(app, post)
    address = next(line for line in post.sent[0].text.splitlines() if "/link/" in line)
    assert urlsplit(address).path.startswith("/link/") and post.sent[0].stop == address
    assert "&#" not in post.sent[0].text and "Ann, to plan next year" in post.sent[0].text
    with app.app_context(), reading() as session:
        assert session.scalar(select(func.count()).select_from(Job)) == 1
        assert session.scalar(select(func.count()).select_from(ReleaseCell)) == 0
        assert session.scalar(select(func.count()).select_from(StoredResponse)) == 0
    assert hand().by is None
