"""Every template parses, and what all pages share keeps its promises."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from jinja2 import Environment

from assessment.charts.picture import Column, Lane, Lanes, Picture, Row, Table
from assessment.questionnaire.message import Message

FOLDER = Path(__file__).resolve().parents[3] / "templates"
TEMPLATES = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.html"))
ERRORS = ("400", "403", "404", "405", "413", "429", "500", "503")
PAGES = [f"errors/{code}.html" for code in ERRORS] + [
    f"start/{name}.html" for name in ("help", "privacy", "accessibility")
]


@pytest.mark.parametrize("name", TEMPLATES)
def test_it_parses(env: Environment, name: str) -> None:
    env.parse((FOLDER / name).read_text(), name)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_one_heading_that_its_title_repeats(env: Environment, name: str) -> None:
    html = env.get_template(name).render(periods=(), role_words={})
    (heading,) = re.findall(r"<h1[^>]*>(.*?)</h1>", html)
    assert f"<title>{heading} – Same table</title>" in html


@pytest.mark.parametrize("name", PAGES)
def test_a_page_keeps_to_the_content_security_policy(env: Environment, name: str) -> None:
    html = env.get_template(name).render(periods=(), role_words={})
    assert not re.search(r"\sstyle=|\son\w+=|<style|<script>|(?:href|src)=\"https?:", html)


@pytest.mark.parametrize("code", ["500", "503"])
def test_the_last_resort_needs_nothing(bare: Environment, code: str) -> None:
    assert "Same table" in bare.get_template(f"errors/{code}.html").render()


def _page(env: Environment, **values: Any) -> str:
    return env.from_string("{% extends 'layout.html' %}").render(title="A page", **values)


def test_an_error_comes_first_in_the_title(env: Environment) -> None:
    assert "<title>Error: A page – Same table</title>" in _page(env, errors=[{"text": "Choose", "href": "#a"}])


def test_a_demo_says_so_on_every_page(env: Environment) -> None:
    assert "made up" in _page(env, demo=True) and "made up" not in _page(env, demo=False)


def test_the_view_one_is_on_is_said(env: Environment) -> None:
    html = _page(env, views=[{"text": "Ours", "href": "/a", "current": True}, {"text": "Theirs", "href": "/b"}])
    assert '<a href="/a" aria-current="page">Ours</a>' in html and '<a href="/b">Theirs</a>' in html


def test_nothing_of_govuk_s_identity_is_on_a_page(env: Environment) -> None:
    assert not re.search(r"crown|royal|GOV\.UK|govuk-header|govuk-footer", _page(env), re.IGNORECASE)


def _part(env: Environment, name: str, macro: str, *arguments: Any, **named: Any) -> str:
    return str(getattr(env.get_template(f"parts/{name}.html").make_module(), macro)(*arguments, **named))


def test_hidden_says_so_and_no_data_has_no_box(env: Environment) -> None:
    rows = [
        {"name": "Housing", "cells": [{"number": "2.2", "word": "In places"}, {"hidden": "Hidden"}]},
        {"name": "Parks", "message": "Nothing yet"},
    ]
    html = _part(env, "heat", "heat", "Levels", "Department", ["Assets", "Peers"], rows)
    assert '<td role="cell" class="hid" data-label="Peers">Hidden</td>' in html
    assert '<td role="cell" colspan="2" class="none all">Nothing yet</td>' in html


def test_a_shade_is_never_without_its_words(env: Environment) -> None:
    cell = {"number": "3.1", "word": "Usual", "shade": "above", "apart": "clearly higher"}
    html = _part(env, "heat", "heat", "Levels", "Department", ["Assets"], [{"name": "Housing", "cells": [cell]}])
    assert (
        '<td role="cell" class="above" data-label="Assets"><b>3.1</b> Usual, <span class="apart">clearly higher' in html
    )


def test_a_table_stays_a_table_when_it_is_drawn_as_blocks(env: Environment) -> None:
    html = _part(env, "table", "table", "Numbers", ["Principle", "Ours"], [["Assets", "2.3"]], numeric=[1], own=1)
    assert (
        '<th scope="row" role="rowheader">Assets</th><td role="cell" data-label="Ours" class="n own">2.3</td>' in html
    )


TABLE = Table(
    Message("Numbers"),
    (Column(Message("Principle"), numeric=False), Column(Message("This service"), own=True)),
    (Row("Give & take", (Message("{value}", {"value": "2.3"}),)),),
)


def _picture(figure: dict[str, Any], svg: str = "<svg></svg>", lanes: Lanes | None = None) -> Picture:
    return Picture(Message("Strongest in Assets"), figure, svg, TABLE, Message("Assets 2.3"), lanes)


def test_a_figure_s_data_cannot_close_its_script(env: Environment) -> None:
    html = _part(env, "figure", "figure", _picture({"title": "</script><b>"}), "radar", drawn=True)
    assert html.count("</script>") == 1 and 'data-plot="radar"' in html


def test_a_drawing_comes_first_in_its_box(env: Environment) -> None:
    """Plotly lays itself over the box's first element."""
    html = _part(env, "figure", "figure", _picture({}), "radar", key=[("us-line", "This service")], drawn=True)
    assert '<div class="plot" id="radar"><svg></svg></div></figure>' in html


def test_lanes_are_one_picture_with_one_sentence(env: Environment) -> None:
    lanes = Lanes("<svg></svg>", (Lane("Health", "<svg></svg>", Message("60 services")), Lane("<b>", "<svg></svg>")))
    html = _part(env, "figure", "figure", _picture({}, "", lanes), "field")
    assert '<div role="img" aria-label="Assets 2.3"><div class="lanes">' in html
    assert '<div class="lane lane--short"><div class="lane__name">Health<span>60 services</span></div>' in html
    assert "&lt;b&gt;" in html


def test_a_picture_s_numbers_are_a_table(env: Environment) -> None:
    html = _part(env, "table", "numbers", TABLE)
    assert (
        'role="rowheader">Give &amp; take</th><td role="cell" data-label="This service" class="n own">2.3</td>' in html
    )


@pytest.mark.parametrize(("count", "say"), [(0, "0 organisations match"), (1, "1 organisation matches")])
def test_the_matches_say_how_many_and_always_offer_another_way(env: Environment, count: int, say: str) -> None:
    found = [SimpleNamespace(id=n, name=f"Council {n}", say="") for n in range(count)]
    html = _part(env, "find", "matches", "Cou", found)
    assert f'data-say="{say}"' in html and 'value="new"' in html and 'id="organisation_id"' in html
