"""The log, opened for the commands that read it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from kiosk.commands.common import output
from kiosk.log.archive import LogHistory, open_history
from kiosk.settings import Home, Mode


@contextmanager
def reading(home: Home, mode: Mode) -> Iterator[LogHistory]:
    """Open the log and all previous ones for reading, also while a kiosk runs. Raises StoreUnusable.

    A previous log that can't be read is left out, and a message names it.
    """
    log = open_history(home, mode)
    for words in log.left_out:
        output.message(words)
    try:
        yield log
    finally:
        log.close()
