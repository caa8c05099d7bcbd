"""What came of it: the page that everyone who was asked can open, on the day they were promised."""

from __future__ import annotations

from uuid import UUID

from flask.typing import ResponseReturnValue

from assessment.pages.alone.blueprint import OF_ROUND, blueprint, page
from assessment.pages.clock import today
from assessment.pages.ways import this_alone
from assessment.store.alone import Reply
from assessment.store.db import reading
from assessment.store.queries.alone import reply_of


@blueprint.get(f"{OF_ROUND}/heard")
def heard(round_id: UUID) -> ResponseReturnValue:
    """The reply once it is published; before the day when it is due, and after it if nothing was said, that."""
    with reading() as session:
        reply = reply_of(session, round_id)
    published = reply if reply and reply.published_on else None
    return page("heard", reply=published, parts=_parts(published), late=today() > this_alone().hear_by)


def _parts(reply: Reply | None) -> dict[str, list[str]]:
    """Each part as its lines: a service writes one thing a line."""
    if reply is None:
        return {}
    texts = {"well": reply.well, "to_work_on": reply.to_work_on, "will_do": reply.will_do, "by_when": reply.by_when}
    return {name: [line.strip() for line in text.splitlines() if line.strip()] for name, text in texts.items()}
