"""The letters to people who are asked: the invitation, a reminder, and what came of it."""

from __future__ import annotations

from functools import partial

from flask import render_template
from flask_babel import gettext as _

from assessment.jobs.context import Context
from assessment.jobs.letter import Letter
from assessment.jobs.message import Message
from assessment.store.queries.invitations import Addressed, note_state
from assessment.store.queries.outbox import Leased
from assessment.workflows.apart.inviting import passes_over_answered, says_reply, whom_to_remind
from assessment.workflows.apart.letters import prepare, take_link_back


def write_invite(job: Leased, context: Context) -> Letter | None:
    """The one message whose way the list shows: that it was sent, or came back."""
    ready = prepare(job.of, "invite", context.now.date(), context.seal, only_left=False)
    if ready is None:
        return None
    subject = _("Your views on %(service)s", service=ready[0].service_name)
    return Letter(
        _message("mail/invite.txt", subject, ready, context),
        when_sent=partial(note_state, invitation_id=job.of, state="sent"),
        when_refused=partial(note_state, invitation_id=job.of, state="bounced"),
    )


def write_remind(job: Leased, context: Context) -> Letter | None:
    only_left, whom = passes_over_answered(job.key), whom_to_remind(job.key, context.seal)
    ready = prepare(whom, "remind", context.now.date(), context.seal, only_left) if whom else None
    if ready is None:
        return None
    subject = _("There is still time: your views on %(service)s", service=ready[0].service_name)
    return Letter(
        _message("mail/remind.txt", subject, ready, context, everybody=not only_left),
        # Only whoever has not answered is written to again and again: their links must not be more for it.
        when_put_off=partial(take_link_back, secret=ready[1]),
    )


def write_hear(job: Leased, context: Context) -> Letter | None:
    ready = prepare(job.of, "hear", context.now.date(), context.seal, only_left=False)
    if ready is None:
        return None
    subject = _("What came of it: %(service)s", service=ready[0].service_name)
    return Letter(_message("mail/hear.txt", subject, ready, context, replied=says_reply(job.key)))


def _message(template: str, subject: str, ready: tuple[Addressed, str], context: Context, **more: bool) -> Message:
    found, secret = ready
    address, stop = (context.address(page, secret=secret) for page in ("links.open", "alone.stop"))
    text = render_template(template, asked=found, address=address, stop=stop, **more)
    return Message(found.email, subject, text, stop=stop)
