"""Snapshots: who counts, what is published, carried over or refused, and that nothing is published twice."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from assessment.disclosure.benchmark import ONE_TOO_LARGE, TOO_FEW_ORGANISATIONS, TOO_FEW_SERVICES
from assessment.store.db import transaction
from assessment.store.messages import from_text
from assessment.store.models import DraftAnswer, Organisation, Service, Snapshot, SnapshotCell, SnapshotRelease
from assessment.workflows.release import send
from assessment.workflows.snapshots import SnapshotError
from tests.house.open_data import make_group, make_snapshot
from tests.house.queries import counted
from tests.house.snapshots import AS_OF, MONTH_BEFORE, RECENT, Field


@pytest.fixture
def field(app: Flask) -> Field:
    return Field(app)


def test_an_empty_network_has_an_empty_snapshot(field: Field) -> None:
    published = field.publish()
    assert (published.services, published.outcomes) == (0, ())
    assert field.count(Snapshot) == 1 and field.count(SnapshotCell) == 0


def test_figures_are_those_of_all_services_and_counts_are_rounded_down(field: Field) -> None:
    field.organisations(4, 6)
    published = field.publish()
    assert (published.services, published.organisations) == (24, 4)
    cells = field.cells()
    assert len(cells) == 6
    for cell in cells:
        assert (cell.lower_x10, cell.median_x10, cell.upper_x10) == (8, 15, 23)
        assert (cell.services, cell.organisations, cell.reason) == (20, 4, "")
        assert cell.mean == pytest.approx(1.5) and cell.tenth_x10 is None
        assert cell.origin_id == cell.snapshot_id


def test_a_median_comes_from_ten_services_and_quarters_only_from_twenty(field: Field) -> None:
    field.organisations(5, 3)
    field.publish()
    assert all(c.median_x10 is not None and c.lower_x10 is None and c.upper_x10 is None for c in field.cells())


def test_tenths_come_from_fifty_services(field: Field) -> None:
    field.organisations(10, 5)
    field.publish()
    assert all(c.tenth_x10 == 0 and c.ninetieth_x10 == 30 and c.organisations == 10 for c in field.cells())


def test_groups_that_are_too_small_are_refused_with_their_reason_and_without_a_count(field: Field) -> None:
    field.organisations(4, 5, nation="england", kind="council", sector="housing")
    field.organisations(3, 4, nation="wales", kind="charity", sector="youth")
    field.organisation(*([field.round()] for _ in range(3)), nation="scotland", kind="company", sector="health")
    field.publish()
    for cell, reason in (
        ("kind:charity", TOO_FEW_ORGANISATIONS),
        ("nation:scotland", TOO_FEW_SERVICES),
        ("sector-nation:youth:wales", TOO_FEW_ORGANISATIONS),
    ):
        rows = field.cells(cell)
        assert len(rows) == 6
        for row in rows:
            assert from_text(row.reason) == reason
            assert (row.services, row.organisations, row.median_x10, row.mean, row.origin_id) == (
                0,
                0,
                None,
                None,
                None,
            )


def test_one_organisation_with_more_than_a_third_is_refused(field: Field) -> None:
    field.organisations(4, 3)
    field.organisation(*([field.round()] for _ in range(9)))
    field.publish()
    assert all(from_text(row.reason) == ONE_TOO_LARGE for row in field.cells())


def test_all_statements_are_compared_among_full_forms_only(field: Field) -> None:
    field.organisations(4, 5)
    for _ in range(4):
        field.organisation(*([field.round(4, form="short")] for _ in range(5)))
    field.publish()
    assert {row.services for row in field.cells(form="shared")} == {40}
    assert {row.services for row in field.cells(form="full")} == {20}
    assert {row.median_x10 for row in field.cells(form="full")} == {15}


@pytest.mark.parametrize(
    ("model", "values"),
    [
        (Organisation, {"confirmed_on": None}),
        (Organisation, {"shares_on": None}),
        (Organisation, {"shares_on": AS_OF + timedelta(1)}),
        (Organisation, {"archived_on": RECENT}),
        (Service, {"confirmed_on": None}),
        (Service, {"archived_on": RECENT}),
    ],
)
def test_only_confirmed_services_of_organisations_that_share_count(
    field: Field, model: type[Any], values: dict[str, Any]
) -> None:
    made = field.organisations(4, 5)
    one = made[0].id if model is Organisation else made[0].services[0].id
    field.change(model, one, **values)
    assert field.publish().services == (15 if model is Organisation else 19)


@pytest.mark.parametrize(
    ("staff", "people", "counts"), [(3, 0, False), (0, 3, False), (1, 1, False), (1, 2, True), (2, 1, True)]
)
def test_both_sides_and_three_people_were_in_the_room(field: Field, staff: int, people: int, counts: bool) -> None:
    field.organisation([field.round(staff=staff, people=people)])
    assert field.publish().services == counts


@pytest.mark.parametrize(
    ("day", "counts"),
    [(AS_OF, True), (AS_OF + timedelta(1), False), (date(2024, 11, 2), True), (date(2024, 11, 1), False)],
)
def test_results_of_the_last_two_years_up_to_the_day_count(field: Field, day: date, counts: bool) -> None:
    field.organisation([field.round(day=day)])
    assert field.publish().services == counts


def test_the_latest_result_of_a_service_counts_and_no_older_one_stands_in(field: Field) -> None:
    field.organisation([field.round(1, date(2025, 9, 1)), field.round(3, RECENT)])
    field.organisation([field.round(1, date(2025, 9, 1)), field.round(3, RECENT, people=0)])
    field.organisation([field.round(1, date(2025, 9, 1)), field.round(3, AS_OF + timedelta(5))])
    assert field.publish().services == 2
    assert field.count(SnapshotRelease) == 2


def test_a_correction_counts_in_place_of_what_it_corrects(field: Field, app: Flask) -> None:
    made = field.organisations(4, 5)
    for service in made[0].services:
        with app.app_context():
            with transaction(answers=True) as session:
                session.execute(update(DraftAnswer).values(value="4").where(DraftAnswer.question.in_(["A1", "A3"])))
            assert send(service.rounds[0].id, RECENT) == 2
    assert field.publish().services == 20
    assets = next(row for row in field.cells() if row.principle == "assets")
    assert assets.mean == pytest.approx((4 * 5 + 1.6 * 15) / 20)


def test_publishing_a_month_again_changes_nothing(field: Field) -> None:
    field.organisations(4, 5)
    first = field.publish()
    before = (field.count(SnapshotCell), field.count(SnapshotRelease))
    field.organisations(4, 5)
    for day in (AS_OF, AS_OF + timedelta(9)):
        again = field.publish(day)
        assert again.already and again.as_of == first.as_of
    assert (field.count(SnapshotCell), field.count(SnapshotRelease)) == before


def test_snapshots_are_published_in_order_and_not_of_days_to_come(field: Field) -> None:
    field.publish(AS_OF)
    with pytest.raises(SnapshotError, match="in order"):
        field.publish(MONTH_BEFORE)
    with pytest.raises(SnapshotError, match="still to come"):
        field.publish(date(2026, 12, 1), today=AS_OF)
    assert field.count(Snapshot) == 1


def some_renewed(field: Field, number: int) -> None:
    """Four councils with six services each, so many of which hold another round between two snapshots."""
    left = number
    for n in range(4):
        services = []
        for k in range(6):
            later = [field.round(4, date(2026, 10, 10))] if left and k < (number + 3) // 4 else []
            left -= len(later)
            services.append([field.round((n + k) % 4), *later])
        field.organisation(*services)


def test_a_group_that_hardly_changed_is_carried_over(field: Field) -> None:
    some_renewed(field, 4)
    field.publish(MONTH_BEFORE)
    published = field.publish(AS_OF)
    assert all(outcome.carried for outcome in published.outcomes if not outcome.reason)
    before, after = field.cells(as_of=MONTH_BEFORE), field.cells(as_of=AS_OF)
    assert [row.mean for row in after] == [row.mean for row in before]
    assert {row.origin_id for row in after} == {row.snapshot_id for row in before}


def test_a_group_that_changed_is_published_afresh(field: Field) -> None:
    some_renewed(field, 20)
    field.publish(MONTH_BEFORE)
    field.publish(AS_OF)
    assert all(row.origin_id == row.snapshot_id for row in field.cells())
    assert {row.mean for row in field.cells()} != {row.mean for row in field.cells(as_of=MONTH_BEFORE)}


def test_a_group_carried_over_twice_still_names_the_snapshot_it_is_of(field: Field) -> None:
    field.organisations(4, 5)
    days = [date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1)]
    for day in days:
        field.publish(day)
    first, *later = ({(row.origin_id, row.mean) for row in field.cells(as_of=day)} for day in days)
    assert later == [first, first]


def test_publishing_asks_no_more_questions_of_a_larger_network(field: Field, app: Flask) -> None:
    field.organisations(4, 5)
    with counted(app) as few:
        field.publish(MONTH_BEFORE)
    field.organisations(8, 5)
    with counted(app) as many:
        field.publish(AS_OF)
    assert len(many) == len(few)


class TestCommands:
    def run(self, app: Flask, *args: str) -> Any:
        return app.test_cli_runner().invoke(args=["snapshot", *args])

    def test_publish_says_what_became_of_each_group(self, field: Field, app: Flask) -> None:
        field.organisations(4, 5)
        field.organisations(2, 3, nation="wales")
        said = self.run(app, "publish", "--as-of", "2026-11-01").output
        assert "Snapshot as of 2026-11-01: 26 services of 6 organisations." in said
        # Nobody answered alone, and so nothing is said of the other voices.
        assert "Agreed together:\n  network: published\n" in said and "alone:" not in said
        assert "  nation:wales: Fewer than 10 services have shared a result here" in said
        again = self.run(app, "publish", "--as-of", "2026-11-01")
        assert "published already. Nothing was changed." in again.output and again.exit_code == 0

    def test_publish_sees_to_the_open_data_of_years_that_are_over(self, app: Flask) -> None:
        make_group(app, make_snapshot(app, date(2025, 12, 1)), "network", 60)
        assert self.run(app, "publish").output.endswith("\nOpen data of 2025: published.\n")
        assert "Open data" not in self.run(app, "publish").output

    def test_publish_counts_up_to_the_first_of_this_month(self, field: Field, app: Flask) -> None:
        self.run(app, "publish")
        assert self.run(app, "list").output.strip().endswith("-01")

    def test_list_names_each_snapshot(self, field: Field, app: Flask) -> None:
        assert self.run(app, "list").output == "No snapshot is published yet.\n"
        field.publish(MONTH_BEFORE)
        field.publish(AS_OF)
        assert self.run(app, "list").output == "2026-10-01\n2026-11-01\n"

    @pytest.mark.parametrize("day", ["2999-01-01", "2025-01-01"])
    def test_a_day_that_cannot_be_is_one_sentence(self, field: Field, app: Flask, day: str) -> None:
        field.publish(MONTH_BEFORE)
        result = self.run(app, "publish", "--as-of", day)
        assert result.exit_code == 1 and result.output.startswith("Error: ") and result.output.count("\n") == 1
