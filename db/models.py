"""The tables of the log, as SQLAlchemy Core sees them. The migrations make them; a test holds that both agree.

Columns that are searched are *generated* from the header, so they can't disagree with the bytes that are hashed.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    CheckConstraint,
    Column,
    Computed,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)

APPLICATION_ID: Final = 0x454E434C  # "ENCL", bytes 68 to 71 of the file

# Constraints need names from the first table on: SQLite can only change a table by copying it, name by name.
metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _id() -> Column[int]:
    return Column("id", Integer, primary_key=True, autoincrement=False)


def _from_header(name: str) -> Computed:
    return Computed(f"json_extract(header,'$.{name}')", persisted=True)


# Which log this is, and the public key that signs its checkpoints. One row, never changed.
log = Table(
    "log",
    metadata,
    _id(),
    Column("origin", Text, nullable=False),
    Column("log_vkey", Text, nullable=False),
    Column("created_us", Integer, nullable=False),
    CheckConstraint("id=1", name="one_row"),
    sqlite_strict=True,
)

# One entry: the exact header text that is hashed, and its leaf hash.
event = Table(
    "event",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("header", Text, nullable=False),
    Column("leaf", LargeBinary, nullable=False),
    Column("event_id", Text, _from_header("event_id"), nullable=False),
    Column("encounter_id", Text, _from_header("encounter_id")),
    Column("kind", Text, _from_header("kind"), nullable=False),
    Column("wall_us", Integer, _from_header("wall_us"), nullable=False),
    CheckConstraint("seq>=0", name="seq_from_zero"),
    CheckConstraint("json_valid(header)", name="header_json"),
    CheckConstraint("length(leaf)=32", name="leaf_length"),
    CheckConstraint("seq = json_extract(header,'$.seq')", name="seq_as_hashed"),
    sqlite_strict=True,
)
Index("event_id_u", event.c.event_id, unique=True)
Index("event_enc", event.c.encounter_id, event.c.seq)
Index("event_kind", event.c.kind, event.c.seq, event.c.wall_us)

# A value that a header only commits to; it can be let go without touching what was hashed.
disclosure = Table(
    "disclosure",
    metadata,
    Column("seq", Integer, ForeignKey("event.seq"), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("sealed", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    CheckConstraint("sealed IN (0,1)", name="sealed_yes_no"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

# The signed state of the log at a size.
checkpoint = Table(
    "checkpoint",
    metadata,
    Column("size", Integer, primary_key=True, autoincrement=False),
    Column("root", LargeBinary, nullable=False),
    Column("note", Text, nullable=False),
    CheckConstraint("size>0", name="size_positive"),
    CheckConstraint("length(root)=32", name="root_length"),
    sqlite_strict=True,
)

# The newest signed state: written with every entry, in the same commit. It takes the place of the one before; those
# that must last stand in `checkpoint`. `peaks` only save reading the log again to find the next root.
head = Table(
    "head",
    metadata,
    _id(),
    Column("size", Integer, nullable=False),
    Column("root", LargeBinary, nullable=False),
    Column("note", Text, nullable=False),
    Column("peaks", LargeBinary, nullable=False),
    CheckConstraint("id=1", name="one_row"),
    CheckConstraint("size>=0", name="size_from_zero"),
    CheckConstraint("length(root)=32", name="root_length"),
    sqlite_strict=True,
)

# An encounter whose values may not be let go, from one entry to another. It is released by entry `released_seq` of the
# log `released_origin`, which is this one or one that goes on where this one ended.
hold = Table(
    "hold",
    metadata,
    Column("encounter_id", Text, primary_key=True),
    Column("placed_seq", Integer, ForeignKey("event.seq"), primary_key=True),
    Column("released_seq", Integer),
    Column("released_origin", Text),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

# An encounter whose values may be let go, by the entry that says so: entry `seq` of the log `origin`, which is this one
# or, for an encounter of an earlier log, the log that goes on where this one ended.
purge = Table(
    "purge",
    metadata,
    Column("encounter_id", Text, primary_key=True),
    Column("origin", Text, primary_key=True),
    Column("seq", Integer, primary_key=True),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

# What a search looks through, so that it need not open every entry. Made from the entries in their order, so that no
# line tells of an entry while an earlier one waits; what is not there yet is looked up in the entries. No evidence
# rests on it: what a search finds is read from the entries before it is shown.
summary = Table(
    "summary",
    metadata,
    Column("opened_seq", Integer, primary_key=True, autoincrement=False),
    Column("encounter_id", Text, nullable=False),
    Column("last_seq", Integer, nullable=False),
    Column("no", Text, nullable=False),
    Column("opened_us", Integer),
    Column("words", Text, nullable=False),
    sqlite_strict=True,
)
Index("summary_encounter", summary.c.encounter_id, unique=True)
Index("summary_last", summary.c.last_seq)
Index("summary_no", summary.c.no)
Index("summary_opened", summary.c.opened_us)
