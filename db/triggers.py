"""The triggers that make the log append-only, as the text that SQLite stores.

`schema.py` compares them with the file's, so a log without its triggers is not written. They prevent mistakes. A person
with the file can drop them and put them back; only hashes and outside copies detect changes made then.
"""

from __future__ import annotations

from typing import Final


def _never(table: str, operation: str, because: str) -> str:
    name = f"{table}_b{operation[0].lower()}"
    return f"CREATE TRIGGER {name} BEFORE {operation} ON {table}\nBEGIN SELECT RAISE(ABORT,'{because}'); END"


# INSERT OR REPLACE deletes silently, so inserts need triggers as well as updates and deletes.
_ENTRY: Final = (
    """CREATE TRIGGER entry_bi BEFORE INSERT ON entry BEGIN
  SELECT RAISE(ABORT,'seq not contiguous') WHERE NEW.seq IS NOT (SELECT COALESCE(MAX(seq)+1,0) FROM entry);
  SELECT RAISE(ABORT,'duplicate event_id')
    WHERE EXISTS(SELECT 1 FROM entry WHERE event_id=json_extract(NEW.header,'$.event_id'));
END""",
    _never("entry", "UPDATE", "entry is append-only"),
    _never("entry", "DELETE", "entry is append-only"),
)

_LOG: Final = (
    _never("log", "UPDATE", "log identity is fixed"),
    _never("log", "DELETE", "log identity is fixed"),
)

_CHECKPOINT: Final = (
    """CREATE TRIGGER checkpoint_bi BEFORE INSERT ON checkpoint
WHEN EXISTS(SELECT 1 FROM checkpoint WHERE size=NEW.size)
BEGIN SELECT RAISE(ABORT,'checkpoint exists'); END""",
    _never("checkpoint", "UPDATE", "checkpoint is append-only"),
    _never("checkpoint", "DELETE", "checkpoint is append-only"),
)

_NEWEST_CHECKPOINT: Final = (
    """CREATE TRIGGER newest_checkpoint_bu BEFORE UPDATE ON newest_checkpoint WHEN NEW.size < OLD.size
BEGIN SELECT RAISE(ABORT,'the log only grows'); END""",
    """CREATE TRIGGER newest_checkpoint_bd BEFORE DELETE ON newest_checkpoint
BEGIN SELECT RAISE(ABORT,'the log only grows'); END""",
)

# A value is accepted only if its salted hash is in the header. It is deleted only by a later `record.destroyed` entry,
# never under a hold. Values of entries about retention are never deleted.
_DISCLOSURE: Final = (
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
)

_HOLD: Final = (
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
)

_DESTRUCTION: Final = (
    """CREATE TRIGGER destruction_bi BEFORE INSERT ON destruction BEGIN
  SELECT RAISE(ABORT,'legal hold')
    WHERE EXISTS(SELECT 1 FROM hold WHERE encounter_id=NEW.encounter_id AND released_seq IS NULL);
  SELECT RAISE(ABORT,'destruction needs its record.destroyed entry')
    WHERE NEW.origin=(SELECT origin FROM log) AND NOT EXISTS(SELECT 1 FROM entry
      WHERE seq=NEW.seq AND kind='record.destroyed' AND encounter_id=NEW.encounter_id);
END""",
    _never("destruction", "UPDATE", "destruction is append-only"),
    _never("destruction", "DELETE", "destruction is append-only"),
)

TRIGGERS: Final[tuple[str, ...]] = _ENTRY + _LOG + _CHECKPOINT + _NEWEST_CHECKPOINT + _DISCLOSURE + _HOLD + _DESTRUCTION
