"""The two sides of a released round, each by itself; and both as words where they were asked the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from flask import abort
from flask_babel import gettext as _

from assessment.charts.picture import Picture
from assessment.charts.radar import radar
from assessment.charts.ranges import ranges
from assessment.charts.spoke import Naming, Spoke
from assessment.disclosure.release import NOT_ASKED, ReleaseCell
from assessment.disclosure.release_apart import GIVES_AWAY, TOO_FEW
from assessment.disclosure.shown import Figure, Hidden, Shown, value_of
from assessment.pages.rounds.beside import BesidePeers
from assessment.pages.words import say
from assessment.questionnaire.definition import Definition, Principle
from assessment.questionnaire.message import Message
from assessment.scoring.bands import Band, band
from assessment.scoring.headline import headline
from assessment.scoring.likely import WORDS as LIKELY
from assessment.scoring.likely import in_words
from assessment.store.alone import AloneVoice

SIDES: Final[tuple[AloneVoice, ...]] = ("people", "staff")
NOT_SAID: Final = Message("Not said")
NONE: Final = Hidden(NOT_ASKED, kind="absent")
IN_SHORT: Final[Mapping[str, Message]] = {
    TOO_FEW.text: Message("Hidden: too few answers"),
    GIVES_AWAY.text: Message("Hidden: it would tell what a few people said"),
}
NAMING: Final[Mapping[AloneVoice, Naming]] = {
    "people": Naming(
        Message("People who use the service"), Message("Peers’ median"), Message("peers’ median"), Message("Answers")
    ),
    "staff": Naming(
        Message("Staff and partners"), Message("Peers’ median"), Message("peers’ median"), Message("Answers")
    ),
}


@dataclass(frozen=True, slots=True)
class OneSide:
    """What one side said: sentences, pictures beside its peers, and rows of the same figures.

    ``is_in_words``: nothing but low, middle or high may be shown of it, so there is nothing to draw; ``words`` are
    then its rows. ``rows``: every figure over all statements asked, where the pictures are over the shared ones;
    ``drawn`` is the headline of what is drawn.
    """

    side: AloneVoice
    headline: Message | None
    beside: Message | None
    drawn: Message
    picture: Picture
    radar: Picture
    rows: tuple[tuple[str, str, str, str, str], ...]
    words: tuple[tuple[str, str, str, str], ...]
    peers: BesidePeers
    is_hidden: bool
    is_in_words: bool
    has_targets: bool


@dataclass(frozen=True, slots=True)
class Beside:
    """Both sides on one principle or statement, as words; "" where a side may not be shown. ``why``: the reason."""

    name: str
    staff: str
    people: str
    differs: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class Both:
    """Where the two sides were asked the same."""

    principles: tuple[Beside, ...]
    statements: tuple[Beside, ...]

    @property
    def are_statements(self) -> bool:
        """Whether statements, which say best what is seen differently, may be compared; else it is principles."""
        return any(one.staff and one.people for one in self.statements)

    @property
    def compared(self) -> tuple[Beside, ...]:
        closest = self.statements if self.are_statements else self.principles
        return tuple(one for one in closest if one.staff and one.people)

    @property
    def differ(self) -> tuple[Beside, ...]:
        return tuple(one for one in self.compared if one.differs)

    @property
    def can_be_compared(self) -> bool:
        return any(one.staff and one.people for one in self.principles)


Cells = Mapping[tuple[str, str], ReleaseCell]


def side_of(side: str) -> AloneVoice:
    """404 for what is neither of the two sides."""
    return next((one for one in SIDES if one == side), None) or abort(404)


def by_voice(cells: Sequence[ReleaseCell]) -> Cells:
    return {(cell.voice, cell.measure): cell for cell in cells}


def one_side(
    side: AloneVoice, asked: Definition, cells: Cells, peers: BesidePeers, targets: Mapping[str, float | None]
) -> OneSide:
    """One side over everything that it was asked; ``targets`` by principle, in levels."""
    found = {p.id: cells.get((side, f"principle/{p.id}")) for p in asked.principles}
    figures = {p.id: _figure(found[p.id]) for p in asked.principles}
    spokes = [_spoke(p, peers, cells, targets.get(p.id)) for p in asked.principles]
    standings = peers.standings(asked, cells)
    words = [LIKELY[its] if its else NOT_SAID for its in standings.values()] if any(standings.values()) else []
    return OneSide(
        side,
        _headline(asked, found),
        peers.sentence(asked, cells),
        headline({spoke.name: spoke.value for spoke in spokes}),
        ranges(spokes, asked.scale, positions=words, naming=NAMING[side], translate=say),
        radar(spokes, asked.scale, naming=NAMING[side], prefix=f"radar-{side}", translate=say),
        tuple(_row(p, found[p.id], figures[p.id]) for p in asked.principles),
        tuple(_word_row(p, found[p.id], figures[p.id], peers, asked.top) for p in asked.principles),
        peers,
        is_hidden=all(cell is None or (cell.value_x10 is None and cell.band is None) for cell in found.values()),
        is_in_words=not any(isinstance(figure, Shown) for figure in figures.values()),
        has_targets=any(spoke.target is not None for spoke in spokes),
    )


def both(asked: Definition, cells: Cells) -> Both:
    """Principles and statements that both sides were asked about, as low, middle or high."""
    return Both(
        tuple(_beside(p.name, f"shared/{p.id}", asked.top, cells) for p in asked.principles),
        tuple(_beside(s.text, f"statement/{s.id}", asked.top, cells) for s in asked.shared),
    )


def _figure(cell: ReleaseCell | None) -> Figure:
    return cell.figure if cell else NONE


def _headline(asked: Definition, found: Mapping[str, ReleaseCell | None]) -> Message | None:
    """From the figures, or from the words where there are no figures; None where there is neither."""
    figures = {p.name: _figure(found[p.id]) for p in asked.principles}
    scores = {name: value_of(figure) for name, figure in figures.items()}
    if any(score is not None for score in scores.values()):
        return headline(scores)
    return in_words({p.name: cell.band if (cell := found[p.id]) else None for p in asked.principles})


def _spoke(principle: Principle, peers: BesidePeers, cells: Cells, target: float | None) -> Spoke:
    """On the statements that its peers are compared on."""
    own = _figure(cells.get((peers.side, peers.measure(principle.id))))
    return Spoke(principle.name, own, peers.peers.get(principle.id), target)


def _word_row(
    principle: Principle, cell: ReleaseCell | None, figure: Figure, beside: BesidePeers, top: int
) -> tuple[str, str, str, str]:
    """Principle, word, peers' median in the same words, answers. The number is the peers' own, published for all."""
    name, words, _ends, n, _statements = _row(principle, cell, figure)
    peers = beside.peers.get(principle.id)
    median = peers.median if peers else None
    if isinstance(median, Shown):
        said = _("%(word)s (%(number)s)", word=band_word(band(median.value, top)), number=f"{median.value:.1f}")
        return name, words, said, n
    return name, words, say(median.reason) if median else "–", n


def _row(principle: Principle, cell: ReleaseCell | None, figure: Figure) -> tuple[str, str, str, str, str]:
    """Principle, figure or why not, range, answers, statements."""
    if cell is None or isinstance(figure, Hidden):
        n = str(cell.n) if cell and cell.band else "–"
        words = band_word(cell.band) if cell and cell.band else say(figure.reason) if isinstance(figure, Hidden) else ""
        return principle.name, words, "–", n, "–"
    ends = f"{figure.low:.1f}–{figure.high:.1f}" if figure.low is not None and figure.high is not None else "–"
    return principle.name, figure_words(figure), ends, str(figure.n), str(figure.statements)


def figure_words(figure: Shown) -> str:
    value = f"{figure.value:.1f}"
    if figure.bound == "or below":
        return _("%(value)s or below", value=value)
    return _("%(value)s or above", value=value) if figure.bound else value


def _beside(name: str, measure: str, top: int, cells: Cells) -> Beside:
    staff, people = (cells.get((side, measure)) for side in ("staff", "people"))
    bands = (_band(staff, top), _band(people, top))
    why = next((say(cell.reason) for cell in (people, staff) if cell and cell.reason), "")
    words = [band_word(one) if one else "" for one in bands]
    return Beside(name, words[0], words[1], all(bands) and bands[0] != bands[1], why)


def _band(cell: ReleaseCell | None, top: int) -> Band | None:
    if cell is None:
        return None
    if cell.band or cell.value_x10 is None:
        return cell.band
    return band(cell.value_x10 / 10, top)


def band_word(name: Band) -> str:
    return {"low": _("Low"), "middle": _("Middle"), "high": _("High")}[name]


def absence(figure: Hidden | None) -> Message:
    """What stands where there is no score, and nothing that is kept back."""
    return Message("Not asked") if figure and figure.reason == NOT_ASKED else Message("No score")


def in_short(reason: Message) -> Message:
    """Why a figure is hidden, in a cell with little room."""
    return IN_SHORT.get(reason.text, Message("Hidden"))
