"""For analysts: how well the statements measure, over the whole network and never of one team."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from flask_babel import gettext as _

from assessment.charts.picture import Column, Row, Table
from assessment.charts.wording import hidden_words
from assessment.disclosure.quality import LEAST_BEHIND
from assessment.disclosure.shown import Hidden
from assessment.pages.field.blueprint import blueprint
from assessment.pages.field.sight import Sight, page
from assessment.questionnaire.message import Message
from assessment.store.db import Session
from assessment.store.queries.field_view import qualities
from assessment.store.records import Quality, StatementQuality

NONE: Final = Message("–")
FEW: Final = Message("fewer than {least}", {"least": LEAST_BEHIND})
OF_PRINCIPLES: Final = (
    Message("Services"),
    Message("Responses"),
    Message("Complete"),
    Message("Alpha (95 % interval)"),
)
# Of one agreed answer a service there is nothing to compare within a service.
BETWEEN: Final = (Message("ICC(1)"), Message("ICC(2)"))
OF_STATEMENTS: Final = (Message("Item-rest correlation"), Message("Does not apply"), Message("No level otherwise"))


@blueprint.get("/instrument")
@page("field/instrument.html")
def instrument(session: Session, sight: Sight) -> dict[str, Any]:
    found = quality_of(sight, qualities(session, sight.snapshot.id))
    return {
        "choosers": [one for one in sight.choosers if one.name != "basis"],
        "form": form_words(sight),
        "principles": _principles(sight, found) if found else None,
        "statements": _statements(sight, found) if any(one.statements for one in found) else None,
        "together": sight.edition.voice == "together",
        "days": sorted({one.as_of for one in found if one.as_of and one.as_of != sight.snapshot.as_of}),
    }


def form_words(sight: Sight) -> str:
    """All that a voice is asked: people the statements of every form."""
    if sight.edition.voice == "people":
        return _("the %(count)d statements that every form asks", count=len(sight.definition.shared))
    return _("all %(count)d statements of the full form", count=len(sight.definition.statements))


def quality_of(sight: Sight, found: Sequence[Quality]) -> tuple[Quality, ...]:
    """What is kept of the chosen version and voice, in the order of the principles."""
    key = (sight.edition.questionnaire, sight.edition.voice)
    by_principle = {one.principle: one for one in found if (one.questionnaire, one.voice) == key}
    return tuple(by_principle[p.id] for p in sight.definition.principles if p.id in by_principle)


def _principles(sight: Sight, found: Sequence[Quality]) -> Table:
    names = sight.definition.principle_by_id
    heads = OF_PRINCIPLES if sight.edition.voice == "together" else (*OF_PRINCIPLES, *BETWEEN)
    columns = (Column(Message("Principle"), numeric=False), *map(Column, heads))
    rows = tuple(Row(names[one.principle].name, _principle(one)[: len(heads)]) for one in found)
    return Table(Message("Each principle"), columns, rows)


def _principle(one: Quality) -> tuple[Message, ...]:
    if one.reason:
        return (hidden_words(Hidden(one.reason)), *[NONE] * (len(OF_PRINCIPLES) + len(BETWEEN) - 1))
    counts = tuple(Message("{count}", {"count": count}) for count in (one.services, one.responses, one.complete))
    return (*counts, _alpha(one), _two(one.icc1), _two(one.icc2))


def _alpha(one: Quality) -> Message:
    if one.alpha is None or one.alpha_low is None or one.alpha_high is None:
        return NONE
    values = {"alpha": f"{one.alpha:.2f}", "low": f"{one.alpha_low:.2f}", "high": f"{one.alpha_high:.2f}"}
    return Message("{alpha} ({low} to {high})", values)


def _statements(sight: Sight, found: Sequence[Quality]) -> Table:
    known = sight.definition.by_id
    columns = (Column(Message("Statement"), numeric=False), *map(Column, OF_STATEMENTS))
    rows = [(id, figures) for one in found for id, figures in one.statements.items()]
    made = (Row(f"{id} {known[id].text}" if id in known else id, _statement(figures)) for id, figures in rows)
    return Table(Message("Each statement"), columns, tuple(made))


def _statement(figures: StatementQuality) -> tuple[Message, ...]:
    return _two(figures.item_rest), _share(figures.not_applicable), _share(figures.left_out)


def _two(value: float | None) -> Message:
    return NONE if value is None else Message("{value}", {"value": f"{value:.2f}"})


def _share(per_cent: int | None) -> Message:
    return FEW if per_cent is None else Message("{per_cent} %", {"per_cent": per_cent})
