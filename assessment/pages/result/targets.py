"""Where we want to be, and why: one page a principle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from flask import abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assessment.pages.definitions import definition_of
from assessment.pages.problems import problems
from assessment.pages.result.blueprint import blueprint
from assessment.pages.stale import is_stale, stale_message
from assessment.pages.typed import MOST_CHARACTERS, too_long, typed_text
from assessment.questionnaire.definition import Statement
from assessment.store.db import reading
from assessment.store.queries.releases import cells_of, latest_release
from assessment.store.queries.targets import targets_of
from assessment.store.records import Goal, Round
from assessment.workflows.targets import set_targets


@blueprint.route("/targets/<principle_id>", methods=["GET", "POST"])
def targets(round_id: UUID, principle_id: str) -> ResponseReturnValue:
    found: Round = g.round
    definition = definition_of(found)
    asked = [s for s in definition.on_form(found.form) if s.principle == principle_id]
    if found.state != "released" or not asked:
        abort(404)
    typed, errors = _saved(found), {}
    if request.method == "POST":
        typed = _typed(asked, definition.top)
        errors = {f"{name}-reason": too_long(g.reason) for name, g in typed.items() if len(g.reason) > MOST_CHARACTERS}
        if not errors and not is_stale():
            set_targets(found.service_id, [s.id for s in asked], typed.values())
            return redirect(url_for("result.show", round_id=round_id, _anchor=principle_id))
    return _page(found, asked, typed, errors)


def _saved(found: Round) -> Mapping[str, Goal]:
    with reading() as session:
        return targets_of(session, found.service_id)


def _typed(asked: Sequence[Statement], top: int) -> dict[str, Goal]:
    """The targets as chosen; "no target" and anything off the scale leave none."""
    levels = {str(level): level for level in range(top + 1)}
    chosen = {s.id: request.form.get(f"{s.id}-level", "") for s in asked}
    return {
        name: Goal(name, levels[level], typed_text(f"{name}-reason"))
        for name, level in chosen.items()
        if level in levels
    }


def _page(
    found: Round, asked: Sequence[Statement], typed: Mapping[str, Goal], errors: Mapping[str, str]
) -> ResponseReturnValue:
    definition = definition_of(found)
    with reading() as session:
        release = latest_release(session, found.id)
        cells = cells_of(session, release.id)[0] if release else ()
    now = {cell.measure.removeprefix("statement/"): cell.value_x10 for cell in cells}
    page = render_template(
        "result/targets.html",
        round=found,
        definition=definition,
        principle=definition.principle_by_id[asked[0].principle],
        asked=asked,
        now={name: None if value is None else value // 10 for name, value in now.items()},
        typed=typed,
        errors=problems(errors),
        field_errors=errors,
        stale=stale_message() if is_stale() else "",
    )
    return page, 422 if errors else 200
