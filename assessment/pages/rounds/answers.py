"""How one side answered, statement by statement; who they were; and what they wrote, for the service alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from assessment.charts.picture import Picture
from assessment.charts.stacked import Bar, stacked
from assessment.disclosure.shown import Counted, Hidden
from assessment.pages.access import roles_here
from assessment.pages.rounds.blueprint import blueprint, found_round
from assessment.pages.rounds.sides import NONE, Cells, by_voice, side_of
from assessment.pages.rounds.wishes import wishes
from assessment.pages.words import say
from assessment.questionnaire.definition import Definition, Statement
from assessment.questionnaire.message import Message
from assessment.scoring.agreement import Agreement
from assessment.store.alone import AloneVoice, asked_as, statements_for
from assessment.store.db import reading
from assessment.store.queries.apart import ApartRound
from assessment.store.queries.definitions import definition
from assessment.store.queries.releases import cells_of
from assessment.store.queries.taken_part import NOBODY, TakenPart, taken_part
from assessment.store.queries.targets import targets_of
from assessment.store.records import Role
from assessment.workflows.apart.words import written

INSIDE: frozenset[Role] = frozenset({"service lead", "service member"})
MORE = (Message("Agreement"), Message("Does not apply"), Message("Left out"))
AGREEMENT: Mapping[Agreement, Message] = {
    "agree": Message("They agree"),
    "mixed": Message("Mixed"),
    "split": Message("Split"),
}


@dataclass(frozen=True, slots=True)
class Answers:
    """One principle: its bars, and how many of its statements are hidden."""

    id: str
    name: str
    picture: Picture
    hidden: tuple[tuple[str, str], ...]


@blueprint.get("/round/<uuid:round_id>/answers/<side>")
def answers(round_id: UUID, side: str) -> ResponseReturnValue:
    found, side = open_to_see(round_id), side_of(side)
    if found is None:
        return redirect(url_for("rounds.results", round_id=round_id))
    with reading() as session:
        asked = definition(session, found.questionnaire)
        cells = by_voice(cells_of(session, found.release_id)[0] if found.release_id else ())
        part = taken_part(session, round_id).get(side, NOBODY)
        goals = targets_of(session, found.service_id)
    inside, checks = bool(roles_here() & INSIDE), _checks(side, asked, cells)
    return render_template(
        "rounds/answers.html",
        round=found,
        side=side,
        definition=asked,
        principles=answered(side, found, asked, cells),
        checks=checks,
        hides_checks=any(row[-1] for row in checks),
        took_part=who_took_part(side, asked, part, found.k10),
        responses=part.responses,
        wishes=wishes(side, asked, cells, goals, inside),
        inside=inside,
    )


@blueprint.get("/round/<uuid:round_id>/words/<side>")
def words(round_id: UUID, side: str) -> ResponseReturnValue:
    found, side = open_to_see(round_id), side_of(side)
    if found is None:
        return redirect(url_for("rounds.results", round_id=round_id))
    with reading() as session:
        asked = definition(session, found.questionnaire)
    said = written(round_id, side, found.k10)
    return render_template("rounds/words.html", round=found, side=side, said=_in_order(side, asked, said))


def open_to_see(round_id: UUID) -> ApartRound | None:
    """The round, once it is released and its lead has agreed to say what came of it."""
    with reading() as session:
        found = found_round(session, round_id)
    return found if found.release_id and found.agreed_on else None


def answered(side: AloneVoice, found: ApartRound, asked: Definition, cells: Cells) -> list[Answers]:
    """Principle by principle; one that this side was not asked about is left out."""
    statements = statements_for(asked, side, found.form)
    made = []
    for principle in asked.principles:
        bars = [_bar(side, asked, one, cells) for one in statements if one.principle == principle.id]
        shown = [bar for bar in bars if isinstance(bar.counted, Counted)]
        hidden = tuple((bar.name, say(bar.counted.reason)) for bar in bars if isinstance(bar.counted, Hidden))
        if bars:
            made.append(
                Answers(principle.id, principle.name, stacked(shown, asked.scale, more=MORE, translate=say), hidden)
            )
    return made


def _bar(side: AloneVoice, asked: Definition, statement: Statement, cells: Cells) -> Bar:
    cell, name = cells.get((side, f"statement/{statement.id}")), asked_as(side, statement)
    if cell is None or not cell.counts or cell.agreement is None:
        return Bar(name, cell.figure if cell and isinstance(cell.figure, Hidden) else NONE)
    levels, apart = cell.counts[: asked.top + 1], cell.counts[asked.top + 1 :]
    said = AGREEMENT[cell.agreement]
    return Bar(name, Counted(levels), said, (said, *(Message("{count}", {"count": count}) for count in apart)))


def _checks(side: AloneVoice, asked: Definition, cells: Cells) -> list[list[str]]:
    """A row for each check for harm: the question, how many gave each answer ("–": not asked), or why it is hidden."""
    made = []
    for safeguard in asked.safeguards:
        cell = cells.get((side, f"safeguard/{safeguard.id}"))
        counts = dict(zip(safeguard.answers, cell.counts, strict=True)) if cell and cell.counts else {}
        why = say(cell.reason) if cell and cell.reason else ""
        numbers = [str(counts.get(choice.id, _("Hidden") if why else "–")) for choice in asked.safeguard_answers]
        made.append([safeguard.question, *numbers, why])
    return made


def _in_order(
    side: AloneVoice, asked: Definition, said: Mapping[str, Sequence[str]]
) -> list[tuple[str, Sequence[str]]]:
    """The words under their questions: in one's own words first, then the checks for harm, then the statements."""
    questions = [
        *((one.id, one.question) for one in asked.reflection),
        *((one.id, one.question) for one in asked.safeguards),
        *((one.id, asked_as(side, one)) for one in asked.statements),
    ]
    return [(text, said[id]) for id, text in questions if said.get(id)]


def who_took_part(side: AloneVoice, asked: Definition, part: TakenPart, least: int) -> list[tuple[str, str]]:
    """How many chose each perspective, in bands; nothing where fewer than 10 of this side answered, or said."""
    chosen = part.perspectives
    if part.responses < least or sum(chosen.values()) < least:
        return []
    known = [one for one in asked.perspectives if one.voice == side]
    return [(one.name, _about(chosen.get(one.id, 0))) for one in known]


def _about(count: int) -> str:
    for most, words in ((4, _("fewer than 5")), (9, _("5 to 9")), (19, _("10 to 19")), (49, _("20 to 49"))):
        if count <= most:
            return words
    return _("50 or more")
