"""Passkeys: a device's own key in place of a link by e-mail. They need a script; without one nothing here is missed."""

from __future__ import annotations

import ipaddress
from datetime import timedelta
from typing import Any, Final

from flask import Response, abort, current_app, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import generate_csrf
from webauthn import generate_authentication_options, generate_registration_options, options_to_json
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from assessment.pages.account.begin import begin, next_page, own_page
from assessment.pages.account.blueprint import blueprint
from assessment.pages.account.browsers import family
from assessment.pages.account.home import signed_in_member
from assessment.pages.clock import now
from assessment.pages.watch import note_event
from assessment.store.db import reading
from assessment.store.names import LONGEST, tidy
from assessment.store.queries.accounts import passkeys_of
from assessment.workflows.passkeys import (
    Asked,
    NotGenuine,
    add_passkey,
    name_passkey,
    person_with_passkey,
    remove_passkey,
)
from assessment.workflows.rates import used_before

SITE_NAME: Final = "Same table"
CHALLENGE_LASTS: Final = timedelta(minutes=5)
JUST_NOW: Final = timedelta(minutes=15)


def site() -> str:
    """The name that passkeys of this site are tied to."""
    return request.host.rsplit(":", 1)[0] if not request.host.endswith("]") else request.host


def can_have_passkeys() -> bool:
    """Browsers tie passkeys to a name, never to a bare address such as 127.0.0.1."""
    try:
        ipaddress.ip_address(site().strip("[]"))
    except ValueError:
        return True
    return False


@blueprint.get("/account/passkeys")
def passkeys() -> ResponseReturnValue:
    member = signed_in_member()
    with reading() as store:
        found = passkeys_of(store, member.id)
    return render_template(
        "account/passkeys.html",
        passkeys=found,
        possible=can_have_passkeys(),
        just_signed_in=_just_signed_in(),
        # Whoever was sent here because a page needs a passkey goes on to that page, which sends them here again.
        goal=own_page(session.get("next", "")) or url_for("account.passkeys"),
    )


def _just_signed_in() -> bool:
    """Whoever finds a browser that was left signed in must not add a key of theirs to it, nor take one away."""
    return now() - signed_in_member().began_at <= JUST_NOW


@blueprint.post("/account/passkeys/options")
def new_passkey_options() -> ResponseReturnValue:
    """What the browser has to do to make a passkey."""
    member = signed_in_member()
    if not _just_signed_in():
        return {"problem": _("Sign in again to add a passkey.")}, 403
    with reading() as store:
        known = [PublicKeyCredentialDescriptor(id=base64url_to_bytes(one.id)) for one in passkeys_of(store, member.id)]
    options = generate_registration_options(
        rp_id=site(),
        rp_name=SITE_NAME,
        user_id=member.id.bytes,
        user_name=member.email or member.name,
        user_display_name=member.name or member.email,
        exclude_credentials=known,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.PREFERRED
        ),
    )
    return _asked(options, options.challenge, "add")


@blueprint.post("/account/passkeys/add")
def add() -> ResponseReturnValue:
    """Keep it. Whoever adds one has just shown that they hold it, so that this counts as signing in with it.

    Only somebody who had just signed in was asked for one, and only minutes ago.
    """
    member, said = signed_in_member(), _said()
    name = family(request.user_agent.string) or _("My passkey")
    try:
        add_passkey(member.id, said, _what_was_asked("add"), name, now())
    except NotGenuine:
        return _not_genuine()
    begin(member.id, "passkey")
    # Whoever was sent here because a page needs a passkey goes on to that page.
    return {"next": own_page(session.pop("next", "")) or url_for("account.passkeys")}


@blueprint.post("/account/passkeys/name")
def name_one() -> ResponseReturnValue:
    name = tidy(request.form.get("name", ""))[:LONGEST]
    if name:
        name_passkey(signed_in_member().id, request.form.get("key", ""), name)
    return redirect(url_for("account.passkeys"))


@blueprint.post("/account/passkeys/remove")
def remove() -> ResponseReturnValue:
    if _just_signed_in():
        remove_passkey(signed_in_member().id, request.form.get("key", ""), now())
    return redirect(url_for("account.passkeys"))


@blueprint.post("/sign-in/passkey/options")
def sign_in_options() -> ResponseReturnValue:
    """The same for anybody: the device knows which passkeys it holds, and says nothing of them before."""
    options = generate_authentication_options(rp_id=site(), user_verification=UserVerificationRequirement.PREFERRED)
    return _asked(options, options.challenge, "sign-in")


@blueprint.post("/sign-in/passkey/answer")
def sign_in_with_passkey() -> ResponseReturnValue:
    said = _said()
    try:
        person_id = person_with_passkey(said, _what_was_asked("sign-in"), now())
    except NotGenuine:
        return _not_genuine()
    begin(person_id, "passkey")
    goal = own_page(request.args.get("next", ""))
    # The page this is sent from may hold a form that is to be sent now: its token stays good.
    return {"next": goal or next_page(), "token": generate_csrf()}


def _said() -> dict[str, Any]:
    try:
        said = request.get_json(silent=True)
    except RecursionError:  # nested deeper than anything that means something
        abort(400)
    if not isinstance(said, dict):
        abort(400)
    return said


def _asked(options: Any, challenge: bytes, purpose: str) -> Response:
    until = (now() + CHALLENGE_LASTS).timestamp()
    session["passkey"] = [bytes_to_base64url(challenge), purpose, int(until)]
    return Response(options_to_json(options), mimetype="application/json")


def _what_was_asked(purpose: str) -> Asked:
    """Raises NotGenuine where nothing was asked, too long ago, or it was answered before."""
    challenge, of, until = session.pop("passkey", None) or ("", "", 0)
    if of != purpose or now().timestamp() > until:
        raise NotGenuine
    # A cookie can be sent again, so that the one use is noted here.
    if used_before(challenge, current_app.config["SEAL"], now(), CHALLENGE_LASTS):
        raise NotGenuine
    return Asked(challenge, site(), request.host_url.rstrip("/"))


def _not_genuine() -> ResponseReturnValue:
    note_event("refused: passkey")
    return {"problem": _("That did not work. Try once more, or ask for a link by e-mail.")}, 403
