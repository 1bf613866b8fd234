"""The sender as a process of its own: one for each home, until its end is requested or who started it has ended."""

from __future__ import annotations

import os
import signal
import threading
from contextlib import suppress
from typing import Final

from db.disk.lock import WriterLock
from db.errors import Locked, StoreError
from kiosk.district.sending.journal import Journal
from kiosk.district.sending.pacing import BackOff
from kiosk.district.sending.sender import Sender
from kiosk.district.sending.wire import connection
from kiosk.district.settings import address, read_district
from kiosk.errors import StoreUnusable
from kiosk.settings import Home
from kiosk.system.clock import Clock
from kiosk.system.files import ensure_folder

_LOCKED: Final = "sender"


def run(home: Home, clock: Clock, starter: int | None = None) -> bool:
    """Send until this desk belongs to no district, or the end is requested; return False when another sender runs.

    starter: the descriptor of a pipe whose end means that who started this has ended; None for nobody.
    Raises StoreUnusable.
    """
    ensure_folder(home.sending)
    try:
        lock = WriterLock(home.sending / _LOCKED)
    except Locked:
        return False
    except StoreError as error:
        raise StoreUnusable(error.what, error.repair) from error
    stop = threading.Event()
    try:
        _stop_at_signals(stop)
        if starter is not None:
            threading.Thread(target=_stop_at_end, args=(starter, stop), daemon=True).start()
        journal, back_off = Journal(home, clock), BackOff()
        Sender(home, lambda: connection(address(home, read_district(home))), journal, stop, back_off).run()
    finally:
        lock.release()
    return True


def _stop_at_signals(stop: threading.Event) -> None:
    if threading.current_thread() is threading.main_thread():
        for one in (signal.SIGTERM, signal.SIGINT):
            signal.signal(one, lambda *_: stop.set())


def _stop_at_end(starter: int, stop: threading.Event) -> None:
    # Not through a file object: Python aborts if it ends while a thread waits in one.
    with suppress(OSError):
        while os.read(starter, 1):
            pass
    stop.set()
