"""What I have said so far, and sending it: the answers leave this browser, and a code stays with the person."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assessment.pages.alone.blueprint import (
    OF_ROUND,
    asked_here,
    blueprint,
    page,
    saved_answers,
    this_definition,
    this_voice,
)
from assessment.pages.clock import now, today
from assessment.pages.stale import is_stale, stale_message
from assessment.pages.typed import typed_text
from assessment.pages.ways import Way, forget_way, opened_way, this_alone, this_way
from assessment.questionnaire.definition import Statement
from assessment.store.alone import Alone
from assessment.store.records import Answered
from assessment.store.secrets import new_code, read_code
from assessment.workflows.alone.send import Parcel, send


@blueprint.route(f"{OF_ROUND}/check", methods=["GET", "POST"])
def check(round_id: UUID) -> ResponseReturnValue:
    """Look through the answers; the button sends them."""
    code = read_code(request.form.get("code", ""))
    if request.method == "POST" and not is_stale() and code:
        return _send(code)
    if this_alone().draft_id is None or not this_alone().takes_answers(today()):
        return redirect(url_for("alone.before", round_id=round_id))
    # A new one also where a form was sent in vain: its code may be that of whoever had this device before.
    return _page(new_code())


def _send(code: str) -> ResponseReturnValue:
    found, way = this_alone(), this_way()
    outcome = send(found, _parcel(code), current_app.config["SEAL"], today())
    if outcome == "full":
        return _page(code, full=True), 429
    if outcome == "answered":
        return page("answered_already", stale=""), 409
    if outcome in ("over", "nothing"):
        return redirect(url_for("alone.before", round_id=found.id))
    forget_way(found.id)
    return code_page(found, way, code, "see_again" in request.form)


def _parcel(code: str) -> Parcel:
    way, perspective = this_way(), typed_text("perspective")
    opened = opened_way(way.secret) if way.purpose == "invitation" else None
    known = {one.id for one in this_definition().perspectives}
    return Parcel(
        secret=way.draft,
        code=code,
        may_be_seen="see_again" in request.form,
        replaces=way.secret if way.purpose == "code" else "",
        counted=way.again or way.purpose not in ("invitation", "code"),
        again=way.again,
        invitation=opened[0].invitation_id if opened else None,
        perspective=perspective if perspective in known else "",
        minutes=_minutes(way),
    )


def _minutes(way: Way) -> int:
    return max(1, int(now().timestamp() // 60) - way.began) if way.began else 0


def code_page(found: Alone, way: Way | None, code: str, may_be_seen: bool) -> ResponseReturnValue:
    """The one page that shows the code. It is no page of its own, so that no address leads to it."""
    return render_template("alone/sent.html", alone=found, way=way, code=code, may_be_seen=may_be_seen)


def _page(code: str, full: bool = False) -> str:
    definition, answers, voice = this_definition(), saved_answers(), this_voice()
    return page(
        "check",
        definition=definition,
        rows=[_row(one, answers) for one in asked_here()],
        answers=answers,
        unanswered=[s for s in asked_here() if not (answers.get(s.id) and answers[s.id].value)],
        perspectives=[one for one in definition.perspectives if one.voice == voice],
        chosen=typed_text("perspective"),
        see_again="see_again" in request.form,
        code=code,
        full=full,
        stale=stale_message() if is_stale() else "",
    )


def _row(asked: Statement, answers: Mapping[str, Answered]) -> dict[str, object]:
    """One line of the overview, in the words of this voice."""
    said = answers.get(asked.id) or Answered(asked.id)
    people = asked.people if this_voice() == "people" else None
    return {
        "id": asked.id,
        "text": people.text if people else asked.text,
        "value": said.value,
        "level": people.levels[int(said.value)] if people and said.value.isdigit() else "",
        "notes": [text for text in (said.reason, said.evidence) if text],
        "private": said.private,
    }
