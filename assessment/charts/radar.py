"""The radar: the picture people recognise."""

from __future__ import annotations

from collections.abc import Sequence

from assessment.charts.guard import scale_top
from assessment.charts.picture import Picture, Translate
from assessment.charts.radar_plot import radar_figure
from assessment.charts.radar_svg import radar_svg
from assessment.charts.spoke import FEWEST, SERVICE, Naming, Spoke, check_spokes, headline
from assessment.charts.table import spoke_table
from assessment.charts.web import drawable, weave
from assessment.charts.wording import count_words, figure_words, scale_ends, sentence
from assessment.questionnaire.definition import Level
from assessment.questionnaire.message import Message


def radar(
    spokes: Sequence[Spoke],
    scale: Sequence[Level],
    *,
    naming: Naming = SERVICE,
    prefix: str = "radar",
    translate: Translate = str,
) -> Picture:
    """This service over 3 to 12 principles, beside its peers' median where there is one.

    Figures are on the scale 0 .. ``len(scale) - 1``, one decimal. What is hidden breaks the line and says so at its
    axis; with fewer than three shown principles there is no drawing (``svg`` and ``figure`` empty) and the headline
    says why. Raises TypeError for anything but published figures, ValueError for more than 12 principles or a figure
    off the scale.
    """
    top = scale_top(scale)
    check_spokes(spokes, top)
    table = spoke_table(spokes, scale, naming)
    description = describe(spokes, scale, naming.said)
    if not drawable(spokes):
        return Picture(_too_few(spokes), {}, "", table, description)
    web = weave(spokes, top, translate)
    title = translate(Message("Radar of the {count} principles", {"count": count_words(len(spokes))}))
    svg = radar_svg(web, title, translate(description), prefix)
    return Picture(headline(spokes), radar_figure(web, naming, translate), svg, table, description)


def describe(spokes: Sequence[Spoke], scale: Sequence[Level], said: Message) -> Message:
    """The radar in one breath: its scale, then every figure it draws."""
    clauses = [_clause(spoke, said) for spoke in spokes]
    figures = sentence(clauses, "{before}; {next}") if clauses else Message("nothing to show")
    text = "From 0, {lowest}, at the centre to {top}, {highest}, at the edge. {figures}."
    return Message(text, {**scale_ends(scale), "figures": figures})


def _clause(spoke: Spoke, said: Message) -> Message:
    own = Message("{name} {figure}", {"name": spoke.name, "figure": figure_words(spoke.own)})
    if spoke.peers is None:
        return own
    return Message("{own}, {said} {median}", {"own": own, "said": said, "median": figure_words(spoke.peers.median)})


def _too_few(spokes: Sequence[Spoke]) -> Message:
    shown = sum(spoke.value is not None for spoke in spokes)
    has = {0: Message("none"), 1: Message("one")}.get(shown, count_words(shown))
    text = "There is no radar here: it needs at least {least} principles with a score. This has {shown}"
    return Message(text, {"least": count_words(FEWEST), "shown": has})
