"""People who answer alone in a hurry: many of them, through the real pages, which nobody looks at."""

from __future__ import annotations

import re
from typing import Final

from flask import Flask

from tests.house.apart import CODE
from tests.house.visitor import ORIGIN

HIDDEN: Final = re.compile(r'<input type="hidden" name="([\w-]+)" value="([^"]*)">')


class Hurried:
    """One browser at one page; each step posts the page's form and goes where that leads."""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()
        self.path, self.html = "/", ""

    def get(self, path: str) -> None:
        self._arrive(self.client.get(path, base_url=ORIGIN, follow_redirects=True))

    def post(self, **typed: str) -> None:
        data = dict(HIDDEN.findall(self.html)) | typed
        self._arrive(self.client.post(self.path, data=data, base_url=ORIGIN, follow_redirects=True))

    def begin(self, secret: str, voice: str = "") -> None:
        """From the link to the first question."""
        self.get(f"/link/{secret}")
        self.post()
        self.post(**({"voice": voice} if voice else {}))
        assert self.at_statement, self.path

    @property
    def at_statement(self) -> bool:
        return "/statement/" in self.path

    def send(self, **chosen: str) -> str:
        """From the page after the last statement to the code."""
        while not self.path.endswith("/check"):
            self.post()
        self.post(**chosen)
        found = CODE.search(self.html)
        assert found, self.path
        return found.group()

    def _arrive(self, response: object) -> None:
        self.path = response.request.path  # type: ignore[attr-defined]
        self.html = response.get_data(as_text=True)  # type: ignore[attr-defined]
