"""The whole network year by year, and beside it the services that took part in two years."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from assessment.charts.standalone import Key
from assessment.charts.trend import Matched, Trend, Trends, trends
from assessment.disclosure.shown import Hidden, Peers, Shown
from assessment.pages.field.blueprint import blueprint
from assessment.pages.field.groups import figures
from assessment.pages.field.sight import Sight, page
from assessment.pages.words import say
from assessment.questionnaire.message import Message
from assessment.store.db import Session
from assessment.store.queries.field_view import by_year
from assessment.store.records import YearCell

MOST_YEARS: Final = 5
NOTHING: Final = Hidden(Message("Nothing was published"), kind="absent")
Found = Mapping[tuple[int, str, str], Peers | Hidden]


@blueprint.get("/years")
@page("field/years.html")
def years(session: Session, sight: Sight) -> dict[str, Any]:
    found = trends_of(sight, by_year(session, sight.like()))
    return {"trends": found, "key": key_of(found) if found else ()}


def key_of(found: Trends) -> Key:
    matched = Message("Only services in both years: their median then and now")
    own: Key = (("year", Message("All services: median and middle half")),)
    return (*own, ("years", matched)) if found.draws_matched else own


def trends_of(sight: Sight, cells: Sequence[YearCell]) -> Trends | None:
    """The last five years that have a snapshot; None where there is only one, or nothing to draw."""
    shown = sorted({one.year for one in cells if one.cell.group == "network"})[-MOST_YEARS:]
    found = {(one.year, one.cell.group, one.cell.principle): figures(one.cell) for one in cells}
    rows = [
        Trend(
            p.name,
            tuple(found.get((year, "network", p.id), NOTHING) for year in shown),
            tuple(_matched(found, p.id, shown)),
        )
        for p in sight.definition.principles
    ]
    if len(shown) < 2 or not any(_is_shown(one) for row in rows for one in row.years):
        return None
    return trends(rows, shown, sight.definition.scale, translate=say)


def _matched(found: Found, principle: str, shown: Sequence[int]) -> Iterator[Matched]:
    """Of each year and the one before it, where both are drawn and some services took part in both."""
    for year in shown[1:]:
        then = found.get((year, f"matched-then:{year - 1}", principle))
        now = found.get((year, f"matched-now:{year - 1}", principle))
        if year - 1 in shown and then and now:
            yield Matched((year - 1, year), then, now)


def _is_shown(one: Peers | Hidden) -> bool:
    return isinstance(one, Peers) and isinstance(one.median, Shown)
