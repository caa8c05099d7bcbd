"""The result of a round held together, taken away: its pictures and its figures as files."""

from __future__ import annotations

import csv
import io
from xml.etree import ElementTree as ET

from flask import Flask
from sqlalchemy import select

from assessment.store.db import transaction
from assessment.store.models import Round, Target
from tests.house.journey import CONTINUE, Team
from tests.house.queries import counted
from tests.house.visitor import Visitor
from tests.house.xlsx import read_xlsx

SVG = "{http://www.w3.org/2000/svg}"


def sent(team: Team) -> str:
    """A round that was sent: one statement does not apply, the others are usual; where its result is."""
    first, *rest = team.statements
    team.answer(first.id, "not-applicable", reason="We have none")
    for statement in rest:
        team.answer(statement.id, "3")
    team.send()
    return f"/result/{team.round_id}"


def set_target(app: Flask, team: Team, statement: str) -> None:
    with app.app_context(), transaction() as session:
        service = session.scalars(select(Round.service_id).where(Round.id == team.round_id)).one()
        session.add(Target(service_id=service, statement=statement, level=4, reason="Because we said so"))


def test_its_pictures_say_by_themselves_what_they_are(team: Team, app: Flask) -> None:
    address = sent(team)
    page = team.visitor.get(f"{address}/")
    assert page.link("Download this picture").startswith(f"{address}/pictures/radar.svg")
    for name in ("radar", "ranges"):
        with counted(app) as statements:
            answer = team.visitor.send("GET", f"{address}/pictures/{name}.svg").response
        assert answer.mimetype == "image/svg+xml" and len(statements) <= 6
        drawing = ET.fromstring(answer.get_data(as_text=True))  # noqa: S314  # our own drawing
        assert drawing.findtext(f"{SVG}title") == page.heading
        assert "Home Support, Larkshire Council" in " ".join(drawing.itertext())
        assert not {"class", "style"} & {name for one in drawing.iter() for name in one.attrib}
    assert team.visitor.send("GET", f"{address}/pictures/other.svg").status == 404


def test_its_figures_are_the_same_in_every_kind_of_file(team: Team, app: Flask) -> None:
    first, second = team.statements[:2]
    address = sent(team)
    set_target(app, team, second.id)
    page = team.visitor.get(f"{address}/")
    text = team.visitor.send("GET", page.link("CSV, for a spreadsheet")).html.removeprefix("\ufeff")
    rows = {(row["kind"], row["id"]): row for row in csv.DictReader(io.StringIO(text))}
    assert rows["principle", first.principle]["value"] == "3.0"
    assert rows["statement", first.id]["answer"] == "not-applicable" and not rows["statement", first.id]["value"]
    assert rows["statement", second.id]["target"] == "4"
    assert {row["service"] for row in rows.values()} == {"Home Support"}
    assert "Because we said so" not in text and "We have none" not in text, "reasons never leave the service"

    told = team.visitor.send("GET", page.link("JSON")).json["figures"]
    assert {(row["kind"], row["id"]) for row in told["rows"]} == set(rows) and told["about"]["release_version"] == 1
    workbook = team.visitor.send("GET", page.link("a workbook")).response
    assert len(read_xlsx(workbook.get_data())["figures"]) == len(rows) + 1
    workbook.close()


def test_whoever_may_read_the_result_may_take_it_away_and_nobody_before_it_is_sent(team: Team, app: Flask) -> None:
    addresses = [f"/result/{team.round_id}/{name}" for name in ("pictures/radar.svg", "result.csv")]
    assert {team.visitor.send("GET", address).status for address in addresses} == {404}
    sent(team)
    reader = Visitor(app)
    reader.get(team.links()[1]).press(CONTINUE)
    assert {reader.send("GET", address).status for address in addresses} == {200}
