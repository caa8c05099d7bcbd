"""The result page put together: sentences, pictures and the peers beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assessment.charts.picture import Picture
from assessment.charts.radar import radar
from assessment.charts.ranges import ranges
from assessment.charts.spoke import Spoke
from assessment.disclosure.shown import Peers, Shown
from assessment.pages.result.peers import Cells, PeerOption, cells_for, chosen_option, options, peers_of
from assessment.pages.result.profile import Profile, Published, Section, profile
from assessment.pages.words import say
from assessment.questionnaire.message import Message
from assessment.scoring.headline import beside_peers, headline
from assessment.scoring.position import Position, position
from assessment.store.records import Release

NO_WORD = Message("No score")


@dataclass(frozen=True, slots=True)
class ResultView:
    """Everything the result page shows, in its order; ``drawn`` is the headline of what is drawn."""

    headline: Message
    drawn: Message
    beside: Message | None
    profile: Profile
    radar: Picture
    ranges: Picture
    positions: Mapping[str, Position | None]
    options: tuple[PeerOption, ...]
    chosen: PeerOption | None

    @property
    def refused(self) -> tuple[PeerOption, ...]:
        return tuple(option for option in self.options if not option.offered)

    def at(self, where: str) -> list[str]:
        """The principles at ``above``, ``within`` or ``below``."""
        return [name for name, its in self.positions.items() if its and its.value == where]


def result_view(published: Published, release: Release, service: str, cells: Cells, wanted: str) -> ResultView:
    """Put a release beside the peer group that is wanted, or the nearest that may be shown."""
    offered = options(cells_for(release), release.form, cells, [p.id for p in published.definition.principles])
    chosen = chosen_option(offered, wanted)
    made = profile(published, "full")
    # Pictures and table set like beside like; the service's own scores below stay the same whatever is chosen.
    compared = profile(published, chosen.basis) if chosen else made
    peers = {s.principle.id: peers_of(chosen, cells, s.principle.id) for s in compared.sections}
    positions = {s.principle.name: _position(s, peers[s.principle.id]) for s in compared.sections}
    spokes = [_spoke(section, peers[section.principle.id]) for section in compared.sections]
    scale = published.definition.scale
    words = [its.words if its else NO_WORD for its in positions.values()] if any(positions.values()) else []
    return ResultView(
        headline=headline(made.scores),
        drawn=headline(compared.scores),
        beside=beside_peers(chosen.said, service, positions) if chosen else None,
        profile=made,
        radar=radar(spokes, scale, translate=say),
        ranges=ranges(spokes, scale, positions=words, translate=say),
        positions=positions,
        options=offered,
        chosen=chosen,
    )


def _spoke(section: Section, peers: Peers | None) -> Spoke:
    return Spoke(section.principle.name, section.figure, peers, section.target, section.asked)


def _position(section: Section, peers: Peers | None) -> Position | None:
    if not isinstance(section.figure, Shown) or peers is None:
        return None
    if not isinstance(peers.lower, Shown) or not isinstance(peers.upper, Shown):
        return None
    return position(section.figure.value, (peers.lower.value, peers.upper.value))
