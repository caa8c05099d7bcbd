"""Answering alone: by whatever link one came, each page is safe to stop at, and sending leaves nothing behind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import delete, select

from assessment.questionnaire.folder import find_definitions
from assessment.store.db import reading, transaction
from assessment.store.models import Draft, DraftAnswer, Mark, ResponseText, StoredResponse
from assessment.store.queries.invitations import make_invitation_link
from assessment.store.records import Answered
from assessment.store.secrets import draft_secret, new_secret
from assessment.workflows.answering import save_answer
from assessment.workflows.definitions import keep_definitions
from tests.house.apart import (
    CODE,
    CONTINUE,
    SAVE,
    SEND,
    SKIP,
    START,
    Apart,
    answer_all,
    answer_alone,
    begin,
    code_on,
    open_link,
    round_apart,
)
from tests.house.journey import Team
from tests.house.queries import counted
from tests.house.rows import count
from tests.house.visitor import ORIGIN, Visitor

OTHERS = Path(__file__).parents[1] / "definitions" / "valid"
STORY = "They listened to my mother.\nNobody had before."


@pytest.fixture
def apart(app: Flask) -> Apart:
    return round_apart(app)


def sent(app: Flask) -> list[StoredResponse]:
    with app.app_context(), reading(answers=True) as session:
        return list(session.scalars(select(StoredResponse)))


def ways(visitor: Visitor) -> list[object]:
    with visitor.client.session_transaction(base_url="http://localhost") as session:
        return list(session.get("alone", []))


def test_a_person_is_promised_asked_and_given_a_code(app: Flask, apart: Apart, visitor: Visitor) -> None:
    page = visitor.get(f"/link/{apart.people}")
    assert page.heading == "You are asked about Home Support" and not ways(visitor)
    page = page.press(CONTINUE)
    for promise in (
        "Staff and managers cannot open your answers",
        "We show results only if 5 or more people answer",
        "You can skip any question",
        "You will hear what happened by",
        "If few people answer, someone may guess",
    ):
        assert promise in page.text
    page = page.press(START)
    assert "Question 1 of 12" in page.text and "level" not in page.form(SAVE)[2]
    page = answer_all(page, "012340123401", evidence=STORY)
    assert "Not sent yet. Only you can see this." in page.text and "Nobody had before." in page.text
    page = page.press(SEND, perspective="carer")
    assert "Keep this code" in page.text and CODE.search(page.text)
    (one,) = sent(app)
    assert one.voice == "people" and one.form == "short" and '"0"' in one.answers
    assert (count(app, Draft), count(app, DraftAnswer), count(app, ResponseText)) == (0, 0, 1)
    assert not ways(visitor), "the browser keeps nothing"
    assert visitor.get(f"{apart.address}/check").status == 404


def test_no_answer_is_ever_asked_for(app: Flask, apart: Apart, visitor: Visitor) -> None:
    page = begin(visitor, apart.people)
    for number in range(12):
        assert f"Question {number + 1} of 12" in page.text
        page = page.press(SKIP if number % 2 else SAVE)
    page = answer_all(page).press(SEND)
    assert code_on(page) and sent(app)[0].answers == "{}"


def test_an_answer_can_be_taken_out_again(apart: Apart, visitor: Visitor) -> None:
    page = begin(visitor, apart.people)
    address = page.path
    page.press(SAVE, answer="3", evidence=STORY)
    page = visitor.get(address)
    assert page.holds(SAVE, "answer") == "3"
    page.press("Take out this answer")
    page = visitor.get(address)
    assert page.holds(SAVE, "answer") == "" and page.holds(SAVE, "evidence") == STORY


def test_staff_read_their_own_words_on_the_round_s_form(app: Flask, apart: Apart, visitor: Visitor) -> None:
    apart.change(form="full")
    page = begin(visitor, apart.staff)
    assert "Question 1 of 36" in page.text and "In places" in page.text
    answer_all(page).press(SEND)
    (one,) = sent(app)
    assert (one.voice, one.form) == ("staff", "full")


def test_whoever_is_invited_says_which_side_they_speak_from(app: Flask, apart: Apart, visitor: Visitor) -> None:
    (secret,) = apart.invite("mo@example.org")
    page = open_link(visitor, secret)
    page = page.press(START)
    assert page.status == 422 and "Choose one of the two." in page.text
    page = page.press(START, voice="staff")
    assert "Not yet" in page.text
    answer_all(page).press(SEND)
    assert sent(app)[0].voice == "staff"


def test_an_invitation_goes_on_with_what_was_begun_on_another_device(
    apart: Apart, visitor: Visitor, another: Callable[[], Visitor]
) -> None:
    (secret,) = apart.invite("mo@example.org")
    begin(visitor, secret, voice="people").press(SAVE, answer="4", evidence=STORY)
    page = open_link(another(), secret)
    assert page.path == f"{apart.address}/check" and "Nobody had before." in page.text


def test_a_reminder_says_where_to_go_on(app: Flask, apart: Apart, visitor: Visitor) -> None:
    """Its link has a secret of its own, from which the draft begun by the first cannot be found."""
    (secret,) = apart.invite("mo@example.org")
    assert "Have you begun already?" not in open_link(visitor, secret).text
    reminder = new_secret()
    with app.app_context(), transaction(answers=True) as session:
        make_invitation_link(session, next(iter(apart.invitations)), reminder, datetime.now(UTC).date())
    assert "open the link in the message you began from" in open_link(visitor, reminder).text


def test_an_invitation_used_up_leads_to_the_code(
    app: Flask, apart: Apart, visitor: Visitor, another: Callable[[], Visitor]
) -> None:
    (secret,) = apart.invite("mo@example.org")
    answer_alone(visitor, secret, voice="people")
    page = open_link(another(), secret)
    assert "Answers were sent with this invitation" in page.text
    page = page.press("I took my answers back").press(START, voice="people", again="1")
    assert "Question 1 of 12" in page.text


def test_begun_from_two_messages_one_is_sent(
    app: Flask, apart: Apart, visitor: Visitor, another: Callable[[], Visitor]
) -> None:
    (first,) = apart.invite("mo@example.org")
    reminder = new_secret()
    with app.app_context(), transaction(answers=True) as session:
        make_invitation_link(session, next(iter(apart.invitations)), reminder, datetime.now(UTC).date())
    late = answer_all(begin(visitor, first, voice="people"))
    answer_alone(another(), reminder, voice="people")
    page = late.press(SEND)
    assert page.status == 409 and "Answers were sent with this invitation" in page.text and len(sent(app)) == 1
    page = page.press("I took my answers back")
    assert answer_all(page).press(SEND).heading == "Thank you. Your answers are sent" and len(sent(app)) == 2


def test_saying_that_answers_were_taken_back_opens_no_flood(
    app: Flask, apart: Apart, another: Callable[[], Visitor], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody can check it, so such answers are counted as those by a shared link are."""
    apart.change(people_expected=0)
    monkeypatch.setattr("assessment.store.alone.LEAST_PLACES", 1)
    monkeypatch.setattr("assessment.store.alone.SPARE_PLACES", 1)
    (secret,) = apart.invite("mo@example.org")
    answer_alone(another(), secret, voice="people")
    page = open_link(another(), secret).press("I took my answers back").press(START, voice="people", again="1")
    assert answer_all(page).press(SEND).status == 429 and len(sent(app)) == 1


