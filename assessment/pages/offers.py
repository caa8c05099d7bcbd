"""The link in an offer's message: who offers what, and accepting it."""

from __future__ import annotations

from uuid import UUID

from flask import abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from assessment.pages.access import this_member
from assessment.pages.account.begin import hold_sign_in, this_browser
from assessment.pages.clock import now
from assessment.pages.roles import ROLE_WORDS
from assessment.pages.stale import is_stale
from assessment.store.addresses import email_key
from assessment.store.db import reading
from assessment.store.queries.people import has_account
from assessment.store.queries.roles import Offered, offered
from assessment.workflows.offers import OfferEnded, accept_offer, ended
from assessment.workflows.sign_in import sign_out


def open_offer(offer_id: UUID) -> ResponseReturnValue:
    """Say who offers what; the button's POST accepts it and signs in whoever is new: the message proves the address."""
    with reading() as store:
        found = offered(store, offer_id)
    if found is None:
        abort(404)
    why = ended(found.state, found.ends_on < now().date())
    if why:
        return _ended(found, why)
    if request.method != "POST" or is_stale():
        return _page(found)
    try:
        secret = accept_offer(offer_id, this_browser(), now())
    except OfferEnded as fault:
        return _ended(found, fault.why)
    if secret:
        hold_sign_in(secret, "link")
    elif not _is_theirs(found):
        _sign_out()
    return redirect(first_page(found))


def _is_theirs(found: Offered) -> bool:
    """Whether the person signed in at this browser is the one who was asked."""
    member = this_member()
    return member is not None and email_key(member.email) == found.email_key


def _sign_out() -> None:
    """Somebody else is signed in here, and whoever accepted comes next."""
    if member := this_member():
        sign_out(member, member.sign_in_id)
    session.pop("sign_in", None)


def _page(found: Offered) -> ResponseReturnValue:
    member, is_theirs = this_member(), _is_theirs(found)
    with reading() as store:
        known = has_account(store, found.email_key)
    return render_template(
        "people/offer.html",
        offer=found,
        words=ROLE_WORDS[found.role],
        other=member.email if member and not is_theirs else "",
        is_theirs=is_theirs,
        known=known,
    )


def _ended(found: Offered, why: str) -> ResponseReturnValue:
    """A second press of the button finds the offer accepted, and its own browser signed in: it goes on."""
    if why == "accepted" and _is_theirs(found) and request.method == "POST":
        return redirect(first_page(found))
    return render_template("people/offer_ended.html", offer=found, why=why, sign_in=url_for("account.sign_in")), 410


def first_page(found: Offered) -> str:
    """Where somebody who has just accepted begins."""
    return url_for("account.home")
