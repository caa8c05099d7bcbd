"""Who checks the checkers: each rule of the house is broken once, and must be caught."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from jinja2 import DictLoader, Environment

from tests.house import undefined
from tests.house.html import PageFault, faults_of, parse

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>
<body><main><h1>A page</h1>{body}</main></body></html>"""


def faults(body: str, title: str = "A page – Same table") -> list[str]:
    return faults_of(parse(PAGE.format(body=body, title=title)))


def test_a_good_page_has_no_fault() -> None:
    assert faults('<p id="a">Hello</p><script type="application/json">{}</script>') == []


@pytest.mark.parametrize(
    "body",
    [
        '<p style="color: red">x</p>',
        '<button onclick="go()">x</button>',
        "<script>go()</script>",
        "<style>p {}</style>",
        '<p id="a">x</p><p id="a">y</p>',
        "<h1>Another</h1>",
        '<label for="nothing">x</label>',
        '<p aria-describedby="nothing">x</p>',
        '<input name="unlabelled">',
        '<form method="post"><button>x</button></form>',
        '<img src="https://elsewhere.example/x.png" alt="">',
        '<script src="//elsewhere.example/x.js"></script>',
        '<form action="https://elsewhere.example/"></form>',
        '<iframe src="/x"></iframe>',
    ],
)
def test_each_fault_of_a_page_is_seen(body: str) -> None:
    assert faults(body)


@pytest.mark.parametrize("title", ["", " – Same table", "None"])
def test_a_title_that_says_nothing_is_seen(title: str) -> None:
    assert faults("", title)


@pytest.mark.parametrize(
    "html", ["<p>no doctype", PAGE.format(title="x", body="<p><div></p>"), PAGE.format(title="x", body="&nosuch;")]
)
def test_invalid_html_is_seen(html: str) -> None:
    with pytest.raises(PageFault):
        parse(html)


@pytest.fixture
def render(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    monkeypatch.setattr(undefined, "TEMPLATES", "ours")

    def ours(text: str, **values: object) -> list[str]:
        environment = Environment(loader=DictLoader({"a.html": text}), autoescape=True)
        found = undefined.watch(environment)
        code = compile(environment.compile(text, "a.html", "ours/a.html", raw=True), "ours/a.html", "exec")
        environment.template_class.from_code(environment, code, environment.make_globals(None)).render(**values)
        return found

    return ours


class Record:
    known = "yes"


@pytest.mark.parametrize(
    "text", ["{{ nobody }}", "{% if nobody %}x{% endif %}", "{% for x in nobody %}{% endfor %}", "{{ record.unknown }}"]
)
def test_a_name_that_nobody_gave_is_seen(render: Callable[..., list[str]], text: str) -> None:
    assert render(text, record=Record())


@pytest.mark.parametrize(
    "text",
    ["{{ nobody|default('') }}", "{% if nobody is defined %}x{% endif %}", "{{ record.known }}", "{{ {}['key'] }}"],
)
def test_a_question_whether_there_is_one_is_none(render: Callable[..., list[str]], text: str) -> None:
    assert not render(text, record=Record())
