"""A team answers the short form together, from the start page to its result and on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import Installation
from tests.house.browser import Person, look_closely

SAVE: Final = "Save and continue"
NOTE: Final = "Minutes of the March meeting"


@pytest.fixture
def without_script(browser: Browser, browser_context_args: dict[str, object]) -> Iterator[BrowserContext]:
    context = browser.new_context(**browser_context_args, java_script_enabled=False)  # type: ignore[arg-type]
    yield context
    context.close()


def set_up(person: Person, organisation: str) -> None:
    """From the start page to the list of the six principles."""
    person.open("/")
    person.press("Start now")
    person.type("Organisation", organisation)
    person.type("Service or team", "Home Support")
    person.pick("Sector")
    person.press("Continue")
    expect(person.page.get_by_role("heading", level=1)).to_have_text(f"About {organisation}")
    person.pick("What kind of organisation is it?")
    person.pick("Where is it?")
    person.pick("How many people work for it?")
    person.press("Continue")
    person.choose(person.page.get_by_label("Short form"))
    person.type("How many people who use the service", "3")
    person.type("How many staff and partners?", "2")
    person.press("Start answering")
    expect(person.page.get_by_role("heading", level=1)).to_have_text("Your principles")


def answer_all(person: Person) -> None:
    """Twelve statements; the second does not apply, the last is not known."""
    person.press("Begin with")
    for number in range(12):
        options = person.page.locator("input[name=answer]")
        if number == 1:
            person.choose(options.nth(5))
            person.press(SAVE)  # the page asks why
            person.type(person.page.locator("#reason"), "No budget is held here")
        else:
            person.choose(options.nth(6 if number == 11 else number % 5))
        if number == 0:
            person.unfold("What could you point to?")
            person.type(person.page.locator("#evidence"), NOTE)
        person.press(SAVE)
    expect(person.page.get_by_role("heading", level=1)).to_have_text("Your principles")


def send(person: Person) -> None:
    person.press("Check your answers")
    expect(person.page.get_by_text(NOTE)).to_be_visible()
    person.press("Send and see our profile")
    person.page.wait_for_url("**/result/**")


def test_a_short_form_with_a_script(page: Page, measured: Callable[[str], None]) -> None:
    person = Person(page)
    set_up(person, "Larkshire Council")
    answer_all(person)
    person.press("Checks for harm")
    person.press(SAVE)
    person.press("In your own words")
    person.press(SAVE)
    send(person)
    measured(f"A short form with a script: {person.says()}")
    look_closely(page)


def test_a_short_form_without_a_script(
    without_script: BrowserContext, watch: Callable[[Page], Page], measured: Callable[[str], None]
) -> None:
    person = Person(watch(without_script.new_page()), looks=False)
    set_up(person, "Wold Trust")
    answer_all(person)
    send(person)
    measured(f"A short form without a script: {person.says()}")


def test_a_short_form_by_keyboard_alone(page: Page, measured: Callable[[str], None]) -> None:
    person = Person(page, by_keyboard=True)
    set_up(person, "Fen School")
    answer_all(person)
    send(person)
    measured(f"A short form by keyboard: {person.says()}")


def test_every_page_around_it(page: Page) -> None:
    person = Person(page)
    for address in ("/help", "/who-sees-what", "/accessibility", "/back", "/nowhere", "/start/service"):
        person.open(address)


def test_the_organisation_is_found_as_one_types(page: Page, installation: Installation) -> None:
    person = Person(page)
    set_up(person, "Ferry County Council")
    installation.flask("organisation", "confirm", "Ferry County Council")
    page.goto("/start/service")
    page.get_by_label("Organisation").press_sequentially("ferry")
    found = page.get_by_role("radio", name="Ferry County Council")
    expect(found).to_be_visible()
    look_closely(page)
    found.check()
    page.get_by_label("Service or team").fill("Day Centre")
    page.get_by_label("Sector").select_option(index=1)
    page.get_by_role("button", name="Continue").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("How will you answer?")


def test_two_browsers_at_one_statement(
    page: Page, browser: Browser, base_url: str, watch: Callable[[Page], Page]
) -> None:
    person = Person(page)
    set_up(person, "Two Rivers Council")
    person.press("Show the link and a code to scan")
    link = page.locator("#owner").inner_text()
    second = browser.new_context(base_url=base_url)
    there = watch(second.new_page())
    there.goto(link)
    there.get_by_role("button", name="Continue").click()
    assert link.rsplit("/", 1)[-1] not in there.url
    for one in (page, there):
        one.goto(there.url)
        one.get_by_role("button", name="Begin with").click()
    for one, level in ((page, 1), (there, 3)):
        one.locator("input[name=answer]").nth(level).check()
        one.get_by_role("button", name=SAVE).click()
    expect(there.get_by_text("Someone else answered this while the page was open")).to_be_visible()
    look_closely(there)
    second.close()


def test_the_link_can_be_copied(page: Page, context: BrowserContext) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    person = Person(page)
    set_up(person, "Copy Council")
    person.press("Show the link and a code to scan")
    page.get_by_role("button", name="Copy the link").first.click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#owner").inner_text()
