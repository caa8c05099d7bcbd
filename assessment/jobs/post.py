"""Sending mail: by SMTP where that is set, else into a folder to look at."""

from __future__ import annotations

from pathlib import Path
from typing import Final, Protocol

from assessment.jobs.message import Message, NotAnAddress, as_mail

LOCAL_SENDER: Final = "Same table <same-table@localhost>"


class Unavailable(Exception):
    """This message cannot be taken now; the text is a name for why, never what the server said."""


class Unsure(Unavailable):
    """The server fell silent: whether it has the message, nobody knows."""


class Down(Unavailable):
    """No message can be taken now: the mail server does not answer, or takes nothing from us."""


class Refused(Exception):
    """This message will never be taken: its address is not one."""


class Post(Protocol):
    def send(self, message: Message, key: str) -> None:
        """Hand over one message. Raises Unavailable or Refused; otherwise it is on its way."""

    def rest(self) -> None:
        """Nothing is to be sent for a while."""


class Folder:
    """One file a message, named by its key, for local runs and tests."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def send(self, message: Message, key: str) -> None:
        try:
            mail = as_mail(message, key, LOCAL_SENDER, encoding="8bit")
        except NotAnAddress:
            raise Refused from None
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / f"{mail['Message-ID'][1:33]}.eml"
        path.write_bytes(mail.as_bytes())

    def rest(self) -> None:
        """A folder needs none."""


class NoPost:
    """An installation that does without mail: nothing ever goes out, which the pages say as of any refused message."""

    def send(self, message: Message, key: str) -> None:
        raise Refused

    def rest(self) -> None:
        """Nor does this."""
