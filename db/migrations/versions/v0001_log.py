"""The log: entries, their values, checkpoints, witnesses, holds and purges, each guarded by triggers.

The text stands here in full, and stays as it is: later changes of `db.models` must not change what this one did.
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
  kiosk_id TEXT NOT NULL,
  log_vkey TEXT NOT NULL,
  district_vkey TEXT NOT NULL,
  district_seal_key BLOB NOT NULL,
  created_us INTEGER NOT NULL,
  CONSTRAINT pk_log PRIMARY KEY (id),
  CONSTRAINT ck_log_one_row CHECK (id=1)
) STRICT""",
    """CREATE TABLE event (
  seq INTEGER NOT NULL,
  header TEXT NOT NULL,
  leaf BLOB NOT NULL,
  event_id TEXT NOT NULL GENERATED ALWAYS AS (json_extract(header,'$.event_id')) STORED,
  encounter_id TEXT GENERATED ALWAYS AS (json_extract(header,'$.encounter_id')) STORED,
  kind TEXT NOT NULL GENERATED ALWAYS AS (json_extract(header,'$.kind')) STORED,
  wall_us INTEGER NOT NULL GENERATED ALWAYS AS (json_extract(header,'$.wall_us')) STORED,
  CONSTRAINT pk_event PRIMARY KEY (seq),
  CONSTRAINT ck_event_seq_from_zero CHECK (seq>=0),
  CONSTRAINT ck_event_header_json CHECK (json_valid(header)),
  CONSTRAINT ck_event_leaf_length CHECK (length(leaf)=32),
  CONSTRAINT ck_event_seq_as_hashed CHECK (seq = json_extract(header,'$.seq'))
) STRICT""",
    "CREATE UNIQUE INDEX event_id_u ON event (event_id)",
    "CREATE INDEX event_enc ON event (encounter_id, seq)",
    """CREATE TABLE disclosure (
  seq INTEGER NOT NULL,
  name TEXT NOT NULL,
  sealed INTEGER NOT NULL,
  body BLOB NOT NULL,
  CONSTRAINT pk_disclosure PRIMARY KEY (seq, name),
  CONSTRAINT ck_disclosure_sealed_yes_no CHECK (sealed IN (0,1)),
  CONSTRAINT fk_disclosure_seq FOREIGN KEY(seq) REFERENCES event (seq)
) WITHOUT ROWID, STRICT""",
    """CREATE TABLE checkpoint (
  size INTEGER NOT NULL,
  root BLOB NOT NULL,
  note TEXT NOT NULL,
  CONSTRAINT pk_checkpoint PRIMARY KEY (size),
  CONSTRAINT ck_checkpoint_size_positive CHECK (size>0),
  CONSTRAINT ck_checkpoint_root_length CHECK (length(root)=32)
) STRICT""",
    """CREATE TABLE witness (
  size INTEGER NOT NULL,
  "by" TEXT NOT NULL,
  proof TEXT NOT NULL,
  CONSTRAINT pk_witness PRIMARY KEY (size, "by"),
  CONSTRAINT fk_witness_size FOREIGN KEY(size) REFERENCES checkpoint (size)
) WITHOUT ROWID, STRICT""",
    """CREATE TABLE hold (
  encounter_id TEXT NOT NULL,
  placed_seq INTEGER NOT NULL,
  released_seq INTEGER,
  CONSTRAINT pk_hold PRIMARY KEY (encounter_id, placed_seq),
  CONSTRAINT fk_hold_placed_seq FOREIGN KEY(placed_seq) REFERENCES event (seq),
  CONSTRAINT fk_hold_released_seq FOREIGN KEY(released_seq) REFERENCES event (seq)
) WITHOUT ROWID, STRICT""",
    """CREATE TABLE purge (
  encounter_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  CONSTRAINT pk_purge PRIMARY KEY (encounter_id),
  CONSTRAINT fk_purge_seq FOREIGN KEY(seq) REFERENCES event (seq)
) WITHOUT ROWID, STRICT""",
    """CREATE TABLE sync_state (
  id INTEGER NOT NULL,
  acked_size INTEGER DEFAULT 0 NOT NULL,
  acked_root BLOB,
  last_try_us INTEGER,
  last_error TEXT,
  CONSTRAINT pk_sync_state PRIMARY KEY (id),
  CONSTRAINT ck_sync_state_one_row CHECK (id=1)
) STRICT""",
    """CREATE TABLE principal (
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  phc TEXT NOT NULL,
  failed INTEGER DEFAULT 0 NOT NULL,
  locked_until_us INTEGER DEFAULT 0 NOT NULL,
  CONSTRAINT pk_principal PRIMARY KEY (name),
  CONSTRAINT ck_principal_role_known CHECK (role IN ('administrator','auditor'))
) STRICT""",
)

