"""Signing in with one's organisation, by a real provider: who is taken for whom, and that no claim gives a role."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select

from assessment.pages.clock import today
from assessment.store.db import reading, transaction
from assessment.store.models import Identity, Membership, Offer, Organisation, Person, Provider, Service
from assessment.workflows import oidc
from assessment.workflows.oidc import is_allowed
from tests.house.oidc import CLIENT, SECRET, RunningProvider, running_provider
from tests.house.people import make_person
from tests.house.visitor import ORIGIN, Page, Visitor

BACK: Final = f"{ORIGIN}/sign-in/with/back"
ACCOUNTS: Final[dict[str, dict[str, Any]]] = {
    "ann": {"email": "Ann@Larkshire.example", "email_verified": True, "name": "Ann of Larkshire"},
    "unverified": {"email": "ann@larkshire.example", "email_verified": False},
    "silent": {"email": "ann@larkshire.example"},
    "elsewhere": {"email": "ann@other.example", "email_verified": True},
    "grand": {"email": "grand@larkshire.example", "role": "network admin", "groups": ["network admin"]},
    "bare": {},
}


@pytest.fixture(scope="module")
def provider() -> Iterator[RunningProvider]:
    with running_provider(BACK, ACCOUNTS) as running:
        yield running


@pytest.fixture
def organisation(app: Flask, provider: RunningProvider, tmp_path: Path) -> UUID:
    """A confirmed organisation with this provider, which stands for larkshire.example."""
    id = confirmed(app, "Larkshire Council")
    secret = tmp_path / "secret"
    secret.write_text(SECRET + "\n")
    given = ("--issuer", provider.issuer, "--client-id", CLIENT, "--client-secret-file", str(secret))
    said = run(app, "sign-in", "Larkshire Council", *given, "--domain", "Larkshire.example")
    assert "http://127.0.0.1:8000/sign-in/with/back" in said
    return id


SignIn = Callable[..., Page]


@pytest.fixture
def sign_in(app: Flask, provider: RunningProvider, organisation: UUID) -> SignIn:
    """Go there, say who one is, come back."""

    def go(name: str, visitor: Visitor | None = None) -> Page:
        visitor = visitor or Visitor(app)
        leads = visitor.send("GET", f"/sign-in/with/{organisation}")
        assert leads.status == 302
        back = provider.go_through(leads.leads_to, name)
        return visitor.get(back.removeprefix(ORIGIN))

    return go


class TestWhoItIs:
    def test_a_person_is_made_at_the_first_sign_in_and_known_at_the_next(self, app: Flask, sign_in: SignIn) -> None:
        page = sign_in("ann")
        assert page.path == "/account/" and "You have no role yet" in page.text
        sign_in("ann")
        (person,) = persons(app)
        assert (person.name, person.email) == ("Ann of Larkshire", "Ann@Larkshire.example")
        assert "with your organisation" in page.visitor.get("/account/sign-ins").text

    @pytest.mark.parametrize("name", ["ann", "silent"])
    def test_someone_with_a_role_there_is_found_by_their_address(
        self, app: Flask, organisation: UUID, sign_in: SignIn, name: str
    ) -> None:
        known = make_person(app, "ann@larkshire.example", ("service lead", service(app, organisation)))
        assert "Home Support" in sign_in(name).text
        assert identities(app) == [known]

    def test_so_is_someone_who_is_offered_one(self, app: Flask, organisation: UUID, sign_in: SignIn) -> None:
        known = make_person(app, "ann@larkshire.example")
        with app.app_context(), transaction() as session:
            session.add(offer(organisation))
        sign_in("ann")
        assert identities(app) == [known]

    @pytest.mark.parametrize("name", ["ann", "unverified", "elsewhere", "bare"])
    def test_nobody_else_is_taken_for_a_person_that_is_there(
        self, app: Flask, organisation: UUID, sign_in: SignIn, name: str
    ) -> None:
        """Not without a role there, nor by an address that is unproved or not the provider's to speak for."""
        make_person(app, "ann@larkshire.example", *(() if name == "ann" else (("organisation lead", organisation),)))
        make_person(app, "ann@other.example", ("organisation lead", organisation))
        page = sign_in(name)
        assert "You have no role yet" in page.text
        assert len(persons(app)) == 3 and len([one for one in persons(app) if one.email]) == 2

    def test_a_role_outside_is_out_of_its_reach(self, app: Flask, organisation: UUID, sign_in: SignIn) -> None:
        """Whoever runs the provider would hold the key to it."""
        make_person(app, "ann@larkshire.example", ("organisation lead", organisation), ("network admin", None))
        page = sign_in("ann")
        assert page.status == 403 and "You also have a role outside Larkshire Council" in page.text
        assert page.visitor.get("/account/").status == 401

    def test_a_role_given_outside_later_is_too(self, app: Flask, organisation: UUID, sign_in: SignIn) -> None:
        before = sign_in("ann").visitor
        other = confirmed(app, "Elsewhere Trust")
        with app.app_context(), transaction() as session:
            person = session.scalars(select(Person)).one()
            held = Membership(person_id=person.id, role="organisation lead", organisation_id=other)
            held.made_on = date(2026, 1, 1)
            session.add(held)
        assert sign_in("ann").status == 403
        assert before.get(f"/manage/{other}/").status == 401, "who was signed in by it before is so no more"

    def test_no_claim_gives_a_role(self, app: Flask, sign_in: SignIn) -> None:
        assert "You have no role yet" in sign_in("grand").text
        with app.app_context(), transaction() as session:
            assert session.scalar(select(func.count()).select_from(Membership)) == 0


