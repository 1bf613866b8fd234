"""The file of a bundle: a zip archive in which nothing is compressed, and whose names are of a few fixed forms.

Without compression, what is read can't be larger than the file. No name is ever used as a path.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from io import BytesIO
from typing import Final

from kiosk.packs.bundle.refused import unreadable
from kiosk.packs.files import LARGEST as LARGEST_FILE
from kiosk.packs.files import NOTE_FILE
from kiosk.worded import many

LARGEST: Final = 8 << 20
"""Maximum size of a bundle, in bytes."""

SIGNED: Final = "bundle.note"
"""The signed manifest."""

SETTINGS: Final = "settings.yaml"
PROTOCOL: Final = "protocol/"
CONTACTS: Final = "contacts/"

_MOST: Final = 2000
_NAME: Final = re.compile(
    rf"{re.escape(SIGNED)}|{re.escape(SETTINGS)}|{PROTOCOL}{re.escape(NOTE_FILE)}"
    rf"|{PROTOCOL}[A-Za-z0-9_][A-Za-z0-9_.-]{{0,79}}\.yaml|{CONTACTS}[0-9a-f]{{64}}\.yaml"
)
_BEGINNING: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest time that an archive can hold: the same files make the same bytes."""

_ENCRYPTED: Final = 1


def packed(files: Mapping[str, bytes]) -> bytes:
    """Return the file with these files in it. Raises BundleRefused for a name, a size or a number that none has."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for name, data in sorted(files.items()):
            if not _NAME.fullmatch(name):
                raise unreadable(f"it can't have a file {name}")
            if len(data) > LARGEST_FILE:
                raise unreadable(f"{name} is larger than {LARGEST_FILE >> 10} KiB")
            archive.writestr(zipfile.ZipInfo(name, _BEGINNING), data)
    _require_size(len(files), len(made.getvalue()))
    return made.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    """Return the files in a bundle, by name. Raises BundleRefused for what is none."""
    _require_size(0, len(data))
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
            _require_size(len(members), sum(one.file_size for one in members))
            return _read(archive, members)
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError) as error:
        raise unreadable("it is no bundle, or damaged") from error


def _read(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for one in members:
        if one.compress_type != zipfile.ZIP_STORED or one.flag_bits & _ENCRYPTED:
            raise unreadable("a file in it is compressed or encrypted")
        if not _NAME.fullmatch(one.filename):
            raise unreadable("a file in it has a name that no bundle has")
        if one.filename in found or one.file_size > LARGEST_FILE:
            raise unreadable(f"{one.filename} is in it twice, or is too large")
        found[one.filename] = archive.read(one)
    return found


def _require_size(count: int, size: int) -> None:
    if count > _MOST or size > LARGEST:
        raise unreadable(f"it has more than {many(_MOST, 'file')}, or is larger than {LARGEST >> 20} MiB")
