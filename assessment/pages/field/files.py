"""What the pages of the field show, to take away: the same figures, with what must be known to read them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from flask import abort, request
from flask_babel import gettext as _

from assessment.pages.field.blueprint import blueprint
from assessment.pages.field.choice import VOICES, chosen_by, groups_by
from assessment.pages.field.instrument import form_words, quality_of
from assessment.pages.field.overview import participation
from assessment.pages.field.principle import chosen_of
from assessment.pages.field.rows import (
    BOTH,
    FIGURES,
    QUALITY,
    SPREAD,
    STATEMENTS,
    both_rows,
    cell_row,
    quality_row,
    spread_rows,
    statement_rows,
)
from assessment.pages.field.sight import Sight, look
from assessment.pages.files import KINDS, Cell, Sheet, file_response
from assessment.pages.headers import public
from assessment.pages.words import say
from assessment.scoring.response import VoiceName
from assessment.store.db import Session, reading
from assessment.store.queries.field_view import by_year, everybody, everybody_by_year, qualities
from assessment.store.records import FieldCell

Made = Callable[[Session, Sight], Sequence[Sheet]]


@blueprint.get("/<what>.<kind>")
@public
def file(what: str, kind: str) -> Any:
    if what not in MADE or kind not in KINDS:
        abort(404)
    with reading() as session:
        _snapshot, sight = look(session)
        sheets = MADE[what](session, sight) if sight else ()
    if not sheets:
        abort(404)
    return file_response(f"field-{what}", sheets, kind)


def about(sight: Sight, **instead: str) -> Sequence[tuple[str, Cell]]:
    """What stands beside every row: questionnaire, voice, form, base, period, and what it is not."""
    said = {
        "questionnaire": sight.edition.questionnaire[0],
        "version": sight.edition.questionnaire[1],
        "voice": sight.voice,
        "statements": sight.statements,
        "base": _("Newest result of each service that shares, from the two years before"),
        "caution": _("Services chose to take part; these are not estimates for all services"),
    }
    return (*(said | instead).items(), ("published for", sight.snapshot.as_of))


def _overview(_session: Session, sight: Sight) -> Sequence[Sheet]:
    names = {p.id: p.name for p in sight.definition.principles}
    rows = [[names[cell.principle], *cell_row(cell)] for cell in _in_order(sight, sight.network)]
    return (Sheet("whole network", ("principle", *FIGURES), rows, about(sight)),)


def _in_order(sight: Sight, cells: Sequence[FieldCell]) -> list[FieldCell]:
    order = [p.id for p in sight.definition.principles]
    return sorted(cells, key=lambda cell: order.index(cell.principle))


def _principle(session: Session, sight: Sight) -> Sequence[Sheet]:
    chosen = chosen_of(session, sight)
    whole = [cell for cell in sight.network if cell.principle == chosen.principle.id]
    every = (*((cell.group, _("The whole network"), cell) for cell in whole), *chosen.groups)
    top, said = sight.definition.top, (*about(sight), ("principle", chosen.principle.name))
    spreads = [[group, name, *row] for group, name, cell in every for row in spread_rows(cell, top)]
    groups = [[group, name, *cell_row(cell)] for group, name, cell in every]
    return (
        Sheet("groups", ("group", "name", *FIGURES), groups, said),
        Sheet("spread", ("group", "name", *SPREAD), spreads, said),
    )


def _years(session: Session, sight: Sight) -> Sequence[Sheet]:
    cells = by_year(session, sight.like())
    names = {p.id: p.name for p in sight.definition.principles}
    whole = [one for one in cells if one.cell.group == "network"]
    rows = [[one.year, names[one.cell.principle], *cell_row(one.cell)] for one in whole]
    base = _("Whole network, in the last comparison published in each year")
    both = _("Services in the last comparison of both years")
    return (
        Sheet("years", ("year", "principle", *FIGURES), rows, about(sight, base=base)),
        Sheet("both years", BOTH, both_rows(sight.definition, cells), about(sight, base=both)),
    )


TAKING_PART: Final = ("whose account", "services at least", "organisations at least", "hidden because")


def _taking_part(session: Session, sight: Sight) -> Sequence[Sheet]:
    like, named = replace(sight.like(), basis="shared"), groups_by(chosen_by(request.args.get("by", "")))
    groups = everybody(session, like, sight.snapshot.id, ["network", *(group for group, _name in named)])
    years = everybody_by_year(session, like)
    every = [("network", _("The whole network")), *named]
    now = [[group, name, *row] for group, name in every for row in _counts([c for c in groups if c.group == group])]
    then = [
        [year, *row]
        for year in dict.fromkeys(one.year for one in years)
        for row in _counts([one.cell for one in years if one.year == year])
    ]
    said = about(sight, voice=_("Each by itself"), statements=_("Every form counts"))
    return (
        Sheet("now", ("group", "name", *TAKING_PART), now, said),
        Sheet("years", ("year", *TAKING_PART), then, said),
    )


def _counts(cells: Sequence[FieldCell]) -> list[list[Cell]]:
    """A row for each voice that any service has a result in."""
    of_voice = {voice: [cell for cell in cells if cell.voice == voice] for voice in VOICES}
    return [_count(voice, found) for voice, found in of_voice.items() if found]


def _count(voice: VoiceName, cells: Sequence[FieldCell]) -> list[Cell]:
    counted = participation(cells)
    if counted:
        return [say(VOICES[voice]), counted.services, counted.organisations_at_least, None]
    return [say(VOICES[voice]), None, None, cell_row(cells[0])[FIGURES.index("hidden because")]]


def _instrument(session: Session, sight: Sight) -> Sequence[Sheet]:
    found = quality_of(sight, qualities(session, sight.snapshot.id))
    said = about(sight, statements=form_words(sight))
    asked = sight.definition
    return (
        Sheet("principles", QUALITY, [quality_row(asked, one) for one in found], said),
        Sheet("statements", STATEMENTS, statement_rows(asked, found), said),
    )


MADE: Final[Mapping[str, Made]] = {
    "overview": _overview,
    "principle": _principle,
    "years": _years,
    "taking-part": _taking_part,
    "instrument": _instrument,
}
