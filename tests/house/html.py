"""What every page must be, whoever asked for it and whatever it says."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final
from xml.etree.ElementTree import Element

import html5lib
from html5lib.html5parser import ParseError

HTML: Final = "text/html"
XHTML: Final = "{http://www.w3.org/1999/xhtml}"
OWN_ADDRESS: Final = re.compile(r"/(?!/)|#|\?|[\w.-]+$|data:image/")


class PageFault(AssertionError):
    """A page is not what every page must be."""


def parse(html: str, *, whole: bool = True) -> Element:
    """The page as a tree. Raises PageFault where it is not valid HTML."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    try:
        tree: Element = parser.parse(html) if whole else parser.parseFragment(html)
    except ParseError as error:
        line, column = parser.tokenizer.stream.position()
        near = html.splitlines()[line - 1 : line] or [""]
        raise PageFault(
            f"invalid HTML at {line}:{column}: {error} near {near[0][max(0, column - 80) : column + 40]!r}"
        ) from None
    return tree


def faults_of(tree: Element, *, whole: bool = True) -> list[str]:
    """Everything that is wrong with a page."""
    faults = [*_ids(tree), *_policy(tree), *_fields(tree)]
    return faults + _skeleton(tree) if whole else faults


def text_of(tree: Element) -> str:
    """What the page says, with white space folded."""
    body = tree.find("body")
    return " ".join("".join((tree if body is None else body).itertext()).split())


def _skeleton(tree: Element) -> list[str]:
    headings = ["".join(h.itertext()).strip() for h in tree.iter("h1")]
    title = tree.findtext("head/title", "")
    faults = []
    if len(headings) != 1 or not headings[0]:
        faults.append(f"a page has one h1, not {headings}")
    if not title.strip() or title.strip().startswith(("–", "None")):
        faults.append(f"the title says nothing: {title!r}")
    if not tree.get("lang"):
        faults.append("the page does not say its language")
    if tree.find(".//main") is None:
        faults.append("the page has no main")
    return faults


def _ids(tree: Element) -> list[str]:
    known = Counter(one.get("id") for one in tree.iter() if one.get("id"))
    faults = [f"the id {id} stands on {count} elements" for id, count in known.items() if count > 1]
    for one in tree.iter():
        for name in ("for", "aria-describedby", "aria-labelledby", "aria-controls"):
            faults += [f"{name} leads to no id {id}" for id in (one.get(name) or "").split() if id not in known]
    return faults


def _policy(tree: Element) -> list[str]:
    """What the content security policy would block."""
    faults = []
    for one in tree.iter():
        if callable(one.tag):  # a comment
            continue
        faults += [f"<{one.tag}> has {name}" for name in one.attrib if name == "style" or name.startswith("on")]
        if one.tag in ("style", "base", "iframe", "object", "embed"):
            faults.append(f"<{one.tag}> is on the page")
        if one.tag == "script" and not one.get("src"):
            faults += [] if one.get("type") == "application/json" else ["an inline script"]
        if one.tag in ("script", "link", "img", "form", "image", "use"):
            faults += _elsewhere(one)
    return faults


def _elsewhere(one: Element) -> list[str]:
    addresses = [one.get(name) for name in ("src", "href", "action", "srcset")]
    return [f"<{one.tag}> asks elsewhere: {a}" for a in addresses if a and not OWN_ADDRESS.match(a)]


def _fields(tree: Element) -> list[str]:
    """A form that is posted carries the token; a field has a label."""
    faults = []
    labelled = {label.get("for") for label in tree.iter("label")}
    for form in tree.iter("form"):
        names = {field.get("name") for field in form.iter("input")}
        if form.get("method", "get").lower() == "post" and "csrf_token" not in names:
            faults.append(f"a form posts without a token: {form.get('action')}")
    for field in (*tree.iter("input"), *tree.iter("select"), *tree.iter("textarea")):
        if field.get("type") in ("hidden", "submit"):
            continue
        if field.get("id") not in labelled and not field.get("aria-label") and not field.get("aria-labelledby"):
            faults.append(f"the field {field.get('name')} has no label")
    return faults
