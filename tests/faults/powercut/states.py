"""What a disk may hold after its power was cut: a replay of what was asked of it, and the states that leaves open."""

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
"""What of the unsynced survives: nothing, everything, or each sector by chance and names up to a random one."""

SECTOR: Final = 512
"""Bytes that a disk writes whole or not at all."""

_INDEX: Final = "-shm"
"""The end of the name of SQLite's shared memory. It is never synced and may hold anything after a cut."""


@dataclass(slots=True)
class Content:
    """A file's bytes; what lies between them and `size` is zeros that take no room."""

    data: bytearray = field(default_factory=bytearray)
    size: int = 0

    def copy(self) -> Content:
        """The same bytes, to be changed apart from these."""
        return Content(bytearray(self.data), self.size)

    def take(self, operation: Operation) -> None:
        """Do one write, or change the size."""
        at = operation.at
        if operation.kind == "size":
            del self.data[at:]
            self.size = at
            return
        self.data.extend(bytes(max(0, at - len(self.data))))
        self.data[at : at + len(operation.data)] = operation.data
        self.size = max(self.size, len(self.data))


Names = dict[int, dict[str, int]]
"""What each folder's names lead to."""


@dataclass(frozen=True, slots=True)
class State:
    """What one cut left: every folder, and every file with its bytes, by paths from the disk's own folder."""

    folders: tuple[str, ...]
    files: tuple[tuple[str, Content], ...]

    def digest(self) -> bytes:
        """The same for states that differ at most in what SQLite may find in its shared memory."""
        said = hashlib.sha256(repr(self.folders).encode())
        for path, content in self.files:
            if path.endswith(_INDEX):
                continue
            said.update(f"{path!r}{content.size},{len(content.data)}:".encode())
            said.update(content.data)
        return said.digest()

    def lay_out(self, place: Path) -> None:
        """Put it into the empty folder `place`, with the permissions that the kiosk gives."""
        for path in self.folders:
            (place / path).mkdir(mode=0o700)
        for path, content in self.files:
            with os.fdopen(os.open(place / path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(content.data)
                file.truncate(content.size)


class Replay:
    """The disk as it was asked to be, operation by operation: what lasts, and what is only on its way."""

    def __init__(self) -> None:
        self._lasting: defaultdict[int, Content] = defaultdict(Content)
        self._on_the_way: defaultdict[int, list[Operation]] = defaultdict(list)
        self._names: Names = {0: {}}
        self._renaming: list[Operation] = []

    def take(self, operation: Operation) -> None:
        """One operation more."""
        node = operation.node
        match operation.kind:
            case "write" | "size":
                self._on_the_way[node].append(operation)
            case "sync":
                self._sync(node)
            case "told":
                pass
            case _:
                if operation.kind == "folder":
                    self._names[operation.at] = {}
                self._renaming.append(operation)

    def settle(self) -> None:
        """Let everything last: what came before the story begins."""
        for node in [*self._on_the_way, *self._names]:
            self._sync(node)

    def cut(self, survives: Survives, chance: random.Random) -> State:
        """What is left when the power is cut now."""
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
        for operation in self._on_the_way.pop(node, ()):
            self._lasting[node].take(operation)
        for operation in self._renaming:
            if operation.node == node:
                _rename(self._names, operation)
        self._renaming = [operation for operation in self._renaming if operation.node != node]

    def _surviving_names(self, survives: Survives, chance: random.Random) -> Iterator[Operation]:
        """Each folder's names change in order, so what survives there is what came first."""
        waiting: defaultdict[int, list[Operation]] = defaultdict(list)
        for operation in self._renaming:
            waiting[operation.node].append(operation)
        for operations in waiting.values():
            most = len(operations)
            yield from operations[: {"none": 0, "all": most}.get(survives, chance.randint(0, most))]

    def _content(self, path: str, node: int, survives: Survives, chance: random.Random) -> Content:
        content, waiting = self._lasting[node].copy(), self._on_the_way.get(node, ())
        if path.endswith(_INDEX):
            size = max((operation.at + len(operation.data) for operation in waiting), default=0)
            return Content(bytearray(chance.randbytes(size)), size)
        for operation in waiting if survives != "none" else ():
            for part in _sectors(operation) if survives == "some" else (operation,):
                if survives == "all" or chance.random() < 0.5:
                    content.take(part)
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
    """Every path that leads somewhere, folders before what is in them."""
    for name, node in names[folder].items():
        yield f"{above}{name}", node
        if node in names:
            yield from _walk(names, node, f"{above}{name}/")


def _sectors(operation: Operation) -> Iterable[Operation]:
    """A write cut at the disk's sectors: each of them gets there or not."""
    if operation.kind == "size":
        return (operation,)
    at, end = operation.at, operation.at + len(operation.data)
    edges = [at, *range(at - at % SECTOR + SECTOR, end, SECTOR), end]
    return (
        Operation("write", operation.node, at=one, data=operation.data[one - at : other - at])
        for one, other in itertools.pairwise(edges)
    )
