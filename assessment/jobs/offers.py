"""The message that offers a role: its link is made when it is written, and only the hash is kept."""

from __future__ import annotations

from functools import partial

from flask import render_template
from flask_babel import gettext as _

from assessment.jobs.context import Context
from assessment.jobs.letter import Letter
from assessment.jobs.message import Message
from assessment.store.queries.outbox import Leased
from assessment.store.queries.roles import Offered
from assessment.workflows.offer_letters import make_offer_link, note_offer_sent


def write_offer(job: Leased, context: Context) -> Letter | None:
    """The letter of an offer that still stands. A second try makes a second link; either may be used."""
    made = make_offer_link(job.of, context.now.date())
    if made is None:
        return None
    found, secret = made
    return Letter(
        _message(found, context.address("links.open", secret=secret)),
        when_sent=partial(note_offer_sent, offer_id=found.id, state="sent"),
        when_refused=partial(note_offer_sent, offer_id=found.id, state="bounced"),
    )


def _message(found: Offered, address: str) -> Message:
    text = render_template("mail/offer.txt", offer=found, address=address)
    return Message(found.email, _("You are offered a role on Same table"), text)
