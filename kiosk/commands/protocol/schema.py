"""`kiosk protocol schema`: the JSON Schema of a kind of file, for editors that complete and check while one types."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from kiosk.authoring.json_schema import schema
from kiosk.commands.common.output import out_json
from kiosk.errors import Exit, UsageError
from kiosk.protocol.format import FILES
from kiosk.system.files import ensure_folder, save_file


def arguments(parser: argparse.ArgumentParser) -> None:
    """What `kiosk protocol schema` takes."""
    kinds = ", ".join(FILES)
    parser.add_argument("kind", nargs="?", metavar="KIND", default="protocol", help=f"{kinds}; protocol when left out")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print one schema. Raises UsageError for a kind there is not."""
    if args.kind not in FILES:
        raise UsageError(f"There is no kind of file “{args.kind}”.", f"The kinds: {', '.join(FILES)}.")
    out_json(schema(args.kind))
    return Exit.DONE


def write(folder: Path) -> None:
    """Write the schema of every kind into a folder, which is made when it is not there."""
    ensure_folder(folder)
    for kind in FILES:
        save_file(folder / f"{kind}.json", (json.dumps(schema(kind), indent=2, ensure_ascii=False) + "\n").encode())
