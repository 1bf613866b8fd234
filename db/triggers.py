"""The triggers that make the log append-only, as the text SQLite keeps of them.

Opening the log for writing compares them with the file's, so a log whose guards were taken off is not written to.
They stop mistakes and careless hands; whoever holds the file can drop them, which only hashes and witnesses catch.
"""

from __future__ import annotations

from typing import Final


def _never(table: str, operation: str, because: str) -> str:
    name = f"{_SHORT[table]}_b{operation[0].lower()}"
    return f"CREATE TRIGGER {name} BEFORE {operation} ON {table} BEGIN SELECT RAISE(ABORT,'{because}'); END"


_SHORT: Final = {"event": "event", "log": "log", "checkpoint": "cp", "purge": "purge"}

# INSERT OR REPLACE deletes silently, so inserts are guarded as well as updates and deletes.
_EVENT: Final = (
    """CREATE TRIGGER event_bi BEFORE INSERT ON event BEGIN
  SELECT RAISE(ABORT,'seq not contiguous') WHERE NEW.seq IS NOT (SELECT COALESCE(MAX(seq)+1,0) FROM event);
  SELECT RAISE(ABORT,'duplicate event_id')
    WHERE EXISTS(SELECT 1 FROM event WHERE event_id=json_extract(NEW.header,'$.event_id'));
END""",
    _never("event", "UPDATE", "event is append-only"),
    _never("event", "DELETE", "event is append-only"),
)

_LOG: Final = (
    _never("log", "UPDATE", "log identity is fixed"),
    _never("log", "DELETE", "log identity is fixed"),
)

_CHECKPOINT: Final = (
    """CREATE TRIGGER cp_bi BEFORE INSERT ON checkpoint
WHEN EXISTS(SELECT 1 FROM checkpoint WHERE size=NEW.size)
BEGIN SELECT RAISE(ABORT,'checkpoint exists'); END""",
    _never("checkpoint", "UPDATE", "checkpoint is append-only"),
    _never("checkpoint", "DELETE", "checkpoint is append-only"),
)

_HEAD: Final = (
    """CREATE TRIGGER head_bu BEFORE UPDATE ON head WHEN NEW.size < OLD.size
BEGIN SELECT RAISE(ABORT,'the log only grows'); END""",
    "CREATE TRIGGER head_bd BEFORE DELETE ON head BEGIN SELECT RAISE(ABORT,'the log only grows'); END",
)

# A value is kept only if its header committed to it, and goes only by a purge entry that came after it, never under a
# hold. What says why a record was kept or let go never goes.
_DISCLOSURE: Final = (
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
      WHERE e.seq=OLD.seq AND (p.seq>OLD.seq OR p.origin<>(SELECT origin FROM log)));
  SELECT RAISE(ABORT,'why a record was kept or let go stays')
    WHERE EXISTS(SELECT 1 FROM event e WHERE e.seq=OLD.seq
      AND e.kind IN ('hold.placed','hold.released','retention.purged','purge.refused'));
END""",
)

_HOLD: Final = (
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
)

_PURGE: Final = (
    """CREATE TRIGGER purge_bi BEFORE INSERT ON purge BEGIN
  SELECT RAISE(ABORT,'legal hold')
    WHERE EXISTS(SELECT 1 FROM hold WHERE encounter_id=NEW.encounter_id AND released_seq IS NULL);
  SELECT RAISE(ABORT,'purge needs its retention.purged event')
    WHERE NEW.origin=(SELECT origin FROM log) AND NOT EXISTS(SELECT 1 FROM event
      WHERE seq=NEW.seq AND kind='retention.purged' AND encounter_id=NEW.encounter_id);
END""",
    _never("purge", "UPDATE", "purge is append-only"),
    _never("purge", "DELETE", "purge is append-only"),
)

TRIGGERS: Final[tuple[str, ...]] = _EVENT + _LOG + _CHECKPOINT + _HEAD + _DISCLOSURE + _HOLD + _PURGE
