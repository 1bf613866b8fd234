"""Fetches the newest bundle of the district into a file of the home. It installs nothing: that is up to the kiosk."""

from __future__ import annotations

from contextlib import suppress
from hashlib import sha256
from typing import Final

from kiosk.district.publication import published_file
from kiosk.district.sending.wire import District, NotAcknowledged
from kiosk.district.status import Failure
from kiosk.errors import StoreUnusable
from kiosk.settings import Home
from kiosk.system.files import ensure_folder, read_start, save_file

LARGEST: Final = 8 << 20
"""Maximum size of a bundle, in bytes; a larger one is not kept."""


def fetch(home: Home, district: District) -> bool:
    """Save a bundle that is not here yet; return whether there was one. Raises NotAcknowledged.

    A disk that can't be written costs only another call; the daily check reports it.
    """
    known = b""
    with suppress(OSError):
        known = sha256(read_start(published_file(home), LARGEST + 1)).digest()
    part = district.published(known)
    if part is None or part.body is None:
        return False
    if len(part.body) > LARGEST or sha256(part.body).digest() != part.hash:
        raise NotAcknowledged(Failure.UNEXPECTED)
    with suppress(StoreUnusable):
        ensure_folder(home.sending)
        save_file(published_file(home), part.body)
    return True
