"""Whatever a file holds: faults soon, never a crash, a hang or a gigabyte."""

from __future__ import annotations

import time
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessment.questionnaire.checker import check
from assessment.questionnaire.fault import MOST_FAULTS
from assessment.questionnaire.folder import check_file, read_bytes
from assessment.questionnaire.loader import load_definition
from assessment.questionnaire.nodes import LARGEST

VALID = Path(__file__).parents[2] / "definitions" / "valid"
LIBRARY = (VALID / "library-friends" / "2.1.en.yaml").read_text()
NEIGHBOURS = (VALID / "good-neighbours" / "1.0.en.yaml").read_text()
TEN_MEGABYTES = 10_000_000
SOON = 60.0  # seconds: what takes longer hangs; each takes about half a second when nothing else runs

BOMB = "a: &a [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n" + "".join(
    f"{this}: &{this} [{', '.join([f'*{last}'] * 9)}]\n" for last, this in zip("abcdefgh", "bcdefghi", strict=True)
)
FLOODS = {
    "bomb": BOMB,
    "lists": "[" * LARGEST,
    "mappings": "{" * LARGEST,
    "list-items": "- " * (LARGEST // 2),
    "keys": "? " * (LARGEST // 2),
    "empty-lists": "[" + "[]," * (LARGEST // 4) + "]",
    "empty-items": "-\n" * (LARGEST // 2),
    "unknown-keys": "".join(f"k{i}: v\n" for i in range(14_000)),
    "many-keys": "".join(f"k{i}: v\n" for i in range(80_000)),
    "same-keys": "id: x\n" * 14_000,
    "anchors": "- &a x\n" * 120_000,
    "tags": "- !t x\n" * 120_000,
    "documents": "---\n" * (LARGEST // 4),
    "colons": ":" * LARGEST,
    "quote": '"' + "x" * (LARGEST - 1),
    "long-key": "k" * (LARGEST - 3) + ": v",
    "long-number": "id: " + "9" * (LARGEST - 10),
    "sixties": "id: " + ":".join(["1"] * 200_000),
    "control": "\x00" * LARGEST,
    "tabs": "\t" * LARGEST,
    "line-ends": "\n" * LARGEST,
    "carriage-returns": "\r" * LARGEST,
    "comments": "#\n" * (LARGEST // 2),
    "spaces": " " * LARGEST,
    "steps": "".join(" " * i + "a:\n" for i in range(1_400)),
    "block": "id: |\n" + " x\n" * 300_000,
    "principles": LIBRARY[: LIBRARY.index("principles:")] + "principles:\n" + "  - {}\n" * 25_000,
    "levels": LIBRARY + "        levels: [" + "a, " * 25_000 + "]\n",
}


@pytest.mark.parametrize("flood", FLOODS)
def test_a_flood_gives_faults_soon(flood: str) -> None:
    started = time.perf_counter()
    faults = check(FLOODS[flood][:LARGEST], "flood.yaml")
    assert 0 < len(faults) <= MOST_FAULTS
    assert time.perf_counter() - started < SOON
    assert all("\n" not in str(fault) and len(str(fault)) < 500 for fault in faults)


def test_a_ten_megabyte_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    path.write_text(LIBRARY + "# padding\n" * (TEN_MEGABYTES // 10))
    tracemalloc.start()
    faults = check_file(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [str(fault) for fault in faults] == [
        f"{path}:1:1: the file is larger than 1,000,000 bytes; leave out what people do not read"
    ]
    assert peak < 5 * LARGEST
    assert len(read_bytes(path)) == LARGEST + 1


def test_ten_megabytes_of_text_are_refused_too() -> None:
    assert len(check("x" * TEN_MEGABYTES, "large.yaml")) == 1


def test_a_bomb_needs_no_memory() -> None:
    tracemalloc.start()
    faults = check(BOMB, "bomb.yaml")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "anchor" in faults[0].message
    assert peak < 5_000_000


@pytest.mark.parametrize(
    ("content", "where"),
    [
        (b"id: tiny\ntitle: caf\xe9\n", "x.yaml:2:11: not UTF-8"),
        ("id: tiny\ntitle: £\n".encode("utf-16"), "x.yaml:1:1: not UTF-8"),
        ("id: é\ntitle: ".encode() + b"\xff", "x.yaml:2:8: not UTF-8"),
        ("id: \ud800", "x.yaml:1:5: the control character U+D800"),
        ("id: a\rtitle: b", "x.yaml:1:6: the control character U+000D"),
    ],
)
def test_bytes_that_are_no_text(content: str | bytes, where: str) -> None:
    assert str(check(content, "x.yaml")[0]).startswith(where)


@pytest.mark.parametrize("change", [("\n", "\r\n"), ("id:", "\ufeffid:"), ("title:", "# ☺ 👩🏽‍🦽\ntitle:")])
def test_line_ends_marks_and_emoji_are_no_fault(change: tuple[str, str]) -> None:
    text = LIBRARY[LIBRARY.index("id:") :]
    assert check(text.replace(*change, -1 if change[0] == "\n" else 1), "x.yaml") == []


def test_a_name_cannot_break_the_line() -> None:
    assert check("", "a\nb:1:1: forged\x1b[2J")[0].file == "a?b:1:1: forged?[2J"


def test_the_thousandth_fault_is_the_last() -> None:
    assert len(check(FLOODS["unknown-keys"], "x.yaml")) == MOST_FAULTS


FUZZ = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
YAML_SIGNS = st.text(alphabet="abidnoyes01:-?[]{}&*!|>'\"%@`#,<~=. \n\t\\é\u2028\x00", max_size=200)
SNIPPETS = st.one_of(
    YAML_SIGNS,
    st.text(max_size=20),
    st.sampled_from(["", "\n", "  ", "- ", ": ", "[]", "{}", "no", "null", "1.0", "~", "<<: ", "&a ", "*a", "!!int "]),
)


@FUZZ
@given(st.one_of(st.binary(max_size=300), st.text(max_size=300), YAML_SIGNS))
def test_anything_at_all_is_judged(content: str | bytes) -> None:
    assert check(content, "x.yaml")


@FUZZ
@given(st.data(), st.sampled_from([LIBRARY, NEIGHBOURS]))
def test_a_spoilt_file_is_judged_and_loads_only_without_fault(data: st.DataObject, text: str) -> None:
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = start + data.draw(st.integers(0, 60))
        text = text[:start] + data.draw(SNIPPETS) + text[end:]
    if not check(text, "x.yaml"):
        load_definition(text, "x.yaml")


@FUZZ
@given(st.data(), st.sampled_from([LIBRARY, NEIGHBOURS]))
def test_a_file_with_lines_moved_is_judged(data: st.DataObject, text: str) -> None:
    lines = text.splitlines()
    for _ in range(data.draw(st.integers(1, 6))):
        source, target = (data.draw(st.integers(0, len(lines) - 1)) for _ in range(2))
        lines.insert(target, lines[source] if data.draw(st.booleans()) else lines.pop(source))
    if not check("\n".join(lines), "x.yaml"):
        load_definition("\n".join(lines), "x.yaml")
