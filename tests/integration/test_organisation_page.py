"""The organisation's pages: who may see them, what stands in their tables, what is hidden, and what they cost."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from flask import Flask

from assessment.pages.organisation.view import MOST_ON_ONE_PAGE
from tests.house.council import DAY, Council, order, rows
from tests.house.queries import counted
from tests.house.visitor import Visitor

MOST_QUERIES = 8


@pytest.fixture
def council(app: Flask) -> Council:
    return Council(app)


def test_only_the_organisation_s_own_link_opens_it(council: Council, visitor: Visitor) -> None:
    council.service("Carers", "Adults", 2)
    department = council.departments["Adults"]
    for address in ("", "services", str(department)):
        assert visitor.get(f"/organisation/{council.id}/{address}").status == 404
        assert council.page(address).status == 200
    assert council.visitor().get(f"/organisation/{uuid4()}/").status == 404
    assert council.page(str(uuid4())).status == 404


def test_a_headline_by_rule_and_how_many_stand_behind_it(council: Council) -> None:
    for n in range(3):
        council.service(f"Service {n}", "Adults", (3, 2, 2, 2, 2, 1))
    council.service("Not yet", "Adults")
    page = council.page()
    assert page.heading == "Strongest in Assets, with most room to grow in Catalysing"
    assert "3 of 4 services have a result." in page.text
    assert "12 statements that every form asks" in page.text
    assert "results up to 2 September 2026" in page.text


def test_departments_stand_a_to_z_whatever_their_figures(council: Council) -> None:
    for department, level in (("Zoo", 4), ("archives", 1), ("Museums", 3)):
        for n in range(3):
            council.service(f"{department} {n}", department, level)
    assert order(council.page())[:5] == [
        "archives",
        "Museums",
        "Zoo",
        "All of the organisation",
        "Organisation’s median",
    ]


def test_a_department_s_figure_is_the_mean_of_its_released_services(council: Council) -> None:
    for n, level in enumerate((1, 1.5, 2)):
        council.service(f"Service {n}", "Housing", level)
    council.service("Unreleased", "Housing")
    assert rows(council.page())["Housing"].startswith("Housing 3 of 4 services 1.5 In places 1.5")


def test_two_services_hide_their_department_and_none_leave_it_empty(council: Council) -> None:
    for n in range(2):
        council.service(f"Small {n}", "Leisure", 3)
    council.service("Quiet", "Planning")
    page = council.page()
    assert "Hidden: shown from 3 services" in rows(page)["Leisure"]
    assert "No service has a result here yet" in rows(page)["Planning"]
    assert 'class="hid all"' in page.html and 'class="none all"' in page.html
    assert "Why some cells are hidden" in page.text
    assert page.heading == "Too few results yet to speak of the whole"


def test_a_department_page_says_why_it_has_no_picture(council: Council) -> None:
    council.service("Pool", "Leisure", 3)
    council.service("Quiet", "Planning")
    council.department("New")  # made up by somebody who set up a round; none of its services is confirmed
    hidden = council.page(str(council.departments["Leisure"]))
    assert "The department’s figures are hidden" in hidden.text and "Pool" in rows(hidden)
    assert "data-plot" not in hidden.html
    assert "Nothing to show yet" in council.page(str(council.departments["Planning"])).text
    assert council.page(str(council.departments["New"])).status == 404
    assert "New" not in rows(council.page())


def test_a_department_page_sets_it_beside_the_organisation_s_median(council: Council) -> None:
    for n in range(3):
        council.service(f"Adults {n}", "Adults", 1)
        council.service(f"Children {n}", "Children", 3)
    council.service("Alone", "", 3)
    page = council.page().go("Adults")
    assert rows(page)["Assets"] == "Assets 1.0 3.0"
    assert 'class="radar"' in page.html and "data-plot" in page.html


def test_each_column_of_a_department_s_table_is_headed_by_what_it_holds(council: Council) -> None:
    for n in range(5):
        council.service(f"Adults {n}", "Adults", 1)
        council.service(f"Children {n}", "Children", 3)
    said = council.page().go("Adults").text
    assert "PrincipleThis departmentOrganisation’s medianMiddle half of all servicesAssets1.02.01.0 to 3.0" in said


def test_services_without_a_department_stand_last(council: Council) -> None:
    council.service("Aardvark line", "", 2)
    council.service("Zebra crossing", "Roads", 2)
    page = council.page()
    found = order(page)
    assert found.index("Zebra crossing") < found.index("Aardvark line")
    assert found.index("Roads") + 1 == found.index("No department")


def test_an_organisation_without_departments_has_one_table_of_services(council: Council) -> None:
    for n in range(3):
        council.service(f"Service {n}", "", 2)
    page = council.page()
    assert "All services" in page.text and "No department" not in page.text


def test_shaded_only_where_clearly_apart_and_said_in_words(council: Council) -> None:
    for n in range(9):
        council.service(f"Service {n}", "Adults", 2)
    council.service("Far", "Adults", 3.5)
    page = council.page()
    assert "clearly higher" in rows(page)["Far"] and 'class="above"' in page.html
    assert "clearly" not in rows(page)["Service 1"] and "clearly" not in rows(page)["All of the organisation"]


def test_nothing_is_shaded_among_fewer_than_ten(council: Council) -> None:
    for n in range(8):
        council.service(f"Service {n}", "Adults", 2)
    council.service("Far", "Adults", 4)
    assert not any("clearly" in row for row in rows(council.page()).values())


def test_a_principle_without_enough_answers_has_no_score(council: Council) -> None:
    council.service("Gaps", "Adults", (None, 2, 2, 2, 2, 2))
    assert rows(council.page())["Gaps"].endswith(
        "No score 2.0 In places 2.0 In places 2.0 In places 2.0 In places 2.0 In places"
    )


def test_the_newest_round_counts_and_not_the_last_correction_of_an_old_one(council: Council) -> None:
    service = council.service("Carers", "Adults", 1)
    council.release(service, 3, opened=DAY + timedelta(days=30))
    council.release(service, 2, opened=DAY - timedelta(days=400))
    assert "3.0" in rows(council.page())["Carers"]


def test_unconfirmed_and_archived_services_are_not_there(council: Council) -> None:
    council.service("Here", "Adults", 2)
    council.service("Unknown", "Adults", 2, confirmed=False)
    council.service("Gone", "Adults", 2, archived=True)
    found = order(council.page())
    assert "Here" in found and "Unknown" not in found and "Gone" not in found


def test_an_unconfirmed_organisation_shows_no_service(app: Flask) -> None:
    council = Council(app, confirmed=False)
    council.service("Carers", "Adults", 2)
    page = council.page()
    assert "Not confirmed yet" in page.text and "Carers" not in page.text


def test_an_organisation_without_services_says_what_will_stand_there(council: Council) -> None:
    page = council.page()
    assert page.status == 200 and "Nothing to show yet" in page.text
    assert council.page("services").status == 200


def test_one_sector_is_held_against_the_whole_organisation(council: Council) -> None:
    for n in range(3):
        council.service(f"Home {n}", "Adults", 1, sector="housing")
        council.service(f"Care {n}", "Adults", 3)
    council.service("Care 4", "Adults", 3)
    page = council.page("?sector=housing")
    assert page.holds("Show", "sector") == "housing"
    assert rows(page)["Adults"].startswith("Adults 3 of 3 services 1.0")
    assert "All in Housing" in rows(page) and "3.0" in rows(page)["Organisation’s median"]
    assert "Care 1" not in rows(page)
    assert council.page("?sector=nonsense").status == 200


def test_a_filter_that_leaves_no_service_says_so(council: Council) -> None:
    council.service("Home", "Homes", 1, sector="housing")
    council.service("Care", "Adults", 3)
    homes = council.page(f"services?department={council.departments['Homes']}")
    assert homes.heading.startswith("Services of") and "1 service, under its department" in homes.text
    none = council.page(f"services?sector=housing&department={council.departments['Adults']}")
    assert "No service of this department is in this sector." in none.text and "0 services" not in none.text


def test_a_large_organisation_keeps_its_services_on_pages_of_their_own(council: Council) -> None:
    for n in range(MOST_ON_ONE_PAGE + 1):
        council.service(f"Service {n:02}", "Adults", 2)
    page = council.page()
    assert "Service 00" not in rows(page)
    every = page.go("See every service")
    assert sum(name.startswith("Service") for name in rows(every)) == MOST_ON_ONE_PAGE
    for first in (every, page.go("Adults")):
        assert "Service 00" in rows(first) and "Page 1 of 2" in first.text
        last = first.go("Next page")
        assert f"Service {MOST_ON_ONE_PAGE}" in rows(last) and "Service 00" not in rows(last)
    assert f"Service {MOST_ON_ONE_PAGE}" in rows(council.page("services?page=99"))


def test_few_queries_and_no_more_for_more_services(app: Flask, council: Council) -> None:
    def cost(address: str) -> int:
        visitor = council.visitor()
        visitor.get(f"/organisation/{council.id}/{address}")
        with counted(app) as asked:
            visitor.get(f"/organisation/{council.id}/{address}")
        return len(asked)

    council.service("First", "Adults", 2)
    addresses = ("", "services", str(council.departments["Adults"]))
    few = [cost(address) for address in addresses]
    for n in range(20):
        council.service(f"Service {n}", f"Department {n % 4}", 2)
    assert [cost(address) for address in addresses] == few
    assert max(few) <= MOST_QUERIES
