"""The ways on at the top of a page for whoever is signed in: the same everywhere, their places first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from flask import Flask, g, request, url_for
from flask_babel import gettext as _

from assessment.pages.access import roles_here, this_member, this_place
from assessment.store.records import Member

# The pages of these blueprints belong to the service of their address, if it names one.
OF_A_SERVICE: Final = frozenset({"service", "rounds", "result", "answer"})


class Way(NamedTuple):
    """A link of the top bar, and whether this page is one of those it stands for."""

    text: str
    href: str
    current: bool = False


def register(app: Flask) -> None:
    app.context_processor(lambda: {"ways_on": ways_on, "is_signed_in": lambda: _somebody() is not None})


def ways_on(own: list[Any]) -> list[Any]:
    """What the top bar offers: to somebody signed in their places, then where they are, then their account.

    ``own``: the ways of the page itself, which are all there is for others.
    """
    member = _somebody()
    if member is None:
        return own
    here = [*_of_the_network(member), *_of_the_place()]
    known = {way.href for way in here}
    return [
        Way(_("Your places"), url_for("account.home"), request.endpoint == "account.home"),
        *here,
        *(one for one in own if one["href"] not in known),
        Way(_("Your account"), url_for("account.you"), request.blueprint == "account" and not _is("account.home")),
    ]


def _somebody() -> Member | None:
    """Who is signed in, where the page may know: one that their role opened, or a link to a round held together.

    Never looked up for a page that is the same for everyone, nor for one on which somebody answers alone.
    """
    return this_member() if "member" in g or g.get("may_know", False) else None


def _of_the_network(member: Member) -> Iterator[Way]:
    if request.blueprint != "network" or "network admin" not in member.roles:
        return
    others = ("network.people", "network.trail")
    yield Way(_("The network"), url_for("network.show"), not _is(*others))
    yield Way(_("People"), url_for("network.people"), _is("network.people"))
    yield Way(_("What was done"), url_for("network.trail"), _is("network.trail"))


def _of_the_place() -> Iterator[Way]:
    """The ways round the organisation and the service of this address, for the roles held there."""
    if "place" not in g or request.blueprint == "network":
        return
    place, roles = this_place(), roles_here()
    at_service = request.blueprint in OF_A_SERVICE and place.service_id is not None
    if "organisation lead" in roles:
        results = url_for("organisation.show", organisation_id=place.organisation_id)
        yield Way(place.organisation_name, results, request.blueprint == "organisation")
    elif "network admin" in roles:
        yield Way(_("The network"), url_for("network.show"))
    if roles & {"organisation lead", "network admin"}:
        manage = url_for("manage.show", organisation_id=place.organisation_id)
        yield Way(_("Manage"), manage, request.blueprint in ("manage", "rounds") and not at_service)
    if at_service:
        yield Way(place.service_name, url_for("service.show", service_id=place.service_id), current=True)


def _is(*endpoints: str) -> bool:
    return request.endpoint in endpoints
