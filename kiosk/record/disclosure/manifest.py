"""The manifest of a copy: which files it has, what they were made from, when and for whom. The log's key signs it.

One `name: value` a line, so that people can read it. Its first line is no log's name, so that nobody can take it for a
checkpoint, which the same key signs.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kiosk.record.printable import printable
from kiosk.record.transparency.checkpoint import Checkpoint

FIRST_LINE: Final = "front-office-kiosk copy 1"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a copy says of itself.

    made:  when, RFC 3339 with offset. level: how much it shows. asked: which records were asked for.
    whom:  for whom it was made, as typed; empty when nobody said.
    logs:  folder → the signed state of the log it was taken from. files: path → SHA-256 in hexadecimal digits.
    """

    made: str
    level: str
    asked: str
    whom: str
    encounters: int
    logs: Mapping[str, Checkpoint]
    files: Mapping[str, str]

    @property
    def text(self) -> str:
        """What is signed."""
        return "".join(f"{printable(line)}\n" for line in (FIRST_LINE, *self._lines()))

    def _lines(self) -> Sequence[str]:
        whom = [f"for: {self.whom}"] if self.whom else []
        logs = [f"log: {at} {c.origin} {c.size} {_base64(c.root)}" for at, c in self.logs.items()]
        files = [f"file: {digest} {path}" for path, digest in sorted(self.files.items())]
        head = [f"made: {self.made}", f"level: {self.level}", f"asked: {self.asked}", *whom]
        return [*head, f"encounters: {self.encounters}", *logs, *files]


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
