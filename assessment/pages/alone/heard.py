"""What came of it: the page that everyone who was asked can open, on the day they were promised."""

from __future__ import annotations

from uuid import UUID

from flask.typing import ResponseReturnValue

from assessment.pages.alone.blueprint import OF_ROUND, blueprint, page
from assessment.pages.clock import today
from assessment.pages.ways import this_alone
from assessment.store.db import reading
from assessment.store.queries.replies import Said, reply_of


@blueprint.get(f"{OF_ROUND}/heard")
def heard(round_id: UUID) -> ResponseReturnValue:
    """The reply once it is published; before the day when it is due, and after it if nothing was said, that."""
    with reading() as session:
        reply = reply_of(session, round_id)
    published = reply if reply.published_on else None
    parts = _parts(reply) if published else {}
    return page("heard", reply=published, parts=parts, late=today() > this_alone().hear_by)


def _parts(reply: Said) -> dict[str, list[str]]:
    """Each part as its lines: a service writes one thing a line."""
    return {name: [line.strip() for line in text.splitlines() if line.strip()] for name, text in reply.texts.items()}
