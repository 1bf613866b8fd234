"""The newest signed state beside the entries, purges that reach an earlier log, and what lists and searches need.

The text stands here in full, and stays as it is: later changes of `db.models` must not change what this one did.
"""

from __future__ import annotations

from typing import Final

from alembic import op

revision: Final = "0002"
down_revision: Final = "0001"

_TABLES: Final = (
    """CREATE TABLE head (
  id INTEGER NOT NULL,
  size INTEGER NOT NULL,
  root BLOB NOT NULL,
  note TEXT NOT NULL,
  peaks BLOB NOT NULL,
  CONSTRAINT pk_head PRIMARY KEY (id),
  CONSTRAINT ck_head_one_row CHECK (id=1),
  CONSTRAINT ck_head_size_from_zero CHECK (size>=0),
  CONSTRAINT ck_head_root_length CHECK (length(root)=32)
) STRICT""",
    "CREATE INDEX event_kind ON event (kind, seq, wall_us)",
    "DROP TABLE hold",  # empty, like purge: no version wrote one without a signed state
    """CREATE TABLE hold (
  encounter_id TEXT NOT NULL,
  placed_seq INTEGER NOT NULL,
  released_seq INTEGER,
  released_origin TEXT,
  CONSTRAINT pk_hold PRIMARY KEY (encounter_id, placed_seq),
  CONSTRAINT fk_hold_placed_seq FOREIGN KEY(placed_seq) REFERENCES event (seq)
) WITHOUT ROWID, STRICT""",
    "DROP TABLE purge",
    """CREATE TABLE purge (
  encounter_id TEXT NOT NULL,
  origin TEXT NOT NULL,
  seq INTEGER NOT NULL,
  CONSTRAINT pk_purge PRIMARY KEY (encounter_id, origin, seq)
) WITHOUT ROWID, STRICT""",
    """CREATE TABLE summary (
  opened_seq INTEGER NOT NULL,
  encounter_id TEXT NOT NULL,
  last_seq INTEGER NOT NULL,
  no TEXT NOT NULL,
  opened_us INTEGER,
  words TEXT NOT NULL,
  CONSTRAINT pk_summary PRIMARY KEY (opened_seq)
) STRICT""",
    "CREATE UNIQUE INDEX summary_encounter ON summary (encounter_id)",
    "CREATE INDEX summary_last ON summary (last_seq)",
    "CREATE INDEX summary_no ON summary (no)",
    "CREATE INDEX summary_opened ON summary (opened_us)",
)

_TRIGGERS: Final = (
    """CREATE TRIGGER head_bu BEFORE UPDATE ON head WHEN NEW.size < OLD.size
BEGIN SELECT RAISE(ABORT,'the log only grows'); END""",
    "CREATE TRIGGER head_bd BEFORE DELETE ON head BEGIN SELECT RAISE(ABORT,'the log only grows'); END",
    "DROP TRIGGER disc_bd",
    """CREATE TRIGGER disc_bd BEFORE DELETE ON disclosure BEGIN
  SELECT RAISE(ABORT,'legal hold')
    WHERE EXISTS(SELECT 1 FROM event e JOIN hold h ON h.encounter_id=e.encounter_id
      WHERE e.seq=OLD.seq AND h.released_seq IS NULL);
  SELECT RAISE(ABORT,'no purge event recorded')
    WHERE NOT EXISTS(SELECT 1 FROM event e JOIN purge p ON p.encounter_id=e.encounter_id
      WHERE e.seq=OLD.seq AND (p.seq>OLD.seq OR p.origin<>(SELECT origin FROM log)));
  SELECT RAISE(ABORT,'why a record was kept or let go stays')
    WHERE EXISTS(SELECT 1 FROM event e WHERE e.seq=OLD.seq
      AND e.kind IN ('hold.placed','hold.released','record.destroyed','destruction.refused'));
END""",
    """CREATE TRIGGER hold_bi BEFORE INSERT ON hold
WHEN NEW.released_seq IS NOT NULL OR NEW.released_origin IS NOT NULL
  OR EXISTS(SELECT 1 FROM hold WHERE encounter_id=NEW.encounter_id AND placed_seq=NEW.placed_seq)
  OR NOT EXISTS(SELECT 1 FROM event
    WHERE seq=NEW.placed_seq AND kind='hold.placed' AND encounter_id=NEW.encounter_id)
BEGIN SELECT RAISE(ABORT,'hold needs its hold.placed event'); END""",
    """CREATE TRIGGER hold_bu BEFORE UPDATE ON hold BEGIN
  SELECT RAISE(ABORT,'only an unreleased hold may be released, by a hold.released event')
    WHERE OLD.released_seq IS NOT NULL OR NEW.encounter_id<>OLD.encounter_id OR NEW.placed_seq<>OLD.placed_seq
      OR NEW.released_seq IS NULL OR NEW.released_origin IS NULL
      OR (NEW.released_origin=(SELECT origin FROM log) AND NOT EXISTS(SELECT 1 FROM event
        WHERE seq=NEW.released_seq AND kind='hold.released' AND encounter_id=NEW.encounter_id));
END""",
    "CREATE TRIGGER hold_bd BEFORE DELETE ON hold BEGIN SELECT RAISE(ABORT,'holds are not deleted'); END",
    """CREATE TRIGGER purge_bi BEFORE INSERT ON purge BEGIN
  SELECT RAISE(ABORT,'legal hold')
    WHERE EXISTS(SELECT 1 FROM hold WHERE encounter_id=NEW.encounter_id AND released_seq IS NULL);
  SELECT RAISE(ABORT,'purge needs its record.destroyed event')
    WHERE NEW.origin=(SELECT origin FROM log) AND NOT EXISTS(SELECT 1 FROM event
      WHERE seq=NEW.seq AND kind='record.destroyed' AND encounter_id=NEW.encounter_id);
END""",
    "CREATE TRIGGER purge_bu BEFORE UPDATE ON purge BEGIN SELECT RAISE(ABORT,'purge is append-only'); END",
    "CREATE TRIGGER purge_bd BEFORE DELETE ON purge BEGIN SELECT RAISE(ABORT,'purge is append-only'); END",
)


def upgrade() -> None:
    for statement in _TABLES + _TRIGGERS:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("a log only grows: go back by restoring the copy made before the migration")
