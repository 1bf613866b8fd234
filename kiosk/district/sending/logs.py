"""The live logs of a home for the sender, oldest first: open only while there is something to read.

An open file could hold destroyed values back on the disk (`../../log/destruction.py`), and Windows renames none such.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from kiosk.errors import LogMustBeReplaced
from kiosk.log.archive import archived_files, open_history
from kiosk.log.log import LogOnDisk
from kiosk.record.entries import EncodedEntry
from kiosk.record.entry_kinds import EntryKind
from kiosk.settings import Home

_SECOND_FILE: Final = "-wal"
_SETTLED_NS: Final = 2_000_000_000

Fingerprint = tuple[object, ...]


@contextmanager
def live_logs(home: Home) -> Iterator[Sequence[tuple[LogOnDisk, frozenset[str]]]]:
    """Open all live logs for a block, oldest first; with each, the records whose details a later log destroyed.

    Their values are deleted when the kiosk is opened next; until then they must not be sent. If a damaged log does not
    show what it destroyed, the older ones are left out. Raises StoreUnusable.
    """
    with closing(open_history(home, "live")) as history:
        found, gone = list[tuple[LogOnDisk, frozenset[str]]](), frozenset[str]()
        for log in reversed(history.logs):
            found.append((log, gone))
            if log is not history.logs[0]:
                try:
                    gone |= {_record_of(entry) for entry in log.of_kind(EntryKind.RECORD_DESTROYED)}
                except (LogMustBeReplaced, ValueError, KeyError):
                    break
        yield found[::-1]


def _record_of(entry: EncodedEntry) -> str:
    return str(json.loads(entry.header)["encounter_id"])


def fingerprint(home: Home) -> Fingerprint:
    """Return what changes when an entry is added or a log is replaced, without opening a log.

    It changes once more when a file is settled: a change right after it was read may have left its time as it was.
    """
    log, now_ns = home.log("live"), time.time_ns()
    files = _of(log, now_ns), _of(log.with_name(log.name + _SECOND_FILE), now_ns)
    return *files, *(path.name for path in archived_files(home, "live"))


def _of(path: Path, now_ns: int) -> object:
    try:
        found = path.stat()
    except OSError:
        return None
    if not found.st_size:  # SQLite makes an empty second file to read
        return None
    settled = abs(now_ns - found.st_mtime_ns) > _SETTLED_NS
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, settled
