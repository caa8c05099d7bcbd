"""flask organisation: an operator confirms, shares and opens organisations by name, and is told what happened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select

from assessment.store.db import reading, transaction
from assessment.store.models import Link, Network, Organisation, Service
from tests.house.places import deeds_in, make_organisation
from tests.house.visitor import Visitor

Run = Callable[..., Result]


@pytest.fixture
def run(app: Flask) -> Run:
    return lambda *args: app.test_cli_runner().invoke(args=["organisation", *args])


@pytest.fixture
def larkshire(app: Flask) -> None:
    """An organisation that a team has named, with two services and one that was archived."""
    with app.app_context(), transaction() as session:
        session.add(
            Organisation(
                id=(id := uuid4()),
                name="Larkshire Council",
                name_key="larkshire council",
                kind="council",
                nation="england",
                region="london",
                size="large",
            )
        )
        session.flush()
        session.add_all(_service(id, name) for name in ("Home care", "Carers’ support"))
        session.add(
            Service(id=uuid4(), organisation_id=id, name="Old one", sector="health", archived_on=date(2026, 1, 1))
        )


def _service(organisation: Any, name: str) -> Service:
    return Service(id=uuid4(), organisation_id=organisation, name=name, sector="social-care")


def stored(app: Flask) -> Organisation:
    with app.app_context(), reading() as session:
        return session.scalars(select(Organisation)).one()


def confirmed_services(app: Flask) -> list[str]:
    with app.app_context(), reading() as session:
        query = select(Service.name).where(Service.confirmed_on.is_not(None)).order_by(Service.name)
        return list(session.scalars(query))


@pytest.mark.usefixtures("larkshire")
class TestConfirming:
    def test_confirm_covers_the_organisation_and_the_services_it_has(self, app: Flask, run: Run) -> None:
        result = run("confirm", "larkshire  COUNCIL")
        assert result.exit_code == 0
        assert result.output.splitlines() == [
            "Confirmed Larkshire Council.",
            "Confirmed its service Carers’ support.",
            "Confirmed its service Home care.",
            "It shares: its results count in snapshots from now on.",
        ]
        assert stored(app).confirmed_on and stored(app).shares_on
        assert confirmed_services(app) == ["Carers’ support", "Home care"]

    def test_confirming_again_changes_no_day_and_adds_what_came_later(self, app: Flask, run: Run) -> None:
        run("confirm", "Larkshire Council")
        first = stored(app)
        with app.app_context(), transaction() as session:
            session.add(_service(first.id, "Youth clubs"))
            session.add(_service(first.id, "Made up by a stranger"))
        refused = run("confirm", "Larkshire Council")
        assert refused.exit_code == 1 and '--service "Made up by a stranger"' in refused.output
        said = run("confirm", "Larkshire Council", "--service", "Youth clubs").output
        assert "Confirmed its service Youth clubs." in said and "stranger" not in said and "Home care" not in said
        assert stored(app).confirmed_on == first.confirmed_on
        again = run("confirm", "Larkshire Council", "--service", "Youth clubs").output
        assert "All its services were confirmed before." in again

    def test_it_may_be_confirmed_without_sharing(self, app: Flask, run: Run) -> None:
        said = run("confirm", "Larkshire Council", "--not-sharing").output
        assert 'flask organisation share "Larkshire Council"' in said
        assert stored(app).confirmed_on and stored(app).shares_on is None

    def test_sharing_can_be_agreed_to_and_withdrawn(self, app: Flask, run: Run) -> None:
        assert run("share", "Larkshire Council").exit_code == 0
        assert stored(app).shares_on
        assert "no later snapshot counts it" in run("unshare", "Larkshire Council").output
        assert stored(app).shares_on is None

    def test_list_says_how_each_stands(self, run: Run) -> None:
        line = "Larkshire Council  (council, london)  3 services, not confirmed, does not share\n"
        assert run("list").output == line
        run("confirm", "Larkshire Council")
        assert "confirmed on 20" in run("list").output and "shares since 20" in run("list").output


@pytest.mark.usefixtures("larkshire")
class TestRefusing:
    @pytest.mark.parametrize("command", ["confirm", "share", "unshare", "link"])
    def test_an_unknown_name_is_one_sentence_with_names_that_come_close(self, run: Run, command: str) -> None:
        result = run(command, "Larkshier Council")
        assert result.exit_code == 1
        assert result.output == (
            "Error: There is no organisation called Larkshier Council. Did you mean Larkshire Council?\n"
        )

    def test_part_of_a_name_comes_close(self, run: Run) -> None:
        assert "Did you mean Larkshire Council?" in run("confirm", "larkshire").output

    def test_a_name_like_no_other_has_no_suggestion(self, run: Run) -> None:
        assert run("confirm", "zzz").output == "Error: There is no organisation called zzz.\n"

    @pytest.mark.parametrize("command", ["confirm", "share", "unshare"])
    def test_nothing_real_happens_on_a_demo_installation(self, app: Flask, run: Run, command: str) -> None:
        with app.app_context(), transaction() as session:
            session.get_one(Network, 1).kind = "demo"
        result = run(command, "Larkshire Council")
        assert result.exit_code == 1 and "This is a demo installation" in result.output
        assert stored(app).confirmed_on is None and stored(app).shares_on is None


@pytest.mark.usefixtures("larkshire")
def test_a_link_opens_the_page_of_its_organisation_alone(app: Flask, run: Run, visitor: Visitor) -> None:
    run("confirm", "Larkshire Council")
    address = run("link", "Larkshire Council", "--at", "https://table.example/").output.strip()
    assert address.startswith("https://table.example/link/")
    page = visitor.get(address.removeprefix("https://table.example")).press("Continue")
    assert page.path == f"/organisation/{stored(app).id}/" and page.status == 200
    with app.app_context(), reading() as session:
        link = session.scalars(select(Link)).one()
    assert link.purpose == "organisation" and link.hash not in address


class TestTwoOfOneName:
    @pytest.fixture
    def two(self, app: Flask, larkshire: None) -> list[Organisation]:
        make_organisation(app, "LARKSHIRE Council", region="wales", nation="wales", confirmed_on=None)
        with app.app_context(), reading() as session:
            return list(session.scalars(select(Organisation).order_by(Organisation.region)))

    def test_the_operator_is_asked_which(self, run: Run, two: list[Organisation]) -> None:
        refused = run("share", "Larkshire Council")
        assert refused.exit_code == 1 and "2 organisations are called" in refused.output
        assert f"--kind council --region wales ({two[1].id})" in refused.output

    @pytest.mark.parametrize("how", ["region", "id"])
    def test_and_says_it_by_region_or_by_id(self, app: Flask, run: Run, two: list[Organisation], how: str) -> None:
        named = ["Larkshire Council", "--region", "wales"] if how == "region" else [str(two[1].id)]
        for command in ("confirm", "unshare", "share", "link"):
            assert run(command, *named).exit_code == 0
        with app.app_context(), reading() as session:
            found = {row.region: row for row in session.scalars(select(Organisation))}
        assert found["wales"].confirmed_on and found["wales"].shares_on
        assert found["london"].confirmed_on is None and found["london"].shares_on is None

    def test_an_id_of_nothing_is_unknown(self, run: Run, two: list[Organisation]) -> None:
        assert "There is no organisation called" in run("share", str(uuid4())).output


@pytest.mark.usefixtures("larkshire")
def test_what_the_operator_does_is_noted(app: Flask, run: Run) -> None:
    run("confirm", "Larkshire Council")
    run("confirm", "Larkshire Council", "--service", "Home care")
    run("unshare", "Larkshire Council")
    run("link", "Larkshire Council")
    assert sorted(deeds_in(app)) == [
        "link made",
        "organisation confirmed",
        "service confirmed",
        "service confirmed",
        "sharing agreed",
        "sharing withdrawn",
    ]


def test_an_empty_network_lists_nothing(app: Flask, run: Run) -> None:
    assert run("list").output == "There is no organisation yet.\n"
    with app.app_context(), reading() as session:
        assert session.scalar(select(func.count()).select_from(Organisation)) == 0
