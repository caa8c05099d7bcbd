"""A process that is killed while it sends leaves the draft, or the response: never both, never neither."""

from __future__ import annotations

import os

import pytest
from flask import Flask

from assessment.store.db import db
from assessment.store.models import Draft, DraftAnswer, Mark, ResponseText, StoredResponse
from tests.house.apart import SAVE, SEND, Apart, answer_all, begin, code_on, round_apart
from tests.house.rows import count
from tests.house.visitor import Page, Visitor

SEND_ROOM = "assessment.workflows.alone.send"


@pytest.fixture
def apart(app: Flask) -> Apart:
    return round_apart(app)


def send_and_be_killed(app: Flask, page: Page, at: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Press the button in a process of its own, which dies where ``at`` is called."""
    method, address, holds = page.form(SEND)
    with app.app_context():
        db.engine.dispose()  # the child must not speak through the parent's connections
    child = os.fork()
    if child == 0:
        monkeypatch.setattr(f"{SEND_ROOM}.{at}", lambda *_given: os._exit(9))
        page.visitor.client.open(address, method=method, data=holds, base_url="http://localhost")
        os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9, "it did not die where it should"


def test_killed_before_the_end_of_the_transaction_everything_is_as_before(
    app: Flask, apart: Apart, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = answer_all(begin(visitor, apart.people).press(SAVE, answer="3", evidence="A story"))
    send_and_be_killed(app, page, "add_texts", monkeypatch)
    assert (count(app, StoredResponse), count(app, ResponseText), count(app, Mark)) == (0, 0, 0)
    assert (count(app, Draft), count(app, DraftAnswer)) == (1, 12)
    assert code_on(page.press(SEND)) and count(app, StoredResponse) == 1


def test_killed_after_it_the_response_is_there_and_a_second_press_shows_its_code(
    app: Flask, apart: Apart, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = answer_all(begin(visitor, apart.people))
    send_and_be_killed(app, page, "leave_mark", monkeypatch)
    assert (count(app, StoredResponse), count(app, Draft), count(app, Mark)) == (1, 0, 0)
    assert code_on(page.press(SEND)) == page.holds(SEND, "code")
    assert count(app, StoredResponse) == 1
