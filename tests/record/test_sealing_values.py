"""Values sealed for the district: unreadable here, provable there, and bound to their place."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pytest

from kiosk.clock import FixedClock
from kiosk.engine.model import Field
from kiosk.errors import Refused
from kiosk.record import happenings as h
from kiosk.record.entries import Entry, SealedEntry, digest, seal, unseal
from kiosk.record.note import BadNote, verifier_key
from kiosk.record.sealing import SealKey, narrative, opened_from, seal_key, sealing_public, with_sealed
from tests.builders import a_protocol, en

PRIVATE: Final = bytes(range(32))
KEY: Final = SealKey("district", sealing_public(PRIVATE))
ID: Final = "00000000-0000-4000-8000-0000000000ff"
WORDS: Final = "She said she would wait in the car."


def a_note() -> SealedEntry:
    """A note in a person's own words, nothing sealed yet."""
    entry = Entry(h.NOTE_ADDED, {"text": WORDS}, "encounter")
    return seal(entry, origin="o", seq=0, event_id=ID, at=FixedClock().now())


def test_a_sealed_note_can_not_be_read_here_and_its_header_stays() -> None:
    """The words are in no byte of it; the entry is the same to every hash."""
    before = a_note()
    after = with_sealed(before, ID, frozenset({"text"}), KEY)
    assert (after.header, after.leaf) == (before.header, before.leaf)
    assert after.disclosures == ()
    assert before.disclosures[0][1] not in after.sealed[0][1]
    kept = unseal(after)
    assert (kept.sealed, kept.withheld, dict(kept.body)) == (("text",), (), {})


def test_the_district_reads_what_was_written_and_can_prove_it() -> None:
    """What opens is the very disclosure that the header commits to."""
    entry = with_sealed(a_note(), ID, frozenset({"text"}), KEY)
    name, sealed = entry.sealed[0]
    commitment = digest(a_note().disclosures[0][1])
    with pytest.raises(Refused, match="not the one that its entry committed to"):
        opened_from(PRIVATE, ID, name, sealed, commitment)  # another salt, so another commitment
    before = a_note()
    entry = with_sealed(before, ID, frozenset({"text"}), KEY)
    opened = opened_from(PRIVATE, ID, name, entry.sealed[0][1], digest(before.disclosures[0][1]))
    assert opened == before.disclosures[0][1]


@pytest.mark.parametrize(
    ("private", "event_id", "name", "bend"),
    [
        (bytes(32), ID, "text", b""),
        (PRIVATE, "another", "text", b""),
        (PRIVATE, ID, "other", b""),
        (PRIVATE, ID, "text", b"\x00"),
    ],
    ids=["another key", "another entry", "another name", "another byte"],
)
def test_it_opens_in_its_own_place_only(private: bytes, event_id: str, name: str, bend: bytes) -> None:
    """Moved, changed, or met with another key, it stays shut and says so."""
    before = a_note()
    entry = with_sealed(before, ID, frozenset({"text"}), KEY)
    with pytest.raises(Refused, match="can't be opened with this key"):
        opened_from(private, event_id, name, entry.sealed[0][1] + bend, digest(before.disclosures[0][1]))


def test_a_sealed_fact_reads_as_missing_and_says_why() -> None:
    """So lists, exports and a resumed encounter know that it was got, and that it can't be read here."""
    entry = Entry(h.ANSWERED, {"visit": 1, "field.told": WORDS}, "encounter", step="identify")
    whole = seal(entry, origin="o", seq=0, event_id=ID, at=FixedClock().now())
    kept = unseal(with_sealed(whole, ID, frozenset({"field.told"}), KEY))
    assert kept.body == {"visit": 1, "field.told": {"missing": "sealed"}}
    assert kept.withheld == ()


def test_narrative_is_notes_and_fields_of_lines_and_what_amends_them() -> None:
    """A badge number is no narrative; nor is why an amendment was made."""
    protocol = a_protocol()
    protocol = replace(protocol, fields={**protocol.fields, "told": Field("told", en("Told"), type="lines")})
    answered = Entry(h.ANSWERED, {"visit": 1, "field.told": WORDS, "field.badge": "12"})
    amended = Entry(h.AMENDED, {"was.field.told": WORDS, "field.told": "No.", "reason": "Wrong", "by": "D. Ruiz"})
    added = Entry(h.AMENDED, {"addition": WORDS, "was.text": WORDS, "text": "No."})
    exported = Entry(h.EXPORTED, {"text": WORDS})
    assert narrative(answered, protocol) == {"field.told"}
    assert narrative(Entry(h.NOTE_ADDED, {"text": WORDS}), protocol) == {"text"}
    assert narrative(amended, protocol) == {"field.told", "was.field.told"}
    assert narrative(added, protocol) == {"addition", "was.text", "text"}
    assert narrative(exported, protocol) == frozenset()


def test_a_sealing_key_is_not_taken_for_a_verifying_one() -> None:
    """Their lines look alike and say what they are for."""
    assert seal_key(str(KEY)) == KEY
    with pytest.raises(BadNote, match="something else"):
        verifier_key(str(KEY))
