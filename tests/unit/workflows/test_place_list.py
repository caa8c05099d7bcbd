"""A list of departments and services is read however a spreadsheet wrote it, and every fault is said at once."""

from __future__ import annotations

import pytest

from assessment.workflows.place_list import MOST_BYTES, as_list, as_text, read_places

SECTORS = {"social-care": "Social care", "health": "Health"}


def said(text: str) -> list[tuple[str, str, str]]:
    found = read_places(text, SECTORS)
    assert found.faults == ()
    return [(line.department, line.service, line.sector) for line in found.lines]


def faults(text: str) -> list[tuple[int, str]]:
    return [(one.number, one.message.text.format(**one.message.values)) for one in read_places(text, SECTORS).faults]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("between", [",", ";", "\t"])
def test_columns_stand_in_any_order_between_any_marks(between: str, end: str) -> None:
    lines = [["Sector", " SERVICE ", "department"], ["Social care", "Home support", "Adults"], ["health", "GPs", ""]]
    text = end.join(between.join(line) for line in lines)
    assert said("\ufeff" + text) == [("Adults", "Home support", "social-care"), ("", "GPs", "health")]


def test_quotes_hold_marks_and_line_ends() -> None:
    text = 'department,service,sector\n"Adults, and carers","Home ""plus""\nsupport",health\n'
    assert said(text) == [("Adults, and carers", 'Home "plus" support', "health")]


def test_a_department_may_stand_alone_and_empty_lines_are_none() -> None:
    assert said("department,service,sector\n\n,,\nAdults,,\n \n") == [("Adults", "", "")]


def test_a_line_that_says_the_same_again_adds_nothing() -> None:
    assert len(said("service,sector\nHome support,health\nHOME  support,Health\n")) == 1


def test_hostile_cells_are_text() -> None:
    text = "service,sector\n\"=cmd|'/c calc'!A1\",health\n<script>\u202e,health\n"
    assert [one[1] for one in said(text)] == ["=cmd|'/c calc'!A1", "<script>"]


def test_every_fault_is_said_with_its_line() -> None:
    text = (
        "department,service,sector\nAdults,Home support,\nAdults,Day centre,Rockets\n,,health\n"
        + f",{'x' * 201},health\n"
    )
    assert faults(text) == [
        (2, "Home support has no sector. Write one from the list of sectors."),
        (3, "We know no sector “Rockets”. Write one from the list of sectors."),
        (4, "There is neither a department nor a service. Write one, or take the line out."),
        (5, "A name is too long. Use no more than 200 characters."),
    ]


def test_one_service_with_two_sectors_is_a_fault() -> None:
    assert faults("service,sector\nHome,health\nhome,social-care\n") == [
        (3, "home stands in line 2 with another sector. Keep one of the two.")
    ]


@pytest.mark.parametrize("text", ["", "\n \n", "\ufeff"])
def test_an_empty_list_says_what_it_lacks(text: str) -> None:
    assert faults(text) == [(0, "There is nothing in the list. Its first line names the columns.")]


@pytest.mark.parametrize("head", ["name,kind", "service", "Home support,health"])
def test_a_list_without_its_columns_names_says_which(head: str) -> None:
    ((number, text),) = faults(f"{head}\nHome support,health\n")
    assert number == 1 and "Write: department, service, sector" in text


def test_too_much_is_refused_before_it_is_read() -> None:
    assert "larger than 1 MB" in faults("service,sector\n" + "x" * MOST_BYTES)[0][1]
    assert "more than 2,000 lines" in faults("service,sector\n" + "a,health\n" * 2001)[0][1]
    assert faults("service,sector\n" + '"' + "x" * 500_000)[0][1].startswith(("A name is too long", "“"))


def test_a_file_is_read_in_the_letters_it_was_written_in() -> None:
    text = "service,sector\nGwasanaeth ŵyl – Café,health\n"
    assert as_text(text.encode("utf-8-sig")) == text
    assert as_text(text.encode("utf-16")) == text
    assert as_text("Café – £5".encode("cp1252")) == "Café – £5"


def test_a_list_written_again_says_the_same() -> None:
    found = read_places('department,service,sector\n"A; ""B"", C",Home,health\nD,,\n', SECTORS)
    again = read_places(as_list(found.lines), SECTORS)
    assert [(one.department, one.service, one.sector) for one in again.lines] == [
        (one.department, one.service, one.sector) for one in found.lines
    ]
