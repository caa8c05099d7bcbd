"""Every figure on a page or in a file, and the figures that are published: the one must be among the other.

There are only forty-one figures from 0.0 to 4.0, so nearly any would be among them. Before anything is looked at, all
that is *released* is therefore moved to five of them (``coarsen``), and all that is not stays as it is: a figure that
comes from somewhere else then shows.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from html.parser import HTMLParser
from io import BytesIO
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select, update
from werkzeug.test import TestResponse

from assessment.disclosure.aggregate import LEAST_SERVICES
from assessment.disclosure.rounding import tenths
from assessment.scoring.spread import LOWER_QUARTER, MIDDLE, UPPER_QUARTER, sample_quantile
from assessment.store.db import Session
from assessment.store.models import Release, ReleaseCell, Round, Service, SnapshotCell, SnapshotQuality
from tests.house.html import HTML

COARSE_X10: Final = (2, 11, 20, 29, 38)
DECIMAL: Final = re.compile(r"(?<![\w.:/£-])[-−+]?(\d+\.\d+)(?![\w.:/-]*\d)")
# Places in a picture, in sizes and in addresses: no figures.
NOT_SAID: Final = frozenset(
    {
        *("d", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "rx", "ry", "dx", "dy", "points", "transform"),
        *("viewbox", "width", "height", "style", "class", "id", "href", "src", "srcset", "for", "name", "action"),
        *("content", "stroke-width", "stroke-dasharray", "font-size", "offset", "sizes", "media", "integrity"),
    }
)
RELEASED: Final = ("value_x10", "low_x10", "high_x10")
PUBLISHED: Final = ("median_x10", "lower_x10", "upper_x10", "tenth_x10", "ninetieth_x10")


def coarse(x10: int) -> int:
    """The nearest of the five."""
    return min(COARSE_X10, key=lambda one: abs(one - x10))


def coarsen(session: Session) -> None:
    """Move every figure that is released to one of five."""
    for table, columns in ((ReleaseCell, RELEASED), (SnapshotCell, PUBLISHED)):
        for name in columns:
            column = getattr(table, name)
            for value in session.scalars(select(column).distinct().where(column.is_not(None))).all():
                # Negative first, so that no figure is moved twice.
                session.execute(update(table).where(column == value).values({name: -1 - coarse(value)}))
            session.execute(update(table).where(column < 0).values({name: -1 - column}))


def figures_of(response: TestResponse) -> frozenset[str]:
    """Every decimal number that a page or file says."""
    body, kind = response.get_data(), response.mimetype or ""
    if kind == HTML or "svg" in kind:
        return frozenset(Said(body.decode()).figures())
    if "json" in kind:
        return frozenset(_of_json(json.loads(body)))
    if "sheet" in kind or "zip" in kind:
        return frozenset(_of_zip(body))
    if kind.startswith("text/"):
        return frozenset(_of_text(body.decode()))
    return frozenset()


def _of_text(text: str) -> Iterator[str]:
    return (found.group(1) for found in DECIMAL.finditer(text))


class Said(HTMLParser):
    """What a page or a drawing says to anyone who reads, hears or copies it; whether it is valid is held elsewhere."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.data: list[Any] = []
        self.elements: list[tuple[str, Mapping[str, str]]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        self.elements.append((tag, named))
        self.texts += [value for name, value in named.items() if name not in NOT_SAID]

    def handle_data(self, data: str) -> None:
        if self.cdata_elem is None:
            self.texts.append(data)
        elif self.cdata_elem == "script" and "json" in self.elements[-1][1].get("type", ""):
            self.data.append(json.loads(data))

    def figures(self) -> Iterator[str]:
        yield from _of_text("\n".join(self.texts))
        yield from _of_json(self.data)


def _of_json(value: Any) -> Iterator[str]:
    if isinstance(value, float):
        yield repr(value)
    elif isinstance(value, str):
        yield from _of_text(value)
    elif isinstance(value, list):
        for one in value:
            yield from _of_json(one)
    elif isinstance(value, dict):
        for name, one in value.items():
            # How a picture is laid out: margins, sizes of lines and letters.
            if name not in ("layout", "line", "marker", "font", "opacity", "width", "config"):
                yield from _of_json(one)


def _of_zip(body: bytes) -> Iterator[str]:
    with zipfile.ZipFile(BytesIO(body)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/") or name == "xl/sharedStrings.xml":
                text = archive.read(name).decode()
                yield from (repr(float(v)) for v in re.findall(r"<v>(-?\d+\.\d+)</v>", text))
                yield from _of_text(" ".join(re.findall(r"<t[^>]*>([^<]*)</t>", text)))
            elif name.endswith((".csv", ".json", ".txt", ".md")):
                yield from _of_text(archive.read(name).decode())


def published(session: Session) -> frozenset[str]:
    """What peer groups publish."""
    return _tenths(x10 for name in PUBLISHED for x10 in session.scalars(select(getattr(SnapshotCell, name)).distinct()))


def bars(session: Session) -> frozenset[str]:
    """Where the bars of a spread start and end."""
    return frozenset(start for row in session.scalars(select(SnapshotCell.bins).distinct()) for start in _starts(row))


def measured(session: Session) -> frozenset[str]:
    """How well the instrument measures, as it is kept and to two decimals."""
    alpha = (SnapshotQuality.alpha, SnapshotQuality.alpha_low, SnapshotQuality.alpha_high)
    columns = (SnapshotQuality.icc1, SnapshotQuality.icc2, *alpha)
    rows = session.scalars(select(SnapshotQuality.statements).where(SnapshotQuality.statements != "")).all()
    kept = {abs(value) for column in columns for value in session.scalars(select(column)) if value is not None}
    kept |= {float(figure) for row in rows for figure in _of_json(json.loads(row))}
    return frozenset(f"{value:.2f}" for value in kept) | {repr(value) for value in kept}


def _starts(row: str) -> Iterator[str]:
    """Where a bar starts, and where the one before ends."""
    starts = [int(one.split(":")[0]) for one in row.split(",") if one]
    yield from _tenths([*starts, *(start - 1 for start in starts if start)])


def released_of(session: Session, services: Iterable[UUID]) -> frozenset[str]:
    """The released figures of these services, of all their rounds."""
    columns = [getattr(ReleaseCell, name) for name in RELEASED]
    rows = session.execute(
        select(*columns)
        .join(Release, Release.id == ReleaseCell.release_id)
        .where(Release.service_id.in_(list(services)))
        .distinct()
    )
    return _tenths(value for row in rows for value in row)


def means_of(session: Session, organisation_id: UUID) -> frozenset[str]:
    """Rule P3: the plain means of newest released scores, of all its services, each department's, each sector's and
    each sector's within a department; and where the middle of all its services and their middle half lie.
    """
    rows = session.execute(
        select(Service.id, Service.department_id, Service.sector, ReleaseCell.voice, ReleaseCell.measure,
               ReleaseCell.value_x10, Round.opened_on, Release.version)
        .join(Release, Release.service_id == Service.id)
        .join(Round, Round.id == Release.round_id)
        .join(ReleaseCell, ReleaseCell.release_id == Release.id)
        .where(Service.organisation_id == organisation_id)
        .order_by(Round.opened_on, Release.released_on, Release.version)
    )  # fmt: skip
    newest: dict[tuple[Any, ...], int | None] = {}
    for service, department, sector, voice, measure, value, _opened, _version in rows:
        for group in ("all", ("department", department), ("sector", sector), ("both", department, sector)):
            newest[group, voice, measure, service] = value
    grouped: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for (group, voice, measure, _service), value in newest.items():
        if value is not None:
            grouped[group, voice, measure].append(value)
    many = {key: values for key, values in grouped.items() if len(values) >= LEAST_SERVICES}
    means = _tenths(tenths(Fraction(sum(values), 10 * len(values))) for values in many.values())
    return means | _tenths(point for key, values in many.items() if key[0] == "all" for point in _middle(values))


def _middle(values: Sequence[int]) -> Iterator[int]:
    for share in (LOWER_QUARTER, MIDDLE, UPPER_QUARTER):
        yield tenths(Fraction(sample_quantile(values, share)) / 10)


def _tenths(values: Iterable[int | None]) -> frozenset[str]:
    return frozenset(f"{value / 10:.1f}" for value in values if value is not None)
