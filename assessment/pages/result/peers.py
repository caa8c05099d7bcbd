"""Which peer groups a result can be seen beside, and which of them is chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from assessment.disclosure.shown import Peers, Shown
from assessment.pages.definitions import dimensions
from assessment.pages.result.profile import Basis
from assessment.questionnaire.definition import Form
from assessment.questionnaire.message import Message
from assessment.store.records import PeerCell, Release

Cells = Mapping[tuple[str, str, str], PeerCell]  # (basis, peer group, principle)


@dataclass(frozen=True, slots=True)
class PeerOption:
    """One peer group of the chooser. ``said`` is its name inside a sentence: "Beside social care services, …"."""

    cell: str
    basis: Basis
    name: str
    said: str
    services: int
    organisations: int
    reason: Message | None
    has_middle_half: bool

    @property
    def offered(self) -> bool:
        return self.reason is None


def cells_for(release: Release) -> tuple[str, ...]:
    """The peer groups that a release is a member of, nearest first."""
    return (
        f"sector:{release.sector}",
        f"sector-nation:{release.sector}:{release.nation}",
        f"kind:{release.kind}",
        f"region:{release.region}",
        f"nation:{release.nation}",
        f"size:{release.size}",
        "network",
    )


def options(groups: Sequence[str], form: Form, cells: Cells, principles: Sequence[str]) -> tuple[PeerOption, ...]:
    """Every group considered, on all statements where that is published and asked, else on the shared ones."""
    found = (_option(group, form, cells, principles) for group in groups)
    return tuple(option for option in found if option)


def chosen_option(offered: Sequence[PeerOption], wanted: str) -> PeerOption | None:
    """The group asked for, else the nearest with a middle half (on all statements first), else the nearest."""
    open_ones = [option for option in offered if option.offered]
    asked_for = (option for option in open_ones if option.cell == wanted)
    halves = [option for option in open_ones if option.has_middle_half]
    whole = (option for option in halves if option.basis == "full")
    return next(asked_for, None) or next(whole, None) or next(iter(halves or open_ones), None)


def peers_of(option: PeerOption | None, cells: Cells, principle: str) -> Peers | None:
    """What the chosen group's published cell says of one principle."""
    found = cells.get((option.basis, option.cell, principle)) if option else None
    return found.peers if found else None


def has_middle_half(peers: Peers | None) -> bool:
    return peers is not None and isinstance(peers.lower, Shown) and isinstance(peers.upper, Shown)


def _option(cell: str, form: Form, cells: Cells, principles: Sequence[str]) -> PeerOption | None:
    bases: tuple[Basis, ...] = ("full", "shared") if form == "full" else ("shared",)
    found = [(basis, one) for basis in bases for p in principles if (one := cells.get((basis, cell, p)))]
    if not found:
        return None
    # The fullest figures win, and of equals all statements before the shared ones.
    basis, best = max(found, key=lambda pair: (pair[1].reason is None, has_middle_half(pair[1].peers)))
    name, said = _names(cell)
    half = has_middle_half(best.peers)
    return PeerOption(cell, basis, name, said, best.services, best.organisations, best.reason, half)


def _names(cell: str) -> tuple[str, str]:
    """A group's name alone, and as it is said inside a sentence."""
    dimension, *values = cell.split(":")
    known = dimensions()
    if dimension == "network":
        return _("The whole network"), _("all services in the network")
    if dimension == "sector-nation":
        sector, nation = known.sector_by_id.get(values[0]), known.nation_by_id.get(values[1])
        pair = {"sector": sector.name if sector else values[0], "nation": nation.name if nation else values[1]}
        return _("%(sector)s in %(nation)s", **pair), _("services in %(sector)s in %(nation)s", **pair)
    by_id = {
        "sector": known.sector_by_id,
        "kind": known.kind_by_id,
        "region": known.region_by_id,
        "nation": known.nation_by_id,
        "size": known.size_by_id,
    }[dimension]
    option = by_id.get(values[0])
    name = option.name if option else values[0]
    return _group_name(dimension, name), _said(dimension, name)


def _group_name(dimension: str, name: str) -> str:
    if dimension == "kind":
        return _("Kind of organisation: %(name)s", name=name)
    return _("Size of organisation: %(name)s", name=name) if dimension == "size" else name


def _said(dimension: str, name: str) -> str:
    if dimension == "kind":
        return _("services of organisations of the same kind (%(name)s)", name=name)
    if dimension == "size":
        return _("services of organisations of the same size (%(name)s)", name=name)
    return _("services in %(name)s", name=name)
