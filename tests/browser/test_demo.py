"""The demo network as a visitor finds it: a council, the field, a result, and what comes out of the printer."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Installation, served
from tests.house.browser import Person, look_closely

DEMO = ("demo", "--services", "300", "--rounds", "2", "--seed", "1")
SHEET = re.compile(rb"/Type\s*/Page\b(?!s)")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with served(tmp_path_factory.mktemp("demo"), ("prepare",), DEMO) as made:
        yield made


@pytest.fixture
def addresses(demo: Installation) -> dict[str, str]:
    """What there is to see, as `make run` prints it: words and address."""
    said = demo.flask("demo", "links", "--at", demo.address)
    return dict(line.rsplit(": ", 1) for line in said.splitlines() if ": http" in line)


def opened(page: Page, addresses: dict[str, str], words: str) -> Person:
    """Open the private link whose line begins with these words."""
    address = next(address for line, address in addresses.items() if line.startswith(words))
    person = Person(page)
    person.open(address)
    person.press("Continue")
    return person


def test_a_council_looks_across_its_departments(page: Page, addresses: dict[str, str]) -> None:
    person = opened(page, addresses, "The page of")
    expect(page.get_by_text("Hidden").first).to_be_visible()
    person.press("Adult Social Care")
    expect(page.locator("#radar, .plot").first).to_be_visible()


def test_the_field_is_open_to_all(page: Page, demo: Installation) -> None:
    page.goto(f"{demo.address}/field/")
    expect(page.get_by_text("these are not estimates for all services").first).to_be_visible()
    look_closely(page)
    page.get_by_label("Whose account").select_option("people")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("What people who use services said")).to_be_visible()
    for name in ("By principle", "By year", "Taking part"):
        page.get_by_role("navigation").get_by_role("link", name=name).click()
        look_closely(page)
    page.goto(f"{demo.address}/field/")
    page.get_by_role("link", name="how well the questions measure").click()
    look_closely(page)


def test_on_paper_no_figure_of_the_field_is_cut_off(page: Page, demo: Installation) -> None:
    page.goto(f"{demo.address}/field/principle")
    page.emulate_media(media="print")
    figures = page.locator(".lane--short > svg text")
    expect(figures.first).to_be_visible()
    assert figures.evaluate_all(
        "all => all.every(one => one.getBoundingClientRect().bottom"
        " <= one.closest('svg').getBoundingClientRect().bottom)"
    )


def test_the_spread_of_one_group_is_reached_by_keyboard(page: Page, demo: Installation) -> None:
    page.goto(f"{demo.address}/field/principle")
    page.get_by_label("Groups by").select_option("nation")
    page.get_by_role("button", name="Show", exact=True).press("Enter")
    page.get_by_label("Show how one group spreads").select_option("nation:england")
    page.get_by_role("button", name="Show this group").press("Enter")
    expect(page.get_by_role("heading", name="How services spread: England")).to_be_visible()
    expect(page.get_by_label("Groups by")).to_have_value("nation")
    look_closely(page)


def test_a_result_stands_beside_its_peers(page: Page, addresses: dict[str, str]) -> None:
    person = opened(page, addresses, "The result of")
    groups = page.locator("input[name=peers]")
    assert groups.count() >= 2
    person.choose(groups.last)
    person.press("Show these")
    expect(groups.last).to_be_checked()
    expect(page.get_by_role("link", name="Correct an answer")).to_have_count(0)  # a reader changes nothing


@pytest.mark.parametrize("example", ["uneven", "parish", "first"])
def test_a_result_prints_on_two_sheets(page: Page, demo: Installation, example: str) -> None:
    page.goto(f"{demo.address}/example/{example}")
    assert len(SHEET.findall(page.pdf(prefer_css_page_size=True))) == 2


def test_the_demo_says_so_on_every_page(page: Page, demo: Installation) -> None:
    for address in ("/", "/field/", "/start/service", "/help", "/nowhere"):
        page.goto(demo.address + address)
        expect(page.get_by_text("every organisation, person and figure here is made up")).to_be_visible()
