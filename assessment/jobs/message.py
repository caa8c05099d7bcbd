"""A message to one person, in plain text."""

from __future__ import annotations

from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Message:
    """``stop`` is the address of the page where the reader can say that they want no more of these; may be empty."""

    to: str
    subject: str
    text: str
    stop: str = ""


def as_mail(message: Message, key: str, sender: str) -> EmailMessage:
    """The message as it is sent. Sent twice by mischance, both have one id, and mail programs show it once."""
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"], mail["Subject"] = sender, message.to, message.subject
    domain = sender.rpartition("@")[2].rstrip("> ") or "localhost"
    mail["Message-ID"] = f"<{sha256(key.encode()).hexdigest()[:32]}@{domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    if message.stop:
        mail["List-Unsubscribe"] = f"<{message.stop}>"
    mail.set_content(message.text)
    return mail
