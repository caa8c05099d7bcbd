"""What there is to attack: the forms of every page and the names that our pages read, found by looking."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

from assessment.config import ROOT
from tests.house.visitor import ORIGIN, Page, Visitor

PAGES: Final = ROOT / "assessment" / "pages"
OF_A_REQUEST: Final = r"(?:args|form|values|files)"
READ: Final = re.compile(
    OF_A_REQUEST + r"(?:\.get|\.getlist)?[(\[]\s*\"([\w-]+)\"|\"([\w-]+)\" in request\." + OF_A_REQUEST
)
TYPED: Final = re.compile(r"typed_\w+\(\"([\w-]+)\"\)")
TOKEN: Final = "csrf_token"


@dataclass(frozen=True)
class Field:
    name: str
    value: str
    kind: str

    @property
    def is_written(self) -> bool:
        """Whether people write in it, or choose; the rest is ours."""
        return self.kind != "hidden"


@dataclass(frozen=True)
class Form:
    """One form as somebody found it on a page."""

    page: str
    method: str
    path: str
    query: str
    fields: tuple[Field, ...]
    who: Visitor

    @property
    def key(self) -> tuple[str, ...]:
        """The same on pages that differ only in what stands in them."""
        return self.method, _without_ids(self.path), *sorted({field.name for field in self.fields})


def names_read() -> tuple[str, ...]:
    """Every name that a page asks the query or the form for."""
    found: set[str] = set()
    for path in sorted(PAGES.rglob("*.py")):
        text = Path(path).read_text()
        found |= {a or b for a, b in READ.findall(text)} | set(TYPED.findall(text))
    return tuple(sorted(found - {TOKEN}))


def forms_on(page: Page) -> Iterator[Form]:
    assert page.tree is not None
    asked = page.response.request
    here = asked.path + (f"?{asked.query_string.decode()}" if asked.query_string else "")
    for form in page.tree.iter("form"):
        leads_to = urlsplit(urljoin(ORIGIN + here, form.get("action") or here))
        method = form.get("method", "get").upper()
        yield Form(here, method, leads_to.path, leads_to.query, tuple(_fields(form)), page.visitor)


def _fields(form: Element) -> Iterator[Field]:
    for one in form.iter():
        name = one.get("name")
        if name and one.tag in ("input", "textarea", "select", "button"):
            yield Field(name, _value(one), one.get("type", one.tag))


def _value(one: Element) -> str:
    if one.tag == "textarea":
        return "".join(one.itertext()).removeprefix("\n")
    if one.tag == "select":
        options = [option.get("value", "") for option in one.iter("option")]
        return next((value for value in options if value), "")
    return one.get("value", "")


def _without_ids(path: str) -> str:
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=/)[\w-]{43}(?=/|$)", "…", path)
