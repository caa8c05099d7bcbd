"""Sending mail: by SMTP where that is set, else into a folder to look at."""

from __future__ import annotations

import smtplib
import ssl
from contextlib import suppress
from pathlib import Path
from typing import Final, Protocol

from assessment.config import Settings
from assessment.jobs.message import Message, as_mail

LONGEST: Final = 30  # seconds: far less than a job's lease
LOCAL_SENDER: Final = "Same table <same-table@localhost>"


class Unavailable(Exception):
    """The mail server does not answer, or says to try later."""


class Refused(Exception):
    """The mail server will never take this message: its address is not one."""


class Post(Protocol):
    def send(self, message: Message, key: str) -> None:
        """Hand over one message. Raises Unavailable or Refused; otherwise it is on its way."""


class Folder:
    """One file a message, named by its key, for local runs and tests."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def send(self, message: Message, key: str) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        mail = as_mail(message, key, LOCAL_SENDER)
        path = self.folder / f"{mail['Message-ID'][1:33]}.eml"
        path.write_bytes(mail.as_bytes())


class Smtp:
    """One connection a message: slower, and nothing to go stale."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def send(self, message: Message, key: str) -> None:
        mail = as_mail(message, key, self.settings.mail_from)
        try:
            server = self._connect()
            try:
                server.send_message(mail)
            finally:
                with suppress(smtplib.SMTPException, OSError):
                    server.quit()
        except smtplib.SMTPRecipientsRefused as refused:
            codes = [code for code, _said in refused.recipients.values()]
            raise (Refused() if all(500 <= code < 600 for code in codes) else Unavailable()) from None
        except smtplib.SMTPDataError as fault:
            raise (Refused() if fault.smtp_code in (550, 551, 553, 554) else Unavailable()) from None
        except (smtplib.SMTPException, OSError, ssl.SSLError) as fault:
            raise Unavailable(type(fault).__name__) from None

    def _connect(self) -> smtplib.SMTP:
        settings = self.settings
        if settings.mail_security == "tls":
            context = ssl.create_default_context()
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                settings.mail_server, settings.mail_port, timeout=LONGEST, context=context
            )
        else:
            server = smtplib.SMTP(settings.mail_server, settings.mail_port, timeout=LONGEST)
        if settings.mail_security == "starttls":
            server.starttls(context=ssl.create_default_context())
        if settings.mail_user:
            server.login(settings.mail_user, settings.mail_password)
        return server


def post_of(settings: Settings) -> Post:
    return Smtp(settings) if settings.mail_server else Folder(settings.instance / "mail")
