"""The moment of signing in: the browser gets a secret of its own, and goes on to the page it came for."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit
from uuid import UUID

from flask import current_app, request, session, url_for
from werkzeug.exceptions import HTTPException

from assessment.pages.account.browsers import family
from assessment.pages.clock import now
from assessment.pages.watch import note_event
from assessment.store.records import SignInWay
from assessment.store.secrets import hash_of
from assessment.workflows.sign_in import Browser, sign_in

LONGEST: Final = 500
NOT_PAGES: Final = frozenset({"account.sign_in", "account.use_link"})


def this_browser() -> Browser:
    held = session.get("sign_in")
    return Browser(family(request.user_agent.string), hash_of(held) if isinstance(held, str) else "")


def begin(person_id: UUID, way: SignInWay) -> None:
    """Sign this person in at this browser."""
    hold_sign_in(sign_in(person_id, way, this_browser(), now()), way)


def hold_sign_in(secret: str, way: SignInWay) -> None:
    """A new secret each time, so that nobody can know it from before. Private links that are held stay."""
    note_event(f"signed in: {way}")
    session["sign_in"] = secret


def remember_next(typed: str) -> str:
    """Note where to go on after signing in, also where that happens by way of an e-mail; return it."""
    goal = own_page(typed)
    if goal:
        session["next"] = goal
    else:
        session.pop("next", None)
    return goal


def next_page() -> str:
    """Where to go on; asked once."""
    return own_page(session.pop("next", "")) or url_for("account.home")


def own_page(typed: str) -> str:
    """The address, if it is that of a page of ours; empty if not."""
    if len(typed) > LONGEST:  # it travels in a cookie
        return ""
    try:
        parts = urlsplit(typed)
    except ValueError:  # a host that is none
        return ""
    if parts.scheme or parts.netloc or not parts.path.startswith("/"):
        return ""
    try:
        endpoint, _arguments = current_app.url_map.bind("").match(parts.path, method="GET")
    except HTTPException:
        return ""
    if endpoint in NOT_PAGES:
        return ""
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
