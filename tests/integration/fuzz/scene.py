"""Who opens each address, who may not, and every form there is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import uuid4

from flask import Flask, url_for
from werkzeug.routing import Rule

from assessment.pages.access_table import ACCESS
from tests.house.apart import Apart, open_link, round_apart
from tests.house.everybody import standing_for
from tests.house.journey import Team
from tests.house.people import signed_in
from tests.house.places import make_organisation, make_service
from tests.house.visitor import ORIGIN, Visitor
from tests.integration.fuzz.found import TOKEN, Field, Form, forms_on, names_read
from tests.integration.test_queries import ELSEWHERE, Everyone


@dataclass(frozen=True)
class Scene:
    """Who opens each address, who may not, and what stands in the addresses."""

    everyone: Everyone
    strangers: tuple[Visitor, ...]
    pages: Mapping[str, tuple[str, Visitor]]
    forms: tuple[Form, ...]


def scene_of(app: Flask, everyone: Everyone) -> Scene:
    pages = {
        rule.endpoint: (address_of(app, rule, everyone), everyone.who(ACCESS[rule.endpoint]))
        for rule in app.url_map.iter_rules()
    }
    forms = {form.key: form for form in found_forms(app, pages, everyone)}
    return Scene(everyone, tuple(strangers(app)), pages, tuple(forms.values()))


def address_of(app: Flask, rule: Rule, everyone: Everyone) -> str:
    values = {**everyone.stands, **everyone.of_one.get(rule.endpoint, {})}
    with app.test_request_context("/", base_url=ORIGIN):
        return url_for(rule.endpoint, **{name: standing_for(rule, name, values) for name in rule.arguments})


def found_forms(app: Flask, pages: Mapping[str, tuple[str, Visitor]], everyone: Everyone) -> Iterator[Form]:
    for endpoint, (address, who) in pages.items():
        if "GET" in methods_of(app, endpoint) and endpoint not in ELSEWHERE:
            page = who.follow(who.send("GET", address))
            if page.tree is not None and page.is_whole:
                yield from forms_on(page)
    yield from further_forms(app)
    yield from without_a_page(app, pages)


def without_a_page(app: Flask, pages: Mapping[str, tuple[str, Visitor]]) -> Iterator[Form]:
    """Addresses that only ever take something: what they read is sent to each."""
    for endpoint, (address, who) in pages.items():
        if methods_of(app, endpoint) >= {"POST"} and "GET" not in methods_of(app, endpoint):
            token = next(field for form in forms_on(who.get("/back")) for field in form.fields if field.name == TOKEN)
            typed = tuple(Field(name, "1", "text") for name in names_read() if len(name) > 1)
            yield Form("", "POST", address, "", (token, *typed), who)


def further_forms(app: Flask) -> Iterator[Form]:
    """Those that stand behind another form: of setting up, of a session that was lost, of each kind of link."""
    visitor = Visitor(app)
    page = visitor.get("/start/service").press(
        "Continue", organisation=f"Nobody {uuid4().hex[:6]}", service="Home", sector="social-care"
    )
    yield from forms_on(page)
    page = page.press("Continue", kind="council", region="england/london", size="large")
    yield from forms_on(page)
    team = Team.at_the_table(Visitor(app), organisation=f"Larkshire {uuid4().hex[:6]}")
    for link in team.links():
        yield from forms_on(Visitor(app).get(link))
    method, address, holds = team.open(team.statements[0].id).form("Save and continue")
    yield from forms_on(Visitor(app).send(method, address, holds | {"evidence": "words that stay"}))
    yield from forms_of_an_apart_round(app, round_apart(app))


def forms_of_an_apart_round(app: Flask, apart: Apart) -> Iterator[Form]:
    for secret in (apart.staff, apart.people, apart.entry, *apart.invite("ann@example.org")):
        visitor = Visitor(app)
        yield from forms_on(visitor.get(f"/link/{secret}"))
        yield from forms_on(open_link(visitor, secret))


def strangers(app: Flask) -> Iterator[Visitor]:
    """Nobody, and everybody who has a place, but another one."""
    organisation = make_organisation(app, "Far Council")
    service = make_service(app, organisation, "Far service")
    yield Visitor(app)
    yield signed_in(app)
    yield signed_in(app, ("organisation lead", organisation))
    yield signed_in(app, ("service lead", service))
    yield signed_in(app, ("service member", service))
    yield signed_in(app, ("network analyst", None))
    owner = Visitor(app)
    Team.at_the_table(owner, organisation="Further Council")
    yield owner
    asked = Visitor(app)
    open_link(asked, round_apart(app).people)
    yield asked


def methods_of(app: Flask, endpoint: str) -> set[str]:
    return {method for rule in app.url_map.iter_rules(endpoint) for method in rule.methods or ()}
