"""How well the questions measure: kept over the very services of a published cell, carried over and hidden with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from statistics import correlation, fmean, variance
from typing import Final

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from assessment.disclosure.benchmark import TOO_FEW_SERVICES
from assessment.disclosure.quality import per_cent
from assessment.scoring.f_quantile import f_quantile
from assessment.store.db import reading, transaction
from assessment.store.models import ReleaseMoments, Snapshot, SnapshotQuality
from assessment.store.queries.field_view import qualities
from assessment.store.records import Quality
from assessment.workflows.demo import DemoRound
from assessment.workflows.demo_alone import DemoAlone
from tests.house.network import MadeNetwork
from tests.house.visitor import Page, Visitor

VOICES: Final = ("together", "staff", "people")
WITHOUT: Final = 0.03  # of all answers carry no level
DAY: Final = date(2026, 9, 15)
OCTOBER: Final = date(2026, 10, 1)
NOVEMBER: Final = date(2026, 11, 1)


@dataclass
class Analyst:
    """A network of which the answers are known, and what is published of it."""

    net: MadeNetwork
    said: dict[str, list[Mapping[str, str]]] = field(default_factory=lambda: {voice: [] for voice in VOICES})

    def services(self, organisations: int, each: int, *, alone: bool = False) -> None:
        """Each with a round held together or, where people answered ``alone``, of twelve staff and twelve people."""
        held = self._alone if alone else self._together
        for _organisation in range(organisations):
            self.net.organisation([[held()] for _service in range(each)])

    def _together(self) -> DemoRound:
        agreed = self.net.answers(self.net.asked.statements, WITHOUT)
        self.said["together"].append(agreed)
        return self.net.together(DAY, agreed)

    def _alone(self) -> DemoAlone:
        asked = self.net.asked
        staff = [self.net.answers(asked.statements, WITHOUT) for _one in range(12)]
        people = [self.net.answers(asked.shared, WITHOUT) for _one in range(12)]
        self.said["staff"] += staff
        self.said["people"] += people
        return self.net.apart(DAY, staff, people)

    def found(self, as_of: date = NOVEMBER) -> dict[tuple[str, str], Quality]:
        with self.net.app.app_context(), reading() as session:
            id = session.scalars(select(Snapshot.id).where(Snapshot.as_of == as_of)).one()
            return {(one.voice, one.principle): one for one in qualities(session, id)}

    def page(self, voice: str = "together") -> Page:
        return Visitor(self.net.app).get(f"/field/instrument?voice={voice}")


@pytest.fixture
def analyst(app: Flask) -> Analyst:
    return Analyst(MadeNetwork(app))


@pytest.mark.parametrize("voice", ["together", "staff", "people"])
def test_the_figures_are_those_of_all_responses_of_the_voice(analyst: Analyst, voice: str) -> None:
    analyst.services(4, 6, alone=voice != "together")
    analyst.net.publish(NOVEMBER)
    asked, said = analyst.net.asked, analyst.said[voice]
    of_voice = asked.shared if voice == "people" else asked.statements
    names = [one.id for one in of_voice if one.principle == "assets"]
    levels = [[int(one[n]) for n in names] for one in said if all(one[n].isdigit() for n in names)]
    found = analyst.found()[voice, "assets"]
    assert (found.services, found.responses, found.complete) == (20, len(said) // 10 * 10, len(levels) // 10 * 10)
    items, totals = list(zip(*levels, strict=True)), [sum(one) for one in levels]
    alpha = len(names) / (len(names) - 1) * (1 - sum(map(variance, items)) / variance(totals))
    assert found.alpha == round(alpha, 2)
    assert found.alpha_low is not None and found.alpha_high is not None
    assert found.alpha_low < found.alpha < found.alpha_high
    assert list(found.statements) == names
    for name, item in zip(names, items, strict=True):
        rest = correlation(item, [total - one for total, one in zip(totals, item, strict=True)])
        apart = [one[name] for one in said if not one[name].isdigit()]
        shares = [
            per_cent(count, len(said))
            for count in (apart.count("not-applicable"), len(apart) - apart.count("not-applicable"))
        ]
        one = found.statements[name]
        assert (one.item_rest, one.not_applicable, one.left_out) == (pytest.approx(rest, abs=0.0051), *shares)


def test_the_interval_of_alpha_does_not_tell_how_many_responses_are_complete(analyst: Analyst) -> None:
    analyst.services(4, 7)
    analyst.net.publish(NOVEMBER)
    told = 0
    for (voice, principle), found in analyst.found().items():
        names = [one.id for one in analyst.net.asked.statements if one.principle == principle]
        complete = sum(all(one[name].isdigit() for name in names) for one in analyst.said[voice])
        assert found.complete == complete // 10 * 10 and found.alpha is not None
        n, rest = found.complete - 1, len(names) - 1
        ends = [1 - (1 - found.alpha) * f_quantile(share, n, n * rest) for share in (0.975, 0.025)]
        assert [found.alpha_low, found.alpha_high] == [pytest.approx(end, abs=0.016) for end in ends]
        told += complete > found.complete + 2
    assert told >= 2


def test_services_are_told_apart_from_chance_only_where_people_answered_alone(analyst: Analyst) -> None:
    analyst.services(4, 5)
    analyst.services(4, 5, alone=True)
    analyst.net.publish(NOVEMBER)
    found = analyst.found()
    assert found["together", "assets"].icc1 is None and found["together", "assets"].icc2 is None
    # Every response has a middle of its own, whatever its service, so services differ by chance alone.
    icc1 = [one.icc1 for (voice, _), one in found.items() if voice == "staff"]
    assert len(icc1) == 6 and all(one is not None and abs(one) < 0.2 for one in icc1)
    assert fmean(one or 0 for one in icc1) == pytest.approx(0, abs=0.1)


def test_where_the_network_is_hidden_there_is_only_the_reason(analyst: Analyst) -> None:
    analyst.services(3, 3)
    analyst.services(1, 1, alone=True)
    analyst.net.publish(NOVEMBER)
    found = analyst.found()
    assert len(found) == 18
    for one in found.values():
        assert one.reason == TOO_FEW_SERVICES and not one.statements
        assert (one.services, one.responses, one.alpha, one.icc1) == (0, 0, None, None)
    assert "Fewer than 10 services" in analyst.page("staff").text


def test_what_is_carried_over_is_carried_over_whole(analyst: Analyst) -> None:
    analyst.services(4, 5)
    analyst.net.publish(OCTOBER)
    analyst.services(1, 2)
    analyst.net.publish(NOVEMBER)
    before, now = analyst.found(OCTOBER), analyst.found()
    assert now == before and now["together", "assets"].as_of == OCTOBER
    assert "carried over from 1 October 2026" in analyst.page().text
    analyst.services(2, 5)
    analyst.net.publish(date(2026, 12, 1))
    assert analyst.found(date(2026, 12, 1))["together", "assets"].services == 30


def test_nothing_rests_on_fewer_services_than_the_published_cell(analyst: Analyst) -> None:
    analyst.services(4, 5)
    with analyst.net.app.app_context(), transaction(answers=True) as session:
        one = session.scalars(select(ReleaseMoments.release_id).where(ReleaseMoments.voice == "together")).first()
        session.execute(update(ReleaseMoments).where(ReleaseMoments.release_id == one).values(items=""))
    analyst.net.publish(NOVEMBER)
    found = analyst.found()["together", "assets"]
    assert found.reason is not None and "before what this needs was kept" in str(found.reason)
    assert found.alpha is None and found.services == 0


def test_without_enough_complete_responses_only_what_was_left_out_is_told(analyst: Analyst) -> None:
    asked = analyst.net.asked
    for _organisation in range(4):
        agreed = [analyst.net.answers(asked.statements) | {"A1": "dont-know"} for _service in range(5)]
        analyst.net.organisation([[analyst.net.together(DAY, one)] for one in agreed])
    analyst.net.publish(NOVEMBER)
    found = analyst.found()["together", "assets"]
    assert (found.alpha, found.complete, found.reason) == (None, 0, None)
    assert {one.item_rest for one in found.statements.values()} == {None}
    assert (found.statements["A1"].left_out, found.statements["A2"].left_out) == (100, None)
    assert "100 %" in analyst.page().text


def test_sums_of_the_levels_of_few_people_are_not_kept(analyst: Analyst) -> None:
    asked = analyst.net.asked
    staff = [analyst.net.answers(asked.statements) for _one in range(4)]
    staff += [{name: level for name, level in analyst.net.answers(asked.statements).items() if name != "A1"}] * 6
    analyst.net.organisation([[analyst.net.apart(DAY, staff, [])]])
    with analyst.net.app.app_context(), reading(answers=True) as session:
        rows = session.execute(select(ReleaseMoments.measure, ReleaseMoments.items))
        kept = {row.measure: row.items for row in rows}
    responses, complete, *sums = map(int, kept["principle/assets"].split(","))
    assert (responses, complete) == (10, 0)
    assert sums == [0, 0, 0, 0, 6] + [0] * 25
    assert kept["principle/capacity"].startswith("10,10,") and kept["shared/assets"] == ""


def test_the_page_is_for_analysts_and_of_no_one_team(analyst: Analyst) -> None:
    analyst.services(4, 5)
    analyst.services(4, 5, alone=True)
    analyst.net.publish(NOVEMBER)
    page = analyst.page("staff")
    assert "say nothing about any one team" in page.text and "ICC(1)" in page.text
    assert "Staff and partners, each alone, on all 36 statements of the full form." in page.text
    assert "A1 " in page.text and "F6 " in page.text
    found = analyst.found()["staff", "assets"]
    assert f"{found.alpha:.2f} ({found.alpha_low:.2f} to {found.alpha_high:.2f})" in page.text
    people = analyst.page("people")
    assert "on the 12 statements that every form asks" in people.text and 'name="basis"' not in people.html
    # Of what was agreed together there is nothing to compare within a service.
    assert "so there is nothing to compare within a service" in analyst.page().text


def test_a_snapshot_published_before_this_was_kept_says_so(analyst: Analyst) -> None:
    analyst.services(4, 5)
    analyst.net.publish(OCTOBER)
    with analyst.net.app.app_context(), transaction() as session:
        session.execute(delete(SnapshotQuality))
    assert "Nothing is published of this voice yet" in analyst.page().text
    analyst.net.publish(NOVEMBER)  # and what is carried over from it has nothing either
    assert analyst.found() == {}
