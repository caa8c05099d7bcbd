"""The mail that the app sends, kept in a list."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urlsplit

from flask import Flask

from assessment.jobs.message import Message
from assessment.jobs.post import Post, Refused, Unavailable
from assessment.jobs.work import work_outbox

ADDRESS: Final = re.compile(r"https?://\S+")


@dataclass
class Letterbox:
    """Takes every message and keeps it. ``stopped``: it answers nobody; ``fails_each``: one try in so many it does
    not answer; ``refuses``: addresses it will not take.
    """

    messages: list[Message] = field(default_factory=list)
    stopped: bool = False
    fails_each: int = 0
    refuses: frozenset[str] = frozenset()
    tried: int = 0

    def send(self, message: Message, key: str) -> None:
        self.tried += 1
        if self.stopped or (self.fails_each and self.tried % self.fails_each == 0):
            raise Unavailable
        if message.to in self.refuses:
            raise Refused
        self.messages.append(message)

    @property
    def to(self) -> list[str]:
        """Who got one, in order of their addresses."""
        return sorted(message.to for message in self.messages)

    def rest(self) -> None:
        """Nothing is to be sent for a while."""


def post_all(app: Flask, post: Post, at: datetime | None = None) -> None:
    """Work the outbox, as the jobs do, until nothing is left that is due."""
    with app.app_context():
        while work_outbox(post, app.config["SEAL"], lambda: at or datetime.now(UTC)):
            pass


def link_in(text: str) -> str:
    """The path of the first address in a message."""
    found = ADDRESS.search(text)
    assert found, text
    return urlsplit(found.group()).path
