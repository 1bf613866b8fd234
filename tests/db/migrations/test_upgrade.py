"""Making a log and bringing one up to date: whole or not at all, and never without a copy."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from db import revision, schema
from db.connections import migration_engine
from db.errors import Damaged, Full, Locked, Missing, ReadOnly, StoreError, WrongVersion
from db.migrations import upgrade
from db.migrations.upgrade import create
from db.models import metadata
from db.reader import Reader
from db.store import Store
from db.triggers import TRIGGERS
from tests.db.rows import ORIGIN, a_checkpoint, a_row, add, make_log

posix_only = pytest.mark.skipif(os.name == "nt", reason="file modes are POSIX")


def _schema(path: Path) -> dict[str, str]:
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    return {name: " ".join(sql.split()) for name, sql in rows if name != "alembic_version"}


def test_the_models_and_the_migrations_agree(log: Path, tmp_path: Path) -> None:
    """The tables as SQLAlchemy would make them are, word for word, those that the migrations made."""
    by_models = tmp_path / "models.db"
    engine = create_engine(f"sqlite:///{by_models}")
    metadata.create_all(engine)
    with engine.begin() as connection:
        for trigger in TRIGGERS:
            connection.exec_driver_sql(trigger)
    engine.dispose()
    assert _schema(by_models) == _schema(log)


def test_alembic_finds_nothing_to_migrate(log: Path) -> None:
    """`alembic check` would pass."""
    engine = migration_engine(log)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()


def test_the_history_in_code_is_the_history_on_disk() -> None:
    """HEAD and HISTORY, read by the desk without Alembic, are what Alembic would find."""
    config = Config()
    config.set_main_option("script_location", str(upgrade.SCRIPTS))
    scripts = ScriptDirectory.from_config(config)
    assert scripts.get_current_head() == revision.HEAD
    assert tuple(script.revision for script in scripts.walk_revisions())[::-1] == revision.HISTORY


@posix_only
def test_a_new_log_is_its_owners_alone(tmp_path: Path) -> None:
    """The folder that was made has mode 0700, every file in it 0600."""
    log = make_log(tmp_path / "home" / "log.db")
    with Store.open(log) as store:
        add(store, [a_row(0)])
        assert log.parent.stat().st_mode & 0o777 == 0o700
        assert {file.stat().st_mode & 0o777 for file in log.parent.iterdir()} == {0o600}


@posix_only
def test_a_folder_that_is_there_keeps_its_mode(tmp_path: Path) -> None:
    """A folder that others use too is not taken away from them."""
    shared = tmp_path / "shared"
    shared.mkdir(mode=0o755)
    make_log(shared / "log.db")
    assert shared.stat().st_mode & 0o777 == 0o755


def test_a_log_that_is_up_to_date_is_left_alone(log: Path) -> None:
    """It keeps its bytes, and no copy is made."""
    before = log.read_bytes()
    assert upgrade.upgrade(log) is None
    assert log.read_bytes() == before


def test_a_log_is_never_made_over_another(log: Path) -> None:
    """The one that is there keeps its identity and its bytes."""
    before = log.read_bytes()
    with pytest.raises(StoreError, match="already"):
        create(log, origin="another", created_us=2, log_vkey="another", checkpoint=a_checkpoint(0))
    assert log.read_bytes() == before
    with Reader.open(log) as reader:
        assert reader.origin == ORIGIN


def test_no_log_is_not_brought_up_to_date(tmp_path: Path) -> None:
    """Nothing is made in its place."""
    with pytest.raises(Missing):
        upgrade.upgrade(tmp_path / "log.db")
    assert not (tmp_path / "log.db").exists()


def test_a_crash_while_making_leaves_no_log_and_no_hindrance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Until the last step the name is free; the next try starts again."""
    log = tmp_path / "log.db"

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(upgrade, "put_in_place", crash)
    with pytest.raises(KeyboardInterrupt):
        make_log(log)
    assert not log.exists()
    assert (tmp_path / "log.db.new").exists()
    monkeypatch.undo()
    make_log(log)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["log.db", "log.db.lock"]


def test_a_log_that_lost_its_main_file_is_not_replaced(tmp_path: Path) -> None:
    """A second file left behind would be replayed into a new log, and it may hold the only copy of an entry."""
    (tmp_path / "log.db-wal").write_bytes(b"x")
    with pytest.raises(Damaged, match=r"log\.db-wal"):
        make_log(tmp_path / "log.db")
    assert not (tmp_path / "log.db").exists()


