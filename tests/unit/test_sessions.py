"""The session cookie and the clock: set back it harms nobody, and time that has passed has passed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from itsdangerous import BadSignature, SignatureExpired, TimestampSigner

from assessment.pages.sessions import Sessions

HOUR = 60 * 60


def cookie_made(signing: Flask, ago: timedelta, monkeypatch: pytest.MonkeyPatch) -> str:
    """A cookie as it was, or will be, signed at another time."""
    serializer = Sessions().get_signing_serializer(signing)
    assert serializer
    made = int((datetime.now(UTC) - ago).timestamp())
    with monkeypatch.context() as then:
        then.setattr(TimestampSigner, "get_timestamp", lambda _signer: made)
        signed = serializer.dumps({"links": []})
    return signed if isinstance(signed, str) else signed.decode()


@pytest.fixture
def signing() -> Flask:
    made = Flask("assessment")
    made.secret_key = "only for this test"
    return made


def opened(signing: Flask, cookie: str) -> object:
    serializer = Sessions().get_signing_serializer(signing)
    assert serializer
    return serializer.loads(cookie, max_age=HOUR)


@pytest.mark.parametrize("ago", [timedelta(minutes=5), timedelta(hours=-3), timedelta(days=-400)])
def test_a_cookie_of_just_now_or_of_a_time_to_come_is_good(
    signing: Flask, ago: timedelta, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert opened(signing, cookie_made(signing, ago, monkeypatch)) == {"links": []}


def test_one_that_is_too_old_is_not(signing: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SignatureExpired):
        opened(signing, cookie_made(signing, timedelta(hours=2), monkeypatch))


def test_one_of_a_time_to_come_with_another_signature_is_not(signing: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    cookie = cookie_made(signing, timedelta(hours=-3), monkeypatch)
    with pytest.raises(BadSignature):
        opened(signing, cookie[:-3] + ("aaa" if cookie[-3:] != "aaa" else "bbb"))
