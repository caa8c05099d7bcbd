"""A real mail server on this machine, that takes messages as a test tells it to."""

from __future__ import annotations

import asyncio
import email
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import default
from typing import Any, Final

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from assessment.config import Settings
from tests.house.postgresql import free_port

TAKEN: Final = "250 OK"
SENDER: Final = "Same table <same-table@example.org>"


class MailServer:
    """What it says to each address, and what it took. Without ``at_rcpt`` and ``at_data`` it takes everything."""

    def __init__(self, **options: Any) -> None:
        self.taken: list[EmailMessage] = []
        self.tries = 0
        self.connections = 0
        self.at_rcpt: Callable[[str], str] = lambda _to: TAKEN
        self.at_data: Callable[[str], str] = lambda _to: TAKEN
        self.before_reply: Callable[[], Awaitable[None]] | None = None
        self.hang_up: Callable[[str], bool] = lambda _to: False
        self.controller = Controller(self, hostname="127.0.0.1", port=free_port(), **options)

    @property
    def port(self) -> int:
        port: int = self.controller.port
        return port

    @property
    def addresses(self) -> list[str]:
        return sorted(str(mail["To"]) for mail in self.taken)

    @property
    def ids(self) -> set[str]:
        return {str(mail["Message-ID"]) for mail in self.taken}

    def settings(self, **over: Any) -> Settings:
        given = {"mail_server": "127.0.0.1", "mail_port": self.port, "mail_security": "none", "mail_from": SENDER}
        return Settings(**{**given, **over})

    async def handle_EHLO(
        self, _server: SMTP, session: Session, _envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self.connections += 1
        return responses

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        self.tries += 1
        said = self.at_rcpt(address)
        if said == TAKEN:
            envelope.rcpt_tos.append(address)
        return said

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:
        (to,) = envelope.rcpt_tos
        if self.hang_up(to):
            server.transport.abort()
            await asyncio.sleep(0)
            return TAKEN
        said = self.at_data(to)
        if said == TAKEN:
            assert isinstance(envelope.content, bytes)
            self.taken.append(email.message_from_bytes(envelope.content, EmailMessage, policy=default))
        if self.before_reply:
            await self.before_reply()
        return said


@contextmanager
def running_mail_server(**options: Any) -> Iterator[MailServer]:
    """``options`` are aiosmtpd's."""
    server = MailServer(**options)
    server.controller.start()
    try:
        yield server
    finally:
        server.controller.stop()
