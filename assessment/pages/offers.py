"""The link in an offer's message: who offers what, and accepting it."""

from __future__ import annotations

from uuid import UUID

from flask import abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from assessment.pages.access import this_member
from assessment.pages.clock import now
from assessment.pages.roles import ROLE_WORDS
from assessment.pages.stale import is_stale
from assessment.store.addresses import email_key
from assessment.store.db import reading
from assessment.store.queries.roles import Offered, offered
from assessment.store.secrets import new_secret
from assessment.workflows.offers import Arrival, OfferEnded, accept_offer, ended


def open_offer(offer_id: UUID) -> ResponseReturnValue:
    """Say who offers what; the button's POST accepts it and signs the reader in: the message proves the address."""
    with reading() as store:
        found = offered(store, offer_id)
    if found is None:
        abort(404)
    why = ended(found.state, found.ends_on < now().date())
    if why:
        return _ended(found, why)
    if request.method != "POST" or is_stale():
        return _page(found)
    secret = new_secret()
    try:
        accept_offer(offer_id, Arrival(secret, request.user_agent.string), now())
    except OfferEnded as fault:
        return _ended(found, fault.why)
    session["sign_in"] = secret
    return redirect(first_page(found))


def _page(found: Offered) -> ResponseReturnValue:
    member = this_member()
    other = member.email if member and email_key(member.email) != found.email_key else ""
    return render_template("people/offer.html", offer=found, words=ROLE_WORDS[found.role], other=other)


def _ended(found: Offered, why: str) -> ResponseReturnValue:
    """A second press of the button finds the offer accepted, and its own browser signed in: it goes on."""
    member = this_member()
    if why == "accepted" and member and email_key(member.email) == found.email_key and request.method == "POST":
        return redirect(first_page(found))
    return render_template("people/offer_ended.html", offer=found, why=why, sign_in=url_for("account.sign_in")), 410


def first_page(found: Offered) -> str:
    """Where somebody who has just accepted begins."""
    return url_for("account.home")