class TestTheWayThere:
    def test_it_is_offered_by_the_domain_whether_or_not_the_person_is_known(
        self, app: Flask, visitor: Visitor, organisation: UUID
    ) -> None:
        make_person(app, "ann@larkshire.example")
        for name in ("ann", "nobody"):
            page = visitor.get("/sign-in").press("Send me a link", email=f"{name}@LARKSHIRE.example")
            assert page.link("Sign in with Larkshire Council") == f"/sign-in/with/{organisation}"
        page = visitor.get("/sign-in").press("Send me a link", email="ann@other.example")
        assert "Larkshire" not in page.text

    def test_it_asks_with_pkce_state_and_nonce_new_each_time(self, visitor: Visitor, organisation: UUID) -> None:
        asked = [visitor.send("GET", f"/sign-in/with/{organisation}").leads_to for _time in range(2)]
        first, second = ({key: one for key, (one,) in parse_qs(urlsplit(a).query).items()} for a in asked)
        assert first["code_challenge_method"] == "S256" and first["response_type"] == "code"
        assert first["redirect_uri"] == BACK
        assert all(first[name] != second[name] for name in ("code_challenge", "state", "nonce"))

    def test_signing_in_goes_on_to_the_page_that_was_asked_for(self, app: Flask, sign_in: SignIn) -> None:
        visitor = Visitor(app)
        visitor.get("/account/passkeys").press("Send me a link", email="ann@larkshire.example")
        assert sign_in("ann", visitor).path == "/account/passkeys"

    def test_an_organisation_without_one_has_no_such_page(self, app: Flask, visitor: Visitor) -> None:
        assert visitor.get(f"/sign-in/with/{confirmed(app, 'Elsewhere Trust')}").status == 404
        assert visitor.get(f"/sign-in/with/{uuid4()}").status == 404

    def test_it_is_taken_away_by_the_operator(self, app: Flask, visitor: Visitor, organisation: UUID) -> None:
        assert "no sign-in of its own any more" in run(app, "sign-in", "Larkshire Council", "--off")
        assert visitor.get(f"/sign-in/with/{organisation}").status == 404

    def test_one_issuer_stands_for_one_organisation(
        self, app: Flask, provider: RunningProvider, organisation: UUID, tmp_path: Path
    ) -> None:
        confirmed(app, "Elsewhere Trust")
        given = ("--issuer", provider.issuer, "--client-id", CLIENT, "--client-secret-file", str(tmp_path / "secret"))
        arguments = ["organisation", "sign-in", "Elsewhere Trust", *given, "--domain", "elsewhere.example"]
        result = app.test_cli_runner().invoke(args=arguments)
        assert result.exit_code == 1 and "Another organisation signs in with" in result.output
        assert "can sign in" in run(app, "sign-in", "Larkshire Council", *given, "--domain", "larkshire.example")

    def test_a_provider_that_hangs_is_not_asked_by_everybody(
        self, visitor: Visitor, app: Flask, organisation: UUID, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked: list[str] = []

        def hang(_client: object, address: str, *_more: object) -> dict[str, Any]:
            asked.append(address)
            raise oidc.ProviderFault("hangs")

        monkeypatch.setattr(oidc, "_asked", hang)
        monkeypatch.setattr(oidc, "_known", {})
        assert {visitor.get(f"/sign-in/with/{organisation}").status for _time in range(20)} == {502}
        assert len(asked) == 1

    def test_its_secret_is_sealed(self, app: Flask, organisation: UUID) -> None:
        with app.app_context(), transaction() as session:
            kept = session.get_one(Provider, organisation).client_secret_sealed
        assert SECRET not in kept and app.config["SEAL"].open(kept) == SECRET


class TestWhatIsNoAnswer:
    def test_an_answer_nobody_asked_for(self, visitor: Visitor, organisation: UUID) -> None:
        page = visitor.get("/sign-in/with/back?code=abc&state=def")
        assert page.status == 400 and visitor.get("/account/").status == 401

    def test_an_answer_to_somebody_else(self, app: Flask, provider: RunningProvider, organisation: UUID) -> None:
        """A link with my code in it, sent to another: they must not find themselves signed in as me."""
        mine, victim = Visitor(app), Visitor(app)
        leads = mine.send("GET", f"/sign-in/with/{organisation}").leads_to
        back = provider.go_through(leads, "ann").removeprefix(ORIGIN)
        victim.send("GET", f"/sign-in/with/{organisation}")
        assert victim.get(back).status == 502 and victim.get("/account/").status == 401

    def test_an_answer_used_again(self, app: Flask, provider: RunningProvider, organisation: UUID) -> None:
        visitor = Visitor(app)
        leads = visitor.send("GET", f"/sign-in/with/{organisation}").leads_to
        back = provider.go_through(leads, "ann").removeprefix(ORIGIN)
        before = visitor.client.get_cookie("same_table")
        assert before and visitor.get(back).path == "/account/"
        assert visitor.get(back).status == 400
        thief = Visitor(app)
        thief.client.set_cookie("same_table", before.value)
        assert thief.get(back).status == 502 and thief.get("/account/").status == 401

    def test_an_answer_with_another_issuer_or_an_error(self, visitor: Visitor, organisation: UUID) -> None:
        for more in ("&iss=https://evil.example&code=x", "&error=access_denied"):
            leads = visitor.send("GET", f"/sign-in/with/{organisation}").leads_to
            (state,) = parse_qs(urlsplit(leads).query)["state"]
            page = visitor.get(f"/sign-in/with/back?state={state}{more}")
            assert page.status == 502 and "try once more" in page.text

    def test_a_provider_that_is_gone(self, app: Flask, visitor: Visitor, organisation: UUID) -> None:
        with app.app_context(), transaction() as session:
            session.get_one(Provider, organisation).issuer = "http://127.0.0.1:9"
        page = visitor.get(f"/sign-in/with/{organisation}")
        assert page.status == 502 and "did not confirm who you are" in page.text
        assert page.press("Send me a link", email="ann@larkshire.example").heading == "Look at your e-mail"


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("https://id.example", (True, True)),
        ("http://127.0.0.1:9", (True, False)),
        ("http://localhost/x", (True, False)),
        ("http://id.example", (False, False)),
        ("http://127.0.0.1.example", (False, False)),
        ("http://user@127.0.0.1@id.example", (False, False)),
        ("ftp://127.0.0.1", (False, False)),
        ("//127.0.0.1", (False, False)),
        ("", (False, False)),
    ],
)
def test_only_this_machine_may_go_without_encryption_and_only_locally(address: str, allowed: tuple[bool, bool]) -> None:
    assert (is_allowed(address, local=True), is_allowed(address, local=False)) == allowed


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("Larkshire Council",), "Give --issuer"),
        (("Nowhere", "--off"), "There is no organisation called Nowhere"),
    ],
)
def test_the_operator_is_told_what_is_wrong(app: Flask, arguments: tuple[str, ...], said: str) -> None:
    result = app.test_cli_runner().invoke(args=["organisation", "sign-in", *arguments])
    assert result.exit_code != 0 and said in result.output


