"""A mail server. It may be down, slow, or choosy: what it says is told apart as now, later and never."""

from __future__ import annotations

import smtplib
import ssl
import time
from contextlib import suppress
from email.message import EmailMessage
from email.utils import parseaddr
from typing import Final

from assessment.config import NO_MAIL, Settings
from assessment.jobs.message import Message, NotAnAddress, as_mail
from assessment.jobs.post import Down, Folder, NoPost, Post, Refused, Unavailable, Unsure

CONNECTING: Final = 10.0
SENDING: Final = 50.0
STEPS_TO_CONNECT: Final = 8
STEPS_TO_SEND: Final = 5
"""A message takes at most so many steps, each as long as that: altogether less than a job's lease.

A server may think for long before it says that it has a message. Giving up sooner would send it again.
"""
GOES_STALE: Final = 30.0
NEVER: Final = (550, 551, 552, 553, 554)
POLICY: Final = "5.7."


class Smtp:
    """Keeps its connection from one message to the next, and makes a new one where that has ended."""

    def __init__(self, settings: Settings, connecting: float = CONNECTING, sending: float = SENDING) -> None:
        self.settings, self.connecting, self.sending = settings, connecting, sending
        self._server: smtplib.SMTP | None = None
        self._used = 0.0

    def send(self, message: Message, key: str) -> None:
        try:
            mail = as_mail(message, key, self.settings.mail_from)
        except NotAnAddress:
            raise Refused from None
        server = self._open()
        self._used = time.monotonic()
        self._hand_over(server, mail)

    def look(self) -> None:
        """Whether the server takes us, without sending anything. Raises Down."""
        try:
            self._open().ehlo_or_helo_if_needed()
        except (smtplib.SMTPException, OSError) as fault:
            raise Down(type(fault).__name__) from None
        finally:
            self.rest()

    def rest(self) -> None:
        server, self._server = self._server, None
        if server is None:
            return
        if server.sock is not None:  # which it is once the server has hung up
            with suppress(smtplib.SMTPException, OSError):
                server.sock.settimeout(self.connecting)
                server.quit()
        server.close()

    def _hand_over(self, server: smtplib.SMTP, mail: EmailMessage) -> None:
        to, sender = mail["To"].addresses[0].addr_spec, parseaddr(self.settings.mail_from)[1]
        try:
            server.send_message(mail, sender, [to])
        except smtplib.SMTPRecipientsRefused as refused:
            raise _meaning(*refused.recipients[to]) from None
        except smtplib.SMTPDataError as fault:
            raise _meaning(fault.smtp_code, fault.smtp_error) from None
        except smtplib.SMTPSenderRefused as fault:
            raise Down(str(fault.smtp_code)) from None
        except (smtplib.SMTPException, OSError) as fault:
            self.rest()
            raise Unsure(type(fault).__name__) from None

    def _open(self) -> smtplib.SMTP:
        """A connection on which the server answers."""
        if self._server is not None and not self._answers(self._server):
            self.rest()
        if self._server is None:
            self._server = self._connect()
            self._server.sock.settimeout(self.sending)  # type: ignore[union-attr]
        return self._server

    def _answers(self, server: smtplib.SMTP) -> bool:
        if time.monotonic() - self._used > GOES_STALE:
            return False
        with suppress(smtplib.SMTPException, OSError):
            return server.noop()[0] == 250
        return False

    def _connect(self) -> smtplib.SMTP:
        settings = self.settings
        server: smtplib.SMTP | None = None
        # Our own name to the server: what it makes of the machine's would take a look-up, and tell it.
        ours = parseaddr(settings.mail_from)[1].rpartition("@")[2]
        where: Final = (settings.mail_server, settings.mail_port, ours)
        try:
            if settings.mail_security == "tls":
                context = ssl.create_default_context()
                server = smtplib.SMTP_SSL(*where, timeout=self.connecting, context=context)
            else:
                server = smtplib.SMTP(*where, timeout=self.connecting)
            self._introduce(server)
        except (smtplib.SMTPException, OSError, ValueError) as fault:
            if server is not None:
                server.close()
            raise Down(type(fault).__name__) from None
        return server

    def _introduce(self, server: smtplib.SMTP) -> None:
        if self.settings.mail_security == "starttls":
            server.starttls(context=ssl.create_default_context())
        if self.settings.mail_user:
            server.login(self.settings.mail_user, self.settings.mail_password.get_secret_value())


def _meaning(code: int, said: bytes | str) -> Unavailable | Refused:
    """What a refusal of one message means for it. Its policy (5.7) speaks of us, not of the address."""
    text = said if isinstance(said, str) else said.decode("ascii", "replace")
    if code in NEVER and not text.startswith(POLICY):
        return Refused()
    return Unavailable(str(code))


def post_of(settings: Settings) -> Post:
    """The post that these settings ask for."""
    if settings.sends_mail:
        return Smtp(settings)
    return NoPost() if settings.mail_server == NO_MAIL else Folder(settings.instance / "mail")
