"""The mail that the app sends: kept in a list, or received by a real server on this machine."""

from __future__ import annotations

import re
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any, Final, cast
from urllib.parse import urlsplit

from aiosmtpd.controller import Controller
from flask import Flask

from assessment.jobs.message import Message
from assessment.jobs.post import Post, Refused, Unavailable
from assessment.jobs.work import work_outbox

ADDRESS: Final = re.compile(r"https?://\S+")


@dataclass
class Letterbox:
    """Takes every message and keeps it. ``stopped``: it answers nobody; ``refuses``: addresses it will not take."""

    messages: list[Message] = field(default_factory=list)
    stopped: bool = False
    refuses: set[str] = field(default_factory=set)

    def send(self, message: Message, key: str) -> None:
        if self.stopped:
            raise Unavailable
        if message.to in self.refuses:
            raise Refused
        self.messages.append(message)

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


@dataclass
class SmtpServer:
    """A real SMTP server: what came, and whom it refuses."""

    port: int = 0
    mails: list[EmailMessage] = field(default_factory=list)
    refuses: set[str] = field(default_factory=set)

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:
        if address in self.refuses:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        self.mails.append(cast("EmailMessage", message_from_bytes(envelope.content, policy=default)))
        return "250 OK"


@contextmanager
def smtp_server(port: int) -> Iterator[SmtpServer]:
    """A server that listens as long as the block lasts."""
    server = SmtpServer(port)
    controller = Controller(server, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        with smtplib.SMTP("127.0.0.1", port, timeout=5):
            yield server
    finally:
        controller.stop()
