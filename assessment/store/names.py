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


def tidy(name: str) -> str:
    """A name as it is shown: one line, single spaces, no control characters."""
    printable = "".join(c if c.isprintable() else " " for c in unicodedata.normalize("NFC", name))
    return " ".join(printable.split())
