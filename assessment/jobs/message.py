"""A message to one person, in plain text."""

from __future__ import annotations

from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, parseaddr
from hashlib import sha256
from typing import Final, Literal

Encoding = Literal["quoted-printable", "8bit"]
LONGEST_LINE: Final = 998


class NotAnAddress(ValueError):
    """No message can go there, now or later. The text does not repeat it."""


@dataclass(frozen=True, slots=True)
class Message:
    """``stop`` is the address of the page where the reader can say that they want no more of these; may be empty."""

    to: str
    subject: str
    text: str
    stop: str = ""


def as_mail(message: Message, key: str, sender: str, encoding: Encoding = "quoted-printable") -> EmailMessage:
    """The message as it is sent. Sent twice by mischance, both have one id, and mail programs show it once.

    ``encoding`` is for texts with more than plain letters: 8bit can be read as it stands, but not all servers take it.
    Raises NotAnAddress where it would go to nobody, or to more than one.
    """
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"] = sender, _one_address(message.to)
    # A name that somebody typed may be in it, and a line's end there would begin another header.
    mail["Subject"] = " ".join(message.subject.split())
    mail["Date"] = formatdate()
    mail["Message-ID"] = message_id(key, sender)
    mail["Auto-Submitted"] = "auto-generated"
    if message.stop:
        mail["List-Unsubscribe"] = f"<{message.stop}>"
    mail.set_content(message.text, cte="7bit" if _is_plain(message.text) else encoding)
    return mail


def _is_plain(text: str) -> bool:
    return text.isascii() and all(len(line) <= LONGEST_LINE for line in text.splitlines())


def message_id(key: str, sender: str) -> str:
    domain = parseaddr(sender)[1].rpartition("@")[2] or "localhost"
    return f"<{sha256(key.encode()).hexdigest()[:32]}@{domain}>"


def _one_address(to: str) -> Address:
    """The address, its domain as mail servers know it: ``münchen.example`` is xn--mnchen-3ya.example to them."""
    name, _, domain = to.rpartition("@")
    try:
        address = Address(addr_spec=f"{name}@{domain.encode('idna').decode()}")
        address.addr_spec.encode("ascii")
    except Exception:  # the email package raises whatever its parser stumbles over
        raise NotAnAddress from None
    if not name or not domain:
        raise NotAnAddress
    return address
