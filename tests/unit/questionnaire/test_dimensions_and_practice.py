"""The closed lists and the practice library that come with the service."""

from __future__ import annotations

from pathlib import Path

import pytest

from assessment.questionnaire.dimensions import load_dimensions
from assessment.questionnaire.fault import DefinitionError
from assessment.questionnaire.folder import check_file, find_definitions, find_dimensions, find_library
from assessment.questionnaire.practice import load_library

FOLDER = Path(__file__).parents[3] / "questionnaires"
DIMENSIONS = find_dimensions(FOLDER)
LIBRARY = find_library(FOLDER, DIMENSIONS)
LIBRARY_TEXT = (FOLDER / "practice-library.yaml").read_text()
DIMENSIONS_TEXT = (FOLDER / "dimensions.yaml").read_text()


def test_nations_and_regions_are_the_twelve_of_the_ons() -> None:
    assert list(DIMENSIONS.nation_by_id) == ["england", "wales", "scotland", "northern-ireland"]
    assert [len(nation.regions) for nation in DIMENSIONS.nations] == [9, 1, 1, 1]
    assert DIMENSIONS.nation_by_region_id["yorkshire-and-the-humber"].name == "England"
    assert len(DIMENSIONS.region_by_id) == 12


def test_sectors_run_from_a_to_z_with_another_last() -> None:
    names = [sector.name for sector in DIMENSIONS.sectors]
    assert names[:-1] == sorted(names[:-1])
    assert names[-1] == "Another sector"


def test_every_sector_has_examples() -> None:
    assert all(sector.practices for sector in DIMENSIONS.sectors)


def test_ids_can_be_looked_up() -> None:
    assert DIMENSIONS.kind_by_id["council"].name == "Council"
    assert DIMENSIONS.size_by_id["large"].name == "250 to 4,999 paid staff"
    assert DIMENSIONS.sector_by_id["health"].practices[0] == "people-powered-health"


def test_library_fits_the_questionnaire() -> None:
    (questionnaire,) = find_definitions(FOLDER)
    named = {principle for practice in LIBRARY.practices for principle in practice.principles}
    assert named == set(questionnaire.principle_by_id)
    assert len(LIBRARY.practices) == 20


@pytest.mark.parametrize("sector", [sector.id for sector in DIMENSIONS.sectors])
@pytest.mark.parametrize("principle", ["assets", "capacity", "reciprocity", "roles", "networks", "catalysts"])
def test_a_principles_examples_begin_with_those_of_the_sector(principle: str, sector: str) -> None:
    found = LIBRARY.for_principle(principle, sector)
    fits = [practice.id in DIMENSIONS.sector_by_id[sector].practices for practice in found]
    assert fits == sorted(fits, reverse=True)
    assert {practice.id for practice in found} == {p.id for p in LIBRARY.practices if principle in p.principles}


def test_an_unknown_sector_gives_the_librarys_order() -> None:
    plain = [practice for practice in LIBRARY.practices if "roles" in practice.principles]
    assert list(LIBRARY.for_principle("roles", "unheard-of")) == list(LIBRARY.for_principle("roles")) == plain


def test_sources_keep_their_addresses_and_years() -> None:
    by_id = {practice.id: practice for practice in LIBRARY.practices}
    assert by_id["scallywags"].source.address == (
        "http://www.nesta.org.uk/about_us/press_office/assets/features/"
        "co-production_makes_significant_savings_in_public_services"
    )
    assert by_id["scallywags"].source.year == 2010
    assert by_id["hear-by-right"].source.year is None


def test_an_address_that_is_no_web_address_is_a_fault() -> None:
    spoilt = LIBRARY_TEXT.replace('"https://neftriplecrunch.wordpress.com/"', '"javascript:alert(1)"', 1)
    with pytest.raises(DefinitionError, match="begins with https"):
        load_library(spoilt, "library.yaml", DIMENSIONS)


def test_a_sector_that_names_no_entry_is_a_fault() -> None:
    dimensions = load_dimensions(DIMENSIONS_TEXT.replace("keyring", "keyrings"), "dimensions.yaml")
    with pytest.raises(DefinitionError, match="no entry `keyrings`, which the sector `housing` names"):
        load_library(LIBRARY_TEXT, "library.yaml", dimensions)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("- id: london", "- id: south-east", "the id `south-east` is used on line"),
        ("name: Police force", "name: Council", "the name `Council` is used on line"),
        ("sizes:", "colours: []\nsizes:", "unknown key `colours` in a file of dimensions"),
        ("practices: [user-voice]", "practices: [user-voice, user-voice]", "the practice `user-voice` is used"),
    ],
)
def test_faults_of_the_dimensions(tmp_path: Path, old: str, new: str, message: str) -> None:
    path = tmp_path / "dimensions.yaml"
    path.write_text(DIMENSIONS_TEXT.replace(old, new, 1))
    (fault,) = check_file(path)
    assert fault.message.startswith(message)


def test_the_folders_own_files_have_no_fault() -> None:
    files = [*FOLDER.glob("*/*.yaml"), FOLDER / "dimensions.yaml", FOLDER / "practice-library.yaml"]
    assert [fault for path in files for fault in check_file(path)] == []


def test_a_folder_without_them_says_so(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match="no such file"):
        find_dimensions(tmp_path)
    with pytest.raises(DefinitionError, match="no such file"):
        find_library(tmp_path, DIMENSIONS)
