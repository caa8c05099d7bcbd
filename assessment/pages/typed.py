"""Reading what was typed in a form, by hand where no form object does it."""

from __future__ import annotations

from flask import request
from flask_babel import gettext as _

from assessment.store.records import Answered

MOST_CHARACTERS = 2000
# They hold together the letters of Persian and Hindi, and the people in an emoji.
JOINERS = "\u200c\u200d"


def typed_text(name: str) -> str:
    return cleaned(request.form.get(name, ""))


def cleaned(text: str) -> str:
    """A text as typed, with one kind of line end and without characters that no keyboard makes."""
    return "".join(_kept(c) for c in text.replace("\r\n", "\n").strip())


def _kept(c: str) -> str:
    """A character as it is kept: any space but a line's end is a plain one, and what turns the reading round goes."""
    if c == "\n" or c.isprintable() or c in JOINERS:
        return c
    return " " if c.isspace() else ""


def typed_version(name: str) -> int:
    """Which save of this answer the page showed; anything odd counts as none."""
    text = request.form.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def over(mine: Answered, theirs: Answered) -> Answered:
    """What I typed, to be saved over theirs; where I wrote nothing their words stay, so that none is lost unseen."""
    return Answered(
        question=mine.question,
        value=mine.value or theirs.value,
        reason=mine.reason or theirs.reason,
        evidence=mine.evidence or theirs.evidence,
        dissent=mine.dissent or theirs.dissent,
        version=theirs.version,
        private=mine.private or theirs.private,
    )


def too_long(text: str) -> str:
    return _(
        "This is %(typed)s characters long. Shorten it to %(most)s or fewer; what you typed is still here.",
        typed=f"{len(text):,}",
        most=f"{MOST_CHARACTERS:,}",
    )
