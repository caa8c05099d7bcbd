"""What changed clearly in services since the round before, where people answered each alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from assessment.disclosure.shown import Figure, Shown
from assessment.pages.organisation.released import Standing
from assessment.pages.words import day
from assessment.questionnaire.definition import Definition
from assessment.scoring.change import change


@dataclass(frozen=True, slots=True)
class ClearChange:
    """One principle of one service, then and now."""

    service: str
    principle: str
    then: str
    now: str
    since: date
    is_higher: bool

    @property
    def words(self) -> str:
        when = day(self.since)
        if self.is_higher:
            return _("Clearly higher than on %(day)s", day=when)
        return _("Clearly lower than on %(day)s", day=when)


@dataclass(frozen=True, slots=True)
class Changes:
    """Every clear change, A to Z by service. ``compared`` services have two opened rounds of this voice; of
    ``cannot_tell`` of them nothing changed clearly; ``once`` have one round so far.
    """

    clear: tuple[ClearChange, ...]
    compared: int
    cannot_tell: int
    once: int

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """Service, principle, then, now, and in words."""
        return tuple((one.service, one.principle, one.then, one.now, one.words) for one in self.clear)


def changes(asked: Definition, standings: Sequence[Standing]) -> Changes:
    compared = [standing for standing in standings if standing.result and standing.before]
    clear = [found for standing in compared if (found := tuple(_of(asked, standing)))]
    once = sum(standing.result is not None and standing.before is None for standing in standings)
    return Changes(tuple(one for found in clear for one in found), len(compared), len(compared) - len(clear), once)


def _of(asked: Definition, standing: Standing) -> Iterator[ClearChange]:
    """From what was released of both rounds. A bound or a word has no interval: beside it nobody can tell."""
    assert standing.before is not None, "there is a round before"
    for principle in asked.principles:
        then, now = (cells.get(principle.id) for cells in (standing.before.cells, standing.cells))
        pair = (then.figure, now.figure) if then and now else None
        higher = _clearly(*pair) if pair else None
        if pair is not None and higher is not None:
            said = tuple(f"{one.value:.1f}" for one in pair if isinstance(one, Shown))
            since = standing.before.released_on
            yield ClearChange(standing.service.name, principle.name, said[0], said[1], since, higher)


def _clearly(then: Figure, now: Figure) -> bool | None:
    """Whether it is clearly higher now; None where we cannot tell."""
    if not (isinstance(then, Shown) and isinstance(now, Shown)):
        return None
    if then.low is None or then.high is None or now.low is None or now.high is None:
        return None
    found = change(then.value, (then.low, then.high), now.value, (now.low, now.high))
    return found.difference > 0 if found.is_clear else None
