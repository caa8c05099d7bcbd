"""A made-up network, put straight into the database by the code that releases and publishes real results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from random import Random
from typing import Any, Final
from uuid import uuid4

from flask import Flask

from assessment.questionnaire.answer import OTHERS
from assessment.questionnaire.definition import Definition, Form, Statement
from assessment.store.db import reading, transaction
from assessment.store.queries.definitions import definition, known_definitions
from assessment.store.queries.replies import Said
from assessment.store.records import Answered
from assessment.workflows.demo import DemoOrganisation, DemoRound, DemoService, write_organisations
from assessment.workflows.demo_alone import DemoAlone, DemoSide, DemoWords
from assessment.workflows.snapshots import publish

SINCE: Final = date(2020, 1, 1)
WORDS: Final = DemoWords("Ann", "", "", Said("", "", "", None))
Levels = Sequence[Mapping[str, str]]
"""One response after the other: what it answered, by statement."""


@dataclass
class MadeNetwork:
    """Services by organisation, each with what it said on one day; ``chance`` draws their answers."""

    app: Flask
    chance: Random = field(default_factory=lambda: Random(4))  # noqa: S311  (a seed, so that tests repeat)

    @cached_property
    def asked(self) -> Definition:
        with self.app.app_context(), reading() as session:
            return definition(session, known_definitions(session)[0])

    def answers(self, statements: Sequence[Statement], without: float = 0.0) -> dict[str, str]:
        """Levels about one middle of this response; here and there none, but something else."""
        middle = self.chance.uniform(0.5, 3.5)
        return {
            statement.id: self.chance.choice(OTHERS)
            if self.chance.random() < without
            else str(min(max(round(self.chance.gauss(middle, 0.8)), 0), 4))
            for statement in statements
        }

    def together(self, day: date, answers: Mapping[str, str], form: Form = "full") -> DemoRound:
        return DemoRound(uuid4(), day, day, form, 3, 3, _answered(answers))

    def apart(self, day: date, staff: Levels, people: Levels, form: Form = "full") -> DemoAlone:
        sides = [
            DemoSide("staff", form, [_answered(one) for one in staff], {}, {}),
            DemoSide("people", "short", [_answered(one) for one in people], {}, {}),
        ]
        return DemoAlone(uuid4(), day, day, form, WORDS, sides)

    def organisation(self, services: Sequence[Sequence[Any]], **where: str) -> None:
        """An organisation with a service for each list of rounds, of both modes."""
        place = {
            "kind": "council",
            "nation": "england",
            "region": "london",
            "size": "large",
            "sector": "housing",
        } | where
        sector = place.pop("sector", "housing")
        made = [
            DemoService(
                uuid4(),
                f"Service {uuid4()}",
                sector,
                "",
                [one for one in rounds if isinstance(one, DemoRound)],
                alone=[one for one in rounds if isinstance(one, DemoAlone)],
            )
            for rounds in services
        ]
        new = DemoOrganisation(uuid4(), f"Organisation {uuid4()}", **place, since=SINCE, services=made)
        with self.app.app_context(), transaction(answers=True) as session:
            write_organisations(session, self.asked, [new])

    def publish(self, as_of: date) -> None:
        with self.app.app_context():
            publish(as_of, as_of)


def _answered(answers: Mapping[str, str]) -> tuple[Answered, ...]:
    return tuple(Answered(statement, value, version=1) for statement, value in answers.items())
