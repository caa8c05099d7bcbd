"""The field: one principle over the groups of a dimension (sectors, nations …), one lane each, in the given order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assessment.charts.guard import check_figure, check_peers, scale_top
from assessment.charts.lanes import Room, axis_svg, figure_text, grid, hidden_parts, lane_svg, median_tick, middle_bar
from assessment.charts.lanes_plot import PlotRow, Plotting, lanes_figure
from assessment.charts.picture import Column, Lane, Lanes, Picture, Row, Table, Translate
from assessment.charts.svg import Svg
from assessment.charts.wording import decimal, figure_words, hidden_words, middle_half, scale_caption, sentence
from assessment.disclosure.shown import Hidden, Peers, Shown
from assessment.questionnaire.definition import Level
from assessment.questionnaire.message import Message

ROOM = Room(height=56, line=20, figure=51, tick=30)
MEDIAN = Message("Median")
SECTOR = Message("Sector")


@dataclass(frozen=True, slots=True)
class Group:
    """A group of services. ``services`` is its rounded count for the table, ``note`` what is said under its name."""

    name: str
    services: Message
    note: Message
    peers: Peers | Hidden

    @property
    def reason(self) -> Hidden | None:
        """Why the whole lane is empty, where it is."""
        if isinstance(self.peers, Hidden):
            return self.peers
        return self.peers.median if isinstance(self.peers.median, Hidden) else None

    @property
    def shown(self) -> Peers | None:
        """The group's figures, where its median is among them."""
        return self.peers if isinstance(self.peers, Peers) and isinstance(self.peers.median, Shown) else None


def field(
    principle: str,
    groups: Sequence[Group],
    scale: Sequence[Level],
    *,
    dimension: Message = SECTOR,
    translate: Translate = str,
) -> Picture:
    """The middle half and median of each group on one principle; ``dimension`` heads the groups' column.

    Raises TypeError for anything but published figures, ValueError for a figure off the scale 0 .. ``len(scale) - 1``.
    """
    top = scale_top(scale)
    for group in groups:
        _check(group, top)
    lanes = tuple(Lane(group.name, lane_svg(_parts(group, top, translate)), group.note) for group in groups)
    rows = [PlotRow(group.name, group.shown, whole=group.reason) for group in groups]
    return Picture(
        headline=_headline(principle, groups),
        figure=lanes_figure(Plotting(rows, scale, ROOM, (MEDIAN, MEDIAN, MEDIAN), translate)),
        svg="",
        table=_table(groups, scale, dimension),
        description=_describe(principle, groups),
        lanes=Lanes(axis_svg(scale), lanes),
    )


def _check(group: Group, top: int) -> None:
    if isinstance(group.peers, Hidden):
        check_figure(group.peers, top)
    else:
        check_peers(group.peers, top)


def _parts(group: Group, top: int, translate: Translate) -> list[Svg]:
    if group.reason:
        return hidden_parts(group.reason, ROOM, translate)
    drawn = [*grid(top, ROOM), *middle_bar(group.shown, top, ROOM), *median_tick(group.shown, top, ROOM)]
    return [*drawn, *(figure_text(median, "valx", top, ROOM, translate) for median in _medians([group]))]


def _medians(groups: Sequence[Group]) -> list[Shown]:
    shown = [group.shown.median for group in groups if group.shown]
    return [median for median in shown if isinstance(median, Shown)]


def _headline(principle: str, groups: Sequence[Group]) -> Message:
    medians = [median.value for median in _medians(groups)]
    if not medians:
        return Message("{principle}: no group can be shown yet", {"principle": principle})
    low, high = decimal(min(medians)), decimal(max(medians))
    if low == high:
        return Message("{principle}: a median of {low}", {"principle": principle, "low": low})
    return Message("{principle}: medians from {low} to {high}", {"principle": principle, "low": low, "high": high})


def _describe(principle: str, groups: Sequence[Group]) -> Message:
    if not groups:
        return Message("Nothing to show")
    said = sentence([_say(group) for group in groups], "{before}. {next}")
    return Message("{principle}. {groups}.", {"principle": principle, "groups": said})


def _say(group: Group) -> Message:
    if isinstance(group.peers, Hidden) or not group.shown:
        return Message("{name}: {reason}", {"name": group.name, "reason": _cells(group)[1]})
    said = Message("{name}: median {median}", {"name": group.name, "median": figure_words(group.shown.median)})
    if isinstance(group.shown.lower, Shown) and isinstance(group.shown.upper, Shown):
        return Message("{said}, middle half {half}", {"said": said, "half": middle_half(group.shown)})
    return said


def _table(groups: Sequence[Group], scale: Sequence[Level], dimension: Message) -> Table:
    counted, half = Message("Services, rounded down"), Message("Middle half")
    columns = (Column(dimension, numeric=False), Column(counted), Column(MEDIAN), Column(half))
    return Table(scale_caption(scale), columns, tuple(Row(group.name, _cells(group)) for group in groups))


def _cells(group: Group) -> tuple[Message, Message, Message]:
    if isinstance(group.peers, Hidden):
        hidden = hidden_words(group.peers)
        return group.services, hidden, hidden
    return group.services, hidden_words(group.peers.median), middle_half(group.peers)