_TRIGGERS: Final = (
    """CREATE TRIGGER event_bi BEFORE INSERT ON event BEGIN
  SELECT RAISE(ABORT,'seq not contiguous') WHERE NEW.seq IS NOT (SELECT COALESCE(MAX(seq)+1,0) FROM event);
  SELECT RAISE(ABORT,'duplicate event_id')
    WHERE EXISTS(SELECT 1 FROM event WHERE event_id=json_extract(NEW.header,'$.event_id'));
END""",
    "CREATE TRIGGER event_bu BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT,'event is append-only'); END",
    "CREATE TRIGGER event_bd BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT,'event is append-only'); END",
    "CREATE TRIGGER log_bu BEFORE UPDATE ON log BEGIN SELECT RAISE(ABORT,'log identity is fixed'); END",
    "CREATE TRIGGER log_bd BEFORE DELETE ON log BEGIN SELECT RAISE(ABORT,'log identity is fixed'); END",
    """CREATE TRIGGER cp_bi BEFORE INSERT ON checkpoint
WHEN EXISTS(SELECT 1 FROM checkpoint WHERE size=NEW.size)
BEGIN SELECT RAISE(ABORT,'checkpoint exists'); END""",
    "CREATE TRIGGER cp_bu BEFORE UPDATE ON checkpoint BEGIN SELECT RAISE(ABORT,'checkpoint is append-only'); END",
    "CREATE TRIGGER cp_bd BEFORE DELETE ON checkpoint BEGIN SELECT RAISE(ABORT,'checkpoint is append-only'); END",
    "CREATE TRIGGER wit_bu BEFORE UPDATE ON witness BEGIN SELECT RAISE(ABORT,'witness is append-only'); END",
    "CREATE TRIGGER wit_bd BEFORE DELETE ON witness BEGIN SELECT RAISE(ABORT,'witness is append-only'); END",
    """CREATE TRIGGER disc_bi BEFORE INSERT ON disclosure BEGIN
  SELECT RAISE(ABORT,'field not committed in header')
    WHERE NOT EXISTS(SELECT 1 FROM event e, json_each(e.header,'$.sd') j WHERE e.seq=NEW.seq AND j.key=NEW.name);
  SELECT RAISE(ABORT,'disclosure exists')
    WHERE EXISTS(SELECT 1 FROM disclosure WHERE seq=NEW.seq AND name=NEW.name);
END""",
    """CREATE TRIGGER disc_bu BEFORE UPDATE ON disclosure
BEGIN SELECT RAISE(ABORT,'disclosure is append-only'); END""",
    """CREATE TRIGGER disc_bd BEFORE DELETE ON disclosure BEGIN
  SELECT RAISE(ABORT,'legal hold')
    WHERE EXISTS(SELECT 1 FROM event e JOIN hold h ON h.encounter_id=e.encounter_id
      WHERE e.seq=OLD.seq AND h.released_seq IS NULL);
  SELECT RAISE(ABORT,'no purge event recorded')
    WHERE NOT EXISTS(SELECT 1 FROM event e JOIN purge p ON p.encounter_id=e.encounter_id
      JOIN event q ON q.seq=p.seq AND q.kind='record.destroyed' WHERE e.seq=OLD.seq);
END""",
    """CREATE TRIGGER hold_bu BEFORE UPDATE ON hold BEGIN
  SELECT RAISE(ABORT,'only an unreleased hold may be released, by a hold.released event')
    WHERE OLD.released_seq IS NOT NULL OR NEW.encounter_id<>OLD.encounter_id OR NEW.placed_seq<>OLD.placed_seq
      OR NOT EXISTS(SELECT 1 FROM event WHERE seq=NEW.released_seq AND kind='hold.released');
END""",
    "CREATE TRIGGER hold_bd BEFORE DELETE ON hold BEGIN SELECT RAISE(ABORT,'holds are not deleted'); END",
    """CREATE TRIGGER purge_bi BEFORE INSERT ON purge
WHEN NOT EXISTS(SELECT 1 FROM event WHERE seq=NEW.seq AND kind='record.destroyed' AND encounter_id=NEW.encounter_id)
BEGIN SELECT RAISE(ABORT,'purge needs its record.destroyed event'); END""",
    "CREATE TRIGGER purge_bu BEFORE UPDATE ON purge BEGIN SELECT RAISE(ABORT,'purge is append-only'); END",
    "CREATE TRIGGER purge_bd BEFORE DELETE ON purge BEGIN SELECT RAISE(ABORT,'purge is append-only'); END",
)


def upgrade() -> None:
    op.execute("PRAGMA application_id=1162756940")  # 0x454E434C, "ENCL"
    op.execute("PRAGMA user_version=1")
    for statement in _TABLES + _TRIGGERS:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("a log only grows: go back by restoring the copy made before the migration")
