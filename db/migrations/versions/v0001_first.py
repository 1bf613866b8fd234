"""The log: entries, their values, checkpoints, holds and destructions, each guarded by triggers; and the search index.

The SQL is here in full and never changes: later changes of `db.models` must not change this revision.
"""

from __future__ import annotations

from typing import Final

from alembic import op

revision: Final = "0001"
down_revision: Final = None

_TABLES: Final = (
    """CREATE TABLE log (
  id INTEGER NOT NULL,
  origin TEXT NOT NULL,
  log_vkey TEXT NOT NULL,
  created_us INTEGER NOT NULL,
  CONSTRAINT pk_log PRIMARY KEY (id),
  CONSTRAINT ck_log_one_row CHECK (id=1)
) STRICT""",
    """CREATE TABLE entry (
  seq INTEGER NOT NULL,
  header TEXT NOT NULL,
  leaf BLOB NOT NULL,
  event_id TEXT NOT NULL GENERATED ALWAYS AS (json_extract(header,'$.event_id')) STORED,
  encounter_id TEXT GENERATED ALWAYS AS (json_extract(header,'$.encounter_id')) STORED,
  kind TEXT NOT NULL GENERATED ALWAYS AS (json_extract(header,'$.kind')) STORED,
  wall_us INTEGER NOT NULL GENERATED ALWAYS AS (json_extract(header,'$.wall_us')) STORED,
  CONSTRAINT pk_entry PRIMARY KEY (seq),
  CONSTRAINT ck_entry_seq_from_zero CHECK (seq>=0),
  CONSTRAINT ck_entry_header_json CHECK (json_valid(header)),
  CONSTRAINT ck_entry_leaf_length CHECK (length(leaf)=32),
  CONSTRAINT ck_entry_seq_as_hashed CHECK (seq = json_extract(header,'$.seq'))
) STRICT""",
    "CREATE UNIQUE INDEX entry_event_id ON entry (event_id)",
    "CREATE INDEX entry_encounter ON entry (encounter_id, seq)",
    "CREATE INDEX entry_kind ON entry (kind, seq, wall_us)",
    """CREATE TABLE disclosure (
  seq INTEGER NOT NULL,
  name TEXT NOT NULL,
  encrypted INTEGER NOT NULL,
  body BLOB NOT NULL,
  CONSTRAINT pk_disclosure PRIMARY KEY (seq, name),
  CONSTRAINT ck_disclosure_encrypted_yes_no CHECK (encrypted IN (0,1)),
  CONSTRAINT fk_disclosure_seq FOREIGN KEY(seq) REFERENCES entry (seq)
) WITHOUT ROWID, STRICT""",
    """CREATE TABLE checkpoint (
  size INTEGER NOT NULL,
  root BLOB NOT NULL,
  note TEXT NOT NULL,
  CONSTRAINT pk_checkpoint PRIMARY KEY (size),
  CONSTRAINT ck_checkpoint_size_positive CHECK (size>0),
  CONSTRAINT ck_checkpoint_root_length CHECK (length(root)=32)
) STRICT""",
    """CREATE TABLE newest_checkpoint (
  id INTEGER NOT NULL,
  size INTEGER NOT NULL,
  root BLOB NOT NULL,
  note TEXT NOT NULL,
  peaks BLOB NOT NULL,
  CONSTRAINT pk_newest_checkpoint PRIMARY KEY (id),
  CONSTRAINT ck_newest_checkpoint_one_row CHECK (id=1),
  CONSTRAINT ck_newest_checkpoint_size_from_zero CHECK (size>=0),
  CONSTRAINT ck_newest_checkpoint_root_length CHECK (length(root)=32)
) STRICT""",
    """CREATE TABLE hold (
  encounter_id TEXT NOT NULL,
  placed_seq INTEGER NOT NULL,
  released_seq INTEGER,
  released_origin TEXT,
  CONSTRAINT pk_hold PRIMARY KEY (encounter_id, placed_seq),
  CONSTRAINT fk_hold_placed_seq FOREIGN KEY(placed_seq) REFERENCES entry (seq)
) WITHOUT ROWID, STRICT""",
    """CREATE TABLE destruction (
  encounter_id TEXT NOT NULL,
  origin TEXT NOT NULL,
  seq INTEGER NOT NULL,
  CONSTRAINT pk_destruction PRIMARY KEY (encounter_id, origin, seq)
) WITHOUT ROWID, STRICT""",
    """CREATE TABLE search_index (
  opened_seq INTEGER NOT NULL,
  encounter_id TEXT NOT NULL,
  last_seq INTEGER NOT NULL,
  no TEXT NOT NULL,
  opened_us INTEGER,
  words TEXT NOT NULL,
  shared INTEGER,
  CONSTRAINT pk_search_index PRIMARY KEY (opened_seq)
) STRICT""",
    """CREATE TABLE search_text (
  id INTEGER NOT NULL,
  words TEXT NOT NULL,
  CONSTRAINT pk_search_text PRIMARY KEY (id)
) STRICT""",
    "CREATE UNIQUE INDEX search_index_encounter ON search_index (encounter_id)",
    "CREATE INDEX search_index_last ON search_index (last_seq)",
    "CREATE INDEX search_index_no ON search_index (no)",
    "CREATE INDEX search_index_opened ON search_index (opened_us)",
)

