"""What every answer tells the browser, and what browsers may keep."""

from __future__ import annotations

import re
from pathlib import Path

from flask import Flask

from assessment.app import create_app
from assessment.store.db import db
from tests.house.journey import Team
from tests.house.production import ADDRESS, in_production
from tests.house.visitor import Visitor

PUBLIC = ("/", "/help", "/who-sees-what", "/accessibility")


def test_no_page_lets_a_script_of_another_s_run(visitor: Visitor) -> None:
    policy = visitor.get("/").headers["Content-Security-Policy"]
    assert "unsafe" not in policy and "*" not in policy and "http" not in policy
    for rule in (
        "default-src 'none'",
        "script-src 'self';",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'self'",
    ):
        assert rule in policy


def test_in_production_browsers_are_told_to_come_by_https_alone(empty_database: str, tmp_path: Path) -> None:
    app = create_app(in_production(empty_database, tmp_path))
    browser = app.test_client()
    built = re.search(r'href="(/static/main[^"]+css)"', browser.get("/help", base_url=ADDRESS).text)
    for address in ("/help", "/nowhere", built[1] if built else ""):
        response = browser.get(address, base_url=ADDRESS)
        response.close()
        assert response.headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains", address
        assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"], address
    with app.app_context():
        db.engine.dispose()


def test_public_pages_may_be_kept_for_a_while_and_set_no_cookie(visitor: Visitor) -> None:
    for address in PUBLIC:
        headers = visitor.get(address).headers
        assert headers["Cache-Control"] == "public, max-age=300", address
        assert "Set-Cookie" not in headers


def test_private_pages_are_kept_nowhere(team: Team) -> None:
    for page in (team.tasks(), team.check(), team.open(team.statements[0].id), team.visitor.get("/start/service")):
        assert page.headers["Cache-Control"] == "no-store", page.path


def test_the_cookie_is_for_the_server_alone(visitor: Visitor) -> None:
    cookie = visitor.get("/back").headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Path=/" in cookie


def test_a_cookie_lasts_from_its_last_use_but_no_public_page_carries_it(team: Team) -> None:
    """A proxy may keep a public page for everyone; the cookie in it would be one person's."""
    with team.visitor.client.session_transaction(base_url="http://localhost") as session:
        session["day"] = 0  # as if it was last used long ago
    assert "Set-Cookie" in team.tasks().headers
    assert "Set-Cookie" not in team.tasks().headers  # once a day: a late answer must not bring old links back
    for address in PUBLIC:
        headers = team.visitor.get(address).headers
        assert "Set-Cookie" not in headers and "Cookie" not in headers.get("Vary", ""), address


def test_built_files_are_kept_for_ever_under_names_that_change(visitor: Visitor, app: Flask) -> None:
    found = re.search(r'href="(/static/main\.[0-9a-f]{8}\.css)"', visitor.get("/").html)
    assert found
    response = app.test_client().get(found[1], base_url="http://localhost", headers={"Accept-Encoding": "br"})
    response.close()
    assert response.status_code == 200 and response.headers["Content-Encoding"] == "br"
    assert "immutable" in response.headers["Cache-Control"]


def test_pages_are_sent_small(app: Flask) -> None:
    response = app.test_client().get("/", base_url="http://localhost", headers={"Accept-Encoding": "br, gzip"})
    assert response.headers["Content-Encoding"] == "br" and "Accept-Encoding" in response.headers["Vary"]
