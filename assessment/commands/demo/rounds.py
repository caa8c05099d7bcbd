"""When demo teams met, who sat in the room, and what they said and aimed for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final

from assessment.commands.demo.answers import GROWTH, Leaning, Model, first_half, organisation_leaning
from assessment.commands.demo.apart import USUAL, Turnout, earlier_round
from assessment.commands.demo.chance import chance, new_id
from assessment.commands.demo.notes import GOALS, LOWER_GOAL
from assessment.commands.demo.shape import PlannedOrganisation, PlannedService, Standing
from assessment.questionnaire.definition import Form
from assessment.store.records import Answered, Goal
from assessment.workflows.demo import DemoOrganisation, DemoRound, DemoService
from assessment.workflows.demo_alone import DemoAlone

YEAR: Final = 365
LATEST: Final = 35
EARLIEST: Final = 345
JOINED_BEFORE: Final = 30
SHARE_FULL: Final = 0.55
ONE_SIDED: Final = 0.05
GOALS_FROM: Final = 0.3
AGAIN: Final = 0.06
LATEST_ALONE: Final = 80  # days ago: after those that hold_rounds_apart makes


@dataclass(frozen=True, slots=True)
class Calendar:
    """How many yearly rounds a service may have held, counted back from today."""

    today: date
    rounds: int

    @property
    def since(self) -> date:
        """Before anyone's first round."""
        return self.today - timedelta(EARLIEST + YEAR * self.rounds + JOINED_BEFORE)

    def snapshots(self) -> Sequence[date]:
        """The first of this month, and of the same month in the years before, oldest first."""
        this_month = self.today.replace(day=1)
        return tuple(this_month.replace(year=this_month.year - back) for back in reversed(range(self.rounds)))


@dataclass(frozen=True, slots=True)
class Story:
    """Everything a demo organisation has done so far."""

    model: Model
    calendar: Calendar
    turnout: Turnout = USUAL

    def organisation(self, planned: PlannedOrganisation) -> DemoOrganisation:
        drawn = chance(self.model.seed, "answers", planned.id.hex)
        leaning = organisation_leaning(drawn)
        return DemoOrganisation(
            planned.id,
            planned.name,
            planned.kind,
            planned.nation,
            planned.region,
            planned.size,
            self.calendar.since,
            tuple(self._service(service, leaning, drawn) for service in planned.services),
        )

    def _service(self, planned: PlannedService, organisation: float, drawn: Random) -> DemoService:
        leaning = self.model.leaning(organisation, planned.sector, drawn)
        full = planned.standing == "today" or drawn.random() < SHARE_FULL
        form = self.model.asked.forms[0 if full else -1]
        rounds = tuple(self._rounds(planned, leaning, form, drawn))
        goals = self._goals(rounds[-1].answers, drawn) if drawn.random() < GOALS_FROM else ()
        alone = tuple(self._alone(planned, leaning, form))
        return DemoService(planned.id, planned.name, planned.sector, planned.department, rounds, tuple(goals), alone)

    def _rounds(self, planned: PlannedService, leaning: Leaning, form: Form, drawn: Random) -> Iterator[DemoRound]:
        held = self._rounds_held(planned.standing, drawn)
        latest = 0 if planned.standing == "today" else drawn.randint(LATEST, EARLIEST)
        for years_ago in range(held - 1, -1, -1):
            yield self._round(leaning, form, latest + years_ago * YEAR, drawn)
        if planned.standing == "begun" or drawn.random() < AGAIN:
            yield self._open_round(leaning, form, drawn)

    def _alone(self, planned: PlannedService, leaning: Leaning, form: Form) -> Iterator[DemoAlone]:
        """Some services let people answer alone as well, in some of the years."""
        drawn = chance(self.model.seed, "alone", planned.id.hex)
        if planned.standing == "begun" or drawn.random() > self.turnout.services:
            return
        latest = drawn.randint(LATEST_ALONE, EARLIEST)
        for years_ago in range(drawn.randint(1, min(self.turnout.years, self.calendar.rounds)) - 1, -1, -1):
            closed = self.calendar.today - timedelta(latest + years_ago * YEAR)
            seen = self._grown(leaning, latest / YEAR + years_ago)
            yield earlier_round(self.model, seen, form, closed, self.turnout, drawn)

    def _grown(self, leaning: Leaning, years_ago: float) -> Leaning:
        return Leaning(tuple(one - GROWTH * years_ago for one in leaning.principles))

    def _rounds_held(self, standing: Standing, drawn: Random) -> int:
        """All of those it may have held for the one shown first, none for one that has only begun."""
        held = drawn.randint(1, self.calendar.rounds)
        return {"today": self.calendar.rounds, "earlier": held, "begun": 0}[standing]

    def _round(self, leaning: Leaning, form: Form, days_ago: int, drawn: Random) -> DemoRound:
        released = self.calendar.today - timedelta(days_ago)
        answers = self.model.answers(leaning, form, days_ago / YEAR, drawn)
        opened = released - timedelta(drawn.randint(0, 20))
        return DemoRound(new_id(drawn), opened, released, form, *_in_the_room(drawn), answers)

    def _open_round(self, leaning: Leaning, form: Form, drawn: Random) -> DemoRound:
        answers = first_half(self.model.answers(leaning, form, 0, drawn))
        opened = self.calendar.today - timedelta(drawn.randint(1, 20))
        return DemoRound(new_id(drawn), opened, None, form, *_in_the_room(drawn), answers)

    def _goals(self, answers: Sequence[Answered], drawn: Random) -> Iterator[Goal]:
        """Where a team wants to be on a few statements: mostly a level higher, now and then one lower."""
        levels = [(a.question, int(a.value)) for a in answers if a.value.isdigit()]
        for statement, level in drawn.sample(levels, min(3, len(levels))):
            if level < self.model.asked.top:
                yield Goal(statement, level + 1, drawn.choice(GOALS))
            elif drawn.random() < 0.5:
                yield Goal(statement, level - 1, LOWER_GOAL)


def _in_the_room(drawn: Random) -> tuple[int, int]:
    """How many staff and how many people who use the service sat together; now and then none of these."""
    return drawn.randint(2, 5), 0 if drawn.random() < ONE_SIDED else drawn.randint(2, 6)
