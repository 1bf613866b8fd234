"""Check of destroyed records: each destruction is named until a checkpoint has told someone else of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Final

from kiosk.doctor.check import Check, State, Subject
from kiosk.log.archive import open_history
from kiosk.log.retention_state import unannounced
from kiosk.settings import Home

_REPAIR: Final = (
    "Run `kiosk log checkpoint issue -o checkpoint.pdf`, which names this, and give the file to the Superintendent's "
    "Office. If the records officer does not know of it, call the office at once."
)


def check_destructions(home: Home) -> Iterator[Check]:
    """Name the destructions since the last issued checkpoint; yield nothing without any. Raises StoreUnusable."""
    if not home.log("live").exists():
        return
    with closing(open_history(home, "live")) as log:
        found = unannounced(log)
    if found:
        yield Check(Subject.DESTRUCTIONS, State.AMBER, " ".join(map(str, found)), _REPAIR)
