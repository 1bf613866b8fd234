"""A new protocol, copied from the template, with notes about each key."""

from __future__ import annotations

import json
import re
from importlib.resources import files as resource_files
from pathlib import Path
from typing import Final

from kiosk.authoring.schema_files import write_schemas
from kiosk.errors import UsageError
from kiosk.protocol.pack import EXAMPLE_CONTACTS, PROTOCOL_FILE, SCENARIOS_FILE
from kiosk.protocol.syntax.forms import ID_LONGEST, ID_PATTERN
from kiosk.settings import LONGEST
from kiosk.system.files import ensure_folder, save_file

FILES: Final = (PROTOCOL_FILE, SCENARIOS_FILE, EXAMPLE_CONTACTS)
_SCHEMAS: Final = "schema"
# The texts of the template to replace.
_ID: Final = "id: new-pack "
_TITLE: Final = '"TODO: the name of this protocol"'
_WHERE: Final = f"$schema=../../{_SCHEMAS}/"


def write_new(folder: Path, pack_id: str | None, title: str | None) -> list[str]:
    """Write a new pack and return the paths that were written.

    pack_id: None for the folder's name; title: None for a TODO. Raise UsageError for an invalid id or title, and for a
    folder that is not empty.
    """
    used_id, used_title = _id(pack_id or folder.resolve().name), _title(title)
    _require_room(folder)
    ensure_folder(folder)
    for name in FILES:
        save_file(folder / name, _filled(_template(name), used_id, used_title).encode("utf-8"))
    write_schemas(folder / _SCHEMAS)
    return [str(folder / name) if name != _SCHEMAS else f"{folder / name}/" for name in (*FILES, _SCHEMAS)]


def _id(said: str) -> str:
    if not re.fullmatch(ID_PATTERN, said) or len(said) > ID_LONGEST:
        raise UsageError(
            f"“{said}” can't be the protocol's id.",
            f"Give --id with lowercase letters, digits and single hyphens, at most {ID_LONGEST} characters.",
        )
    return said


def _title(said: str | None) -> str | None:
    # Text in braces would be read as a slot.
    if said is not None and (
        not said.strip() or len(said) > LONGEST or not said.isprintable() or set(said) & set("{}")
    ):
        raise UsageError("That title can't be used.", f"Give 1 to {LONGEST} plain characters, without braces.")
    return said


def _require_room(folder: Path) -> None:
    try:
        taken = folder.is_symlink() or (folder.exists() and (not folder.is_dir() or any(folder.iterdir())))
    except OSError as error:
        why = (error.strerror or "unknown").lower()
        raise UsageError(f"{folder} can't be read ({why}).", "Choose another place.") from error
    if taken:
        raise UsageError(f"{folder} exists already.", "Name a new folder; files are never overwritten.")


def _template(name: str) -> str:
    return (resource_files("protocols") / "template" / "new-pack" / name).read_text(encoding="utf-8")


def _filled(text: str, pack_id: str, title: str | None) -> str:
    said = _TITLE if title is None else json.dumps(title, ensure_ascii=False)
    text = text.replace(_WHERE, f"$schema={_SCHEMAS}/").replace(_ID, f"id: {pack_id} ")
    return text.replace(_TITLE, said)
