"""The tables of the log for SQLAlchemy Core. The migrations create them; a test checks that both agree.

Search columns are *generated* from the header, so they always agree with the hashed bytes.
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

# All constraints need names, because SQLite can change a table only by copying it.
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


def _yes_no(name: str) -> CheckConstraint:
    return CheckConstraint(f"{name} IN (0,1)", name=f"{name}_yes_no")


# The identity of the log, and the public key of its checkpoints. One row, never changed.
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
entry = Table(
    "entry",
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
Index("entry_event_id", entry.c.event_id, unique=True)
Index("entry_encounter", entry.c.encounter_id, entry.c.seq)
Index("entry_kind", entry.c.kind, entry.c.seq, entry.c.wall_us)

# A value whose salted hash is in the header. It can be destroyed without changing the hashed bytes.
disclosure = Table(
    "disclosure",
    metadata,
    Column("seq", Integer, ForeignKey("entry.seq"), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("encrypted", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    _yes_no("encrypted"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

# The permanent checkpoints.
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

# The newest checkpoint, replaced at each append in the same commit; `checkpoint` has the permanent ones. `peaks` give
# the next root hash without reading the log again.
newest_checkpoint = Table(
    "newest_checkpoint",
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

# A legal hold on a record: its values may not be destroyed. Entry `released_seq` of the log `released_origin`, which is
# this log or one that replaced it, releases it.
hold = Table(
    "hold",
    metadata,
    Column("encounter_id", Text, primary_key=True),
    Column("placed_seq", Integer, ForeignKey("entry.seq"), primary_key=True),
    Column("released_seq", Integer),
    Column("released_origin", Text),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

# A destruction: a record whose values may be deleted, by entry `seq` of the log `origin`, which is this log or one that
# replaced it.
destruction = Table(
    "destruction",
    metadata,
    Column("encounter_id", Text, primary_key=True),
    Column("origin", Text, primary_key=True),
    Column("seq", Integer, primary_key=True),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

# The search index: one row for each record, so that a search need not read every entry. Entries are indexed in order,
# so no row covers an entry while an earlier one is not indexed; a search reads those entries themselves. The index is
# no evidence: search results are read from the entries before they are shown. `shared` names the protocol's text on the
# record's path, which many records have in common.
search_index = Table(
    "search_index",
    metadata,
    Column("opened_seq", Integer, primary_key=True, autoincrement=False),
    Column("encounter_id", Text, nullable=False),
    Column("last_seq", Integer, nullable=False),
    Column("no", Text, nullable=False),
    Column("opened_us", Integer),
    Column("words", Text, nullable=False),
    Column("shared", Integer),
    sqlite_strict=True,
)
Index("search_index_encounter", search_index.c.encounter_id, unique=True)
Index("search_index_last", search_index.c.last_seq)
Index("search_index_no", search_index.c.no)
Index("search_index_opened", search_index.c.opened_us)

# The shared texts of the search index. The id is made from the text, so that equal texts are one row.
search_text = Table(
    "search_text",
    metadata,
    _id(),
    Column("words", Text, nullable=False),
    sqlite_strict=True,
)
