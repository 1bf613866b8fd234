"""Creation and upgrade of a log. Alembic is imported only then (270 ms).

Both are atomic: a new log gets its name when it is complete and durable. An existing log is first copied, then
changed in one transaction.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, insert

from db import checkpoints, revision
from db.connections import bare, migration_engine, reader_engine
from db.copy import copy_log, fresh
from db.disk.durable import put_in_place, sync_folder
from db.disk.lock import WriterLock
from db.error_mapping import named, translating
from db.errors import Damaged, StoreError
from db.models import disclosure, entry
from db.models import log as log_table
from db.rows import EncodedRow, SignedCheckpoint
from db.validate import Identity, require_file, require_intact_pages

SCRIPTS: Path = Path(__file__).parent

_SIDE_FILES: Final = ("-wal", "-journal")  # SQLite would replay these into a new log with the same name


def create(
    path: Path,
    *,
    origin: str,
    created_us: int,
    log_vkey: str,
    checkpoint: SignedCheckpoint,
    rows: Sequence[EncodedRow] = (),
) -> None:
    """Create the log at `path`, with these first entries.

    origin: its name, unique among all logs. created_us: microseconds since 1970 UTC.
    log_vkey: the public key of its checkpoints. checkpoint: the first checkpoint, which covers `rows`.
    A new folder gets mode 0700; the log gets 0600.
    Raises Locked, ReadOnly, Full, Failing, Damaged or StoreError, also when there is a log already; then nothing is
    changed.
    """
    log = path.absolute()
    with translating(log):
        log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _locked(path) as log:
        if log.exists():
            raise StoreError(f"There is already a log at {log}.", "Use it, or give another folder with --home.")
        _create(log, Identity(origin, created_us, log_vkey), checkpoint, rows)


def upgrade(path: Path) -> Path | None:
    """Upgrade the log at `path`; return the path of the copy made before, or None when it was up to date.

    Raises Missing, Locked, ReadOnly, Full, Failing, Damaged, WrongVersion or StoreError; then the log is unchanged.
    """
    with _locked(path) as log:
        return _upgrade(log)


@contextmanager
def _locked(path: Path) -> Iterator[Path]:
    with translating(path):
        log = path.resolve()
        lock = WriterLock(log)
        try:
            yield log
        finally:
            lock.release()


def _create(log: Path, identity: Identity, checkpoint: SignedCheckpoint, rows: Sequence[EncodedRow]) -> None:
    require_alone(log)
    new = fresh(log.with_name(f"{log.name}.new"))
    engine = migration_engine(new)
    try:
        with engine.begin() as connection:
            _run_scripts(connection)
            connection.execute(insert(log_table), {"id": 1} | asdict(identity))
            _insert(connection, rows)
            checkpoints.first(connection, checkpoint)
    finally:
        engine.dispose()
    put_in_place(new, log)


def _insert(connection: Connection, rows: Sequence[EncodedRow]) -> None:
    for row in rows:
        connection.execute(insert(entry), {"seq": row.seq, "header": row.header, "leaf": row.leaf})
        for name, body in row.disclosures:
            connection.execute(insert(disclosure), {"seq": row.seq, "name": name, "encrypted": 0, "body": body})


def _upgrade(log: Path) -> Path | None:
    require_file(log, writable=True)
    before = _revision_of(log)
    if not revision.is_older(before):
        revision.require_head(before)
        return None
    copy = copy_log(log, log.with_name(f"{log.stem}.before-{revision.HEAD}.db"))
    engine = migration_engine(log)
    try:
        with engine.begin() as connection:
            _run_scripts(connection)
            _require_references(connection, log)
    finally:
        engine.dispose()
    sync_folder(log.parent)
    return copy


def _run_scripts(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415 - not needed at the desk
    from alembic.config import Config  # noqa: PLC0415 - not needed at the desk

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    command.upgrade(config, "head")


def require_alone(log: Path) -> None:
    """Raise Damaged when the log is missing and files that SQLite kept for it are still here."""
    found = [name for name in (f"{log.name}{end}" for end in _SIDE_FILES) if log.with_name(name).exists()]
    if found:
        raise Damaged(
            f"The log {log} is missing, but its file {found[0]} is still here.",
            "Restore the last backup, or move that file away to start a new log.",
        )


def _require_references(connection: Connection, log: Path) -> None:
    if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        raise named(Damaged, log)


def _revision_of(log: Path) -> str | None:
    engine = reader_engine(log)
    try:
        with bare(engine) as connection:
            require_intact_pages(connection, log)
            return revision.found(connection)
    finally:
        engine.dispose()
