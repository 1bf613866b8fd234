"""The values of an entry in a package: each in the header is a line, shown or withheld with its reason."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from typing import Any, Final

import pytest

from kiosk.protocol.model import DisclosureClass
from kiosk.record.disclosure.encryption import DistrictKey, district_public, encryptor
from kiosk.record.disclosure.levels import Level, Withheld
from kiosk.record.entries import EncodedEntry, Entry, encode, value_in
from kiosk.record.entry_kinds import EntryKind
from kiosk.reports.package.disclosures import lines
from kiosk.system.clock import FixedClock
from tests.builders import classes_with

ID: Final = "00000000-0000-4000-8000-0000000000ff"
KEY: Final = DistrictKey("district", district_public(bytes(range(32))))
NOTE: Final = Entry(EntryKind.NOTE_ADDED, {"text": "She would wait."}, "enc")
ANSWER: Final = Entry(EntryKind.STEP_ANSWERED, {"field.agency": "An agency", "field.badge": "12", "visit": 1}, "enc")


classes: Final = classes_with({"agency": DisclosureClass.PUBLIC, "badge": DisclosureClass.EXEMPT})


def encoded(entry: Entry, *, encrypted: bool = False) -> EncodedEntry:
    """The entry as the log keeps it, its narrative encrypted for the district if so."""
    at = FixedClock().now()
    if not encrypted:
        return encode(entry, origin="o", seq=7, event_id=ID, at=at)
    return encode(entry, origin="o", seq=7, event_id=ID, at=at, encrypt=encryptor(entry, ID, None, KEY))


def told(entry: EncodedEntry, level: Level) -> dict[str, dict[str, Any]]:
    """The lines by the names of the values."""
    found = [json.loads(line) for line in lines(entry, level, classes)]
    assert {one.pop("entry") for one in found} == {7}
    return {one.pop("name"): one for one in found}


def test_every_value_of_the_header_has_one_line() -> None:
    """A reader can see that nothing was left out; no line has an end of its own."""
    entry = encoded(ANSWER)
    assert sorted(json.loads(entry.header)["sd"]) == list(told(entry, Level.STATISTICS))
    assert [line for line in lines(entry, Level.FULL, classes) if "\n" in line] == []


@pytest.mark.parametrize(
    ("level", "shown"),
    [(Level.PUBLIC, {"field.agency"}), (Level.COUNSEL, {"field.agency", "field.badge"})],
)
def test_a_value_is_shown_at_its_level_and_withheld_below(level: Level, shown: set[str]) -> None:
    """What is shown is the disclosure itself, whose hash the header has."""
    found = told(encoded(ANSWER), level)
    facts = {name for name, said in found.items() if name.startswith("field.") and "disclosure" in said}
    assert facts == shown
    assert value_in(found["field.agency"]["disclosure"].encode()) == "An agency"
    assert found["field.badge"].get("withheld") == (None if "field.badge" in shown else Withheld.EXEMPT)


def test_an_encrypted_value_is_included_where_its_level_may_show_it() -> None:
    """A narrower copy does not even have its encrypted bytes."""
    entry = encoded(NOTE, encrypted=True)
    counsel, public = (told(entry, level)["text"] for level in (Level.COUNSEL, Level.PUBLIC))
    assert counsel["withheld"] == Withheld.ENCRYPTED
    assert base64.b64decode(counsel["encrypted"]) == dict(entry.encrypted)["text"]
    assert public == {"withheld": Withheld.EXEMPT}


def test_a_destroyed_value_is_told_as_such() -> None:
    """It is not left out, because the header still has its hash."""
    entry = replace(encoded(NOTE), disclosures=())
    assert told(entry, Level.FULL) == {"text": {"withheld": Withheld.DESTROYED}}
