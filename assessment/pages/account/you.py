"""Your account: one's name, and the ways to everything else that one decides about it."""

from __future__ import annotations

from flask import Response, current_app, json, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from govuk_frontend_wtf.wtforms_widgets import GovTextInput
from wtforms import StringField
from wtforms.validators import DataRequired

from assessment.pages.account.blueprint import blueprint
from assessment.pages.account.home import signed_in_member
from assessment.pages.clock import now
from assessment.pages.setup_forms import KeptForm, one_line, short_enough
from assessment.pages.stale import is_stale, stale_message
from assessment.store.db import reading
from assessment.store.queries.accounts import passkeys_of
from assessment.store.queries.own_data import own_data
from assessment.workflows.accounts import rename
from assessment.workflows.sign_in import sign_out as end_sign_in


class NameForm(KeptForm):
    """What others who run the same things call you."""

    name = StringField(
        _l("Your name"),
        widget=GovTextInput(),
        filters=[one_line],
        description=_l("The people you run things with see it. Respondents never do."),
        validators=[DataRequired(_l("Enter your name.")), short_enough],
    )


@blueprint.get("/account/you")
def you() -> ResponseReturnValue:
    member = signed_in_member()
    with reading() as store:
        passkeys = passkeys_of(store, member.id)
    return render_template("account/you.html", member=member, passkeys=len(passkeys))


@blueprint.route("/account/name", methods=["GET", "POST"])
def name() -> ResponseReturnValue:
    member = signed_in_member()
    form = NameForm(data={"name": member.name})
    if not form.validate_on_submit():
        return render_template("account/name.html", form=form, stale=stale_message() if is_stale() else "")
    rename(member.id, form.name.data, now())
    return redirect(url_for("account.you"))


@blueprint.post("/account/sign-out")
def sign_out() -> ResponseReturnValue:
    """At this browser. Private links that it holds stay with it, as they would for anyone."""
    member = signed_in_member()
    end_sign_in(member, member.sign_in_id)
    session.pop("sign_in", None)
    return redirect(url_for("account.signed_out"))


@blueprint.get("/signed-out")
def signed_out() -> ResponseReturnValue:
    return render_template("account/signed_out.html")


@blueprint.get("/account/data")
def data() -> ResponseReturnValue:
    """Everything that is kept of this person, in one file."""
    member = signed_in_member()
    with reading() as store:
        body = own_data(store, member.id)
    text = json.dumps(body, ensure_ascii=False, indent=2, sort_keys=False)
    headers = {"Content-Disposition": 'attachment; filename="my-data.json"'}
    return current_app.make_response(Response(text, mimetype="application/json", headers=headers))
