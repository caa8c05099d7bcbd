"""The organisation's pages in each voice: never mixed, only what was released and opened, and what is hidden said."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID, uuid4
from zipfile import ZipFile

import pytest
from flask import Flask
from sqlalchemy import insert, select

from assessment.pages.organisation.view import MOST_ON_ONE_PAGE
from assessment.scoring.spread import LOWER_QUARTER, MIDDLE, UPPER_QUARTER, sample_quantile
from assessment.store.db import reading, transaction
from assessment.store.models import Department, Release, ReleaseCell, Round, Service, Snapshot, SnapshotCell
from tests.house.council import DAY, Council, main, rows
from tests.house.queries import counted
from tests.house.visitor import ORIGIN, Page, Visitor
from tests.house.xlsx import read_xlsx

MOST_QUERIES = 8
VOICES = ("together", "staff", "people")
FIGURE = re.compile(r"(?<![\d.])\d\.\d(?![\d.])")


@pytest.fixture
def council(app: Flask) -> Council:
    return Council(app)


def after(page: Page, heading: str) -> str:
    """What the page says from one heading to the next of its rank."""
    start = page.html.index(f">{heading}</h2>")
    end = page.html.find("<h2", start)
    return " ".join(re.sub(r"<[^>]+>", " ", page.html[start:end]).split())


def figures_of(page: Page) -> set[str]:
    """Every number with a decimal that the page says."""
    return set(
        FIGURE.findall(" ".join(re.sub(r"<script.*?</script>|<[^>]+>", " ", page.html, flags=re.DOTALL).split()))
    )


def test_each_voice_stands_by_itself(council: Council) -> None:
    for n in range(3):
        service = council.service(f"Service {n}", "Adults", 1)
        council.alone(service, staff="3" * 12, people="2" * 12)
    figures = {voice: rows(council.page(f"?voice={voice}"))["Adults"] for voice in VOICES}
    assert "1.0 Trying" in figures["together"] and not FIGURE.search(figures["together"].replace("1.0", ""))
    assert "3.0 Usual" in figures["staff"] and not FIGURE.search(figures["staff"].replace("3.0", ""))
    assert "2.0 In places" in figures["people"] and not FIGURE.search(figures["people"].replace("2.0", ""))
    assert rows(council.page("?voice=everyone")) == rows(council.page())


def test_the_chooser_keeps_voice_and_sector_in_the_address(council: Council) -> None:
    for n, sector in enumerate(("housing", "housing", "social-care")):
        council.alone(council.service(f"Service {n}", "Adults", sector=sector), staff="3" * 12)
    page = council.page().press("Show", voice="staff", sector="housing")
    assert (
        page.holds("Show", "sector") == "housing"
        and page.holds("Show", "voice") == "staff"
        and "Service 2" not in rows(page)
    )
    department = page.go("Adults")
    assert department.holds("Show", "voice") == "staff" and "Service 2" in rows(department)


def test_of_fewer_than_five_nothing_is_shown_and_it_says_why(council: Council) -> None:
    council.alone(council.service("Day centre", "Adults"), people="2" * 4, staff="2" * 12)
    page = council.page("?voice=people")
    assert rows(page)["Day centre"].endswith("Hidden: too few answers")
    assert "1 of 1 service has a result from people who use them." in page.text
    assert "The result of 1 is hidden to protect people, and adds nothing to a mean." in page.text
    assert not FIGURE.search(" ".join(rows(page).values()))


def test_fewer_than_ten_people_are_a_word_that_adds_nothing_to_a_mean(council: Council) -> None:
    for n in range(2):
        council.alone(council.service(f"Large {n}", "Adults"), people="2" * 12)
    council.alone(council.service("Small", "Adults"), people="4" * 9)
    page = council.page("?voice=people")
    assert rows(page)["Small"].endswith("High High High High High High")
    assert "The result of 1 is shown as low, middle or high only, and adds nothing to a mean." in page.text
    assert "2 of 3 services" in rows(page)["Adults"] and "Hidden: shown from 3" in rows(page)["Adults"]
    council.alone(council.service("Large 3", "Adults"), people="1" * 12)
    assert "3 of 4 services 1.7 In places" in rows(council.page("?voice=people"))["Adults"]


def test_a_bound_counts_as_its_value(council: Council) -> None:
    council.alone(council.service("Hard pressed", "Adults"), staff="0" * 5)
    for n in range(2):
        council.alone(council.service(f"Service {n}", "Adults"), staff="2" * 12)
    page = council.page("?voice=staff")
    assert "0.2 or below, Not yet" in rows(page)["Hard pressed"]
    assert "3 of 3 services 1.4 Trying" in rows(page)["Adults"]  # (0.2 + 2 + 2) / 3
    assert "count in a mean as 0.2 and 3.8" in page.text


def test_nobody_sees_a_result_that_its_lead_has_not_opened(council: Council) -> None:
    for n in range(3):
        council.alone(council.service(f"Service {n}", "Adults"), staff="3" * 12)
    waiting = council.service("Day centre", "Adults")
    council.alone(waiting, staff="0" * 12, agreed=False)
    page = council.page("?voice=staff")
    assert rows(page)["Day centre"].endswith("Closed. Its lead has not opened the result yet")
    assert "A round of 1 service is closed, and its lead has not opened the result yet: it adds nothing." in page.text
    assert "3 of 4 services 3.0" in rows(page)["Adults"]
    for address in ("", "services", str(council.departments["Adults"])):
        figures = figures_of(council.page(f"{address}?voice=staff"))
        assert "3.0" in figures and not figures & {"0.0", "2.2", "2.3"}  # its own, and means and medians with it


def test_what_another_service_opened_later_changes_nothing_of_one_that_waits(council: Council) -> None:
    council.alone(council.service("Day centre", "Adults"), staff="1" * 12, agreed=False)
    council.alone(council.service("Meals", "Adults"), staff="3" * 12, opened=DAY + timedelta(days=60))
    assert rows(council.page("?voice=staff"))["Day centre"].endswith("Closed. Its lead has not opened the result yet")


def test_an_opened_result_stays_while_a_newer_one_waits(council: Council) -> None:
    service = council.service("Day centre", "Adults")
    council.alone(service, staff="3" * 12)
    council.alone(service, staff="1" * 12, opened=DAY + timedelta(days=60), agreed=False)
    page = council.page("?voice=staff")
    assert "3.0" in rows(page)["Day centre"] and "its lead has not opened the result yet" in page.text


def test_an_old_result_that_nobody_opened_is_forgotten_once_a_newer_one_is(council: Council) -> None:
    service = council.service("Day centre", "Adults")
    council.alone(service, staff="1" * 12, agreed=False)
    council.alone(service, staff="3" * 12, opened=DAY + timedelta(days=60))
    page = council.page("?voice=staff")
    assert "3.0" in rows(page)["Day centre"] and "has not opened" not in page.text


def test_a_cell_is_shaded_only_where_the_median_lies_outside_its_range(council: Council) -> None:
    for n in range(9):
        council.alone(council.service(f"Service {n}", "Adults"), staff="2" * 12)
    council.alone(council.service("Clear", "Adults"), staff="3" * 12)
    council.alone(council.service("Few and far", "Adults"), staff="44400" * 1 + "34")
    found = rows(council.page("?voice=staff"))
    assert "clearly higher" in found["Clear"]
    assert "3.0" not in found["Service 0"] and "clearly" not in found["Few and far"]


def test_what_holds_many_back_is_counted_and_nobody_is_named(council: Council) -> None:
    first, *others = main(council.app).shared
    for n in range(4):
        council.alone(council.service(f"Service {n}", "Adults"), staff="3" * 12, over={first.id: "0" if n else "3"})
    for address in ("", str(council.departments["Adults"])):
        said = after(council.page(f"{address}?voice=staff"), "What holds many services back")
        assert f"{first.text} 3 of 4 services" in said and "A matter" not in said
        assert "a matter for the system, not for one team" in said and "What could help" in said
        assert "Service 1" not in said and others[0].text not in said


def test_two_low_services_are_no_matter_for_the_system(council: Council) -> None:
    first = main(council.app).shared[0]
    for n in range(4):
        low = {first.id: "0" if n < 2 else "3"}
        council.alone(council.service(f"Service {n}", "Adults"), staff="3" * 12, over=low)
    assert "Nothing stands out." in after(council.page("?voice=staff"), "What holds many services back")
    assert "There are not so many yet" in after(council.page("?voice=people"), "What holds many services back")


def test_clear_changes_are_told_and_the_rest_is_counted(council: Council) -> None:
    for name, then, now in (
        ("Clear", "1" * 12, "3" * 12),
        ("Too few", "1" * 5, "2" * 5),
        ("At the end", "0" * 5, "4" * 12),
    ):
        service = council.service(name, "Adults")
        council.alone(service, staff=then)
        council.alone(service, staff=now, opened=DAY + timedelta(days=300))
    council.alone(council.service("New", "Adults"), staff="2" * 12)
    said = after(council.page(f"{council.departments['Adults']}?voice=staff"), "What changed clearly")
    assert said.count("Clear Assets 1.0 3.0 Clearly higher than on 2 September 2026") == 1
    assert "For 2 of the 3 services with two rounds we cannot tell yet" in said
    assert "1 service has one round so far." in said and "At the end" not in said


def test_clear_changes_of_services_without_a_department_stand_on_the_organisation_s_page(council: Council) -> None:
    for name, department in (("Alone", ""), ("Of adults", "Adults"), ("Left behind", "Closed down")):
        service = council.service(name, department)
        council.alone(service, staff="1" * 12)
        council.alone(service, staff="3" * 12, opened=DAY + timedelta(days=300))
    with council.app.app_context(), transaction() as session:
        session.get_one(Department, council.departments["Closed down"]).archived_on = DAY
    page = council.page("?voice=staff")
    said = after(page, "What changed clearly")
    assert "In the services without a department." in said and "Of adults" not in said
    assert said.count("Alone Assets 1.0 3.0 Clearly higher") == said.count("Left behind Assets 1.0 3.0") == 1
    of_adults = after(council.page(f"{council.departments['Adults']}?voice=staff"), "What changed clearly")
    assert (
        "Of adults Assets 1.0 3.0" in of_adults and "Alone" not in of_adults and "without a department" not in of_adults
    )
    # Of what was agreed together no change is clear.
    assert "What changed clearly" not in council.page().text


def test_where_every_service_has_a_department_changes_stand_on_its_page_only(council: Council) -> None:
    service = council.service("Of adults", "Adults")
    for level, days in (("1", 0), ("3", 300)):
        council.alone(service, staff=level * 12, opened=DAY + timedelta(days=days))
    assert "What changed clearly" not in council.page("?voice=staff").text


def test_no_change_of_an_agreed_level_is_called_clear(council: Council) -> None:
    service = council.service("Carers", "Adults", 1)
    council.release(service, 3, opened=DAY + timedelta(days=300))
    said = after(council.page(str(council.departments["Adults"])), "What changed clearly")
    assert "no change of it is called clear here" in said and not FIGURE.search(said)


def publish(app: Flask, group: str, voice: str, x10: Sequence[int | None], services: int = 20) -> None:
    """A snapshot with one peer group: median, lower and upper quarter of every principle."""
    asked, id = main(app), uuid4()
    with app.app_context(), transaction() as session:
        found = session.scalar(select(Snapshot.id))
        if found is None:
            session.add(Snapshot(id=id, as_of=DAY, published_on=DAY))
            session.flush()
        session.add_all(
            SnapshotCell(
                snapshot_id=found or id,
                questionnaire=asked.id,
                questionnaire_version=asked.version,
                form="shared",
                voice=voice,
                cell=group,
                principle=principle.id,
                origin_id=found or id,
                services=services,
                organisations=4,
                median_x10=x10[0],
                lower_x10=x10[1],
                upper_x10=x10[2],
            )
            for principle in asked.principles
        )


def test_a_department_stands_beside_the_sector_of_most_of_its_services(council: Council) -> None:
    publish(council.app, "sector:housing", "staff", (21, 13, 27))
    publish(council.app, "kind:council", "staff", (22, 14, 28), 35)
    for n in range(3):
        council.alone(council.service(f"Home {n}", "Housing", sector="housing"), staff="3" * 12)
        council.alone(council.service(f"Mixed {n}", "Mixed", sector=("housing", "health", "other")[n]), staff="3" * 12)
    housing = after(council.page(f"{council.departments['Housing']}?voice=staff"), "Beside peers")
    assert "services in Housing across the network: at least 20 services" in housing
    assert "Assets 3.0 2.1 1.3 to 2.7" in housing
    mixed = after(council.page(f"{council.departments['Mixed']}?voice=staff"), "Beside peers")
    assert "of the same kind" in mixed and "at least 35 services" in mixed and "Assets 3.0 2.2 1.4 to 2.8" in mixed
    for n in range(3):
        council.release(council.service(f"Agreed {n}", "Agreed"), 2)
    assert "Nothing is published yet" in after(council.page(str(council.departments["Agreed"])), "Beside peers")


def test_a_department_beside_its_peers_is_taken_away_as_it_is_shown(council: Council) -> None:
    publish(council.app, "kind:council", "staff", (22, 14, None), 35)
    for n in range(3):
        council.alone(council.service(f"Service {n}", "Adults"), staff="3" * 12)
    council.alone(council.service("Alone", "Housing"), staff="1" * 12)
    adults, housing = (f"{council.departments[name]}" for name in ("Adults", "Housing"))
    page, visitor = council.page(f"{adults}?voice=staff"), council.lead()
    address = f"/organisation/{council.id}/{adults}/peers"
    assert all(f'href="{address}.{kind}?voice=staff"' in page.html for kind in ("csv", "xlsx", "json"))
    sheet = json.loads(visitor.send("GET", f"{address}.json?voice=staff").response.data)["beside-peers"]
    first, about = sheet["rows"][0], sheet["about"]
    assert (first["value"], first["services_behind"], first["hidden_because"]) == (3.0, 3, None)
    assert (first["peer_services_or_more"], first["peer_organisations_or_more"]) == (35, 4)
    assert (first["peers_median"], first["peers_lower_quarter"], first["peers_upper_quarter"]) == (2.2, 1.4, None)
    assert first["peers_hidden_because"] and "Assets 3.0 2.2" in after(page, "Beside peers")
    assert about["department"] == "Adults" and about["peer_group"] == "kind:council" and about["voice"] == "staff"
    assert "not estimates for all services" in about["caution"] and "Service 0" not in json.dumps(sheet)
    for kind in ("csv", "xlsx"):
        assert cost(council.app, visitor, f"{address}.{kind}?voice=staff") <= MOST_QUERIES
    # Where the page shows nothing beside peers there is no file: nothing published, or too few services behind it.
    for nothing in (f"{address}.csv", f"/organisation/{council.id}/{housing}/peers.csv?voice=staff"):
        assert visitor.send("GET", nothing).status == 404


def allowed(app: Flask, council: Council, voice: str, standings: Mapping[UUID, str]) -> set[str]:
    """Every figure that pages of a voice may show: what was released and opened, plain means and middles of services
    from 3, and what a snapshot published. ``standings``: each service's department.
    """
    with app.app_context(), reading() as session:
        query = (
            select(Release.service_id, ReleaseCell)
            .join(Release, Release.id == ReleaseCell.release_id)
            .join(Round, Round.id == Release.round_id)
            .where(ReleaseCell.voice == voice, ReleaseCell.measure.startswith("shared/"))
        )
        if voice != "together":
            query = query.where(Round.agreed_on.is_not(None))
        # The oldest first, so that of each service the newest stays.
        found = [(service, cell) for service, cell in session.execute(query.order_by(Round.opened_on))]
        peers = session.scalars(select(SnapshotCell).where(SnapshotCell.voice == voice)).all()
        figures = {x for _, cell in found for x in (cell.value_x10, cell.low_x10, cell.high_x10)}
        figures |= {x for cell in peers for x in (cell.median_x10, cell.lower_x10, cell.upper_x10)}
        for principle in main(app).principles:
            of_it = {s: c.value_x10 for s, c in found if c.measure.endswith(principle.id) and c.value_x10 is not None}
            figures |= set(_of_groups(of_it, standings))
    return {f"{x / 10:.1f}" for x in figures if x is not None} | {"0.2", "3.8", "1.5"}  # how they are made


def _of_groups(scores: Mapping[UUID, int], standings: Mapping[UUID, str]) -> Iterator[int]:
    groups = [list(scores.values())]
    groups += [[x for s, x in scores.items() if standings[s] == name] for name in set(standings.values())]
    for group in groups:
        if len(group) >= 3:
            yield _half_up(Fraction(sum(group), len(group)))
    if len(groups[0]) >= 3:
        yield from (_half_up(sample_quantile(groups[0], share)) for share in (LOWER_QUARTER, MIDDLE, UPPER_QUARTER))


def _half_up(x: Fraction) -> int:
    return int((Decimal(x.numerator) / Decimal(x.denominator)).quantize(Decimal(1), ROUND_HALF_UP))


def test_every_number_is_a_released_one_or_a_plain_mean_of_released_ones(app: Flask, council: Council) -> None:
    answers = ["2" * 12, "11122233" * 2, "3" * 7, "00000", "0011223344", "2233", "1212121212", "4" * 12, "13" * 8]
    standings = {}
    for n in range(18):
        name = ("Adults", "Children", "Housing")[n % 3]
        service = council.service(f"Service {n}", name, (n % 5) * 0.7 if n % 4 else None)
        standings[service] = name
        if n % 6 != 5:
            council.alone(service, staff=answers[n % 9], people=answers[-1 - n % 9], agreed=n % 7 != 3)
        if n % 5 == 1:
            council.alone(service, staff="2" * 12, people="3" * 13, opened=DAY + timedelta(days=300))
    for voice in VOICES:
        publish(app, "kind:council", voice, (19, 12, None), 10)
        may = allowed(app, council, voice, standings)
        for address in ("", "services", *map(str, council.departments.values())):
            page = council.page(f"{address}?voice={voice}")
            shown = figures_of(page)
            assert shown, page.path
            assert shown <= may, (voice, address, shown - may)
        for sheet in sheets(council, voice).values():
            shown = {
                f"{x:.1f}" for row in sheet for name in ("value", "low", "high") if (x := row.get(name)) is not None
            }
            assert shown <= may, (voice, shown - may)


def sheets(council: Council, voice: str) -> dict[str, list[dict[str, Any]]]:
    response = council.visitor().client.get(f"/organisation/{council.id}/figures.json?voice={voice}", base_url=ORIGIN)
    return {name: sheet["rows"] for name, sheet in json.loads(response.data).items()}


def test_the_files_say_what_the_pages_say_and_why_the_rest_is_hidden(council: Council) -> None:
    for n in range(2):
        council.alone(council.service(f"Large {n}", "Adults"), people="2" * 12)
    council.alone(council.service('=HYPERLINK("http://x")', "Adults"), people="4" * 9)
    council.alone(council.service("Waits", "Adults"), people="4" * 12, agreed=False)
    council.service("Quiet", "Adults")
    found = sheets(council, "people")
    services = {row["service"]: row for row in found["services"] if row["principle_id"] in (None, "assets", "A")}
    large = services["Large 0"]
    assert (large["value"], large["n"], large["bound"], large["hidden_because"]) == (2.0, 12, None, None)
    assert large["low"] < 2.0 < large["high"] and large["service_id"] and large["released_on"] == "2026-09-02"
    small = services['=HYPERLINK("http://x")']
    assert (small["value"], small["band"], small["n"]) == (None, "high", 9) and "until 10" in small["hidden_because"]
    assert services["Waits"]["hidden_because"] == "Closed. Its lead has not opened the result yet"
    assert services["Quiet"]["hidden_because"] == "No result yet" and services["Quiet"]["value"] is None
    assert all(row["value"] is None and "from 3 services" in row["hidden_because"] for row in found["departments"])


def test_no_cell_of_a_file_runs(council: Council) -> None:
    council.alone(council.service("=1+1", "@sum"), staff="2" * 12)
    client, address = council.visitor().client, f"/organisation/{council.id}/figures"
    with (
        client.get(f"{address}.csv?voice=staff", base_url=ORIGIN) as response,
        ZipFile(io.BytesIO(response.data)) as archive,
    ):
        text = archive.read("services.csv").decode()
    assert "'=1+1" in text and ",=1+1" not in text and "'@sum" in text
    with client.get(f"{address}.xlsx?voice=staff", base_url=ORIGIN) as response:
        workbook = read_xlsx(response.data)
    assert any("=1+1" in row for row in workbook["services"])
    assert client.get(f"{address}.exe", base_url=ORIGIN).status_code == 404


def fill(council: Council, services: int) -> None:
    """So many services more, each with two opened rounds held apart and one agreed together, at once."""
    asked = main(council.app)
    made: dict[type, list[dict[str, Any]]] = {Service: [], Round: [], Release: [], ReleaseCell: []}
    departments = [council.department(f"Department {n:02}") for n in range(25)]
    for n in range(services):
        service = uuid4()
        own = {"organisation_id": council.id, "department_id": departments[n % 25], "sector": "housing"}
        made[Service].append({"id": service, "name": f"Service {n:03}", "confirmed_on": DAY, **own})
        for year, mode in ((0, "apart"), (1, "apart"), (1, "together")):
            _add(made, council, service, mode, DAY - timedelta(days=300 * (1 - year)), 10 + n % 20)
    assert len(made[ReleaseCell]) == services * len(asked.principles) * 5
    with council.app.app_context(), transaction() as session:
        for model, values in made.items():
            session.execute(insert(model), values)


def _add(
    made: Mapping[type, list[dict[str, Any]]], council: Council, service: UUID, mode: str, on: date, x10: int
) -> None:
    asked, round_id, release_id = main(council.app), uuid4(), uuid4()
    apart = mode == "apart"
    same = {"mode": mode, "form": "short", "k": 5, "k10": 10, "staff_present": 2, "people_present": 2}
    sheet = {"questionnaire": asked.id, "questionnaire_version": asked.version}
    days = {"closes_on": on, "hear_by": on, "agreed_on": on if apart else None}
    own = {"id": round_id, "service_id": service, "language": "en", "state": "released", "opened_on": on}
    made[Round].append(own | same | sheet | days)
    where = {"sector": "housing", "kind": "council", "nation": "england", "region": "south-west", "size": ""}
    published = {"id": release_id, "round_id": round_id, "version": 1, "released_on": on}
    made[Release].append(published | {"service_id": service, "organisation_id": council.id} | same | sheet | where)
    for voice in ("staff", "people") if apart else ("together",):
        made[ReleaseCell].extend(
            {
                "release_id": release_id,
                "voice": voice,
                "measure": f"shared/{principle.id}",
                "value_x10": x10,
                "n": 12 if apart else 1,
                "statements": 2,
                "low_x10": x10 - 4 if apart else None,
                "high_x10": x10 + 4 if apart else None,
            }
            for principle in asked.principles
        )


def cost(app: Flask, visitor: Visitor, address: str) -> int:
    visitor.client.get(address, base_url=ORIGIN)
    with counted(app) as asked:
        response = visitor.client.get(address, base_url=ORIGIN)
        assert response.status_code == 200
        _whole = response.data
    return len(asked)


def test_five_hundred_services_ask_no_more_of_the_database_than_seventy_five(app: Flask, council: Council) -> None:
    fill(council, 75)
    visitor = council.lead()
    own = str(council.departments["Department 00"])
    pages = ["", "services", "progress", "progress.csv", "figures.csv", own]
    addresses = [f"/organisation/{council.id}/{page}?voice={voice}" for page in pages for voice in VOICES]
    few = [cost(app, visitor, address) for address in addresses]
    fill(council, 425)
    assert [cost(app, visitor, address) for address in addresses] == few
    assert max(few) <= MOST_QUERIES


def test_five_hundred_services_are_read_page_by_page(council: Council) -> None:
    fill(council, 500)
    page = council.page("?voice=staff")
    assert "500 of 500 services have a result from staff and partners." in page.text
    assert "Service 000" not in rows(page) and len(rows(page)) < 60
    page, seen = page.go("See every service"), set()
    last = -(-500 // MOST_ON_ONE_PAGE)
    for number in range(1, last + 1):
        assert f"Page {number} of {last}" in page.text and len(page.html) < 200_000
        seen |= {name for name in rows(page) if name.startswith("Service ")}
        page = page.go("Next page") if number < last else page
    assert len(seen) == 500
    one = council.page("services").press("Show", voice="people", department=str(council.departments["Department 07"]))
    assert len([name for name in rows(one) if name.startswith("Service ")]) == 20


def test_a_department_is_drawn_as_files_where_its_figures_are_shown(council: Council) -> None:
    for n in range(10):
        council.alone(council.service(f"Service {n}", "Adults"), staff="3" * 12)
    council.alone(council.service("Alone", "Housing"), staff="1" * 12)
    drawn, few = (f"/organisation/{council.id}/{council.departments[name]}/pictures" for name in ("Adults", "Housing"))
    links = council.page(f"{council.departments['Adults']}?voice=staff").html
    for picture in ("radar", "ranges"):
        assert f"{drawn}/{picture}.svg?voice=staff" in links
        file = council.visitor().get(f"{drawn}/{picture}.svg?voice=staff")
        assert file.status == 200 and file.headers["Content-Type"].startswith("image/svg+xml")
        assert (
            "Adults, Larkshire Council, staff and partners, each alone." in file.response.text
            and "3.0" in file.response.text
        )
        assert "no-store" in file.headers["Cache-Control"]
    whole = f"/organisation/{council.id}/pictures/departments.svg"
    assert f"{whole}?voice=staff" in council.page("?voice=staff").html and whole not in council.page().html
    said = council.visitor().get(f"{whole}?voice=staff").response.text
    assert "Larkshire Council, staff and partners, each alone." in said and "Adults" in said and "Housing" not in said
    assert council.visitor().get(whole).status == 404
    for nothing in (f"{few}/radar.svg?voice=staff", f"{drawn}/peers.svg?voice=staff", f"{drawn}/other.svg?voice=staff"):
        assert council.visitor().get(nothing).status == 404
