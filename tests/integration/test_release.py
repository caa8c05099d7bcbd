"""Sending: one release a correction, a copy to keep, and the next round."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from assessment.store.db import reading
from assessment.store.models import Release, ReleaseCell, Round, StoredResponse
from tests.house.journey import SAVE, SEND, Team, sit_down
from tests.house.rows import count


def published(app: Flask, version: int) -> dict[str, int | None]:
    with app.app_context(), reading(answers=True) as session:
        query = select(ReleaseCell.measure, ReleaseCell.value_x10).join(Release, Release.id == ReleaseCell.release_id)
        return {row.measure: row.value_x10 for row in session.execute(query.where(Release.version == version))}


def test_sending_leads_to_the_result(team: Team) -> None:
    team.answer_all("3")
    page = team.send()
    assert page.path == f"/result/{team.round_id}/" and page.status == 200


def test_what_is_released_is_what_was_agreed(team: Team, app: Flask) -> None:
    first, second, *rest = team.statements
    team.answer(first.id, "1")
    team.answer(second.id, "4")
    for statement in rest:
        team.answer(statement.id, "3")
    team.send()
    found = published(app, 1)
    assert found[f"principle/{first.principle}"] == 25
    assert found[f"statement/{first.id}"] == 10
    assert {found[f"statement/{s.id}"] for s in rest} == {30}


def test_sending_twice_is_one_release(team: Team, app: Flask) -> None:
    team.answer_all()
    page = team.check()
    page.press(SEND)
    page.press(SEND)
    assert (count(app, Release), count(app, StoredResponse)) == (1, 1)


def test_a_correction_is_a_new_release_beside_the_old_one(team: Team, app: Flask) -> None:
    first = team.statements[0]
    team.answer_all("2")
    team.send()
    team.answer(first.id, "4")
    assert count(app, Release) == 1, "nothing changes before it is sent again"
    assert "You have sent these answers" in team.tasks().text
    team.send()
    assert count(app, Release) == 2 and count(app, StoredResponse) == 1
    assert published(app, 1)[f"statement/{first.id}"] == 20
    assert published(app, 2)[f"statement/{first.id}"] == 40


def test_an_empty_form_can_be_sent_and_has_no_score(team: Team, app: Flask) -> None:
    assert team.send().status == 200
    assert {value for measure, value in published(app, 1).items() if measure.startswith("principle/")} == {None}


def test_the_half_rule_holds_for_the_form_that_was_asked(team: Team, app: Flask) -> None:
    one, other = team.statements[:2]
    assert one.principle == other.principle
    team.answer(one.id, "4")
    team.send()
    assert published(app, 1)[f"principle/{one.principle}"] == 40


def test_the_copy_holds_all_that_was_said(team: Team) -> None:
    first, second, *_rest = team.statements
    team.answer(first.id, "3", evidence="The March minutes", dissent="Carers say lower")
    team.answer(second.id, "not-applicable", reason="No budget here")
    question = team.definition.reflection[0].id
    team.visitor.get(f"{team.address}/reflection").press(SAVE, **{f"{question}-note": "We were surprised"})
    page = team.visitor.get(f"{team.address}/copy")
    for said in ("The March minutes", "Carers say lower", "No budget here", "We were surprised", first.text):
        assert said in page.text
    data = team.visitor.get(f"{team.address}/copy.json").json
    assert data["statements"][0] | {"text": ""} == {
        "id": first.id,
        "text": "",
        "answer": "3",
        "note": None,
        "evidence": "The March minutes",
        "seen_differently": "Carers say lower",
    }
    assert [one["answer"] for one in data["statements"][1:3]] == ["not-applicable", None]
    assert data["people_present"] == 3 and data["service"] == "Home Support"


def test_a_file_s_name_is_safe_whatever_the_service_is_called(team: Team) -> None:
    headers = team.visitor.get(f"{team.address}/copy.json").headers
    assert headers["Content-Disposition"] == f'attachment; filename="answers-{team.round_id}.json"'


def test_the_next_round_is_of_the_same_service_and_shows_last_time(team: Team, app: Flask) -> None:
    first = team.statements[0]
    team.answer_all("3")
    assert team.visitor.get(f"{team.address}/again").status == 404, "not before the first is sent"
    team.send()
    again = team.again(shows_previous="1")
    assert again.round_id != team.round_id and "0 of 12 answered" in again.tasks().text
    assert again.open(first.id).text.count("last time") == 1
    assert team.open(first.id).holds(SAVE, "answer") == "3", "nothing of the first has changed"


def test_the_next_round_starts_fresh_unless_asked_otherwise(team: Team) -> None:
    team.answer_all("3")
    team.send()
    again = team.again()
    assert "last time" not in again.open(team.statements[0].id).text


def test_pressing_start_next_round_twice_makes_one(team: Team, app: Flask) -> None:
    team.answer_all()
    team.send()
    page = team.visitor.get(f"{team.address}/again")
    assert sit_down(page).path == sit_down(page).path
    assert count(app, Round) == 2


def test_an_expired_token_at_send_keeps_everything_and_sends_nothing(team: Team, app: Flask) -> None:
    team.answer_all()
    page = team.check()
    team.visitor.let_tokens_expire()
    page = page.press(SEND)
    assert page.path == f"{team.address}/check" and "open for too long" in page.text
    assert count(app, Release) == 0
    page.press(SEND)
    assert count(app, Release) == 1
