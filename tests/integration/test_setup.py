"""Setting up a round: in under a minute, without an account, and never by accident twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from flask import Flask
from sqlalchemy import select

from assessment.store.db import reading, transaction
from assessment.store.models import Department, Organisation, Round, Service
from tests.house.journey import CONTINUE, Team, a_region, an_option, set_up, sit_down
from tests.house.rows import count
from tests.house.visitor import Visitor


def confirm_all(app: Flask) -> None:
    with app.app_context(), transaction() as session:
        for found in session.scalars(select(Organisation)):
            found.confirmed_on = date(2026, 1, 1)


def test_a_team_of_a_new_organisation_stands_before_its_six_principles(visitor: Visitor) -> None:
    page = Team.at_the_table(visitor).tasks()
    assert page.status == 200
    for name in ("Assets", "Building capacity", "Reciprocity", "Blurred roles", "Peer networks", "Catalysing"):
        assert name in page.text
    assert "0 of 12 answered" in page.text and "Larkshire Council" in page.text


def test_the_organisation_is_asked_about_only_when_we_do_not_know_it(
    app: Flask, visitor: Visitor, another: Callable[[], Visitor]
) -> None:
    Team.at_the_table(visitor)
    page = set_up(another(), organisation="  larkshire   COUNCIL")
    assert page.path == "/start/service" and "None of these" in page.text
    page = page.press(CONTINUE)
    assert page.path == "/start/sitting"
    sit_down(page)
    assert (count(app, Organisation), count(app, Department), count(app, Service)) == (1, 1, 2)


def test_a_team_never_lands_in_the_service_of_another_team(
    app: Flask, visitor: Visitor, another: Callable[[], Visitor]
) -> None:
    mine, theirs = Team.at_the_table(visitor), another()
    sit_down(set_up(theirs).press(CONTINUE))
    assert theirs.get(mine.address + "/").status == 404
    assert count(app, Service) == 2


def test_a_confirmed_organisation_is_found_by_the_start_of_any_word(
    app: Flask, visitor: Visitor, another: Callable[[], Visitor]
) -> None:
    Team.at_the_table(visitor)
    nobody = another()
    assert "Larkshire Council" not in nobody.get("/start/organisations?q=coun").text
    confirm_all(app)
    assert "Larkshire Council" in nobody.get("/start/organisations?q=coun").text
    assert "Larkshire Council" in nobody.get("/start/organisations?q=lark").text
    assert "add my organisation" in nobody.get("/start/organisations?q=ouncil").text


def test_two_organisations_of_one_name_are_told_apart(
    app: Flask, visitor: Visitor, another: Callable[[], Visitor]
) -> None:
    Team.at_the_table(visitor)
    page = set_up(another()).press(CONTINUE, organisation_id="new")
    assert page.heading == "About Larkshire Council"
    page = page.press(CONTINUE, kind="council", region="scotland", size="small")
    sit_down(page)
    assert count(app, Organisation) == 2
    third = another()
    page = set_up(third)
    assert "Council, North East, England" in page.text and "Council, Scotland" in page.text
    page = page.press(CONTINUE)
    assert page.path == "/start/service", "which of the two is for the team to say"
    with app.app_context(), reading() as session:
        scottish = session.scalars(select(Organisation.id).where(Organisation.region == "scotland")).one()
    sit_down(page.press(CONTINUE, organisation_id=scottish.hex))
    assert (count(app, Organisation), count(app, Service)) == (2, 3)


def test_describing_a_known_organisation_lands_in_it(
    app: Flask, visitor: Visitor, another: Callable[[], Visitor]
) -> None:
    Team.at_the_table(visitor)
    page = set_up(another(), organisation="LARKSHIRE council").press(CONTINUE, organisation_id="new")
    sit_down(page.press(CONTINUE, kind="council", region=a_region(page), size="small"))
    assert (count(app, Organisation), count(app, Service)) == (1, 2)


def test_find_works_without_a_script_and_keeps_what_was_typed(app: Flask, visitor: Visitor) -> None:
    Team.at_the_table(visitor)
    confirm_all(app)
    page = Visitor(app).get("/start/service")
    page = page.press("Find", organisation="lark", service="Home Support")
    assert "Larkshire Council" in page.text and "There is a problem" not in page.text
    assert page.holds(CONTINUE, "service") == "Home Support"


def test_a_part_of_a_name_asks_which_organisation_is_meant(app: Flask, visitor: Visitor) -> None:
    Team.at_the_table(visitor)
    confirm_all(app)
    page = set_up(Visitor(app), organisation="lark")
    assert page.path == "/start/service" and "Choose your organisation from the list" in page.text
    page = page.press(CONTINUE, organisation_id="new")
    assert page.path == "/start/organisation" and page.heading == "About lark"


def test_pressing_start_twice_makes_one_round(app: Flask, visitor: Visitor) -> None:
    page = set_up(visitor)
    page = page.press(CONTINUE, kind="council", region=a_region(page), size=an_option(page, "size"))
    first, second = sit_down(page), sit_down(page)
    assert first.path == second.path
    assert (count(app, Round), count(app, Service)) == (1, 1)


def test_what_is_missing_is_said_beside_its_field(visitor: Visitor) -> None:
    page = visitor.get("/start/service").press(CONTINUE)
    assert page.text.count("Enter the name of your organisation.") == 2
    assert "Enter the name of your service or team." in page.text
    assert page.tree is not None
    assert page.tree.findtext("head/title", "").startswith("Error:")


def test_a_name_of_dots_only_is_no_name(visitor: Visitor) -> None:
    assert "Use letters or numbers in the name." in set_up(visitor, organisation="...").text


def test_nobody_at_the_table_is_refused(visitor: Visitor) -> None:
    page = set_up(visitor)
    page = page.press(CONTINUE, kind="council", region=a_region(page), size=an_option(page, "size"))
    page = sit_down(page, people="0", staff="0")
    assert "enter at least 1 on one side" in page.text
    page = sit_down(page, people="three", staff="2")
    assert "Enter how many" in page.text and page.holds("Start", "people_present") == "three"


def test_the_later_steps_lead_back_to_the_first_without_it(visitor: Visitor) -> None:
    assert visitor.get("/start/organisation").path == "/start/service"
    assert visitor.get("/start/sitting").path == "/start/service"


def test_an_expired_token_keeps_every_word_of_the_set_up(visitor: Visitor) -> None:
    page = visitor.get("/start/service")
    visitor.let_tokens_expire()
    page = page.press(
        CONTINUE, organisation="Larkshire Council", service="Home Support", sector=an_option(page, "sector")
    )
    assert page.path == "/start/service" and "open for too long" in page.text
    assert "There is a problem" not in page.text
    assert page.holds(CONTINUE, "organisation") == "Larkshire Council"
    assert page.press(CONTINUE).path == "/start/organisation"


def test_names_are_shown_as_text_whatever_they_hold(visitor: Visitor) -> None:
    """Mark-up, formulas and marks that turn the reading direction are letters like any other."""
    names = ['<script>alert("1")</script> & Co', "=cmd|'/c calc'!A1", "Council \u202egnirts desrever", "{{ 7 * 7 }}"]
    for name in names:
        team = Team.at_the_table(Visitor(visitor.app), organisation=name)
        text = team.tasks().text
        assert name.replace("\u202e", " ").replace("  ", " ") in text, text[:200]
    assert "\u202e" not in text
