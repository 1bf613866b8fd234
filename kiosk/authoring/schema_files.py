"""The editors' schemas as files in a folder."""

from __future__ import annotations

import json
from pathlib import Path

from kiosk.authoring.json_schema import schema
from kiosk.protocol.format import FILES
from kiosk.system.files import ensure_folder, save_file


def write_schemas(folder: Path) -> None:
    """Write the schema of every kind of file into a folder, created if it is missing. Raise StoreUnusable."""
    ensure_folder(folder)
    for kind in FILES:
        save_file(folder / f"{kind}.json", (json.dumps(schema(kind), indent=2, ensure_ascii=False) + "\n").encode())
