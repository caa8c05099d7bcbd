"""Records of answering alone: what a way into a round held apart opens, and what sending leaves to be counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, get_args
from uuid import UUID

from assessment.questionnaire.definition import Definition, Form, Statement

AloneVoice = Literal["staff", "people"]
VOICES: Final[tuple[AloneVoice, ...]] = get_args(AloneVoice)
LEAST_PLACES: Final = 50
SPARE_PLACES: Final = 20


@dataclass(frozen=True, slots=True)
class Alone:
    """A round held apart, as one person's way into it opens it; ``draft_id`` and ``voice`` once they have begun."""

    id: UUID
    state: str
    form: Form
    questionnaire: tuple[str, str, str]
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
    service_name: str
    organisation_name: str
    draft_id: UUID | None = None
    voice: AloneVoice | None = None
    invitation_id: UUID | None = None

    def takes_answers(self, today: date) -> bool:
        """Until the end of its last day, also where nothing has closed it yet."""
        return self.state == "open" and today <= self.closes_on

    def places(self, voice: AloneVoice) -> int:
        """How many answers of one voice come in by its shared link: plenty, but not a flood."""
        expected = self.staff_expected if voice == "staff" else self.people_expected
        return max(LEAST_PLACES, 3 * expected + SPARE_PLACES)


def statements_for(asked: Definition, voice: AloneVoice, form: Form) -> tuple[Statement, ...]:
    """What one voice is asked: staff the round's form, people the statements that every form asks."""
    return asked.on_form(form) if voice == "staff" else asked.shared


def asked_as(voice: str, statement: Statement) -> str:
    """A statement in the words that this voice is asked in."""
    return statement.people.text if voice == "people" and statement.people else statement.text


def form_for(asked: Definition, voice: AloneVoice, form: Form) -> Form:
    """The form that a response of this voice is counted as."""
    return form if voice == "staff" else asked.forms[-1]


@dataclass(frozen=True, slots=True)
class Left:
    """What sending one response leaves to be counted, sealed, apart from it. ``minutes`` 0: not known."""

    invitation: UUID | None
    voice: AloneVoice
    perspective: str = ""
    minutes: int = 0
