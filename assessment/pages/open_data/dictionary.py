"""The data dictionary: every column of every file, what it holds and what an empty cell means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from flask_babel import lazy_gettext as _l

Type = Literal["text", "number", "whole number", "date"]


@dataclass(frozen=True, slots=True)
class Column:
    """``meaning`` is translated when it is read."""

    name: str
    type: Type
    meaning: str


TYPES: Final[Mapping[Type, str]] = {
    "text": _l("text"),
    "number": _l("number"),
    "whole number": _l("whole number"),
    "date": _l("date"),
}
KEY: Final = (
    Column("questionnaire", "text", _l("Which questionnaire people answered.")),
    Column("version", "text", _l("Its version. Figures of two versions are not compared.")),
    Column(
        "voice",
        "text",
        _l(
            "Whose account it is. together: agreed in one room by people who use the service and staff. staff: staff "
            "and partners, each alone. people: people who use the service, families and community, each alone. Voices "
            "are never averaged with each other."
        ),
    ),
    Column(
        "basis",
        "text",
        _l(
            "Which statements the score rests on. shared: those that every form asks. full: all, among services that "
            "answered the full form."
        ),
    ),
    Column("principle", "text", _l("Id of the principle, the same in every year.")),
    Column("principle_name", "text", _l("The principle’s name.")),
    Column(
        "group",
        "text",
        _l(
            "Id of the group of services: network, or a kind and a value, such as sector:housing. A service is in "
            "several groups, so groups must not be added up."
        ),
    ),
    Column("group_name", "text", _l("The group’s name.")),
)
"""What a row is about: of which measure, and of which group of services."""
FIGURES: Final = (
    *KEY,
    Column(
        "group_kind",
        "text",
        _l(
            "network, sector, kind, nation, region, size, sector-nation; matched-then and matched-now: the services "
            "that were counted in an earlier year as well, with what they said then and what they say now."
        ),
    ),
    Column(
        "counted_up_to",
        "date",
        _l(
            "The newest result of each service counts, from the two years up to this day. It is earlier than the "
            "edition’s day where fewer than 5 services of the group had changed: then its figures stay as they were."
        ),
    ),
    Column(
        "services",
        "whole number",
        _l("How many services, rounded down to a multiple of 5. Empty where the group is hidden."),
    ),
    Column("organisations", "text", _l("How many organisations they belong to: “4 or more” or “10 or more”.")),
    Column("scale_top", "whole number", _l("The highest level of the questionnaire’s scale; the lowest is 0.")),
    Column(
        "median",
        "number",
        _l("The middle score: half of the services are below, half above. On a scale from 0 to scale_top."),
    ),
    Column("lower_quartile", "number", _l("A quarter of the services are below this. From 20 services.")),
    Column("upper_quartile", "number", _l("A quarter of the services are above this. From 20 services.")),
    Column("lowest_tenth", "number", _l("A tenth of the services are below this. From 50 services.")),
    Column("highest_tenth", "number", _l("A tenth of the services are above this. From 50 services.")),
    Column("hidden_because", "text", _l("Why figures in this row are empty. Hidden does not mean zero.")),
)
HISTOGRAM: Final = (
    *KEY,
    Column("bar_from", "number", _l("The lowest score in this bar.")),
    Column(
        "bar_to",
        "number",
        _l(
            "The highest score in this bar. Bars are half a level wide; neighbours are joined until at least 5 "
            "services are in each."
        ),
    ),
    Column(
        "services",
        "whole number",
        _l("How many services score in this bar, rounded down to a multiple of 5. Empty below 10: then it is 5 to 9."),
    ),
    Column("hidden_because", "text", _l("Why the number is empty.")),
)
DICTIONARY: Final = (
    Column("file", "text", _l("The file that the column is in.")),
    Column("column", "text", _l("The column’s name.")),
    Column("type", "text", _l("What its cells hold.")),
    Column("meaning", "text", _l("What it means.")),
)
ABOUT: Final = (
    Column("year", "whole number", _l("The year of this edition.")),
    Column("period", "text", _l("Which results count.")),
    Column("caution", "text", _l("What the figures are not.")),
    Column("licence", "text", _l("What you may do with them.")),
    Column("cite", "text", _l("How to say where they come from.")),
)
"""What each file says of itself; in CSV files a column each, the same in every row."""
FILES: Final[Mapping[str, tuple[Column, ...]]] = {
    "figures": FIGURES,
    "histogram": HISTOGRAM,
    "dictionary": DICTIONARY,
}
