"""The letter with a link to sign in."""

from __future__ import annotations

from datetime import timedelta

from flask import render_template
from flask_babel import gettext as _

from assessment.jobs.context import Context
from assessment.jobs.letter import Letter
from assessment.jobs.message import Message
from assessment.store.queries.outbox import Leased
from assessment.workflows.sign_in import LINK_LASTS, make_link


def write_sign_in(job: Leased, context: Context) -> Letter | None:
    """The link is made as the letter is written, so that its time runs from then. A second try makes a second link."""
    link = make_link(job.of, context.now)
    if link is None:
        return None
    address = context.address("account.use_link", secret=link.secret)
    text = render_template("mail/sign_in.txt", address=address, minutes=LINK_LASTS // timedelta(minutes=1))
    return Letter(Message(link.email, _("Your link to sign in to Same table"), text))
