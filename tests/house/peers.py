"""Services all round the one that is looked at: each held a round apart, released as real ones are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import uuid4

from flask import Flask

from assessment.questionnaire.definition import Definition, Form
from assessment.store.alone import AloneVoice
from assessment.store.db import reading, transaction
from assessment.store.queries.definitions import definition
from assessment.store.queries.replies import Said
from assessment.store.records import Answered
from assessment.workflows.demo import DemoOrganisation, DemoService, write_organisations
from assessment.workflows.demo_alone import DemoAlone, DemoSide, DemoWords
from assessment.workflows.snapshots import publish
from tests.house.leading import KEY

SINCE: Final = date(2020, 1, 1)
WORDS: Final = DemoWords("Ann Example", "To plan next year", "", Said("", "", "", ""))
NAMES: Final = ("Secretshire", "Hidden service")


@dataclass(frozen=True)
class Around:
    """Organisations with services each of which so many of each side answered, at levels that differ by service; staff
    always a level higher than people, so that one side is never taken for the other.
    """

    organisations: int = 5
    services: int = 5
    people: int = 10
    staff: int = 8
    sector: str = "social-care"
    region: str = "london"
    form: Form = "short"
    higher: int = 0


def hold_around(app: Flask, day: date, around: Around) -> None:
    """Let them all be released on this day."""
    with app.app_context(), reading() as session:
        asked = definition(session, KEY)
    made = [_organisation(asked, around, number, day) for number in range(around.organisations)]
    with app.app_context(), transaction(answers=True) as session:
        write_organisations(session, asked, made)


def publish_of(app: Flask, day: date) -> None:
    with app.app_context():
        publish(day, day)


def _organisation(asked: Definition, around: Around, number: int, day: date) -> DemoOrganisation:
    services = tuple(_service(asked, around, number + one, day) for one in range(around.services))
    name = f"{NAMES[0]} {uuid4()}"
    return DemoOrganisation(uuid4(), name, "council", "england", around.region, "large", SINCE, services)


def _service(asked: Definition, around: Around, place: int, day: date) -> DemoService:
    level = place % 3 + around.higher
    sides = (
        _side(asked, "people", asked.forms[-1], level, around.people),
        _side(asked, "staff", around.form, level + 1, around.staff),
    )
    held = DemoAlone(uuid4(), day - timedelta(20), day - timedelta(1), around.form, WORDS, sides)
    return DemoService(uuid4(), f"{NAMES[1]} {uuid4()}", around.sector, "", (), alone=(held,))


def _side(asked: Definition, voice: AloneVoice, form: Form, level: int, count: int) -> DemoSide:
    """Every other one of them says a level more."""
    return DemoSide(voice, form, [list(_answers(asked, form, level + one % 2)) for one in range(count)], {}, {})


def _answers(asked: Definition, form: Form, level: int) -> Iterator[Answered]:
    for statement in asked.on_form(form):
        yield Answered(statement.id, str(min(level, asked.top)))


def decimals_of(texts: Sequence[str]) -> set[str]:
    """Every number with a decimal in some texts."""
    found: set[str] = set()
    for text in texts:
        found |= {word.strip("(),.;:") for word in text.replace("–", " ").split()}
    return {one for one in found if one.count(".") == 1 and one.replace(".", "").isdigit()}
