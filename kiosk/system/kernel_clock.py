"""The Linux kernel's state of its clock, by `adjtimex`(2), read-only: needs no permission and no time service."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Final

UNSYNCHRONIZED: Final = 0x0040
"""Status bit (STA_UNSYNC of <sys/timex.h>) for a clock that is not synchronized."""

_LONG = ctypes.c_long


class _Timex(ctypes.Structure):
    """`struct timex` of adjtimex(2). `modes` stays 0, which only reads."""

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
    """The status bits, and the kernel's estimate of the maximum error, in microseconds."""

    status: int
    error_us: int


def kernel_clock() -> KernelClock | None:
    """Return the kernel's state of the clock now; None where the call does not work."""
    request = _Timex()
    try:
        answer = ctypes.CDLL(None).adjtimex(ctypes.byref(request))
    except (OSError, AttributeError):  # no such C library, or no such call in it
        return None
    # It returns -1 where a sandbox forbids the call, else the state of the clock.
    return None if answer < 0 else KernelClock(request.status, request.maxerror)
