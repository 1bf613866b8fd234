"""The one table of the files that people write. Readers, editors' schemas and the manual are made from it."""

from __future__ import annotations

from typing import Final

from kiosk.protocol.format import contacts, district, fragment, protocol, scenarios, translation
from kiosk.protocol.syntax.forms import File

_MODULES: Final = (protocol, fragment, translation, district, contacts, scenarios)

FILES: Final[dict[str, File]] = {module.FILE.kind: module.FILE for module in _MODULES}
"""Every kind of file, by name. A new kind is one module with a `FILE`, named here."""
