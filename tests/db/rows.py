"""Small readable entries for the store's tests, and a program that writes them: `python -m tests.db.rows LOG COUNT`.

The program prints the number of each entry once the store has acknowledged it.
"""

from __future__ import annotations

import hashlib
import json
import sys
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from db.migrations.upgrade import create
from db.rows import RetentionEffects
from db.store import EncodedRow, Row, Store

ORIGIN = "log.example/lincoln/front"
KEY = f"{ORIGIN}+0badcafe+key"


def a_row(
    seq: int,
    *,
    kind: str = "step.answered",
    encounter_id: str | None = "encounter-1",
    event_id: str | None = None,
    values: Mapping[str, bytes] | None = None,
) -> Row:
    """Return entry `seq`, encoded as the record does: the header commits to each value, the leaf to the header."""
    kept = {"answer": b"WyJzYWx0IiwiYW5zd2VyIiwieWVzIl0"} if values is None else dict(values)
    header = json.dumps(
        {
            "v": 1,
            "origin": ORIGIN,
            "seq": seq,
            "event_id": event_id or str(uuid.uuid4()),
            "encounter_id": encounter_id,
            "kind": kind,
            "wall_us": 1_789_396_920_000_000 + seq,
            "boot_id": "00000000-0000-4000-8000-000000000001",
            "boot_ns": seq,
            "actor": "desk",
            "pack": None,
            "step_id": "danger",
            "sd": {name: hashlib.sha256(body).hexdigest() for name, body in kept.items()},
        },
        sort_keys=True,
        separators=(",", ":"),
    )
    return Row(seq, header, hashlib.sha256(b"\x00" + header.encode()).digest(), tuple(sorted(kept.items())))


def event_id_of(row: Row) -> str:
    """The id that `row` carries."""
    return str(json.loads(row.header)["event_id"])


def make_log(path: Path) -> Path:
    """A new, empty log at `path`."""
    create(path, origin=ORIGIN, created_us=1, log_vkey=KEY, checkpoint=a_checkpoint(0))
    return path


@dataclass(frozen=True)
class SignedCheckpoint:
    """A checkpoint as the store takes it; nobody reads its signature here."""

    size: int
    root: bytes
    note: str
    peaks: bytes = b""
    lasting: bool = False


def a_checkpoint(size: int, *, lasting: bool = False) -> SignedCheckpoint:
    """The checkpoint of a log with so many entries."""
    return SignedCheckpoint(size, hashlib.sha256(str(size).encode()).digest(), f"{ORIGIN} {size}", b"peaks", lasting)


def add(
    store: Store, rows: Sequence[EncodedRow], beside: RetentionEffects | None = None, *, spend_reserve: bool = True
) -> None:
    """Append these entries with the checkpoint that covers them."""
    size = max((row.seq for row in rows), default=-1) + 1
    store.append(rows, a_checkpoint(size), beside, spend_reserve=spend_reserve)


def write(path: Path, count: int) -> None:
    """Append `count` entries, printing each number on stdout when it is acknowledged."""
    with Store.open(path) as store:
        for seq in range(store.size(), store.size() + count):
            add(store, [a_row(seq)])
            sys.stdout.write(f"{seq}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]))
