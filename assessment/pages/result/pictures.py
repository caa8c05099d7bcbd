"""The pictures of a result as files, beside the same peers as on the page they are taken from."""

from __future__ import annotations

from uuid import UUID

from flask import abort, g
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from assessment.charts.picture import Picture
from assessment.charts.spoke import SERVICE
from assessment.charts.standalone import Frame, Key
from assessment.pages.picture_files import picture_file
from assessment.pages.result.blueprint import blueprint
from assessment.pages.result.seen import Seen, seen
from assessment.pages.result.view import ResultView
from assessment.pages.words import day, say
from assessment.questionnaire.message import Message
from assessment.store.records import Round


@blueprint.get("/pictures/<picture>.svg")
def picture(round_id: UUID, picture: str) -> ResponseReturnValue:
    found: Round = g.round
    if found.state != "released" or picture not in ("radar", "ranges"):
        abort(404)
    all_seen = seen(found)
    drawn, key = _drawn(all_seen.view, picture)
    frame = Frame(say(all_seen.view.drawn), key, _notes(found, all_seen))
    return picture_file(drawn, frame, f"{picture}-{all_seen.release.released_on}")


def _drawn(view: ResultView, picture: str) -> tuple[Picture, Key]:
    if picture == "radar":
        return view.radar, (("us-line", SERVICE.own), *((("peer-line", SERVICE.beside),) if view.chosen else ()))
    target: Key = (("target", Message("Our target")),) if view.profile.has_targets else ()
    middle: Key = (("middle", Message("Peers’ middle half, and median")),) if view.chosen else ()
    return view.ranges, (("us", SERVICE.own), *target, *middle)


def _notes(found: Round, all_seen: Seen) -> list[str]:
    """Whose it is and when, beside whom, and how to read it."""
    asked, option, snapshot = all_seen.definition, all_seen.view.chosen, all_seen.snapshot
    notes = [
        _(
            "Agreed together. %(service)s, %(organisation)s, %(day)s.",
            service=found.service_name,
            organisation=found.organisation_name,
            day=day(all_seen.release.released_on),
        )
    ]
    if option and snapshot:
        notes.append(
            _(
                "Beside %(group)s: %(services)d services or more, of %(organisations)d organisations or more, in the "
                "comparison of %(day)s.",
                group=option.said,
                services=option.services,
                organisations=option.organisations,
                day=day(snapshot.as_of),
            )
        )
    return [
        *notes,
        _("%(title)s %(version)s. For learning, not for ranking.", title=asked.title, version=asked.version),
    ]
