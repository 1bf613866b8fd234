"""The operations on a recorded disk, and the file that holds them in order."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO, Final, Literal

REPORTS: Final = "reports"
"""A file in the disk's top folder. A write to it is a report of the writer, recorded in order with the operations."""

Kind = Literal["file", "folder", "unlink", "rename", "write", "size", "sync", "report"]


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation on a node: a file or folder, numbered in order of creation. The disk's top folder is 0.

    file, folder: create node `at` as `name` in folder `node`.
    unlink:       remove `name` (a file or an empty folder) from folder `node`.
    rename:       rename `name` to `to` in folder `node`; replace a file of that name.
    write:        write `data` from byte `at` on.  size: set the file's length to `at` bytes.
    sync:         make the node's bytes or names durable.
    report:       no operation, but a report of the writer (JSON in `data`).
    """

    kind: Kind
    node: int = 0
    at: int = 0
    name: str = ""
    to: str = ""
    data: bytes = b""


def append(record: BinaryIO, operation: Operation) -> None:
    """Append one operation to a record. `record` is unbuffered, so the system has it when this returns."""
    words = asdict(operation) | {"data": base64.b64encode(operation.data).decode("ascii")}
    record.write(json.dumps(words).encode("ascii") + b"\n")


def read_all(record: Path) -> Iterator[Operation]:
    """Yield all operations of a record, in order."""
    with record.open("rb") as lines:
        for line in lines:
            words = json.loads(line)
            yield Operation(**words | {"data": base64.b64decode(words["data"])})
