"""The session cookie: signed, dated, and good from the moment it is made, whatever the clock does."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from weakref import WeakKeyDictionary

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import SignatureExpired, TimestampSigner, URLSafeTimedSerializer


class PatientSigner(TimestampSigner):
    """Takes what was signed in what is the future now: a clock that is set back must not send everybody away.

    It is no younger for that: its end comes as late as its own date says.
    """

    def unsign(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().unsign(*args, **kwargs)
        except SignatureExpired as expired:
            if expired.date_signed is None or expired.date_signed <= datetime.now(UTC):
                raise
            return super().unsign(*args, **kwargs | {"max_age": None})


class Sessions(SecureCookieSessionInterface):
    def __init__(self) -> None:
        self._made: WeakKeyDictionary[Flask, URLSafeTimedSerializer] = WeakKeyDictionary()

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """Made once: an app's key stays what it is, and Flask would make one for each request."""
        if app not in self._made and (made := super().get_signing_serializer(app)):
            made.signer = PatientSigner
            self._made[app] = made
        return self._made.get(app)
