"""An account that file modes bind: an administrator's, and most test machines', passes them by."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_VERSION: Final = 0x20080522  # linux/capability.h, _LINUX_CAPABILITY_VERSION_3: two words of each set
_PASSING_MODES_BY: Final = 1 << 1 | 1 << 2  # CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH


@contextmanager
def bound_by_modes() -> Iterator[None]:
    """Within it, this thread and those it starts may write and read only what file modes let them."""
    if sys.platform != "linux" or os.geteuid() != 0:
        yield
        return
    before = _asked()
    _set(before[0] & ~_PASSING_MODES_BY, *before[1:])
    try:
        yield
    finally:
        _set(*before)


def _header() -> ctypes.Array[ctypes.c_uint32]:
    return (ctypes.c_uint32 * 2)(_VERSION, 0)


def _asked() -> tuple[int, ...]:
    words = (ctypes.c_uint32 * 6)()
    _done(_libc().capget(_header(), words))
    return tuple(words)


def _set(*words: int) -> None:
    _done(_libc().capset(_header(), (ctypes.c_uint32 * 6)(*words)))


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _done(result: int) -> None:
    if result != 0:
        raise OSError(ctypes.get_errno(), "the rights of this thread could not be changed")
