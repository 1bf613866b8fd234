"""Renamed ids: the current name of an id that is no longer used, so that old records and files still read.

`was:` lists the earlier ids of an entry. An id is looked up with its path, from the outside in, so an option is found
even if its step was renamed as well.
"""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.protocol.findings.collector import Findings
from kiosk.protocol.model import Protocol
from kiosk.protocol.parsing.protocol import Reading
from kiosk.protocol.syntax.cursor import Path


def current(renamed: Mapping[Path, str], path: Path) -> Path:
    """Return the path with its current ids; a path that was never renamed stays the same.

    renamed: earlier path → the last id of it today, as `Protocol.renamed` holds it.
    """
    today: Path = ()
    for part in path:
        today = (*today, renamed.get((*today, part), part))
    return today


def current_id(renamed: Mapping[Path, str], section: str, old: str) -> str:
    """Return the current name of the entry `old` of a section (`steps`, `fields`, `roles`, …)."""
    return current(renamed, (section, old))[-1]


def check_renaming(reading: Reading, protocol: Protocol, findings: Findings) -> None:
    """Note each earlier id that is in use again."""
    for path in protocol.renamed:
        if path in reading.places:
            place = reading.place((*path[:-1], protocol.renamed[path], "was"))
            findings.note("P611", place, old=path[-1], id=protocol.renamed[path], where="now")
