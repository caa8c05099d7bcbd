"""Nobody is joined to a response: thirty people answer, then somebody takes everything and asks who is who.

The database as it is, two backups of it, the files beneath (SQLite's log of writes and its free pages, PostgreSQL's
dead tuples with their transactions), and the logs. No way of guessing may do better than chance among people of the
same voice. Two mistakes that would be easy to make show that the attacker is no dummy.
"""

from __future__ import annotations

import logging
import re
import runpy
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random, SystemRandom
from typing import Any, Final
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import Engine, NullPool, create_engine, event, select

from assessment.store.alone import AloneVoice
from assessment.store.db import db, reading
from assessment.store.models import StoredResponse
from assessment.store.seal import Seal
from assessment.store.secrets import draft_secret, hash_of
from assessment.workflows.apart.so_far import count_rounds
from tests.attack.evidence import Copy, Evidence, Trail, copy_of, trail_of_commits, trail_of_tuples
from tests.attack.linking import STRATEGIES, Group, chance_of, completed
from tests.house.apart import Apart, round_apart
from tests.house.postgresql import OWNER
from tests.house.quick import Hurried

INVITED, SHARED = 10, 5  # of each voice
BACKUPS_AFTER: Final = (11, 21)  # responses
# Seven of ten: with all ways, voices and databases together, one run in seven thousand comes to it by chance.
UNLIKELY: Final = 1e-5
WINS: Final = 8  # of ten: what the attacker finds where a mistake was made
WITHOUT_SECRET: Final[Callable[[str], str]] = runpy.run_path(str(Path(__file__).parents[2] / "gunicorn.conf.py"))[
    "without_secret"
]


@dataclass
class Respondent:
    voice: AloneVoice
    secret: str
    invitation: UUID | None
    browser: Hurried
    code: str = ""


@dataclass
class Field:
    """Where it happens, and what only the test knows: who sent what."""

    app: Flask
    folder: Path
    apart: Apart
    people: list[Respondent]
    log: list[str]
    chance: Random
    copies: list[Copy] = field(default_factory=list)
    trail: Trail = field(default_factory=Trail)

    def answer(self) -> Evidence:
        """Everyone answers, some at the same time; the database is copied twice while they do."""
        begun: list[Respondent] = []
        waiting, done, day = list(self.people), 0, datetime.now(UTC).date()
        self.chance.shuffle(waiting)
        while waiting or begun:
            if waiting and (len(begun) < 4 or self.chance.random() < 0.3):
                begun.append(waiting.pop())
                self._begin(begun[-1])
                continue
            self._send(begun.pop(self.chance.randrange(len(begun))))
            self._look()
            done += 1
            if done in BACKUPS_AFTER:
                day += timedelta(days=1)
                self._copy()
                with self.app.app_context():
                    count_rounds(self.app.config["SEAL"], SystemRandom(), day)
        self._copy()
        if (wal := self.folder / "x.db-wal").exists():
            trail_of_commits(self.trail, wal.read_bytes(), self.apart.id)
        return Evidence(self.copies, self.trail, self.log)

    def _begin(self, one: Respondent) -> None:
        """As far as they get before the next one comes."""
        one.browser.begin(one.secret, one.voice if one.invitation else "")
        for number in range(self.chance.randrange(2, 11)):
            one.browser.post(answer=self._level(), evidence=f"A story {self.chance.random()}" if number == 1 else "")

    def _send(self, one: Respondent) -> None:
        while one.browser.at_statement:
            one.browser.post(answer=self._level())
        one.code = one.browser.send(perspective="carer" if one.voice == "people" else "frontline")

    def _level(self) -> str:
        return str(self.chance.randrange(5))

    def _copy(self) -> None:
        with self.app.app_context():
            self.copies.append(copy_of(_whole(db.engine), self.folder))

    def _look(self) -> None:
        with self.app.app_context():
            if db.engine.dialect.name == "postgresql":
                trail_of_tuples(self.trail, _whole(db.engine))

    def truth(self) -> dict[UUID, UUID]:
        with self.app.app_context(), reading(answers=True) as session:
            by_code = {one.code_hash: one.id for one in session.scalars(select(StoredResponse))}
        return {one.invitation: by_code[hash_of(one.code)] for one in self.people if one.invitation}

    def group(self, voice: AloneVoice) -> Group:
        people = frozenset(one.invitation for one in self.people if one.voice == voice and one.invitation)
        with self.app.app_context(), reading(answers=True) as session:
            ids = session.scalars(select(StoredResponse.id).where(StoredResponse.voice == voice))
            return Group(people, frozenset(ids))

    def secrets(self) -> Iterator[str]:
        for one in self.people:
            yield from (one.secret, draft_secret(one.secret), one.code)


def _whole(engine: Engine) -> Engine:
    """Whoever takes everything reads past what the app's own login may."""
    if engine.dialect.name != "postgresql":
        return engine
    return create_engine(engine.url.set(username=OWNER), poolclass=NullPool)


