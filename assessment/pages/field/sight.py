"""What every page of the field begins with: the newest snapshot, and what of it a visitor chose to see."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any, Final

from flask import render_template, request, url_for
from flask_babel import gettext as _

from assessment.pages.field.choice import LEADS, VOICES, Chooser, Edition, chosen_edition, edition_choosers, editions
from assessment.pages.headers import public
from assessment.pages.words import day, say
from assessment.questionnaire.definition import Definition
from assessment.store.db import Session, reading
from assessment.store.queries.definitions import definition, version_keys
from assessment.store.queries.field_view import network_cells, newest
from assessment.store.records import FieldCell, Snapshot

KEPT: Final = ("questionnaire", "voice", "basis")


@dataclass(frozen=True, slots=True)
class Sight:
    """One snapshot seen in one edition; ``network`` is its cells of the whole network, a principle each."""

    snapshot: Snapshot
    definition: Definition
    edition: Edition
    offered: Sequence[Edition]
    network: Sequence[FieldCell]

    def like(self, principle: str = "") -> FieldCell:
        """A cell of this edition, from which queries take what to look for."""
        return replace(self.network[0], principle=principle)

    @property
    def choosers(self) -> tuple[Chooser, ...]:
        return tuple(edition_choosers(self.offered, self.edition, self.definition))

    @property
    def kept(self) -> Mapping[str, str]:
        """What was chosen, for the addresses of the other pages; what is chosen anyway is left out."""
        chosen = {"questionnaire": ":".join(self.edition.questionnaire), "voice": self.edition.voice}
        chosen["basis"] = self.edition.basis
        first = self.offered[0]
        usual = {"questionnaire": ":".join(first.questionnaire), "voice": first.voice, "basis": first.basis}
        return {name: value for name, value in chosen.items() if value != usual[name]}

    @property
    def statements(self) -> str:
        """Over which statements, in words."""
        if self.edition.basis == "shared":
            return _("the %(count)d statements that every form asks", count=len(self.definition.shared))
        return _("all %(count)d statements of the full form", count=len(self.definition.statements))

    @property
    def voice(self) -> str:
        return say(VOICES[self.edition.voice])

    @property
    def lead(self) -> str:
        """Whose account it is, in a sentence."""
        return say(LEADS[self.edition.voice])

    @property
    def base(self) -> str:
        """What every figure of the newest snapshot is of: voice, form, base and period, and what it is not."""
        return _(
            "%(voice)s, on %(statements)s. Newest result of each service that shares, from the two years up to "
            "%(day)s. Services chose to take part; these are not estimates for all services.",
            voice=self.voice,
            statements=self.statements,
            day=day(self.snapshot.as_of),
        )

    @property
    def base_by_year(self) -> str:
        """What every figure of the whole network is of, year by year."""
        return _(
            "%(voice)s, on %(statements)s. Whole network, in the last comparison published in each year: the newest "
            "result of each service that shares, from the two years before it. Services chose to take part; these "
            "are not estimates for all services.",
            voice=self.voice,
            statements=self.statements,
        )


Figures = Callable[[Session, Sight], dict[str, Any]]


def page(template: str) -> Callable[[Figures], Callable[[], Any]]:
    """A page of the field from what its view reads; before anything is published, a page that says when."""

    def of(view: Figures) -> Callable[[], Any]:
        @public
        @wraps(view)
        def answer() -> Any:
            with reading() as session:
                snapshot, sight = look(session)
                found = view(session, sight) if sight else {}
            if sight is None:
                return render_template("field/nothing_yet.html", snapshot=snapshot)
            return render_template(template, sight=sight, views=views(sight), **found)

        return answer

    return of


def look(session: Session) -> tuple[Snapshot | None, Sight | None]:
    """The newest snapshot, and what the address asks to see of it."""
    snapshot = newest(session)
    published = network_cells(session, snapshot.id) if snapshot else ()
    if snapshot is None or not published:
        return snapshot, None
    offered = editions(published)
    edition = chosen_edition(offered, request.args)
    of_it = [one for one in published if (one.questionnaire, one.basis, one.voice) == _key(edition)]
    return snapshot, Sight(snapshot, _definition(session, edition.questionnaire), edition, offered, of_it)


def _key(edition: Edition) -> tuple[tuple[str, str], str, str]:
    return edition.questionnaire, edition.basis, edition.voice


def _definition(session: Session, questionnaire: tuple[str, str]) -> Definition:
    return definition(session, version_keys(session)[questionnaire])


def views(sight: Sight) -> list[dict[str, Any]]:
    """The ways between the pages of the field."""
    pages = (
        ("field.index", _("The field")),
        ("field.principle", _("By principle")),
        ("field.years", _("By year")),
        ("field.taking_part", _("Taking part")),
    )
    kept: dict[str, Any] = {**sight.kept}
    return [{"text": text, "href": url_for(name, **kept), "current": request.endpoint == name} for name, text in pages]
