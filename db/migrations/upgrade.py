"""Making a log, and bringing an older one up to date. Alembic is imported only while that happens (270 ms).

Either is all or nothing: a new log gets its name when it is whole and on the disk; an existing one is copied first
and changed in one transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, insert

from db import revision
from db.connections import bare, migration_engine, reader_engine
from db.copy import copied, fresh
from db.disk.durable import put_in_place, sync_folder
from db.disk.lock import WriterLock
from db.error_mapping import named, translating
from db.errors import Damaged
from db.models import checkpoint, disclosure, event
from db.models import head as head_table
from db.models import log as log_table
from db.rows import Sealed, Signed
from db.validate import Identity, require_file, require_whole_pages

SCRIPTS: Path = Path(__file__).parent

_BESIDE: Final = ("-wal", "-journal")  # files that SQLite would replay into a new log of the same name


@dataclass(frozen=True, slots=True)
class MigrationReport:
    """What was done: from which revision (None: there was no log) to which, and where the copy made before lies."""

    before: str | None
    after: str
    copy: Path | None = None

    @property
    def created(self) -> bool:
        """Whether the log is new."""
        return self.before is None

    @property
    def changed(self) -> bool:
        """Whether anything was done at all."""
        return self.before != self.after


def create_or_upgrade(
    path: Path,
    *,
    origin: str,
    created_us: int,
    log_vkey: str = "",
    head: Signed | None = None,
    rows: Sequence[Sealed] = (),
) -> MigrationReport:
    """Make the log at `path`, or bring it to this version; one that is there already keeps its own identity.

    origin: the log's name, unique among all logs. created_us: microseconds since 1970 UTC.
    log_vkey: the public key that will sign its state; rows: entries that it has from the beginning; head: its state
    with them, signed by that key.
    A folder that must be made gets mode 0700; the log gets 0600.
    Raises Locked, ReadOnly, Full, Failing, Damaged, WrongVersion or StoreError; then the log is as it was.
    """
    log = path.absolute()
    with translating(log):
        log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        log = path.resolve()
        lock = WriterLock(log)
        try:
            if log.exists():
                return _upgraded(log)
            return _created(log, Identity(origin, created_us, log_vkey), head, rows)
        finally:
            lock.release()


def _created(log: Path, identity: Identity, head: Signed | None, rows: Sequence[Sealed]) -> MigrationReport:
    _require_alone(log)
    new = fresh(log.with_name(f"{log.name}.new"))
    engine = migration_engine(new)
    try:
        with engine.begin() as connection:
            _run_scripts(connection)
            connection.execute(insert(log_table), _identity_row(identity))
            _put_in(connection, rows)
            if head is not None:
                _sign(connection, head)
    finally:
        engine.dispose()
    put_in_place(new, log)
    return MigrationReport(None, revision.HEAD)


def _put_in(connection: Connection, rows: Sequence[Sealed]) -> None:
    for row in rows:
        connection.execute(insert(event), {"seq": row.seq, "header": row.header, "leaf": row.leaf})
        for name, body in row.disclosures:
            connection.execute(insert(disclosure), {"seq": row.seq, "name": name, "sealed": 0, "body": body})


def _sign(connection: Connection, head: Signed) -> None:
    signed = {"size": head.size, "root": head.root, "note": head.note}
    connection.execute(insert(head_table), {"id": 1, "peaks": head.peaks} | signed)
    if head.lasting:
        connection.execute(insert(checkpoint), signed)


def _upgraded(log: Path) -> MigrationReport:
    require_file(log, writable=True)
    before = _revision_of(log)
    if not revision.is_older(before):
        revision.require_head(before)
        return MigrationReport(before, revision.HEAD)
    copy = copied(log, log.with_name(f"{log.stem}.before-{revision.HEAD}.db"))
    engine = migration_engine(log)
    try:
        with engine.begin() as connection:
            _run_scripts(connection)
            _require_references(connection, log)
    finally:
        engine.dispose()
    sync_folder(log.parent)
    return MigrationReport(before, revision.HEAD, copy)


def _run_scripts(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415 - never on the desk's path
    from alembic.config import Config  # noqa: PLC0415 - never on the desk's path

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    command.upgrade(config, "head")


def _identity_row(identity: Identity) -> dict[str, object]:
    return {"id": 1} | asdict(identity)


def _require_alone(log: Path) -> None:
    left = [name for name in (f"{log.name}{end}" for end in _BESIDE) if log.with_name(name).exists()]
    if left:
        raise Damaged(
            f"The encounter log {log} is gone, but {left[0]} of it is still there.",
            "Restore the last backup, or move that file away to begin a new log.",
        )


def _require_references(connection: Connection, log: Path) -> None:
    if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        raise named(Damaged, log)


def _revision_of(log: Path) -> str | None:
    engine = reader_engine(log)
    try:
        with bare(engine) as connection:
            require_whole_pages(connection, log)
            return revision.found(connection)
    finally:
        engine.dispose()
