"""What a team does, from the start page to the copy it keeps, in the words of the pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import urlsplit
from uuid import UUID

from assessment.questionnaire.definition import Definition, Statement
from assessment.questionnaire.folder import find_definitions
from tests.house.visitor import Page, Visitor

MAIN: Final = "co-production"
SAVE: Final = "Save and continue"
LATER: Final = "Answer later"
SEND: Final = "see our profile"
CONTINUE: Final = "Continue"

Form = Literal["short", "full"]


@dataclass
class Team:
    """People round one screen: the browser they use and the round it holds."""

    visitor: Visitor
    round_id: UUID
    form: Form = "short"

    @classmethod
    def at_the_table(cls, visitor: Visitor, form: Form = "short", organisation: str = "Larkshire Council") -> Team:
        """Set up a round of an organisation nobody knows yet."""
        page = set_up(visitor, organisation=organisation)
        page = page.press(CONTINUE, kind="council", region=a_region(page), size=an_option(page, "size"))
        page = sit_down(page, form)
        assert page.path.startswith("/answer/"), page.text[:300]
        return cls(visitor, UUID(page.path.split("/")[2]), form)

    @property
    def definition(self) -> Definition:
        folder = self.visitor.app.config["QUESTIONNAIRES"]
        return next(one for one in find_definitions(folder) if one.id == MAIN)

    @property
    def statements(self) -> tuple[Statement, ...]:
        return self.definition.on_form(self.form)

    @property
    def secret(self) -> str:
        return self.visitor.links[self.round_id.hex]

    @property
    def address(self) -> str:
        return f"/answer/{self.round_id}"

    def tasks(self) -> Page:
        return self.visitor.get(f"{self.address}/")

    def open(self, statement: str) -> Page:
        return self.visitor.get(f"{self.address}/statement/{statement}")

    def answer(self, statement: str, answer: str, **typed: str) -> Page:
        """Open a statement, choose, and save."""
        return self.open(statement).press(SAVE, answer=answer, **typed)

    def answer_all(self, answer: str = "2") -> None:
        for statement in self.statements:
            self.answer(statement.id, answer)

    def check(self) -> Page:
        return self.visitor.get(f"{self.address}/check")

    def send(self) -> Page:
        return self.check().press(SEND)

    def again(self, **typed: str) -> Team:
        """The next round of the same service."""
        page = sit_down(self.visitor.get(f"{self.address}/again"), self.form, **typed)
        return Team(self.visitor, UUID(page.path.split("/")[2]), self.form)

    def links(self) -> tuple[str, str]:
        """The owner's and the reader's address, as the page shows them."""
        return shown_links(self.visitor.get(f"{self.address}/links"))


def shown_links(page: Page) -> tuple[str, str]:
    """The addresses of the owner's and the reader's link, without the host."""
    assert page.tree is not None
    shown = {one.get("id"): one.text or "" for one in page.tree.iter("code")}
    return urlsplit(shown["owner"]).path, urlsplit(shown["reader"]).path


def set_up(visitor: Visitor, **over: str) -> Page:
    """The first page of a set-up, filled in and sent."""
    page = visitor.get("/start/service")
    typed = {"organisation": "Larkshire Council", "service": "Home Support", "department": "Adult care"}
    typed |= {"sector": an_option(page, "sector"), **over}
    return page.press(CONTINUE, **typed)


def sit_down(page: Page, form: Form = "short", people: str = "3", staff: str = "2", **typed: str) -> Page:
    """The last page of a set-up: which form, and who is at the table."""
    sheet = f"{MAIN}:1.0:en:{form}"
    return page.press("", sheet=sheet, people_present=people, staff_present=staff, **typed)


def an_option(page: Page, select: str) -> str:
    """A value that this list offers, not its first, empty one."""
    assert page.tree is not None
    found = next(s for s in page.tree.iter("select") if s.get("name") == select)
    return next(value for o in found.iter("option") if (value := o.get("value", "")))


def a_region(page: Page) -> str:
    return an_option(page, "region")
