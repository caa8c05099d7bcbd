"""Check your answers, and send them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assessment.pages.answer.blueprint import blueprint, saved_answers, this_definition, this_round
from assessment.pages.answer.notes import notes_of
from assessment.pages.answer.progress import Part, is_answered, progress
from assessment.pages.clock import today
from assessment.pages.setup import forget_plan
from assessment.pages.stale import is_stale, stale_message
from assessment.questionnaire.answer import OTHERS
from assessment.questionnaire.definition import Statement
from assessment.scoring.principle import enough
from assessment.store.records import Answered
from assessment.workflows.release import send


@dataclass(frozen=True, slots=True)
class Gap:
    """A principle with unanswered statements, and what leaving them does to its score."""

    part: Part
    statements: tuple[Statement, ...]
    levels: int  # how many of its statements carry a level
    needed: int


@blueprint.route("/check", methods=["GET", "POST"])
def check(round_id: UUID) -> ResponseReturnValue:
    if request.method == "POST" and not is_stale():
        send(round_id, today())
        forget_plan()
        return redirect(url_for("result.show", round_id=round_id))
    definition, answers = this_definition(), saved_answers()
    made = progress(definition, this_round().form, answers)
    return render_template(
        "answer/check.html",
        round=this_round(),
        definition=definition,
        answers=answers,
        progress=made,
        notes_of=notes_of,
        gaps=[_gap(part, answers) for part in made.parts if part.left],
        stale=stale_message() if is_stale() else "",
    )


def _gap(part: Part, answers: Mapping[str, Answered]) -> Gap:
    unanswered = tuple(s for s in part.statements if not is_answered(answers, s))
    levels = sum(is_answered(answers, s) and answers[s.id].value not in OTHERS for s in part.statements)
    return Gap(part, unanswered, levels, enough(len(part.statements)))
