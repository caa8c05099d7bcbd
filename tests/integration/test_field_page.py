"""The public pages of the field: published figures only, hidden ones with their reason, at the same cost always."""

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
PAGES = ("", "principle", "years", "taking-part", "instrument")


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
        voice: str = "together",
        origin: UUID | None = None,
        bins: str = "",
    ) -> None:
        """One group on every principle, a tenth of a level apart; 0 services: refused, with its reason."""
        with self.app.app_context(), transaction() as session:
            for k, principle in enumerate(self.principles):
                row = _row(snapshot, cell, principle, services, round(median * 10) + k, form, origin or snapshot)
                row.voice, row.bins = voice, bins
                session.add(row)

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
    assert "how well the questions measure" in page.text


def test_groups_stand_a_to_z_and_those_without_services_are_absent(field: Field) -> None:
    snapshot = field.snapshot()
    field.group(snapshot, "network", 60)
    for cell, services in (("sector:youth", 25), ("sector:health", 15), ("sector:housing", 0)):
        field.group(snapshot, cell, services)
    page = field.page("/field/principle")
    assert [name for name in rows(page) if name[0].isalpha()] == ["Health", "Housing", "Youth"]
    assert "Transport" not in page.text
    assert rows(page)["Youth"] == "25 | 2.0 | 1.6 to 2.5"
    assert rows(page)["Health"] == "15 | 2.0 | The middle half is shown from 20 services"


def test_a_refused_group_is_hidden_with_its_reason_and_no_count(field: Field) -> None:
    snapshot = field.snapshot()
    field.group(snapshot, "network", 60)
    field.group(snapshot, "sector:housing", 0)
    page = field.page("/field/principle?group=sector:housing")
    assert rows(page)["Housing"] == "Hidden | Hidden: fewer than 10 services | Hidden: fewer than 10 services"
    assert "hidbox" in page.html and "Why some groups are hidden" in page.text
    assert "How services spread: Housing" in page.text and rows(page)["–"] == "Hidden: fewer than 10 services"


def test_principle_and_groups_are_chosen_without_script(field: Field) -> None:
    snapshot = field.snapshot()
    field.group(snapshot, "network", 60)
    field.group(snapshot, "nation:wales", 20)
    page = field.page("/field/principle?by=nation&principle=roles")
    assert (page.holds("Show", "by"), page.holds("Show", "principle")) == ("nation", "roles")
    assert "Blurred roles by nation" in page.text and rows(page)["Wales"].startswith("20 | 2.3")
    assert page.heading == "Blurred roles: half of the services that took part lie from 1.9 to 2.8"
    page = field.page("/field/principle?by=region")
    assert "No group of this kind" in page.text
    for address in (
        "principle?by=nonsense&principle=x&group=y",
        "?voice=z&basis=q&questionnaire=::",
        "taking-part?by=x",
    ):
        assert field.page(f"/field/{address}").status == 200


def test_the_sectors_of_one_nation_are_a_choice_too(field: Field) -> None:
    snapshot = field.snapshot()
    field.group(snapshot, "network", 60)
    field.group(snapshot, "sector-nation:health:wales", 20, 1)
    field.group(snapshot, "sector-nation:health:england", 20, 3)
    page = field.page("/field/principle?by=sector-nation:wales")
    assert rows(page)["Health"].startswith("20 | 1.0") and "Assets by sector" in page.text
    page = field.page("/field/taking-part?by=sector-nation:wales")
    assert rows(page)["Health"] == "20 services, 4 or more organisations | None | None"


def test_sizes_stand_from_small_to_large(field: Field) -> None:
    snapshot = field.snapshot()
    field.group(snapshot, "network", 60)
    sizes = [option.id for option in find_dimensions(field.app.config["QUESTIONNAIRES"]).sizes]
    for size in sizes:
        field.group(snapshot, f"size:{size}", 20)
    names = [name for name in rows(field.page("/field/principle?by=size")) if "staff" in name]
    assert names[0] == "Fewer than 10 paid staff" and len(names) == len(sizes)


