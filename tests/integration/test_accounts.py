"""What a person with an account has here: places, a name, a file of all that is kept, and a way to leave for good."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any, Final
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from assessment.store.db import transaction
from assessment.store.models import (
    Audit,
    Claim,
    Identity,
    Invitation,
    Membership,
    Offer,
    Organisation,
    Passkey,
    Person,
    Round,
    Service,
    SignIn,
)
from assessment.store.queries.audit import Deed, note_deed
from assessment.store.records import Role
from tests.house.journey import Team
from tests.house.people import make_person, signed_in, signed_in_as
from tests.house.visitor import ORIGIN, Visitor

ANN: Final = "ann@example.org"
TODAY: Final = date(2026, 11, 27)
ERASE: Final = "Erase my account"


@pytest.fixture
def service(app: Flask, team: Team) -> UUID:
    with app.app_context(), transaction() as session:
        return session.get_one(Round, team.round_id).service_id


@pytest.fixture
def organisation(app: Flask, team: Team) -> UUID:
    with app.app_context(), transaction() as session:
        found = session.scalars(select(Organisation)).one()
        found.confirmed_on = TODAY
        return found.id


class TestPlaces:
    def test_each_place_is_listed_with_what_the_role_sees(self, app: Flask, service: UUID, organisation: UUID) -> None:
        visitor = signed_in(
            app, ("organisation lead", organisation), ("service lead", service), ("network admin", None)
        )
        page = visitor.get("/account/")
        for words in (
            "The network and its organisations",
            "Network admin. You confirm organisations",
            "Larkshire Council Organisation lead. You see the results of all its services",
            "Home Support Larkshire Council. Service lead. You run this service’s rounds",
        ):
            assert words in page.text
        assert page.go("Larkshire Council").path == f"/organisation/{organisation}/"

    def test_a_page_that_a_role_opened_leads_back(self, app: Flask, organisation: UUID) -> None:
        page = signed_in(app, ("organisation lead", organisation)).get(f"/organisation/{organisation}/")
        assert page.go("Your places").path == "/account/"

    def test_every_role_leads_somewhere(self, app: Flask, service: UUID, organisation: UUID) -> None:
        held: dict[Role, tuple[UUID | None, str]] = {
            "service member": (service, "Home Support"),
            "service lead": (service, "Home Support"),
            "organisation lead": (organisation, "Larkshire Council"),
            "network analyst": (None, "The field"),
            "network admin": (None, "The network"),
        }
        for role, (place, words) in held.items():
            assert signed_in(app, (role, place)).get("/account/").go(words).status == 200, role

    def test_an_analyst_finds_how_to_leave(self, app: Flask) -> None:
        page = signed_in(app, ("network analyst", None)).get("/account/").go("Leave this role")
        assert page.press("Leave this role").path == "/account/"

    def test_someone_without_a_role_is_told_what_to_do(self, app: Flask) -> None:
        assert "You have no role yet" in signed_in(app).get("/account/").text


class TestAName:
    def test_it_is_changed_and_noted(self, app: Flask) -> None:
        visitor = signed_in(app)
        page = visitor.get("/account/name").press("Save", name='  =cmd()  "Ann"\t<Example>\x00 ')
        assert '=cmd() "Ann" <Example>' in page.text
        assert deeds(app) == ["changed their name"]

    @pytest.mark.parametrize("typed", ["", "   ", "\x00\x07", "x" * 201])
    def test_what_is_no_name_is_said_at_the_field(self, app: Flask, typed: str) -> None:
        page = signed_in(app).get("/account/name").press("Save", name=typed)
        assert page.path == "/account/name" and "There is a problem" in page.text

    def test_a_page_that_was_open_for_long_keeps_what_was_typed(self, app: Flask) -> None:
        visitor = signed_in(app)
        page = visitor.get("/account/name")
        visitor.let_tokens_expire()
        page = page.press("Save", name="Ann of Larkshire")
        assert page.holds("Save", "name") == "Ann of Larkshire" and "open for too long" in page.text
        assert page.press("Save").path == "/account/you"


class TestMyData:
    def test_everything_that_is_kept_is_in_one_file(self, app: Flask, team: Team, service: UUID) -> None:
        person = make_person(app, ANN, ("service lead", service))
        fill(app, person, service, team.round_id)
        visitor = signed_in_as(app, person)
        data = visitor.get("/account/data").json
        assert data["person"] == {"name": "Ann Example", "email": ANN, "since": "2026-01-01"}
        (role,) = data["roles"]
        assert role == {"role": "service lead", "organisation": "Larkshire Council", "service": "Home Support"}
        assert data["passkeys"][0]["name"] == "My phone" and "a-public-key" not in str(data)
        assert data["known_to_organisations_sign_in"][0]["subject"] == "ann-1"
        assert data["sign_ins"] and data["what_you_did"][0]["what"] == "did something"
        assert data["roles_offered"][0]["role"] == "service member"
        assert data["services_you_asked_to_have_confirmed"][0]["note"] == "Ours"
        assert data["asked_to_answer"] == [
            {"organisation": "Larkshire Council", "service": "Home Support", "message": "sent"}
        ]

    def test_it_says_why_answers_are_not_in_it(self, app: Flask) -> None:
        said = signed_in(app).get("/account/data").json["about_answers"]
        assert "cannot be" in said and "without name, address, account or time" in said

    def test_it_holds_nothing_of_anybody_else(self, app: Flask, team: Team, service: UUID) -> None:
        fill(app, make_person(app, ANN, ("service lead", service)), service, team.round_id)
        data = signed_in(app, email="ben@example.org").get("/account/data").json
        assert ANN not in str(data) and "My phone" not in str(data) and data["asked_to_answer"] == []


class TestErasing:
    def test_nothing_of_the_person_is_left_but_the_history(self, app: Flask, team: Team, service: UUID) -> None:
        person = make_person(app, ANN, ("service lead", service))
        make_person(app, "ben@example.org", ("service lead", service))
        fill(app, person, service, team.round_id)
        visitor = signed_in_as(app, person)
        page = visitor.get("/account/erase").press(ERASE)
        assert page.heading == "Your account is erased"
        assert visitor.get("/account/").status == 401
        with app.app_context(), transaction() as session:
            left = session.get_one(Person, person)
            assert (left.name, left.email, left.email_key) == ("", None, None) and left.erased_on
            for table in (Identity, Passkey, SignIn):
                assert session.scalar(select(func.count()).select_from(table)) == 0
            assert session.scalars(select(Membership.person_id)).all() != [person]
            assert session.scalar(select(func.count()).select_from(Offer)) == 0
            claim = session.scalars(select(Claim)).one()
            assert (claim.email, claim.note, claim.state) == ("", "", "declined")
            assert [row.person_id for row in session.scalars(select(Audit))] == [person, person]

    def test_the_address_can_have_a_new_account_later(self, app: Flask) -> None:
        signed_in(app, email=ANN).get("/account/erase").press(ERASE)
        assert signed_in(app, email=ANN).get("/account/").status == 200

    def test_the_last_lead_of_a_place_is_told_what_to_do_first(
        self, app: Flask, service: UUID, organisation: UUID
    ) -> None:
        person = make_person(app, ANN, ("service lead", service), ("organisation lead", organisation))
        visitor = signed_in_as(app, person)
        page = visitor.get("/account/erase")
        assert page.status == 409 and "Home Support, Larkshire Council" in page.text and ERASE not in page.text
        token = visitor.get("/account/you").holds("Sign out", "csrf_token")
        assert visitor.post("/account/erase", {"csrf_token": token}).status == 409
        make_person(app, "ben@example.org", ("service lead", service), ("organisation lead", organisation))
        assert visitor.get("/account/erase").press(ERASE).heading == "Your account is erased"

    def test_so_is_the_last_who_looks_after_the_network(self, app: Flask) -> None:
        last = signed_in(app, ("network admin", None))
        assert "The whole network" in last.get("/account/erase").text
        signed_in(app, ("network admin", None))
        assert last.get("/account/erase").press(ERASE).heading == "Your account is erased"

    def test_what_is_archived_needs_no_lead(self, app: Flask, service: UUID) -> None:
        person = make_person(app, ANN, ("service lead", service))
        with app.app_context(), transaction() as session:
            session.get_one(Service, service).archived_on = TODAY
        page = signed_in_as(app, person).get("/account/erase").press(ERASE)
        assert page.heading == "Your account is erased"


class TestAnOrganisationThatWantsPasskeys:
    def test_a_lead_who_came_by_a_link_is_told_how(self, app: Flask, organisation: UUID) -> None:
        person = make_person(app, ANN, ("organisation lead", organisation))
        by_link, by_passkey = signed_in_as(app, person, "link"), signed_in_as(app, person, "passkey")
        address = f"/organisation/{organisation}/"
        assert by_link.get(address).status == 200
        with app.app_context(), transaction() as session:
            session.get_one(Organisation, organisation).passkeys = True
        page = by_link.get(address)
        assert page.status == 403 and page.heading == "This page needs a passkey"
        assert page.go("Go to your passkeys").status == 200
        assert by_passkey.get(address).status == 200

    def test_others_see_a_page_that_is_not_there(self, app: Flask, organisation: UUID, service: UUID) -> None:
        with app.app_context(), transaction() as session:
            session.get_one(Organisation, organisation).passkeys = True
        for visitor in (signed_in(app, ("service lead", service), way="link"), signed_in(app, way="link")):
            assert visitor.get(f"/organisation/{organisation}/").status == 404


class TestTheOperator:
    @pytest.mark.parametrize("role", ["network-admin", "network-analyst"])
    def test_gives_the_first_roles(self, app: Flask, role: str) -> None:
        said = run(app, "add", "Ann@Example.org", "--role", role)
        assert said == f"Ann@Example.org is now {role.replace('-', ' ')}.\n"
        assert "before" in run(app, "add", ANN, "--role", role)
        assert role.replace("-", " ") in run(app, "list")
        assert deeds(app) == ["gave a role"]

    def test_names_the_first_lead_of_a_confirmed_organisation(self, app: Flask, organisation: UUID) -> None:
        run(app, "add", ANN, "--role", "organisation-lead", "--organisation", "larkshire council")
        with app.app_context(), transaction() as session:
            held = session.scalars(select(Membership)).one()
            assert (held.role, held.organisation_id) == ("organisation lead", organisation)

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (("add", "nonsense", "--role", "network-admin"), "is not an e-mail address"),
            (("add", ANN, "--role", "organisation-lead"), "needs --organisation"),
            (("add", ANN, "--role", "network-admin", "--organisation", "X"), "needs --organisation"),
            (("add", ANN, "--role", "organisation-lead", "--organisation", "X"), "There is no organisation called X"),
            (("remove", ANN), "Nobody has the address"),
            (("sign-out", ANN), "Nobody has the address"),
        ],
    )
    def test_is_told_what_is_wrong(self, app: Flask, arguments: tuple[str, ...], said: str) -> None:
        result = app.test_cli_runner().invoke(args=["user", *arguments])
        assert result.exit_code != 0 and said in result.output

    def test_erases_an_account_but_no_last_lead(self, app: Flask, service: UUID) -> None:
        make_person(app, ANN, ("service lead", service))
        result = app.test_cli_runner().invoke(args=["user", "remove", ANN])
        assert result.exit_code == 1 and "service lead of Home Support, Larkshire Council" in result.output
        make_person(app, "ben@example.org", ("service lead", service))
        assert run(app, "remove", ANN) == f"Erased the account of {ANN}.\n"
        assert ANN not in run(app, "list")

    def test_signs_somebody_out_everywhere_who_keeps_their_roles(self, app: Flask, service: UUID) -> None:
        ann, ben = (signed_in(app, ("service lead", service), email=email) for email in (ANN, "ben@example.org"))
        assert run(app, "sign-out", ANN) == f"{ANN} is signed out everywhere.\n"
        assert (ann.get("/account/").status, ben.get("/account/").status) == (401, 200)
        assert "service lead" in run(app, "list").splitlines()[0]
        assert deeds(app) == ["was signed out"]


def test_a_stranger_is_asked_to_sign_in(visitor: Visitor) -> None:
    for name in ("", "you", "name", "data", "sign-ins", "passkeys", "erase"):
        assert visitor.get(f"/account/{name}").status == 401, name


def run(app: Flask, *arguments: str) -> str:
    result = app.test_cli_runner().invoke(args=["user", *arguments])
    assert result.exit_code == 0, result.output
    return result.output


def deeds(app: Flask) -> list[str]:
    with app.app_context(), transaction() as session:
        return list(session.scalars(select(Audit.what).order_by(Audit.at)))


def fill(app: Flask, person: UUID, service: UUID, round_id: UUID) -> None:
    """One of every kind of thing that is kept of a person."""
    with app.app_context(), transaction() as session:
        key = Passkey(id="k", person_id=person, public_key="a-public-key", sign_count=0, name="My phone")
        key.made_on = TODAY
        session.add(key)
        session.add(Identity(issuer="https://id.example", subject="ann-1", person_id=person, made_on=TODAY))
        session.add(Claim(service_id=service, email=ANN, note="Ours", made_on=TODAY, state="waiting"))
        session.add(Invitation(round_id=round_id, email=ANN, email_key=ANN, state="sent", answered_sealed="x"))
        session.add(
            Offer(
                id=uuid4(),
                email=ANN,
                email_key=ANN,
                role="service member",
                service_id=service,
                made_on=TODAY,
                ends_on=TODAY,
                state="sent",
            )
        )
        note_deed(session, datetime.now(UTC), person, Deed("did something", service_id=service))


def test_a_browser_left_open_takes_no_new_passkey_and_loses_none(app: Flask) -> None:
    person = make_person(app, ANN)
    visitor = signed_in_as(app, person, "link")
    with app.app_context(), transaction() as session:
        session.add(Passkey(id="AAAA", person_id=person, public_key="x", sign_count=0, name="My phone", made_on=TODAY))
    page = visitor.get("/account/passkeys")
    assert "Remove My phone" in page.text and "Sign in again" not in page.text
    token = re.search(r'data-token="([^"]+)"', page.html)
    assert token
    headers = {"X-CSRFToken": token[1]}
    ask = partial(visitor.client.post, headers=headers, base_url=ORIGIN)
    assert ask("/account/passkeys/options").status_code == 200
    with app.app_context(), transaction() as session:
        session.execute(update(SignIn).values(began_at=datetime.now(UTC) - timedelta(minutes=16)))
    assert ask("/account/passkeys/options").status_code == 403
    assert ask("/account/passkeys/add", json={"id": "x"}).status_code == 403  # nothing was asked for
    assert ask("/account/passkeys/remove", data={"key": "AAAA"}).status_code == 302
    page = visitor.get("/account/passkeys")
    assert page.holds("Save name", "name") == "My phone" and "Remove My phone" not in page.text
    assert page.go("Sign in again").holds("Send me a link", "next") == "/account/passkeys"


def test_a_lead_who_has_to_sign_in_again_for_a_passkey_finds_the_page_she_came_for(
    app: Flask, organisation: UUID
) -> None:
    person = make_person(app, ANN, ("organisation lead", organisation))
    visitor = signed_in_as(app, person, "link")
    with app.app_context(), transaction() as session:
        session.get_one(Organisation, organisation).passkeys = True
        session.execute(update(SignIn).values(began_at=datetime.now(UTC) - timedelta(minutes=16)))
    address = f"/organisation/{organisation}/"
    page = visitor.get(address).go("Go to your passkeys").go("Sign in again")
    assert page.holds("Send me a link", "next") == address


@pytest.mark.parametrize("id", ["\ud800", "\0", "é", "", 5, ["a"], {"a": 1}, "A" * 5000])
def test_an_odd_passkey_is_no_passkey(app: Flask, id: Any) -> None:
    """Anybody can send anything here; the database is asked only for what can be one."""
    visitor = signed_in(app)
    token = re.search(r'data-token="([^"]+)"', visitor.get("/account/passkeys").html)
    assert token
    ask = partial(visitor.client.post, base_url=ORIGIN, headers={"X-CSRFToken": token[1]})
    assert ask("/sign-in/passkey/options").status_code == 200
    assert ask("/sign-in/passkey/answer", json={"id": id}).status_code == 403
    key = {"key": str(id).encode("utf-8", "replace"), "name": "Mine"}
    for what in ("name", "remove"):
        assert ask(f"/account/passkeys/{what}", data=key).status_code == 302
