"""The cursor: how much of each live log the district acknowledged, in one small file of the home.

It saves work and shows when the district's copy went back. A lost, older or damaged file costs nothing but calls: the
first answer has the district's own size. So a file that can't be read counts as none.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from kiosk.district.sending.exchange import Acknowledged
from kiosk.settings import Home
from kiosk.system.files import ensure_folder, read_start, save_file

_LARGEST: Final = 1 << 20


def cursor_file(home: Home) -> Path:
    """Return the path of the cursor."""
    return home.sending / "cursor.json"


def read_cursor(home: Home) -> dict[str, Acknowledged]:
    """Return what is acknowledged of each log, by its origin; nothing for a file that is missing or damaged."""
    try:
        logs = json.loads(read_start(cursor_file(home), _LARGEST))
        return {str(origin): _acknowledged(one) for origin, one in logs.items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}


def save_cursor(home: Home, known: Mapping[str, Acknowledged]) -> None:
    """Save what is acknowledged of each log, durably. Raises StoreUnusable."""
    logs = {origin: {"entries": one.entries, "values": one.values} for origin, one in known.items()}
    ensure_folder(home.sending)
    save_file(cursor_file(home), json.dumps(logs, indent=1).encode())


def _acknowledged(one: Mapping[str, object]) -> Acknowledged:
    entries, values = one["entries"], one["values"]
    if type(entries) is not int or type(values) is not int or not 0 <= values <= entries:
        raise ValueError("a cursor has whole numbers, and no more values than entries")
    return Acknowledged(entries, values)
