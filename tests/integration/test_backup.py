"""The drill: fill by real use, back up while people go on, restore elsewhere, compare row by row."""

from __future__ import annotations

import itertools
import json
import shutil
import sqlite3
import stat
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID, uuid4

import psycopg
import pytest
from flask import Flask
from sqlalchemy import Engine, func, inspect, select, text

from assessment.commands.demo.fill import fill_demo
from assessment.commands.demo.rounds import Calendar
from assessment.store.backup.file import DIGEST, MANIFEST, FormatTooNew, _digest, reading_file
from assessment.store.backup.rows import LEFT_OUT, Damaged, Shape, shapes
from assessment.store.backup.target import InUse, NotEmpty
from assessment.store.db import ANSWERS, Base, db, transaction
from assessment.store.models import (
    Department,
    Invitation,
    Job,
    MailStop,
    Organisation,
    Person,
    Rate,
    Round,
    SignIn,
    SignInRequest,
)
from assessment.store.queries.audit import Deed, note_deed
from assessment.store.queries.outbox import leave_job
from assessment.workflows import backup as workflow
from assessment.workflows.backup import Differs, Newer, NotPrepared, back_up, look_at, restore
from tests.house.journey import Team
from tests.house.people import make_person, signed_in_as
from tests.house.postgresql import Server
from tests.integration.conftest import made_app

NOW: Final = datetime(2026, 11, 27, 12, 0, 0, 123456, tzinfo=UTC)
_numbers = itertools.count(1)

Elsewhere = Callable[[str], Flask]


@pytest.fixture
def elsewhere(request: pytest.FixtureRequest, tmp_path: Path) -> Elsewhere:
    """Makes an app on a bare database of this kind."""

    def make(kind: str) -> Flask:
        number = next(_numbers)
        if kind == "sqlite":
            return made_app(f"sqlite:///{tmp_path / f'{number}.db'}", tmp_path / f"{number}")
        server: Server = request.getfixturevalue("postgresql")
        return made_app(server.create(f"restored_{number}"), tmp_path / f"{number}")

    return make


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "backup.zip"


