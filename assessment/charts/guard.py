"""What may not be shown cannot be drawn: only rounded figures of the disclosure room pass."""

from __future__ import annotations

from collections.abc import Sequence

from assessment.disclosure.shown import Figure, Hidden, Peers, Shown
from assessment.questionnaire.definition import Level


def scale_top(scale: Sequence[Level]) -> int:
    """The highest level. Raises ValueError unless the scale has 2 to 7 levels, 0 upwards."""
    if not 2 <= len(scale) <= 7 or [level.value for level in scale] != list(range(len(scale))):
        raise ValueError("a scale has 2 to 7 levels, numbered from 0")
    return len(scale) - 1


def check_figure(figure: Figure, top: int) -> None:
    """Raises TypeError for anything but Shown and Hidden, ValueError for a figure unrounded or off the scale."""
    if not isinstance(figure, Shown | Hidden):
        raise TypeError(f"charts draw Shown or Hidden, not {type(figure).__name__}")
    if isinstance(figure, Shown):
        check_values((figure.value, figure.low, figure.high), top)


def check_values(values: Sequence[float | None], top: int) -> None:
    """Raises TypeError for what is no number, ValueError for one not rounded to one decimal or off 0 .. ``top``."""
    for value in values:
        if value is None:
            continue
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise TypeError(f"a figure is a number, not {type(value).__name__}")
        if not 0 <= value <= top or round(value, 1) != value:
            raise ValueError(f"{value} is not a figure with one decimal from 0 to {top}")


def check_peers(peers: Peers | None, top: int) -> None:
    """Raises as ``check_figure`` does, for the figures of a peer group that are drawn."""
    if peers is None:
        return
    if not isinstance(peers, Peers):
        raise TypeError(f"charts draw Peers, not {type(peers).__name__}")
    for figure in (peers.median, peers.lower, peers.upper):
        check_figure(figure, top)
