"""Answering together: each page is saved, and nothing anyone typed is ever lost."""

from __future__ import annotations

from flask import Flask

from assessment.questionnaire.answer import DONT_KNOW, NOT_APPLICABLE, PREFER_NOT_TO_SAY
from assessment.store.db import db
from tests.house.journey import LATER, MAIN, SAVE, Team
from tests.house.visitor import Visitor

NOTE = "Minutes of the March meeting.\nThe carers' survey."


def returning(team: Team) -> Team:
    """The same round in a second browser, opened with the owner's link."""
    other = Visitor(team.visitor.app)
    other.get(f"/link/{team.secret}").press("Continue")
    return Team(other, team.round_id, team.form)


def test_a_saved_answer_is_there_for_whoever_comes_back(team: Team) -> None:
    first = team.statements[0]
    team.answer(first.id, "3", evidence=NOTE, dissent="Carers would say lower.")
    page = returning(team).open(first.id)
    assert page.holds(SAVE, "answer") == "3"
    assert page.holds(SAVE, "evidence") == NOTE
    assert page.holds(SAVE, "dissent") == "Carers would say lower."


def test_saving_goes_on_to_the_next_statement_and_at_the_end_to_the_list(team: Team) -> None:
    seen = []
    page = team.open(team.statements[0].id)
    while "/statement/" in page.path:
        seen.append(page.path.rsplit("/", 1)[-1])
        page = page.press(SAVE, answer="2")
    assert seen == [statement.id for statement in team.statements]
    assert "All 12 answered." in page.text


def test_the_principles_can_be_taken_in_any_order(team: Team) -> None:
    last = team.statements[-1]
    page = team.answer(last.id, "1")
    assert page.path.endswith(team.statements[0].id)
    assert "1 of 12 answered" in page.text


def test_an_other_answer_is_kept_apart_from_the_levels(team: Team) -> None:
    first, second, third, *_rest = team.statements
    team.answer(first.id, DONT_KNOW)
    team.answer(second.id, PREFER_NOT_TO_SAY)
    team.answer(third.id, NOT_APPLICABLE, reason="Nobody uses this in a day service.")
    assert team.open(third.id).holds(SAVE, "reason") == "Nobody uses this in a day service."
    assert [team.open(s.id).holds(SAVE, "answer") for s in (first, second, third)] == [
        DONT_KNOW,
        PREFER_NOT_TO_SAY,
        NOT_APPLICABLE,
    ]
    assert "3 of 12 answered" in team.tasks().text


def test_does_not_apply_asks_why(team: Team) -> None:
    page = team.answer(team.statements[0].id, NOT_APPLICABLE)
    assert page.status == 422 and "Tell us in a few words why it does not apply." in page.text
    assert page.holds(SAVE, "answer") == NOT_APPLICABLE
    assert page.press(SAVE, reason="No budget is held here.").path != page.path


def test_a_reason_goes_when_the_answer_it_was_for_goes(team: Team) -> None:
    first = team.statements[0]
    team.answer(first.id, NOT_APPLICABLE, reason="Not ours.")
    team.answer(first.id, "2")
    assert team.open(first.id).holds(SAVE, "reason") == ""


def test_saving_nothing_says_what_to_do_and_answering_later_does_not(team: Team) -> None:
    first = team.statements[0]
    page = team.open(first.id).press(SAVE, evidence=NOTE)
    assert page.status == 422 and "Choose a level, or one of the answers below it." in page.text
    assert page.link("Choose a level").startswith("#answer")
    page = page.press(LATER)
    assert page.path.endswith(team.statements[1].id)
    assert team.open(first.id).holds(SAVE, "evidence") == NOTE
    assert "0 of 12 answered" in team.tasks().text


def test_answering_later_moves_on_even_from_the_last_one_left(team: Team) -> None:
    *others, last = team.statements
    for statement in others:
        team.answer(statement.id, "2")
    page = team.open(last.id).press(LATER)
    assert page.path == f"{team.address}/" and "11 of 12 answered" in page.text


