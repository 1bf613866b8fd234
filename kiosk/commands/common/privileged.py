"""A message about the privileged notes that a copy shows."""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.commands.common import output
from kiosk.log.log import LogOnDisk
from kiosk.log.retention_state import of_kind
from kiosk.record.after_action.assessment import privileged_notes
from kiosk.record.disclosure.levels import Level
from kiosk.record.entry_kinds import EntryKind
from kiosk.worded import many


def warn_of_privileged(log: LogOnDisk, ids: Iterable[str], level: Level) -> None:
    """Say how many privileged notes a copy of these encounters has; nothing if it has none."""
    if level is Level.FULL and (count := privileged_notes(of_kind(log, EntryKind.RECORD_ASSESSED), ids)):
        has = f"The copy has {many(count, 'privileged note')}."
        output.message(f"{has} Giving it to others may end the privilege; --level counsel leaves them out.")
