"""A link to answer alone: pressing Continue, going on with what was begun, and coming back half-way through a page."""

from __future__ import annotations

from dataclasses import replace
from typing import Final
from uuid import UUID

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assessment.pages.alone.check import code_page
from assessment.pages.clock import today
from assessment.pages.stale import from_this_browser, is_stale
from assessment.pages.ways import Way, held_way, hold_way, opened_way
from assessment.store.alone import Alone, AloneVoice
from assessment.store.db import reading
from assessment.store.queries.alone import alone_by_draft
from assessment.store.secrets import hash_of, new_secret, read_code
from assessment.workflows.alone.begin import begin
from assessment.workflows.alone.code import round_of

TYPED_ALONE: Final = ("alone.statement", "alone.safeguards", "alone.reflection", "alone.check")
"""The views whose forms hold what somebody typed."""


def open_alone(secret: str) -> ResponseReturnValue:
    """The page with "Continue"; on a device on which answers were begun, it asks whose they are."""
    opened = opened_way(secret)
    if opened is None:
        abort(404)
    if request.method == "POST" and not is_stale():
        return go_on_alone(secret)
    found, way = opened
    begun = found.takes_answers(today()) and _begun_here(found, way) is not None
    return render_template("alone/open.html", alone=found, way=way, begun=begun)


def go_on_alone(secret: str) -> ResponseReturnValue:
    opened = opened_way(secret)
    if opened is None:
        abort(404)
    found, way = opened
    kept = _begun_here(found, way) if "same" in request.form else None
    hold_way(found.id, kept or way)
    begun = kept or (way if _has_draft(way) else None)
    view = "alone.check" if begun and found.takes_answers(today()) else "alone.before"
    return redirect(url_for(view, round_id=found.id))


def take_up(secret: str, round_id: UUID, endpoint: str) -> bool:
    """Let this browser go on with what was begun in this round.

    By a shared link it begins anew with what was just typed; that is not for sending, which would send nothing.
    """
    opened = opened_way(secret)
    if opened is None or opened[0].id != round_id:
        return False
    found, way = opened
    if way.purpose in ("staff", "people") and endpoint != "alone.check":
        way = replace(way, draft=new_secret())
        voice: AloneVoice = "staff" if way.purpose == "staff" else "people"
        if not found.takes_answers(today()) or not begin(round_id, voice, way.draft):
            return False
    if not _has_draft(way):
        return False
    hold_way(round_id, way)
    return True


def sent_already() -> ResponseReturnValue | None:
    """The second press of "Send my answers", or the page after it loaded again: it shows the code that it brings.

    Not to whoever was handed the device since, and went back.
    """
    code = read_code(request.form.get("code", ""))
    if code is None or not from_this_browser():
        return None
    found = round_of(code)
    if found is None or found.id != (request.view_args or {}).get("round_id"):
        return None
    return code_page(found, None, code, "see_again" in request.form)


def _begun_here(found: Alone, way: Way) -> Way | None:
    """What this browser has begun with the same shared link, perhaps by somebody else."""
    held = held_way(found.id)
    return held if held and way.shared and held.secret == way.secret and _has_draft(held) else None


def _has_draft(way: Way) -> bool:
    if not way.draft:
        return False
    with reading() as session:
        return alone_by_draft(session, hash_of(way.draft)) is not None
