"""What the database holds but cannot read: texts sealed, and hashes made, with the application's own key.

The key is not in the database, so a copy of it, or a backup, tells nothing of these.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from functools import cached_property

from cryptography.fernet import Fernet, InvalidToken


class Seal:
    """Everything here depends on the key alone: with another key nothing opens, and every hash is another."""

    def __init__(self, key: str) -> None:
        self._key = key.encode()

    def close(self, text: str) -> str:
        """The text sealed. The same text gives another seal each time; texts of one length, seals of one length.

        A Fernet token says, for all to read, when it was made; here it says nothing.
        """
        return self._fernet.encrypt_at_time(text.encode(), current_time=0).decode()

    def open(self, sealed: str) -> str | None:
        """The text, or None where it was sealed with another key, or not at all."""
        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except InvalidToken:
            return None

    def hash(self, purpose: str, text: str) -> str:
        """A hash (64 hex digits) that only this key can make: for what could be guessed, as an address can."""
        return self._mac(purpose, text).hex()

    def secret(self, purpose: str, text: str) -> str:
        """The secret of a link that can be shown again whenever it is asked for: 43 characters, as any other's."""
        return base64.urlsafe_b64encode(self._mac(purpose, text)).rstrip(b"=").decode()

    @cached_property
    def _fernet(self) -> Fernet:
        return Fernet(base64.urlsafe_b64encode(self._mac("seal", "")))

    def _mac(self, purpose: str, text: str) -> bytes:
        return hmac.new(self._key, f"{purpose}\0{text}".encode(), hashlib.sha256).digest()
