"""The sender as a process of its own: one for each home, until its end is requested or who started it has ended."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Final

from db.disk.lock import WriterLock
from db.errors import Locked, StoreError
from kiosk.district.sending.journal import Journal
from kiosk.district.sending.pacing import BackOff
from kiosk.district.sending.sender import Sender
from kiosk.district.sending.wire import connection
from kiosk.district.settings import address, read_district
from kiosk.errors import Exit, StoreUnusable
from kiosk.settings import Home
from kiosk.system.clock import Clock
from kiosk.system.files import ensure_folder

TURN_S: Final = 2.0
"""Seconds between two attempts of a started sender to take the place of another one."""
GRACE_S: Final = 3.0
"""Seconds after a requested end until the process ends whatever it waits for. The next sender compares first."""
SWITCH_S: Final = 0.0005
"""Seconds after which the thread that reads ahead gives way to an answer. Python's 0.005 make a call a third longer."""

_LOCKED: Final = "sender"


def _cut_off() -> None:
    os._exit(Exit.CUT_OFF)


def run(home: Home, clock: Clock, starter: int | None = None, cut_off: Callable[[], object] = _cut_off) -> bool:
    """Send until this desk belongs to no district, or the end is requested; return False when another sender runs.

    starter: the descriptor of a pipe whose end means that who started this has ended; None for nobody. A sender with a
    starter waits until the other one has ended: that may be a service, or belong to a kiosk that was just closed.
    cut_off: ends the process when it still runs some seconds after its end was requested. Raises StoreUnusable.
    """
    ensure_folder(home.sending)
    sys.setswitchinterval(SWITCH_S)
    stop = threading.Event()
    end = partial(_end, stop, cut_off)
    _at_signals(end)
    if starter is not None:
        threading.Thread(target=_at_end, args=(starter, end), daemon=True).start()
    lock = _locked(home)
    while lock is None and starter is not None and not stop.wait(TURN_S):
        lock = _locked(home)
    if lock is None:
        return stop.is_set()
    try:
        journal, back_off = Journal(home, clock), BackOff()
        Sender(home, lambda: connection(address(home, read_district(home))), journal, stop, back_off).run()
    finally:
        lock.release()
    return True


def _locked(home: Home) -> WriterLock | None:
    """Return the lock of the home's only sender; None while another one has it. Raises StoreUnusable."""
    try:
        return WriterLock(home.sending / _LOCKED)
    except Locked:
        return None
    except StoreError as error:
        raise StoreUnusable(error.what, error.repair) from error


def _at_signals(end: Callable[[], None]) -> None:
    if threading.current_thread() is threading.main_thread():
        for one in (signal.SIGTERM, signal.SIGINT):
            signal.signal(one, lambda *_: end())


def _at_end(starter: int, end: Callable[[], None]) -> None:
    # Not through a file object: Python aborts if it ends while a thread waits in one.
    with suppress(OSError):
        while os.read(starter, 1):
            pass
    end()


def _end(stop: threading.Event, cut_off: Callable[[], object]) -> None:
    """Request the end, and end the process soon even if a server or a name service does not answer."""
    if not stop.is_set():
        stop.set()
        deadline = threading.Timer(GRACE_S, cut_off)
        deadline.daemon = True
        deadline.start()
