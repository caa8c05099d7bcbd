"""Whether an invitation was answered: a text of one length, to be sealed, that only the running service can read."""

from __future__ import annotations

from typing import Final

from assessment.store.seal import Seal

_YES: Final = "answered:yes"
_NO: Final = "answered:no "


def answered_text(answered: bool) -> str:
    return _YES if answered else _NO


def has_answered(seal: Seal, sealed: str) -> bool:
    """A seal that cannot be opened, since the key was changed, counts as not answered."""
    return seal.open(sealed) == _YES
