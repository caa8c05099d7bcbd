"""What no browser of ours sends: it is refused in words, and nothing falls over."""

from __future__ import annotations

import io
from typing import Any, Final
from uuid import UUID

import pytest
from flask import Flask, request

from tests.house.journey import Team
from tests.house.people import signed_in
from tests.house.places import make_organisation, make_service
from tests.house.visitor import ORIGIN, Page, Visitor

JSON: Final = "application/json"
PARTS: Final = "multipart/form-data; boundary=odd"
DEEP: Final = "[" * 100_000


def sent(visitor: Visitor, address: str, **given: Any) -> Page:
    """One POST, as it is given and not as a form would send it."""
    return Page(visitor, visitor.client.post(address, base_url=ORIGIN, **given), None)


def token_on(page: Page, button: str = "") -> str:
    return page.holds(button, "csrf_token")


@pytest.fixture
def lead(app: Flask) -> tuple[Visitor, UUID, UUID]:
    """A lead, with their organisation and a service of it."""
    organisation = make_organisation(app)
    service = make_service(app, organisation, "Home support")
    return signed_in(app, ("organisation lead", organisation), ("service lead", service)), organisation, service


@pytest.mark.parametrize("body", ['"a"', "NaN", "1e999", "[]", "null", DEEP, '{"email": ["a"]}'])
def test_a_form_is_never_read_from_anything_but_a_form(visitor: Visitor, body: str) -> None:
    token = token_on(visitor.get("/sign-in"), "Send me a link")
    page = sent(visitor, "/sign-in", data=body, content_type=JSON, headers={"X-CSRFToken": token})
    assert page.status == 200 and "Enter your e-mail address." in page.text


def test_a_file_in_place_of_words_is_no_word(lead: tuple[Visitor, UUID, UUID]) -> None:
    visitor, organisation, service = lead
    for address, field in (
        (f"/service/{service}/edit", "name"),
        (f"/manage/{organisation}/departments/new", "name"),
        (f"/manage/{organisation}/people", "email"),
        (f"/service/{service}/rounds/plan", "closes_on-day"),
    ):
        token = token_on(visitor.get(address))
        given = {"csrf_token": token, field: (io.BytesIO(b"a"), "a.txt")}
        assert sent(visitor, address, data=given, content_type="multipart/form-data").status in (200, 302, 422), address


def test_a_part_without_a_name_is_refused(visitor: Visitor) -> None:
    body = "--odd\r\nContent-Disposition: form-data\r\n\r\na\r\n--odd--\r\n"
    page = sent(visitor, "/back", data=body, content_type=PARTS)
    assert page.status == 400 and page.heading


def test_a_thousand_parts_are_refused_wherever_they_are_sent(team: Team, visitor: Visitor) -> None:
    body = (
        "".join(f'--odd\r\nContent-Disposition: form-data; name="n{n}"\r\n\r\n\r\n' for n in range(1_200)) + "--odd--"
    )
    for who, address in (
        (team.visitor, "/back"),
        (Visitor(visitor.app), f"{team.address}/claim"),
        (visitor, "/nowhere"),
    ):
        assert sent(who, address, data=body, content_type=PARTS).status in (404, 413), address


def test_a_question_that_is_not_utf_8_is_refused(app: Flask) -> None:
    admin = signed_in(app, ("network admin", None))
    for address in ("/network/?q=caf\xe9", "/sign-in?next=\xff", "/field/?principle=\xf8\x88"):
        path, _, query = address.partition("?")
        environ = {"PATH_INFO": path, "QUERY_STRING": query}
        response = admin.client.get(path, base_url=ORIGIN, environ_overrides=environ)
        assert response.status_code == 400 and "<h1" in response.text, address


def test_what_a_page_of_refusal_is_drawn_with_reads_no_malformed_address(app: Flask, team: Team) -> None:
    app.template_context_processors[None].append(lambda: {"asked_for": request.args.get("q", "")})
    environ = {"QUERY_STRING": "q=\xff"}
    response = team.visitor.client.get("/help", base_url=ORIGIN, environ_overrides=environ)
    assert response.status_code == 400


def test_a_form_that_is_not_as_browsers_write_it_is_refused(visitor: Visitor) -> None:
    token = token_on(visitor.get("/sign-in"), "Send me a link")
    body = f"csrf_token={token}&email=caf".encode() + b"\xe9"
    page = sent(visitor, "/sign-in", data=body, content_type="application/x-www-form-urlencoded")
    assert page.status == 400 and page.heading


@pytest.mark.parametrize("body", [DEEP, '{"a":' * 50_000, "null", "[]", '"\\ud800"', "9" * 10_000, "\xff"])
def test_a_passkey_that_is_none_is_refused(visitor: Visitor, body: str) -> None:
    token = token_on(visitor.get("/sign-in"), "Send me a link")
    headers = {"X-CSRFToken": token}
    assert sent(visitor, "/sign-in/passkey/options", data="{}", content_type=JSON, headers=headers).status == 200
    page = sent(visitor, "/sign-in/passkey/answer", data=body, content_type=JSON, headers=headers)
    assert page.status in (400, 403)


def test_what_nobody_can_see_is_not_shown_again(lead: tuple[Visitor, UUID, UUID]) -> None:
    """A page that holds it is none: every page is parsed."""
    visitor, _organisation, service = lead
    page = visitor.get(f"/service/{service}/rounds/plan").press(
        "", people_expected="1\x01\x002", k="\ufffe", told="a\xa0b"
    )
    assert page.status in (200, 422) and "a b" in page.text


@pytest.mark.parametrize("goal", ["http://[", "//[x", "/\\[", "https://[::1", "//\u2100", "/account/\0"])
def test_a_place_to_go_on_to_that_is_no_address_is_none(app: Flask, visitor: Visitor, goal: str) -> None:
    assert visitor.send("GET", "/sign-in", None).status == 200
    page = sent(visitor, "/sign-in", query_string={"next": goal}, data={})
    assert page.status in (200, 400)
    response = signed_in(app).client.get("/sign-in", query_string={"next": goal}, base_url=ORIGIN)
    assert response.status_code == 302 and response.headers["Location"] == "/account/"


def test_a_body_of_no_stated_length_is_refused(visitor: Visitor) -> None:
    """Cut short it could not be told from a whole one."""
    environ = {"HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input_terminated": True}
    page = sent(visitor, "/back", data={"link": "a"}, environ_overrides=environ)
    assert page.status == 411 and page.heading
