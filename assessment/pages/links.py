"""Private links: opening one, going back to one, and coming back half-way through a page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from assessment.pages.access import held_secret, hold_secret
from assessment.pages.alone.opening import TYPED_ALONE, go_on_alone, open_alone, sent_already, take_up
from assessment.pages.offers import open_offer
from assessment.pages.stale import is_stale
from assessment.pages.watch import note_event
from assessment.pages.ways import OPENED
from assessment.store.db import reading
from assessment.store.names import visible
from assessment.store.queries.rounds import purpose_of, round_by_link
from assessment.store.records import Purpose
from assessment.store.secrets import SECRET, hash_of

blueprint = Blueprint("links", __name__)

# The fields in which people write; choices are kept as well, but "2" would tell nobody anything.
WRITTEN = re.compile(r"^(reason|evidence|dissent)$|-(note|reason)$")


@blueprint.route("/link/<secret>", methods=["GET", "POST"])
def open(secret: str) -> ResponseReturnValue:
    """Mail programs open links before people do, so only the button's POST uses one."""
    opened = _opened(secret)
    if opened is None:
        note_event("refused: no link")
        abort(404)
    if opened[0] == "offer":
        return open_offer(opened[1])
    if opened[0] in OPENED:
        return open_alone(secret)
    if request.method != "POST" or is_stale():
        return render_template("links/open.html", purpose=opened[0])
    _keep(secret, *opened)
    return redirect(_first_page(secret, *opened))


@blueprint.route("/back", methods=["GET", "POST"])
def back() -> ResponseReturnValue:
    """Go back to one you started: for people whose link is on paper or in a message."""
    typed = request.form.get("link", "").strip()
    secret = _secret_in(typed)
    opened = _opened(secret)
    if opened and opened[0] == "offer":
        return redirect(url_for("links.open", secret=secret))
    if opened is None and request.method == "POST":
        note_event("refused: no link")
    if opened is None or is_stale():
        return render_template("links/back.html", typed=typed, failed=request.method == "POST", stale=is_stale())
    if opened[0] in OPENED:
        return go_on_alone(secret)
    _keep(secret, *opened)
    return redirect(_first_page(secret, *opened))


@blueprint.post("/come-back")
def come_back() -> ResponseReturnValue:
    """The session ended while someone typed: take their link, then send what they typed on its way."""
    goal = request.form.get("goal", "")
    endpoint, arguments = _place(goal)
    secret = _secret_in(request.form.get("link", "").strip())
    if endpoint.startswith("alone."):
        back = take_up(secret, arguments["round_id"], endpoint)
        return redirect(url_for(endpoint, **arguments), 307) if back else ask_for_link(goal, failed=True)
    opened = _opened(secret)
    if opened != ("owner", arguments["round_id"]):
        return ask_for_link(goal, failed=True)
    hold_secret(opened[1], secret)
    # 307 repeats the POST with its body, so that the page's own view saves what was typed.
    return redirect(url_for(endpoint, **arguments), 307)


def ask_for_link(goal: str, failed: bool = False) -> ResponseReturnValue:
    """Show what was typed, and ask for the private link that lets it be saved."""
    own = {"csrf_token", "link", "goal"}
    typed = [(visible(name), visible(value)) for name, value in request.form.items(multi=True) if name not in own]
    words = [value for name, value in typed if value and WRITTEN.search(name)]
    alone = goal.startswith("/alone/")
    page = render_template("links/come_back.html", goal=goal, typed=typed, words=words, failed=failed, alone=alone)
    return page, 403


def lost_session() -> ResponseReturnValue | None:
    """The page for a form sent without its link, whether or not such a round exists; None for other requests."""
    endpoint = request.endpoint or ""
    too_large = (request.content_length or 0) > current_app.config["MAX_CONTENT_LENGTH"]
    if request.method != "POST" or not g.get("no_link") or not _keeps_words(endpoint) or too_large:
        return None
    if request.endpoint == "answer.links":
        return _renewed_already()
    if request.endpoint == "alone.check" and (sent := sent_already()) is not None:
        return sent
    return ask_for_link(request.path)


def _renewed_already() -> ResponseReturnValue | None:
    """The second press of "Make new links": the first has done it, with the very secret this one brings."""
    new, round_id = request.form.get("new", ""), (request.view_args or {})["round_id"]
    if _opened(new) != ("owner", round_id):
        return None
    hold_secret(round_id, new)
    return redirect(url_for("answer.links", round_id=round_id, renewed=1))


def _keep(secret: str, purpose: Purpose, of: UUID) -> None:
    """Hold a link, but never a reader's in place of an owner's: that would lock the owner out."""
    held = held_secret(of)
    if purpose == "reader" and held and _opened(held) == ("owner", of):
        return
    hold_secret(of, secret)


def _opened(secret: str) -> tuple[Purpose, UUID] | None:
    if not SECRET.match(secret):
        return None
    with reading() as session:
        return purpose_of(session, hash_of(secret))


def _first_page(secret: str, purpose: Purpose, of: UUID) -> str:
    if purpose == "organisation":
        return url_for("organisation.show", organisation_id=of)
    with reading() as session:
        found = round_by_link(session, hash_of(secret))
    if found and purpose == "owner" and found.state == "open":
        return url_for("answer.tasks", round_id=of)
    return url_for("result.show", round_id=of)


def _secret_in(typed: str) -> str:
    """The secret at the end of a pasted link, or alone."""
    return typed.rstrip("/").rsplit("/", 1)[-1]


def _place(goal: str) -> tuple[str, Mapping[str, Any]]:
    """The view that an address of this site leads to; 404 for any that is not a form of the answer pages."""
    try:
        endpoint, arguments = current_app.url_map.bind("").match(goal, method="POST")
    except HTTPException:
        abort(404)
    if not _keeps_words(endpoint):
        abort(404)
    return endpoint, arguments


def _keeps_words(endpoint: str) -> bool:
    """Whether this view's form holds what somebody typed, and needs a link."""
    return endpoint.startswith("answer.") or endpoint in ("result.targets", *TYPED_ALONE)
