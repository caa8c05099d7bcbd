"""Secrets of private links: 256 random bits, of which only the hash is kept."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets

SECRET = re.compile(r"[A-Za-z0-9_-]{43}\Z")


def new_secret() -> str:
    return secrets.token_urlsafe(32)


def reader_secret(owner_secret: str) -> str:
    """The read-only secret that belongs to an owner's: whoever holds the owner's can show it again."""
    digest = hmac.new(owner_secret.encode(), b"reader", hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def hash_of(secret: str) -> str:
    """What the database keeps. The secret has 256 random bits, so a plain hash cannot be searched."""
    return hashlib.sha256(secret.encode()).hexdigest()
