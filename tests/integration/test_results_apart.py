"""The result of a round held apart, in full: how each side answered, what changed, and what may be taken away."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from flask import Flask
from sqlalchemy import select

from assessment.questionnaire.definition import Form
from assessment.store.db import reading, transaction
from assessment.store.models import ReleaseCell, ResponseText, Round, StoredResponse, Tally, Target
from assessment.store.queries.definitions import definition
from assessment.store.queries.taken_part import words_of
from assessment.store.records import Answered
from assessment.workflows.release import packed
from tests.house.journey import Team
from tests.house.leading import AGREE, KEY, TODAY, Place, close, opened
from tests.house.people import signed_in
from tests.house.queries import counted


def send(
    app: Flask, round_id: UUID, side: str, level: str, over: Mapping[str, str] | None = None, words: str = ""
) -> UUID:
    """One person: this level everywhere, but for what stands in ``over`` ("": left out)."""
    with app.app_context(), transaction(answers=True) as session:
        asked = definition(session, KEY)
        values = {one.id: level for one in asked.on_form("short")} | dict(over or {})
        answers = packed(Answered(question, value) for question, value in values.items())
        one = StoredResponse(round_id=round_id, voice=side, form="short", language="en", answers=answers)
        session.add(one)
        session.flush()
        if words:
            for place, question in enumerate(asked.reflection):
                private = place == 0 and words.startswith("private")
                text = f"{words} on {question.id}"
                session.add(
                    ResponseText(response_id=one.id, question=question.id, kind="reason", text=text, private=private)
                )
        return one.id


def cells(app: Flask, side: str, start: str) -> Sequence[ReleaseCell]:
    with app.app_context(), reading(answers=True) as session:
        query = select(ReleaseCell).where(ReleaseCell.voice == side, ReleaseCell.measure.startswith(start))
        return session.scalars(query.order_by(ReleaseCell.measure)).all()


def test_how_each_side_answered_is_counted_from_ten(app: Flask) -> None:
    place = Place.made(app)
    round_id = place.planned()
    with app.app_context(), reading(answers=True) as session:
        first = definition(session, KEY).shared[0]
    for level in ["1"] * 6 + ["4"] * 8:
        send(app, round_id, "people", level, {"unpaid-work": "yes" if level == "1" else "no"})
    for _person in range(5):
        send(app, round_id, "people", "2", {first.id: "not-applicable"})
    for _person in range(6):
        send(app, round_id, "staff", "2")
    lead = opened(app, place, round_id)

    [cell] = [one for one in cells(app, "people", "statement/") if one.measure.endswith(first.id)]
    assert (cell.counts, cell.n, cell.agreement) == ("0,6,0,0,8,5,0", 14, "split")
    page = lead.get(f"/round/{round_id}/results").go("How people who use the service answered")
    assert first.people and first.people.text in page.text and "Split" in page.text
    assert 'class="b b1"' in page.html and 'class="b b4"' in page.html
    assert "Does unpaid work replace a paid job" in page.text
    page = lead.get(f"/round/{round_id}/answers/staff")
    assert "Shown only when 10 or more people have chosen a level" in page.text and 'class="b b' not in page.html
    assert {one.counts for one in cells(app, "staff", "statement/")} == {""}
    check = "Does unpaid work replace a paid job, or a service that people have a right to?"
    assert f"{check}HiddenHiddenHiddenShown only when 10 or more" in page.text, "hidden does not look like none"


def test_what_one_person_left_out_does_not_show_in_what_is_left(app: Flask) -> None:
    place = Place.made(app)
    round_id = place.planned()
    with app.app_context(), reading(answers=True) as session:
        first = definition(session, KEY).principles[0]
    of_first = [one.id for one in first.statements if one.short]
    for _person in range(13):
        send(app, round_id, "people", "1")
    send(app, round_id, "people", "4", {of_first[0]: ""})
    lead = opened(app, place, round_id)
    shown = [
        one for one in cells(app, "people", "statement/") if one.measure.partition("/")[2] in of_first and one.counts
    ]
    assert len(shown) == len(of_first) - 1
    page = lead.get(f"/round/{round_id}/answers/people")
    assert page.text.count("would tell what a few people answered") == 1 and "Low. Nothing finer" in page.text


def test_words_come_from_ten_people_in_an_order_that_joins_nobody(app: Flask) -> None:
    place = Place.made(app)
    round_id = place.planned()
    for number in range(12):
        send(app, round_id, "people", "2", words=f"{'private' if number == 3 else 'word'} {number:02}")
    for number in range(9):
        send(app, round_id, "staff", "2", words=f"staff {number}")
    lead = opened(app, place, round_id)
    page = lead.get(f"/round/{round_id}/answers/people").go("What they wrote")
    assert "word 07 on works-well" in page.text and "private 03 on works-well" not in page.text
    assert "staff 1" not in lead.get(f"/round/{round_id}/words/staff").text
    with app.app_context(), reading(answers=True) as session:
        found = words_of(session, round_id, "people", 10)
        assert words_of(session, round_id, "people", 10) == found, "the same each time the page is opened"
        assert words_of(session, round_id, "people", 13) == {}
    orders = [[text.split()[1] for text in texts if "03" not in text] for texts in found.values()]
    assert len(orders) > 1 and orders[0] != orders[1] and all(order != sorted(order) for order in orders)

    outside = signed_in(app, ("organisation lead", place.organisation_id))
    assert outside.send("GET", f"/round/{round_id}/words/people").status == 404
    assert "What they wrote" not in outside.get(f"/round/{round_id}/answers/people").text


def test_nothing_is_to_be_seen_before_the_lead_agrees_to_say_what_came_of_it(app: Flask) -> None:
    place = Place.made(app)
    round_id = place.planned()
    place.answer(round_id, "people", ["3"] * 12)
    addresses = [
        f"/round/{round_id}/{name}" for name in ("answers/people", "words/people", "results.csv", "results.json")
    ]
    lead = place.lead()
    for address in addresses:
        assert lead.get(address).path == f"/round/{round_id}/"
    close(app, round_id)
    for address in addresses:
        assert lead.get(address).heading == "Before you see the result"
    assert lead.send("GET", f"/round/{round_id}/answers/together").status == 404


def test_a_change_is_clear_only_where_chance_does_not_explain_it(app: Flask) -> None:
    place = Place.made(app)
    first = place.planned()
    place.answer(first, "people", ["1"] * 15)
    place.answer(first, "staff", ["2"] * 6)
    opened(app, place, first, -40)
    second = place.planned()
    place.answer(second, "people", ["3"] * 15)
    place.answer(second, "staff", ["3"] * 6)
    lead = opened(app, place, second)
    page = lead.get(f"/round/{second}/results")
    assert page.heading == "Both sides see much the same"
    assert "6 principles changed clearly" in page.text and "Clear change: higher" in page.text
    assert "We cannot tell yet" in page.text
    assert "Since the last round" not in lead.get(f"/round/{first}/results").text


def test_who_took_part_and_where_the_service_wants_to_be(app: Flask) -> None:
    place = Place.made(app)
    round_id = place.planned()
    place.answer(round_id, "people", ["2"] * 14)
    with app.app_context(), transaction(answers=True) as session:
        asked = definition(session, KEY)
        for value, times in (("person", 11), ("carer", 3)):
            session.add(Tally(round_id=round_id, voice="people", kind="perspective", value=value, times=times))
        statement = asked.shared[0].id
        session.add(Target(service_id=place.service_id, statement=statement, level=3, reason="Because =1+1"))
    lead = opened(app, place, round_id)
    page = lead.get(f"/round/{round_id}/answers/people")
    assert "10 to 19" in page.text and "fewer than 5" in page.text
    assert "Usual" in page.text and "Because =1+1" in page.text
    outside = signed_in(app, ("organisation lead", place.organisation_id))
    page = outside.get(f"/round/{round_id}/answers/people")
    assert "Where the service wants to be" in page.text and "Because =1+1" not in page.text


def test_the_files_hold_what_the_page_shows_and_why_the_rest_is_hidden(app: Flask) -> None:
    place = Place.made(app, service="=cmd()|' /C calc'!A0")
    round_id = place.planned()
    place.answer(round_id, "people", ["3"] * 12)
    place.answer(round_id, "staff", ["2"] * 4)
    lead = opened(app, place, round_id)
    answer = lead.send("GET", f"/round/{round_id}/results.csv")
    assert answer.status == 200
    rows = list(csv.DictReader(io.StringIO(answer.html.removeprefix("\ufeff"))))
    assert {row["service"][:5] for row in rows} == {"'=cmd"}
    [statement] = [
        row for row in rows if (row["side"], row["kind"], row["id"]) == ("people", "statement", rows[12]["id"])
    ]
    assert statement["value"] == "3.0" and statement["counts"].startswith("0 | 0 | 0 | 12")
    hidden = [row for row in rows if row["side"] == "staff"]
    assert hidden and all(row["hidden_because"] and not row["value"] and not row["n"] for row in hidden)
    said = lead.send("GET", f"/round/{round_id}/results.json").json["figures"]
    assert len(said["rows"]) == len(rows) and said["about"]["k10"] == 10


def test_the_heading_says_how_much_is_seen_differently(app: Flask) -> None:
    headings = []
    for staff, people in ((12, 12), (6, 12), (3, 12), (12, 3), (3, 3)):
        place = Place.made(app, name=f"Council {staff} {people}")
        round_id = place.planned()
        place.answer(round_id, "staff", ["1"] * staff)
        place.answer(round_id, "people", ["4"] * people)
        headings.append(opened(app, place, round_id).get(f"/round/{round_id}/results").heading)
    assert headings == [
        "The two sides see 12 of 12 statements differently",
        "The two sides see 6 of 6 principles differently",
        "What people who use the service said",
        "What staff and partners said",
        "What both sides said is hidden, to protect people",
    ]


def test_over_the_years_each_voice_stands_by_itself(app: Flask) -> None:
    place = Place.made(app)
    rounds = []
    for level, days in (("1", -400), ("3", 0)):
        rounds.append(place.planned())
        place.answer(rounds[-1], "people", [level] * 12)
        place.answer(rounds[-1], "staff", ["2"] * 3)
        close(app, rounds[-1], days)
    lead = place.lead()
    address = f"/service/{place.service_id}/"
    assert "Over the years" not in lead.get(address).text, "not before the lead agrees to say what came of it"
    for round_id in rounds:
        lead.get(f"/round/{round_id}/results").press(AGREE)
    page = lead.get(address)
    assert "People who use the service, each alone" in page.text and "Staff and partners, each alone" in page.text
    assert page.text.index("1.0 (") < page.text.index("3.0 (") and "Agreed together" not in page.text
    # Of the people's side there is a picture with its file; of staff, of whom all is hidden, only a table that says so.
    assert "Hidden: too few answers" in page.text and page.html.count('class="line-mini"') == 6
    assert page.html.count("Clear change: higher") == 12  # six names, and six sentences for who cannot see
    drawn, nothing = (lead.send("GET", f"{address}pictures/{voice}.svg") for voice in ("people", "staff"))
    assert drawn.status == 200 and nothing.status == 404 and "Home Support, Larkshire Council." in drawn.response.text
    assert lead.send("GET", f"{address}pictures/everyone.svg").status == 404
    for name in ("", "pictures/people.svg"):
        with counted(app) as statements:
            assert lead.send("GET", f"{address}{name}").status == 200
        assert len(statements) <= 6, name


def test_whoever_has_a_role_finds_every_round_from_the_result_and_a_link_shows_its_own_only(
    app: Flask, team: Team
) -> None:
    team.answer_all()
    team.send()
    address = f"/result/{team.round_id}/"
    with app.app_context(), reading() as session:
        service = session.get_one(Round, UUID(str(team.round_id))).service_id
    found = signed_in(app, ("service member", service)).get(address).go("Every round of this service")
    # One round alone is told in the table, and not drawn.
    assert found.path.startswith(f"/service/{service}/") and "Over the years" in found.text
    assert "line-mini" not in found.html and found.html.count(f'href="{address}"') > 0
    assert "Every round of this service" not in team.visitor.get(address).text


def test_three_rounds_stand_beside_each_other_and_what_its_lead_has_not_opened_does_not(app: Flask) -> None:
    place = Place.made(app)
    rounds = []
    for level, staff, days in (("1", 12, -800), ("2", 12, -400), ("0", 12, -200), ("3", 3, 0)):
        form: Form = "short" if days else "full"
        rounds.append(place.planned(form=form))
        place.answer(rounds[-1], "people", [level] * 12)
        place.answer(rounds[-1], "staff", ["2"] * staff, form)
        close(app, rounds[-1], days)
    lead, (first, second, unopened, last) = place.lead(), rounds
    for round_id in (first, second, last):
        lead.get(f"/round/{round_id}/results").press(AGREE)
    page = lead.get(f"/round/{last}/results")
    people, staff = (page.html.index(f'id="rounds-{side}"') for side in ("people", "staff"))
    assert people < staff and page.html.count('class="line-mini"') == 12
    said = page.html[people:staff]
    assert said.index("1.0 (") < said.index("2.0 (") < said.index("3.0 (") and "Hidden: too few" not in said
    # The form is the staff's: people are asked the same on either, so theirs are joined and compared.
    assert said.count('class="s-thin"') == 12 and "Clear change: higher" in said and "differently" not in said
    staff_said = page.html[staff:]
    assert staff_said.count('class="s-thin"') == 6 and "Asked differently than the time before" in staff_said
    of_service = lead.get(f"/service/{place.service_id}/").html
    assert of_service.count('class="s-thin"') == 18 and "Asked differently" in of_service
    assert "Hidden: too few answers" in page.html[staff:] and "0.0 (" not in page.text
    assert "Round by round" not in lead.get(f"/round/{second}/results").text, "two are told as then and now"
    file, none = (lead.send("GET", f"/round/{id}/pictures/people/rounds.svg") for id in (last, second))
    assert file.status == 200 and none.status == 404 and "3.0" in file.response.text
    lead.get(f"/round/{unopened}/results").press(AGREE)
    assert "0.0 (" in lead.get(f"/round/{last}/results").text


def test_a_plan_says_how_small_a_change_so_many_people_can_show(app: Flask) -> None:
    place = Place.made(app)
    page = place.lead().get(f"/service/{place.service_id}/rounds/plan")
    assert "of a level for us to say" not in page.text, "nothing is reckoned from numbers that nobody gave"
    page = page.press("Show me what people will read", people_expected="40", staff_expected="8")
    assert "If 20 of 40 people who use the service answer" in page.text and "by about 0.6 of a level" in page.text
    assert "If half of 8 staff and partners answer, that is too few" in page.text


def test_no_page_of_the_result_asks_the_database_more_than_six_times(app: Flask) -> None:
    place = Place.made(app)
    earlier = place.planned()
    place.answer(earlier, "people", ["1"] * 12)
    close(app, earlier, -30)
    round_id = place.planned(closes_in=3, hear_by=TODAY + timedelta(9))
    place.answer(round_id, "people", ["3"] * 12)
    lead = opened(app, place, round_id)
    names = ("results", "answers/people", "answers/staff", "words/people", "pictures/people/radar.svg")
    for name in names:
        lead.get(f"/round/{round_id}/{name}") if "." not in name else lead.send("GET", f"/round/{round_id}/{name}")
        with counted(app) as statements:
            assert lead.send("GET", f"/round/{round_id}/{name}").status == 200
        assert len(statements) <= 6, name
