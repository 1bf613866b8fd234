"""Which files of names the privacy guard has judged already, so that a start need not compile its patterns.

One file in the home has the hashes of the files' bytes, each together with the guard's rules: a changed name and a
changed rule are judged again. It has only files in which every name may be stored.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from functools import cache
from importlib.resources import files as resource_files
from typing import Final

from kiosk.errors import StoreUnusable
from kiosk.privacy.meanings import Meaning
from kiosk.settings import Home, Settings
from kiosk.system.files import read_start, save_file

_MOST: Final = 4
"""Number of files remembered: the contacts and the settings of a home, and those before."""

_HEX: Final = 64


class JudgedNames:
    """The files of one home in which the guard found nothing."""

    def __init__(self, home: Home) -> None:
        self._home = home

    def knows(self, data: bytes) -> bool:
        """Check whether the guard, with today's rules, judged these bytes and found nothing."""
        return _key(data) in self._kept()

    def add(self, data: bytes) -> None:
        """Remember that the guard found nothing in these bytes. A home that can't be written is judged each time."""
        keys = [_key(data), *(key for key in self._kept() if key != _key(data))][:_MOST]
        with suppress(StoreUnusable):
            if self._home.path.is_dir():
                save_file(self._home.judged_names_file, "\n".join(keys).encode())

    def _kept(self) -> list[str]:
        with suppress(OSError):
            return read_start(self._home.judged_names_file, _MOST * (_HEX + 1)).decode("ascii", "replace").split()
        return []


def require_storable_settings(home: Home, settings: Settings) -> None:
    """Check the names in the settings, which a person may have edited. Raises PrivateText that names the file."""
    names = {"school": settings.school, "desk": settings.desk}
    data, judged = "\0".join(names.values()).encode(), JudgedNames(home)
    if judged.knows(data):
        return
    from kiosk.privacy.guard import PrivateText, require_storable  # noqa: PLC0415 - a start with known names needs none

    for what, name in names.items():
        try:
            require_storable(name, Meaning.NAME)
        except PrivateText as private:
            words = f"The settings file {home.settings_file} has a {what} name that a record must not contain."
            raise PrivateText(words, "Correct it, or run `kiosk setup` again.") from private
    judged.add(data)


def _key(data: bytes) -> str:
    return hashlib.sha256(_rules() + data).hexdigest()


@cache
def _rules() -> bytes:
    """Return the hash of the guard's program text, which is read without importing it: that takes longer."""
    rules = sorted((file.name, file) for file in resource_files("kiosk.privacy").iterdir() if file.name.endswith(".py"))
    return hashlib.sha256(b"\0".join(file.read_bytes() for _, file in rules)).digest()
