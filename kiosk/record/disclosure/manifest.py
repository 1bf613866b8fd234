"""The manifest of a copy: its files, their logs, its time and recipient. The log signing key signs it.

Each line is `name: value`, so that people can read it. Its first line is not a log ID, so it can't pass for a
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
    """The description of a copy.

    made:  its time, RFC 3339 with offset. asked: the requested records.
    label: its disclosure level, period, school and mode, by name.
    whom:  the recipient, as typed; empty for none. encounters: the number of encounters.
    logs:  folder → the checkpoint of the log in it. files: path → SHA-256 in hexadecimal digits.
    """

    made: str
    label: Mapping[str, str]
    asked: str
    whom: str
    encounters: int
    logs: Mapping[str, Checkpoint]
    files: Mapping[str, str]

    @property
    def text(self) -> str:
        """The text that is signed."""
        return "".join(f"{printable(line)}\n" for line in (FIRST_LINE, *self._lines()))

    def _lines(self) -> Sequence[str]:
        whom = [f"for: {self.whom}"] if self.whom else []
        logs = [f"log: {at} {c.origin} {c.size} {_base64(c.root)}" for at, c in self.logs.items()]
        files = [f"file: {digest} {path}" for path, digest in sorted(self.files.items())]
        label = [f"{name}: {words}" for name, words in self.label.items()]
        head = [f"made: {self.made}", *label, f"asked: {self.asked}", *whom]
        return [*head, f"encounters: {self.encounters}", *logs, *files]


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
