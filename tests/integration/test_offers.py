"""A role is offered by e-mail, accepted, taken away, left and handed over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select, update

from assessment.jobs.message import Message
from assessment.jobs.post import Refused
from assessment.jobs.work import work_outbox
from assessment.store.db import reading, transaction
from assessment.store.models import Link, Membership, Offer, Person, SignIn
from assessment.store.secrets import hash_of
from tests.house.letterbox import Letterbox, link_in, post_all
from tests.house.people import make_person, signed_in, signed_in_as
from tests.house.places import deeds_in, make_organisation, make_service
from tests.house.visitor import ORIGIN, Page, Visitor

SEND = "Send the offer"
CONTINUE = "Continue"


@pytest.fixture
def larkshire(app: Flask) -> UUID:
    return make_organisation(app)


@pytest.fixture
def lead(app: Flask, larkshire: UUID) -> Visitor:
    return signed_in(app, ("organisation lead", larkshire), email="lead@example.org")


@pytest.fixture
def post(app: Flask) -> Callable[[], list[Message]]:
    """Every message so far, once all that wait have gone out."""
    letterbox = Letterbox()

    def posted() -> list[Message]:
        post_all(app, letterbox)
        return letterbox.messages

    return posted


def rows(app: Flask, table: Any) -> list[Any]:
    with app.app_context(), reading() as session:
        return list(session.scalars(select(table)))


def offer(visitor: Visitor, place: str, email: str, role: str) -> Page:
    return visitor.get(f"{place}/people").press(SEND, email=email, role=role)


class TestOffering:
    def test_an_offer_reaches_its_reader_and_makes_them_a_lead(
        self, app: Flask, larkshire: UUID, lead: Visitor, visitor: Visitor, post: Callable[[], list[Any]]
    ) -> None:
        page = offer(lead, f"/manage/{larkshire}", "New@Example.org", "organisation lead")
        assert "The offer is on its way" in page.text and "New@Example.org, Organisation lead" in page.text
        (message,) = post()
        assert message.to == "New@Example.org"
        assert "organisation lead of Larkshire Council" in message.text.replace("\n", " ")
        assert all(row.hash not in message.text for row in rows(app, Link))
        page = visitor.get(link_in(message.text))
        assert "organisation lead of Larkshire Council" in page.text
        assert "results of all its services side by side" in page.text
        assert rows(app, Offer)[0].state == "sent", "looking at the link accepts nothing"
        page = page.press(CONTINUE)
        assert page.status == 200
        assert visitor.get(f"/manage/{larkshire}/").status == 200
        assert deeds_in(app) == ["role offered", "role accepted"]
        signed = next(row for row in rows(app, SignIn) if row.person_id == rows(app, Membership)[-1].person_id)
        assert signed.way == "link"

    def test_a_double_click_offers_once_and_accepts_once(
        self, app: Flask, larkshire: UUID, lead: Visitor, visitor: Visitor, post: Callable[[], list[Any]]
    ) -> None:
        page = lead.get(f"/manage/{larkshire}/people")
        for _press in range(2):
            assert "on its way" in page.press(SEND, email="new@example.org", role="organisation lead").text
        (message,) = post()
        page = visitor.get(link_in(message.text))
        first, second = page.press(CONTINUE), page.press(CONTINUE)
        assert first.path == second.path and second.status == 200
        assert len(rows(app, Membership)) == 2 and len(rows(app, Person)) == 2

    def test_a_used_link_says_so_to_anybody_else(
        self, larkshire: UUID, lead: Visitor, visitor: Visitor, another: Callable[[], Visitor], post: Any
    ) -> None:
        offer(lead, f"/manage/{larkshire}", "new@example.org", "organisation lead")
        address = link_in(post()[0].text)
        visitor.get(address).press(CONTINUE)
        page = another().get(address)
        assert page.status == 410 and page.heading == "This offer has been accepted"

    def test_a_withdrawn_offer_opens_nothing(
        self, app: Flask, larkshire: UUID, lead: Visitor, visitor: Visitor, post: Any
    ) -> None:
        page = offer(lead, f"/manage/{larkshire}", "new@example.org", "organisation lead")
        address = link_in(post()[0].text)
        opened = visitor.get(address)
        page = page.press("Withdraw")
        assert "The offer is withdrawn" in page.text and "new@example.org" not in page.text
        assert opened.press(CONTINUE).heading == "This offer has been withdrawn"
        assert len(rows(app, Membership)) == 1

    def test_an_offer_runs_out_and_can_be_sent_again(
        self, app: Flask, larkshire: UUID, lead: Visitor, visitor: Visitor, post: Any
    ) -> None:
        offer(lead, f"/manage/{larkshire}", "new@example.org", "organisation lead")
        old = link_in(post()[0].text)
        with app.app_context(), transaction() as session:
            session.execute(update(Offer).values(ends_on=datetime.now(UTC).date() - timedelta(days=1)))
            session.execute(update(Link).values(made_on=datetime.now(UTC).date() - timedelta(days=15)))
        assert visitor.get(old).heading == "This offer has run out"
        page = lead.get(f"/manage/{larkshire}/people")
        assert "Ran out on" in page.text
        assert "on its way" in page.press("Send again").text

    def test_a_withdrawn_offer_is_not_sent(self, larkshire: UUID, lead: Visitor, post: Callable[[], list[Any]]) -> None:
        offer(lead, f"/manage/{larkshire}", "new@example.org", "organisation lead").press("Withdraw")
        assert post() == []

    def test_an_address_that_takes_no_mail_is_shown(self, app: Flask, larkshire: UUID, lead: Visitor) -> None:
        class Refusing:
            def send(self, message: Message, key: str) -> None:
                raise Refused

        offer(lead, f"/manage/{larkshire}", "nobody@example.org", "organisation lead")
        with app.app_context():
            work_outbox(Refusing(), app.config["SEAL"], lambda: datetime.now(UTC))
        assert "Could not be delivered" in lead.get(f"/manage/{larkshire}/people").text

    def test_what_is_wrong_is_said_and_what_was_typed_is_kept(self, larkshire: UUID, lead: Visitor) -> None:
        place = f"/manage/{larkshire}"
        page = offer(lead, place, "not an address", "organisation lead")
        assert page.status == 422 and "like name@example.org" in page.text
        assert page.holds(SEND, "email") == "not an address"
        assert "has this role already" in offer(lead, place, "LEAD@example.org", "organisation lead").text
        offer(lead, place, "new@example.org", "organisation lead")
        assert "offered to this address already" in offer(lead, place, "New@example.org", "organisation lead").text
        assert offer(lead, place, "x@example.org", "network admin").status == 422

    def test_a_stale_page_keeps_the_address(self, larkshire: UUID, lead: Visitor) -> None:
        page = lead.get(f"/manage/{larkshire}/people")
        lead.let_tokens_expire()
        page = page.press(SEND, email="new@example.org", role="organisation lead")
        assert "open for too long" in page.text and page.holds(SEND, "email") == "new@example.org"

    def test_someone_else_at_this_browser_is_told_and_signed_out(
        self, app: Flask, larkshire: UUID, lead: Visitor, post: Any
    ) -> None:
        offer(lead, f"/manage/{larkshire}", "new@example.org", "organisation lead")
        page = lead.get(link_in(post()[0].text))
        assert "Somebody else is signed in at this browser" in page.text and "lead@example.org" in page.text
        page.press(CONTINUE)
        people = lead.get(f"/manage/{larkshire}/people").text
        assert "new@example.org (you)" in people

    def test_a_message_passed_on_opens_no_account_that_was_there(
        self, app: Flask, larkshire: UUID, lead: Visitor, visitor: Visitor, post: Any
    ) -> None:
        """An admin asks a colleague: "Is this for you?" It is good for 14 days, and lies in a mail folder."""
        admin = make_person(app, "admin@example.org", ("network admin", None))
        offer(lead, f"/manage/{larkshire}", "admin@example.org", "organisation lead")
        page = visitor.get(link_in(post()[0].text))
        assert "has an account already" in page.text
        page = page.press(CONTINUE)
        assert page.status == 401 and page.heading.startswith("Sign in")
        assert visitor.get("/network/").status == 401
        assert admin in {row.person_id for row in rows(app, Membership) if row.role == "organisation lead"}
        assert admin not in {row.person_id for row in rows(app, SignIn)}

    def test_whoever_is_signed_in_already_accepts_and_goes_on(
        self, app: Flask, larkshire: UUID, lead: Visitor, post: Any
    ) -> None:
        member = signed_in(app, ("network analyst", None), email="member@example.org")
        offer(lead, f"/manage/{larkshire}", "member@example.org", "organisation lead")
        page = member.get(link_in(post()[0].text))
        assert "has an account already" not in page.text and "signed in here as" not in page.text
        assert page.press(CONTINUE).path == "/account/"
        assert member.get(f"/manage/{larkshire}/").status == 200
        assert len(rows(app, SignIn)) == 2

    def test_someone_else_is_signed_out_where_an_account_is_to_be_opened(
        self, app: Flask, larkshire: UUID, lead: Visitor, post: Any
    ) -> None:
        make_person(app, "member@example.org", ("network analyst", None))
        offer(lead, f"/manage/{larkshire}", "member@example.org", "organisation lead")
        page = lead.get(link_in(post()[0].text)).press(CONTINUE)
        assert page.status == 401 and rows(app, SignIn) == []

    def test_no_more_is_kept_of_the_browser_than_its_family(
        self, app: Flask, larkshire: UUID, lead: Visitor, visitor: Visitor, post: Any
    ) -> None:
        offer(lead, f"/manage/{larkshire}", "new@example.org", "organisation lead")
        page = visitor.get(link_in(post()[0].text))
        exact = "Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0"
        visitor.client.environ_base["HTTP_USER_AGENT"] = exact
        page.press(CONTINUE)
        assert {row.browser for row in rows(app, SignIn)} == {"", "Firefox on Linux"}

    def test_the_secret_alone_opens_it(self, app: Flask, larkshire: UUID, lead: Visitor, post: Any) -> None:
        offer(lead, f"/manage/{larkshire}", "new@example.org", "organisation lead")
        secret = link_in(post()[0].text).rsplit("/", 1)[-1]
        assert hash_of(secret) in {row.hash for row in rows(app, Link)}
        page = Visitor(app).get("/back").press(CONTINUE, link=f"http://x/link/{secret}")
        assert page.heading == "You are offered a role"


class TestEnding:
    def test_the_last_lead_must_name_another_first(self, app: Flask, larkshire: UUID) -> None:
        me = make_person(app, "me@example.org", ("organisation lead", larkshire), name="Me Myself")
        visitor = signed_in_as(app, me)
        page = visitor.get(f"/manage/{larkshire}/people").go("Leave")
        refused = page.press("Leave this role")
        assert refused.status == 422 and "You are the last organisation lead here." in refused.text
        make_person(app, "other@example.org", ("organisation lead", larkshire))
        assert page.press("Leave this role").status == 200
        assert visitor.get(f"/manage/{larkshire}/").status == 404
        assert deeds_in(app) == ["role left"]

    def test_a_lead_takes_a_role_away_but_not_the_last_lead_of_a_service(self, app: Flask, larkshire: UUID) -> None:
        service = make_service(app, larkshire, "Home support")
        make_person(app, "ann@example.org", ("service lead", service), name="Ann Archer")
        make_person(app, "bob@example.org", ("service member", service), name="Bob Baker")
        lead = signed_in(app, ("organisation lead", larkshire))
        page = lead.get(f"/service/{service}/people")
        member = next(row for row in rows(app, Membership) if row.role == "service member")
        assert lead.get(f"/service/{service}/people/{member.id}").press("Take the role away").status == 200
        refused = page.go("Take away Ann Archer").press("Take the role away")
        assert "Ann Archer is the last service lead here." in refused.text
        assert {row.role for row in rows(app, Membership)} == {"service lead", "organisation lead"}

    def test_handing_over_leaves_one_lead_at_every_moment(self, app: Flask, larkshire: UUID) -> None:
        service = make_service(app, larkshire, "Home support")
        ann = make_person(app, "ann@example.org", ("service lead", service), name="Ann Archer")
        me = make_person(app, "me@example.org", ("organisation lead", larkshire))
        visitor = signed_in_as(app, me)
        page = visitor.get(f"/manage/{larkshire}/people").go("Leave")
        assert page.press("Hand it over").status == 422
        page.press("Hand it over", to=str(ann))
        assert visitor.get(f"/manage/{larkshire}/").status == 404
        assert signed_in_as(app, ann).get(f"/manage/{larkshire}/").status == 200
        assert page.press("Hand it over", to=str(ann)).status == 404
        assert deeds_in(app) == ["role handed over"]

    def test_a_member_leaves_and_cannot_touch_anybody_else(self, app: Flask, larkshire: UUID) -> None:
        service = make_service(app, larkshire, "Home support")
        lead = make_person(app, "ann@example.org", ("service lead", service))
        member = signed_in(app, ("service member", service))
        of_lead = next(row.id for row in rows(app, Membership) if row.person_id == lead)
        assert member.get(f"/service/{service}/people").status == 404
        assert member.get(f"/service/{service}/people/{of_lead}").status == 404
        page = member.get(f"/service/{service}/").go("Leave your role here").press("Leave this role")
        assert page.status == 200 and member.get(f"/service/{service}/").status == 404

    def test_ids_of_another_place_open_nothing(self, app: Flask, larkshire: UUID, lead: Visitor) -> None:
        elsewhere = make_organisation(app, "Elsewhere Trust")
        other = signed_in(app, ("organisation lead", elsewhere))
        offer(other, f"/manage/{elsewhere}", "new@example.org", "organisation lead")
        theirs = next(row.id for row in rows(app, Membership) if row.organisation_id == elsewhere)
        assert lead.get(f"/manage/{larkshire}/people/{theirs}").status == 404
        page = offer(lead, f"/manage/{larkshire}", "mine@example.org", "organisation lead")
        method, address, holds = page.form("Withdraw")
        foreign = next(row for row in rows(app, Offer) if row.organisation_id == elsewhere)
        own = next(row for row in rows(app, Offer) if row.organisation_id == larkshire)
        page = lead.follow(lead.send(method, address.replace(str(own.id), str(foreign.id)), holds))
        assert "Nothing was changed" in page.text
        assert {row.state for row in rows(app, Offer)} == {"waiting"}

    def test_the_network_keeps_its_last_admin(self, app: Flask) -> None:
        admin = signed_in(app, ("network admin", None), email="admin@example.org")
        page = admin.get("/network/people").go("Leave").press("Leave this role")
        assert "You are the last network admin here." in page.text
        assert "on its way" in offer(admin, "/network", "analyst@example.org", "network analyst").text
        analyst = signed_in(app, ("network analyst", None))
        assert analyst.get("/network/people").status == 404


def test_asking_for_the_head_of_a_page_does_nothing(
    app: Flask, larkshire: UUID, lead: Visitor, visitor: Visitor, post: Any
) -> None:
    """Mail gateways and proxies do that, and it carries no token."""
    offer(lead, f"/manage/{larkshire}", "new@example.org", "organisation lead")
    visitor.client.head(link_in(post()[0].text), base_url=ORIGIN)
    make_person(app, "other@example.org", ("organisation lead", larkshire))
    for row in rows(app, Membership):
        lead.client.head(f"/manage/{larkshire}/people/{row.id}", base_url=ORIGIN)
    assert rows(app, Offer)[0].state == "sent"
    assert len(rows(app, Membership)) == 2
