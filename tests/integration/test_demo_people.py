"""The demo's own way in: there on a local run, at this machine, on a demo database, and never otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from flask import Flask
from sqlalchemy import func, select

from assessment.app import create_app
from assessment.config import Settings
from assessment.jobs.post import Folder
from assessment.store.db import db, transaction
from assessment.store.models import Network, Person, SignIn
from assessment.workflows.demo_people import DEMO_PEOPLE
from tests.house.journey import CONTINUE, Team
from tests.house.letterbox import post_all
from tests.house.visitor import ORIGIN, Visitor

PAGES: Final = ("/demo/sign-in", "/demo/mail")


@pytest.fixture
def demo(app: Flask, team: Team) -> Iterator[Flask]:
    """A demo network of one service, which has a result."""
    team.answer_all()
    team.send()
    with app.app_context(), transaction() as session:
        session.get_one(Network, 1).kind = "demo"
    app.extensions.pop("same_table_demo", None)
    yield app
    with app.app_context(), transaction() as session:
        session.get_one(Network, 1).kind = "real"


@pytest.mark.parametrize("role", list(DEMO_PEOPLE))
def test_one_button_a_role_signs_in(demo: Flask, role: str) -> None:
    visitor = Visitor(demo)
    page = visitor.get("/demo/sign-in").press(f"as {DEMO_PEOPLE[role].name}")  # type: ignore[index]
    assert page.path == "/account/" and role.capitalize() in page.text
    assert "by the demo’s button" in visitor.get("/account/sign-ins").text


def test_pressing_twice_makes_one_person(demo: Flask) -> None:
    page = Visitor(demo).get("/demo/sign-in")
    page.press("Noor"), page.press("Noor")
    with demo.app_context(), transaction() as session:
        assert session.scalar(select(func.count()).select_from(Person)) == 1
        assert session.scalar(select(func.count()).select_from(SignIn)) == 1


def test_the_mail_that_was_sent_can_be_read_and_its_links_followed(demo: Flask) -> None:
    visitor = Visitor(demo)
    visitor.get("/demo/sign-in").press("Jo Tanner")
    stranger = Visitor(demo)
    assert "None yet" in stranger.get("/demo/mail").text
    stranger.get("/sign-in").press("Send me a link", email=DEMO_PEOPLE["organisation lead"].email)
    post_all(demo, Folder(demo.config["SETTINGS"].instance / "mail"))
    page = stranger.get("/demo/mail")
    assert "Your link to sign in to Same table" in page.text
    assert page.go("/sign-in/").press(CONTINUE).path == "/account/"


class TestElsewhereItIsNotThere:
    @pytest.mark.parametrize("address", PAGES)
    def test_in_production(self, demo: Flask, address: str) -> None:
        assert Visitor(demo).get(address).status == 200
        demo.config["SETTINGS"] = Settings(
            environment="production",
            secret_key="k" * 40,
            trusted_hosts=["localhost"],
            public_address="https://localhost",
            mail_server="none",
        )
        assert Visitor(demo).get(address).status == 404

    @pytest.mark.parametrize("address", PAGES)
    def test_on_a_real_database(self, app: Flask, address: str) -> None:
        assert Visitor(app).get(address).status == 404

    @pytest.mark.parametrize("address", PAGES)
    @pytest.mark.parametrize(
        "given",
        [
            {"base_url": "http://table.example"},
            {"environ_overrides": {"REMOTE_ADDR": "192.0.2.7"}},
            {"environ_overrides": {"SERVER_NAME": "0.0.0.0"}},  # noqa: S104  (what must not open it)
            {"headers": {"X-Forwarded-For": "192.0.2.7"}},
            {"headers": {"Forwarded": "for=192.0.2.7"}},
        ],
    )
    def test_asked_for_or_served_elsewhere(self, demo: Flask, address: str, given: dict[str, object]) -> None:
        demo.config["TRUSTED_HOSTS"] = None
        client = demo.test_client()
        assert client.get(address, base_url="http://127.0.0.1:8000").status_code == 200
        assert client.get(address, **{"base_url": ORIGIN, **given}).status_code == 404  # type: ignore[arg-type]

    def test_nobody_is_signed_in_either(self, app: Flask) -> None:
        visitor = Visitor(app)
        token = visitor.get("/sign-in").holds("Send me a link", "csrf_token")
        assert visitor.post("/demo/sign-in", {"csrf_token": token, "role": "network admin"}).status == 404
        assert visitor.get("/account/").status == 401


def test_a_role_that_nobody_plays_is_refused(demo: Flask) -> None:
    visitor = Visitor(demo)
    token = visitor.get("/demo/sign-in").holds("Jo Tanner", "csrf_token")
    assert visitor.post("/demo/sign-in", {"csrf_token": token, "role": "king"}).status == 400


def test_the_demo_s_sights_name_the_way_in(empty_database: str, tmp_path: Path) -> None:
    app = create_app(Settings(database_url=empty_database, instance=tmp_path), TESTING=True)
    runner = app.test_cli_runner()
    assert runner.invoke(args=["prepare"]).exit_code == 0
    said = runner.invoke(args=["demo", "--services", "30", "--rounds", "1"]).output
    assert "Sign in as a person of any role: http://127.0.0.1:8000/demo/sign-in" in said
    assert "Answering alone, as someone who uses " in said
    listed = runner.invoke(args=["user", "list"]).output
    assert all(person.email in listed for person in DEMO_PEOPLE.values())
    assert "organisation lead of Larkshire Council" in listed
    assert {"Open", "Result"} <= set(_states_of_rounds_answered_alone(Visitor(app)))
    with app.app_context():
        db.engine.dispose()


def _states_of_rounds_answered_alone(lead: Visitor) -> list[str]:
    """What the demo's service lead reads of such rounds on the pages of their services."""
    places = lead.get("/demo/sign-in").press(f"as {DEMO_PEOPLE['service lead'].name}")
    shown = [lead.get(address).text for address in re.findall(r'href="(/service/[^"]+)"', places.html)]
    return re.findall(r"Each person alone, from \d+ \w+ \d+\s*(\w+)", " ".join(shown))
