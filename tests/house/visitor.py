"""A visitor with a browser of their own: opens pages, fills in forms, presses buttons. No page goes unchecked."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

from flask import Flask
from werkzeug.test import TestResponse

from assessment.pages.access import ACCESS
from tests.house.html import HTML, PageFault, faults_of, parse, text_of

ORIGIN: Final = "http://localhost"
FRAGMENTS: Final = frozenset({"setup.organisations"})
REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})

Typed = Mapping[str, str | list[str]]


class Visitor:
    """One browser: its cookies are its own."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client = app.test_client()

    def get(self, address: str) -> Page:
        """Open an address and go where it leads."""
        return self.follow(self.send("GET", address))

    def post(self, address: str, typed: Typed) -> Page:
        return self.follow(self.send("POST", address, typed))

    def send(self, method: str, address: str, typed: Typed | None = None) -> Page:
        """One request, without following where it leads. What was typed into a form of GET stands in the address."""
        carried: Any = {"query_string" if method == "GET" else "data": typed} if typed else {}
        response = self.client.open(address, method=method, base_url=ORIGIN, **carried)
        return Page(self, response, typed)

    def follow(self, page: Page) -> Page:
        for _hop in range(5):
            if page.status not in REDIRECTS:
                return page
            again = page.status in (307, 308)
            page = self.send("POST" if again else "GET", page.leads_to, page.typed if again else None)
        raise PageFault(f"the redirects never end: {page.leads_to}")

    @property
    def links(self) -> dict[str, str]:
        """The secrets that this browser holds, by what they open."""
        with self.client.session_transaction(base_url=ORIGIN) as session:
            return dict(session.get("links", []))

    def forget_cookies(self) -> None:
        self.client = self.app.test_client()

    def let_tokens_expire(self) -> None:
        """As if the page had been open for longer than its token is good for."""
        with self.client.session_transaction(base_url=ORIGIN) as session:
            session.pop("csrf_token", None)


class Page:
    """What came back, checked."""

    def __init__(self, visitor: Visitor, response: TestResponse, typed: Typed | None) -> None:
        self.visitor = visitor
        self.response = response
        self.typed = typed
        self.status = response.status_code
        self.path = response.request.path
        self.headers = response.headers
        self.html = response.get_data(as_text=True) if (response.mimetype or "").startswith("text/") else ""
        self.is_whole = endpoint_of(visitor.app, response) not in FRAGMENTS
        self.tree: Element | None = None
        _check(self)

    @property
    def leads_to(self) -> str:
        return urljoin(ORIGIN + self.path, self.headers["Location"])

    @property
    def text(self) -> str:
        assert self.tree is not None, f"{self.path} is not a page but {self.response.mimetype}"
        return text_of(self.tree)

    @property
    def heading(self) -> str:
        assert self.tree is not None
        return " ".join("".join(next(self.tree.iter("h1")).itertext()).split())

    @property
    def json(self) -> Any:
        return json.loads(self.response.get_data())

    def link(self, words: str) -> str:
        """The address of the link that says this."""
        assert self.tree is not None
        found = [a.get("href", "") for a in self.tree.iter("a") if words in " ".join("".join(a.itertext()).split())]
        assert found, f"no link says {words!r} on {self.path}"
        return found[0]

    def go(self, words: str) -> Page:
        return self.visitor.get(urljoin(ORIGIN + self.path, self.link(words)))

    def form(self, button: str = "") -> tuple[str, str, dict[str, str]]:
        """The form with this button: its method, its address, and what it holds as it stands."""
        assert self.tree is not None
        for form in self.tree.iter("form"):
            pressed = next((b for b in form.iter("button") if button in "".join(b.itertext())), None)
            if pressed is None:
                continue
            holds = _holds(form)
            if name := pressed.get("name"):
                holds[name] = pressed.get("value", "")
            address = urljoin(ORIGIN + self._address, form.get("action") or self._address)
            return form.get("method", "get").upper(), address, holds
        raise AssertionError(f"no form with a button {button!r} on {self.path}: {self.text[:300]}")

    def press(self, button: str, **typed: str) -> Page:
        """Type over what the form holds and press the button; a field of no form is a mistake of the test."""
        method, address, holds = self.form(button)
        return self.visitor.follow(self.visitor.send(method, address, holds | typed))

    def holds(self, button: str, name: str) -> str:
        """What a field of the form holds now."""
        return self.form(button)[2].get(name, "")

    @property
    def _address(self) -> str:
        query = self.response.request.query_string.decode()
        return f"{self.path}?{query}" if query else self.path


def _holds(form: Element) -> dict[str, str]:
    holds: dict[str, str] = {}
    for field in form.iter():
        name = field.get("name")
        if not name or field.tag not in ("input", "select", "textarea"):
            continue
        if field.tag == "textarea":
            holds[name] = "".join(field.itertext()).removeprefix("\n")
        elif field.tag == "select":
            chosen = [o.get("value", "") for o in field.iter("option") if o.get("selected") is not None]
            holds[name] = chosen[0] if chosen else next((o.get("value", "") for o in field.iter("option")), "")
        elif field.get("type") not in ("radio", "checkbox") or field.get("checked") is not None:
            holds[name] = field.get("value", "")
    return holds


def endpoint_of(app: Flask, response: TestResponse) -> str | None:
    adapter = app.url_map.bind("localhost")
    path = urlsplit(response.request.path).path
    try:
        found: str = adapter.match(path, method=response.request.method)[0]
    except Exception:  # an address or method that nothing answers to has no endpoint
        return None
    return found


def _check(page: Page) -> None:
    """Hold the page against the rules of the house."""
    faults = [*_headers(page)]
    if page.response.mimetype == HTML and page.status not in REDIRECTS:
        page.tree = parse(page.html, whole=page.is_whole)
        faults += faults_of(page.tree, whole=page.is_whole)
    undefined: list[str] = page.visitor.app.extensions.get("undefined_names", [])
    faults += [f"the template has no {name}" for name in dict.fromkeys(undefined)]
    undefined.clear()
    if faults:
        raise PageFault(f"{page.response.request.method} {page.path} ({page.status}): " + "; ".join(faults))


def _headers(page: Page) -> list[str]:
    headers, cache = page.headers, page.headers.get("Cache-Control", "")
    endpoint = endpoint_of(page.visitor.app, page.response)
    faults = []
    policy = headers.get("Content-Security-Policy", "")
    if "default-src 'none'" not in policy or "unsafe" in policy:
        faults.append(f"the content security policy is {policy!r}")
    if headers.get("Referrer-Policy") != "no-referrer" or headers.get("X-Content-Type-Options") != "nosniff":
        faults.append("a security header is missing")
    if endpoint and not ACCESS[endpoint].anyone and "no-store" not in cache:
        faults.append(f"a private page may be kept: {cache!r}")
    if "no-store" not in cache and "Set-Cookie" in headers:
        faults.append("a page that may be kept sets a cookie")
    return faults