def test_a_level_that_is_not_there_is_refused_in_words(team: Team) -> None:
    for odd in ("5", "-1", "2.5", "²", "none", "null", " ", "0 or 1=1"):
        page = team.answer(team.statements[0].id, odd)
        assert page.status == 422, odd


def test_a_whole_book_in_a_note_is_refused_and_stays_in_its_box(team: Team) -> None:
    book = "All work and no play. " * 50_000
    page = team.answer(team.statements[0].id, "2", evidence=book)
    assert page.status == 422 and "characters long" in page.text
    assert page.holds(SAVE, "evidence") == book.strip()
    assert page.press(SAVE, evidence="Short.").path != page.path


def test_a_note_is_kept_as_text_whatever_it_holds(team: Team) -> None:
    first = team.statements[0]
    family = "\U0001f469\u200d\U0001f9bd together"
    for note in (
        '=HYPERLINK("http://evil")',
        "</textarea><script>alert(1)</script>",
        "\u05e9\u05dc\u05d5\u05dd",
        family,
    ):
        team.answer(first.id, "2", evidence=note)
        assert team.open(first.id).holds(SAVE, "evidence") == note
    assert family in team.check().text


def test_every_kind_of_space_in_a_note_is_a_space(team: Team) -> None:
    first = team.statements[0]
    team.answer(first.id, "2", evidence="pasted\u00a0from\ta\u2003letter\r\nof two lines")
    assert team.open(first.id).holds(SAVE, "evidence") == "pasted from a letter\nof two lines"


def test_marks_that_no_keyboard_makes_are_taken_out_of_a_note(team: Team) -> None:
    first = team.statements[0]
    team.answer(first.id, "2", evidence="null\x00 bell\x07 turned\u202e round")
    assert team.open(first.id).holds(SAVE, "evidence") == "null bell turned round"


def test_two_browsers_at_one_statement_see_both_answers_and_choose(team: Team) -> None:
    first, other = team.statements[0].id, returning(team)
    here, there = team.open(first), other.open(first)
    here.press(SAVE, answer="1", evidence="Ours")
    page = there.press(SAVE, answer="3", evidence="Theirs")
    assert page.status == 409 and "Someone else answered this" in page.text
    assert "Ours" in page.text and page.holds(SAVE, "evidence") == "Theirs"
    assert team.open(first).holds(SAVE, "answer") == "1", "nothing is written over unseen"
    page.press(SAVE)
    assert team.open(first).holds(SAVE, "answer") == "3", "the second time it is meant"


def test_two_browsers_with_a_standing_answer_see_both_too(team: Team) -> None:
    first, other = team.statements[0].id, returning(team)
    team.answer(first, "2")
    here, there = team.open(first), other.open(first)
    here.press(SAVE, answer="1")
    page = there.press(SAVE, answer="3")
    assert page.status == 409
    page.go("Keep theirs and go on")
    assert team.open(first).holds(SAVE, "answer") == "1"


def test_the_same_answer_twice_is_no_disagreement(team: Team) -> None:
    page = team.open(team.statements[0].id)
    assert page.press(SAVE, answer="2").status == 200
    assert page.press(SAVE, answer="2").status == 200


def test_a_double_click_saves_once(team: Team, app: Flask) -> None:
    page = team.open(team.statements[0].id)
    page.press(SAVE, answer="2")
    page.press(SAVE, answer="2")
    with app.app_context(), db.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT version FROM draft_answer").scalars().all() == [1]


def test_an_expired_token_shows_the_page_again_with_what_was_typed(team: Team) -> None:
    first = team.statements[0].id
    page = team.open(first)
    team.visitor.let_tokens_expire()
    page = page.press(SAVE, answer="3", evidence=NOTE)
    assert page.status == 200 and "open for too long" in page.text
    assert (page.holds(SAVE, "answer"), page.holds(SAVE, "evidence")) == ("3", NOTE)
    page.press(SAVE)
    assert team.open(first).holds(SAVE, "answer") == "3"


