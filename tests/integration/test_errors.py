"""Every error in style: what is wrong, the one thing to do, and nothing of the machine."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from flask import Flask, abort
from sqlalchemy import text

from assessment.pages.errors import IN_STYLE
from assessment.store.db import db
from tests.house.journey import SAVE, Team
from tests.house.visitor import Visitor

MACHINE = re.compile(r"Traceback|werkzeug|sqlalchemy|psycopg|sqlite|/assessment/|Internal Server Error", re.IGNORECASE)


@pytest.fixture
def breaking(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], Visitor]:
    """A visitor for whom the help page does what it is told instead."""
    app.testing = False

    def break_with(view: Callable[[], object]) -> Visitor:
        monkeypatch.setitem(app.view_functions, "start.help", view)
        return Visitor(app)

    return break_with


@pytest.mark.parametrize("code", IN_STYLE)
def test_an_error_has_its_page(breaking: Callable[[Callable[[], object]], Visitor], code: int) -> None:
    page = breaking(lambda: abort(code)).get("/help")
    assert page.status == code
    assert page.heading and not MACHINE.search(page.html)
    assert "no-store" in page.headers["Cache-Control"]


def test_an_error_nobody_drew_a_page_for_borrows_one(breaking: Callable[[Callable[[], object]], Visitor]) -> None:
    page = breaking(lambda: abort(418)).get("/help")
    assert page.status == 418 and page.heading


def test_a_fault_in_the_code_is_not_shown(breaking: Callable[[Callable[[], object]], Visitor]) -> None:
    def fault() -> str:
        raise RuntimeError("the secret of the house")

    page = breaking(fault).get("/help")
    assert page.status == 500 and "secret" not in page.html and not MACHINE.search(page.html)


def test_a_missing_page(visitor: Visitor) -> None:
    assert visitor.get("/nowhere").status == 404
    assert visitor.get("/answer/not-a-number/").status == 404


def test_a_wrong_method_says_which_are_right(visitor: Visitor) -> None:
    page = visitor.send("DELETE", "/start/service")
    assert page.status == 405 and "GET" in page.headers["Allow"]


def test_a_form_without_a_token_is_refused(visitor: Visitor) -> None:
    assert visitor.post("/come-back", {"goal": "/"}).status == 400


def test_a_request_of_four_megabytes_is_refused_in_words(team: Team) -> None:
    page = team.open(team.statements[0].id)
    page = page.press(SAVE, answer="2", evidence="x" * 4_000_000)
    assert page.status == 413 and page.heading


def test_a_host_that_is_not_ours_is_refused(app: Flask) -> None:
    response = app.test_client().get("/", base_url="http://evil.example")
    assert response.status_code == 400 and "evil" not in response.text


@pytest.fixture
def database_gone(app: Flask) -> Callable[[], AbstractContextManager[None]]:
    """Takes the database away for a while."""

    @contextmanager
    def gone() -> Iterator[None]:
        app.testing = False
        with app.app_context():
            db.engine.dispose()
            here = db.engine
            elsewhere = here.url.set(host="127.0.0.1", port=1) if here.dialect.name == "postgresql" else None
            elsewhere = elsewhere or here.url.set(database="/nowhere/at/all.db")
            db._app_engines[app][None] = db._make_engine(None, {"url": elsewhere}, app)
        yield
        with app.app_context():
            db._app_engines[app][None] = here

    return gone


def test_a_database_that_is_gone_says_wait(
    team: Team, database_gone: Callable[[], AbstractContextManager[None]]
) -> None:
    with database_gone():
        page = team.visitor.get(f"{team.address}/")
    assert page.status == 503 and page.headers["Retry-After"] == "30"
    assert not MACHINE.search(page.html)


def test_what_was_sent_meanwhile_is_kept_in_the_page_and_can_be_sent_again(
    team: Team, database_gone: Callable[[], AbstractContextManager[None]]
) -> None:
    first = team.statements[0].id
    page = team.open(first)
    with database_gone():
        page = page.press(SAVE, answer="3", evidence='Minutes of <May> & "June"')
        assert page.status == 503
        page = page.press("Send it again")
        assert page.status == 503
    page.press("Send it again")
    kept = team.open(first)
    assert kept.holds(SAVE, "answer") == "3"
    assert kept.holds(SAVE, "evidence") == 'Minutes of <May> & "June"'


def test_what_another_site_sends_is_not_kept(
    team: Team, database_gone: Callable[[], AbstractContextManager[None]]
) -> None:
    with database_gone():
        response = team.visitor.client.post(
            f"{team.address}/statement/{team.statements[0].id}",
            data={"answer": "3", "evidence": "from elsewhere"},
            headers={"Sec-Fetch-Site": "cross-site"},
        )
    assert "from elsewhere" not in response.text


def test_a_table_that_is_gone_is_a_fault_of_ours(app: Flask, owner: Flask, team: Team) -> None:
    app.testing = False
    with owner.app_context(), db.engine.begin() as connection:
        connection.execute(text("ALTER TABLE draft_answer RENAME TO elsewhere"))
    try:
        page = team.tasks()
    finally:
        with owner.app_context(), db.engine.begin() as connection:
            connection.execute(text("ALTER TABLE elsewhere RENAME TO draft_answer"))
    assert page.status in (500, 503) and not MACHINE.search(page.html)


def test_an_error_page_leads_back(visitor: Visitor) -> None:
    page = visitor.get("/nowhere")
    assert page.go("start page").path == "/"