@pytest.fixture
def scene(app: Flask, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> Field:
    caplog.set_level(logging.DEBUG)
    with app.app_context():
        # Nothing is taken out of SQLite's log of writes: the attacker sees all of it.
        event.listen(db.engine, "connect", _keep_every_write)
    log: list[str] = []
    _write_log(app, log)
    apart = round_apart(app)
    chance = Random()  # noqa: S311  (another order each time)
    people = [*_respondents(app, apart, "people"), *_respondents(app, apart, "staff")]
    return Field(app, tmp_path, apart, people, log, chance)


def _respondents(app: Flask, apart: Apart, voice: AloneVoice) -> list[Respondent]:
    secrets = apart.invite(*(f"{voice}{number:02}@example.org" for number in range(INVITED)))
    by_secret = {secret: id for id, secret in apart.invitations.items()}
    shared = apart.people if voice == "people" else apart.staff
    return [Respondent(voice, one, by_secret.get(one), Hurried(app)) for one in (*secrets, *[shared] * SHARED)]


def _keep_every_write(connection: Any, _record: Any) -> None:
    with suppress(AttributeError):
        connection.execute("PRAGMA wal_autocheckpoint=0") if hasattr(connection, "iterdump") else None


def _write_log(app: Flask, log: list[str]) -> None:
    """The access log as the server writes it."""
    inner = app.wsgi_app

    def noted(environ: dict[str, Any], start: Any) -> Any:
        line = f'{datetime.now(UTC)} "{environ["REQUEST_METHOD"]} {environ["PATH_INFO"]}"'
        log.append(WITHOUT_SECRET(line))
        return inner(environ, start)

    app.wsgi_app = noted  # type: ignore[method-assign]


def found(scene: Field, evidence: Evidence) -> dict[str, dict[AloneVoice, int]]:
    """How many people of each voice each strategy joins to their response."""
    truth, voices = scene.truth(), ("people", "staff")
    right: dict[str, dict[AloneVoice, int]] = {}
    for strategy in STRATEGIES:
        right[strategy.__name__] = {}
        for voice in voices:
            group = scene.group(voice)
            guess = completed(strategy(evidence, group), group)
            assert len(guess) == INVITED and len(group.responses) == INVITED + SHARED
            right[strategy.__name__][voice] = sum(truth[person] == response for person, response in guess.items())
    return right


def test_nobody_is_joined_to_a_response(scene: Field, caplog: pytest.LogCaptureFixture) -> None:
    evidence = scene.answer()
    _is_whole(scene, evidence)
    right = found(scene, evidence)
    print("Right guesses of 10, people and staff; by chance 0.7 each:")  # noqa: T201
    for name, by_voice in right.items():
        print(f"  {name.replace('_', ' '):30} {by_voice['people']:2} {by_voice['staff']:2}")  # noqa: T201
    for name, by_voice in right.items():
        for voice, count in by_voice.items():
            assert chance_of(count, INVITED, INVITED + SHARED) > UNLIKELY, f"{name} joins {count} of the {voice}"
    _keeps_its_secrets(scene, evidence, [record.getMessage() for record in caplog.records])


def _is_whole(scene: Field, evidence: Evidence) -> None:
    """What the attacker is given: every response and draft with its time, every mark that was left."""
    trail, everyone = evidence.trail, 2 * (INVITED + SHARED)
    assert set(trail.responses) == scene.group("people").responses | scene.group("staff").responses
    assert set(trail.drafts_gone.values()) == set(trail.responses.values()), "a draft goes as its response comes"
    assert len(trail.drafts_gone) == len(trail.draft_hashes) == len(trail.marks) == everyone


def _keeps_its_secrets(scene: Field, evidence: Evidence, said: list[str]) -> None:
    logs = "\n".join((*scene.log, *said))
    for secret in scene.secrets():
        assert secret not in logs
        assert not any(secret.encode() in copy.raw for copy in evidence.copies)
    assert "A story" not in logs and not re.search(r"(staff|people)\d\d@", "\n".join(scene.log))


def test_two_easy_mistakes_would_tell(scene: Field, monkeypatch: pytest.MonkeyPatch) -> None:
    """Marks that are not sealed, and drafts that are found by the invitation's own secret."""
    monkeypatch.setattr(Seal, "close", lambda _seal, said: said.ljust(100))
    monkeypatch.setattr(Seal, "open", lambda _seal, sealed: sealed.rstrip())
    monkeypatch.setattr("assessment.pages.ways.draft_secret", lambda secret: secret)
    right = found(scene, scene.answer())
    for strategy in ("marks_beside_responses", "hashes_of_drafts"):
        assert min(right[strategy].values()) >= WINS, (strategy, right[strategy])


def test_chance_is_reckoned_exactly() -> None:
    assert chance_of(0, 10, 15) == pytest.approx(1)
    assert chance_of(2, 2, 2) == pytest.approx(1 / 2)
    assert chance_of(1, 2, 3) == pytest.approx(1 / 2)  # of six ways to give two people responses, three have one right
    assert chance_of(8, 10, 15) < UNLIKELY
