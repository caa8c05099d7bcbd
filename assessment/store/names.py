"""Names as they are compared: two spellings of one name give one key."""

from __future__ import annotations

import unicodedata

LONGEST = 200


def name_key(name: str) -> str:
    """Case, accents' encoding and white space folded away: "  Larkshire  COUNCIL" -> "larkshire council"."""
    return " ".join(unicodedata.normalize("NFKC", tidy(name)).casefold().split())


def fits(name: str) -> bool:
    """Whether a name can be kept. Folding makes some names longer than they were typed, as ß becomes ss."""
    return max(len(tidy(name)), len(name_key(name))) <= LONGEST


def visible(text: str) -> str:
    """A text without the characters that nobody can see, which no page may hold; its lines stay lines."""
    return text if text.isprintable() else "".join(_seen(c) for c in text)


def tidy(name: str) -> str:
    """A name as it is shown: one line, single spaces, no control characters."""
    normal = unicodedata.normalize("NFC", name)
    printable = normal if normal.isprintable() else "".join(c if c.isprintable() else " " for c in normal)
    return " ".join(printable.split())


def _seen(c: str) -> str:
    """The character, a plain space for any other kind of space, or nothing."""
    if c.isprintable() or c in "\n\r\t\u200c\u200d":
        return c
    return " " if c.isspace() else ""
