"""The session cookie: signed, dated, and good from the moment it is made, whatever the clock does."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

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
    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        made = super().get_signing_serializer(app)
        if made is not None:
            made.signer = PatientSigner
        return made
