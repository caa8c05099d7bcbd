"""What is kept for how long, and why: one table, shown to everybody and enforced once a day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from assessment.questionnaire.message import Message
from assessment.store.db import Session, reading, transaction
from assessment.store.queries import retention as old
from assessment.store.queries.closing import forget_responses
from assessment.store.queries.outbox_view import forget_done_jobs

DAY: Final = timedelta(days=1)
SIGN_IN: Final = 8 * DAY
"""A day longer than the longest that a sign-in may last by its setting."""
MONTH: Final = 30 * DAY
YEAR: Final = 365 * DAY
TWO_YEARS: Final = 2 * YEAR
SIX_YEARS: Final = timedelta(days=6 * 365 + 2)

Forget = Callable[[datetime], None]


@dataclass(frozen=True, slots=True)
class Kept:
    """One kind of data; ``forget`` takes out what is older. Without it, people decide when it goes."""

    what: Message
    how_long: Message
    sees: Message
    why: Message
    forget: Forget | None = None


def _at_once(forget: Callable[[Session, datetime], None]) -> Forget:
    """Taken out in one transaction: there is never much of it."""

    def run(now: datetime) -> None:
        with transaction() as session:
            forget(session, now)

    return run


def _round_by_round(
    find: Callable[[Session, date], Sequence[UUID]],
    period: timedelta,
    forget: Callable[[Session, UUID], None],
    answers: bool = False,
) -> Forget:
    """Taken out in a transaction a round, so that nobody who is answering has to wait for it."""

    def run(now: datetime) -> None:
        with reading(answers=answers) as session:
            found = find(session, now.date() - period)
        for round_id in found:
            with transaction(answers=answers) as session:
                forget(session, round_id)

    return run


NOBODY: Final = Message("Nobody")
TOGETHER_LINKS: Final = Message("Those who have the round’s private links, and those who lead the service")
KEPT: Final[tuple[Kept, ...]] = (
    Kept(
        Message("What a team agreed when it answered together, and its notes"),
        Message("As long as the service takes part"),
        TOGETHER_LINKS,
        Message("It is the service’s own record, to compare with its next one."),
    ),
    Kept(
        Message("Answers of a team that were never sent"),
        Message("24 months after the team began"),
        TOGETHER_LINKS,
        Message("A team may come back after a long pause."),
        _round_by_round(old.rounds_never_sent, TWO_YEARS, old.forget_round),
    ),
    Kept(
        Message("Answers and words of people who answered alone"),
        Message("24 months after the results came out"),
        Message(
            "Nobody sees one person’s answers. The service may read what people wrote, "
            "but only if 10 or more answered, and never words marked “Do not show my words”."
        ),
        Message("So that results can be checked until the next round."),
        _round_by_round(old.rounds_long_released, TWO_YEARS, forget_responses, answers=True),
    ),
    Kept(
        Message("Answers of people who answer alone, not sent yet"),
        Message("Until the round closes"),
        Message("Only the person who is answering"),
        Message("So that they can stop, and go on later."),
        _at_once(lambda session, _now: old.forget_unsent(session)),
    ),
    Kept(
        Message("E-mail addresses of people who were asked to answer, and their links"),
        Message("30 days after the date by which they are to hear what came of it"),
        Message("Those who run the round for the service"),
        Message("The same link opens what came of it."),
        _round_by_round(old.rounds_long_heard, MONTH, old.forget_asked),
    ),
    Kept(
        Message("E-mail addresses that want no more messages"),
        Message("Until you ask us to write again"),
        Message("Nobody. They are kept in a form that cannot be read."),
        Message("So that we do as you asked."),
    ),
    Kept(
        Message("Published results, and figures of groups"),
        Message("For good"),
        Message("As it says above"),
        Message("Figures that others have read must not change afterwards."),
    ),
    Kept(
        Message("Accounts of those who run things: name, e-mail address, roles and passkeys"),
        Message("Until the account is erased"),
        Message("The person, those who lead the same service or organisation, and the network’s admins"),
        Message("So that the right people can sign in."),
    ),
    Kept(
        Message("When and where somebody is signed in"),
        Message("8 days at most"),
        Message("Only that person"),
        Message("So that they can see it, and sign out everywhere."),
        _at_once(lambda session, now: old.forget_sign_ins(session, now - SIGN_IN)),
    ),
    Kept(
        Message("Requests for a link to sign in"),
        Message("1 day"),
        NOBODY,
        Message("A link signs in once, for 15 minutes."),
        _at_once(lambda session, now: old.forget_sign_in_links(session, now - DAY)),
    ),
    Kept(
        Message("Counts of how often something was tried, without a name"),
        Message("1 day"),
        NOBODY,
        Message("To slow down whoever tries many keys or addresses."),
        _at_once(lambda session, now: old.forget_rates(session, now - DAY)),
    ),
    Kept(
        Message("E-mail addresses of people who were offered a role"),
        Message("30 days after the offer ends"),
        Message("Those who lead the service or organisation"),
        Message("So that an offer can be found and made again."),
        _at_once(lambda session, now: old.forget_offers(session, now.date() - MONTH)),
    ),
    Kept(
        Message("E-mail addresses given to ask that a service be confirmed"),
        Message("30 days after the answer; without an answer, 12 months"),
        Message("Those who lead the organisation"),
        Message("So that the organisation can ask back."),
        _at_once(lambda session, now: old.forget_claims(session, now.date() - MONTH, now.date() - YEAR)),
    ),
    Kept(
        Message("Who did what, of those who run things. Never what somebody answered"),
        Message("6 years"),
        Message("Those who lead the organisation, and the network’s admins"),
        Message("A decision can be questioned in law for six years."),
        _at_once(lambda session, now: old.forget_deeds(session, now - SIX_YEARS)),
    ),
    Kept(
        Message("The list of messages that were sent, without addresses and words"),
        Message("30 days, or until the round’s people have heard"),
        NOBODY,
        Message("So that nothing is sent twice."),
        _at_once(lambda session, now: forget_done_jobs(session, now - MONTH, now.date())),
    ),
)
