"""Where the service wants to be: on each statement as it said, and what that makes of a principle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from flask_babel import gettext as _

from assessment.disclosure.release import ReleaseCell
from assessment.disclosure.rounding import tenths
from assessment.disclosure.shown import Figure, Shown
from assessment.questionnaire.definition import Definition, Statement
from assessment.scoring.targets import target_of_shown
from assessment.store.alone import AloneVoice
from assessment.store.records import Goal

Cells = Mapping[tuple[str, str], ReleaseCell]


@dataclass(frozen=True, slots=True)
class Wish:
    """Where the service wants to be on one statement; ``now`` as it was answered, or why that is hidden."""

    statement: str
    now: str
    wanted: str
    reason: str


def wishes(
    side: AloneVoice, asked: Definition, cells: Cells, goals: Mapping[str, Goal], inside: bool
) -> tuple[Wish, ...]:
    """Statement by statement; the reasons only for those inside the service (rule P6)."""
    made = []
    for statement in asked.statements:
        goal, cell = goals.get(statement.id), cells.get((side, f"statement/{statement.id}"))
        if goal and goal.level <= asked.top:
            now = f"{cell.value_x10 / 10:.1f}" if cell and cell.value_x10 is not None else _("Hidden")
            reason = goal.reason if inside else ""
            made.append(Wish(statement.text, now, asked.scale[goal.level].name, reason))
    return tuple(made)


def target_on(
    figure: Figure, statements: Sequence[Statement], cells: Cells, goals: Mapping[str, Goal], top: int
) -> float | None:
    """The score of staff and partners that one principle would have over these statements, from shown figures alone;
    else None.
    """
    if not isinstance(figure, Shown) or figure.bound:
        return None
    found = {one.id: cells.get(("staff", f"statement/{one.id}")) for one in statements}
    shown = {id: Fraction(cell.value_x10, 10) for id, cell in found.items() if cell and cell.value_x10 is not None}
    levels = {id: goal.level for id, goal in goals.items() if goal.level <= top}
    wanted = target_of_shown(Fraction(round(figure.value * 10), 10), shown, levels, statements, top)
    return None if wanted is None else tenths(wanted) / 10
