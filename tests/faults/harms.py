"""What can be done to a home behind the kiosk's back, one function each.

What must last while the kiosk looks is entered into the stack: it ends with the test.
"""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Final

import pytest

from db.disk.lock import WriterLock
from db.triggers import TRIGGERS
from kiosk.packs.files import NOTE_FILE
from kiosk.settings import Home
from tests.faults.account import bound_by_modes
from tests.homes import PACK, approved, encounter

Harm = Callable[[Home, ExitStack], object]

KILLED: Final = """
import os, sys
from pathlib import Path
from kiosk.log.log import LogOnDisk
from kiosk.settings import Home
from tests.homes import encounter
LogOnDisk.close = lambda log: os._exit(0)
encounter(Home(Path(sys.argv[1])))
"""
"""A program that writes an encounter and is gone before it closes the log, so that the entries are in the WAL alone."""

ROOT: Final = Path(__file__).parents[2]
OTHER_PACK: Final = PACK.replace("How did they come?", "How did they get here?")

LOSE_ONE: Final = "DELETE FROM entry WHERE seq = 3"
LOSE_NEWEST: Final = "DELETE FROM entry WHERE seq = (SELECT max(seq) FROM entry)"
ALTER_NEWEST: Final = """
    UPDATE entry SET header = replace(header, 'desk', 'desc') WHERE seq = (SELECT max(seq) FROM entry)"""
ALTER_OPENED: Final = """
    UPDATE entry SET header = replace(header, 'desk', 'desc')
    WHERE seq = (SELECT max(seq) FROM entry WHERE kind = 'encounter.opened')"""
LET_BEGINNING_GO: Final = """
    DELETE FROM disclosure
    WHERE name = 'people' AND seq = (SELECT max(seq) FROM entry WHERE kind = 'encounter.opened')"""
ALTER_NEWEST_CHECKPOINT: Final = "UPDATE newest_checkpoint SET root = zeroblob(32)"
FROM_THE_FUTURE: Final = "UPDATE alembic_version SET version_num = '9999'"


def log_of(home: Home) -> Path:
    """The live log."""
    return home.log("live")


def beside(home: Home, ending: str) -> Path:
    """A file beside it."""
    return log_of(home).with_name(f"{log_of(home).name}{ending}")


def in_log(*statements: str) -> Harm:
    """Change the log as somebody with the file could: guards off, change, guards on again."""

    def harm(home: Home, stack: ExitStack) -> None:
        with closing(sqlite3.connect(log_of(home))) as connection, connection:
            guards = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type='trigger'")]
            assert guards, "the log had no guards"
            for name in guards:
                connection.execute(f'DROP TRIGGER "{name}"')
            for statement in statements:
                assert connection.execute(statement).rowcount > 0, f"{statement} changed nothing"
            for guard in TRIGGERS:
                connection.execute(guard)

    return harm


def after_open_encounters(count: int, harm: Harm) -> Harm:
    """First leave so many encounters open."""

    def harmed(home: Home, stack: ExitStack) -> None:
        for _ in range(count):
            encounter(home, close=False)
        harm(home, stack)

    return harmed


# -- the log's files ---------------------------------------------------------------------------------------------------


def hold_log(home: Home, stack: ExitStack) -> None:
    """Another program has the log open."""
    stack.callback(WriterLock(log_of(home)).release)


def make_log_a_folder(home: Home, stack: ExitStack) -> None:
    """A folder is in the log's place."""
    log_of(home).unlink()
    log_of(home).mkdir()


def empty_log(home: Home, stack: ExitStack) -> None:
    """The file has no bytes."""
    log_of(home).write_bytes(b"")


def put_another_programs_log(home: Home, stack: ExitStack) -> None:
    """A database of somebody else."""
    log_of(home).unlink()
    with closing(sqlite3.connect(log_of(home))) as connection, connection:
        connection.execute("CREATE TABLE entry(seq INTEGER PRIMARY KEY)")


def damage_a_page(home: Home, stack: ExitStack) -> None:
    """The page on which the entries begin is noise."""
    with closing(sqlite3.connect(log_of(home))) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'entry'").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    with log_of(home).open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)


def drop_guards(home: Home, stack: ExitStack) -> None:
    """One trigger is gone."""
    with closing(sqlite3.connect(log_of(home))) as connection, connection:
        connection.execute("DROP TRIGGER entry_bd")


def lose_log_but_not_its_wal(home: Home, stack: ExitStack) -> None:
    """The newest entries are left behind without their log."""
    log_of(home).unlink()
    beside(home, "-wal").write_bytes(b"left over")