def test_one_s_own_link_goes_on_elsewhere(apart: Apart, visitor: Visitor, another: Callable[[], Visitor]) -> None:
    begin(visitor, apart.people).press(SAVE, answer="4", evidence=STORY)
    page = visitor.get(f"{apart.address}/check").go("Save and come back later")
    assert "Not sent yet. Only you can see this." in page.text and page.tree is not None
    own = next(one.text or "" for one in page.tree.iter("code"))
    other = another()
    page = other.get(own.removeprefix("http://localhost"))
    assert page.heading == "Go back to your answers"
    page = page.press(CONTINUE)
    assert "Nobody had before." in page.text
    page.press(SEND)
    assert other.get(own.removeprefix("http://localhost")).status == 404


def test_a_tablet_is_handed_on_with_nothing_on_it(app: Flask, apart: Apart, visitor: Visitor) -> None:
    page = answer_all(begin(visitor, apart.people)).press(SEND)
    page = page.press("Someone else will answer on this device")
    assert page.heading == "You are asked about Home Support" and not ways(visitor)
    answer_all(page.press(CONTINUE).press(START)).press(SEND)
    assert len(sent(app)) == 2


def test_whoever_has_the_tablet_next_cannot_go_back_to_the_code(app: Flask, apart: Apart, visitor: Visitor) -> None:
    """Back, twice, and "send the form again?": the browser offers what the one before has sent."""
    last = answer_all(begin(visitor, apart.people))
    sent_first = last.form(SEND)
    page = visitor.send(*sent_first)
    code = code_on(page)
    again = page.press("Someone else will answer on this device")
    assert code not in visitor.send(*sent_first).text
    answer_all(again.press(CONTINUE).press(START))
    page = visitor.send(*sent_first)
    assert page.path.endswith("/check") and code not in page.html
    assert code_on(page.press(SEND)) != code
    assert len(sent(app)) == 2


