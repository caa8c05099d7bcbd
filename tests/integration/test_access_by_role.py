"""Every address as every role, in its own place and in another's, against the one table."""

from __future__ import annotations

from functools import partial
from typing import Final
from uuid import UUID, uuid4

import pytest
from flask import Flask, url_for

from assessment.pages.access import ACCESS
from assessment.store.db import transaction
from assessment.store.models import Round, Service
from assessment.store.records import Role
from tests.house.journey import Team
from tests.house.people import signed_in
from tests.house.places import make_organisation, make_service
from tests.house.visitor import ORIGIN, Visitor

PLACES: Final = ("round_id", "service_id", "organisation_id")
ROLES: Final[tuple[Role, ...]] = (
    "service member",
    "service lead",
    "organisation lead",
    "network analyst",
    "network admin",
)


@pytest.fixture
def own(app: Flask, team: Team) -> dict[str, UUID]:
    """What stands in the addresses: a round, its service and its organisation."""
    with app.app_context(), transaction() as session:
        service_id = session.get_one(Round, team.round_id).service_id
        organisation_id = session.get_one(Service, service_id).organisation_id
    return {"round_id": team.round_id, "service_id": service_id, "organisation_id": organisation_id}


@pytest.fixture
def visitors(app: Flask, own: dict[str, UUID]) -> dict[tuple[Role, str], Visitor]:
    elsewhere = make_organisation(app, "Elsewhere Trust")
    theirs = {"service": make_service(app, elsewhere, "Theirs"), "organisation": elsewhere}
    ours = {"service": own["service_id"], "organisation": own["organisation_id"]}
    found = {}
    for role in ROLES:
        kind = role.split()[0]
        for where, place in (("own", ours.get(kind)), ("other", theirs.get(kind))):
            found[role, where] = signed_in(app, (role, place))
    return found


def lets_in(endpoint: str, arguments: set[str], role: Role, where: str) -> bool:
    entry = ACCESS[endpoint]
    if entry.anyone or entry.signed_in:
        return True
    of_a_place = bool(arguments & set(PLACES)) and not role.startswith("network")
    return role in entry.roles and (where == "own" or not of_a_place)


def test_every_address_lets_in_the_roles_that_the_table_names(
    app: Flask, own: dict[str, UUID], visitors: dict[tuple[Role, str], Visitor]
) -> None:
    reached: list[str] = []

    def note(endpoint: str, **_values: object) -> tuple[str, int]:
        reached.append(endpoint)
        return "", 204

    for endpoint in ACCESS:
        app.view_functions[endpoint] = partial(note, endpoint)
    app.config["WTF_CSRF_METHODS"] = []
    wrong, calls = [], 0
    for rule in app.url_map.iter_rules():
        values = {name: own.get(name) or (uuid4() if name.endswith("_id") else "x") for name in rule.arguments}
        with app.test_request_context("/", base_url=ORIGIN):
            address = url_for(rule.endpoint, **values)
        for method in sorted(set(rule.methods or ()) & {"GET", "POST"}):
            for (role, where), visitor in visitors.items():
                reached.clear()
                status = visitor.client.open(address, method=method, base_url=ORIGIN).status_code
                calls += 1
                allowed = lets_in(rule.endpoint, set(rule.arguments), role, where)
                if not (reached == [rule.endpoint] if allowed else not reached and status == 404):
                    wrong.append(f"{role}, {where}: {method} {address} gave {status}")
    assert wrong == []
    assert calls > 500
