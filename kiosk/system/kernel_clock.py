"""What Linux's kernel says of its own clock: `adjtimex`(2), read only, so no right and no time daemon is needed."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Final

UNSYNCHRONIZED: Final = 0x0040
"""The bit in the status (STA_UNSYNC of <sys/timex.h>) by which the kernel does not vouch for its clock."""

_LONG = ctypes.c_long


class _Timex(ctypes.Structure):
    """`struct timex`, as adjtimex(2) lists it. `modes` stays 0, which only asks."""

    _fields_ = (
        ("modes", ctypes.c_uint),
        ("offset", _LONG),
        ("freq", _LONG),
        ("maxerror", _LONG),
        ("esterror", _LONG),
        ("status", ctypes.c_int),
        ("constant", _LONG),
        ("precision", _LONG),
        ("tolerance", _LONG),
        ("time", _LONG * 2),
        ("tick", _LONG),
        ("ppsfreq", _LONG),
        ("jitter", _LONG),
        ("shift", ctypes.c_int),
        ("stabil", _LONG),
        ("jitcnt", _LONG),
        ("calcnt", _LONG),
        ("errcnt", _LONG),
        ("stbcnt", _LONG),
        ("tai", ctypes.c_int),
        ("spare", ctypes.c_int * 11),
    )


@dataclass(frozen=True, slots=True)
class KernelClock:
    """The status bits, and the largest error the kernel reckons with, in microseconds."""

    status: int
    error_us: int


def kernel_clock() -> KernelClock | None:
    """What the kernel says now; None where it can't be asked."""
    asked = _Timex()
    try:
        answer = ctypes.CDLL(None).adjtimex(ctypes.byref(asked))
    except (OSError, AttributeError):  # no C library of that kind, or one without the call
        return None
    # It answers -1 where a sandbox forbids the question, else the state of the clock.
    return None if answer < 0 else KernelClock(asked.status, asked.maxerror)
