"""Signing in by a link: it comes by e-mail, works once and not for long, and tells nobody who is known here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select, text, update

from assessment.app import create_app
from assessment.jobs.smtp import post_of
from assessment.store.db import Base, db, transaction
from assessment.store.models import Person, Round, SignIn, SignInRequest
from assessment.workflows.rates import FROM_ONE_PLACE
from tests.house.journey import CONTINUE, SAVE, Team
from tests.house.letterbox import Letterbox, link_in, post_all
from tests.house.mail_server import running_mail_server
from tests.house.people import make_person, signed_in, signed_in_as
from tests.house.rows import count
from tests.house.visitor import ORIGIN, Page, Visitor

ANN: Final = "Ann@Example.org"
SEND: Final = "Send me a link"
OVER: Final = "This link does not work any more"


@pytest.fixture
def ann(app: Flask) -> None:
    make_person(app, ANN)


@pytest.fixture
def letterbox() -> Letterbox:
    return Letterbox()


def ask(visitor: Visitor, address: str = ANN) -> Page:
    return visitor.get("/sign-in").press(SEND, email=address)


def sent_link(app: Flask, visitor: Visitor, letterbox: Letterbox, at: datetime | None = None) -> str:
    """Ask for a link and take it out of the letterbox."""
    ask(visitor)
    post_all(app, letterbox, at)
    return link_in(letterbox.messages[-1].text)


def is_signed_in(visitor: Visitor) -> bool:
    return visitor.get("/account/").status == 200


@pytest.mark.usefixtures("ann")
class TestALink:
    def test_it_comes_by_e_mail_and_signs_in(self, app: Flask, visitor: Visitor, letterbox: Letterbox) -> None:
        page = visitor.get(sent_link(app, visitor, letterbox))
        assert not is_signed_in(visitor) and f"as {ANN}" in page.text
        page = page.press(CONTINUE)
        assert page.path == "/account/" and page.heading == "Your places"
        assert letterbox.messages[0].to == ANN

    def test_a_mail_scanner_that_opens_it_first_takes_nothing_away(
        self, app: Flask, visitor: Visitor, another: Callable[[], Visitor], letterbox: Letterbox
    ) -> None:
        link = sent_link(app, visitor, letterbox)
        scanner = another()
        for method in ("GET", "HEAD", "GET"):
            assert scanner.client.open(link, method=method, base_url=ORIGIN).status_code == 200
        assert visitor.get(link).press(CONTINUE).path == "/account/"

    def test_it_works_once(
        self, app: Flask, visitor: Visitor, another: Callable[[], Visitor], letterbox: Letterbox
    ) -> None:
        link = sent_link(app, visitor, letterbox)
        thief = another()
        waiting = thief.get(link)
        visitor.get(link).press(CONTINUE)
        assert waiting.press(CONTINUE).heading == OVER and not is_signed_in(thief)
        assert another().get(link).status == 410

    def test_a_double_click_signs_in(self, app: Flask, visitor: Visitor, letterbox: Letterbox) -> None:
        page = visitor.get(sent_link(app, visitor, letterbox))
        first, second = page.press(CONTINUE), page.press(CONTINUE)
        assert first.status == second.status == 200 and second.path == "/account/"
        assert count(app, SignIn) == 1

    def test_a_double_click_whose_first_answer_never_came(
        self, app: Flask, visitor: Visitor, letterbox: Letterbox
    ) -> None:
        page = visitor.get(sent_link(app, visitor, letterbox))
        page.press(CONTINUE)
        with visitor.client.session_transaction(base_url=ORIGIN) as session:
            session.pop("sign_in")
        page.press(CONTINUE)
        assert is_signed_in(visitor)

    def test_it_ends_after_a_quarter_of_an_hour(self, app: Flask, visitor: Visitor, letterbox: Letterbox) -> None:
        moment = datetime.now(UTC) - timedelta(minutes=16)
        ask(visitor)
        make_due(app, moment)
        post_all(app, letterbox, moment)
        link = link_in(letterbox.messages[-1].text)
        page = visitor.get(link)
        assert page.status == 410 and page.heading == OVER
        page = page.press(SEND, email=ANN)
        assert page.heading == "Look at your e-mail"

    def test_asking_again_leaves_the_first_link_working(
        self, app: Flask, visitor: Visitor, letterbox: Letterbox
    ) -> None:
        first = sent_link(app, visitor, letterbox)
        second = sent_link(app, visitor, letterbox)
        assert first != second
        assert visitor.get(first).press(CONTINUE).path == "/account/"
        assert visitor.get(second).press(CONTINUE).path == "/account/"

    def test_it_opens_at_another_device(
        self, app: Flask, visitor: Visitor, another: Callable[[], Visitor], letterbox: Letterbox
    ) -> None:
        phone = another()
        phone.get(sent_link(app, visitor, letterbox)).press(CONTINUE)
        assert is_signed_in(phone) and not is_signed_in(visitor)

    def test_the_mail_server_is_down_for_a_while(self, app: Flask, visitor: Visitor, letterbox: Letterbox) -> None:
        letterbox.stopped = True
        ask(visitor)
        post_all(app, letterbox)
        letterbox.stopped = False
        later = datetime.now(UTC) + timedelta(minutes=1)
        post_all(app, letterbox, later)
        assert len(letterbox.messages) == 1
        assert visitor.get(link_in(letterbox.messages[0].text)).press(CONTINUE).path == "/account/"

    def test_no_secret_is_in_the_database(
        self, app: Flask, owner: Flask, visitor: Visitor, letterbox: Letterbox
    ) -> None:
        link = sent_link(app, visitor, letterbox)
        visitor.get(link).press(CONTINUE)
        with visitor.client.session_transaction(base_url=ORIGIN) as session:
            secrets = [session["sign_in"], link.rsplit("/", 1)[-1]]
        assert all(len(secret) == 43 for secret in secrets)
        for table in Base.metadata.sorted_tables:
            with owner.app_context(), db.engine.connect() as connection:
                rows = str(connection.execute(text(f'SELECT * FROM "{table.name}"')).all())  # noqa: S608
            assert not [secret for secret in secrets if secret in rows], table.name

    def test_links_to_rounds_stay_with_the_browser(self, app: Flask, team: Team, letterbox: Letterbox) -> None:
        team.visitor.get(sent_link(app, team.visitor, letterbox)).press(CONTINUE)
        assert is_signed_in(team.visitor) and team.tasks().status == 200

    def test_a_secret_known_from_before_signs_nobody_in(
        self, app: Flask, visitor: Visitor, letterbox: Letterbox
    ) -> None:
        """Somebody planted their own cookie: after signing in it holds another secret."""
        visitor.get("/sign-in")
        with visitor.client.session_transaction(base_url=ORIGIN) as session:
            session["sign_in"] = "A" * 43
        visitor.get(sent_link(app, visitor, letterbox)).press(CONTINUE)
        with visitor.client.session_transaction(base_url=ORIGIN) as session:
            assert session["sign_in"] != "A" * 43
        assert is_signed_in(visitor)


class TestWhoIsKnown:
    def test_the_answer_is_the_same_for_everyone(
        self, app: Flask, another: Callable[[], Visitor], letterbox: Letterbox
    ) -> None:
        make_person(app, "known@example.org")
        known, unknown = (ask(another(), f"{name}@example.org") for name in ("known", "nobody"))
        assert known.status == unknown.status == 200
        assert known.text.replace("known@", "X@") == unknown.text.replace("nobody@", "X@")
        assert count(app, SignInRequest) == 2
        post_all(app, letterbox)
        assert [message.to for message in letterbox.messages] == ["known@example.org"]

    def test_the_address_may_be_typed_in_any_case(self, app: Flask, visitor: Visitor, letterbox: Letterbox) -> None:
        make_person(app, ANN)
        ask(visitor, "  ANN@example.ORG ")
        post_all(app, letterbox)
        assert len(letterbox.messages) == 1

    @pytest.mark.parametrize("typed", ["", "nonsense", "a@b", "x" * 400 + "@example.org", "a b@example.org", "a@b\x00"])
    def test_what_is_no_address_is_said_at_the_field(self, visitor: Visitor, typed: str) -> None:
        page = ask(visitor, typed)
        assert page.status == 200 and page.heading == "Sign in" and "There is a problem" in page.text
        assert page.holds(SEND, "email") == typed.replace("\x00", "")

    def test_an_erased_person_gets_no_link(self, app: Flask, visitor: Visitor, letterbox: Letterbox) -> None:
        make_person(app, ANN)
        ask(visitor)
        signed_in_as(app, person_id(app)).get("/account/erase").press("Erase my account")
        post_all(app, letterbox)
        assert letterbox.messages == []


class TestComingBack:
    def test_a_page_that_asks_to_sign_in_is_shown_afterwards(
        self, app: Flask, visitor: Visitor, letterbox: Letterbox
    ) -> None:
        make_person(app, ANN)
        page = visitor.get("/account/sign-ins")
        assert page.status == 401 and page.heading == "Sign in to see this page"
        page.press(SEND, email=ANN)
        post_all(app, letterbox)
        page = visitor.get(link_in(letterbox.messages[0].text)).press(CONTINUE)
        assert page.path == "/account/sign-ins"

    @pytest.mark.parametrize(
        "goal",
        ["//evil.example/", "https://evil.example/", "/\\evil.example", "/nowhere", "javascript:alert(1)", "/sign-in"],
    )
    def test_it_leads_nowhere_else(self, app: Flask, visitor: Visitor, letterbox: Letterbox, goal: str) -> None:
        make_person(app, ANN)
        visitor.get("/sign-in")
        token = visitor.get("/sign-in").holds(SEND, "csrf_token")
        visitor.post("/sign-in", {"csrf_token": token, "email": ANN, "next": goal})
        post_all(app, letterbox)
        page = visitor.get(link_in(letterbox.messages[0].text)).press(CONTINUE)
        assert page.path == "/account/"
        assert visitor.get("/sign-in?next=" + goal).path == "/account/"

    def test_what_was_typed_waits_until_one_has_signed_in_again(
        self, app: Flask, another: Callable[[], Visitor], letterbox: Letterbox
    ) -> None:
        visitor = signed_in(app, email=ANN)
        page = visitor.get("/account/name")
        end_all(app)
        kept = page.press("Save", name="Ann <b>of</b> Larkshire")
        assert kept.status == 401 and kept.heading == "Sign in to send what you typed"
        assert "Ann <b>of</b> Larkshire" in kept.text
        still = kept.press("Send it now")
        assert still.status == 401 and "Ann <b>of</b> Larkshire" in still.text
        visitor.get(sent_link(app, visitor, letterbox)).press(CONTINUE)
        assert still.press("Send it now").path == "/account/you"
        assert "Ann <b>of</b> Larkshire" in visitor.get("/account/you").text

    def test_a_lead_whose_sign_in_ran_out_saves_an_answer(self, app: Flask, team: Team, letterbox: Letterbox) -> None:
        lead = signed_in(app, ("service lead", service_of(app, team)), email=ANN)
        page = lead.get(f"{team.address}/statement/{team.statements[0].id}")
        end_all(app)
        kept = page.press(SAVE, answer="3", evidence="The March minutes")
        assert kept.status == 403 and "The March minutes" in kept.text
        lead.get(sent_link(app, lead, letterbox)).press(CONTINUE)
        method, _address, holds = kept.form("I have signed in")
        saved = lead.follow(lead.send(method, f"{team.address}/statement/{team.statements[0].id}", holds))
        assert saved.status == 200
        assert team.open(team.statements[0].id).holds(SAVE, "evidence") == "The March minutes"

    def test_a_lead_whose_sign_in_ran_out_is_asked_to_sign_in(self, app: Flask, team: Team) -> None:
        lead = signed_in(app, ("service lead", service_of(app, team)))
        end_all(app)
        page = lead.get(f"{team.address}/")
        assert page.status == 401 and page.holds(SEND, "next") == f"{team.address}/"

    def test_another_site_puts_no_words_into_anybody_s_mouth(self, app: Flask, visitor: Visitor) -> None:
        headers = {"Sec-Fetch-Site": "cross-site"}
        answer = visitor.client.post("/account/name", data={"name": "Mallory"}, headers=headers, base_url=ORIGIN)
        assert answer.status_code == 401 and "Mallory" not in answer.text

    def test_a_megabyte_typed_is_kept(self, app: Flask) -> None:
        visitor = signed_in(app, email=ANN)
        page = visitor.get("/account/name")
        end_all(app)
        kept = page.press("Save", name="x" * 1_000_000)
        assert kept.status == 401 and len(kept.holds("Send it now", "name")) == 1_000_000


class TestEnding:
    def test_it_ends_without_use_and_at_the_latest_after_hours(self, app: Flask) -> None:
        for column, ago in ((SignIn.used_at, timedelta(minutes=121)), (SignIn.began_at, timedelta(hours=13))):
            visitor = signed_in(app)
            assert is_signed_in(visitor)
            with app.app_context(), transaction() as session:
                session.execute(update(SignIn).values({column: datetime.now(UTC) - ago}))
            assert not is_signed_in(visitor)

    def test_signing_out_everywhere_stops_a_stolen_cookie(self, app: Flask) -> None:
        person = make_person(app, ANN)
        visitor, elsewhere = signed_in_as(app, person), signed_in_as(app, person)
        thief = Visitor(app)
        cookie = visitor.client.get_cookie("same_table")
        assert cookie
        thief.client.set_cookie("same_table", cookie.value)
        assert is_signed_in(thief)
        page = visitor.get("/account/sign-ins").press("Sign out everywhere")
        assert "At this browser and at every other one" in page.text
        assert not any(is_signed_in(one) for one in (thief, elsewhere, visitor))

    def test_signing_out_everywhere_stops_links_on_their_way(
        self, app: Flask, visitor: Visitor, another: Callable[[], Visitor], letterbox: Letterbox
    ) -> None:
        person = make_person(app, ANN)
        link = sent_link(app, visitor, letterbox)
        signed_in_as(app, person).get("/account/sign-ins").press("Sign out everywhere")
        assert another().get(link).status == 410

    def test_signing_out_ends_it_on_the_server_too(self, app: Flask) -> None:
        visitor = signed_in(app)
        stolen = visitor.client.get_cookie("same_table")
        assert stolen
        assert visitor.get("/account/you").press("Sign out").heading == "You are signed out"
        visitor.client.set_cookie("same_table", stolen.value)
        assert not is_signed_in(visitor)

    def test_one_is_ended_from_the_list_and_never_somebody_else_s(self, app: Flask) -> None:
        person = make_person(app, ANN)
        visitor, phone, stranger = signed_in_as(app, person), signed_in_as(app, person), signed_in(app)
        method, address, holds = visitor.get("/account/sign-ins").form("End")
        stranger_token = stranger.get("/account/sign-ins").holds("Sign out everywhere", "csrf_token")
        stranger.send(method, address, {"csrf_token": stranger_token})
        assert is_signed_in(phone)
        visitor.follow(visitor.send(method, address, holds))
        assert is_signed_in(visitor) and not is_signed_in(phone)


class TestTooOften:
    def test_the_sixth_request_waits_known_or_not(self, app: Flask, another: Callable[[], Visitor]) -> None:
        make_person(app, "known@example.org")
        said = []
        for name in ("known", "nobody"):
            for _time in range(FROM_ONE_PLACE.times):
                assert ask(another(), f"{name}@example.org").status == 200
            page = ask(another(), f"{name}@example.org")
            assert page.status == 429 and 800 < int(page.headers["Retry-After"]) <= 900
            said.append(page.text)
        assert said[0] == said[1] and "15 minutes" in said[0]

    def test_a_council_behind_one_address_is_not_locked_out(self, app: Flask, another: Callable[[], Visitor]) -> None:
        assert {ask(another(), f"officer{number}@larkshire.example").status for number in range(30)} == {200}


def test_a_real_mail_server_brings_the_link(database: str, tmp_path: Path) -> None:
    with running_mail_server() as server:
        given = {"database_url": database, "instance": tmp_path, "public_address": "https://table.example"}
        settings = server.settings(**given)
        app = create_app(settings, TESTING=True)
        make_person(app, ANN)
        visitor, post = Visitor(app), post_of(settings)
        ask(visitor)
        post_all(app, post)
        post.rest()
    (mail,) = server.taken
    assert mail["To"] == ANN and mail["Auto-Submitted"] == "auto-generated"
    body = mail.get_content()
    assert "https://table.example/sign-in/" in body and "&" not in body
    assert visitor.get(link_in(body)).press(CONTINUE).path == "/account/"
    with app.app_context():
        db.engine.dispose()
    with app.app_context():
        db.engine.dispose()


def end_all(app: Flask) -> None:
    """As if everybody's sign-in had run out."""
    with app.app_context(), transaction() as session:
        session.execute(update(SignIn).values(used_at=datetime.now(UTC) - timedelta(days=1)))


def make_due(app: Flask, moment: datetime) -> None:
    with app.app_context(), transaction() as session:
        session.execute(text("UPDATE outbox SET due_at = :moment"), {"moment": moment.replace(tzinfo=None)})


def person_id(app: Flask) -> UUID:
    with app.app_context(), transaction() as session:
        return session.scalars(select(Person.id)).one()


def service_of(app: Flask, team: Team) -> UUID:
    with app.app_context(), transaction() as session:
        return session.get_one(Round, team.round_id).service_id
