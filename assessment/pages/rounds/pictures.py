"""The pictures of a round held apart as files, beside the same peers as on the page they are taken from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final
from uuid import UUID

from flask import abort, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from assessment.charts.picture import Picture
from assessment.charts.stacked import shade
from assessment.charts.standalone import Frame, Key, Mark
from assessment.pages.picture_files import picture_file
from assessment.pages.rounds.answers import answered
from assessment.pages.rounds.blueprint import blueprint
from assessment.pages.rounds.changes import changes
from assessment.pages.rounds.course import ALONE, course_of
from assessment.pages.rounds.seen import Seen, chosen, found_result, seen
from assessment.pages.rounds.sides import NAMING, OneSide, side_of
from assessment.pages.words import day, say
from assessment.questionnaire.message import Message
from assessment.store.alone import AloneVoice

Made = tuple[Picture, Message, Key]
ANSWERS: Final = "answers"
BESIDE: Final = ("radar", "ranges")
SHADES: Final[tuple[Mark, ...]] = ("b0", "b1", "b2", "b3", "b4")


@blueprint.get("/round/<uuid:round_id>/pictures/<side>/<picture>.svg")
def picture(round_id: UUID, side: str, picture: str) -> ResponseReturnValue:
    found, of = found_result(round_id), side_of(side)
    if found.release is None or found.round.agreed_on is None:
        return redirect(url_for("rounds.results", round_id=round_id))
    all_seen = seen(found, found.release, chosen())
    drawn, title, key = _made(all_seen, of, picture)
    name = f"{picture}-{of}-{all_seen.release.released_on}"
    return picture_file(drawn, Frame(say(title), key, _notes(all_seen, of, picture)), name)


def _made(all_seen: Seen, side: AloneVoice, picture: str) -> Made:
    """404 for a picture of no such name."""
    if make := KINDS.get(picture):
        return make(all_seen, side)
    kind, _, principle = picture.partition("-")
    return _answers(all_seen, side, principle) if kind == ANSWERS else abort(404)


def _radar(all_seen: Seen, side: AloneVoice) -> Made:
    one = _drawn(all_seen, side)
    key: Key = (("us-line", NAMING[side].own), *((("peer-line", NAMING[side].beside),) if one.peers.chosen else ()))
    return one.radar, one.drawn, key


def _ranges(all_seen: Seen, side: AloneVoice) -> Made:
    one = _drawn(all_seen, side)
    target: Key = (("target", Message("Our target")),) if one.has_targets else ()
    middle: Key = (("middle", Message("Peers’ middle half, and median")),) if one.peers.chosen else ()
    key: Key = (("us", NAMING[side].own), ("interval", Message("Likely range")), *target, *middle)
    return one.picture, one.drawn, key


def _changes(all_seen: Seen, side: AloneVoice) -> Made:
    made = changes(side, all_seen.round, all_seen.asked, all_seen.cells, all_seen.earlier) or abort(404)
    return made.picture, made.picture.headline, (("then", Message(made.then)), ("now", Message(made.now)))


def _rounds(all_seen: Seen, side: AloneVoice) -> Made:
    made = course_of(side, all_seen) or abort(404)
    return made, Message("Round by round: {voice}", {"voice": NAMING[side].own}), ALONE


def _answers(all_seen: Seen, side: AloneVoice, principle: str) -> Made:
    """How one side answered the statements of a principle; 404 where none of them may be shown."""
    asked = all_seen.asked
    found = (one for one in answered(side, all_seen.round, asked, all_seen.cells) if one.id == principle)
    one = next(found, None) or abort(404)
    key: Key = [(SHADES[shade(level.value, asked.top)], Message(level.name)) for level in asked.scale]
    title = Message("{principle}: how many chose each level", {"principle": one.name})
    return one.picture, title, key


def _drawn(all_seen: Seen, side: AloneVoice) -> OneSide:
    """404 where this side is hidden, or may be said in words only."""
    one = all_seen.side(side)
    return abort(404) if one.is_hidden or one.is_in_words else one


KINDS: Final[Mapping[str, Callable[[Seen, AloneVoice], Made]]] = {
    "radar": _radar,
    "ranges": _ranges,
    "changes": _changes,
    "rounds": _rounds,
}


def _notes(all_seen: Seen, side: AloneVoice, picture: str) -> list[str]:
    """Whose it is and when, beside whom, and how to read it."""
    of, asked, option = all_seen.round, all_seen.asked, all_seen.peers[side].chosen
    notes = [
        f"{say(NAMING[side].own)}. {of.service_name}, {of.organisation_name}, {day(all_seen.release.released_on)}.",
        _("%(title)s %(version)s. For learning, not for ranking.", title=asked.title, version=asked.version),
    ]
    if option and all_seen.snapshot and picture in BESIDE:
        counts = {"services": option.services, "organisations": option.organisations}
        said = _(
            "Beside %(group)s: %(services)d services or more, of %(organisations)d organisations or more, in the "
            "comparison of %(day)s.",
            group=option.said,
            day=day(all_seen.snapshot.as_of),
            **counts,
        )
        notes.insert(1, said)
    return notes