@pytest.mark.parametrize("address", ["/alone/leave", "/alone/another"])
def test_another_site_empties_no_browser(apart: Apart, visitor: Visitor, address: str) -> None:
    """Its form comes without our cookie, but what we answer would take the cookie away."""
    begin(visitor, apart.people)
    sent_by = {"Sec-Fetch-Site": "cross-site"}
    answered = visitor.app.test_client().post(address, data={"link": apart.people}, base_url=ORIGIN, headers=sent_by)
    assert "Set-Cookie" not in answered.headers and answered.status_code == 302


def test_what_was_begun_goes_with_the_window_also_beside_a_link_that_stays(apart: Apart, team: Team) -> None:
    """Whoever uses the computer next must not find it, though the link of a team is kept there for months."""
    visitor = team.visitor
    assert _stays(visitor)
    page = begin(visitor, apart.people)
    assert not _stays(visitor)
    visitor.get(f"/link/{team.secret}").press(CONTINUE)
    assert not _stays(visitor), "another link opened meanwhile"
    answer_all(page).press(SEND)
    assert _stays(visitor) and visitor.get(f"{team.address}/").status == 200


def _stays(visitor: Visitor) -> bool:
    """Whether the browser keeps its cookie when its window is closed."""
    cookie = visitor.client.get_cookie("same_table", domain="localhost")
    assert cookie
    return cookie.expires is not None


def test_a_shared_link_asks_whose_the_unsent_answers_are(app: Flask, apart: Apart, visitor: Visitor) -> None:
    begin(visitor, apart.people).press(SAVE, answer="4", evidence=STORY)
    page = visitor.get(f"/link/{apart.people}")
    assert "Some answers were begun on this device" in page.text and "Nobody had" not in page.text
    assert "Nobody had before." in page.press("They are mine").text
    page = page.press("I am someone else")
    assert page.path == f"{apart.address}/" and ways(visitor)[0][3] == ""  # type: ignore[index]


def test_an_entry_asks_for_the_voice_each_time(app: Flask, apart: Apart, visitor: Visitor) -> None:
    page = open_link(visitor, apart.entry)
    assert "You are typing this in for someone" in page.text
    page = (
        answer_all(page.press(START, voice="people"))
        .press(SEND)
        .press("Enter an answer for someone else")
        .press(CONTINUE)
    )
    answer_all(page.press(START, voice="staff")).press(SEND)
    assert sorted(one.voice for one in sent(app)) == ["people", "staff"]


def test_pressing_send_twice_sends_once_and_shows_the_same_code(app: Flask, apart: Apart, visitor: Visitor) -> None:
    page = answer_all(begin(visitor, apart.people))
    method, address, holds = page.form(SEND)
    first = visitor.send(method, address, holds)
    second = visitor.send(method, address, holds)
    assert first.status == second.status == 200 and code_on(first) == code_on(second)
    assert len(sent(app)) == 1 and count(app, Mark) == 1


def test_two_windows_never_write_over_each_other_unseen(apart: Apart, visitor: Visitor) -> None:
    page = begin(visitor, apart.people)
    other = visitor.get(page.path)
    page.press(SAVE, answer="1", evidence="Here")
    answered = other.press(SAVE, answer="3", evidence="There")
    assert answered.status == 409 and "You answered this in another window" in answered.text
    assert "Here" in answered.text and answered.holds(SAVE, "evidence") == "There"
    answered.press(SAVE)
    assert visitor.get(page.path).holds(SAVE, "answer") == "3"


