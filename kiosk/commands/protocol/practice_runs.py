"""`kiosk protocol test --from-practice`: find a practice run, and print or add its scenario."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from kiosk.commands.common import output
from kiosk.commands.common.paths import read_file
from kiosk.commands.common.records import reading
from kiosk.errors import Exit, Refused, UsageError
from kiosk.log.record_search import find_record, newest_first
from kiosk.packs.library import Found
from kiosk.protocol.model import Protocol
from kiosk.record.encounter_record import EncounterRecord
from kiosk.record.entries import LoggedEntry, decode
from kiosk.scenarios.from_practice import appended, practice_scenario
from kiosk.settings import LONGEST, Home, typed_path
from kiosk.system.files import save_file

LAST: Final = "last"


def print_scenario(
    home: Home, found: Found, protocol: Protocol, run: str, *, name: str | None, path: str | None, keep_text: bool
) -> int:
    """Print the scenario of a practice run, or add it to a file.

    run: a record number, or `last`. Raises Refused or UsageError for a run that can't become one.
    """
    record, entries = _practice_run(home, run)
    title = _title(name, record)
    made = practice_scenario(record, entries, protocol, title, keep_text=keep_text)
    if path:
        _add(typed_path(path), made.text, protocol)
        output.data(f"The scenario “{title}” is in {path}.")
    else:
        output.lines(made.text.rstrip("\n").split("\n"))
    if record.protocol.content_hash != found.content_hash:
        output.message(
            f"{record.no} was practiced with another version of {protocol.id}; this one takes the same path."
        )
    if made.left_out:
        output.message(f"Notes and amendments ({made.left_out}) are left out; a scenario can't have them.")
    return Exit.DONE


def _practice_run(home: Home, run: str) -> tuple[EncounterRecord, Sequence[LoggedEntry]]:
    """Return the selected practice run and its entries; the log is only read."""
    wanted = run.strip().upper()
    if wanted != LAST.upper() and not wanted.startswith("P-"):
        raise Refused(
            f"{run} is not a practice run.", "Only practice becomes a scenario: a number such as P-2026-0001."
        )
    with reading(home, "practice") as log:
        if wanted == LAST.upper():
            record = next((r for r in newest_first(log) if r.state == "closed"), None)
        else:
            record = find_record(log, wanted)
        if record is None:
            raise UsageError("No practice run is finished yet.", "Run `kiosk --practice` and go through to the end.")
        entries = [decode(entry) for entry in log.entries(record.id)]
    if record.mode != "practice":
        raise Refused(f"{record.no} is not a practice run.", "Only practice becomes a scenario.")
    if record.state == "open":
        raise Refused(f"{record.no} is not finished.", "Close it at the desk, then run this again.")
    return record, entries


def _title(given: str | None, record: EncounterRecord) -> str:
    title = f"Practice run {record.no}" if given is None else given.strip()
    if not title or len(title) > LONGEST or not title.isprintable():
        raise UsageError("That name of a scenario can't be used.", f"Give 1 to {LONGEST} plain characters.")
    return title


def _add(path: Path, text: str, protocol: Protocol) -> None:
    there = path.exists()
    data = appended(read_file(path) if there else b"", path.name, text, protocol)
    save_file(path, data, path.stat().st_mode & 0o777 if there else 0o644)
