"""Private links: the only key to a round, and kept nowhere."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import text

from assessment.store.db import Base, db
from tests.house.journey import CONTINUE, SAVE, Team, shown_links
from tests.house.visitor import Page, Visitor

NEW_LINKS = "Make new links"


def test_opening_a_link_shows_continue_before_it_is_used(team: Team, another: Callable[[], Visitor]) -> None:
    """Mail programs open links before people do."""
    owner, _reader = team.links()
    browser = another()
    page = browser.get(owner)
    assert page.status == 200 and browser.links == {}
    page = page.press(CONTINUE)
    assert page.path == f"{team.address}/"
    assert team.secret not in page.response.request.url


def test_a_sent_round_opens_at_its_result(team: Team, another: Callable[[], Visitor]) -> None:
    team.answer_all()
    team.send()
    for link in team.links():
        assert another().get(link).press(CONTINUE).path == f"/result/{team.round_id}/"


def test_a_link_can_be_pasted_whole_or_in_part(team: Team, another: Callable[[], Visitor]) -> None:
    owner, _reader = team.links()
    for typed in (f"http://localhost{owner}", owner, owner.rsplit("/", 1)[-1], f"  https://x.example{owner}/ "):
        page = another().get("/back").press(CONTINUE, link=typed)
        assert page.path == f"{team.address}/", typed
    page = another().get("/back").press(CONTINUE, link="nonsense")
    assert "does not open anything" in page.text and page.holds(CONTINUE, "link") == "nonsense"


def without_reference(page: Page) -> str:
    """What an error page says, but for the reference that every request has of its own."""
    return re.sub(r"(reference:) \S+", r"\1", page.text)


def test_wrong_old_and_foreign_links_look_all_the_same(team: Team, another: Callable[[], Visitor]) -> None:
    owner, _reader = team.links()
    old = owner
    team.visitor.get(f"{team.address}/links").press(NEW_LINKS)
    addresses = ["/link/" + "A" * 43, "/link/x", old, old[:-1], old + "A", "/link/" + "%00" * 43]
    pages = [another().get(address) for address in addresses]
    assert {page.status for page in pages} == {404}
    assert len({without_reference(page) for page in pages}) == 1


def test_a_round_that_is_not_mine_looks_like_one_that_is_not(team: Team, another: Callable[[], Visitor]) -> None:
    nobody = another()
    there = nobody.get(f"{team.address}/")
    nowhere = nobody.get("/answer/00000000-0000-4000-8000-000000000000/")
    assert there.status == nowhere.status == 404
    assert without_reference(there) == without_reference(nowhere)


def test_new_links_stop_the_old_ones_on_every_device(team: Team, another: Callable[[], Visitor]) -> None:
    owner, reader = team.links()
    other = another()
    other.get(owner).press(CONTINUE)
    page = team.visitor.get(f"{team.address}/links").press(NEW_LINKS)
    assert "These are your new links" in page.text
    assert not set(shown_links(page)) & {owner, reader}
    assert other.get(f"{team.address}/").status == 404
    assert [another().get(link).status for link in (owner, reader)] == [404, 404]
    assert [another().get(link).status for link in shown_links(page)] == [200, 200]


def test_pressing_new_links_twice_locks_nobody_out(team: Team) -> None:
    page = team.visitor.get(f"{team.address}/links")
    first, second = page.press(NEW_LINKS), page.press(NEW_LINKS)
    assert first.status == second.status == 200
    assert shown_links(first) == shown_links(second)
    assert team.tasks().status == 200


def test_the_second_press_of_a_browser_whose_first_answer_never_came(team: Team) -> None:
    """Its cookie still has the old secret; the page it sends again brings the new one."""
    page = team.visitor.get(f"{team.address}/links")
    before = team.secret
    page.press(NEW_LINKS)
    with team.visitor.client.session_transaction(base_url="http://localhost") as session:
        session["links"] = [[team.round_id.hex, before]]
    assert "These are your new links" in page.press(NEW_LINKS).text


def test_a_reader_reads_the_result_and_changes_nothing(team: Team, another: Callable[[], Visitor]) -> None:
    team.answer_all()
    team.send()
    _owner, link = team.links()
    reader = another()
    assert reader.get(link).press(CONTINUE).status == 200
    pages = ["", "links", "check", "copy", "copy.json", "again", "safeguards", f"statement/{team.statements[0].id}"]
    assert {reader.get(f"{team.address}/{page}").status for page in pages} == {404}
    token = {"csrf_token": reader.get("/back").form(CONTINUE)[2]["csrf_token"], "answer": "4", "version": "1"}
    page = reader.post(f"{team.address}/statement/{team.statements[0].id}", token)
    assert page.status in (403, 404)
    assert team.open(team.statements[0].id).holds(SAVE, "answer") == "2"


def test_a_reader_sees_nothing_before_the_answers_are_sent(team: Team, another: Callable[[], Visitor]) -> None:
    team.answer(team.statements[0].id, "2", evidence="A secret note")
    _owner, link = team.links()
    page = another().get(link).press(CONTINUE)
    assert "A secret note" not in page.html


def test_no_secret_is_in_the_database(team: Team, owner: Flask) -> None:
    team.answer_all()
    team.send()
    team.visitor.get(f"{team.address}/links").press(NEW_LINKS)
    secrets = [link.rsplit("/", 1)[-1] for link in team.links()]
    for table in Base.metadata.sorted_tables:
        with owner.app_context(), db.engine.connect() as connection:
            rows = str(connection.execute(text(f'SELECT * FROM "{table.name}"')).all())  # noqa: S608
        assert not [secret for secret in secrets if secret in rows], table.name


def test_no_address_after_the_link_carries_a_secret(team: Team) -> None:
    secret = team.secret
    pages: list[Page] = [team.tasks(), team.open(team.statements[0].id), team.check()]
    assert all(secret not in page.html for page in pages)


@pytest.mark.parametrize("goal", ["//evil.example/", "https://evil.example/", "/start/service", "/nowhere", ""])
def test_coming_back_leads_to_nowhere_but_an_answer(team: Team, goal: str) -> None:
    owner, _reader = team.links()
    token = team.visitor.get("/back").form(CONTINUE)[2]["csrf_token"]
    page = team.visitor.send("POST", "/come-back", {"csrf_token": token, "goal": goal, "link": owner})
    assert page.status == 404


def test_a_browser_keeps_the_last_dozen_rounds(app: Flask) -> None:
    visitor = Visitor(app)
    teams = [Team.at_the_table(visitor, organisation=f"Council {number}") for number in range(13)]
    assert [team.tasks().status for team in teams] == [404] + [200] * 12
    assert len(visitor.client.get_cookie("same_table").value) < 3000  # type: ignore[union-attr]
