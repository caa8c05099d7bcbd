"""A form whose token has run out is shown again with what was typed, never thrown away."""

from __future__ import annotations

from typing import Final

from flask import Flask, g, request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError, validate_csrf
from wtforms import ValidationError

from assessment.extensions import csrf
from assessment.pages.watch import note_event

# The views that show their form again by themselves; everywhere else a bad token is a plain 400.
KEEP_WHAT_WAS_TYPED: Final = frozenset(
    {
        "setup.service",
        "setup.organisation",
        "setup.sitting",
        "links.open",
        "links.back",
        "answer.statement",
        "answer.safeguards",
        "answer.reflection",
        "answer.check",
        "answer.links",
        "answer.again",
        "result.targets",
        "account.sign_in",
        "account.use_link",
        "account.name",
        "rounds.plan",
        "rounds.plan_many",
        "rounds.people",
        "rounds.extend",
        "rounds.cancel",
        "rounds.reply",
        "answer.claim",
        "manage.new_department",
        "manage.department",
        "manage.new_service",
        "manage.people",
        "manage.role",
        "manage.import_list",
        "manage.leave",
        "service.start",
        "service.edit",
        "service.people",
        "service.role",
        "service.confirm",
        "network.edit",
        "network.people",
        "network.role",
        "alone.before",
        "alone.statement",
        "alone.safeguards",
        "alone.reflection",
        "alone.check",
        "alone.delete",
        "alone.declined",
        "alone.code",
        "alone.stop",
        "alone.leave",
        "alone.another",
    }
)


def register(app: Flask) -> None:
    # After the access check: a stranger's form is refused before its token is looked at.
    app.before_request(protect)


def protect() -> None:
    if request.endpoint is None:
        return
    try:
        csrf.protect()
    except CSRFError:
        note_event("refused: no token of ours")
        if request.endpoint not in KEEP_WHAT_WAS_TYPED:
            raise
        g.stale = True


def is_stale() -> bool:
    return bool(g.get("stale", False))


def from_this_browser() -> bool:
    """Whether this form was given out to this browser, which has not been cleared since."""
    try:
        validate_csrf(request.form.get("csrf_token"))
    except ValidationError:
        return False
    return True


def stale_message() -> str:
    return _("This page had been open for too long. Nothing you typed is lost: check it and press the button again.")
