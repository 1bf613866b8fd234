"""The table of all keys in the files that people write: source of readers, editors' schemas and the manual."""

from __future__ import annotations

from typing import Final

from kiosk.protocol.format import contacts, district, fragment, protocol, scenarios, translation
from kiosk.protocol.syntax.forms import File

_MODULES: Final = (protocol, fragment, translation, district, contacts, scenarios)

FILES: Final[dict[str, File]] = {module.FILE.kind: module.FILE for module in _MODULES}
"""All kinds of files, by name. A new kind is a module with a `FILE`, listed here."""
