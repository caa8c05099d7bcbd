"""What is written down and counted: every request, with its id, and nothing that anyone typed."""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Iterator
from typing import Any, Final

import pytest
from flask import Flask, abort
from pydantic import SecretStr
from sqlalchemy import text

from assessment.jobs.letters import WRITERS
from assessment.logs import REQUEST_ID, AsJson
from assessment.store.db import SLOW, reading
from tests.house.apart import SEND, answer_all, begin, code_on, round_apart
from tests.house.journey import CONTINUE, SAVE, Team
from tests.house.letterbox import Letterbox, link_in, post_all
from tests.house.people import make_person, signed_in
from tests.house.visitor import Visitor

TOKEN: Final = "t" * 40
WORDS: Final = "They never asked us, Zoë said"


class Lines(io.StringIO):
    """Everything written down, as the lines of JSON that it is."""

    @property
    def all(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.getvalue().splitlines()]

    def of_requests(self) -> list[dict[str, Any]]:
        return [line for line in self.all if line["from"] == "assessment.requests"]


@pytest.fixture
def lines() -> Iterator[Lines]:
    lines = Lines()
    handler = logging.StreamHandler(lines)
    handler.setFormatter(AsJson())
    root, ours = logging.getLogger(), logging.getLogger("assessment")
    level = ours.level
    root.addHandler(handler)
    ours.setLevel(logging.INFO)
    yield lines
    root.removeHandler(handler)
    ours.setLevel(level)


def test_a_request_has_a_line_and_an_id(visitor: Visitor, lines: Lines) -> None:
    page = visitor.get("/help")
    (line,) = lines.of_requests()
    assert (line["endpoint"], line["method"], line["status"]) == ("start.help", "GET", 200)
    assert line["request"] == page.headers["X-Request-ID"] and re.fullmatch("[0-9a-f]{32}", line["request"])
    assert line["ms"] > 0 and REQUEST_ID.get() == ""


@pytest.mark.parametrize(
    ("given", "taken"), [("abc-DEF_1.23", True), ("short", False), ("x" * 65, False), ("ann@example.org", False)]
)
def test_an_id_is_taken_over_only_if_it_is_well_formed(visitor: Visitor, given: str, taken: bool) -> None:
    response = visitor.client.get("/help", headers={"X-Request-ID": given}, base_url="http://localhost")
    assert (response.headers["X-Request-ID"] == given) is taken


