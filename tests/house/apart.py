"""A round held apart, written straight into the tables, and people who answer it alone through the real pages."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from flask import Flask

from assessment.store.addresses import email_key
from assessment.store.db import transaction
from assessment.store.models import Invitation, Link, Organisation, Round, Service
from assessment.store.secrets import hash_of, new_secret
from assessment.workflows.apart.answered import answered_text
from tests.house.visitor import Page, Visitor

CONTINUE: Final = "Continue"
START: Final = "Start the questions"
SAVE: Final = "Save and continue"
SKIP: Final = "Skip this question"
SEND: Final = "Send my answers"
CODE: Final = re.compile(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}")


@dataclass
class Apart:
    """One round, the secrets of its shared links, and of each invitation by its id."""

    app: Flask
    id: UUID
    service_id: UUID
    staff: str
    people: str
    entry: str
    invitations: dict[UUID, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"/alone/{self.id}"

    def change(self, **values: Any) -> None:
        """As if the lead, or the days, had changed the round."""
        with self.app.app_context(), transaction() as session:
            found = session.get_one(Round, self.id)
            for name, value in values.items():
                setattr(found, name, value)

    def invite(self, *emails: str) -> list[str]:
        """Invitations that were sent; the secrets of their links."""
        seal, secrets = self.app.config["SEAL"], []
        with self.app.app_context(), transaction() as session:
            for email in emails:
                id, secret = uuid4(), new_secret()
                session.add(
                    Invitation(
                        id=id,
                        round_id=self.id,
                        email=email,
                        email_key=email_key(email),
                        state="sent",
                        answered_sealed=seal.close(answered_text(False)),
                    )
                )
                session.add(_link(secret, "invitation", id))
                self.invitations[id] = secret
                secrets.append(secret)
        return secrets


def round_apart(app: Flask, key: tuple[str, str, str] = ("co-production", "1.0", "en"), **values: Any) -> Apart:
    """An open round of a service of its own, with its three shared links."""
    today = datetime.now(UTC).date()
    organisation, service, round_id = uuid4(), uuid4(), uuid4()
    secrets = [new_secret() for _purpose in ("staff", "people", "entry")]
    with app.app_context(), transaction() as session:
        session.add(_organisation(organisation))
        session.flush()
        session.add(Service(id=service, organisation_id=organisation, name="Home Support", sector="social-care"))
        session.flush()
        session.add(Round(**(_round(round_id, service, key, today) | values)))
        for secret, purpose in zip(secrets, ("staff", "people", "entry"), strict=True):
            session.add(_link(secret, purpose, round_id))
    return Apart(app, round_id, service, *secrets)


def _round(id: UUID, service: UUID, key: tuple[str, str, str], today: date) -> dict[str, Any]:
    return {
        "id": id,
        "service_id": service,
        "questionnaire": key[0],
        "questionnaire_version": key[1],
        "language": key[2],
        "mode": "apart",
        "form": "short",
        "state": "open",
        "k": 5,
        "k10": 10,
        "opened_on": today - timedelta(days=7),
        "closes_on": today + timedelta(days=14),
        "hear_by": today + timedelta(days=42),
        "staff_present": 0,
        "people_present": 0,
        "staff_expected": 15,
        "people_expected": 15,
        "asked_by": "Priya Shah, service manager, 01632 960 000",
        "told": "We want to know what to change first.",
        "support": "Larkshire Advocacy, 01632 960 123.",
    }


def _organisation(id: UUID) -> Organisation:
    name = f"Larkshire Council {id.hex[:6]}"
    return Organisation(
        id=id, name=name, name_key=name.casefold(), kind="council", nation="england", region="north-west", size="large"
    )


def _link(secret: str, purpose: str, of: UUID) -> Link:
    return Link(hash=hash_of(secret), purpose=purpose, of=of, made_on=date(2026, 1, 1))


def open_link(visitor: Visitor, secret: str) -> Page:
    return visitor.get(f"/link/{secret}").press(CONTINUE)


def begin(visitor: Visitor, secret: str, **typed: str) -> Page:
    """Open a link, read the promises, and come to the first question."""
    return open_link(visitor, secret).press(START, **typed)


def answer_all(page: Page, answers: str = "2", **typed: str) -> Page:
    """From the first question to the page that sends; ``answers`` one a question, the last repeated."""
    number = 0
    while "/statement/" in page.path:
        page = page.press(SAVE, answer=answers[min(number, len(answers) - 1)], **(typed if number == 0 else {}))
        number += 1
    while not page.path.endswith("/check"):
        page = page.press(SAVE)
    return page


def code_on(page: Page) -> str:
    found = CODE.search(page.text)
    assert found, page.text[:300]
    return found.group()


def answer_alone(visitor: Visitor, secret: str, answers: str = "2", voice: str = "", **chosen: str) -> str:
    """One person, from their link to the code they keep."""
    page = answer_all(begin(visitor, secret, **({"voice": voice} if voice else {})), answers)
    page = page.press(SEND, **chosen)
    assert page.status == 200, page.text[:300]
    return code_on(page)
