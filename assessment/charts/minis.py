"""Small radars side by side: each department beside the whole organisation."""

from __future__ import annotations

from collections.abc import Sequence

from assessment.charts.guard import scale_top
from assessment.charts.picture import Panel, Picture, Row, Table, Translate
from assessment.charts.radar import describe
from assessment.charts.radar_plot import radar_figure
from assessment.charts.radar_svg import radar_svg
from assessment.charts.spoke import Naming, Spoke, check_spokes
from assessment.charts.table import spoke_table
from assessment.charts.web import drawable, weave
from assessment.charts.wording import sentence
from assessment.questionnaire.definition import Level
from assessment.questionnaire.message import Message

MINI_DISC = 5.5
DEPARTMENT = Naming(Message("The department"), Message("All of the organisation"), Message("all of the organisation"))


def mini(
    name: str,
    spokes: Sequence[Spoke],
    scale: Sequence[Level],
    *,
    prefix: str,
    naming: Naming = DEPARTMENT,
    translate: Translate = str,
) -> Picture:
    """``radar`` in small, without ring numbers, headed by the department's name; each spoke's peers: the organisation.

    Raises as ``radar`` does; with fewer than three shown principles ``svg`` and ``figure`` are empty.
    """
    top = scale_top(scale)
    check_spokes(spokes, top)
    heading = Message("{name}", {"name": name})
    table = spoke_table(spokes, scale, naming)
    description = describe(spokes, scale, naming.said)
    if not drawable(spokes):
        return Picture(heading, {}, "", table, description)
    web = weave(spokes, top, translate)
    svg = radar_svg(web, name, translate(description), prefix, MINI_DISC, mini=True)
    return Picture(heading, radar_figure(web, naming, translate), svg, table, description)


def side_by_side(named: Sequence[tuple[str, Picture]]) -> Picture | None:
    """Several of these as one picture, under their names, with one table; None without any."""
    if not named:
        return None
    said = [Message("{name}: {said}", {"name": name, "said": picture.description}) for name, picture in named]
    first = named[0][1].table
    rows = [Row(f"{name}, {row.header}", row.cells) for name, picture in named for row in picture.table.rows]
    return Picture(
        headline=Message("Side by side"),
        figure={},
        svg="",
        table=Table(first.caption, first.columns, tuple(rows)),
        description=sentence(said, "{before} {next}"),
        panels=tuple(Panel(name, picture.svg) for name, picture in named),
    )
