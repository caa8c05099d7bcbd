"""The code that a person keeps: take back, replace, and see only if one chose so when sending."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from assessment.store.db import reading
from assessment.store.models import Draft, Mark, ResponseText, StoredResponse
from tests.house.apart import CONTINUE, SAVE, SEND, Apart, answer_all, answer_alone, begin, code_on, round_apart
from tests.house.visitor import Page, Visitor

STORY = "Only I could tell this."


@pytest.fixture
def apart(app: Flask) -> Apart:
    return round_apart(app)


def responses(app: Flask) -> list[StoredResponse]:
    with app.app_context(), reading(answers=True) as session:
        return list(session.scalars(select(StoredResponse)))


def everything(app: Flask, *models: type[Draft | Mark | ResponseText]) -> int:
    with app.app_context(), reading(answers=True) as session:
        return sum(len(session.scalars(select(model)).all()) for model in models)


def with_code(visitor: Visitor, typed: str) -> Page:
    return visitor.get("/code").press(CONTINUE, code=typed)


def test_a_code_is_read_however_it_is_typed(apart: Apart, app: Flask, another: Callable[[], Visitor]) -> None:
    code = answer_alone(another(), apart.people)
    lazy = code.replace("0", "o").replace("1", "l")
    for typed in (code, code.lower(), code.replace("-", " "), code.replace("-", ""), f"  {lazy}. "):
        assert "Take them back" in with_code(another(), typed).text, typed


def test_taking_back_deletes_at_once(
    apart: Apart, app: Flask, visitor: Visitor, another: Callable[[], Visitor]
) -> None:
    page = answer_all(begin(visitor, apart.people), evidence=STORY).press(SEND)
    code = code_on(page)
    kept = answer_alone(another(), apart.people)
    page = with_code(another(), code).press("Take them back")
    assert "cannot be undone" in page.text and len(responses(app)) == 2
    page = page.press("Yes, delete my answers")
    assert "Your answers are deleted" in page.text
    assert len(responses(app)) == 1 and everything(app, ResponseText) == 0
    assert with_code(another(), code).status == 422
    assert "Take them back" in with_code(another(), kept).text


def test_replacing_keeps_the_old_until_the_new_is_sent(
    apart: Apart, app: Flask, visitor: Visitor, another: Callable[[], Visitor]
) -> None:
    code = answer_alone(visitor, apart.people, "1")
    page = with_code(another(), code).press("Replace them")
    assert "Question 1 of 12" in page.text
    page = page.press(SAVE, answer="4")
    (old,) = responses(app)
    assert '"1"' in old.answers
    page = answer_all(page, "4").press(SEND)
    new = code_on(page)
    (now,) = responses(app)
    assert new != code and now.id != old.id and '"1"' not in now.answers
    assert everything(app, Draft) == 0
    assert everything(app, Mark) == 1, "one person, counted once"
    assert with_code(another(), code).status == 422
    assert "Take them back" in with_code(another(), new).text


def test_replacing_can_be_interrupted_and_gone_on_with(
    apart: Apart, app: Flask, another: Callable[[], Visitor]
) -> None:
    code = answer_alone(another(), apart.people, "1")
    page = with_code(another(), code).press("Replace them")
    page.press(SAVE, answer="3")
    again = with_code(another(), code).press("Replace them")
    assert again.holds(SAVE, "answer") == "3"


def test_sending_a_replacement_twice_shows_the_same_code(
    apart: Apart, app: Flask, another: Callable[[], Visitor]
) -> None:
    code, visitor = answer_alone(another(), apart.people, "1"), another()
    page = answer_all(with_code(visitor, code).press("Replace them"), "4")
    method, address, holds = page.form(SEND)
    first, second = (visitor.send(method, address, holds) for _time in range(2))
    assert code_on(first) == code_on(second) and len(responses(app)) == 1


def test_answers_are_seen_again_only_if_one_chose_so(apart: Apart, app: Flask, another: Callable[[], Visitor]) -> None:
    hidden = answer_alone(another(), apart.people)
    page = with_code(another(), hidden)
    assert "nobody can see them" in page.text and "See them" not in page.text
    method, address, holds = page.form("Replace them")
    page = page.visitor.post(address, holds | {"do": "see"})
    assert "Take them back" in page.text and method == "POST"
    page = answer_all(begin(another(), apart.people), "3", evidence=STORY).press(SEND, see_again="1")
    page = with_code(another(), code_on(page)).press("See them")
    assert STORY in page.text and "Most staff ask me" in page.text


def test_a_closed_round_a_wrong_and_a_lost_code_look_the_same(apart: Apart, another: Callable[[], Visitor]) -> None:
    code = answer_alone(another(), apart.people)
    pages = [with_code(another(), typed) for typed in ("0000-0000-0000-0000", "nonsense", "x" * 5000)]
    apart.change(state="closed")
    pages.append(with_code(another(), code))
    assert {page.status for page in pages} == {422}
    assert len({page.text for page in pages}) == 1
    assert "Enter your code." in with_code(another(), " ").text


def test_a_stale_page_keeps_the_code(apart: Apart, another: Callable[[], Visitor]) -> None:
    code, visitor = answer_alone(another(), apart.people), another()
    page = visitor.get("/code")
    visitor.let_tokens_expire()
    page = page.press(CONTINUE, code=code)
    assert page.holds(CONTINUE, "code") == code and "Take them back" in page.press(CONTINUE).text
