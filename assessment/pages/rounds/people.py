"""Who is asked by e-mail: adding addresses, what became of each message, and a reminder."""

from __future__ import annotations

from contextlib import suppress
from typing import Any, Final
from uuid import UUID

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from assessment.pages.clock import now
from assessment.pages.problems import problems
from assessment.pages.rounds.blueprint import blueprint, found_round, my_hand
from assessment.pages.stale import is_stale, stale_message
from assessment.pages.typed import cleaned, typed_text
from assessment.store.db import reading
from assessment.store.queries.apart import last_deed_at
from assessment.store.queries.invitations import asked as asked_of
from assessment.workflows.apart.inviting import BETWEEN_REMINDERS, REMINDED, Invited, invite, may_remind
from assessment.workflows.apart.inviting import remind as leave_reminder
from assessment.workflows.apart.inviting import remove as take_out
from assessment.workflows.apart.pasted import MOST, Pasted, read_addresses

FAULTS_SHOWN: Final = 20
LONGEST_FILE: Final = 400_000
_TOO_MANY: Final = _l("Add at most 1,000 addresses at once. Nothing was added.")


@blueprint.route("/round/<uuid:round_id>/people", methods=["GET", "POST"])
def people(round_id: UUID) -> ResponseReturnValue:
    typed = typed_text("addresses")
    if request.method != "POST" or is_stale():
        return _page(round_id, typed)
    with reading() as session:
        found_round(session, round_id)
    uploaded = _uploaded()
    text = f"{typed}\n{cleaned(uploaded or '')}"
    pasted = read_addresses(text)
    if problem := _TOO_MANY if uploaded is None else _problem(pasted, text):
        return _page(round_id, typed, problem=str(problem))
    done = invite(round_id, pasted.addresses, my_hand(), current_app.config["SEAL"])
    if pasted.faults:
        return _page(round_id, "\n".join(fault.text for fault in pasted.faults), pasted, done)
    counts = _counts(pasted, done)
    return redirect(url_for("rounds.people", round_id=round_id, **dict[str, Any](counts)))


@blueprint.post("/round/<uuid:round_id>/people/remind")
def remind(round_id: UUID) -> ResponseReturnValue:
    with reading() as session:
        found_round(session, round_id)
    left = leave_reminder(round_id, my_hand(), current_app.config["SEAL"])
    return redirect(url_for("rounds.people", round_id=round_id, reminded="yes" if left else "no"))


@blueprint.post("/round/<uuid:round_id>/people/remove")
def remove(round_id: UUID) -> ResponseReturnValue:
    """Take out an address that no message reached; any other stays, whatever id is sent."""
    with reading() as session:
        found_round(session, round_id)
    with suppress(ValueError):
        take_out(round_id, UUID(request.form.get("invitation", "")), my_hand())
    return redirect(url_for("rounds.people", round_id=round_id))


def _uploaded() -> str | None:
    """The text of a file, in whichever of two ways spreadsheets write them; None of one far too long."""
    file = request.files.get("file")
    content = file.read(LONGEST_FILE + 1) if file else b""
    if file:
        file.close()
    if len(content) > LONGEST_FILE:
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _problem(pasted: Pasted, text: str) -> str:
    if len(pasted.addresses) + len(pasted.faults) > MOST:
        return str(_TOO_MANY)
    if not text.strip():
        return _("Paste at least one address, or choose a file.")
    return "" if pasted.addresses else _("There is no e-mail address in this. An address looks like ann@example.org.")


def _counts(pasted: Pasted, done: Invited) -> dict[str, int]:
    return {"added": done.added, "known": done.known, "doubles": pasted.doubles}


def _page(
    round_id: UUID, typed: str, pasted: Pasted | None = None, done: Invited | None = None, problem: str = ""
) -> ResponseReturnValue:
    with reading() as session:
        found = found_round(session, round_id)
        asked = asked_of(session, round_id)
        reminded = last_deed_at(session, found.organisation_id, REMINDED, round_id)
    counts = _counts(pasted, done) if pasted and done else _counts_of_address()
    page = render_template(
        "rounds/people.html",
        round=found,
        asked=asked,
        sent=sum(one.state == "sent" for one in asked),
        typed=typed,
        counts=counts,
        faults=pasted.faults[:FAULTS_SHOWN] if pasted else (),
        more_faults=max(len(pasted.faults) - FAULTS_SHOWN, 0) if pasted else 0,
        problem=problem,
        errors=problems({"addresses": problem}) if problem else [],
        reminder=request.args.get("reminded", ""),
        reminded=reminded,
        may_remind=may_remind(reminded, now()),
        again_on=(reminded.date() + BETWEEN_REMINDERS) if reminded else None,
        stale=stale_message() if is_stale() else "",
    )
    return page, 422 if problem else 200


def _counts_of_address() -> dict[str, int]:
    """What the last addition did, as the address of this page says after it."""
    if "added" not in request.args:
        return {}
    return {name: request.args.get(name, 0, type=int) for name in ("added", "known", "doubles")}
