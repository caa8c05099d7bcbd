"""Signing in with one's organisation: there by a plain link, and back with its answer."""

from __future__ import annotations

from uuid import UUID

from flask import abort, current_app, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from assessment.pages.account.begin import begin as begin_here
from assessment.pages.account.begin import next_page
from assessment.pages.account.blueprint import blueprint
from assessment.pages.account.sign_in import AddressForm
from assessment.pages.clock import now
from assessment.pages.watch import note_event
from assessment.store.db import reading
from assessment.store.queries.providers import ProviderOf, provider_of
from assessment.workflows.oidc import Begun, Client, ProviderFault, begin, finish
from assessment.workflows.providers import RoleElsewhere, person_by_provider


@blueprint.get("/sign-in/with/<uuid:organisation_id>")
def provider(organisation_id: UUID) -> ResponseReturnValue:
    """A link and no form: browsers hold a form to this site, wherever its answer leads."""
    found = _provider(organisation_id)
    if found is None:
        abort(404)
    try:
        address, begun = begin(_client(found), now())
    except ProviderFault as fault:
        return _failed(found, fault)
    session["provider"] = {"of": organisation_id.hex, **begun.as_dict()}
    return redirect(address)


@blueprint.get("/sign-in/with/back")
def provider_back() -> ResponseReturnValue:
    """Back from the provider. What was taken along is good for one answer."""
    taken = session.pop("provider", None)
    found = _provider(UUID(taken.pop("of"))) if taken else None
    if found is None:
        return _failed(None, None)
    try:
        claims = finish(_client(found), Begun(**taken), request.args, now())
        person_id = person_by_provider(found, claims, now())
    except ProviderFault as fault:
        return _failed(found, fault)
    except RoleElsewhere:
        return _failed(found, None, elsewhere=True)
    begin_here(person_id, "provider")
    return redirect(next_page())


def _provider(organisation_id: UUID) -> ProviderOf | None:
    with reading() as store:
        return provider_of(store, organisation_id)


def _client(found: ProviderOf) -> Client:
    secret = current_app.config["SEAL"].open(found.client_secret_sealed)
    if secret is None:
        raise ProviderFault("its secret was sealed with another key")
    back = url_for("account.provider_back", _external=True)
    return Client(found.issuer, found.client_id, secret, back, current_app.config["SETTINGS"].is_local)


def _failed(found: ProviderOf | None, fault: ProviderFault | None, elsewhere: bool = False) -> ResponseReturnValue:
    note_event("refused: provider")
    if fault:
        current_app.logger.warning("Signing in with %s failed: %s", found and found.issuer, fault)
    page = render_template(
        "account/provider_failed.html", provider=found, elsewhere=elsewhere, form=AddressForm(formdata=None)
    )
    return page, 403 if elsewhere else 502 if fault else 400
