"""Every deed of the audit trail as a sentence without its doer: "Ann Example …"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from assessment.pages.dimension_words import sector_name
from assessment.pages.roles import ROLE_WORDS
from assessment.pages.words import day
from assessment.store.queries.trail import DeedDone

# ``%(detail)s`` is the deed's detail, a role in its words; ``%(to)s`` whom it was done to.
DEEDS: Final[Mapping[str, str]] = {
    "organisation confirmed": _l("confirmed the organisation"),
    "organisation changed": _l("changed what is said of the organisation, now called %(detail)s"),
    "organisations merged": _l("joined %(detail)s with this organisation"),
    "organisation archived": _l("put the organisation away"),
    "organisation brought back": _l("brought the organisation back"),
    "organisation left": _l("took the organisation out of Same table for good"),
    "sharing agreed": _l("agreed that results are counted in comparisons"),
    "sharing withdrawn": _l("withdrew the agreement that results are counted in comparisons"),
    "passkeys required": _l("required a passkey of the organisation’s leads"),
    "passkeys no longer required": _l("no longer required a passkey of the organisation’s leads"),
    "link made": _l("made a private link to the organisation’s page"),
    "export taken": _l("took a copy of everything the organisation owns"),
    "list imported": _l("imported a list: %(detail)s"),
    "department added": _l("added the department %(detail)s"),
    "department renamed": _l("renamed a department, now called %(detail)s"),
    "department archived": _l("put the department %(detail)s away"),
    "department brought back": _l("brought the department %(detail)s back"),
    "service added": _l("added the service %(detail)s"),
    "service confirmed": _l("confirmed the service"),
    "service renamed": _l("renamed the service, now called %(detail)s"),
    "service moved": _l("moved the service to another department"),
    "sector changed": _l("changed the service’s sector to %(detail)s"),
    "service archived": _l("put the service %(detail)s away"),
    "service brought back": _l("brought the service %(detail)s back"),
    "services joined": _l("said that %(detail)s, started by a team, is this service"),
    "claim accepted": _l("accepted a team’s request to confirm its service"),
    "claim declined": _l("declined a team’s request to confirm its service"),
    "round started": _l("started a round held together"),
    "role offered": _l("offered the role of %(detail)s to %(to)s"),
    "offer sent again": _l("sent the offer of the role of %(detail)s again, to %(to)s"),
    "offer withdrawn": _l("withdrew the offer of the role of %(detail)s to %(to)s"),
    "role accepted": _l("accepted the role of %(detail)s"),
    "role taken away": _l("took the role of %(detail)s away from %(to)s"),
    "role left": _l("left the role of %(detail)s"),
    "role handed over": _l("handed the role of %(detail)s over to %(to)s"),
    "gave a role": _l("gave the role of %(detail)s to %(to)s"),
    "set the organisation’s own sign-in": _l("set the organisation’s own way to sign in"),
    "took away the organisation’s own sign-in": _l("took the organisation’s own way to sign in away"),
    "made an account": _l("came in by the organisation’s own sign-in for the first time"),
    "changed their name": _l("changed their name"),
    "was signed out": _l("signed %(to)s out everywhere"),
    "added a passkey": _l("added a passkey"),
    "removed a passkey": _l("removed a passkey"),
    "erased their account": _l("erased their account"),
    "planned a round": _l("planned a round in which each person answers alone"),
    "opened a round": _l("opened a round in which each person answers alone"),
    "gave a round more time": _l("gave a round more time, until %(detail)s"),
    "called a round off": _l("called a round off"),
    "closed a round": _l("closed a round"),
    "released a round": _l("released the result of a round"),
    "invited people": _l("invited people to a round, %(detail)s in all"),
    "removed an invitation that reached nobody": _l("removed an invitation that reached nobody"),
    "sent a reminder": _l("reminded those who had not answered"),
    "made a new shared link": _l("made a new link to share"),
    "agreed to say what came of it": _l("agreed to say what came of a round"),
    "published what came of it": _l("published what came of a round"),
    "changed what was published": _l("changed what was published of a round"),
}
# Of these it is nobody's hand, where nobody did them: their time had come.
BY_ITSELF: Final = frozenset({"opened a round", "closed a round", "released a round"})


@dataclass(frozen=True, slots=True)
class Told:
    """One deed as a page tells it."""

    at: datetime
    by: str
    did: str
    place: str


def told(deed: DeedDone) -> Told:
    """The deed in words, with the names that still stand."""
    values = {"detail": _detail(deed), "to": deed.to or _("someone who has left")}
    did = str(DEEDS[deed.what]) % values if deed.what in DEEDS else deed.what
    return Told(deed.at, _doer(deed), did, deed.service or deed.organisation)


def _doer(deed: DeedDone) -> str:
    if deed.by_operator:
        return _("Same table, by itself,") if deed.what in BY_ITSELF else _("The operator")
    return deed.by or _("someone who has left")


def _detail(deed: DeedDone) -> str:
    words = next((one for role, one in ROLE_WORDS.items() if role == deed.detail), None)
    if words:
        return str(words.name)
    if deed.what == "list imported":
        return _imported(*deed.detail.split(", "))
    if deed.what == "gave a round more time":
        return day(date.fromisoformat(deed.detail))
    return sector_name(deed.detail) if deed.what == "sector changed" else deed.detail


def _imported(departments: str, services: str) -> str:
    return _(
        "%(departments)s, %(services)s",
        departments=ngettext("%(num)d new department", "%(num)d new departments", int(departments)),
        services=ngettext("%(num)d new service", "%(num)d new services", int(services)),
    )
