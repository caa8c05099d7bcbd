"""What people of demo services answered, each alone, and what came of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Final

from assessment.commands.demo.answers import Leaning, Model
from assessment.commands.demo.chance import chance, new_id
from assessment.questionnaire.definition import Form
from assessment.store.alone import AloneVoice
from assessment.store.queries.apart import Choice
from assessment.store.queries.replies import Said
from assessment.store.records import Answered
from assessment.store.seal import Seal
from assessment.workflows.apart.plan import Plan, Wanted
from assessment.workflows.demo_alone import DemoAlone, DemoSide, DemoWords
from assessment.workflows.demo_apart import DemoApart, hold_open, hold_to_the_end, services_to_show

OPENED: Final = 12  # days ago
LASTS: Final = 21
ENDED_OPENED: Final = 45
REPLIED: Final = 4
BETWEEN_PEOPLE: Final = 0.55
BETWEEN_SIDES: Final = 0.25
PEOPLE_SEE_LESS: Final = -0.6

ASKED_BY: Final = "Maya Hart, lead of the service, 01632 960 002, with the people’s panel"
TOLD: Final = (
    "We use what you say to plan next year together.\n"
    "You can ask for the questions on paper, or answer by telephone with someone from the carers’ centre."
)
SUPPORT: Final = "The carers’ centre, outside the team: 01632 960 001, weekdays from 9 to 5."
SAID: Final = Said(
    well="People know whom to ring, and someone answers.\nWe ask before we change a visit.\n"
    "New staff meet carers first.",
    to_work_on="Meetings are when carers cannot come.\nWe say what we decided, and seldom why.\n"
    "People help each other here, and we do little to help that along.",
    will_do="Hold every second meeting in the evening, and pay for cover.\nSend a page after each meeting: "
    "what was said, what we do, what we do not and why.\nFind a room for the carers’ own group.",
    by_when="The first evening meeting is next month. The room is there by the summer.",
)
WORDS: Final = DemoWords(ASKED_BY, TOLD, SUPPORT, SAID)


@dataclass(frozen=True, slots=True)
class Turnout:
    """How often people answer alone: which share of services lets them, in how many years, and how many do each time.

    Of people who use the service and of staff: the fewest, the most, and how many it most often is.
    """

    services: float = 0.42
    years: int = 2
    people: tuple[int, int, int] = (4, 42, 14)
    staff: tuple[int, int, int] = (3, 26, 8)


USUAL: Final = Turnout()


def earlier_round(
    model: Model, leaning: Leaning, form: Form, closed: date, turnout: Turnout, drawn: Random
) -> DemoAlone:
    """A round that is over: how many answer differs a lot from service to service, and people see a little less."""
    counts = (round(drawn.triangular(*turnout.people)), round(drawn.triangular(*turnout.staff)))
    gap = drawn.gauss(PEOPLE_SEE_LESS / 2, BETWEEN_SIDES)
    less = Leaning(tuple(one + gap + drawn.gauss(0, BETWEEN_SIDES) for one in leaning.principles))
    sides = (
        _side(model, "people", less, model.asked.forms[-1], counts[0], drawn),
        _side(model, "staff", leaning, form, counts[1], drawn),
    )
    return DemoAlone(new_id(drawn), closed - timedelta(LASTS), closed, form, WORDS, sides)


def hold_rounds_apart(model: Model, today: date, seal: Seal) -> None:
    """One that is open, and one that is over: of two services of the largest organisation."""
    offered = services_to_show()
    if len(offered) < 3:
        return
    at = datetime.combine(today, time(9), tzinfo=UTC)
    held = _held(model, offered[1], at - timedelta(OPENED), (14, 8))
    hold_open(held, seal, today)
    over = _held(model, offered[2], at - timedelta(ENDED_OPENED), (23, 16))
    closed = at - timedelta(ENDED_OPENED - LASTS - 1)
    hold_to_the_end(over, SAID, closed, at - timedelta(REPLIED), seal, chance(model.seed, "apart, mixed"))


def _held(model: Model, service: Choice, at: datetime, counts: tuple[int, int]) -> DemoApart:
    """A round of this service, with so many people and staff who answered."""
    drawn = chance(model.seed, "apart", service.id.hex)
    asked, opened = model.asked, at.date()
    plan = Plan(
        questionnaire=(asked.id, asked.version, asked.language),
        form=asked.forms[-1],
        opens_on=opened,
        closes_on=opened + timedelta(LASTS),
        hear_by=opened + timedelta(2 * LASTS),
        asked_by=ASKED_BY,
        people_expected=40,
        staff_expected=20,
        told=TOLD,
        support=SUPPORT,
    )
    leaning = model.leaning(0, "social-care", drawn)
    less = Leaning(tuple(one + PEOPLE_SEE_LESS for one in leaning.principles))
    form = asked.forms[-1]
    sides = (
        _side(model, "people", less, form, counts[0], drawn),
        _side(model, "staff", leaning, form, counts[1], drawn),
    )
    return DemoApart(Wanted(new_id(drawn), service.id), plan, at, sides)


def _side(model: Model, voice: AloneVoice, leaning: Leaning, form: Form, count: int, drawn: Random) -> DemoSide:
    known = [one.id for one in model.asked.perspectives if one.voice == voice]
    chosen = Counter(drawn.choices(known, weights=range(len(known), 0, -1), k=count)) if known else Counter[str]()
    minutes = Counter(str(max(2, round(drawn.gauss(6, 2)))) for _person in range(count))
    responses = [_one(model, leaning, form, drawn) for _person in range(count)]
    return DemoSide(voice, form, responses, chosen, minutes)


def _one(model: Model, leaning: Leaning, form: Form, drawn: Random) -> list[Answered]:
    """What one person answered: as the service is, seen from where they stand; no notes."""
    own = drawn.gauss(0, BETWEEN_PEOPLE)
    seen = Leaning(tuple(principle + own for principle in leaning.principles))
    statements = {statement.id for statement in model.asked.on_form(form)}
    answers = model.answers(seen, form, 0, drawn)
    return [replace(one, reason="", evidence="", dissent="") for one in answers if one.question in statements]