@pytest.fixture(scope="module")
def a_backup(sqlite_prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small backup, for those who would spoil it."""
    folder = tmp_path_factory.mktemp("backup")
    shutil.copy(sqlite_prepared, folder / "x.db")
    app = made_app(f"sqlite:///{folder / 'x.db'}", folder)
    with app.app_context(), transaction() as session:
        session.add(a_place("Larkshire"))
    backed_up(app, folder / "backup.zip")
    return folder / "backup.zip"


def migrations(app: Flask) -> str:
    directory: str = app.extensions["migrate"].directory
    return directory


def backed_up(app: Flask, file: Path) -> Path:
    with app.app_context():
        back_up(file, NOW, migrations(app))
    return file


def restored(app: Flask, file: Path) -> None:
    with app.app_context():
        restore(file, migrations(app))


def a_place(name: str, **more: Any) -> Organisation:
    return Organisation(name=name, name_key=name, kind="council", nation="wales", region="wales", **more)


def everything(app: Flask) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, as the models read it."""
    with app.app_context(), db.engine.connect().execution_options(**{ANSWERS: True}) as connection:
        return {
            name: sorted(map(tuple, connection.execute(select(table))), key=str)
            for name, table in Base.metadata.tables.items()
            if name not in LEFT_OUT
        }


def tables(app: Flask) -> list[str]:
    with app.app_context():
        return inspect(db.engine).get_table_names()


def fill(app: Flask, team: Team) -> UUID:
    """A team's round, what leads and jobs leave behind, texts of every alphabet; the id of a person."""
    team.answer("A1", "2", reason="Zoë’s café, “quotes”, 日本語 🎉\r\n\ttab, 'single', \\ and ;--")
    team.answer_all()
    team.send()
    ann = make_person(app, "ann@example.org", ("network admin", None), name="Ann O’Neill")
    signed_in_as(app, ann)
    with app.app_context(), transaction() as session:
        note_deed(session, NOW, ann, Deed("opened a round", detail="=cmd()"))
        leave_job(session, "offer", "offer:1", uuid4(), NOW + timedelta(microseconds=1))
        old = session.scalars(select(Round)).one()
        names = [one.name for one in Round.__table__.columns if one.name not in ("id", "previous_id")]
        # One that refers to another of its table, which comes before or after it by chance.
        session.add_all(
            Round(**{name: getattr(old, name) for name in names}, id=UUID(int=number), previous_id=old.id)
            for number in (1, 2**128 - 1)
        )
        session.add(MailStop(hash="h" * 64, made_on=date(2026, 2, 28)))
        session.flush()
        session.add(
            Invitation(round_id=old.id, email="a@b.org", email_key="a@b.org", state="sent", answered_sealed="s" * 300)
        )
        session.add(Rate(key="k", ends_at=NOW, times=1))
        session.add(SignInRequest(person_id=ann, asked_at=NOW))
    return ann


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_the_drill(app: Flask, team: Team, file: Path, elsewhere: Elsewhere, kind: str) -> None:
    fill(app, team)
    backed_up(app, file)
    another = elsewhere(kind)
    restored(another, file)
    assert everything(another) == everything(app)
    with another.app_context():
        for left_out in LEFT_OUT:
            assert db.session.scalar(select(func.count()).select_from(Base.metadata.tables[left_out])) == 0
        db.session.remove()
    # It goes on: the same link opens the same result, and the database still guards itself.
    result = another.test_cli_runner().invoke(args=["prepare"])
    assert (result.exit_code, result.output) == (0, "")
    with pytest.raises(Exception, match="only added to"), another.app_context(), transaction() as session:
        session.execute(text("DELETE FROM audit"))


def test_a_restored_installation_can_be_backed_up_to_the_same(
    app: Flask, team: Team, file: Path, elsewhere: Elsewhere, tmp_path: Path
) -> None:
    fill(app, team)
    another = elsewhere("sqlite")
    restored(another, backed_up(app, file))
    again = backed_up(another, tmp_path / "again.zip")
    assert look_at(again).tables == look_at(file).tables


def test_the_demo_network(app: Flask, file: Path, elsewhere: Elsewhere, sqlite_prepared: Path) -> None:
    with app.app_context():
        with transaction() as session:
            session.execute(text("DELETE FROM network"))
        for _published in fill_demo(60, 1, Calendar(date(2026, 11, 1), 2), app.config["SEAL"]):
            pass
    another = elsewhere("postgresql" if "sqlite" in app.config["SETTINGS"].database else "sqlite")
    restored(another, backed_up(app, file))
    assert everything(another) == everything(app)


def test_it_is_of_one_moment_while_people_go_on(
    app: Flask, file: Path, elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between any two tables somebody writes an organisation with its department; before, there are five of them."""
    rows, written = workflow.read_rows, itertools.count()

    def write() -> None:
        with app.app_context(), transaction() as session:
            place = a_place(f"Place {next(written)}", id=uuid4())
            session.add(place)
            session.flush()
            session.add(Department(organisation_id=place.id, name="D", name_key="d"))

    def meanwhile(connection: Any, shape: Shape) -> Iterator[Any]:
        yield from rows(connection, shape)
        write()

    for _before in range(5):
        write()
    monkeypatch.setattr(workflow, "read_rows", meanwhile)
    backed_up(app, file)
    monkeypatch.undo()
    another = elsewhere("sqlite")
    restored(another, file)
    found = everything(another)
    # The moment is that of the first look, which on either database is at the first table.
    assert len(found["organisation"]) == len(found["department"]) == 5
    assert len(everything(app)["organisation"]) == 5 + len(shapes())


def test_a_backup_keeps_no_order_of_writing(app: Flask, file: Path, elsewhere: Elsewhere) -> None:
    with app.app_context():
        for number in range(50):
            make_person(app, f"{number}@example.org")
    backed_up(app, file)
    with zipfile.ZipFile(file) as archive:
        ids = [json.loads(line)[0] for line in archive.open("person.jsonl")]
    assert ids == sorted(ids) and len(ids) == 50
    another = elsewhere("sqlite")
    restored(another, file)
    with another.app_context(), db.engine.connect() as connection:
        assert list(connection.scalars(text("SELECT id FROM person ORDER BY rowid"))) == ids


def test_whoever_signed_out_stays_out(app: Flask, team: Team, file: Path, elsewhere: Elsewhere) -> None:
    fill(app, team)
    backed_up(app, file)
    with zipfile.ZipFile(file) as archive:
        assert not {f"{name}.jsonl" for name in LEFT_OUT} & set(archive.namelist())
    another = elsewhere("sqlite")
    restored(another, file)
    with another.app_context(), transaction() as session:
        assert session.scalar(select(func.count()).select_from(SignIn)) == 0
        assert session.scalar(select(func.count()).select_from(Person)) == 1


def test_a_file_of_its_own_for_its_owner_only(app: Flask, file: Path) -> None:
    backed_up(app, file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    before = file.read_bytes()
    with pytest.raises(FileExistsError):
        backed_up(app, file)
    assert file.read_bytes() == before and [one.name for one in file.parent.glob(".*")] == []


def test_what_fails_on_the_way_leaves_no_file(app: Flask, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: Any) -> Iterator[Any]:
        yield ["half"]
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(workflow, "read_rows", fail)
    with pytest.raises(OSError, match="No space"):
        backed_up(app, file)
    assert list(file.parent.glob("*backup*")) == []


def test_a_database_that_is_not_up_to_date_is_not_backed_up(elsewhere: Elsewhere, file: Path) -> None:
    with pytest.raises(NotPrepared):
        backed_up(elsewhere("sqlite"), file)
    assert not file.exists()


class TestASpoiltFile:
    def refused(self, elsewhere: Elsewhere, file: Path, kind: str = "sqlite") -> None:
        app = elsewhere(kind)
        with pytest.raises(Damaged):
            restored(app, file)
        assert tables(app) == []

    @pytest.mark.parametrize("kept", [0, 1, 63, 64, 65, 1000, 0.25, 0.5, 0.9, -1, -64, -65])
    def test_cut_short(self, a_backup: Path, elsewhere: Elsewhere, file: Path, kept: float) -> None:
        whole = a_backup.read_bytes()
        file.write_bytes(whole[: kept if isinstance(kept, int) else int(kept * len(whole))])
        self.refused(elsewhere, file)

    def test_a_byte_changed_anywhere(self, a_backup: Path, file: Path) -> None:
        whole = a_backup.read_bytes()
        places = {*range(60), *range(len(whole) - 300, len(whole)), *range(0, len(whole), 61)}
        for place in places:
            spoilt = bytearray(whole)
            spoilt[place] ^= 1 << place % 8
            file.write_bytes(spoilt)
            with pytest.raises(Damaged):
                look_at(file)

    @pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
    def test_a_changed_one_is_not_restored(self, a_backup: Path, elsewhere: Elsewhere, file: Path, kind: str) -> None:
        whole = a_backup.read_bytes()
        file.write_bytes(whole[:5000] + bytes([whole[5000] ^ 1]) + whole[5001:])
        self.refused(elsewhere, file, kind)

    @pytest.mark.parametrize("added", [b"x", b"\n" * 64])
    def test_something_put_behind_it(self, a_backup: Path, elsewhere: Elsewhere, file: Path, added: bytes) -> None:
        file.write_bytes(a_backup.read_bytes() + added)
        self.refused(elsewhere, file)

    def test_a_file_of_another_kind(self, elsewhere: Elsewhere, file: Path) -> None:
        file.write_bytes(b"Dear Sir or Madam, " * 100)
        self.refused(elsewhere, file)

    @pytest.mark.parametrize("change", [{"tables": None}, {"revision": None}, {"same table backup": "one"}])
    def test_a_manifest_that_makes_no_sense(
        self, a_backup: Path, elsewhere: Elsewhere, file: Path, change: dict[str, Any]
    ) -> None:
        rewritten(a_backup, file, manifest=change)
        with pytest.raises((Damaged, Newer)):
            restored(elsewhere("sqlite"), file)

    @pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
    @pytest.mark.parametrize(
        "lines",
        [
            b"",
            b'["x"]\n',
            b"[1,2\n",
            b'["00000000000000000000000000000001",null,"a","a","x","x","",null,null,null,null,false]\n',
        ],
    )
    def test_rows_that_are_not_those_of_the_manifest(
        self, a_backup: Path, elsewhere: Elsewhere, file: Path, kind: str, lines: bytes
    ) -> None:
        """Sealed anew by whoever changed it: found out by count, hash, or the database itself; nothing stays."""
        rewritten(a_backup, file, **{"organisation.jsonl": lines})
        app = elsewhere(kind)
        result = app.test_cli_runner().invoke(args=["restore", str(file)])
        assert result.exit_code == 1 and isinstance(result.exception, SystemExit), result.output
        assert len(result.output.strip().splitlines()) == 1
        assert [name for name in tables(app) if name != "alembic_version"] == []

    def test_one_of_a_newer_format(self, a_backup: Path, elsewhere: Elsewhere, file: Path) -> None:
        rewritten(a_backup, file, manifest={"same table backup": 2})
        with pytest.raises(FormatTooNew):
            restored(elsewhere("sqlite"), file)

    def test_one_of_a_newer_migration(self, a_backup: Path, elsewhere: Elsewhere, file: Path) -> None:
        rewritten(a_backup, file, manifest={"revision": "9999"})
        app = elsewhere("sqlite")
        with pytest.raises(Newer):
            restored(app, file)
        assert tables(app) == []


def rewritten(old: Path, new: Path, manifest: dict[str, Any] | None = None, **entries: bytes) -> None:
    """The backup with other entries, and a hash that is right again."""
    with zipfile.ZipFile(old) as source, zipfile.ZipFile(new, "w") as target:
        for name in source.namelist():
            content = entries.get(name, source.read(name))
            if name == MANIFEST:
                content = json.dumps(json.loads(content) | (manifest or {})).encode()
            target.writestr(name, content)
        target.comment = b"0" * DIGEST
    with new.open("r+b") as file:
        digest = _digest(file)
        file.seek(-DIGEST, 2)
        file.write(digest.encode())


class TestTheDatabase:
    def test_that_is_not_empty_is_refused_and_left_as_it_is(
        self, owner: Flask, app: Flask, a_backup: Path, team: Team
    ) -> None:
        before = everything(app)
        with app.app_context():
            db.engine.dispose()
        with pytest.raises(NotEmpty, match="draft, link, organisation"):
            restored(owner, a_backup)
        assert everything(app) == before

    def test_of_something_else_is_refused(self, elsewhere: Elsewhere, a_backup: Path) -> None:
        app = elsewhere("sqlite")
        with app.app_context(), db.engine.begin() as connection:
            connection.execute(text("CREATE TABLE recipes (name text)"))
        with pytest.raises(NotEmpty, match="recipes"):
            restored(app, a_backup)
        assert tables(app) == ["recipes"]

    @pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
    def test_that_was_only_just_prepared_is_filled(self, elsewhere: Elsewhere, a_backup: Path, kind: str) -> None:
        app = elsewhere(kind)
        app.test_cli_runner().invoke(args=["prepare", "--real"])
        app.test_cli_runner().invoke(args=["jobs", "run", "--once"])
        restored(app, a_backup)
        found = everything(app)
        assert [row[1] for row in found["organisation"]] == ["Larkshire"] and found["outbox"] == []

    @pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
    def test_in_use_is_refused(self, elsewhere: Elsewhere, a_backup: Path, kind: str) -> None:
        """By anybody who has it open, even if they do nothing just now."""
        app = elsewhere(kind)
        app.test_cli_runner().invoke(args=["prepare", "--real"])
        with closing(another_program(app)), pytest.raises(InUse):
            restored(app, a_backup)
        restored(app, a_backup)
        assert len(everything(app)["organisation"]) == 1

    @pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
    def test_is_bare_again_if_what_was_restored_differs(
        self, elsewhere: Elsewhere, a_backup: Path, kind: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(workflow, "is_as_it_was", lambda _c, content: content.shape.name != "organisation")
        app = elsewhere(kind)
        with pytest.raises(Differs, match="organisation"):
            restored(app, a_backup)
        assert tables(app) == []
        monkeypatch.undo()
        restored(app, a_backup)
        assert len(everything(app)["organisation"]) == 1

    @pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
    def test_may_be_of_a_newer_version_than_the_backup(
        self, elsewhere: Elsewhere, file: Path, kind: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        old = elsewhere("sqlite")
        old.test_cli_runner().invoke(args=["db", "upgrade", "0001"])
        with old.app_context():
            with db.engine.begin() as connection:
                connection.execute(
                    text(
                        "INSERT INTO organisation (id, name, name_key, kind, nation, region, size) "
                        "VALUES ('00000000000000000000000000000001', 'Old', 'old', 'council', 'wales', 'wales', '')"
                    )
                )
            then = tuple(shapes_of(db.engine))
        monkeypatch.setattr(workflow, "newest_revision", lambda _migrations: "0001")
        monkeypatch.setattr(workflow, "shapes", lambda: then)
        backed_up(old, file)
        monkeypatch.undo()
        new = elsewhere(kind)
        restored(new, file)
        with new.app_context(), transaction() as session:
            place = session.scalars(select(Organisation)).one()
            assert (place.name, place.passkeys) == ("Old", False)


def shapes_of(engine: Engine) -> Iterator[Shape]:
    """The shapes of a database of an earlier version: what it has of today's."""
    found = inspect(engine)
    for shape in shapes():
        if shape.name in found.get_table_names():
            there = {one["name"] for one in found.get_columns(shape.name)}
            yield Shape(shape.name, {n: kind for n, kind in shape.columns.items() if n in there}, shape.key)


def another_program(app: Flask) -> Any:
    """A connection that did something and now rests."""
    settings = app.config["SETTINGS"]
    if settings.database.startswith("sqlite"):
        connection: Any = sqlite3.connect(settings.database.removeprefix("sqlite:///"))
    else:
        connection = psycopg.connect(settings.database, autocommit=True)
    connection.execute("SELECT count(*) FROM organisation").fetchall()
    return connection


class TestCommands:
    def run(self, app: Flask, *arguments: str) -> Any:
        return app.test_cli_runner().invoke(args=list(arguments))

    def test_say_what_was_done_and_what_is_not_in_it(
        self, app: Flask, team: Team, file: Path, elsewhere: Elsewhere
    ) -> None:
        result = self.run(app, "backup", str(file))
        assert result.exit_code == 0 and "rows in" in result.output and "The secret key is not in it" in result.output
        result = self.run(app, "restore", "--check", str(file))
        assert result.exit_code == 0 and "is whole" in result.output
        another = elsewhere("sqlite")
        result = self.run(another, "restore", str(file))
        assert result.exit_code == 0 and "each table as it was" in result.output
        assert everything(another) == everything(app)

    def test_say_in_one_sentence_what_is_wrong(
        self, owner: Flask, app: Flask, team: Team, file: Path, elsewhere: Elsewhere
    ) -> None:
        with app.app_context():
            db.engine.dispose()
        app = owner
        said = [self.run(app, "restore", str(file)), self.run(app, "backup", str(file / "x" / "y"))]
        file.write_bytes(b"no backup" * 100)
        said += [self.run(app, "backup", str(file)), self.run(app, "restore", str(file))]
        file.unlink()
        self.run(app, "backup", str(file))
        said += [self.run(app, "restore", str(file)), self.run(elsewhere("sqlite"), "backup", str(file) + "2")]
        for result, words in zip(
            said,
            ["No such file", "No such file", "is there already", "not a whole backup", "not empty", "flask prepare"],
            strict=True,
        ):
            assert result.exit_code == 1 and words in result.output, result.output
            assert len(result.output.strip().splitlines()) == 1


def test_a_key_or_secret_is_not_in_it(app: Flask, team: Team, file: Path) -> None:
    fill(app, team)
    backed_up(app, file)
    with reading_file(file) as backup:
        everything_in_it = "\n".join(str(row) for one in backup.manifest.tables for row in backup.rows(one.shape))
    assert app.config["SECRET_KEY"] not in everything_in_it and team.secret not in everything_in_it
    assert "Larkshire" in everything_in_it


def test_every_job_state_comes_back(app: Flask, file: Path, elsewhere: Elsewhere) -> None:
    with app.app_context(), transaction() as session:
        for state in ("waiting", "done", "failed"):
            session.add(Job(key=state, kind="offer", of=uuid4(), state=state, due_at=NOW, leased_until=NOW))
    another = elsewhere("sqlite")
    restored(another, backed_up(app, file))
    assert everything(another)["outbox"] == everything(app)["outbox"]
