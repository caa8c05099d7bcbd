"""The pictures of the field as files: the whole network, the groups of one kind, how services spread, the years."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from flask import abort
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from assessment.charts.picture import Picture
from assessment.charts.standalone import Frame, Key
from assessment.pages.field.blueprint import blueprint
from assessment.pages.field.overview import network_picture
from assessment.pages.field.principle import WHOLE, chosen_of, groups_picture, spread, whole_of
from assessment.pages.field.sight import Sight, look
from assessment.pages.field.years import key_of, trends_of
from assessment.pages.headers import public
from assessment.pages.picture_files import picture_file
from assessment.pages.words import day, say
from assessment.questionnaire.definition import Principle
from assessment.questionnaire.message import Message
from assessment.store.db import Session, reading
from assessment.store.queries.field_view import by_year
from assessment.store.records import FieldCell

GROUPS: Final[Key] = (("middle", Message("Middle half of services, and median")),)
SPREAD: Final[Key] = (
    ("b1", Message("Services with such a score, counted down to fives")),
    ("median", Message("Median")),
)
Made = tuple[Picture, str, Key, Sequence[str]]


@blueprint.get("/pictures/<picture>.svg")
@public
def picture(picture: str) -> ResponseReturnValue:
    with reading() as session:
        _snapshot, sight = look(session)
        made = DRAWN[picture](session, sight) if sight and picture in DRAWN else None
    if sight is None or made is None:
        abort(404)
    drawn, title, key, notes = made
    published = _("The field, published for %(day)s.", day=day(sight.snapshot.as_of))
    return picture_file(drawn, Frame(title, key, [published, *notes]), f"field-{picture}-{sight.snapshot.as_of}")


def _overview(_session: Session, sight: Sight) -> Made | None:
    return _of_groups(sight, network_picture(sight))


def _groups(session: Session, sight: Sight) -> Made | None:
    return _of_groups(sight, groups_picture(sight, chosen_of(session, sight)))


def _of_groups(sight: Sight, drawn: Picture | None) -> Made | None:
    return (drawn, say(drawn.headline), GROUPS, [sight.base]) if drawn else None


def _spread(session: Session, sight: Sight) -> Made | None:
    """How the services of the whole network spread."""
    chosen = chosen_of(session, sight)
    whole = whole_of(sight, chosen.principle)
    return _histogram(sight, chosen.principle, say(WHOLE), whole) if whole else None


def _group_spread(session: Session, sight: Sight) -> Made | None:
    """How the services of the chosen group spread."""
    chosen = chosen_of(session, sight)
    return _histogram(sight, chosen.principle, *chosen.group) if chosen.group else None


def _histogram(sight: Sight, principle: Principle, name: str, cell: FieldCell) -> Made | None:
    found = spread(sight, principle, name, cell)
    title = _("How services spread: %(name)s", name=say(found.picture.headline))
    return (found.picture, title, SPREAD, [sight.base, *found.notes]) if found.has_bars else None


def _years(session: Session, sight: Sight) -> Made | None:
    found = trends_of(sight, by_year(session, sight.like()))
    if found is None:
        return None
    return found.picture, say(found.picture.headline), key_of(found), [sight.base_by_year]


DRAWN: Final[Mapping[str, Callable[[Session, Sight], Made | None]]] = {
    "overview": _overview,
    "groups": _groups,
    "spread": _spread,
    "group-spread": _group_spread,
    "years": _years,
}
