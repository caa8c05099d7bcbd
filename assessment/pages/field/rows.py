"""Published cells of the field as rows of files: figures and counts in columns of their own, and why there are none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from assessment.charts.histogram import spread
from assessment.disclosure.shown import Figure, Hidden, Peers, Shown, value_of
from assessment.pages.field.groups import figures
from assessment.pages.files import Cell
from assessment.pages.words import say
from assessment.questionnaire.definition import Definition
from assessment.store.records import FieldCell, Quality, YearCell

FIGURES: Final = (
    "services at least",
    "organisations at least",
    "median",
    "middle half from",
    "middle half to",
    "hidden because",
    "figures as of",
)
SPREAD: Final = ("scores from", "scores to", "services at least")
BOTH: Final = (
    "year then",
    "year now",
    "principle",
    "services then at least",
    "median then",
    "services now at least",
    "median now",
    "hidden because",
)
QUALITY: Final = (
    "principle",
    "services at least",
    "responses at least",
    "complete responses at least",
    "alpha",
    "alpha from",
    "alpha to",
    "ICC(1)",
    "ICC(2)",
    "hidden because",
    "figures as of",
)
STATEMENTS: Final = (
    "principle",
    "statement",
    "words",
    "item-rest correlation",
    "per cent: does not apply",
    "per cent: no level otherwise",
)


def cell_row(cell: FieldCell) -> list[Cell]:
    """What ``FIGURES`` heads."""
    said, counts = figures(cell), cell.peers
    if isinstance(said, Hidden):
        return [None, None, None, None, None, say(said.reason), None]
    points = [value_of(one) for one in (said.median, said.lower, said.upper)]
    return [counts.services, counts.organisations, *points, _why(said), cell.as_of]


def _why(said: Peers) -> str | None:
    """Why the middle half is missing, where it is."""
    return say(said.lower.reason) if isinstance(said.lower, Hidden) else None


def spread_rows(cell: FieldCell, top: int) -> Iterator[list[Cell]]:
    """What ``SPREAD`` heads: one row a bar; none where nothing is shown."""
    said = figures(cell)
    if isinstance(said, Peers):
        for bar in spread(said, top):
            yield [bar.first, bar.end, bar.services]


def both_rows(definition: Definition, cells: Iterable[YearCell]) -> Iterator[list[Cell]]:
    """What ``BOTH`` heads: the services of two years, both figures or neither."""
    found = {(one.year, one.cell.group, one.cell.principle): one.cell for one in cells}
    for (year, group, principle), now in found.items():
        before = year - 1
        then = found.get((year, f"matched-then:{before}", principle))
        if group == f"matched-now:{before}" and then:
            name = definition.principle_by_id[principle].name
            yield [before, year, name, *_pair(figures(then), figures(now))]


def _pair(then: Peers | Hidden, now: Peers | Hidden) -> list[Cell]:
    if isinstance(then, Peers) and isinstance(now, Peers):
        return [*_counted(then.median), *_counted(now.median), None]
    reason = next(one.reason for one in (then, now) if isinstance(one, Hidden))
    return [None, None, None, None, say(reason)]


def _counted(figure: Figure) -> Sequence[Cell]:
    return (figure.n, figure.value) if isinstance(figure, Shown) else (None, None)


def quality_row(definition: Definition, one: Quality) -> list[Cell]:
    """What ``QUALITY`` heads."""
    name = definition.principle_by_id[one.principle].name
    if one.reason:
        return [name, *[None] * 8, say(one.reason), None]
    counts = (one.services, one.responses, one.complete)
    return [name, *counts, one.alpha, one.alpha_low, one.alpha_high, one.icc1, one.icc2, None, one.as_of]


def statement_rows(definition: Definition, found: Iterable[Quality]) -> Iterator[list[Cell]]:
    """What ``STATEMENTS`` heads. An empty share rests on fewer than 5 responses, or on none."""
    words: Mapping[str, str] = {id: statement.text for id, statement in definition.by_id.items()}
    for one in found:
        name = definition.principle_by_id[one.principle].name
        for id, of in one.statements.items():
            yield [name, id, words.get(id), of.item_rest, of.not_applicable, of.left_out]
