"""Every form that changes something, sent without its token, with a wrong one and with another browser's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pytest
from flask import Flask

from assessment.pages.stale import KEEP_WHAT_WAS_TYPED
from tests.house.rewind import Kept, keep, rewind
from tests.house.visitor import Visitor
from tests.integration.fuzz.attacks import encoded
from tests.integration.fuzz.found import TOKEN, Form
from tests.integration.fuzz.scene import Scene
from tests.integration.fuzz.walk import endpoint_of_path
from tests.integration.fuzz.wire import FORM, Sent, cookie_of, send

TYPED: Final = "zq9 kept"
"""Short enough for every box, also those of a day."""
CODED: Final = frozenset({"select", "radio", "checkbox", "hidden", "button", "submit", "file"})
# What is looked at is no change: when somebody was last at work, and which jobs a look-up leaves.
NO_CHANGE: Final = frozenset({"sign_in"})


def wrong_tokens(app: Flask) -> Iterator[tuple[str, bytes | None]]:
    another = Visitor(app).get("/back").holds("", TOKEN)
    yield "none", None
    yield "empty", b""
    yield "made up", b"ImFhYSI.aaaaaa.AAAAAAAAAAAAAAAAAAAAAAAAAAA"
    yield "of another browser", another.encode()


def without_token(form: Form, token: bytes | None) -> tuple[Sent, list[str]]:
    """The form as somebody filled it in, and which fields they wrote in."""
    shown = form.fields if form.page else ()
    written = [field.name for field in shown if field.kind not in CODED and field.name != TOKEN]
    pairs = [(f.name.encode(), TYPED.encode() if f.name in written else f.value.encode()) for f in form.fields]
    pairs = [pair for pair in pairs if pair[0] != TOKEN.encode()] + (
        [(TOKEN.encode(), token)] if token is not None else []
    )
    path, query = form.path.encode(), form.query.encode()
    return Sent("token", "POST", path, query, encoded(pairs), FORM), written


@pytest.mark.usefixtures("everyone")
def test_nothing_is_changed_and_nothing_that_was_typed_is_lost(app: Flask, owner: Flask, scene: Scene) -> None:
    kept, wrong, tokens = keep(owner), [], list(wrong_tokens(app))
    for form in scene.forms:
        if form.method != "POST":
            continue
        for name, token in tokens:
            request, written = without_token(form, token)
            where, answer = endpoint_of_path(app, request), send(app, request, cookie_of(form.who))
            page = answer.body.decode("utf-8", "replace")
            if where not in KEEP_WHAT_WAS_TYPED and answer.status not in (400, 404):
                wrong.append(f"{where} with {name}: {answer.status}")
            if where in KEEP_WHAT_WAS_TYPED and (answer.status >= 500 or (written and TYPED not in page)):
                wrong.append(f"{where} with {name}: {answer.status}, and {written} lost")
            if changed := changed_since(kept):
                wrong.append(f"{where} with {name} changed {changed}")
                rewind(kept)
    assert wrong == [], "\n".join(wrong)


def changed_since(kept: Kept) -> list[str]:
    now = keep(kept.owner).rows
    return [name for name, rows in kept.rows.items() if name not in NO_CHANGE and _sorted(rows) != _sorted(now[name])]


def _sorted(rows: list[dict[str, object]]) -> list[str]:
    return sorted(str(sorted(row.items())) for row in rows)
