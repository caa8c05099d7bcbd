"""Before the first question: the promises, more about privacy, two ways out; or how things stand if it is closed."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from flask import current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from assessment.pages.alone.blueprint import OF_ROUND, blueprint, minutes_for, page, this_definition
from assessment.pages.clock import now, today
from assessment.pages.problems import problems
from assessment.pages.stale import is_stale, stale_message
from assessment.pages.ways import forget_way, hold_way, this_alone, this_way
from assessment.store.alone import VOICES, AloneVoice, statements_for
from assessment.store.db import reading
from assessment.store.queries.alone import has_more_links
from assessment.store.queries.replies import reply_of
from assessment.store.secrets import SECRET, new_secret
from assessment.workflows.alone.begin import begin, has_place
from assessment.workflows.apart.marks import was_answered


@blueprint.route(f"{OF_ROUND}/", methods=["GET", "POST"])
def before(round_id: UUID) -> ResponseReturnValue:
    """The promises; the button makes the draft."""
    found = this_alone()
    if not found.takes_answers(today()):
        return _how_it_stands()
    if found.draft_id is None and _answered_already():
        return page("answered_already", stale=stale_message() if is_stale() else "")
    voice = _voice()
    if request.method == "POST" and not is_stale() and voice:
        return _begin(voice)
    return _promises(missing="new" in request.form and not is_stale() and not voice)


@blueprint.get(f"{OF_ROUND}/privacy")
def privacy(round_id: UUID) -> ResponseReturnValue:
    return page("privacy")


@blueprint.get(f"{OF_ROUND}/help")
def helped(round_id: UUID) -> ResponseReturnValue:
    """Someone would like help with answering, or with something else."""
    return page("helped")


@blueprint.route(f"{OF_ROUND}/no", methods=["GET", "POST"])
def declined(round_id: UUID) -> ResponseReturnValue:
    """No is a fine answer; a POST makes this browser forget that anyone asked."""
    if request.method == "POST":
        forget_way(round_id)
        return redirect(url_for("start.index"))
    return page("declined")


def _how_it_stands() -> ResponseReturnValue:
    """Planned, over or called off; what came of it, once there is something to say or it should have been said."""
    found = this_alone()
    if found.state in ("planned", "cancelled"):
        return page("not_now")
    with reading() as session:
        reply = reply_of(session, found.id)
    if today() >= found.hear_by or reply.published_on:
        return redirect(url_for("alone.heard", round_id=found.id))
    return page("not_now")


def _answered_already() -> bool:
    """Whether this invitation was used; whoever took their answers back may say so and begin again."""
    invitation = this_alone().invitation_id
    if invitation is None or "again" in request.form:
        return False
    with reading() as session:
        return was_answered(session, this_alone().id, invitation, current_app.config["SEAL"])


def _voice() -> AloneVoice | None:
    """The voice comes with the link, or is asked."""
    found, way = this_alone(), this_way()
    said = found.voice or (way.purpose if way.purpose in VOICES else request.form.get("voice"))
    return said if said in VOICES else None


def _begin(voice: AloneVoice) -> ResponseReturnValue:
    found, way = this_alone(), this_way()
    if found.draft_id is None:
        if way.shared and not has_place(found, voice, today()):
            return page("full"), 429
        # A shared link's secret was made before the button was pressed: pressed twice, it is one draft.
        brought = request.form.get("new", "")
        secret = way.draft or (brought if SECRET.match(brought) else new_secret())
        if not begin(found.id, voice, secret):
            return redirect(url_for("alone.before", round_id=found.id))
        way = replace(way, draft=secret)
    began, minutes = way.began or int(now().timestamp() // 60), way.minutes or minutes_for(voice)
    hold_way(found.id, replace(way, began=began, minutes=minutes, again=way.again or "again" in request.form))
    first = statements_for(this_definition(), voice, found.form)[0]
    return redirect(url_for("alone.statement", round_id=found.id, statement_id=first.id))


def _has_earlier_link() -> bool:
    """Whether they may have begun by the link of another message, whose draft only that link finds."""
    invitation = this_alone().invitation_id
    if invitation is None:
        return False
    with reading() as session:
        return has_more_links(session, invitation)


def _promises(missing: bool) -> ResponseReturnValue:
    found, definition, voice = this_alone(), this_definition(), _voice()
    errors = {"voice": _("Choose one of the two. It chooses the words of the questions.")} if missing else {}
    count = len(statements_for(definition, voice or "people", found.form))
    shown = page(
        "before",
        definition=definition,
        asks_voice=this_way().purpose in ("invitation", "entry") and found.draft_id is None,
        voice=voice,
        count=count,
        minutes=minutes_for(voice or "people"),
        new=new_secret(),
        has_earlier_link=_has_earlier_link(),
        errors=problems(errors),
        field_errors=errors,
        stale=stale_message() if is_stale() else "",
    )
    return (shown, 422) if errors else shown
