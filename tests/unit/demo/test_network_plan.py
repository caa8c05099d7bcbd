"""Who is in the demo network: invented, of every kind and nation, the same for the same seed."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from assessment.commands.demo.services import LARGE_COUNCIL, SECTORS, SERVICES
from assessment.commands.demo.shape import PlannedOrganisation, plan
from assessment.questionnaire.dimensions import Dimensions
from assessment.questionnaire.folder import find_dimensions

ROOT = Path(__file__).parents[3]
REAL_PLACES = (Path(__file__).parent / "real_places.txt").read_text(encoding="utf-8").splitlines()


@pytest.fixture(scope="module")
def dimensions() -> Dimensions:
    return find_dimensions(ROOT / "questionnaires")


def network(services: int = 300, seed: int = 1) -> list[PlannedOrganisation]:
    return list(plan(services, seed))


def with_result(organisations: list[PlannedOrganisation]) -> int:
    return sum(service.standing != "begun" for one in organisations for service in one.services)


@pytest.mark.parametrize("services", [1, 2, 7, 29, 30, 31, 299, 300, 301, 745, 10_000])
def test_the_number_of_services_with_a_result_is_the_one_asked_for(services: int) -> None:
    assert with_result(network(services)) == services


def test_three_hundred_services_are_in_thirty_organisations() -> None:
    assert len(network(300)) == 30


def test_the_same_seed_plans_the_same_network_and_another_does_not() -> None:
    assert network(400, 5) == network(400, 5)
    assert network(400, 5) != network(400, 6)


def test_a_larger_network_begins_with_the_same_organisations() -> None:
    assert network(600)[:30] == network(300)


def test_every_kind_nation_and_size_takes_part(dimensions: Dimensions) -> None:
    organisations = network()
    assert {one.kind for one in organisations} == set(dimensions.kind_by_id)
    assert {one.nation for one in organisations} == set(dimensions.nation_by_id)
    assert {one.size for one in organisations} == set(dimensions.size_by_id)


def test_regions_are_in_their_nations(dimensions: Dimensions) -> None:
    organisations = network(2_000)
    assert all(dimensions.nation_by_region_id[one.region].id == one.nation for one in organisations)
    assert {one.region for one in organisations} == set(dimensions.region_by_id)


def test_only_sectors_and_kinds_of_the_closed_lists_are_named(dimensions: Dimensions) -> None:
    assert set(SERVICES) == set(dimensions.sector_by_id)
    assert set(SECTORS) == set(dimensions.kind_by_id)
    assert {sector for named in SECTORS.values() for sector in named.split()} <= set(SERVICES)


def test_no_name_is_used_twice() -> None:
    organisations = network(20_000)
    assert max(Counter(one.name for one in organisations).values()) == 1
    for one in organisations:
        assert max(Counter(service.name for service in one.services).values()) == 1, one.name


def test_no_organisation_is_named_after_a_real_place() -> None:
    assert len(REAL_PLACES) > 300
    words = {f" {place.casefold()} " for place in REAL_PLACES}
    for one in network(10_000):
        name = f" {one.name.casefold().replace(',', ' ')} "
        assert not [word for word in words if word in name], one.name


def test_names_sound_like_their_nations() -> None:
    names = {one.nation: one.name for one in network() if one.kind == "council"}
    assert names["wales"].endswith(" County Council") and names["northern-ireland"].endswith(" District Council")
    assert any(one.name.startswith("Cartrefi ") for one in network() if one.nation == "wales")
    assert any(one.name.startswith("NHS ") for one in network() if one.nation == "scotland")


def test_one_council_has_forty_services_in_many_departments() -> None:
    council = network()[0]
    departments = Counter(service.department for service in council.services)
    assert council.name == "Larkshire Council" and len(council.services) == 40
    assert len(departments) >= 8 and 2 in departments.values()
    none_released = [
        d for d in departments if all(s.standing == "begun" for s in council.services if s.department == d)
    ]
    assert none_released == ["Planning"]
    assert set(LARGE_COUNCIL) <= set(departments)
