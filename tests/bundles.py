"""A home with records of which some values may go out and some may not, and copies made of them by the command."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Final

from kiosk.app.bootstrap import append_entry
from kiosk.cli import main
from kiosk.packs.library import Library
from kiosk.record.pack_entries import kept_entry
from kiosk.settings import Home
from kiosk.system.clock import FixedClock
from tests.homes import PACK, a_home, encounter, made_once

AGENCY: Final = "Marked agency as stated"
NOTE: Final = "Marked note <b>of</b> somebody"
NAMES: Final = ("Dana Ruiz", "860-555-0142", "Front office")
"""Who was called, under which number, and what the desk is called: none of it may be in a public copy."""

_AGENCY_FIELD: Final = "agency-as-stated: {label: {en: Agency}, type: line,"
_CLASSED: Final = PACK.replace(_AGENCY_FIELD, f"{_AGENCY_FIELD} class: CLASS,")


def a_home_with_records(folder: Path, *, agency: str = "public", exempt: str = "", log: int = 1) -> Home:
    """A home, set up, whose log keeps its protocol and three encounters.

    agency: the class of the one fact. exempt: a step to mark as exempt. log: another one for another log.
    """
    assert "class: CLASS" in _CLASSED
    pack = _CLASSED.replace("CLASS", agency)
    if exempt:
        assert f"  {exempt}:\n" in pack
        pack = pack.replace(f"  {exempt}:\n", f"  {exempt}:\n    class: exempt\n")
    home = a_home(folder, pack=pack)
    made_once(home, ("records", log), lambda: _with_records(home, folder))
    return home


def _with_records(home: Home, folder: Path) -> None:
    contacts = str(folder / "contacts.yaml")
    words = ("--school", "Lincoln", "--contacts", contacts, "--protocol", "small")
    assert main(["setup", "--home", str(home.path), *words]) == 0
    keep_the_protocol(home)
    for _ in range(3):
        encounter(home, agency=AGENCY, note=NOTE)


def keep_the_protocol(home: Home) -> None:
    """Put the words of the pack into the live log, as the first session with it does."""
    found = Library(home).find("small")
    assert found.protocol is not None
    append_entry(home, "live", FixedClock(), kept_entry(found.protocol, found.content_hash, found.content))


def export(home: Home, *words: str) -> int:
    """Run `kiosk log export`; its exit code."""
    return main(["log", "export", "--home", str(home.path), *words])


def a_copy(home: Home, path: Path, level: str, *words: str, code: int = 0) -> Path:
    """A bundle at `path`, of encounter 2026-0002 unless told otherwise; `code` is 1 when no entry of it can be made."""
    asked = words or ("--record", "2026-0002")
    assert export(home, "--format", "package", "--level", level, "-o", str(path), *asked) == code
    return path


def words_in(copy: Path) -> str:
    """Everything that is written in a copy, its values decoded from their sealed form."""
    files = [file.read_text(encoding="utf-8") for file in copy.rglob("*") if file.is_file()]
    lines = "".join(file.read_text(encoding="utf-8") for file in copy.rglob("disclosures.jsonl")).splitlines()
    encoded = [said["disclosure"] for line in lines if "disclosure" in (said := json.loads(line))]
    return "\n".join([*files, *(base64.urlsafe_b64decode(d + "=" * (-len(d) % 4)).decode() for d in encoded)])
