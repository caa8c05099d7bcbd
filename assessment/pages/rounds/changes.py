"""What changed since the last released round of the same side, where both asked the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flask_babel import gettext as _

from assessment.charts.picture import Picture
from assessment.charts.since import Turn, since
from assessment.disclosure.shown import Figure, Hidden, Shown
from assessment.pages.rounds.sides import NONE, Cells, by_voice
from assessment.pages.words import day, say
from assessment.questionnaire.definition import Definition
from assessment.questionnaire.message import Message
from assessment.scoring.change import change
from assessment.store.alone import AloneVoice
from assessment.store.queries.apart import ApartRound
from assessment.store.queries.releases import EarlierRelease

CLEARLY_HIGHER: Final = Message("Clear change: higher")
CLEARLY_LOWER: Final = Message("Clear change: lower")
CANNOT_TELL: Final = Message("We cannot tell yet")
NOT_BOTH: Final = Message("Not shown in both rounds")


@dataclass(frozen=True, slots=True)
class Changes:
    """One side in two rounds: small multiples, which of them changed clearly, and over which statements."""

    picture: Picture
    clear: tuple[str, ...]
    then: str
    now: str
    is_shared: bool


def changes(
    side: AloneVoice, found: ApartRound, asked: Definition, cells: Cells, earlier: EarlierRelease | None
) -> Changes | None:
    """None where there is no earlier round, where it asked another version, or where nothing is shown of both."""
    if earlier is None or earlier.sheet != found.questionnaire[:2] or found.released_on is None:
        return None
    before, is_shared = by_voice(earlier.cells), side == "staff" and earlier.form != found.form
    measure = "shared" if is_shared or side == "people" else "principle"
    turns = [
        _turn(p.name, _figure(before, side, f"{measure}/{p.id}"), _figure(cells, side, f"{measure}/{p.id}"))
        for p in asked.principles
    ]
    if all(turn.said is NOT_BOTH for turn in turns):
        return None
    then, now = _("On %(day)s", day=day(earlier.released_on)), _("On %(day)s", day=day(found.released_on))
    clear = tuple(turn.name for turn in turns if turn.said in (CLEARLY_HIGHER, CLEARLY_LOWER))
    return Changes(since(turns, asked.scale, then=then, now=now, translate=say), clear, then, now, is_shared)


def _figure(cells: Cells, side: AloneVoice, measure: str) -> Figure:
    cell = cells.get((side, measure))
    return cell.figure if cell else NONE


def _turn(name: str, then: Figure, now: Figure) -> Turn:
    return Turn(name, then, now, said(then, now))


def said(then: Figure, now: Figure) -> Message:
    """In words, from what is shown of both: a bound has no interval, so beside it nobody can tell."""
    if isinstance(then, Hidden) or isinstance(now, Hidden):
        return NOT_BOTH
    ends = (_ends(then), _ends(now))
    if ends[0] is None or ends[1] is None:
        return CANNOT_TELL
    found = change(then.value, ends[0], now.value, ends[1])
    if not found.is_clear:
        return CANNOT_TELL
    return CLEARLY_HIGHER if found.difference > 0 else CLEARLY_LOWER


def _ends(figure: Shown) -> tuple[float, float] | None:
    return None if figure.low is None or figure.high is None else (figure.low, figure.high)
