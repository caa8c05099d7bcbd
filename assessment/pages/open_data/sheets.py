"""The open data of one year as tables: the frozen figures of its snapshot, and why others are hidden (rule B6)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from flask import current_app
from flask_babel import gettext as _

from assessment.charts.histogram import spread
from assessment.disclosure.benchmark import organisations_words
from assessment.disclosure.open_data import bar_count, not_shown, opened
from assessment.disclosure.shown import Hidden, Peers, value_of
from assessment.pages.files import Cell, Sheet
from assessment.pages.open_data.dictionary import ABOUT, DICTIONARY, FILES, TYPES
from assessment.pages.open_data.groups import group_kind, group_name
from assessment.pages.words import day, say
from assessment.questionnaire.definition import Definition
from assessment.questionnaire.message import Message
from assessment.store.db import reading
from assessment.store.queries.field_view import NETWORK
from assessment.store.queries.open_data import Edition, open_cells
from assessment.store.records import FieldCell

LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"
UNNAMED: Final = Message("This group cannot be shown")

Definitions = Mapping[tuple[str, str], Definition]


def about(edition: Edition) -> tuple[tuple[str, Cell], ...]:
    """What must be known to read any of the files; it goes with each."""
    said: tuple[Cell, ...] = (
        edition.year,
        _("Newest result of each service that shares, from the two years up to %(day)s.", day=day(edition.as_of)),
        _("Services chose to take part; these are not estimates for all services."),
        f"CC BY 4.0, {LICENCE}",
        citation(edition),
    )
    return tuple((column.name, value) for column, value in zip(ABOUT, said, strict=True))


def citation(edition: Edition) -> str:
    at = current_app.config["SETTINGS"].public_address.rstrip("/")
    return _(
        "Same table (%(year)s). Co-production in UK public services: open data. Results up to %(day)s. %(at)s",
        year=edition.year,
        day=day(edition.as_of),
        at=f"{at}/open-data/",
    )


def sheet(name: str, edition: Edition, asked: Definitions) -> Sheet:
    """One of the tables, by the name of its file. Its rows are read as they are asked for."""
    rows = {"figures": _figures, "histogram": _histogram, "dictionary": _dictionary}[name]
    columns = DICTIONARY if name == "dictionary" else FILES[name]
    return Sheet(name, [column.name for column in columns], rows(edition, asked), about(edition))


@dataclass(frozen=True, slots=True)
class _Open:
    """One group on one measure, as open data say it."""

    cell: FieldCell
    said: Peers | Hidden
    definition: Definition

    @property
    def key(self) -> Sequence[Cell]:
        cell, found = self.cell, self.definition.principle_by_id.get(self.cell.principle)
        name = found.name if found else cell.principle
        return (*cell.questionnaire, cell.voice, cell.basis, cell.principle, name, cell.group, group_name(cell.group))


def _opened(edition: Edition, asked: Definitions) -> Iterator[_Open]:
    """Every group of the edition. The whole network's cell comes first of each measure, and decides for the others."""
    with reading() as session:
        measure, network = None, 0
        for cell in open_cells(session, edition.snapshot_id):
            if (here := _measure(cell)) != measure:
                measure, network = here, cell.peers.services if cell.group == NETWORK else 0
            said = cell.peers.peers or Hidden(cell.peers.reason or UNNAMED)
            yield _Open(cell, opened(said, network), asked[cell.questionnaire])


def _measure(cell: FieldCell) -> tuple[object, ...]:
    return cell.questionnaire, cell.voice, cell.basis, cell.principle


def _figures(edition: Edition, asked: Definitions) -> Iterator[Sequence[Cell]]:
    for one in _opened(edition, asked):
        start = (*one.key, group_kind(one.cell.group))
        yield (*start, *_shown(one, one.said)) if isinstance(one.said, Peers) else (*start, *_hidden(one, one.said))


def _shown(one: _Open, said: Peers) -> Sequence[Cell]:
    points = (said.median, said.lower, said.upper, said.tenth, said.ninetieth)
    why = not_shown(said)
    return (
        one.cell.as_of,
        one.cell.peers.services,
        say(organisations_words(one.cell.peers.organisations)),
        one.definition.top,
        *(value_of(point) for point in points),
        say(why) if why else None,
    )


def _hidden(one: _Open, said: Hidden) -> Sequence[Cell]:
    return None, None, None, one.definition.top, *[None] * 5, say(said.reason)


def _histogram(edition: Edition, asked: Definitions) -> Iterator[Sequence[Cell]]:
    for one in _opened(edition, asked):
        if isinstance(one.said, Peers):
            for counted, bar in zip(one.said.bins, spread(one.said, one.definition.top), strict=True):
                count = bar_count(counted)
                shown = (None, say(count.reason)) if isinstance(count, Hidden) else (count, None)
                yield *one.key, bar.first, bar.end, *shown


def _dictionary(_edition: Edition, _asked: Definitions) -> Iterator[Sequence[Cell]]:
    for file, columns in FILES.items():
        for column in columns:
            yield file, column.name, str(TYPES[column.type]), str(column.meaning)
    for column in ABOUT:
        yield _("every file"), column.name, str(TYPES[column.type]), str(column.meaning)
