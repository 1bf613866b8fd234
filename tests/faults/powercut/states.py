"""The possible states of a disk after a power cut, from a replay of its operations."""

from __future__ import annotations

import hashlib
import itertools
import os
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from tests.faults.powercut.operation import Operation

Survives = Literal["none", "all", "some"]
"""Which unsynced changes survive: none, all, or random sectors and the first of the changes to names."""

SECTOR: Final = 512
"""Number of bytes that a disk writes completely or not at all."""

_INDEX: Final = "-shm"
"""The end of the name of SQLite's shared memory. It is never synced and may hold anything after a cut."""


@dataclass(slots=True)
class Content:
    """A file's bytes; the rest up to `size` is zeros."""

    data: bytearray = field(default_factory=bytearray)
    size: int = 0

    def copy(self) -> Content:
        """Return an independent copy."""
        return Content(bytearray(self.data), self.size)

    def apply(self, operation: Operation) -> None:
        """Apply one write or change of size."""
        at = operation.at
        if operation.kind == "size":
            del self.data[at:]
            self.size = at
            return
        self.data.extend(bytes(max(0, at - len(self.data))))
        self.data[at : at + len(operation.data)] = operation.data
        self.size = max(self.size, len(self.data))


Names = dict[int, dict[str, int]]
"""Folder node → name → node."""


@dataclass(frozen=True, slots=True)
class State:
    """The disk after a cut: every folder, and every file with its bytes, by path from the top folder."""

    folders: tuple[str, ...]
    files: tuple[tuple[str, Content], ...]

    def digest(self) -> bytes:
        """Return a hash of everything except SQLite's shared memory."""
        digest = hashlib.sha256(repr(self.folders).encode())
        for path, content in self.files:
            if path.endswith(_INDEX):
                continue
            digest.update(f"{path!r}{content.size},{len(content.data)}:".encode())
            digest.update(content.data)
        return digest.digest()

    def write_to(self, place: Path) -> None:
        """Write it to the empty folder `place`, with the permissions that the kiosk sets."""
        for path in self.folders:
            (place / path).mkdir(mode=0o700)
        for path, content in self.files:
            with os.fdopen(os.open(place / path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(content.data)
                file.truncate(content.size)


class Replay:
    """Replays operations, and separates durable bytes and names from unsynced ones."""

    def __init__(self) -> None:
        self._durable: defaultdict[int, Content] = defaultdict(Content)
        self._unsynced: defaultdict[int, list[Operation]] = defaultdict(list)
        self._names: Names = {0: {}}
        self._name_changes: list[Operation] = []

    def apply(self, operation: Operation) -> None:
        """Apply one more operation."""
        node = operation.node
        match operation.kind:
            case "write" | "size":
                self._unsynced[node].append(operation)
            case "sync":
                self._sync(node)
            case "report":
                pass
            case _:
                if operation.kind == "folder":
                    self._names[operation.at] = {}
                self._name_changes.append(operation)

    def sync_all(self) -> None:
        """Make everything so far durable."""
        for node in [*self._unsynced, *self._names]:
            self._sync(node)

    def cut(self, survives: Survives, chance: random.Random) -> State:
        """Return a state that a power cut may leave now. chance: decides what survives with `some`."""
        names = {folder: dict(inside) for folder, inside in self._names.items()}
        for operation in self._surviving_names(survives, chance):
            _rename(names, operation)
        found = dict(_walk(names, 0, ""))
        files = {path: node for path, node in found.items() if node not in names}
        return State(
            tuple(path for path, node in found.items() if node in names),
            tuple((path, self._content(path, node, survives, chance)) for path, node in files.items()),
        )

    def _sync(self, node: int) -> None:
        for operation in self._unsynced.pop(node, ()):
            self._durable[node].apply(operation)
        for operation in self._name_changes:
            if operation.node == node:
                _rename(self._names, operation)
        self._name_changes = [operation for operation in self._name_changes if operation.node != node]

    def _surviving_names(self, survives: Survives, chance: random.Random) -> Iterator[Operation]:
        """Yield the surviving changes to names: in each folder the first ones, because names change in order."""
        waiting: defaultdict[int, list[Operation]] = defaultdict(list)
        for operation in self._name_changes:
            waiting[operation.node].append(operation)
        for operations in waiting.values():
            most = len(operations)
            yield from operations[: {"none": 0, "all": most}.get(survives, chance.randint(0, most))]

    def _content(self, path: str, node: int, survives: Survives, chance: random.Random) -> Content:
        content, waiting = self._durable[node].copy(), self._unsynced.get(node, ())
        if path.endswith(_INDEX):
            size = max((operation.at + len(operation.data) for operation in waiting), default=0)
            return Content(bytearray(chance.randbytes(size)), size)
        for operation in waiting if survives != "none" else ():
            for part in _sectors(operation) if survives == "some" else (operation,):
                if survives == "all" or chance.random() < 0.5:
                    content.apply(part)
        return content


def _rename(names: Names, operation: Operation) -> None:
    inside = names[operation.node]
    match operation.kind:
        case "unlink":
            inside.pop(operation.name)
        case "rename":
            inside[operation.to] = inside.pop(operation.name)
        case _:
            inside[operation.name] = operation.at


def _walk(names: Names, folder: int, above: str) -> Iterator[tuple[str, int]]:
    """Yield every path and its node, folders before their content."""
    for name, node in names[folder].items():
        yield f"{above}{name}", node
        if node in names:
            yield from _walk(names, node, f"{above}{name}/")


def _sectors(operation: Operation) -> Iterable[Operation]:
    """Return the parts of a write, cut at the disk's sectors; each survives or not."""
    if operation.kind == "size":
        return (operation,)
    at, end = operation.at, operation.at + len(operation.data)
    edges = [at, *range(at - at % SECTOR + SECTOR, end, SECTOR), end]
    return (
        Operation("write", operation.node, at=one, data=operation.data[one - at : other - at])
        for one, other in itertools.pairwise(edges)
    )