def test_a_lost_session_asks_for_the_link_and_saves_what_was_typed(team: Team) -> None:
    first, (owner, _reader) = team.statements[0].id, team.links()
    page = team.open(first)
    team.visitor.forget_cookies()
    page = page.press(SAVE, answer="3", evidence=NOTE)
    assert page.status == 403 and "The carers' survey." in page.text
    wrong = page.press("Save what I typed", link="http://localhost/link/" + "A" * 43)
    assert wrong.status == 403 and "does not open these answers" in wrong.text
    # Cookies were gone, so the first press also finds a stale token; the page keeps all and asks once more.
    page = wrong.press("Save what I typed", link=f"http://localhost{owner}")
    if "open for too long" in page.text:
        page = page.press(SAVE)
    assert page.status == 200
    assert team.open(first).holds(SAVE, "evidence") == NOTE


def test_the_checks_for_harm_are_optional_and_kept(team: Team) -> None:
    page = team.visitor.get(f"{team.address}/safeguards")
    asked = team.definition.safeguards
    page = page.press(SAVE, **{f"{asked[0].id}-answer": asked[0].answers[0], f"{asked[1].id}-note": "Ask Mo."})
    assert page.path == f"{team.address}/"
    page = team.visitor.get(f"{team.address}/safeguards")
    assert page.holds(SAVE, f"{asked[0].id}-answer") == asked[0].answers[0]
    assert page.holds(SAVE, f"{asked[1].id}-note") == "Ask Mo."


def test_the_open_questions_are_optional_and_kept(team: Team) -> None:
    asked = team.definition.reflection
    page = team.visitor.get(f"{team.address}/reflection")
    page.press(SAVE, **{f"{asked[0].id}-note": NOTE})
    assert team.visitor.get(f"{team.address}/reflection").holds(SAVE, f"{asked[0].id}-note") == NOTE


def test_two_browsers_at_the_open_questions_see_both(team: Team) -> None:
    question, other = team.definition.reflection[0].id, returning(team)
    here, there = (one.visitor.get(f"{team.address}/reflection") for one in (team, other))
    here.press(SAVE, **{f"{question}-note": "Mine"})
    page = there.press(SAVE, **{f"{question}-note": "Yours"})
    assert page.status == 409 and "“Mine”" in page.text and page.holds(SAVE, f"{question}-note") == "Yours"
    page.press(SAVE, **{f"{question}-note": "Both"})
    assert team.visitor.get(f"{team.address}/reflection").holds(SAVE, f"{question}-note") == "Both"


def test_a_change_from_the_check_page_goes_back_to_it(team: Team) -> None:
    team.answer_all()
    page = team.check().go("Change")
    page = page.press(SAVE, answer="4")
    assert page.path == f"{team.address}/check"


def test_the_check_page_says_what_leaving_gaps_does(team: Team) -> None:
    one = team.statements[0]
    team.answer(one.id, "2")
    text = team.check().text
    assert "11 statements have no answer yet" in text
    assert "has no score: it needs a level for at least 1 of its 2 statements, and has 0" in text
    assert "You can leave this. The principle then rests on 1 of its 2 statements" in text


def test_a_statement_of_another_form_is_no_page_of_this_one(team: Team) -> None:
    short = {statement.id for statement in team.statements}
    full = next(s.id for s in team.definition.on_form("full") if s.id not in short)
    assert team.open(full).status == 404
    assert team.open("no-such-statement").status == 404


def test_the_full_form_asks_thirty_six(visitor: Visitor) -> None:
    team = Team.at_the_table(visitor, "full")
    assert len(team.statements) == 36 and team.definition.id == MAIN
    assert "0 of 36 answered" in team.tasks().text
