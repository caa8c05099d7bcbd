"""What the groups of services are called, in a file that stands alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _

from assessment.pages.definitions import dimensions
from assessment.questionnaire.dimensions import Option


def group_kind(group: str) -> str:
    return group.partition(":")[0]


def group_name(group: str) -> str:
    """The name of a group such as ``sector-nation:housing:wales``; an id that is in no list stands for itself."""
    kind, *values = group.split(":")
    if kind == "network":
        return _("The whole network")
    if kind == "matched-then":
        return _("Services counted in %(year)s as well: what they said then", year=values[0])
    if kind == "matched-now":
        return _("Services counted in %(year)s as well: what they say now", year=values[0])
    return ", ".join(_name(list_of, value) for list_of, value in zip(kind.split("-"), values, strict=True))


def _name(list_of: str, value: str) -> str:
    known = dimensions()
    lists: Mapping[str, Sequence[Option]] = {
        "sector": known.sectors,
        "kind": known.kinds,
        "nation": known.nations,
        "region": known.regions,
        "size": known.sizes,
    }
    return next((one.name for one in lists[list_of] if one.id == value), value)
