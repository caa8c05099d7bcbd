"""The cookie: whose it is, what changes it, and what is believed of what a request says of itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from flask import Flask

from assessment.app import create_app
from assessment.config import Settings
from assessment.store.db import db
from tests.house.letterbox import Letterbox, link_in, post_all
from tests.house.people import make_person, signed_in
from tests.house.production import ADDRESS, in_production
from tests.house.visitor import Visitor
from tests.integration.fuzz.judge import ELSEWHERE, faults_in
from tests.integration.fuzz.scene import Scene
from tests.integration.fuzz.wire import Sent, cookie_of, send

FORWARDED: Final = {
    "X-Forwarded-Host": ELSEWHERE,
    "X-Forwarded-Proto": "https",
    "X-Forwarded-For": "198.51.100.7",
    "X-Forwarded-Prefix": "/odd",
    "Forwarded": f"host={ELSEWHERE}",
}


OPEN: Final = [("Access-Control-Allow-Origin", "*")]


@pytest.fixture
def production(database: str, tmp_path: Path) -> Iterator[Flask]:
    """As a council runs it, behind one proxy."""
    app = create_app(in_production(database, tmp_path, proxies=1))
    yield app
    with app.app_context():
        db.engine.dispose()


def test_in_production_the_cookie_is_for_this_host_and_for_https_alone(production: Flask) -> None:
    cookie = production.test_client().get("/back", base_url=ADDRESS).headers["Set-Cookie"]
    assert cookie.startswith("__Host-same_table=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert "Domain" not in cookie


def test_what_a_proxy_would_say_is_believed_only_of_a_proxy(app: Flask, production: Flask) -> None:
    """With none in front the headers count for nothing; with one, what its last line says, and never a strange name."""
    answer = send(app, Sent("", "GET", b"/back", headers=FORWARDED))
    assert answer.status == 200 and list(faults_in(app, "/back", answer)) == []
    client = production.test_client()
    refused = client.get("/back", base_url=ADDRESS, headers={"X-Forwarded-Host": ELSEWHERE})
    assert refused.status_code == 400 and ELSEWHERE not in refused.text
    name = {"X-Forwarded-Host": f"{ELSEWHERE}, same-table.example", "X-Forwarded-Proto": "https"}
    assert client.get("/back", base_url="http://127.0.0.1", headers=name).status_code == 200


def test_no_other_site_is_let_in(app: Flask, scene: Scene) -> None:
    for address, who in scene.pages.values():
        answer = send(
            app, Sent("", "GET", address.encode(), headers={"Origin": "https://zq9host.example"}), cookie_of(who)
        )
        let_in = [(name, value) for name, value in answer.headers if name.startswith("Access-Control")]
        # Open data are anybody's, read without a cookie.
        assert let_in in ([], OPEN) if address.startswith("/open-data/") else not let_in, address


def test_a_cookie_that_was_changed_is_none(app: Flask) -> None:
    visitor = signed_in(app)
    cookie = cookie_of(visitor)
    assert send(app, Sent("", "GET", b"/account/you"), cookie).status == 200
    name, _, value = cookie.partition("=")
    body, when, signature = value.rsplit(".", 2)
    for changed in (
        f"{body}.{when}.{signature[:-2]}AA",
        f"{body}.{when}.",
        f"{body[:-2]}AA.{when}.{signature}",
        f"{body}.AAAAAA.{signature}",
        f"{body}",
        f".{body}.{when}.{signature}",
    ):
        assert send(app, Sent("", "GET", b"/account/you"), f"{name}={changed}").status == 401, changed


def test_a_cookie_of_another_installation_is_none(app: Flask, tmp_path: Path) -> None:
    """Signed with another key, whatever it says."""
    other = create_app(Settings(database_url=app.config["SQLALCHEMY_DATABASE_URI"], instance=tmp_path / "other"))
    try:
        cookie = cookie_of(signed_in(other))
    finally:
        with other.app_context():
            db.engine.dispose()
    assert send(app, Sent("", "GET", b"/account/you"), cookie).status == 401


def test_signing_in_makes_a_new_session_of_an_old_one(app: Flask) -> None:
    """Whoever put a cookie of their own into somebody's browser is not signed in with them, nor is it good any more."""
    planted, letterbox = cookie_of(signed_in(app)), Letterbox()
    victim = Visitor(app)
    victim.client.set_cookie("same_table", planted.partition("=")[2], domain="localhost")
    make_person(app, "ann@example.org", name="Ann Victim")
    Visitor(app).get("/sign-in").press("Send me a link", email="ann@example.org")
    post_all(app, letterbox)
    page = victim.get(link_in(letterbox.messages[-1].text)).press("Continue")
    assert page.status == 200 and "Ann Victim" in victim.get("/account/you").text
    assert send(app, Sent("", "GET", b"/account/you"), planted).status == 401
