"""Signing in by a link that is sent to one's address, or going on from here to another way."""

from __future__ import annotations

from datetime import datetime
from math import ceil
from typing import Any

from flask import current_app, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from govuk_frontend_wtf.wtforms_widgets import GovTextInput
from wtforms import Field, StringField
from wtforms.validators import DataRequired, ValidationError

from assessment.pages.access import this_member
from assessment.pages.account.begin import (
    hold_sign_in,
    next_page,
    own_page,
    remember_next,
    this_browser,
)
from assessment.pages.account.blueprint import blueprint
from assessment.pages.clock import now
from assessment.pages.setup_forms import KeptForm, one_line
from assessment.pages.stale import is_stale, stale_message
from assessment.pages.watch import note_event
from assessment.store.addresses import email_key, is_address
from assessment.store.db import reading
from assessment.store.queries.providers import ProviderOf, providers_for
from assessment.store.queries.sign_ins import whose_link
from assessment.store.seal import Seal
from assessment.store.secrets import SECRET, hash_of
from assessment.workflows.rates import TooOften, count_sign_in_request
from assessment.workflows.sign_in import ask_for_link, sign_in_by_link


class AddressForm(KeptForm):
    """The one field of signing in."""

    email = StringField(
        _l("Your e-mail address"),
        widget=GovTextInput(),
        filters=[one_line],
        validators=[DataRequired(_l("Enter your e-mail address."))],
    )

    def validate_email(self, field: Field) -> None:
        if field.data and not is_address(field.data):
            raise ValidationError(_("Enter an e-mail address, like name@example.org."))


@blueprint.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """Ask for a link by e-mail. What is said back is the same whether or not the address is known."""
    form, goal = AddressForm(), own_page(request.values.get("next", ""))
    if request.method != "POST" and this_member() and "again" not in request.args:
        return redirect(goal or url_for("account.home"))
    if not form.validate_on_submit():
        return sign_in_page(form, goal)
    return ask(form.email.data.strip(), goal)


def ask(address: str, goal: str) -> ResponseReturnValue:
    moment = now()
    try:
        count_sign_in_request(email_key(address), request.remote_addr or "", current_app.config["SEAL"], moment)
    except TooOften as too_often:
        return too_many(too_often.again_at, moment)
    ask_for_link(address, moment)
    remember_next(goal)
    return render_template("account/sent.html", address=address, providers=_providers(address))


def _providers(address: str) -> tuple[ProviderOf, ...]:
    """The organisations that sign in people with this kind of address; told by the domain, not by the person."""
    with reading() as store:
        return providers_for(store, email_key(address).rpartition("@")[2])


def too_many(again_at: datetime, moment: datetime) -> ResponseReturnValue:
    note_event("refused: too often")
    seconds = max(ceil((again_at - moment).total_seconds()), 1)
    page = render_template("account/too_many.html", minutes=ceil(seconds / 60))
    return page, 429, {"Retry-After": str(seconds)}


def sign_in_page(form: AddressForm | None = None, goal: str = "", **more: Any) -> str:
    return render_template(
        "account/sign_in.html",
        form=form or AddressForm(formdata=None),
        goal=goal,
        stale=stale_message() if is_stale() else "",
        **{"ended": False, **more},
    )


@blueprint.route("/sign-in/<secret>", methods=["GET", "POST"])
def use_link(secret: str) -> ResponseReturnValue:
    """Mail programs open links before people do, so only the button's POST uses one."""
    if request.method != "POST" or is_stale():
        return _ask_to_continue(secret)
    becoming = _becoming(secret)
    if not SECRET.match(secret) or not sign_in_by_link(secret, becoming, this_browser(), now()):
        return _over()
    hold_sign_in(becoming, "link")
    return redirect(next_page())


def _becoming(secret: str) -> str:
    """The secret of the sign-in that this link makes at this browser; nobody can know it before the link is used."""
    seal: Seal = current_app.config["SEAL"]
    return seal.secret("sign-in", f"{secret}:{session.get('csrf_token', '')}")


def _ask_to_continue(secret: str) -> ResponseReturnValue:
    with reading() as store:
        address = whose_link(store, hash_of(secret), now()) if SECRET.match(secret) else None
    return render_template("account/continue.html", address=address) if address else _over()


def _over() -> ResponseReturnValue:
    """The same for a link that was used, is over, or never was one."""
    note_event("refused: sign-in link")
    return render_template("account/link_over.html", form=AddressForm(formdata=None)), 410
