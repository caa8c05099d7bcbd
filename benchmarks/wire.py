"""Bytes on the wire, as a browser fetches a page: cold with everything the page links, warm with the page alone."""

from __future__ import annotations

import re
from dataclasses import dataclass

from benchmarks.browser import Browser

# Stylesheets, the icon, scripts and pictures: what a browser fetches by itself.
FETCHED = re.compile(r'<(?:link [^>]*href|script [^>]*src|img [^>]*src)="(/[^"]+)"')


@dataclass(frozen=True, slots=True)
class Wire:
    """Bytes received, heads and bodies, for the page itself and for each file that it fetches."""

    page: int
    files: dict[str, int]

    @property
    def cold(self) -> int:
        return self.page + sum(self.files.values())


def wire(browser: Browser, path: str) -> Wire:
    reply = browser.get(path)
    linked = dict.fromkeys(FETCHED.findall(reply.html))
    return Wire(reply.wire, {name: browser.get(name).wire for name in linked})