def lose_log(home: Home, stack: ExitStack) -> None:
    """No file of it is there."""
    shutil.rmtree(log_of(home).parent)


def break_lock(home: Home, stack: ExitStack) -> None:
    """The folder lies where files can't be locked, as on some network disks."""
    import fcntl  # noqa: PLC0415 - POSIX only, as these tests are

    patch = stack.enter_context(pytest.MonkeyPatch.context())

    def refuse(handle: int, operation: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    patch.setattr(fcntl, "flock", refuse)


def make_lock_a_folder(home: Home, stack: ExitStack) -> None:
    """A folder is in the lock file's place."""
    beside(home, ".lock").unlink(missing_ok=True)
    beside(home, ".lock").mkdir()


def make_log_folder_a_file(home: Home, stack: ExitStack) -> None:
    """A file is in the place of the folder of logs."""
    lose_log(home, stack)
    log_of(home).parent.write_bytes(b"")


def after_kill(harm: Harm) -> Harm:
    """First let a program be killed, with its newest entries in the WAL alone."""

    def harmed(home: Home, stack: ExitStack) -> None:
        subprocess.run([sys.executable, "-c", KILLED, str(home.path)], cwd=ROOT, check=True)
        assert beside(home, "-wal").stat().st_size > 0, "the WAL is empty"
        harm(home, stack)

    return harmed


def lose(ending: str) -> Harm:
    """The file with that ending next to the log is gone."""
    return lambda home, stack: beside(home, ending).unlink()


def scribble_over_wal(home: Home, stack: ExitStack) -> None:
    """The WAL is noise."""
    beside(home, "-wal").write_bytes(bytes(range(256)) * 80)


# -- the other files ---------------------------------------------------------------------------------------------------


def scribble_over(*names: str) -> Harm:
    """Files of the home are no text."""

    def harm(home: Home, stack: ExitStack) -> None:
        for name in names:
            (home.path / name).write_bytes(b"\xff\x00{{")

    return harm


def remove(name: str) -> Harm:
    """A file or folder of the home is gone."""

    def harm(home: Home, stack: ExitStack) -> None:
        path = home.path / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()

    return harm


def make_a_file_of(name: str) -> Harm:
    """A file lies where a folder of the home belongs."""

    def harm(home: Home, stack: ExitStack) -> None:
        shutil.rmtree(home.path / name, ignore_errors=True)
        (home.path / name).write_bytes(b"")

    return harm


def forbid(name: str, mode: int) -> Harm:
    """A file or folder of the home has that mode, and modes bind."""

    def harm(home: Home, stack: ExitStack) -> None:
        (home.path / name).touch()
        before = (home.path / name).stat().st_mode
        (home.path / name).chmod(mode)
        stack.callback((home.path / name).chmod, before)
        stack.enter_context(bound_by_modes())

    return harm


def every(*harms: Harm) -> Harm:
    """All of these, one after the other."""

    def harm(home: Home, stack: ExitStack) -> None:
        for each in harms:
            each(home, stack)

    return harm


def make_home_a_file(home: Home, stack: ExitStack) -> None:
    """A file is in the home's place."""
    shutil.rmtree(home.path)
    home.path.write_bytes(b"")


def fail_syncs(home: Home, stack: ExitStack) -> None:
    """The disk reports an error whenever a file is to be made safe."""
    patch = stack.enter_context(pytest.MonkeyPatch.context())

    def fail(handle: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    patch.setattr(os, "fsync", fail)


def forget_begun_pack(home: Home, stack: ExitStack) -> None:
    """An older encounter of the pack in force is open, and a newer one of a pack that is gone without a trace."""
    folder = home.path / "protocols" / "small"
    encounter(home, close=False)
    then, note = (folder / "protocol.yaml").read_text(encoding="utf-8"), (folder / NOTE_FILE).read_bytes()
    (folder / "protocol.yaml").write_text(OTHER_PACK, encoding="utf-8")
    assert approved(folder)
    encounter(home, close=False)
    (folder / "protocol.yaml").write_text(then, encoding="utf-8")
    (folder / NOTE_FILE).write_bytes(note)


def set_clock_back(home: Home, stack: ExitStack) -> None:
    """The battery of the clock is empty: it is 2001."""
    patch = stack.enter_context(pytest.MonkeyPatch.context())
    patch.setattr("kiosk.system.clock.time.time_ns", lambda: 1_000_000_000 * 10**9)


def nothing(home: Home, stack: ExitStack) -> None:
    """All is well; the trouble is elsewhere."""