def test_services_spread_in_bars_as_wide_as_the_scores_they_hold(field: Field) -> None:
    snapshot = field.snapshot()
    field.group(snapshot, "network", 60, bins="0:10,11:35,16:15")
    field.group(snapshot, "sector:youth", 25, bins="0:5,16:20")
    page = field.page("/field/principle")
    assert rows(page)["0.0 to 1.0"] == "10" and rows(page)["1.1 to 1.5"] == "35" and rows(page)["1.6 to 4.0"] == "15"
    assert "How services spread: Youth" not in page.text
    page = field.page("/field/principle?group=sector:youth")
    assert "How services spread: Youth" in page.text and rows(page)["0.0 to 1.5"] == "5"
    assert page.holds("Show this group", "group") == "sector:youth"


def test_what_is_published_may_be_chosen_and_nothing_else_is_asked(field: Field) -> None:
    snapshot = field.snapshot()
    field.group(snapshot, "network", 60)
    assert "<select" not in field.page().html
    field.group(snapshot, "network", 30, 3, form="full")
    page = field.page()
    assert page.holds("Show", "basis") == "shared" and 'name="voice"' not in page.html
    page = field.page("/field/?basis=full")
    assert "all 36 statements" in page.text and rows(page)["Assets"].startswith("30 | 3.0")
    assert "/field/principle?basis=full" in page.html


def test_each_voice_is_seen_by_itself_and_people_only_on_the_statements_they_are_asked(field: Field) -> None:
    snapshot = field.snapshot()
    for voice, median in (("together", 1), ("staff", 2), ("people", 3)):
        field.group(snapshot, "network", 60, median, voice=voice)
    field.group(snapshot, "network", 30, 2.5, voice="staff", form="full")
    assert "What services agreed together" in field.page().text
    page = field.page("/field/?voice=staff&basis=full")
    assert "What staff and partners of services said" in page.text and rows(page)["Assets"].startswith("30 | 2.5")
    page = field.page("/field/?voice=people&basis=full")
    assert rows(page)["Assets"].startswith("60 | 3.0") and 'name="basis"' not in page.html
    assert "People who use services, each alone, on the 12 statements that every form asks." in page.text


def test_every_picture_and_table_says_whose_when_and_over_what(field: Field) -> None:
    for year in (2025, 2026):
        snapshot = field.snapshot(date(year, 11, 1))
        for cell in ("network", "sector:youth", "matched-then:2025", "matched-now:2025"):
            field.group(snapshot, cell, 60, bins="0:60", voice="staff")
    for name in ("", "principle?group=sector:youth", "years", "taking-part"):
        page = field.page(f"/field/{name}")
        assert page.tree is not None
        found = [one for one in page.tree.iter() if one.tag in ("caption", "figcaption")]
        captions = [" ".join(" ".join(one.itertext()).split()) for one in found]
        assert len(captions) >= 2
        for caption in captions:
            assert "Services chose to take part; these are not" in caption and "year" in caption
            assert "orm" in caption and ("Staff and partners, each alone" in caption or name == "taking-part")


def test_only_the_newest_snapshot_is_shown_and_carried_figures_say_their_day(field: Field) -> None:
    old = field.snapshot(date(2026, 10, 1))
    new = field.snapshot()
    field.group(old, "network", 40, 3)
    field.group(new, "network", 60, 1)
    field.group(new, "sector:housing", 20, origin=old, bins="0:20")
    assert "published for 1 November 2026" in field.page().text
    assert rows(field.page())["Assets"].startswith("60 | 1.0")
    page = field.page("/field/principle?group=sector:housing")
    assert "20 services, as of 1 October 2026" in page.text and "Carried over from 1 October 2026" in page.text


