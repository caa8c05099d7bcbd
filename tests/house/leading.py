"""A service with people who run its rounds held apart, and people who answer them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Final
from uuid import UUID, uuid4

from flask import Flask

from assessment.jobs.clockwork import do_duties
from assessment.jobs.context import Context
from assessment.questionnaire.definition import Form
from assessment.scoring.response import VoiceName
from assessment.store.db import reading, transaction
from assessment.store.models import Round, StoredResponse
from assessment.store.queries.definitions import definition
from assessment.store.records import Answered
from assessment.store.seal import Seal
from assessment.workflows.apart.close import close_round
from assessment.workflows.apart.hand import Hand
from assessment.workflows.apart.plan import Plan, Wanted, plan_rounds
from assessment.workflows.release import packed
from tests.house.people import signed_in
from tests.house.places import make_organisation, make_service
from tests.house.visitor import Visitor

TODAY: Final = datetime.now(UTC).date()
AGREE: Final = "We will say what came of it by"
KEY: Final = ("co-production", "1.0", "en")


@dataclass
class Place:
    """A service of a confirmed organisation."""

    app: Flask
    organisation_id: UUID
    service_id: UUID

    @classmethod
    def made(cls, app: Flask, name: str = "Larkshire Council", service: str = "Home Support") -> Place:
        organisation_id = make_organisation(app, name)
        return cls(app, organisation_id, make_service(app, organisation_id, service))

    @property
    def seal(self) -> Seal:
        found: Seal = self.app.config["SEAL"]
        return found

    def lead(self) -> Visitor:
        return signed_in(self.app, ("service lead", self.service_id))

    def planned(self, opens_in: int = 0, closes_in: int = 21, **over: object) -> UUID:
        """A round of this service, open at once unless it ``opens_in`` some days."""
        round_id = uuid4()
        dates = {"opens_on": TODAY + timedelta(opens_in), "closes_on": TODAY + timedelta(closes_in)}
        values = dates | {
            "form": "short",
            "hear_by": TODAY + timedelta(42),
            "asked_by": "Ann Example",
            "told": "To plan next year",
        }
        with self.app.app_context():
            plan = Plan(KEY, **(values | over))  # type: ignore[arg-type]
            plan_rounds(plan, [Wanted(round_id, self.service_id)], hand(), self.seal)
        return round_id

    def answer(self, round_id: UUID, voice: VoiceName, levels: Sequence[str], form: Form = "short") -> None:
        """One response a level, which it gives to every statement."""
        with self.app.app_context(), reading(answers=True) as session:
            asked = definition(session, KEY)
        with self.app.app_context(), transaction(answers=True) as session:
            for level in levels:
                answers = packed(Answered(statement.id, level) for statement in asked.on_form(form))
                session.add(StoredResponse(round_id=round_id, voice=voice, form=form, language="en", answers=answers))

    def state(self, round_id: UUID) -> str:
        with self.app.app_context(), transaction(answers=True) as session:
            return session.get_one(Round, round_id).state


def hand(days: int = 0) -> Hand:
    """Nobody in particular, so many days from now."""
    return Hand(None, in_days(days))


def duties(app: Flask, days: float) -> None:
    """What happens by itself, so many days from now."""
    with app.app_context():
        do_duties(Context(in_days(days), app.config["SEAL"]))


def close(app: Flask, round_id: UUID, days: int = 0) -> None:
    with app.app_context():
        close_round(round_id, hand(days), app.config["SEAL"], chance())


def opened(app: Flask, place: Place, round_id: UUID, days: int = 0) -> Visitor:
    """Close a round and let its lead agree to say what came of it; who the lead is."""
    close(app, round_id, days)
    lead = place.lead()
    lead.get(f"/round/{round_id}/results").press(AGREE)
    return lead


def chance() -> Random:
    return Random(1)  # noqa: S311  # the same order each time


def in_days(days: float) -> datetime:
    return datetime.now(UTC) + timedelta(days)