_TRIGGERS: Final = (
    """CREATE TRIGGER entry_bi BEFORE INSERT ON entry BEGIN
  SELECT RAISE(ABORT,'seq not contiguous') WHERE NEW.seq IS NOT (SELECT COALESCE(MAX(seq)+1,0) FROM entry);
  SELECT RAISE(ABORT,'duplicate event_id')
    WHERE EXISTS(SELECT 1 FROM entry WHERE event_id=json_extract(NEW.header,'$.event_id'));
END""",
    """CREATE TRIGGER entry_bu BEFORE UPDATE ON entry
BEGIN SELECT RAISE(ABORT,'entry is append-only'); END""",
    """CREATE TRIGGER entry_bd BEFORE DELETE ON entry
BEGIN SELECT RAISE(ABORT,'entry is append-only'); END""",
    """CREATE TRIGGER log_bu BEFORE UPDATE ON log
BEGIN SELECT RAISE(ABORT,'log identity is fixed'); END""",
    """CREATE TRIGGER log_bd BEFORE DELETE ON log
BEGIN SELECT RAISE(ABORT,'log identity is fixed'); END""",
    """CREATE TRIGGER checkpoint_bi BEFORE INSERT ON checkpoint
WHEN EXISTS(SELECT 1 FROM checkpoint WHERE size=NEW.size)
BEGIN SELECT RAISE(ABORT,'checkpoint exists'); END""",
    """CREATE TRIGGER checkpoint_bu BEFORE UPDATE ON checkpoint
BEGIN SELECT RAISE(ABORT,'checkpoint is append-only'); END""",
    """CREATE TRIGGER checkpoint_bd BEFORE DELETE ON checkpoint
BEGIN SELECT RAISE(ABORT,'checkpoint is append-only'); END""",
    """CREATE TRIGGER newest_checkpoint_bu BEFORE UPDATE ON newest_checkpoint WHEN NEW.size < OLD.size
BEGIN SELECT RAISE(ABORT,'the log only grows'); END""",
    """CREATE TRIGGER newest_checkpoint_bd BEFORE DELETE ON newest_checkpoint
BEGIN SELECT RAISE(ABORT,'the log only grows'); END""",
    """CREATE TRIGGER disclosure_bi BEFORE INSERT ON disclosure BEGIN
  SELECT RAISE(ABORT,'field not committed in header')
    WHERE NOT EXISTS(SELECT 1 FROM entry e, json_each(e.header,'$.sd') j WHERE e.seq=NEW.seq AND j.key=NEW.name);
  SELECT RAISE(ABORT,'disclosure exists')
    WHERE EXISTS(SELECT 1 FROM disclosure WHERE seq=NEW.seq AND name=NEW.name);
END""",
    """CREATE TRIGGER disclosure_bu BEFORE UPDATE ON disclosure
BEGIN SELECT RAISE(ABORT,'disclosure is append-only'); END""",
    """CREATE TRIGGER disclosure_bd BEFORE DELETE ON disclosure BEGIN
  SELECT RAISE(ABORT,'legal hold')
    WHERE EXISTS(SELECT 1 FROM entry e JOIN hold h ON h.encounter_id=e.encounter_id
      WHERE e.seq=OLD.seq AND h.released_seq IS NULL);
  SELECT RAISE(ABORT,'no destruction recorded')
    WHERE NOT EXISTS(SELECT 1 FROM entry e JOIN destruction p ON p.encounter_id=e.encounter_id
      WHERE e.seq=OLD.seq AND (p.seq>OLD.seq OR p.origin<>(SELECT origin FROM log)));
  SELECT RAISE(ABORT,'values of retention entries are never deleted')
    WHERE EXISTS(SELECT 1 FROM entry e WHERE e.seq=OLD.seq
      AND e.kind IN ('hold.placed','hold.released','record.destroyed','destruction.refused'));
END""",
    """CREATE TRIGGER hold_bi BEFORE INSERT ON hold
WHEN NEW.released_seq IS NOT NULL OR NEW.released_origin IS NOT NULL
  OR EXISTS(SELECT 1 FROM hold WHERE encounter_id=NEW.encounter_id AND placed_seq=NEW.placed_seq)
  OR NOT EXISTS(SELECT 1 FROM entry
    WHERE seq=NEW.placed_seq AND kind='hold.placed' AND encounter_id=NEW.encounter_id)
BEGIN SELECT RAISE(ABORT,'hold needs its hold.placed entry'); END""",
    """CREATE TRIGGER hold_bu BEFORE UPDATE ON hold BEGIN
  SELECT RAISE(ABORT,'only an unreleased hold may be released, by a hold.released entry')
    WHERE OLD.released_seq IS NOT NULL OR NEW.encounter_id<>OLD.encounter_id OR NEW.placed_seq<>OLD.placed_seq
      OR NEW.released_seq IS NULL OR NEW.released_origin IS NULL
      OR (NEW.released_origin=(SELECT origin FROM log) AND NOT EXISTS(SELECT 1 FROM entry
        WHERE seq=NEW.released_seq AND kind='hold.released' AND encounter_id=NEW.encounter_id));
END""",
    """CREATE TRIGGER hold_bd BEFORE DELETE ON hold
BEGIN SELECT RAISE(ABORT,'holds are not deleted'); END""",
    """CREATE TRIGGER destruction_bi BEFORE INSERT ON destruction BEGIN
  SELECT RAISE(ABORT,'legal hold')
    WHERE EXISTS(SELECT 1 FROM hold WHERE encounter_id=NEW.encounter_id AND released_seq IS NULL);
  SELECT RAISE(ABORT,'destruction needs its record.destroyed entry')
    WHERE NEW.origin=(SELECT origin FROM log) AND NOT EXISTS(SELECT 1 FROM entry
      WHERE seq=NEW.seq AND kind='record.destroyed' AND encounter_id=NEW.encounter_id);
END""",
    """CREATE TRIGGER destruction_bu BEFORE UPDATE ON destruction
BEGIN SELECT RAISE(ABORT,'destruction is append-only'); END""",
    """CREATE TRIGGER destruction_bd BEFORE DELETE ON destruction
BEGIN SELECT RAISE(ABORT,'destruction is append-only'); END""",
)


def upgrade() -> None:
    op.execute("PRAGMA application_id=1162756940")  # 0x454E434C, "ENCL"
    for statement in _TABLES + _TRIGGERS:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("a log only grows: go back by restoring the copy made before the migration")
