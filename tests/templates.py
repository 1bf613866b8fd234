"""Homes that many tests begin with: made by the commands once in each worker, then copied."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Hashable
from functools import cache
from pathlib import Path
from typing import Final

from kiosk.settings import Home

_MADE: Final[dict[tuple[Hashable, str], Path]] = {}
"""What was made already, by its name and what the home began with."""


def made_once(home: Home, name: Hashable, make: Callable[[], object]) -> None:
    """Bring the home to what `make` makes of it: the first time by that, then as a copy.

    Copies have one log ID and one key. A test that compares logs of several homes makes them itself.
    """
    key = name, _digest(home.path.parent)
    if key in _MADE:
        shutil.copytree(_MADE[key], home.path, dirs_exist_ok=True)
        return
    make()
    template = Path(_folder().name) / str(len(_MADE))
    shutil.copytree(home.path, template)
    _MADE[key] = template


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory()  # removed when the worker ends


def _digest(folder: Path) -> str:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    parts = [part for path in files for part in (str(path.relative_to(folder)).encode(), path.read_bytes())]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()
