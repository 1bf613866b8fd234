"""The bundle that the district published for this desk, and what the kiosk found about it, in two small files.

The sender writes the bundle; the kiosk judges it, installs it, and writes why it did not.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from kiosk.settings import Home
from kiosk.system.files import ensure_folder, read_start, remove, save_file

_LARGEST: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class RefusedBundle:
    """A published bundle that this desk does not install. file: the SHA-256 of its file, in hex.

    made: when it was made; empty if it can't be read. what, repair: why, and what to do, in English. at_us: when it was
    refused first.
    """

    file: str
    made: str
    what: str
    repair: str
    at_us: int


def published_file(home: Home) -> Path:
    """Return the path of the newest bundle."""
    return home.sending / "published.bundle"


def _verdict_file(home: Home) -> Path:
    return home.sending / "refused.json"


def refused_bundle(home: Home) -> RefusedBundle | None:
    """Return the bundle that this desk refuses; None for none, or if the file can't be read."""
    with suppress(OSError, ValueError, TypeError, RecursionError):
        read = json.loads(read_start(_verdict_file(home), _LARGEST))
        file, made, what, repair = (str(read[name]) for name in ("file", "made", "what", "repair"))
        return RefusedBundle(file, made, what, repair, int(read["at_us"]))
    return None


def save_refused(home: Home, refused: RefusedBundle | None) -> None:
    """Keep what is refused, or that nothing is. Raises StoreUnusable."""
    if refused is not None:
        ensure_folder(home.sending)
        save_file(_verdict_file(home), json.dumps(asdict(refused), indent=1).encode())
    elif _verdict_file(home).exists():
        remove(_verdict_file(home))