def test_a_stale_page_keeps_what_was_typed(apart: Apart, visitor: Visitor) -> None:
    page = begin(visitor, apart.people)
    visitor.let_tokens_expire()
    page = page.press(SAVE, answer="3", evidence=STORY, private="1")
    assert "open for too long" in page.text
    assert (page.holds(SAVE, "evidence"), page.holds(SAVE, "private")) == (STORY, "1")


@pytest.mark.parametrize("by", ["invitation", "people"])
def test_a_lost_session_asks_for_the_link_and_keeps_the_words(apart: Apart, visitor: Visitor, by: str) -> None:
    secret = apart.invite("mo@example.org")[0] if by == "invitation" else apart.people
    page = begin(visitor, secret, **({"voice": "people"} if by == "invitation" else {}))
    statement = page.path
    visitor.forget_cookies()
    page = page.press(SAVE, answer="3", evidence=STORY)
    assert page.status == 403 and "Nobody had before." in page.text
    wrong = page.press("Save what I typed", link=apart.staff[:-1])
    assert wrong.status == 403 and "does not open these answers" in wrong.text
    page = wrong.press("Save what I typed", link=f"http://localhost/link/{secret}")
    if "open for too long" in page.text:
        page = page.press(SAVE)
    assert page.status == 200 and visitor.get(statement).holds(SAVE, "evidence") == STORY


def test_sending_without_a_session_never_sends_an_empty_form(app: Flask, apart: Apart, visitor: Visitor) -> None:
    page = answer_all(begin(visitor, apart.people))
    visitor.forget_cookies()
    page = page.press(SEND)
    assert page.status == 403
    page = page.press("Save what I typed", link=apart.people)
    assert page.status == 403 and "does not open these answers" in page.text and sent(app) == []


