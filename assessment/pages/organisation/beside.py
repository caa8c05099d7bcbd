"""A department beside its organisation, and beside services like its own across the network."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from flask_babel import gettext as _

from assessment.charts.picture import Picture
from assessment.charts.radar import radar
from assessment.charts.ranges import ranges
from assessment.charts.spoke import Naming, Spoke
from assessment.disclosure.shown import Hidden, Peers, Shown
from assessment.pages.definitions import dimensions
from assessment.pages.organisation.figures import Figures, beside
from assessment.pages.organisation.released import Released, Standing, peers_of
from assessment.pages.words import say
from assessment.questionnaire.message import Message
from assessment.store.queries.organisation_view import PeerCells
from assessment.store.records import PeerCell

NETWORK: Final = "network"
OWN: Final = Message("This department")
ORGANISATION: Final = Naming(
    OWN,
    Message("Organisation’s median"),
    Message("the organisation’s median"),
    half=Message("Middle half of all services"),
    said_median=Message("the organisation’s median"),
    said_half=Message("the middle half of its services"),
)
PEERS: Final = Naming(OWN, Message("Peers’ median"), Message("peers"))


@dataclass(frozen=True, slots=True)
class BesidePeers:
    """``group`` names the peers as a sentence does; ``services`` are counted down to fives. ``cells``: what was
    published of them, by principle, in the peer group ``id``.
    """

    picture: Picture
    id: str
    cells: Mapping[str, PeerCell | None]
    group: str
    services: int
    as_of: date
    has_middle_half: bool


def small_radar(released: Released, figures: Figures, centre: Mapping[str, Peers]) -> list[Spoke]:
    return [Spoke(p.name, figures[p.id], beside(centre[p.id])) for p in released.definition.principles]


def radar_of(released: Released, figures: Figures, centre: Mapping[str, Peers]) -> Picture:
    spokes = small_radar(released, figures, centre)
    return radar(spokes, released.definition.scale, naming=ORGANISATION, translate=say)


def ranges_of(released: Released, figures: Figures, centre: Mapping[str, Peers]) -> Picture | None:
    """The department on the scale, over the middle half of its organisation's services; None while none is shown."""
    if not any(isinstance(peers.lower, Shown) for peers in centre.values()):
        return None
    spokes = [Spoke(p.name, figures[p.id], centre[p.id]) for p in released.definition.principles]
    return ranges(spokes, released.definition.scale, naming=ORGANISATION, translate=say)


def beside_peers(released: Released, standings: Sequence[Standing], figures: Figures) -> BesidePeers | None:
    """The department over the middle half of its peers; None where the newest comparison has nothing of them."""
    wanted = groups_for(released, standings)
    as_of, cells = peers_of(released, wanted)
    group = next((one for one in wanted if _is_shown(released, cells, one)), None)
    if group is None or as_of is None:
        return None
    found = {p.id: cells.get((group, p.id)) for p in released.definition.principles}
    spokes = [Spoke(p.name, figures[p.id], _peers(found[p.id])) for p in released.definition.principles]
    picture = ranges(spokes, released.definition.scale, naming=PEERS, translate=say)
    most = max(cell.services for cell in found.values() if cell and cell.peers)
    has_half = any(spoke.peers and isinstance(spoke.peers.lower, Shown) for spoke in spokes)
    return BesidePeers(picture, group, found, group_words(group), most, as_of, has_half)


def groups_for(released: Released, standings: Sequence[Standing]) -> tuple[str, ...]:
    """The peer groups most like the department, nearest first: the sector of at least half of its services, the kind
    of its organisation, then everybody.
    """
    sectors = Counter(standing.service.sector for standing in standings)
    most = sorted(sectors, key=lambda sector: (-sectors[sector], sector))[:1]
    own = [f"sector:{sector}" for sector in most if 2 * sectors[sector] >= len(standings)]
    return (*own, f"kind:{released.organisation.kind}", NETWORK)


def group_words(group: str) -> str:
    dimension, _colon, value = group.partition(":")
    known = dimensions()
    if dimension == "sector":
        return _("services in %(sector)s across the network", sector=_name(known.sector_by_id.get(value), value))
    if dimension == "kind":
        name = _name(known.kind_by_id.get(value), value)
        return _("services of organisations of the same kind (%(kind)s)", kind=name)
    return _("all services in the network")


def _name(found: object, id: str) -> str:
    return str(getattr(found, "name", id))


def _is_shown(released: Released, cells: PeerCells, group: str) -> bool:
    found = [_peers(cells.get((group, p.id))) for p in released.definition.principles]
    return any(peers and isinstance(peers.median, Shown) for peers in found)


def _peers(cell: PeerCell | None) -> Peers | None:
    """What was published of the peers, or why it was not."""
    if cell is None or cell.peers or cell.reason is None:
        return cell.peers if cell else None
    hidden = Hidden(cell.reason)
    return Peers(hidden, hidden, hidden)
