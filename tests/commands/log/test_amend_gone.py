"""Amendments that make no sense, or whose words were destroyed: every reader still shows them, and nothing else."""

from __future__ import annotations

import base64
import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from kiosk.app.bootstrap import append_entry
from kiosk.record.amendments import NOTE, NOWHERE, Amendment, Ref, entry_of
from kiosk.record.entries import Entry
from kiosk.record.entry_kinds import EntryKind
from kiosk.settings import Home
from kiosk.system.clock import FixedClock
from tests.commands.log.test_amend import WHO, entries, read_out
from tests.homes import a_home, encounter, tamper
from tests.keeping import closed, destroy, mark
from tests.typed import Typed

pytestmark = pytest.mark.usefixtures("synchronized")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home whose live log holds one closed encounter and the words of its pack."""
    home = a_home(tmp_path)
    encounter(home, note="Two cars", session=True)
    return home


@pytest.fixture
def no(typed: Typed) -> str:
    """The number of that encounter."""
    (one,) = typed("log", "list", "--json").json
    return str(one["no"])


JUNK: list[dict[str, Any]] = [
    {},
    {"was.addition": 1, "addition": [2]},
    {"target": {"entry": -5, "event_id": "nowhere"}, "was.text": None, "text": {"missing": 7}},
    {
        "target": [],
        "was.result": True,
        "result": ["reached"],
        "by": {"a": 1},
        "reason": None,
        "no": [1],
    },
    {"was.field.badge": "\u202e", "field.badge": "=1+1\x1b[31m\n"},
]


def test_an_amendment_of_nonsense_breaks_no_reader(typed: Typed, home: Home, no: str) -> None:
    """Another program of the account can write any body; each reader says what is there, harmlessly."""
    encounter_id = next(entry.encounter_id for entry in entries(home) if entry.encounter_id)
    for body in JUNK:
        append_entry(home, "live", FixedClock(), Entry(EntryKind.AMENDMENT_ADDED, body, encounter_id))
    told = read_out(typed, no)
    told["events"] = typed("log", "audit").out
    told["list"] = typed("log", "list", "--search", "two cars").out
    assert "closed, amended" in told["list"]
    for out in told.values():
        assert out.replace("\n", "").replace("\r", "").removeprefix("\ufeff").isprintable()


def test_an_amendment_that_was_let_go_is_still_told_of(typed: Typed, home: Home, no: str) -> None:
    """That there was one, of what, and when; what it said is gone from every reader."""
    typed("log", "amend", no, "--field", "agency-as-stated", "--value", "Coast Guard", *WHO)
    *_, new = entries(home)
    tamper(home, lambda c: c.execute("DELETE FROM disclosure WHERE seq = ?", (new.seq,)))
    told = read_out(typed, no)
    assert "agency-as-stated is now: (withheld)" in told["show"]
    assert "An agency [amended: (withheld)]" in told["csv"]
    assert typed("log", "list", "--json").json[0]["amendments"] == 1
    assert json.loads(told["jsonl"])["amendments"][0]["target"] is None
    assert not [reader for reader, out in told.items() if "Coast Guard" in out or "Dana Ruiz:" in out]


def test_a_purge_lets_amendments_go_with_their_record(typed: Typed, home: Home) -> None:
    """What they say and what they said stood there; in no file of the home is a word of it left."""
    number, clock = closed(home), FixedClock(datetime(2020, 4, 1, tzinfo=UTC))
    told = typed("log", "show", number, "--json").json
    note = told["notes"][0]
    made = Amendment(
        NOWHERE, Ref(note["entry"], ""), NOTE, note["text"], "Zebra cars", "Zebra reason", "Zebra name", clock.now()
    )
    (encounter_id,) = {entry.encounter_id for entry in entries(home) if entry.seq == note["entry"]}
    assert encounter_id is not None
    amending = entry_of(made, encounter_id=encounter_id, no=number, pack=told["protocol"]["seal"])
    append_entry(home, "live", clock, amending)
    assert "Zebra cars" in typed("log", "show", number).out
    assert holding(home, b"Zebra"), "nothing would be found at all"
    mark(typed)
    assert destroy(typed, number).code == 0
    assert holding(home, b"Zebra") == []
    assert "the note is now: (withheld)" in typed("log", "show", number).out
    assert typed("log", "verify").code == 0


def holding(home: Home, words: bytes) -> list[str]:
    """The files of the home in which these words are, as they are or as the log writes values (base64url)."""
    found = []
    for file in (path for path in home.path.rglob("*") if path.is_file()):
        data = file.read_bytes()
        if words in data or any(words in decoded(part) for part in re.findall(rb"[A-Za-z0-9_-]{24,}", data)):
            found.append(file.name)
    return found


def decoded(part: bytes) -> bytes:
    """What a run of base64url letters says, wherever in it a value begins."""
    return b"".join(base64.urlsafe_b64decode(part[n : n + (len(part) - n) // 4 * 4]) for n in range(4))
