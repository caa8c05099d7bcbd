"""Secrets of private links: 256 random bits, of which only the hash is kept."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
from typing import Final

SECRET = re.compile(r"[A-Za-z0-9_-]{43}\Z")
# Without I, L, O and U: nothing that is mistaken for another, and no words.
CODE_LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH: Final = 16
_READ_AS: Final = str.maketrans({"O": "0", "I": "1", "L": "1"})


def new_secret() -> str:
    return secrets.token_urlsafe(32)


def reader_secret(owner_secret: str) -> str:
    """The read-only secret that belongs to an owner's: whoever holds the owner's can show it again."""
    return _derived(owner_secret, b"reader")


def draft_secret(secret: str) -> str:
    """The secret of the draft that belongs to an invitation's secret, or to a code that is used to replace answers.

    Whoever holds those finds the draft again on any device; the database, which holds only hashes, joins them never.
    """
    return _derived(secret, b"draft")


def new_code() -> str:
    """What a person keeps to take back what they sent: 80 random bits, in fours that can be read out."""
    letters = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
    return "-".join(letters[i : i + 4] for i in range(0, CODE_LENGTH, 4))


def read_code(typed: str) -> str | None:
    """The code as it was given, however it was typed; None if it cannot be one."""
    letters = re.sub(r"[\W_]+", "", typed.upper()).translate(_READ_AS)
    if len(letters) != CODE_LENGTH or set(letters) - set(CODE_LETTERS):
        return None
    return "-".join(letters[i : i + 4] for i in range(0, CODE_LENGTH, 4))


def _derived(secret: str, purpose: bytes) -> str:
    digest = hmac.new(secret.encode(), purpose, hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def hash_of(secret: str) -> str:
    """What the database keeps. A secret has 256 random bits, a code 80: a plain hash of either cannot be searched."""
    return hashlib.sha256(secret.encode()).hexdigest()
