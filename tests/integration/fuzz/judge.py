"""What no answer may be, whatever was asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import urljoin, urlsplit

from flask import Flask

from assessment.pages.headers import HEADERS
from tests.house.html import HTML, PageFault, faults_of, parse
from tests.house.visitor import ORIGIN
from tests.integration.fuzz.wire import Answer
from tests.integration.fuzz.words import EVALUATED, MARK

ELSEWHERE: Final = "zq9host.example"
"""A host that is not ours: nothing may lead there."""
_BECAME_PART: Final = re.compile(rf"<[\w/]*{MARK}|(?<!\\)[\"'] {MARK}=|<svg/onload|{EVALUATED}".encode())
_RUNS: Final = re.compile(rb"(?:href|src|action|formaction)=[\"']\s*(?:javascript|data|vbscript):", re.IGNORECASE)
_OF_THE_MACHINE: Final = re.compile(
    rb"Traceback|werkzeug|sqlalchemy|psycopg|sqlite3?[.: ]|/assessment/|\.py\b|Internal Server Error|/site-packages/"
)
_DRAWN: Final = frozenset({"image/svg+xml"})


def faults_in(app: Flask, path: str, answer: Answer) -> Iterator[str]:
    """Everything that is wrong with one answer; nothing if all is well."""
    if answer.status >= 500:
        yield f"a fault of ours: {answer.status}"
    yield from _headers(answer)
    yield from _where_it_leads(path, answer)
    yield from _body(app, answer)


def _headers(answer: Answer) -> Iterator[str]:
    for name, value in HEADERS.items():
        if answer.headers.getlist(name) != [value]:
            yield f"{name} is {answer.headers.getlist(name)!r}"
    if answer.status >= 400 and "no-store" not in answer.headers.get("Cache-Control", ""):
        yield "an error may be kept"


def _where_it_leads(path: str, answer: Answer) -> Iterator[str]:
    leads_to = answer.headers.get("Location")
    if leads_to is None:
        return
    to = urlsplit(urljoin(ORIGIN + "/", leads_to))
    if f"{to.scheme}://{to.netloc}" != ORIGIN or leads_to.startswith(("//", "/\\")):
        yield f"leads elsewhere: {leads_to[:200]!r}"


def _body(app: Flask, answer: Answer) -> Iterator[str]:
    if ELSEWHERE.encode() in answer.body:
        yield "repeats a host that is not ours"
    if app.config["SECRET_KEY"].encode() in answer.body:
        yield "tells the key"
    if answer.status >= 400 and (found := _OF_THE_MACHINE.search(answer.body)):
        yield f"speaks of the machine: {found.group()!r}"
    if answer.kind == HTML:
        yield from _page(app, answer)


def _page(app: Flask, answer: Answer) -> Iterator[str]:
    if found := _BECAME_PART.search(answer.body) or _RUNS.search(answer.body):
        yield f"what was typed became part of the page: {answer.body[max(0, found.start() - 60) : found.end() + 40]!r}"
    undefined: list[str] = app.extensions.get("undefined_names", [])
    yield from (f"the template has no {name}" for name in dict.fromkeys(undefined))
    undefined.clear()
    if answer.status >= 400 and answer.body:
        yield from _says_what_to_do(answer)


def _says_what_to_do(answer: Answer) -> Iterator[str]:
    """A heading, and something beneath it."""
    text = answer.body.decode("utf-8", "replace")
    main = text[text.find("<main") :]
    if text.count("<h1") != 1 or not re.search(r"<(p|ul|form|input|a)\b", main):
        yield f"an error page that says nothing: {text[:300]!r}"


def faults_of_the_page(answer: Answer, whole: bool = True) -> Iterator[str]:
    """The slow look: whether it is a page at all."""
    if answer.kind != HTML or answer.status in (301, 302, 303, 307, 308):
        return
    try:
        tree = parse(answer.body.decode(), whole=whole)
    except (PageFault, UnicodeDecodeError) as fault:
        yield str(fault)
        return
    yield from faults_of(tree, whole=whole)
    for one in tree.iter():
        if not callable(one.tag) and (MARK in one.tag or any(MARK in name for name in one.attrib)):
            yield f"what was typed became <{one.tag} {dict(one.attrib)}>"