def test_an_issuer_without_encryption_is_refused(app: Flask, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("x")
    given = ("--issuer", "http://id.example", "--client-id", "x", "--client-secret-file", str(tmp_path / "secret"))
    arguments = ["organisation", "sign-in", "X", *given, "--domain", "x.example"]
    result = app.test_cli_runner().invoke(args=arguments)
    assert result.exit_code != 0 and "https://" in result.output


def run(app: Flask, *arguments: str) -> str:
    result = app.test_cli_runner().invoke(args=["organisation", *arguments])
    assert result.exit_code == 0, result.output
    return result.output


def confirmed(app: Flask, name: str) -> UUID:
    new = Organisation(id=uuid4(), name=name, name_key=name.lower(), kind="council", nation="england", region="london")
    new.confirmed_on = date(2026, 1, 1)
    with app.app_context(), transaction() as session:
        session.add(new)
        return new.id


def service(app: Flask, organisation: UUID) -> UUID:
    new = Service(id=uuid4(), organisation_id=organisation, name="Home Support", sector="social-care")
    with app.app_context(), transaction() as session:
        session.add(new)
        return new.id


def offer(organisation: UUID) -> Offer:
    return Offer(
        email="ann@larkshire.example",
        email_key="ann@larkshire.example",
        role="organisation lead",
        organisation_id=organisation,
        made_on=today(),
        ends_on=today() + timedelta(days=14),
        state="sent",
    )


def persons(app: Flask) -> list[Person]:
    with app.app_context(), reading() as session:
        return list(session.scalars(select(Person)))


def identities(app: Flask) -> list[UUID]:
    with app.app_context(), transaction() as session:
        return list(session.scalars(select(Identity.person_id)))
