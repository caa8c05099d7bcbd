"""The public page of the field: published figures only, hidden ones with their reason, at the same cost always."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

import pytest
from flask import Flask

from assessment.disclosure.benchmark import TOO_FEW_SERVICES
from assessment.questionnaire.definition import Definition
from assessment.questionnaire.folder import find_definitions, find_dimensions
from assessment.store.db import transaction
from assessment.store.messages import to_text
from assessment.store.models import Snapshot, SnapshotCell
from tests.house.queries import counted
from tests.house.visitor import Page, Visitor

NEWEST = date(2026, 11, 1)
MOST_QUERIES = 8


@dataclass
class Field:
    """Snapshots put straight into the database."""

    app: Flask
    principles: tuple[str, ...]

    def snapshot(self, as_of: date = NEWEST) -> UUID:
        id = uuid4()
        with self.app.app_context(), transaction() as session:
            session.add(Snapshot(id=id, as_of=as_of, published_on=as_of))
        return id

    def group(
        self,
        snapshot: UUID,
        cell: str,
        services: int,
        median: float = 2.0,
        *,
        form: str = "shared",
        origin: UUID | None = None,
    ) -> None:
        """One group on every principle, a tenth of a level apart; 0 services: refused, with its reason."""
        with self.app.app_context(), transaction() as session:
            session.add_all(
                _row(snapshot, cell, principle, services, round(median * 10) + k, form, origin or snapshot)
                for k, principle in enumerate(self.principles)
            )

    def page(self, address: str = "/field/") -> Page:
        return Visitor(self.app).get(address)


def _row(
    snapshot: UUID, cell: str, principle: str, services: int, median: int, form: str, origin: UUID
) -> SnapshotCell:
    row = SnapshotCell(
        snapshot_id=snapshot,
        questionnaire="co-production",
        questionnaire_version="1.0",
        form=form,
        voice="together",
        cell=cell,
        principle=principle,
        services=services,
        organisations=0,
    )
    if not services:
        row.reason = to_text(TOO_FEW_SERVICES)
        return row
    row.origin_id, row.organisations, row.median_x10 = origin, 10 if services >= 40 else 4, median
    if services >= 20:
        row.lower_x10, row.upper_x10 = median - 4, median + 5
    return row


def main(app: Flask) -> Definition:
    return next(one for one in find_definitions(app.config["QUESTIONNAIRES"]) if one.id == "co-production")


@pytest.fixture
def field(app: Flask) -> Field:
    return Field(app, tuple(p.id for p in main(app).principles))


def rows(page: Page) -> dict[str, str]:
    assert page.tree is not None
    found = [r for r in page.tree.iter("tr") if r.find("th[@scope='row']") is not None]
    cells = [[" ".join("".join(cell.itertext()).split()) for cell in row] for row in found]
    return {row[0]: " | ".join(row[1:]) for row in cells}


def test_an_empty_installation_says_what_will_appear_and_when(field: Field) -> None:
    page = field.page()
    assert page.status == 200
    assert "once a month" in page.text and "at least 10 of them, of at least 4 organisations" in page.text
    field.snapshot()
    assert "On 1 November 2026 no service had shared a result yet" in field.page().text


def test_the_page_is_the_same_for_everyone_and_may_be_kept(field: Field) -> None:
    field.group(field.snapshot(), "network", 60)
    page = field.page()
    assert "public" in page.headers["Cache-Control"] and "Set-Cookie" not in page.headers
    assert "csrf" not in page.html


def test_the_headline_by_rule_with_rounded_counts_and_the_caution(field: Field) -> None:
    field.group(field.snapshot(), "network", 60, 1.5)
    page = field.page()
    assert page.heading == "Across the field: strongest in Catalysing, with most room to grow in Assets"
    assert "Services chose to take part; these are not estimates for all services." in page.text
    assert "from the two years up to 1 November 2026" in page.text
    assert "10 or more" in page.text
    assert "60 services" in page.text


def test_groups_stand_a_to_z_and_those_without_services_are_absent(field: Field) -> None:
    snapshot = field.snapshot()
    field.group(snapshot, "network", 60)
    for cell, services in (("sector:youth", 25), ("sector:health", 15), ("sector:housing", 0)):
        field.group(snapshot, cell, services)
    page = field.page()
    assert list(rows(page))[:3] == ["Health", "Housing", "Youth"]
    assert "Transport" not in page.text
    assert rows(page)["Youth"] == "25 | 2.0 | 1.6 to 2.5"
    assert rows(page)["Health"] == "15 | 2.0 | The middle half is shown from 20 services"


def test_a_refused_group_is_hidden_with_its_reason_and_no_count(field: Field) -> None:
    snapshot = field.snapshot()
    field.group(snapshot, "network", 60)
    field.group(snapshot, "sector:housing", 0)
    page = field.page()
    assert rows(page)["Housing"] == "Hidden | Hidden: fewer than 10 services | Hidden: fewer than 10 services"
    assert "hidbox" in page.html and "Why some groups are hidden" in page.text


def test_principle_and_groups_are_chosen_without_script(field: Field) -> None:
    snapshot = field.snapshot()
    field.group(snapshot, "network", 60)
    field.group(snapshot, "nation:wales", 20)
    page = field.page("/field/?by=nation&principle=roles")
    assert (page.holds("Show", "by"), page.holds("Show", "principle")) == ("nation", "roles")
    assert "Blurred roles by nation" in page.text and rows(page)["Wales"].startswith("20 | 2.3")
    page = field.page("/field/?by=region")
    assert "No group of this kind" in page.text
    assert field.page("/field/?by=nonsense&principle=x&statements=y").status == 200


def test_sizes_stand_from_small_to_large(field: Field) -> None:
    snapshot = field.snapshot()
    field.group(snapshot, "network", 60)
    sizes = [option.id for option in find_dimensions(field.app.config["QUESTIONNAIRES"]).sizes]
    for size in sizes:
        field.group(snapshot, f"size:{size}", 20)
    assert next(iter(rows(field.page("/field/?by=size")))) == "Fewer than 10 paid staff"


def test_the_basis_is_offered_only_where_both_are_published(field: Field) -> None:
    snapshot = field.snapshot()
    field.group(snapshot, "network", 60)
    assert 'name="statements"' not in field.page().html
    field.group(snapshot, "network", 30, 3, form="full")
    page = field.page()
    assert page.holds("Show", "statements") == "co-production:1.0:together:shared"
    page = field.page("/field/?statements=co-production:1.0:together:full")
    assert "all 36 statements" in page.text and rows(page)["Assets"].startswith("30 | 3.0")


def test_only_the_newest_snapshot_is_shown_and_carried_figures_say_their_day(field: Field) -> None:
    old = field.snapshot(date(2026, 10, 1))
    new = field.snapshot()
    field.group(old, "network", 40, 3)
    field.group(new, "network", 60, 1)
    field.group(new, "sector:housing", 20, origin=old)
    page = field.page()
    assert "published for 1 November 2026" in page.text and rows(page)["Assets"].startswith("60 | 1.0")
    assert "20 services, as of 1 October 2026" in page.text


def test_years_are_those_published_and_a_hidden_one_is_said(field: Field) -> None:
    field.group(field.snapshot(date(2024, 12, 1)), "network", 0)
    field.group(field.snapshot(date(2025, 3, 1)), "network", 60, 1)
    field.group(field.snapshot(date(2025, 12, 1)), "network", 60, 1.2)
    field.group(field.snapshot(), "network", 60, 1.4)
    page = field.page()
    assert "The field, year by year" in page.text
    assert "Assets, median by year: 2024 hidden, 2025 1.2, 2026 1.4." in page.html
    assert "not proof of change" in page.text


def test_one_year_alone_is_no_story(field: Field) -> None:
    field.group(field.snapshot(), "network", 60)
    assert "year by year" not in field.page().text


def test_a_network_that_may_not_be_shown_says_why(field: Field) -> None:
    field.group(field.snapshot(), "network", 0)
    page = field.page()
    assert "The whole network cannot be shown yet" in page.text
    assert page.heading == "What co-production looks like across the field"


def test_few_queries_and_no_more_for_more_groups_and_years(field: Field) -> None:
    def cost() -> int:
        field.page()
        with counted(field.app) as asked:
            field.page()
        return len(asked)

    snapshot = field.snapshot()
    field.group(snapshot, "network", 60)
    few = cost()
    for year in (2022, 2023, 2024):
        field.group(field.snapshot(date(year, 11, 1)), "network", 60)
    for sector in find_dimensions(field.app.config["QUESTIONNAIRES"]).sectors:
        field.group(snapshot, f"sector:{sector.id}", 20)
    assert cost() == few <= MOST_QUERIES
