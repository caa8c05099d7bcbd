"""One side of a released round beside its peers: services where the same side answered, each person alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from assessment.disclosure.release import ReleaseCell
from assessment.disclosure.shown import Peers, Shown
from assessment.pages.result.peers import PeerOption, cells_for, chosen_option, has_middle_half, options, peers_of
from assessment.pages.result.profile import Basis
from assessment.questionnaire.definition import Definition, Form, Principle
from assessment.questionnaire.message import Message
from assessment.scoring.likely import likely_beside
from assessment.scoring.shrinkage import Services, Standing, standing
from assessment.store.alone import AloneVoice, form_for
from assessment.store.queries.comparison import NO_PEERS, VoicePeers
from assessment.store.records import Release

Cells = Mapping[tuple[str, str], ReleaseCell]
WHO: Final[Mapping[AloneVoice, Message]] = {
    "people": Message("what people who use the service say"),
    "staff": Message("what staff and partners say"),
}


@dataclass(frozen=True, slots=True)
class BesidePeers:
    """Which peer groups one side can be seen beside, the chosen one's figures by principle, and where it stands."""

    side: AloneVoice
    options: tuple[PeerOption, ...]
    chosen: PeerOption | None
    peers: Mapping[str, Peers | None]
    services: Mapping[str, Services]

    @property
    def offered(self) -> tuple[PeerOption, ...]:
        return tuple(option for option in self.options if option.offered)

    @property
    def refused(self) -> tuple[PeerOption, ...]:
        return tuple(option for option in self.options if not option.offered)

    @property
    def basis(self) -> Basis:
        """What like is set beside like on: all the statements asked, or those that every form asks."""
        return self.chosen.basis if self.chosen else "full"

    def measure(self, principle: str) -> str:
        return f"{'shared' if self.basis == 'shared' else 'principle'}/{principle}"

    def standing(self, principle: str, cell: ReleaseCell | None) -> Standing | None:
        """From 20 services, and where this side has a figure that is no bound."""
        peers, services = self.peers.get(principle), self.services.get(principle)
        figure = cell.figure if cell else None
        if not isinstance(figure, Shown) or figure.bound or services is None or not has_middle_half(peers):
            return None
        return standing(figure.value, figure.n, services.mean, services.spread, services.icc1)

    def standings(self, asked: Definition, cells: Cells) -> Mapping[str, Standing | None]:
        """By the principles' names."""
        return {p.name: self.standing(p.id, self._cell(p, cells)) for p in asked.principles}

    def sentence(self, asked: Definition, cells: Cells) -> Message | None:
        if self.chosen is None:
            return None
        return likely_beside(self.chosen.said, WHO[self.side], self.standings(asked, cells))

    def _cell(self, principle: Principle, cells: Cells) -> ReleaseCell | None:
        return cells.get((self.side, self.measure(principle.id)))


def beside_peers(
    side: AloneVoice, asked: Definition, release: Release, found: VoicePeers = NO_PEERS, wanted: str = ""
) -> BesidePeers:
    """One side beside the group that is wanted, or the nearest that may be shown."""
    principles = [principle.id for principle in asked.principles]
    considered = options(cells_for(release), _compared_as(side, asked, release.form), found.cells, principles)
    chosen = chosen_option(considered, wanted)
    peers = {id: peers_of(chosen, found.cells, id) for id in principles}
    keys = {id: (chosen.basis, chosen.cell, id) for id in principles if chosen}
    services = {id: found.services[key] for id, key in keys.items() if key in found.services}
    return BesidePeers(side, considered, chosen, peers, services)


def _compared_as(side: AloneVoice, asked: Definition, form: Form) -> Form:
    """People are asked, and compared on, the statements that every form asks, also where there is one form only."""
    return "short" if side == "people" else form_for(asked, side, form)
