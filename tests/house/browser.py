"""A person at a browser: what they press is counted, and every page they see is looked at closely."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Locator, Page

AXE: Final = (Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js").read_text
RULES: Final = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
WIDTHS: Final = (390, 1280)
NARROW: Final = 320
HEIGHT: Final = 900
ID: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|statement/[\w-]+|link/[\w-]{43}")
MOST_TABS: Final = 120


@dataclass
class Person:
    """Someone who goes through the pages; ``by_keyboard``: without ever touching a mouse."""

    page: Page
    by_keyboard: bool = False
    looks: bool = True  # without a script there is no looking: axe is one
    clicks: int = 0
    keys: int = 0
    pages: int = 0
    seen: set[str] = field(default_factory=set)
    started: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        self.page.on("framenavigated", lambda frame: self._arrived(frame is self.page.main_frame))

    def _arrived(self, whole_page: bool) -> None:
        self.pages += whole_page

    def open(self, address: str) -> None:
        self.page.goto(address)
        self.look()

    def press(self, words: str) -> None:
        """Press the button, or follow the link, that says this."""
        button, link = (self.page.get_by_role(role, name=words) for role in ("button", "link"))
        with self.page.expect_navigation():
            self._use(button.or_(link).first)
        self.look()

    def choose(self, option: Locator) -> None:
        """Take a radio or tick a box."""
        if not self.by_keyboard:
            self.clicks += 1
            option.check()
            return
        self._reach_option(option)
        if not option.is_checked():
            self._key("Space")
        assert option.is_checked()

    def unfold(self, words: str) -> None:
        self._use(self.page.locator("summary", has_text=words))

    def pick(self, label: str, index: int = 1) -> None:
        """Take an entry of a list."""
        found = self.page.get_by_label(label)
        if not self.by_keyboard:
            self.clicks += 1
            found.select_option(index=index)
            return
        self._reach(found)
        for _step in range(index):
            self._key("ArrowDown")

    def type(self, label: str | Locator, text: str) -> None:
        found = self.page.get_by_label(label) if isinstance(label, str) else label
        if self.by_keyboard:
            self._reach(found)
            self.page.keyboard.insert_text(text)
            self.keys += len(text)
        else:
            self.clicks += 1
            found.fill(text)

    def look(self) -> None:
        """Hold each kind of page, and each of its states, against everything that can be looked at, once."""
        kind = ID.sub("…", self.page.url) + ("!" if self.page.locator(".govuk-error-summary").count() else "")
        if self.looks and kind not in self.seen:
            self.seen.add(kind)
            look_closely(self.page)

    def says(self) -> str:
        """What it took, as one line."""
        took = time.monotonic() - self.started
        hands = f"{self.keys} keys" if self.by_keyboard else f"{self.clicks} clicks"
        return f"{hands}, {self.pages} pages, {took:.0f} s by a machine that reads nothing"

    def _use(self, found: Locator) -> None:
        if self.by_keyboard:
            self._reach(found)
            self._key("Enter")
        else:
            self.clicks += 1
            found.click()

    def _reach(self, found: Locator) -> None:
        """Tab on until this has the focus, which must be visible."""
        for _tab in range(MOST_TABS):
            if found.evaluate("one => one === document.activeElement"):
                assert _shows_focus(found), f"no one sees that {found} has the focus"
                return
            self._key("Tab")
        raise AssertionError(f"{MOST_TABS} tabs never reach {found}")

    def _reach_option(self, option: Locator) -> None:
        """Radios of one group share a stop: tab to the group, then arrow to the option."""
        group = option.evaluate("one => one.type === 'radio' ? one.name : ''")
        for _tab in range(MOST_TABS):
            name = self.page.evaluate("document.activeElement.type === 'radio' ? document.activeElement.name : ''")
            if option.evaluate("one => one === document.activeElement"):
                return
            self._key("ArrowDown" if group and name == group else "Tab")
        raise AssertionError(f"the keyboard never reaches {option}")

    def _key(self, key: str) -> None:
        self.keys += 1
        self.page.keyboard.press(key)


def look_closely(page: Page) -> None:
    """Axe at two widths, and no sideways scrolling at the narrowest."""
    size = page.viewport_size
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        faults = axe(page)
        assert not faults, f"{page.url} at {width}: " + "; ".join(faults)
    page.set_viewport_size({"width": NARROW, "height": HEIGHT})
    wide = page.evaluate(_TOO_WIDE)
    assert not wide, f"{page.url} is wider than {NARROW} px: {wide}"
    if size:
        page.set_viewport_size(size)


def axe(page: Page, rules: Iterable[str] = RULES) -> list[str]:
    """What axe finds, as one line a fault; empty when it finds nothing."""
    page.evaluate(AXE())
    result: dict[str, Any] = page.evaluate(
        "tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})", list(rules)
    )
    return [f"{found['id']}: {found['nodes'][0]['html'][:200]}" for found in result["violations"]]


def _shows_focus(found: Locator) -> bool:
    """Whether the focus is drawn: an outline, a shadow or a ground of its own, on it or on what stands for it."""
    return bool(found.evaluate(_FOCUS))


_TOO_WIDE: Final = """() => document.documentElement.scrollWidth <= innerWidth ? "" :
  [...document.querySelectorAll("body *")].filter(one => one.getBoundingClientRect().right > innerWidth + 1)
    .slice(0, 3).map(one => one.outerHTML.slice(0, 120)).join(" | ") || "something"
"""
_FOCUS: Final = """one => {
  const outlined = (style) => style.outlineStyle !== "none" && style.outlineWidth !== "0px";
  const drawn = (style) => outlined(style) || style.boxShadow !== "none";
  const beside = one.type === "radio" || one.type === "checkbox" ? one.nextElementSibling : null;
  return drawn(getComputedStyle(one)) || (beside && drawn(getComputedStyle(beside, "::before")));
}"""
