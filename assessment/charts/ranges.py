"""The range plot: the picture to read. One lane a principle."""

from __future__ import annotations

from collections.abc import Sequence

from assessment.charts.guard import scale_top
from assessment.charts.lanes import (
    Room,
    axis_svg,
    figure_text,
    grid,
    hidden_parts,
    interval,
    lane_svg,
    mark_at,
    median_tick,
    middle_bar,
    share,
)
from assessment.charts.lanes_plot import PlotRow, Plotting, lanes_figure, meet
from assessment.charts.picture import Lane, Lanes, Picture, Translate
from assessment.charts.spoke import SERVICE, Naming, Spoke, check_spokes
from assessment.charts.svg import Svg, element
from assessment.charts.table import spoke_table
from assessment.charts.wording import decimal, figure_words, middle_half, sentence
from assessment.disclosure.shown import Hidden, Shown
from assessment.questionnaire.definition import Level
from assessment.questionnaire.message import Message

ROOM = Room(height=64, line=31, figure=60)
TARGET = Message("Our target")


def ranges(
    spokes: Sequence[Spoke],
    scale: Sequence[Level],
    *,
    positions: Sequence[Message] = (),
    naming: Naming = SERVICE,
    translate: Translate = str,
) -> Picture:
    """Each principle's figure with its interval and target, over the peers' middle half and median.

    Drawn in ``lanes``. ``positions`` says in words where each principle lies beside peers, for the table: one a spoke,
    or none at all. Raises TypeError for anything but published figures, ValueError for one off the scale or positions
    that do not match.
    """
    top = scale_top(scale)
    check_spokes(spokes, top)
    if positions and len(positions) != len(spokes):
        raise ValueError(f"{len(positions)} positions for {len(spokes)} principles")
    names = (naming.beside, TARGET, naming.own)
    plotting = Plotting([_plot_row(spoke) for spoke in spokes], scale, ROOM, names, translate)
    lanes = tuple(Lane(spoke.name, lane_svg(_parts(spoke, top, translate))) for spoke in spokes)
    return Picture(
        headline=Message("Each principle, closely"),
        figure=lanes_figure(plotting),
        svg="",
        table=spoke_table(spokes, scale, naming, whole=True, positions=positions),
        description=_describe(spokes, naming),
        lanes=Lanes(axis_svg(scale), lanes),
    )


def _plot_row(spoke: Spoke) -> PlotRow:
    if isinstance(spoke.own, Hidden):
        return PlotRow(spoke.name, whole=spoke.own)
    return PlotRow(spoke.name, spoke.peers, spoke.own, spoke.target)


def _parts(spoke: Spoke, top: int, translate: Translate) -> list[Svg]:
    if isinstance(spoke.own, Hidden):
        return hidden_parts(spoke.own, ROOM, translate)
    peers = spoke.peers
    behind = [*grid(top, ROOM), *middle_bar(peers, top, ROOM), *median_tick(peers, top, ROOM)]
    own = spoke.own
    disc = mark_at(share(own.value, top), ROOM, element("circle", {"class": "d-us", "r": 8.5}))
    figure = figure_text(own, "val", top, ROOM, translate)
    return [*behind, *interval(own, top, ROOM), *_target(spoke, own, top), disc, figure]


def _target(spoke: Spoke, own: Shown, top: int) -> list[Svg]:
    """A diamond, large enough to stand round the disc where they meet."""
    if spoke.target is None:
        return []
    r = 15 if meet(own.value, spoke.target) else 9
    shape = element("path", {"class": "goal", "d": f"M0-{r} {r} 0 0 {r}-{r} 0Z"})
    return [mark_at(share(spoke.target, top), ROOM, shape)]


def _describe(spokes: Sequence[Spoke], naming: Naming) -> Message:
    if not spokes:
        return Message("Nothing to show")
    lanes = [_say(spoke, naming) for spoke in spokes]
    return Message("Range plot. {lanes}.", {"lanes": sentence(lanes, "{before}. {next}")})


def _say(spoke: Spoke, naming: Naming) -> Message:
    own = spoke.own
    said = Message("{name}: {figure}", {"name": spoke.name, "figure": figure_words(own)})
    if not isinstance(own, Shown):
        return Message("{said}, {reason}", {"said": said, "reason": own.reason})
    if own.low is not None and own.high is not None:
        text = "{said}, likely between {low} and {high}"
        said = Message(text, {"said": said, "low": decimal(own.low), "high": decimal(own.high)})
    if spoke.target is not None:
        said = Message("{said}, target {target}", {"said": said, "target": decimal(spoke.target)})
    return _say_peers(said, spoke, naming)


def _say_peers(said: Message, spoke: Spoke, naming: Naming) -> Message:
    peers = spoke.peers
    if peers and isinstance(peers.median, Shown):
        median = decimal(peers.median.value)
        said = Message("{said}, {beside} {median}", {"said": said, "beside": naming.said_median, "median": median})
    if peers and isinstance(peers.lower, Shown) and isinstance(peers.upper, Shown):
        half = middle_half(peers)
        said = Message("{said}, {beside} {half}", {"said": said, "beside": naming.said_half, "half": half})
    return said