def test_a_save_that_meets_the_end_of_its_draft_says_how_things_stand(
    app: Flask, apart: Apart, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The draft goes between the look at it and the save, as when a round closes at that very moment."""
    page = begin(visitor, apart.people)

    def save_too_late(draft_id: UUID, answer: Answered) -> Answered | None:
        with transaction(answers=True) as session:
            session.execute(delete(Draft))
        return save_answer(draft_id, answer)

    monkeypatch.setattr("assessment.pages.alone.statement.save_answer", save_too_late)
    assert page.press(SAVE, answer="2").path == f"{apart.address}/"


def test_words_can_be_kept_from_staff(app: Flask, apart: Apart, visitor: Visitor) -> None:
    page = answer_all(begin(visitor, apart.people), evidence=STORY, private="1")
    assert "Your words are not shown to staff." in page.text
    page.press(SEND)
    with app.app_context(), reading(answers=True) as session:
        assert session.scalars(select(ResponseText.private)).all() == [True]


def test_stopping_deletes_everything(app: Flask, apart: Apart, visitor: Visitor) -> None:
    begin(visitor, apart.people).press(SAVE, answer="3", evidence=STORY)
    page = visitor.get(f"{apart.address}/check").go("Stop and delete what I said").press("Delete what I said")
    assert "What you said is deleted" in page.text and not ways(visitor)
    assert (count(app, Draft), count(app, DraftAnswer), count(app, StoredResponse)) == (0, 0, 0)


def test_leaving_quickly_shuts_the_door_and_keeps_the_answers(
    app: Flask, apart: Apart, visitor: Visitor, another: Callable[[], Visitor]
) -> None:
    (secret,) = apart.invite("mo@example.org")
    page = begin(visitor, secret, voice="people").press(SAVE, answer="3")
    visitor.let_tokens_expire()  # whatever the state of the page
    assert page.press("Leave this page quickly").path == "/"
    assert visitor.get(page.path).status == 404
    assert open_link(another(), secret).path.endswith("/check")


@pytest.mark.parametrize("view", ["", "check", "statement/as1", "safeguards", "words", "come-back", "delete", "heard"])
def test_nothing_but_a_link_to_this_round_opens_its_pages(
    app: Flask, apart: Apart, another: Callable[[], Visitor], view: str
) -> None:
    elsewhere = round_apart(app)
    visitor = another()
    begin(visitor, elsewhere.people)
    assert another().get(f"{apart.address}/{view}").status == 404
    assert visitor.get(f"{apart.address}/{view}").status == 404


def test_a_page_takes_three_queries_at_most(app: Flask, apart: Apart, visitor: Visitor) -> None:
    page = begin(visitor, apart.people)
    with counted(app) as asked:
        visitor.send("GET", page.path)
    assert len(asked) <= 3, asked
    for answer in ("2", "3"):
        method, address, holds = visitor.get(page.path).form(SAVE)
        with counted(app) as asked:
            visitor.send(method, address, holds | {"answer": answer})
        assert len(asked) <= 3, asked


def test_a_flood_by_the_shared_link_stops_and_invitations_still_get_in(
    app: Flask, apart: Apart, visitor: Visitor, another: Callable[[], Visitor], monkeypatch: pytest.MonkeyPatch
) -> None:
    apart.change(people_expected=0)
    monkeypatch.setattr("assessment.store.alone.LEAST_PLACES", 2)
    monkeypatch.setattr("assessment.store.alone.SPARE_PLACES", 2)
    late = another()
    begun = answer_all(begin(late, apart.people))
    for _time in range(2):
        answer_alone(another(), apart.people)
    page = open_link(visitor, apart.people).press(START)
    assert page.status == 429 and "as many answers as it may" in page.text
    page = begun.press(SEND)
    assert page.status == 429 and "Yours are not sent" in page.text and len(sent(app)) == 2
    answer_alone(visitor, apart.invite("mo@example.org")[0], voice="people")
    answer_alone(another(), apart.staff)
    assert len(sent(app)) == 4


def test_how_things_stand_is_said(app: Flask, apart: Apart, visitor: Visitor) -> None:
    today = datetime.now(UTC).date()
    begin(visitor, apart.people)
    for values, words in (
        ({"state": "planned", "opened_on": today + timedelta(days=3)}, "not open yet"),
        ({"state": "cancelled", "cancelled_because": "The service moved."}, "The service moved."),
        ({"state": "closed"}, "These questions are closed"),
        ({"state": "open", "closes_on": today - timedelta(days=1)}, "These questions are closed"),
    ):
        apart.change(**values)
        page = open_link(visitor, apart.people)
        assert words in page.text and page.path == f"{apart.address}/"
        for view in ("check", "safeguards"):
            assert visitor.get(f"{apart.address}/{view}").path == f"{apart.address}/"


def test_what_is_sent_after_the_end_does_not_count(app: Flask, apart: Apart, visitor: Visitor) -> None:
    page = answer_all(begin(visitor, apart.people))
    apart.change(state="closed")
    assert "These questions are closed" in page.press(SEND).text
    assert sent(app) == []


def test_odd_answers_and_whole_books(apart: Apart, visitor: Visitor) -> None:
    page = begin(visitor, apart.people)
    address = page.path
    for odd in ("5", "-1", "²", "none", " 0 or 1=1"):
        assert page.press(SAVE, answer=odd).status == 422
    book = "x" * 1_000_000
    again = page.press(SAVE, answer="1", evidence=book)
    assert again.status == 422 and again.holds(SAVE, "evidence") == book
    again.press(SAVE, evidence="=cmd()\x00\u202e</textarea><script>alert(1)</script>")
    assert visitor.get(address).holds(SAVE, "evidence") == "=cmd()</textarea><script>alert(1)</script>"
    assert visitor.get(f"{apart.address}/statement/no-such").status == 404


def test_the_draft_of_an_invited_person_is_not_found_from_the_database() -> None:
    secret = "A" * 43
    assert draft_secret(secret) != secret and len(draft_secret(secret)) == 43


@pytest.mark.parametrize("voice", ["people", "staff"])
@pytest.mark.parametrize("key", [("library-friends", "2.1", "en"), ("good-neighbours", "1.0", "en")])
def test_any_other_questionnaire_can_be_answered_alone(
    app: Flask, visitor: Visitor, key: tuple[str, str, str], voice: str
) -> None:
    """Also one that has no words of people's own, no checks for harm, or no perspectives."""
    with app.app_context():
        keep_definitions(find_definitions(OTHERS))
    apart = round_apart(app, key, form="full")
    code = answer_alone(visitor, apart.people if voice == "people" else apart.staff, "1")
    assert CODE.fullmatch(code) and [one.voice for one in sent(app)] == [voice]
