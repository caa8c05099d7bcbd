"""Who holds which role in one place: the page of them, offering a role, and ending one. The same for every place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from assessment.pages.access import this_member
from assessment.pages.clock import now
from assessment.pages.made_once import new_id
from assessment.pages.place_forms import OfferForm
from assessment.pages.roles import ROLE_WORDS
from assessment.pages.setup_forms import choices
from assessment.pages.stale import is_stale, stale_message
from assessment.store.db import reading
from assessment.store.queries.roles import LEADS, Holder, Where, holder, holders_within, offers_within
from assessment.store.records import Member, Role
from assessment.workflows.offers import (
    HeldAlready,
    OfferedAlready,
    Offering,
    TooManyOffers,
    offer_role,
    send_again,
    withdraw_offer,
)
from assessment.workflows.roles import LastLead, hand_over, take_away


@dataclass(frozen=True, slots=True)
class Scope:
    """One place as its pages need it: where it is, what it is called, which roles may be offered in it, and
    whether the visitor may do so (others may only end their own).
    """

    where: Where
    name: str
    roles: tuple[Role, ...]
    blueprint: str
    base: str
    manages: bool = True

    def to(self, endpoint: str, **values: Any) -> str:
        """The address of one of the place's own pages."""
        if self.blueprint == "manage":
            values["organisation_id"] = self.where.organisation_id
        if self.blueprint == "service":
            values["service_id"] = self.where.service_id
        return url_for(f"{self.blueprint}.{endpoint}", **values)


def someone() -> Member:
    """Who is signed in: the access check let nobody else come this far."""
    member = this_member()
    assert member
    return member


def people_page(scope: Scope) -> ResponseReturnValue:
    """The people here, the offers that wait, and a form to offer a role."""
    form = OfferForm()
    named = [(role, name) for role, name in role_names().items() if role in scope.roles]
    form.role.choices = choices(named, _("Choose")) if len(named) > 1 else [SelectChoice(*named[0])]
    id = new_id()
    if form.validate_on_submit() and _offered(scope, form, id):
        return redirect(scope.to("people", done="offered"))
    with reading() as session:
        held, waiting = holders_within(session, scope.where), offers_within(session, scope.where)
    page = render_template(
        "people/people.html",
        scope=scope,
        form=form,
        new_id=id,
        holders=held,
        offers=waiting,
        me=someone().id,
        today=now().date(),
        words=ROLE_WORDS,
        role_names=role_names(),
        done=request.args.get("done", ""),
        stale=stale_message() if is_stale() else "",
    )
    return page, 422 if form.errors else 200


def role_names() -> dict[Role, str]:
    """Every role as it is called at the start of a line."""
    return {role: str(words.name).capitalize() for role, words in ROLE_WORDS.items()}


def _offered(scope: Scope, form: OfferForm, id: UUID) -> bool:
    try:
        offer_role(Offering(id, form.email.data, form.role.data, scope.where), someone().id, now())
    except HeldAlready:
        form.email.errors = [_("The person with this address has this role already.")]
    except OfferedAlready:
        form.email.errors = [_("This role was offered to this address already. You can send that offer again below.")]
    except TooManyOffers:
        form.email.errors = [_("Many offers wait for an answer here. Withdraw some before you make more.")]
    else:
        return True
    return False


def change_offer(scope: Scope, offer_id: UUID) -> ResponseReturnValue:
    """Withdraw an offer, or send it again."""
    again = "again" in request.form
    change = send_again if again else withdraw_offer
    if change(offer_id, scope.where, someone().id, now()):
        return redirect(scope.to("people", done="again" if again else "withdrawn"))
    return redirect(scope.to("people", done="too-late"))


def role_page(scope: Scope, membership_id: UUID) -> ResponseReturnValue:
    """One role of one person: take it away, or, if it is one's own, leave it or hand it over."""
    with reading() as session:
        found = holder(session, scope.where, membership_id)
        if found is None or found.role not in scope.roles:
            abort(404)
        others = _others(holders_within(session, scope.where), found)
    is_own = found.person_id == someone().id
    if not (is_own or scope.manages):
        abort(404)
    problem = "" if request.method != "POST" or is_stale() else _ended(scope, found, others)
    if request.method == "POST" and not problem and not is_stale():
        return redirect(url_for("account.home") if is_own else scope.to("people", done="ended"))
    page = render_template(
        "people/role.html",
        scope=scope,
        holder=found,
        is_own=is_own,
        is_lead=found.role in LEADS,
        others=others,
        words=ROLE_WORDS[found.role],
        problem=problem,
        stale=stale_message() if is_stale() else "",
    )
    return page, 422 if problem else 200


def _others(held: Sequence[Holder], found: Holder) -> list[Holder]:
    """Everyone else with a role here, once each: those to whom this one may be handed over."""
    seen = {one.person_id: one for one in reversed(held) if one.person_id != found.person_id}
    return sorted(seen.values(), key=lambda one: one.called.casefold())


def _ended(scope: Scope, found: Holder, others: Sequence[Holder]) -> str:
    """What stands in the way; empty once it is done."""
    me, chosen = someone().id, request.form.get("to", "")
    if "hand-over" in request.form:
        to = next((one.person_id for one in others if str(one.person_id) == chosen), None)
        done = to is not None and hand_over(found.membership_id, to, scope.where, me, now())
        return "" if done else _("Choose who will take over your role.")
    try:
        take_away(found.membership_id, scope.where, me, now())
    except LastLead:
        return last_lead(scope, found, me)
    return ""


def last_lead(scope: Scope, found: Holder, me: UUID) -> str:
    if found.person_id == me:
        return _(
            "You are the last %(role)s here. Hand the role over, or offer it to somebody and wait until they accept. "
            "Then you can leave.",
            role=ROLE_WORDS[found.role].name,
        )
    return _(
        "%(name)s is the last %(role)s here. Offer the role to somebody else first, and wait until they accept.",
        name=found.called,
        role=ROLE_WORDS[found.role].name,
    )
