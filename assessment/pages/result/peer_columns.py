"""The peers of one figure as columns of a file: who they are in numbers, what they say, and where a result stands."""

from __future__ import annotations

from typing import Final

from assessment.disclosure.shown import Hidden, Peers, value_of
from assessment.pages.files import Cell
from assessment.pages.result.peers import PeerOption
from assessment.pages.words import say
from assessment.questionnaire.message import Message

PEER_COLUMNS: Final = (
    "peer_group",
    "peer_services_or_more",
    "peer_organisations_or_more",
    "peers_median",
    "peers_lower_quarter",
    "peers_upper_quarter",
    "peers_hidden_because",
    "beside_peers",
)
NO_PEERS: Final[tuple[Cell, ...]] = (None,) * len(PEER_COLUMNS)


def peer_cells_of(option: PeerOption | None, peers: Peers | None, word: Message | None) -> tuple[Cell, ...]:
    """In the order of the columns; nothing where there are no peers."""
    if option is None or peers is None:
        return NO_PEERS
    return (option.cell, option.services, option.organisations, *points_of(peers), say(word) if word else None)


def points_of(peers: Peers) -> tuple[Cell, ...]:
    """Median, quarter points, and why one of them is hidden."""
    figures = (peers.median, peers.lower, peers.upper)
    hidden = next((say(one.reason) for one in figures if isinstance(one, Hidden)), None)
    return (*map(value_of, figures), hidden)
