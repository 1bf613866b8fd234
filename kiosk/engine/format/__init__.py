"""The one table of the files that people write. Readers, editors' schemas and the manual are made from it."""

from __future__ import annotations

from typing import Final

from kiosk.engine.format import contacts, protocol, scenarios
from kiosk.engine.format.kinds import File

FILES: Final[dict[str, File]] = {file.kind: file for file in (protocol.FILE, contacts.FILE, scenarios.FILE)}
"""Every kind of file, by name. A new kind is one module with a `FILE`, named here."""
