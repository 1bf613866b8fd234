"""Make the parts of the manual and the editors' schemas that come from tables again: `python deploy/manual.py`."""

from __future__ import annotations

from pathlib import Path

from kiosk.authoring.manual import filled
from kiosk.authoring.schema_files import write_schemas

PROTOCOLS = Path(__file__).parents[1] / "protocols"

if __name__ == "__main__":
    manual = PROTOCOLS / "README.md"
    manual.write_text(filled(manual.read_text(encoding="utf-8")), encoding="utf-8")
    write_schemas(PROTOCOLS / "schema")