def test_a_log_in_use_is_not_migrated(store: Store, log: Path) -> None:
    """Set-up while the kiosk runs is refused at once."""
    with pytest.raises(Locked):
        upgrade.upgrade(log)


def test_a_newer_log_is_not_touched(log: Path) -> None:
    """Going back is not ours to do."""
    with closing(sqlite3.connect(log)) as connection:
        connection.execute("UPDATE alembic_version SET version_num='9999'")
        connection.commit()
    before = log.read_bytes()
    with pytest.raises(WrongVersion):
        upgrade.upgrade(log)
    assert log.read_bytes() == before


def test_a_folder_that_can_not_be_made_is_told(tmp_path: Path) -> None:
    """A path through a file is no folder; the person hears which."""
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match=r"log\.db"):
        make_log(tmp_path / "file" / "home" / "log.db")


NEXT = """
from alembic import op
revision = "0002"
down_revision = "0001"
def upgrade():
    with op.batch_alter_table("entry", recreate="never") as batch:
        batch.create_index("event_wall", ["wall_us"])
    {then}
"""


@pytest.fixture
def older(log: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A log with one entry, seen by a kiosk that has one revision more."""
    with Store.open(log) as store:
        add(store, [a_row(0)])
    scripts = tmp_path / "scripts"
    shutil.copytree(upgrade.SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    (scripts / "versions" / "v0002_next.py").write_text(NEXT.format(then="pass"), encoding="utf-8")
    monkeypatch.setattr(upgrade, "SCRIPTS", scripts)
    monkeypatch.setattr(revision, "HISTORY", ("0001", "0002"))
    monkeypatch.setattr(revision, "HEAD", "0002")
    upgraded = {**schema.expected(), "index event_wall": "CREATE INDEX event_wall ON entry (wall_us)"}
    monkeypatch.setattr(schema, "expected", lambda: upgraded)
    return log


def test_an_older_log_is_copied_and_brought_up_to_date(older: Path) -> None:
    """The copy is the log as it was, whole in one file; the log has the new index and all entries."""
    before = _schema(older)
    copy = upgrade.upgrade(older)
    assert copy == older.with_name("log.before-0002.db")
    assert _schema(copy) == before
    assert _schema(older).keys() - before.keys() == {"event_wall"}
    assert os.name == "nt" or copy.stat().st_mode & 0o777 == 0o600
    assert not list(older.parent.glob("*.new*"))
    with Store.open(older) as store:
        assert store.size() == 1


def test_a_migration_that_fails_leaves_the_log_as_it_was(older: Path, tmp_path: Path) -> None:
    """One transaction: neither the index nor the new revision is there, and the copy is."""
    failing = NEXT.format(then='op.execute("SELECT no_such_function()")')
    (tmp_path / "scripts" / "versions" / "v0002_next.py").write_text(failing, encoding="utf-8")
    before = _schema(older)
    with pytest.raises(StoreError, match="no_such_function"):
        upgrade.upgrade(older)
    assert _schema(older) == before
    with closing(sqlite3.connect(older)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [("0001",)]
    assert older.with_name("log.before-0002.db").exists()


def test_without_a_copy_nothing_is_migrated(older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk too full for the copy stops the migration before it starts."""

    def no_room(*_: object) -> None:
        raise OSError(28, "no room")

    monkeypatch.setattr("db.copy.put_in_place", no_room)
    before = _schema(older)
    with pytest.raises(Full):
        upgrade.upgrade(older)
    assert _schema(older) == before


def test_a_damaged_log_is_not_migrated(older: Path) -> None:
    """A log that can't be read completely needs a backup, not a migration."""
    whole = older.read_bytes()
    older.write_bytes(whole[: len(whole) // 4096 // 2 * 4096])
    with pytest.raises(Damaged):
        upgrade.upgrade(older)
    assert not older.with_name("log.before-0002.db").exists()


def test_a_folder_without_permission_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The lock is the first thing written, so a folder that can't be written is found there."""

    def refuse(*_: object, **__: object) -> int:
        raise PermissionError(13, "no")

    monkeypatch.setattr("db.disk.lock.os.open", refuse)
    with pytest.raises(ReadOnly):
        make_log(tmp_path / "log.db")
