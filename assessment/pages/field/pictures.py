"""The pictures of the field as files: the whole network, and the groups of one kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from flask import abort
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from assessment.charts.picture import Picture
from assessment.charts.standalone import Frame, Key
from assessment.pages.field.blueprint import blueprint
from assessment.pages.field.overview import network_picture
from assessment.pages.field.principle import chosen_of, groups_picture
from assessment.pages.field.sight import Sight, look
from assessment.pages.headers import public
from assessment.pages.picture_files import picture_file
from assessment.pages.words import day, say
from assessment.questionnaire.message import Message
from assessment.store.db import Session, reading

KEY: Final[Key] = (("middle", Message("Middle half of services, and median")),)


@blueprint.get("/pictures/<picture>.svg")
@public
def picture(picture: str) -> ResponseReturnValue:
    with reading() as session:
        _snapshot, sight = look(session)
        drawn = DRAWN[picture](session, sight) if sight and picture in DRAWN else None
    if sight is None or drawn is None:
        abort(404)
    published = _("The field, published for %(day)s. %(base)s", day=day(sight.snapshot.as_of), base=sight.base)
    return picture_file(drawn, Frame(say(drawn.headline), KEY, [published]), f"field-{picture}-{sight.snapshot.as_of}")


def _groups(session: Session, sight: Sight) -> Picture | None:
    return groups_picture(sight, chosen_of(session, sight))


DRAWN: Final[Mapping[str, Callable[[Session, Sight], Picture | None]]] = {
    "overview": lambda _session, sight: network_picture(sight),
    "groups": _groups,
}
