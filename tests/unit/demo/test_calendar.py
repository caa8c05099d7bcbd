"""When demo teams met: always relative to today, and every round inside the years it is of."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from assessment.commands.demo.answers import Model
from assessment.commands.demo.rounds import Calendar, Story
from assessment.commands.demo.shape import plan
from assessment.questionnaire.folder import find_definitions
from assessment.workflows.demo import DemoRound

ROOT = Path(__file__).parents[3]
TODAY = date(2026, 11, 22)


def held(services: int = 60, rounds: int = 3, today: date = TODAY) -> list[list[DemoRound]]:
    story = Story(Model(find_definitions(ROOT / "questionnaires")[0], 1), Calendar(today, rounds))
    return [list(s.rounds) for one in plan(services, 1) for s in story.organisation(one).services]


def test_snapshots_are_of_this_month_in_each_year_oldest_first() -> None:
    assert Calendar(TODAY, 3).snapshots() == (date(2024, 11, 1), date(2025, 11, 1), date(2026, 11, 1))
    assert Calendar(date(2028, 2, 29), 2).snapshots() == (date(2027, 2, 1), date(2028, 2, 1))


@pytest.mark.parametrize("rounds", [1, 3, 5])
def test_no_service_holds_more_rounds_than_asked_for(rounds: int) -> None:
    released = [[one for one in service if one.released_on] for service in held(rounds=rounds)]
    assert max(map(len, released)) == rounds
    assert sum(not service for service in released) == 4


def test_rounds_are_in_order_and_none_is_still_to_come() -> None:
    since = Calendar(TODAY, 3).since
    for service in held():
        days = [one.released_on for one in service if one.released_on]
        assert days == sorted(days) and all(since < day <= TODAY for day in days)
        assert all(since < one.opened_on <= (one.released_on or TODAY) for one in service)


def test_only_the_last_round_may_be_unfinished() -> None:
    for service in held():
        assert all(one.released_on for one in service[:-1])


def test_the_first_service_has_sent_its_result_today() -> None:
    assert held()[0][-1].released_on in (TODAY, None)
    assert TODAY in {one.released_on for one in held()[0]}


def test_all_dates_move_with_today() -> None:
    later = timedelta(10)
    before = [one.released_on for service in held() for one in service]
    after = [one.released_on for service in held(today=TODAY + later) for one in service]
    assert after == [day and day + later for day in before]


def test_almost_everyone_sat_with_people_who_use_the_service() -> None:
    rooms = [one for service in held(300) for one in service]
    one_sided = sum(one.people_present == 0 for one in rooms) / len(rooms)
    assert 0 < one_sided < 0.12
    assert all(one.staff_present >= 2 for one in rooms)
