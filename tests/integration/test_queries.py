"""How often a page asks the database: the statement page at most three times, others six."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from tests.house.journey import SAVE, Team
from tests.house.queries import counted
from tests.house.visitor import Page

STATEMENT, OTHER = 3, 6


def asked(app: Flask, step: Callable[[], Page]) -> int:
    """The statements of one request, once everything that is read once a process has been read."""
    with counted(app) as statements:
        page = step()
    assert page.status < 400, page.path
    print(*statements, sep="\n")  # noqa: T201  (shown when there are too many)
    return len(statements)


@pytest.fixture
def sent(team: Team) -> Team:
    team.answer_all()
    team.send()
    return team


def test_a_statement_page_asks_three_times_at_most(team: Team, app: Flask) -> None:
    first, second = team.statements[:2]
    assert asked(app, lambda: team.visitor.send("GET", f"{team.address}/statement/{first.id}")) <= STATEMENT
    for statement, answer in ((first, "2"), (first, "3"), (second, "dont-know")):
        method, address, holds = team.open(statement.id).form(SAVE)
        typed = holds | {"answer": answer}
        assert asked(app, lambda: team.visitor.send(method, address, typed)) <= STATEMENT  # noqa: B023


def test_a_statement_page_with_last_time_s_level_does_too(sent: Team, app: Flask) -> None:
    address = f"{sent.again(shows_previous='1').address}/statement/{sent.statements[0].id}"
    assert asked(app, lambda: sent.visitor.send("GET", address)) <= STATEMENT


@pytest.mark.parametrize("name", ["", "links", "check", "copy", "copy.json", "safeguards", "reflection", "again"])
def test_the_other_answering_pages_ask_six_times_at_most(sent: Team, app: Flask, name: str) -> None:
    assert asked(app, lambda: sent.visitor.send("GET", f"{sent.address}/{name}")) <= OTHER


@pytest.mark.parametrize("address", ["/", "/help", "/who-sees-what", "/start/service", "/back", "/field/", "/healthz"])
def test_the_public_pages_ask_six_times_at_most(sent: Team, app: Flask, address: str) -> None:
    sent.visitor.get(address)
    assert asked(app, lambda: sent.visitor.send("GET", address)) <= (8 if address == "/field/" else OTHER)


def test_the_result_page_asks_six_times_at_most(sent: Team, app: Flask) -> None:
    address = f"/result/{sent.round_id}/"
    sent.visitor.get(address)
    assert asked(app, lambda: sent.visitor.send("GET", address)) <= OTHER


def test_saving_all_checks_at_once_asks_little(team: Team, app: Flask) -> None:
    method, address, holds = team.visitor.get(f"{team.address}/safeguards").form(SAVE)
    typed = holds | {f"{one.id}-answer": one.answers[0] for one in team.definition.safeguards}
    # Each check is one row of its own, so that two browsers are told apart check by check.
    assert asked(app, lambda: team.visitor.send(method, address, typed)) <= OTHER + len(team.definition.safeguards)
