"""The manifest of a backup: its files and the logs in them, signed with the log signing key.

One line per fact, then one line per file: `file NAME SHA256 ORIGIN SIZE ROOT`. The first file is the current log.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from typing import Final

from kiosk.record.transparency.checkpoint import Checkpoint
from kiosk.record.transparency.signed_note import BadNote

_FIRST: Final = "front-office-kiosk backup 1"
_FILE: Final = re.compile(r"file ([a-z0-9.-]{1,100}) ([0-9a-f]{64}) (\S{1,200}) ([0-9]{1,18}) ([A-Za-z0-9+/=]{44})")


@dataclass(frozen=True, slots=True)
class BackupFile:
    """One log in a backup: its file name, the SHA-256 of its bytes in hex, and its newest checkpoint."""

    name: str
    sha256: str
    state: Checkpoint


@dataclass(frozen=True, slots=True)
class Manifest:
    """The manifest. at: time of the backup, RFC 3339 in UTC. files: the current log first, then the previous logs."""

    school: str
    mode: str
    at: str
    files: tuple[BackupFile, ...]

    @property
    def text(self) -> str:
        """The text that is signed."""
        lines = [_FIRST, f"school: {self.school}", f"mode: {self.mode}", f"made: {self.at}"]
        return "".join(f"{line}\n" for line in [*lines, *map(_line, self.files)])


def read_manifest(text: str) -> Manifest:
    """Parse a signed text. Raises BadNote unless it is exactly as `Manifest.text` writes it."""
    lines = text.split("\n")
    try:
        school, mode, at = (
            _after(line, word) for line, word in zip(lines[1:4], ("school", "mode", "made"), strict=True)
        )
        manifest = Manifest(school, mode, at, tuple(_copied(line) for line in lines[4:-1]))
    except ValueError as error:
        raise _no_manifest() from error
    if manifest.text != text or not manifest.files:
        raise _no_manifest()
    return manifest


def _line(file: BackupFile) -> str:
    root = base64.b64encode(file.state.root).decode("ascii")
    return f"file {file.name} {file.sha256} {file.state.origin} {file.state.size} {root}"


def _after(line: str, word: str) -> str:
    name, _, value = line.partition(": ")
    if name != word:
        raise ValueError("another line")
    return value


def _copied(line: str) -> BackupFile:
    found = _FILE.fullmatch(line)
    if found is None:
        raise ValueError("no file")
    name, sha256, origin, size, root = found.groups()
    return BackupFile(name, sha256, Checkpoint(origin, int(size), base64.b64decode(root, validate=True)))


def _no_manifest() -> BadNote:
    return BadNote("That signed note is not the file list of a backup.", "Use the note in the backup folder.")
