"""`kiosk protocol new`: the start of a protocol, copied from the template, with notes that teach each key."""

from __future__ import annotations

import argparse
import json
import re
from importlib.resources import files as resource_files
from pathlib import Path
from typing import Final

from kiosk.commands.common.output import out, say
from kiosk.commands.protocol import schema
from kiosk.errors import Exit, UsageError
from kiosk.protocol.pack import EXAMPLE_CONTACTS, PROTOCOL_FILE, SCENARIOS_FILE
from kiosk.protocol.syntax.forms import ID_LONGEST, ID_PATTERN
from kiosk.settings import LONGEST, typed_path
from kiosk.system.files import ensure_folder, save_file

FILES: Final = (PROTOCOL_FILE, SCENARIOS_FILE, EXAMPLE_CONTACTS)
_SCHEMAS: Final = "schema"
# What the template says in the places that the command fills.
_ID: Final = "id: new-pack "
_TITLE: Final = '"TODO: the name of this protocol"'
_WHERE: Final = f"$schema=../../{_SCHEMAS}/"


def arguments(parser: argparse.ArgumentParser) -> None:
    """What `kiosk protocol new` takes."""
    parser.add_argument("folder", metavar="DIR", help="the new pack's folder; it must not be there yet, or be empty")
    parser.add_argument("--id", help="the protocol's id; the folder's name when left out")
    parser.add_argument("--title", help="what it is called on the screen; a TODO when left out")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the start of a pack. Raises UsageError when something is there, or when id or title can't be used."""
    folder = typed_path(args.folder)
    pack_id, title = _id(args.id or folder.resolve().name), _title(args.title)
    _require_room(folder)
    ensure_folder(folder)
    for name in FILES:
        save_file(folder / name, _filled(_template(name), pack_id, title).encode("utf-8"))
    schema.write(folder / _SCHEMAS)
    for name in (*FILES, f"{_SCHEMAS}/"):
        out(str(folder / name))
    say(f"Next: open {FILES[0]}, write your words where it says TODO, then `kiosk protocol check {args.folder}`.")
    return Exit.DONE


def _id(said: str) -> str:
    if not re.fullmatch(ID_PATTERN, said) or len(said) > ID_LONGEST:
        raise UsageError(
            f"“{said}” can't be the protocol's id.",
            f"Give --id with small letters, digits and single hyphens, at most {ID_LONGEST} characters.",
        )
    return said


def _title(said: str | None) -> str | None:
    # What stands in braces would be taken for a slot.
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
        raise UsageError(f"{folder} can't be looked into ({why}).", "Choose another place.") from error
    if taken:
        raise UsageError(f"{folder} is already there.", "Name a new folder; nothing is ever written over.")


def _template(name: str) -> str:
    return (resource_files("protocols") / "template" / "new-pack" / name).read_text(encoding="utf-8")


def _filled(text: str, pack_id: str, title: str | None) -> str:
    said = _TITLE if title is None else json.dumps(title, ensure_ascii=False)
    text = text.replace(_WHERE, f"$schema={_SCHEMAS}/").replace(_ID, f"id: {pack_id} ")
    return text.replace(_TITLE, said)
