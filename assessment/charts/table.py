"""The numbers of a picture as rows: every figure that is drawn, and those behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assessment.charts.picture import Column, Row, Table
from assessment.charts.spoke import Naming, Spoke
from assessment.charts.wording import between, decimal, hidden_words, middle_half, scale_caption
from assessment.disclosure.shown import Shown
from assessment.questionnaire.definition import Level
from assessment.questionnaire.message import Message

NONE = Message("None")


@dataclass(frozen=True, slots=True)
class _Field:
    """One column and how its cell is made."""

    column: Column
    cell: Callable[[Spoke], Message]


def spoke_table(
    spokes: Sequence[Spoke],
    scale: Sequence[Level],
    naming: Naming,
    *,
    whole: bool = False,
    positions: Sequence[Message] = (),
) -> Table:
    """One row a principle. Columns that nothing fills are left out; ``whole`` adds interval, target and middle half."""
    fields = [field for field, used in _fields(spokes, naming, whole) if used]
    columns = [Column(Message("Principle"), numeric=False), *(field.column for field in fields)]
    cells = [tuple(field.cell(spoke) for field in fields) for spoke in spokes]
    if positions:
        columns.append(Column(Message("Beside peers"), numeric=False))
        cells = [(*row, position) for row, position in zip(cells, positions, strict=True)]
    rows = tuple(Row(spoke.name, row) for spoke, row in zip(spokes, cells, strict=True))
    return Table(scale_caption(scale), tuple(columns), rows)


def _fields(spokes: Sequence[Spoke], naming: Naming, whole: bool) -> list[tuple[_Field, bool]]:
    peers = any(spoke.peers for spoke in spokes)
    own = Column(naming.own, own=True)
    return [
        (_Field(own, lambda spoke: hidden_words(spoke.own)), True),
        (_Field(Column(Message("Likely between")), _interval), whole and any(map(_has_interval, spokes))),
        (_Field(Column(naming.counted or NONE), _count), whole and naming.counted is not None),
        (_Field(Column(Message("Rests on")), _rests_on), any(map(_says_statements, spokes))),
        (_Field(Column(Message("Our target")), _target), whole and any(s.target is not None for s in spokes)),
        (_Field(Column(naming.beside), _median), peers),
        (_Field(Column(naming.half), _middle_half), whole and peers),
    ]


def _has_interval(spoke: Spoke) -> bool:
    return isinstance(spoke.own, Shown) and spoke.own.low is not None and spoke.own.high is not None


def _says_statements(spoke: Spoke) -> bool:
    return isinstance(spoke.own, Shown) and spoke.own.statements > 0 and spoke.statements > 0


def _interval(spoke: Spoke) -> Message:
    own = spoke.own
    if not isinstance(own, Shown) or own.low is None or own.high is None:
        return NONE
    return between(own.low, own.high)


def _count(spoke: Spoke) -> Message:
    return Message("{count}", {"count": spoke.own.n}) if isinstance(spoke.own, Shown) else NONE


def _rests_on(spoke: Spoke) -> Message:
    if not isinstance(spoke.own, Shown) or not _says_statements(spoke):
        return Message("Too few levels")
    return Message("{n} of {m} statements", {"n": spoke.own.statements, "m": spoke.statements})


def _target(spoke: Spoke) -> Message:
    return NONE if spoke.target is None else Message("{value}", {"value": decimal(spoke.target)})


def _median(spoke: Spoke) -> Message:
    return hidden_words(spoke.peers.median) if spoke.peers else NONE


def _middle_half(spoke: Spoke) -> Message:
    return middle_half(spoke.peers) if spoke.peers else NONE
