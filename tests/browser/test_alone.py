"""One person of each side answers alone on a phone: with a script, without one, and by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect

from assessment.app import create_app
from assessment.config import Settings
from assessment.store.db import db
from tests.browser.conftest import Installation
from tests.house.apart import CODE, SAVE, SEND, SKIP, START, Apart, round_apart
from tests.house.browser import Person, look_closely

PHONE: Final = {"width": 390, "height": 844}
STORY: Final = "They listened to my mother."


@pytest.fixture(scope="module")
def app(installation: Installation) -> Iterator[Flask]:
    """The app inside the test, on the database that is served."""
    made = create_app(Settings(instance=installation.folder))
    yield made
    with made.app_context():
        db.engine.dispose()


@pytest.fixture
def apart(app: Flask) -> Apart:
    return round_apart(app)


@pytest.fixture
def browser_context_args(base_url: str) -> dict[str, Any]:
    return {"base_url": base_url, "viewport": PHONE, "locale": "en-GB"}


@pytest.fixture
def without_script(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[BrowserContext]:
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    yield context
    context.close()


def begin(person: Person, secret: str) -> None:
    person.open(f"/link/{secret}")
    person.press("Continue")
    person.press(START)
    expect(person.page.get_by_text("Question 1 of 12")).to_be_visible()


def answer(person: Person) -> None:
    """Twelve statements, two of them skipped, and a few words; then to the page that sends."""
    for number in range(12):
        if number in (3, 7):
            person.press(SKIP)
            continue
        person.choose(person.page.locator("input[name=answer]").nth(number % 8))
        if number == 0:
            person.unfold("Do you want to say more?")
            person.type(person.page.locator("#evidence"), STORY)
            person.choose(person.page.get_by_label("Do not show my words to staff"))
        person.press(SAVE)
    person.press("Skip these questions")
    person.press(SAVE)
    expect(person.page.get_by_text("Not sent yet. Only you can see this.")).to_be_visible()


def send(person: Person) -> str:
    """Send, and come away with the code; going back shows nothing."""
    person.press(SEND)
    expect(person.page.get_by_role("heading", level=1)).to_have_text("Thank you. Your answers are sent")
    code = person.page.locator("#code").inner_text()
    assert CODE.fullmatch(code)
    return code


def test_someone_who_uses_the_service_with_a_script(apart: Apart, page: Page, measured: Callable[[str], None]) -> None:
    person = Person(page)
    begin(person, apart.people)
    answer(person)
    person.press("Save and come back later")
    person.press("Go on with the questions")
    code = send(person)
    measured(f"Answering alone with a script: {person.says()}")
    page.go_back()
    expect(page.get_by_text(STORY)).to_have_count(0)
    person.open("/code")
    person.type("Your code", code.lower())
    person.press("Continue")
    person.press("Take them back")
    person.press("Yes, delete my answers")


def test_someone_who_works_there_without_a_script(
    apart: Apart, without_script: BrowserContext, watch: Callable[[Page], Page], measured: Callable[[str], None]
) -> None:
    person = Person(watch(without_script.new_page()), looks=False)
    begin(person, apart.staff)
    expect(person.page.get_by_text("Read this aloud")).to_be_hidden()
    answer(person)
    send(person)
    person.press("Someone else will answer on this device")
    person.press("Continue")
    person.press("Leave this page quickly")
    assert person.page.url.endswith("/")
    measured(f"Answering alone without a script: {person.says()}")


def test_someone_who_was_invited_by_keyboard(apart: Apart, page: Page, measured: Callable[[str], None]) -> None:
    person = Person(page, by_keyboard=True, looks=False)
    (secret,) = apart.invite("mo@example.org")
    person.open(f"/link/{secret}")
    person.press("Continue")
    person.press(START)  # the page asks which side
    look_closely(page)
    person.choose(page.get_by_label("I work here or with it"))
    person.press(START)
    look_closely(page)  # staff read other words, with the names of the levels
    answer(person)
    send(person)
    measured(f"Answering alone by keyboard: {person.says()}")


def test_leaving_quickly_leaves_no_page_to_go_back_to(apart: Apart, page: Page) -> None:
    person = Person(page, looks=False)
    begin(person, apart.people)
    before = page.evaluate("history.length")
    page.get_by_role("button", name="Leave this page quickly").click()
    page.wait_for_url("**/")
    assert page.evaluate("history.length") == before, "the page itself gave way"
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("There is no page at this address")


def test_it_is_read_aloud_by_a_voice_of_this_device(apart: Apart, page: Page) -> None:
    """Chromium here has no voice of its own: one is put in its place, which writes down what it is given."""
    page.add_init_script(_VOICE)
    person = Person(page)
    begin(person, apart.people)
    button = page.get_by_role("button", name="Read this aloud")
    button.click()
    expect(page.get_by_role("button", name="Stop reading")).to_be_visible()
    said = page.evaluate("window.said")
    assert said[0][0] == page.get_by_role("heading", level=1).inner_text() and len(said) == 1 + 1 + 8
    assert {language for _text, language in said} == {"en-GB"}
    page.get_by_role("button", name="Stop reading").click()
    expect(button).to_be_visible()
    assert page.evaluate("window.stopped") >= 2
    look_closely(page)


_VOICE: Final = """
window.said = []; window.stopped = 0;
const voice = {lang: "en-GB", localService: true, name: "Test"};
Object.defineProperty(window, "speechSynthesis", {value: {
  getVoices: () => [voice], cancel: () => window.stopped++, addEventListener: () => {},
  speak: (one) => window.said.push([one.text, one.lang]),
}});
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""