def test_an_error_page_tells_the_id_that_is_in_the_log(
    app: Flask, lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fault() -> str:
        raise ValueError(WORDS)

    app.testing = False
    monkeypatch.setitem(app.view_functions, "start.help", fault)
    page = Visitor(app).get("/help")
    assert page.status == 500 and page.headers["X-Request-ID"] in page.html
    (error,) = [line for line in lines.all if line["level"] == "error"]
    assert error["request"] == page.headers["X-Request-ID"]
    assert error["faults"][0]["kind"] == "ValueError" and "fault" in error["faults"][0]["at"][-1]
    assert WORDS not in lines.getvalue()


def test_every_error_page_tells_an_id(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.view_functions, "start.help", lambda: abort(404))
    page = Visitor(app).get("/help")
    assert page.headers["X-Request-ID"] in page.html


def test_a_whole_journey_leaves_no_word_code_address_or_secret(app: Flask, team: Team, lines: Lines) -> None:
    """Two rounds, a sign-in, a wrong turn; then everything that was written down is looked through."""
    team.open(team.statements[0].id).press(SAVE, answer="2", evidence=WORDS)
    team.answer_all()
    team.send()
    apart, person = round_apart(app), Visitor(app)
    code = code_on(answer_all(begin(person, apart.people), evidence=WORDS).press(SEND))
    assert code
    person.get("/code").press("Continue", code=code)
    make_person(app, "ann@example.org")
    person.get("/sign-in").press("Send me a link", email="ann@example.org")
    person.get(f"/link/{team.secret}/nothing")
    person.get(f"/nowhere/{apart.people}")
    (invitation,) = apart.invite("bea@example.org")
    app.test_cli_runner().invoke(args=["jobs", "run", "--once"])
    said = lines.getvalue()
    for never in (WORDS, "Zoë", code, code.replace("-", ""), team.secret, apart.people, apart.staff, invitation):
        assert never and never not in said
    assert "@example.org" not in said and str(apart.id) not in said
    endpoints = {line["endpoint"] for line in lines.of_requests()}
    assert {"answer.statement", "alone.statement", "alone.check", "links.open", ""} <= endpoints


def test_what_a_request_left_to_be_done_is_found_again_in_the_worker_s_lines(
    app: Flask, lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_person(app, "ann@example.org")
    page = Visitor(app).get("/sign-in").press("Send me a link", email="ann@example.org")
    (left,) = [line for line in lines.all if line["says"] == "Left jobs"]
    assert left["kind"] == "sign-in" and left["request"]
    assert page.status < 400
    (job,) = left["jobs"]
    lines.seek(0)
    lines.truncate()

    def fail(*_arguments: Any) -> None:
        raise ValueError(WORDS)

    monkeypatch.setitem(WRITERS, "sign-in", fail)  # type: ignore[misc]
    app.test_cli_runner().invoke(args=["jobs", "run", "--once"])
    put_off = [line for line in lines.all if "is put off" in line["says"]]
    assert [line["request"] for line in put_off] == [job] and WORDS not in lines.getvalue()


def test_a_slow_statement_is_written_down_without_its_values(app: Flask, lines: Lines) -> None:
    with app.app_context(), reading() as session:
        session.connection(execution_options={SLOW: 0.000001})
        session.execute(text("SELECT :secret"), {"secret": "hunter2"})
    slow = next(line for line in lines.all if str(line.get("statement")).startswith("SELECT"))
    assert "hunter2" not in lines.getvalue() and slow["level"] == "warning"


def test_sign_ins_and_refusals_are_events_of_nobody(app: Flask, team: Team, lines: Lines) -> None:
    """A guessed link, a wrong turn of somebody signed in, a stranger, a form that is not ours, and a sign-in."""
    stranger, lead = Visitor(app), signed_in(app, email="ann@example.org")
    stranger.get(f"/sign-in/{'x' * 43}")
    stranger.get("/account/")
    stranger.get(f"{team.address}/")
    lead.get("/network/")
    lead.client.post("/account/erase", data={}, base_url="http://localhost")
    letterbox = Letterbox()
    stranger.get("/sign-in").press("Send me a link", email="ann@example.org")
    post_all(app, letterbox)
    stranger.get(link_in(letterbox.messages[0].text)).press(CONTINUE)
    told = [line["event"] for line in lines.of_requests() if "event" in line]
    assert told == [
        "refused: sign-in link",
        "refused: not signed in",
        "refused: no link",
        "refused: no role",
        "refused: no token of ours",
        "signed in: link",
    ]
    assert "@example.org" not in lines.getvalue()


def fetched(app: Flask, token: str) -> tuple[int, str]:
    response = app.test_client().get(
        "/metrics", headers={"Authorization": f"Bearer {token}"}, base_url="http://localhost"
    )
    return response.status_code, response.get_data(as_text=True)


def with_token(app: Flask) -> Flask:
    app.config["SETTINGS"] = app.config["SETTINGS"].model_copy(update={"metrics_token": SecretStr(TOKEN)})
    return app


def test_numbers_are_for_whoever_holds_the_token(app: Flask) -> None:
    assert [fetched(app, token)[0] for token in ("", TOKEN)] == [404, 404]
    with_token(app)
    assert [fetched(app, token)[0] for token in ("", "t" * 39, "é", TOKEN)] == [404, 404, 404, 200]


def number(said: str, name: str) -> float:
    return sum(float(line.rpartition(" ")[2]) for line in said.splitlines() if line.startswith(name))


def test_requests_saves_rounds_and_jobs_are_counted(app: Flask, team: Team) -> None:
    with_token(app)
    before = fetched(app, TOKEN)[1]
    team.answer_all()
    Visitor(app).get("/nowhere")
    said = fetched(app, TOKEN)[1]

    def more(name: str) -> float:
        return number(said, name) - number(before, name)

    assert more("same_table_saves_total") >= len(team.statements)
    assert more('same_table_requests_total{endpoint="none",method="GET",status="404"}') == 1
    assert more('same_table_request_seconds_count{endpoint="answer.statement"}') >= len(team.statements)
    assert more("same_table_queries_total") > 0
    assert 'same_table_rounds{state="open"} 1.0' in said and "same_table_jobs_failed" in said
    assert str(team.round_id) not in said
