"""For looking round on one's own machine: signing in by a button, and reading the mail that was sent.

There only on a local run, served at and asked for at this machine, that holds the demo network: all three.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.policy import default
from functools import wraps
from pathlib import Path
from typing import Final, cast

from flask import Blueprint, abort, current_app, redirect, render_template, request
from flask.typing import ResponseReturnValue

from assessment.pages.account.begin import begin, next_page
from assessment.pages.clock import today
from assessment.pages.roles import ROLE_WORDS
from assessment.pages.words import is_demo
from assessment.store.records import Role
from assessment.workflows.demo_people import DEMO_PEOPLE, demo_person

blueprint = Blueprint("demo", __name__, url_prefix="/demo")

THIS_MACHINE: Final = frozenset({"127.0.0.1", "localhost", "::1"})
FORWARDED: Final = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host")
NEWEST: Final = 50
ADDRESS: Final = re.compile(r"https?://[^\s<>\"]+")


def only_here(view: Callable[[], ResponseReturnValue]) -> Callable[[], ResponseReturnValue]:
    """A page that is there only where all three hold, and is 404 like any that is not anywhere else."""

    @wraps(view)
    def answer() -> ResponseReturnValue:
        if not (current_app.config["SETTINGS"].is_local and at_this_machine() and is_demo()):
            abort(404)
        return view()

    return answer


def at_this_machine() -> bool:
    """Whether it is served at this machine only, and asked for there by nobody who stands between."""
    asked = request.host.removeprefix("[").split("]")[0] if request.host.startswith("[") else request.host.split(":")[0]
    served = str(request.environ.get("SERVER_NAME", ""))
    places = {asked, served, request.remote_addr or ""}
    return places <= THIS_MACHINE and not any(name in request.headers for name in FORWARDED)


@blueprint.route("/sign-in", methods=["GET", "POST"])
@only_here
def sign_in() -> ResponseReturnValue:
    """One button a role."""
    if request.method != "POST":
        return render_template("demo/sign_in.html", people=DEMO_PEOPLE, words=ROLE_WORDS)
    role = request.form.get("role", "")
    if role not in DEMO_PEOPLE:
        abort(400)
    person_id = demo_person(cast("Role", role), today())
    if person_id is None:
        abort(404)
    begin(person_id, "demo")
    return redirect(next_page())


@dataclass(frozen=True, slots=True)
class Mail:
    """A message as the page shows it; ``parts`` are its texts and its links in turn, as (text, address)."""

    subject: str
    to: str
    sent: datetime
    parts: tuple[tuple[str, str], ...]


@blueprint.get("/mail")
@only_here
def mail() -> ResponseReturnValue:
    """What would have been sent, the newest first."""
    folder = Path(current_app.config["SETTINGS"].instance) / "mail"
    found = sorted(folder.glob("*.eml"), key=lambda path: path.stat().st_mtime, reverse=True)[:NEWEST]
    return render_template("demo/mail.html", mails=[_mail(path) for path in found])


def _mail(path: Path) -> Mail:
    message = message_from_bytes(path.read_bytes(), policy=default)
    body = message.get_body(("plain",))
    text = str(body.get_content()) if body else ""
    sent = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
    return Mail(str(message["Subject"]), str(message["To"]), sent, tuple(_parts(text.replace("\r\n", "\n"))))


def _parts(text: str) -> Iterator[tuple[str, str]]:
    """The text with its addresses as links; those of this site without the host, so that any port will do."""
    own, at = current_app.config["SETTINGS"].public_address.rstrip("/"), 0
    for found in ADDRESS.finditer(text):
        yield text[at : found.start()], ""
        address = found.group()
        yield address, address.removeprefix(own) if address.startswith(f"{own}/") else address
        at = found.end()
    yield text[at:], ""
