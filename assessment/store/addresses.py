"""E-mail addresses as they are compared: two spellings of one address give one key."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

LONGEST: Final = 254
ADDRESS: Final = re.compile(r"[^\s@<>()\[\],;:\\\"\x00-\x1f]+@[\w-]+(\.[\w-]+)+")


def email_key(address: str) -> str:
    """Case and white space folded away: "  Ann@Example.ORG" -> "ann@example.org"."""
    return unicodedata.normalize("NFKC", address).strip().casefold()


def is_address(address: str) -> bool:
    """Whether a message can be sent there. Whether anybody reads it only a message can tell."""
    typed = address.strip()
    return len(typed) <= LONGEST and ADDRESS.fullmatch(typed) is not None
