"""Names as they are compared: two spellings of one name give one key."""

from __future__ import annotations

import unicodedata


def name_key(name: str) -> str:
    """Case, accents' encoding and white space folded away: "  Larkshire  COUNCIL" -> "larkshire council"."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def tidy(name: str) -> str:
    """A name as it is shown: one line, single spaces, no control characters."""
    printable = "".join(c if c.isprintable() else " " for c in unicodedata.normalize("NFC", name))
    return " ".join(printable.split())
