"""A page that asks to sign in first, and a form whose sign-in ran out: what was typed is kept until it can be sent."""

from __future__ import annotations

import re

from flask import current_app, g, render_template, request, session
from flask.typing import ResponseReturnValue

from assessment.pages.access import ACCESS, this_member
from assessment.pages.account.begin import own_page, remember_next
from assessment.pages.account.passkeys import can_have_passkeys
from assessment.pages.account.sign_in import sign_in_page
from assessment.store.names import visible

# Fields that say nothing to the person who filled in the form.
_OURS = re.compile(r"^(csrf_token|version|next|new|new_id|new_secret|id)$|-version$|_id$")
_LONGEST_SHOWN = 2000


def ask_to_sign_in() -> ResponseReturnValue:
    """The page behind a 401: signing in leads on to what was asked for."""
    if request.method == "POST" and keeps_what_was_typed() and set(request.form) - {"csrf_token"}:
        return kept_until_signed_in()
    goal = own_page(request.full_path.rstrip("?")) if request.method == "GET" else ""
    return sign_in_page(goal=goal, asked_for=True, ended="sign_in" in session), 401


def sign_in_ran_out() -> ResponseReturnValue | None:
    """A page that a link or a role opens, at a browser that was signed in: None where it never was."""
    if request.method != "GET" or not g.get("no_link") or not ACCESS[request.endpoint or ""].roles:
        return None
    return ask_to_sign_in() if "sign_in" in session and this_member() is None else None


def kept_until_signed_in() -> ResponseReturnValue:
    """Everything that was typed, hidden in a form that sends it to where it was going."""
    typed = [(visible(name), visible(value)) for name, value in request.form.items(multi=True) if name != "csrf_token"]
    shown = [value[:_LONGEST_SHOWN] for name, value in typed if len(value.strip()) > 1 and not _OURS.search(name)]
    page = render_template(
        "account/come_back.html",
        goal=request.full_path.rstrip("?"),
        typed=typed,
        words=shown,
        passkeys=can_have_passkeys(),
    )
    return page, 401


def keeps_what_was_typed() -> bool:
    """Whether this was a form with words in it, and not too long to be shown again."""
    too_large = (request.content_length or 0) > current_app.config["MAX_CONTENT_LENGTH"]
    return from_our_pages() and not too_large and request.mimetype != "application/json" and not request.files


def from_our_pages() -> bool:
    """Another site must not put words into somebody's mouth. Browsers that do not say where from are believed."""
    return request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"


def needs_passkey() -> ResponseReturnValue | None:
    """The page for a lead whose organisation wants a passkey of its leads; None where that is not what is missing."""
    if not g.get("needs_passkey"):
        return None
    if request.method == "GET":
        remember_next(request.full_path.rstrip("?"))
    return render_template("account/needs_passkey.html"), 403