def test_years_are_those_published_and_a_hidden_one_is_said(field: Field) -> None:
    field.group(field.snapshot(date(2024, 12, 1)), "network", 0)
    field.group(field.snapshot(date(2025, 3, 1)), "network", 60, 1)
    field.group(field.snapshot(date(2025, 12, 1)), "network", 60, 1.2)
    field.group(field.snapshot(), "network", 60, 1.4)
    page = field.page("/field/years")
    assert "Assets, median by year: 2024 hidden, 2025 1.2, 2026 1.4." in page.html
    assert rows(page)["Assets"] == "Hidden: fewer than 10 services | 1.2 (0.8 to 1.7) | 1.4 (1.0 to 1.9)"
    assert "not proof of change" in page.text and "No service has taken part in two years" in page.text


def test_beside_each_trend_stand_the_services_of_both_years_or_why_not(field: Field) -> None:
    for year in (2024, 2025, 2026):
        snapshot = field.snapshot(date(year, 11, 1))
        field.group(snapshot, "network", 60, 1.2)
        field.group(snapshot, f"matched-then:{year - 1}", 40, 1.3)
        field.group(snapshot, f"matched-now:{year - 1}", 0 if year == 2025 else 35, 1.5)
    page = field.page("/field/years")
    both = [row for row in page.tree.iter("tr") if "then" in "".join(row.itertext())] if page.tree is not None else []
    assert len(both) == 6
    cells = [" ".join("".join(cell.itertext()).split()) for cell in both[0]]
    # Nothing of 2023 was published, so 2024 has nothing beside it.
    assert cells == ["Assets", "Hidden: fewer than 10 services", "1.3 then, 1.5 now (40 and 35 services)"]
    assert "we cannot tell whether services changed or answered differently" in page.text


def test_one_year_alone_is_no_story(field: Field) -> None:
    field.group(field.snapshot(), "network", 60)
    page = field.page("/field/years")
    assert "One year alone is no story" in page.text and "line-mini" not in page.html


def test_who_takes_part_is_counted_by_voice_as_published(field: Field) -> None:
    for year, voices in ((2025, ("together",)), (2026, ("together", "staff"))):
        snapshot = field.snapshot(date(year, 11, 1))
        for voice in voices:
            field.group(snapshot, "network", 60 if voice == "together" else 15, voice=voice)
        field.group(snapshot, "network", 0, voice="people")
        field.group(snapshot, "sector:youth", 20)
    page = field.page("/field/taking-part")
    found = rows(page)
    assert found["2025"].split(" | ")[:2] == ["60 services, 10 or more organisations", "None"]
    assert found["2026"].split(" | ")[1:] == ["15 services, 4 or more organisations", "Hidden: fewer than 10 services"]
    assert found["Youth"] == "20 services, 4 or more organisations | None | None"
    assert "No group of this kind" in field.page("/field/taking-part?by=kind").text


def test_a_network_that_may_not_be_shown_says_why(field: Field) -> None:
    field.group(field.snapshot(), "network", 0)
    page = field.page()
    assert "The whole network cannot be shown yet" in page.text
    assert page.heading == "What co-production looks like across the field"
    assert field.page("/field/principle").heading == "Assets across the field"


def test_every_page_is_public_and_may_be_kept_and_says_when_nothing_is_there(field: Field) -> None:
    for name in PAGES:
        page = field.page(f"/field/{name}")
        assert "public" in page.headers["Cache-Control"] and "once a month" in page.text
    field.group(field.snapshot(), "network", 60)
    for name in PAGES:
        page = field.page(f"/field/{name}")
        assert "public" in page.headers["Cache-Control"] and "csrf" not in page.html and "once a month" not in page.text


@pytest.mark.parametrize("name", PAGES)
def test_few_queries_and_no_more_for_more_groups_and_years(field: Field, name: str) -> None:
    def cost() -> int:
        field.page(f"/field/{name}")
        with counted(field.app) as asked:
            field.page(f"/field/{name}")
        return len(asked)

    snapshot = field.snapshot()
    field.group(snapshot, "network", 60)
    few = cost()
    for year in (2022, 2023, 2024):
        field.group(field.snapshot(date(year, 11, 1)), "network", 60)
    for sector in find_dimensions(field.app.config["QUESTIONNAIRES"]).sectors:
        field.group(snapshot, f"sector:{sector.id}", 20)
    assert cost() == few <= MOST_QUERIES
