"""What was asked of the disk, one operation at a time, and the file that keeps it in order."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO, Final, Literal

TOLD: Final = "told"
"""The file in the disk's own folder whose writes are no writes: what the writer tells the world, in its true order."""

Kind = Literal["file", "folder", "unlink", "rename", "write", "size", "sync", "told"]


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation on a node. A node is a file or folder, numbered as it is made; the disk's own folder is 0.

    file, folder: in folder `node`, `name` now leads to the new node `at`.
    unlink:       in folder `node`, `name` is gone (a file or an empty folder).
    rename:       in folder `node`, what was `name` is `to`, in place of what was there.
    write:        `data` from byte `at` on.  size: the file is `at` bytes long now.
    sync:         the node's bytes or names are to last.
    told:         no operation: what the writer told the world by then (JSON in `data`).
    """

    kind: Kind
    node: int = 0
    at: int = 0
    name: str = ""
    to: str = ""
    data: bytes = b""


def keep(record: BinaryIO, operation: Operation) -> None:
    """Add one operation to a record; it is with the system afterwards."""
    words = asdict(operation) | {"data": base64.b64encode(operation.data).decode("ascii")}
    record.write(json.dumps(words).encode("ascii") + b"\n")


def kept(record: Path) -> Iterator[Operation]:
    """All operations of a record, in order."""
    with record.open("rb") as lines:
        for line in lines:
            words = json.loads(line)
            yield Operation(**words | {"data": base64.b64decode(words["data"])})
