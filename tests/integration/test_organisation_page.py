"""The organisation's pages: who may see them, what stands in their tables, what is hidden, and what they cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask

from assessment.pages.organisation.view import MOST_ON_ONE_PAGE
from assessment.questionnaire.definition import Definition
from assessment.questionnaire.folder import find_definitions
from assessment.questionnaire.message import Message
from assessment.store.db import transaction
from assessment.store.messages import to_text
from assessment.store.models import Department, Link, Organisation, Release, ReleaseCell, Round, Service
from assessment.store.secrets import hash_of
from tests.house.queries import counted
from tests.house.visitor import Page, Visitor

SECRET = "o" * 43
DAY = date(2026, 9, 1)
MOST_QUERIES = 8


@dataclass
class Council:
    """An organisation put straight into the database, and the visitor who holds its link."""

    app: Flask
    confirmed: bool = True
    id: UUID = field(default_factory=uuid4)
    departments: dict[str, UUID] = field(default_factory=dict)

    def __post_init__(self) -> None:
        when = DAY if self.confirmed else None
        with self.app.app_context(), transaction() as session:
            session.add(
                Organisation(
                    id=self.id,
                    name="Larkshire Council",
                    name_key="larkshire council",
                    kind="council",
                    nation="england",
                    region="south-west",
                    confirmed_on=when,
                )
            )
            session.add(Link(hash=hash_of(SECRET), purpose="organisation", of=self.id, made_on=DAY))

    def department(self, name: str) -> UUID:
        if name not in self.departments:
            with self.app.app_context(), transaction() as session:
                found = Department(id=uuid4(), organisation_id=self.id, name=name, name_key=name.casefold())
                session.add(found)
                self.departments[name] = found.id
        return self.departments[name]

    def service(
        self,
        name: str,
        department: str = "",
        levels: float | Sequence[float | None] | None = None,
        *,
        sector: str = "social-care",
        confirmed: bool = True,
        archived: bool = False,
    ) -> UUID:
        """A service; ``levels``: its score on each principle (one for all), None while it has no result."""
        at = self.department(department) if department else None
        id = uuid4()
        with self.app.app_context(), transaction() as session:
            session.add(
                Service(
                    id=id,
                    organisation_id=self.id,
                    department_id=at,
                    name=name,
                    sector=sector,
                    confirmed_on=DAY if confirmed else None,
                    archived_on=DAY if archived else None,
                )
            )
        if levels is not None:
            self.release(id, levels)
        return id

    def release(
        self, service: UUID, levels: float | Sequence[float | None], opened: date = DAY, version: int = 1
    ) -> None:
        asked = main(self.app)
        scores = [levels] * len(asked.principles) if isinstance(levels, float | int) else levels
        with self.app.app_context(), transaction() as session:
            round = Round(
                id=uuid4(),
                service_id=service,
                questionnaire=asked.id,
                questionnaire_version=asked.version,
                language=asked.language,
                mode="together",
                form="short",
                state="released",
                k=5,
                k10=10,
                opened_on=opened,
                staff_present=2,
                people_present=2,
            )
            session.add(round)
            session.flush()
            release = Release(
                id=uuid4(),
                round_id=round.id,
                version=version,
                released_on=opened + timedelta(days=1),
                service_id=service,
                organisation_id=self.id,
                questionnaire=asked.id,
                questionnaire_version=asked.version,
                mode="together",
                form="short",
                sector="social-care",
                kind="council",
                nation="england",
                region="south-west",
                size="",
                k=5,
                k10=10,
                staff_present=2,
                people_present=2,
            )
            session.add(release)
            session.flush()
            session.add_all(
                cell(release.id, f"shared/{p.id}", score) for p, score in zip(asked.principles, scores, strict=True)
            )

    def visitor(self) -> Visitor:
        visitor = Visitor(self.app)
        assert visitor.get(f"/link/{SECRET}").press("Continue").status == 200
        return visitor

    def page(self, address: str = "") -> Page:
        return self.visitor().get(f"/organisation/{self.id}/{address}")


def cell(release: UUID, measure: str, score: float | None) -> ReleaseCell:
    value = None if score is None else round(score * 10)
    reason = (
        "" if score is not None else to_text(Message("No score: it needs a level for at least 1 of its 2 statements"))
    )
    return ReleaseCell(
        release_id=release, voice="together", measure=measure, value_x10=value, statements=2, reason=reason
    )


def main(app: Flask) -> Definition:
    return next(one for one in find_definitions(app.config["QUESTIONNAIRES"]) if one.id == "co-production")


@pytest.fixture
def council(app: Flask) -> Council:
    return Council(app)


def rows(page: Page) -> dict[str, str]:
    """What each line of the page's tables says, by the name it begins with."""
    assert page.tree is not None
    found = {}
    for row in page.tree.iter("tr"):
        head = row.find("th[@scope='row']")
        if head is not None:
            link = head.find("a")
            name = (head if link is None else link).text or ""
            found[name] = " ".join(" ".join(row.itertext()).split())
    return found


def order(page: Page) -> list[str]:
    return list(rows(page))


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


def test_a_large_organisation_keeps_its_services_on_pages_of_their_own(council: Council) -> None:
    for n in range(MOST_ON_ONE_PAGE + 1):
        council.service(f"Service {n:02}", "Adults", 2)
    page = council.page()
    assert "Service 00" not in rows(page)
    every = page.go("See every service")
    assert sum(name.startswith("Service") for name in rows(every)) == MOST_ON_ONE_PAGE + 1
    assert "Service 00" in rows(page.go("Adults"))


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
