"""A round held apart from its plan to its reply, as the people who run it see it."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy import select

from assessment.store.db import reading, transaction
from assessment.store.models import (
    Audit,
    Draft,
    Invitation,
    Link,
    MailStop,
    Mark,
    Organisation,
    Release,
    ReleaseCell,
    ResponseText,
    Round,
    Service,
    StoredResponse,
    Tally,
)
from assessment.store.queries.marks import add_to_tally
from assessment.store.queries.retention import forget_asked
from assessment.store.queries.rounds import purpose_of
from assessment.store.secrets import hash_of
from assessment.workflows.apart.answered import answered_text
from tests.house.apart import CONTINUE, answer_alone
from tests.house.journey import Team
from tests.house.leading import TODAY, Place, close, duties, in_days
from tests.house.letterbox import Letterbox, link_in, post_all
from tests.house.people import signed_in
from tests.house.rows import count
from tests.house.visitor import Page, Visitor

LATER = "Save and go on later"
PLAN = "Plan this round"
PEOPLE = "Invite these people"


def planned_by(lead: Visitor, place: Place, **typed: str) -> Page:
    page = lead.get(f"/service/{place.service_id}/rounds/plan")
    return page.press(PLAN, **{"asked_by": "Ann Example", "told": "To plan next year", **typed})


def round_of(page: Page) -> UUID:
    assert page.path.startswith("/round/"), page.text[:400]
    return UUID(page.path.split("/")[2])


def test_from_the_plan_to_the_reply(app: Flask) -> None:
    place = Place.made(app)
    lead = place.lead()
    page = planned_by(lead, place, people_expected="40", staff_expected="20")
    round_id = round_of(page)
    assert "open until" in page.heading and "about 40" in page.text and "fewer than 5" in page.text

    # Asked by e-mail: fifty people, of whom one address is refused and one wants no more messages.
    addresses = [f"person{number:02}@example.org" for number in range(50)]
    with app.app_context(), transaction(answers=True) as session:
        session.add(MailStop(hash=place.seal.hash("mail", addresses[7]), made_on=TODAY))
    page = page.go("Invite people by e-mail").press(PEOPLE, addresses="\n".join([*addresses, addresses[0].upper()]))
    assert "50 addresses were added" in page.text and "1 was in the list twice" in page.text
    post = Letterbox(refuses=frozenset({addresses[3]}))
    post_all(app, post)
    expected = sorted(set(addresses) - {addresses[3], addresses[7]})
    assert post.to == expected and len({message.text for message in post.messages}) == 48
    page = lead.get(f"/round/{round_id}/people")
    assert page.text.count("Could not be delivered") == 2 and "Waiting" not in page.text

    # Six are known to have answered: they get no reminder, and no page tells who they are.
    answered(app, expected[:6])
    page = page.press("Send a reminder")
    assert "reminder is on its way" in page.text and "Send a reminder" not in page.html.split("<form")[-1]
    reminders = Letterbox()
    post_all(app, reminders)
    assert reminders.to == expected[6:]
    page = lead.get(f"/round/{round_id}/people")
    assert page.text.count("Sent") == 48

    place.answer(round_id, "staff", ["1"] * 6 + ["3"] * 6)
    place.answer(round_id, "people", ["4"] * 11)
    duties(app, 20)
    assert place.state(round_id) == "open"
    duties(app, 22)
    assert place.state(round_id) == "released"

    page = lead.get(f"/round/{round_id}/results")
    assert page.heading == "Before you see the result" and "4.0" not in page.text
    page = page.press("We will say what came of it by")
    assert "12 people answered" in page.text and "11 people answered" in page.text
    assert "of these differently" in page.text and "4.0" in page.text and "2.0" in page.text

    page = page.go("Write what came of it").press(
        "Save and go on later", well="We listen", to_work_on="Words", will_do="", by_when=""
    )
    assert "It is saved" in page.text
    page = page.press("Publish it")
    assert "There is a problem" in page.text and page.status == 422
    page = page.press("Publish it", will_do="Meet monthly", by_when="March")
    assert "It is published" in page.text
    heard = Letterbox()
    post_all(app, heard)
    assert heard.to == expected and "what it will do by when" in heard.messages[0].text
    duties(app, 43)
    again = Letterbox()
    post_all(app, again, in_days(43))
    assert again.messages == [], "who has read the reply is not told that there is none"
    with app.app_context(), reading(answers=True) as session:
        deeds = session.scalars(select(Audit.what).where(Audit.of == round_id)).all()
    assert {"planned a round", "invited people", "sent a reminder", "closed a round", "released a round"} <= set(deeds)


def answered(app: Flask, addresses: list[str]) -> None:
    """As counting what they left behind would note it."""
    seal = app.config["SEAL"]
    with app.app_context(), transaction(answers=True) as session:
        for row in session.scalars(select(Invitation).where(Invitation.email.in_(addresses))):
            row.answered_sealed = seal.close(answered_text(True))


def test_people_answer_by_letter_and_by_poster_and_hear_what_came_of_it(app: Flask) -> None:
    """Through every page, with nothing written straight into the tables."""
    place = Place.made(app)
    lead = place.lead()
    round_id = round_of(planned_by(lead, place))
    asked_by_mail = [f"person{number}@example.org" for number in range(7)]
    lead.get(f"/round/{round_id}/people").press(PEOPLE, addresses=" ".join(asked_by_mail))
    post = Letterbox()
    post_all(app, post)
    links = {letter.to: link_in(letter.text) for letter in post.messages}
    for person in asked_by_mail[:5]:
        answer_alone(Visitor(app), links[person].rsplit("/", 1)[-1], voice="people")
    poster = links_on(lead.get(f"/round/{round_id}/ways-in"))["link-people"].rsplit("/", 1)[-1]
    reader = Visitor(app)
    answer_alone(reader, poster)
    assert "fewer than 5" in lead.get(f"/round/{round_id}/").text, "not counted before the next day"
    duties(app, 1)
    assert "6 answers" in lead.get(f"/round/{round_id}/").text
    lead.get(f"/round/{round_id}/people").press("Send a reminder")
    reminders = Letterbox()
    post_all(app, reminders, in_days(1))
    assert reminders.to == asked_by_mail[5:]
    stop = urlsplit(reminders.messages[0].stop).path
    assert "no more messages" in Visitor(app).get(stop).press("Do not ask me again").heading

    lead.get(f"/round/{round_id}/close").press("Close it now")
    page = lead.get(f"/round/{round_id}/results").press("We will say what came of it by")
    assert "6 people answered" in page.text and "Middle" in page.text and "2.0" not in page.text
    typed = {"well": "We listen", "to_work_on": "Words", "will_do": "Meet monthly", "by_when": "March"}
    lead.get(f"/round/{round_id}/reply").press("Publish it", **typed)
    heard = Letterbox()
    post_all(app, heard, in_days(2))
    assert heard.to == sorted(set(asked_by_mail) - {reminders.messages[0].to})
    for link in (link_in(heard.messages[0].text), links[asked_by_mail[0]], f"/link/{poster}"):
        page = Visitor(app).get(link).press(CONTINUE)
        assert page.heading == "What came of it" and "Meet monthly" in page.text


def test_a_letter_says_who_asks_and_its_link_opens(app: Flask) -> None:
    place = Place.made(app, service="Ann's & Bob's <home>")
    round_id = place.planned()
    place.lead().get(f"/round/{round_id}/people").press(PEOPLE, addresses="ann@example.org")
    post = Letterbox()
    post_all(app, post)
    (letter,) = post.messages
    address = next(line for line in letter.text.splitlines() if "/link/" in line)
    assert (
        letter.stop == address.replace("/link/", "/stop/")
        and letter.stop in letter.text
        and "To plan next year" in letter.text
        and "Asked by: Ann Example" in letter.text
    )
    assert "Ann's & Bob's <home>" in letter.text and "Ann's & Bob's <home>" in letter.subject
    with app.app_context(), reading(answers=True) as session:
        found = purpose_of(session, hash_of(urlsplit(address).path.rsplit("/", 1)[-1]))
        assert found and found == ("invitation", session.scalars(select(Invitation.id)).one())


def test_a_plan_keeps_what_was_typed_and_says_what_is_wrong(app: Flask) -> None:
    place = Place.made(app)
    lead = place.lead()
    wrong = {"closes_on-day": "31", "closes_on-month": "2", "k": "4", "people_expected": "many"}
    page = planned_by(lead, place, **wrong)
    assert page.status == 422 and page.holds(PLAN, "closes_on-day") == "31" and page.holds(PLAN, "k") == "4"
    for words in ("Enter a real date", "Enter a number from 5 to 50", "To plan next year"):
        assert words in page.html, words
    page = planned_by(lead, place, **{"opens_on-year": str(TODAY.year - 1)})
    assert "Choose today or a later day" in page.text
    page = planned_by(lead, place, **{"hear_by-year": str(TODAY.year - 1)})
    assert "on or after the last day" in page.text
    assert count(app, Round) == 0


def test_the_page_shows_what_people_will_read(app: Flask) -> None:
    place = Place.made(app)
    page = place.lead().get(f"/service/{place.service_id}/rounds/plan")
    typed = {"asked_by": "Ann, who leads <b>it</b>", "told": "To learn", "support": "Call 01632 960000", "k": "8"}
    page = page.press("Show me what people will read", **typed)
    for words in ("Ann, who leads <b>it</b>", "Call 01632 960000", "if 8 or more people", "about 5 minutes"):
        assert words in page.text, words
    assert page.status == 200 and count(app, Round) == 0


def test_days_at_the_end_of_all_calendars_are_refused_in_words(app: Flask) -> None:
    place = Place.made(app)
    far = {"day": "1", "month": "12", "year": "9999"}
    days = {f"{name}-{part}": value for name in ("closes_on", "hear_by") for part, value in far.items()}
    typed = days | {"opens_on-day": "1", "opens_on-month": "6", "opens_on-year": "9999"}
    page = planned_by(place.lead(), place, **typed)
    assert page.status == 422 and "within a year" in page.text


def test_a_lead_who_lacks_the_passkey_is_shown_what_she_may_do_without_it(app: Flask) -> None:
    place = Place.made(app)
    round_id = place.planned()
    with app.app_context(), transaction(answers=True) as session:
        session.get_one(Organisation, place.organisation_id).passkeys = True
    held = (("organisation lead", place.organisation_id), ("service member", place.service_id))
    assert "Close it early" in signed_in(app, *held).get(f"/round/{round_id}/").text
    assert "Close it early" not in signed_in(app, *held, way="link").get(f"/round/{round_id}/").text


def test_a_page_open_for_too_long_keeps_the_plan(app: Flask) -> None:
    place = Place.made(app)
    lead = place.lead()
    page = lead.get(f"/service/{place.service_id}/rounds/plan")
    lead.let_tokens_expire()
    page = page.press(PLAN, asked_by="Ann", told="A long text")
    assert "open for too long" in page.text and page.holds(PLAN, "told") == "A long text"
    assert round_of(page.press(PLAN)) and count(app, Round) == 1


def test_odd_characters_and_long_texts_do_no_harm(app: Flask) -> None:
    place = Place.made(app)
    lead = place.lead()
    long = planned_by(lead, place, told="x" * 1_000_000)
    assert long.status == 422 and "no more than 2000" in long.text
    odd = planned_by(lead, place, told="=cmd()\x00\x08\u202e<script>", **{"opens_on-day": "\x00²"})
    assert odd.status == 422 and odd.holds(PLAN, "told") == "=cmd()<script>"
    assert round_of(odd.press(PLAN, **typed_day("opens_on", TODAY)))


def test_pressing_plan_twice_plans_once_and_a_second_plan_is_refused(app: Flask) -> None:
    place = Place.made(app)
    lead = place.lead()
    page = lead.get(f"/service/{place.service_id}/rounds/plan")
    first, second = (page.press(PLAN, asked_by="Ann", told="To learn") for _press in range(2))
    assert round_of(first) == round_of(second) and count(app, Round) == 1
    again = planned_by(lead, place)
    assert again.status == 422 and "has a round under way already" in again.text


def test_the_same_round_for_many_services(app: Flask) -> None:
    place = Place.made(app)
    others = [add_service(app, place, name) for name in ("Carers' support", "Sensory team")]
    place.planned()
    officer = signed_in(app, ("organisation lead", place.organisation_id))
    page = officer.get(f"/manage/{place.organisation_id}/rounds/plan")
    none = page.press("Plan these rounds", asked_by="Ann", told="To learn")
    assert none.status == 422 and "Tick at least one" in none.text
    method, address, holds = page.form("Plan these rounds")
    foreign = Place.made(app, "Elsewhere Trust").service_id
    ticked = [one.hex for one in (*others, place.service_id, foreign)]
    for _press in range(2):
        done = officer.follow(
            officer.send(method, address, holds | {"asked_by": "Ann", "told": "To learn", "services": ticked})
        )
        assert done.heading == "2 rounds are planned" and "Home Support" in done.text
    assert count(app, Round) == 3
    assert done.go("Sensory team").status == 200


def test_a_planned_round_opens_by_itself_and_then_writes_to_those_it_asks(app: Flask) -> None:
    place = Place.made(app)
    round_id = place.planned(opens_in=3)
    lead = place.lead()
    page = lead.get(f"/round/{round_id}/people").press(PEOPLE, addresses="ann@example.org")
    assert "when the round opens" in page.text
    before, after = Letterbox(), Letterbox()
    post_all(app, before)
    duties(app, 2)
    assert place.state(round_id) == "planned" and before.messages == []
    for _twice in range(2):
        duties(app, 3)
    post_all(app, after, in_days(3))
    assert place.state(round_id) == "open" and after.to == ["ann@example.org"]


def test_after_the_last_day_nothing_is_offered_until_it_is_released(app: Flask) -> None:
    place = Place.made(app)
    round_id = place.planned()
    with app.app_context(), transaction(answers=True) as session:
        session.get_one(Round, round_id).closes_on = TODAY - timedelta(1)
    page = place.lead().get(f"/round/{round_id}/")
    assert page.heading == "This round is being closed" and "Change this round" not in page.text


def test_a_round_can_be_opened_at_once(app: Flask) -> None:
    place = Place.made(app)
    round_id = place.planned(opens_in=3)
    page = place.lead().get(f"/round/{round_id}/").press("Open it now")
    assert "open until" in page.heading and place.state(round_id) == "open"


def test_more_time_is_only_ever_more(app: Flask) -> None:
    place = Place.made(app)
    round_id = place.planned(closes_in=5)
    lead = place.lead()
    page = lead.get(f"/round/{round_id}/extend")
    earlier = TODAY + timedelta(4)
    wrong = page.press("Save the new days", **typed_day("closes_on", earlier))
    assert wrong.status == 422 and "only be made later" in wrong.text
    later = TODAY + timedelta(9)
    page = page.press("Save the new days", **typed_day("closes_on", later))
    assert page.path == f"/round/{round_id}/" and f"{later.day} " in page.heading
    duties(app, 6)
    assert place.state(round_id) == "open"
    duties(app, 10)
    assert place.state(round_id) == "released"
    assert lead.get(f"/round/{round_id}/extend").path == f"/round/{round_id}/"


def test_calling_off_deletes_what_was_answered_and_says_why(app: Flask) -> None:
    place = Place.made(app)
    round_id = place.planned()
    place.answer(round_id, "staff", ["2"] * 6)
    lead = place.lead()
    lead.get(f"/round/{round_id}/people").press(PEOPLE, addresses="ann@example.org")
    page = lead.get(f"/round/{round_id}/cancel")
    assert page.press("Call it off").status == 422
    for _press in range(2):
        done = page.press("Call it off", because="The service is closing")
        assert done.heading == "This round was called off" and "The service is closing" in done.text
    post = Letterbox()
    post_all(app, post)
    assert post.messages == [] and count(app, StoredResponse) == 0
    duties(app, 50)
    assert place.state(round_id) == "cancelled"


def test_closing_early_releases_at_once_and_for_good(app: Flask) -> None:
    place = Place.made(app)
    round_id = place.planned()
    place.answer(round_id, "people", ["2"] * 6)
    page = place.lead().get(f"/round/{round_id}/close")
    for _press in range(2):
        assert page.press("Close it now").heading == "This round is closed"
    assert (place.state(round_id), count(app, Release)) == ("released", 1)


def test_a_round_that_nobody_answered_is_released_with_reasons_only(app: Flask) -> None:
    place = Place.made(app)
    round_id = place.planned()
    close(app, round_id)
    with app.app_context(), reading(answers=True) as session:
        cells = session.scalars(select(ReleaseCell)).all()
    assert {cell.value_x10 for cell in cells} == {None} and all(cell.reason for cell in cells)
    page = place.lead().get(f"/round/{round_id}/results").press("We will say what came of it by")
    assert page.text.count("Hidden, to protect people") == 2


def test_who_took_part_is_kept_only_where_it_may_be_shown(app: Flask) -> None:
    """Of three people, "manager: 3" in a copy of the database says of every answer whose it is not."""
    place = Place.made(app)
    round_id = place.planned()
    place.answer(round_id, "staff", ["1"] * 12)
    place.answer(round_id, "people", ["4"] * 9)
    counted = {("staff", "perspective", "manager"): 12, ("people", "perspective", "carer"): 9}
    minutes = {("staff", "minutes", "6"): 12, ("people", "minutes", "7"): 9}
    with app.app_context(), transaction(answers=True) as session:
        add_to_tally(session, round_id, counted | minutes)
    close(app, round_id)
    with app.app_context(), reading(answers=True) as session:
        kept = {(row.voice, row.kind) for row in session.scalars(select(Tally))}
    assert kept == {("staff", "perspective"), ("staff", "minutes"), ("people", "minutes")}


def test_closing_writes_the_answers_anew(app: Flask) -> None:
    """New ids, nothing that a writer holds, the same answers and words."""
    place = Place.made(app)
    round_id = place.planned()
    place.answer(round_id, "staff", ["1", "2", "3", "4", "4"])
    with app.app_context(), transaction(answers=True) as session:
        for number, row in enumerate(session.scalars(select(StoredResponse))):
            row.code_hash, row.may_be_seen = f"{number:064}", True
            session.add(ResponseText(response_id=row.id, question="A1", kind="evidence", text=row.answers[-4:]))
        draft = Draft(round_id=round_id, voice="staff", secret_hash="0" * 64)
        session.add_all((draft, Mark(round_id=round_id, sealed="x")))
    before = stored(app)
    close(app, round_id)
    after = stored(app)
    assert [one[1:] for one in after] == [one[1:] for one in before]
    assert not {one[0] for one in after} & {one[0] for one in before}
    assert (count(app, Draft), count(app, Mark)) == (0, 0)
    with app.app_context(), reading(answers=True) as session:
        rows = session.execute(select(StoredResponse.code_hash, StoredResponse.may_be_seen)).all()
    assert {tuple(row) for row in rows} == {(None, False)}


def stored(app: Flask) -> list[tuple[str, str, str]]:
    with app.app_context(), reading(answers=True) as session:
        columns = (StoredResponse.id, StoredResponse.answers, ResponseText.text)
        query = select(*columns).join(ResponseText, ResponseText.response_id == StoredResponse.id)
        return sorted(((str(row[0]), row[1], row[2]) for row in session.execute(query)), key=lambda one: one[1:])


def test_a_result_waits_for_the_promise_and_only_a_lead_can_give_it(app: Flask) -> None:
    place = Place.made(app)
    round_id = place.planned()
    place.answer(round_id, "staff", ["2"] * 12)
    close(app, round_id)
    address = f"/round/{round_id}/results"
    member = signed_in(app, ("service member", place.service_id))
    officer = signed_in(app, ("organisation lead", place.organisation_id))
    lead = place.lead()
    for visitor in (member, officer):
        page = visitor.get(address)
        assert page.heading == "The result is not open yet" and "We will say" not in page.html
    assert lead.get(f"/round/{round_id}/reply").heading == "Before you see the result"
    lead.get(address).press("We will say what came of it by")
    for visitor in (member, officer, lead):
        page = visitor.get(address)
        assert "12 people answered" in page.text
        assert ("Write what came of it" in page.text) == (visitor is lead)


def test_two_tabs_never_overwrite_a_reply_unseen(app: Flask) -> None:
    place = Place.made(app)
    round_id = place.planned()
    close(app, round_id)
    lead = place.lead()
    lead.get(f"/round/{round_id}/results").press("We will say what came of it by")
    first, second = (lead.get(f"/round/{round_id}/reply") for _tab in range(2))
    assert "It is saved" in first.press(LATER, well="From one tab").text
    clash = second.press(LATER, well="From another")
    assert clash.status == 409 and "From one tab" in clash.text and clash.holds(LATER, "well") == "From another"
    assert clash.press(LATER).path == f"/round/{round_id}/reply"
    assert lead.get(f"/round/{round_id}/reply").holds(LATER, "well") == "From another"
    assert lead.get(f"/round/{round_id}/reply").press(LATER, well="x" * 4001).status == 422


def test_the_day_comes_without_a_reply_and_people_are_told_once(app: Flask) -> None:
    place = Place.made(app)
    round_id = place.planned()
    lead = place.lead()
    lead.get(f"/round/{round_id}/people").press(PEOPLE, addresses="ann@example.org")
    post_all(app, Letterbox())
    duties(app, 22)
    lead.get(f"/round/{round_id}/results").press("We will say what came of it by")
    told = Letterbox()
    for later in (30, 42, 43):
        duties(app, later)
        post_all(app, told, in_days(later))
    assert len(told.messages) == 1 and "has not written it yet" in told.messages[0].text
    typed = dict.fromkeys(("well", "to_work_on", "will_do", "by_when"), "Something")
    place.lead().get(f"/round/{round_id}/reply").press("Publish it", **typed)
    post_all(app, told, in_days(44))
    assert len(told.messages) == 2 and "has written what came of it" in told.messages[1].text


def test_one_reminder_goes_by_itself_before_the_last_day(app: Flask) -> None:
    place = Place.made(app)
    round_id = place.planned()
    place.lead().get(f"/round/{round_id}/people").press(PEOPLE, addresses="ann@example.org")
    post_all(app, Letterbox())
    post = Letterbox()
    for later in (14, 15, 16, 17, 18, 20, 21):
        duties(app, later)
        duties(app, later)
        post_all(app, post, in_days(later))
        assert len(post.messages) == (1 if later >= 16 else 0), later
    assert "goes to everyone" in post.messages[0].text


def test_a_new_shared_link_takes_the_place_of_the_old_once(app: Flask) -> None:
    place = Place.made(app)
    round_id = place.planned()
    lead = place.lead()
    page = lead.get(f"/round/{round_id}/ways-in")
    old = links_on(page)
    poster = page.go("Poster for people who use the service")
    assert poster.heading.startswith("How well do we work together") and old["link-people"] in poster.text
    address = f"/round/{round_id}/ways-in/people/new"
    token = page.holds("Make a new link", "csrf_token")
    for _press in range(2):
        page = lead.post(address, {"after": "1", "csrf_token": token})
    new = links_on(page)
    assert new["link-people"] != old["link-people"] and new["link-staff"] == old["link-staff"]
    with app.app_context(), reading(answers=True) as session:
        assert purpose_of(session, hash_of(old["link-people"].rsplit("/", 1)[-1])) is None
        assert purpose_of(session, hash_of(new["link-people"].rsplit("/", 1)[-1])) == ("people", round_id)
    for wrong in ("9", "x", "", "²"):
        assert links_on(lead.post(address, {"after": wrong, "csrf_token": token})) == new
    assert lead.post(f"/round/{round_id}/ways-in/owner/new", {"after": "1", "csrf_token": token}).status == 404
    assert lead.get(f"/round/{round_id}/poster/entry").status == 404


def test_a_round_that_is_over_has_no_links_to_give_and_says_that_it_is_closed(app: Flask) -> None:
    place = Place.made(app)
    round_id = place.planned()
    lead = place.lead()
    token = lead.get(f"/round/{round_id}/ways-in").holds("Make a new link", "csrf_token")
    duties(app, 22)
    for gone in (False, True):
        if gone:  # as they are a month after people were to hear what came of it
            with app.app_context(), transaction(answers=True) as session:
                forget_asked(session, round_id)
        assert count(app, Link) == (0 if gone else 3)
        for page in (
            lead.get(f"/round/{round_id}/ways-in"),
            lead.get(f"/round/{round_id}/poster/people"),
            lead.post(f"/round/{round_id}/ways-in/people/new", {"after": "1", "csrf_token": token}),
        ):
            assert (page.status, page.heading, page.path) == (200, "This round is closed", f"/round/{round_id}/")


def links_on(page: Page) -> dict[str, str]:
    assert page.tree is not None
    return {one.get("id", ""): one.text or "" for one in page.tree.iter("code")}


def test_what_is_pasted_is_taken_or_kept_in_the_box(app: Flask) -> None:
    place = Place.made(app)
    lead = place.lead()
    address = f"/round/{place.planned()}/people"
    page = lead.get(address).press(PEOPLE, addresses="Ann <ann@example.org>\nbob at example.org\n=cmd()")
    assert "1 address was added" in page.text and "Line 2: bob at example.org" in page.text
    assert page.holds(PEOPLE, "addresses") == "bob at example.org\n=cmd()"
    assert page.press(PEOPLE, addresses="\x00\x01").status == 422
    many = "\n".join(f"p{number}@example.org" for number in range(1001))
    page = lead.get(address).press(PEOPLE, addresses=many)
    assert page.status == 422 and "at most 1,000" in page.text and page.holds(PEOPLE, "addresses") == many
    assert lead.get(address).press(PEOPLE, addresses="x" * 1_000_000).status == 422
    assert count(app, Invitation) == 1


def test_a_file_is_read_however_a_spreadsheet_wrote_it(app: Flask) -> None:
    place = Place.made(app)
    lead = place.lead()
    address = f"/round/{place.planned()}/people"
    for number, encoding in enumerate(("utf-8-sig", "cp1252", "utf-8")):
        text = f"Name;E-mail\r\nZoë Example;zoe{number}@example.org\r\n"
        upload(lead, address, text.encode(encoding))
    assert count(app, Invitation) == 3
    assert upload(lead, address, b"x" * 410_000).status == 422


def upload(lead: Visitor, address: str, content: bytes) -> Page:
    token = lead.get(address).holds(PEOPLE, "csrf_token")
    typed: Any = {"csrf_token": token, "addresses": "", "file": (io.BytesIO(content), "people.csv")}
    return lead.post(address, typed)


def test_only_an_invitation_that_reached_nobody_can_be_removed(app: Flask) -> None:
    place = Place.made(app)
    round_id = place.planned()
    lead = place.lead()
    lead.get(f"/round/{round_id}/people").press(PEOPLE, addresses="ann@example.org bob@example.org")
    post_all(app, Letterbox(refuses=frozenset({"bob@example.org"})))
    with app.app_context(), reading(answers=True) as session:
        ids = {row.email: row.id for row in session.scalars(select(Invitation))}
    page = lead.get(f"/round/{round_id}/people")
    page.press("Remove", invitation=str(ids["ann@example.org"]))
    page.press("Remove", invitation="nonsense")
    assert count(app, Invitation) == 2
    page = page.press("Remove")
    assert count(app, Invitation) == 1 and "bob@example.org" not in page.text


def test_a_round_held_together_is_none_of_these_pages(app: Flask, team: Team) -> None:
    with app.app_context(), reading(answers=True) as session:
        service = session.get_one(Round, team.round_id).service_id
    lead = signed_in(app, ("service lead", service))
    for name in ("", "ways-in", "people", "extend", "close", "cancel", "results", "reply", "poster/people"):
        assert lead.get(f"/round/{team.round_id}/{name}").status == 404, name


def test_others_find_nothing_here(app: Flask) -> None:
    place, elsewhere = Place.made(app), Place.made(app, "Elsewhere Trust")
    round_id = place.planned()
    member = signed_in(app, ("service member", place.service_id))
    assert "Change this round" not in member.get(f"/round/{round_id}/").text
    for name in ("ways-in", "people", "extend", "close", "cancel", "reply"):
        assert member.get(f"/round/{round_id}/{name}").status == 404, name
        assert elsewhere.lead().get(f"/round/{round_id}/{name}").status == 404, name
    assert elsewhere.lead().get(f"/round/{round_id}/").status == 404
    assert elsewhere.lead().get(f"/service/{place.service_id}/rounds/plan").status == 404


def test_about_how_many_minutes_is_told_from_earlier_rounds_only(app: Flask) -> None:
    place = Place.made(app)
    first = place.planned()
    with app.app_context(), transaction(answers=True) as session:
        for minutes, times in (("4", 3), ("9", 5), ("30", 4)):
            session.add(Tally(round_id=first, voice="people", kind="minutes", value=minutes, times=times))
    address = f"/round/{first}/poster/people"
    assert "about 5 minutes" in place.lead().get(address).text, "never from the round itself"
    close(app, first)
    second = place.planned()
    assert "about 9 minutes" in place.lead().get(f"/round/{second}/poster/people").text
    assert "about 5 minutes" in place.lead().get(f"/round/{second}/poster/staff").text


def typed_day(name: str, when: date) -> dict[str, str]:
    return {f"{name}-day": str(when.day), f"{name}-month": str(when.month), f"{name}-year": str(when.year)}


def add_service(app: Flask, place: Place, name: str) -> UUID:
    id = uuid4()
    with app.app_context(), transaction(answers=True) as session:
        session.add(Service(id=id, organisation_id=place.organisation_id, name=name, sector="housing"))
    return id
