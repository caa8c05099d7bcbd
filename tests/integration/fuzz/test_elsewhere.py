"""Whatever a parameter names as the place to go on to, it is a page of ours or it is nothing."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from flask import Flask

from tests.house.people import signed_in
from tests.integration.fuzz.attacks import Attack, encoded
from tests.integration.fuzz.found import names_read
from tests.integration.fuzz.judge import faults_in
from tests.integration.fuzz.scene import Scene
from tests.integration.fuzz.walk import endpoint_of_path
from tests.integration.fuzz.wire import FORM, Sent, cookie_of, send

HOST: Final = "zq9host.example"
PLACES: Final = (
    f"https://{HOST}/",
    f"//{HOST}",
    f"///{HOST}",
    f"/\\{HOST}",
    f"\\\\{HOST}",
    f"/\t/{HOST}",
    f"/%09/{HOST}",
    f"/%2f%2f{HOST}",
    f"http:{HOST}",
    f"https:/{HOST}",
    f"//localhost@{HOST}/",
    f"https://localhost.{HOST}",
    f"javascript:alert('{HOST}')",
    f"data:text/html,{HOST}",
    f"/account/\r\nLocation: https://{HOST}",
    f"/account/@{HOST}",
    f".{HOST}",
    f"@{HOST}",
    f"/sign-in?next=//{HOST}",
    f"\u2215\u2215{HOST}",
    f"//{HOST}%00/account/",
)
LEADING: Final = ("next", "goal", "back", "come_back", "then", "to", "url", "redirect", "return", "after", "link")


def test_no_parameter_leads_to_another_site(app: Flask, scene: Scene) -> None:
    names, wrong = sorted({*LEADING, *(name for name in names_read() if name in LEADING)}), []
    asked = [(address, who) for address, who in scene.pages.values()] + [("/sign-in", signed_in(app))]
    for place in PLACES:
        query = "&".join(f"{name}={quote(place)}" for name in names).encode()
        for address, who in asked:
            request = Sent("elsewhere", "GET", quote(address).encode(), query)
            wrong += _faults(app, request, cookie_of(who))
    assert wrong == []


def test_no_form_does_either(app: Flask, scene: Scene) -> None:
    wrong: list[str] = []
    for form in scene.forms:
        leading = [field.name for field in form.fields if field.name in LEADING]
        for place in PLACES if leading and form.method == "POST" else ():
            body = encoded(Attack(form, None, ()).holds(**{name: place.encode() for name in leading}))  # type: ignore[arg-type]
            wrong += _faults(app, Sent("elsewhere", "POST", form.path.encode(), b"", body, FORM), cookie_of(form.who))
    assert wrong == []


def _faults(app: Flask, request: Sent, cookie: str) -> list[str]:
    """A place that was typed may be shown again as words; nothing may lead there."""
    answer, where = send(app, request, cookie), endpoint_of_path(app, request)
    found = [fault for fault in faults_in(app, "", answer) if "repeats a host" not in fault]
    for mark in (b'href="//', b'href="https:', b'action="//', b'action="https:', b'http-equiv="refresh', b'href="/\\'):
        found += (
            [f"a link elsewhere: {mark!r}"]
            if mark + HOST.encode() in answer.body.replace(b"https://", b"https:")
            else []
        )
    return [f"{where}: {fault} for {request}" for fault in found if where != "account.provider"]
