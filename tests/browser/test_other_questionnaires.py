"""Any maturity questionnaire is answered and drawn without a line of code of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ROOT, Installation, served
from tests.house.browser import Person, look_closely

OTHERS = ROOT / "tests" / "definitions" / "valid"


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation that offers two more questionnaires, of other sizes than ours."""
    folder = tmp_path_factory.mktemp("questionnaires")
    shutil.copytree(ROOT / "questionnaires", folder, dirs_exist_ok=True)
    shutil.copytree(OTHERS, folder, dirs_exist_ok=True)
    with served(tmp_path_factory.mktemp("elsewhere"), QUESTIONNAIRES=str(folder)) as made:
        yield made


@pytest.mark.parametrize(
    ("title", "principles"),
    [("library-friends:2.1:en:full", 4), ("good-neighbours:1.0:en:short", 8), ("good-neighbours:1.0:en:full", 8)],
)
def test_it_is_answered_and_drawn(page: Page, elsewhere: Installation, title: str, principles: int) -> None:
    person = Person(page)
    start(person, elsewhere, title)
    while page.locator("input[name=answer]").count():
        person.choose(page.locator("input[name=answer]").nth(person.pages % 3))
        person.press("Save and continue")
    person.press("Check your answers")
    person.press("Send and see our profile")
    page.wait_for_url("**/result/**")
    expect(page.locator("#radar svg.radar")).to_have_count(1)
    expect(page.locator(".principle")).to_have_count(principles)
    expect(page.locator("#radar .main-svg").first).to_be_visible()
    look_closely(page)


def start(person: Person, elsewhere: Installation, sheet: str) -> None:
    """Set a round up with this form of this questionnaire, and open its first statement."""
    person.page.goto(f"{elsewhere.address}/start/service")
    person.type("Organisation", "Much Wenlow Council")
    person.type("Service or team", "Reading Room")
    person.pick("Sector")
    person.press("Continue")
    if person.page.url.endswith("/service"):
        person.press("Continue")  # it is known since the questionnaire before, and chosen already
    if "organisation" in person.page.url:
        person.pick("What kind of organisation is it?")
        person.pick("Where is it?")
        person.pick("How many people work for it?")
        person.press("Continue")
    person.choose(person.page.locator(f"input[value='{sheet}']"))
    person.type("How many people who use the service", "2")
    person.type("How many staff and partners?", "2")
    person.press("Start answering")
    person.press("Begin with")


def test_a_definition_cannot_bring_markup(page: Page, elsewhere: Installation) -> None:
    """Whatever a definition's texts hold is shown as text."""
    page.goto(f"{elsewhere.address}/blank/good-neighbours:1.0:en:full")
    assert page.locator("main script, main img, main iframe").count() == 0
    expect(page.get_by_text("<", exact=False).first).to_be_visible()


def test_the_folder_is_the_one_that_is_checked(elsewhere: Installation) -> None:
    said = elsewhere.flask("questionnaire", "list")
    assert all(name in said for name in ("co-production", "library-friends", "good-neighbours"))
