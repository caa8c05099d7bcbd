"""Taking out what has been kept for long enough. Each is safe to do twice; each takes its moment as an argument."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Delete, Select, and_, delete, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from assessment.store.models import (
    Audit,
    Claim,
    Draft,
    Invitation,
    Link,
    Offer,
    Rate,
    Release,
    Round,
    SignIn,
    SignInLink,
    SignInRequest,
    StoredResponse,
)
from assessment.store.records import SHARED_LINKS

OVER: Final = ("closed", "released", "cancelled")


def forget_sign_in_links(session: Session, before: datetime) -> None:
    _run(session, delete(SignInRequest).where(SignInRequest.asked_at < before))
    _run(session, delete(SignInLink).where(SignInLink.ends_at < before))


def forget_sign_ins(session: Session, began_before: datetime) -> None:
    _run(session, delete(SignIn).where(SignIn.began_at < began_before))


def forget_rates(session: Session, ended_before: datetime) -> None:
    _run(session, delete(Rate).where(Rate.ends_at < ended_before))


def forget_offers(session: Session, ended_before: date) -> None:
    old = Offer.ends_on < ended_before
    _run(session, delete(Link).where(Link.purpose == "offer", Link.of.in_(select(Offer.id).where(old))))
    _run(session, delete(Offer).where(old))


def forget_claims(session: Session, decided_before: date, made_before: date) -> None:
    """Those that were decided, and those that nobody ever decided."""
    _run(session, delete(Claim).where(or_(Claim.decided_on < decided_before, Claim.made_on < made_before)))


def forget_deeds(session: Session, before: datetime) -> None:
    """The database's own triggers keep what is younger than six years, whatever is asked here."""
    _run(session, delete(Audit).where(Audit.at < before))


def forget_unsent(session: Session) -> None:
    """What was being filled in alone when its round ended; closing does it too, at once."""
    over = select(Round.id).where(Round.mode == "apart", Round.state.in_(OVER))
    _run(session, delete(Draft).where(Draft.voice != "together", Draft.round_id.in_(over)))


def rounds_long_heard(session: Session, hear_before: date) -> Sequence[UUID]:
    """Rounds whose people were to hear before that day, and of whom something is still here."""
    invited = exists().where(Invitation.round_id == Round.id)
    linked = exists().where(Link.of == Round.id, Link.purpose.in_(SHARED_LINKS))
    return _ids(
        session,
        select(Round.id).where(Round.state.in_(OVER), Round.hear_by < hear_before, or_(invited, linked)),
    )


def forget_asked(session: Session, round_id: UUID) -> None:
    """Whom a round asked, and every link by which they could come back to it."""
    invited = select(Invitation.id).where(Invitation.round_id == round_id)
    _run(session, delete(Link).where(Link.purpose == "invitation", Link.of.in_(invited)))
    _run(session, delete(Link).where(Link.purpose.in_(SHARED_LINKS), Link.of == round_id))
    _run(session, delete(Invitation).where(Invitation.round_id == round_id))


def rounds_long_released(session: Session, before: date) -> Sequence[UUID]:
    """Rounds held apart that were released, or ended without a release, before that day; with answers still here."""
    released = select(func.max(Release.released_on)).where(Release.round_id == Round.id).scalar_subquery()
    held = exists().where(StoredResponse.round_id == Round.id)
    long_ago = func.coalesce(released, Round.closes_on) < before
    return _ids(session, select(Round.id).where(Round.mode == "apart", Round.state.in_(OVER), long_ago, held))


def rounds_never_sent(session: Session, opened_before: date) -> Sequence[UUID]:
    """Rounds held together that began before that day, were never sent, and that no other round refers to."""
    later = aliased(Round)
    alone = ~exists().where(later.previous_id == Round.id) & ~exists().where(Release.round_id == Round.id)
    unsent = and_(Round.mode == "together", Round.state == "open", Round.opened_on < opened_before)
    return _ids(session, select(Round.id).where(unsent, alone))


def forget_round(session: Session, round_id: UUID) -> None:
    """A round with its draft and its links."""
    _run(session, delete(Link).where(Link.of == round_id))
    _run(session, delete(Round).where(Round.id == round_id))


def _ids(session: Session, query: Select[Any]) -> Sequence[UUID]:
    return session.scalars(query.order_by(Round.id)).all()


def _run(session: Session, statement: Delete) -> None:
    session.execute(statement.execution_options(synchronize_session=False))
