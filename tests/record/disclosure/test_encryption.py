"""Values sealed for the district: unreadable here, provable there, and bound to their place."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from typing import Final

import pytest

from kiosk.errors import Refused
from kiosk.protocol.field_type import FieldType
from kiosk.protocol.model import Field, Protocol
from kiosk.record.disclosure.encryption import (
    DistrictKey,
    decrypted,
    district_key,
    district_public,
    encrypted_for,
    encryptor,
    is_narrative,
    narrative,
)
from kiosk.record.entries import Altered, EncodedEntry, Entry, decode, digest, encode
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.transparency.signed_note import BadNote, verifier_key
from kiosk.system.clock import FixedClock
from tests.builders import a_protocol, en

PRIVATE: Final = bytes(range(32))
KEY: Final = DistrictKey("district", district_public(PRIVATE))
ID: Final = "00000000-0000-4000-8000-0000000000ff"
WORDS: Final = "She said she would wait in the car."


def encoded(entry: Entry, protocol: Protocol | None = None) -> EncodedEntry:
    """The entry as a desk that seals its sentences writes it; the salt is always the same."""
    encrypt = encryptor(entry, ID, protocol, KEY)
    return encode(entry, origin="o", seq=0, event_id=ID, at=FixedClock().now(), salt=lambda: bytes(16), encrypt=encrypt)


def a_note() -> EncodedEntry:
    """A note in a person's own words."""
    return encoded(Entry(EntryKind.NOTE_ADDED, {"text": WORDS}, "encounter"))


def commitment(entry: EncodedEntry, name: str = "text") -> str:
    """What the header says of a value."""
    return str(json.loads(entry.header)["sd"][name])


def test_a_sealed_note_can_not_be_read_here() -> None:
    """The words are in no byte of it, and what is missing says that it is kept for others."""
    note = a_note()
    assert note.disclosures == ()
    assert base64.urlsafe_b64encode(WORDS.encode())[:-4] not in note.encrypted[0][1]
    kept = decode(note)
    assert (kept.encrypted, kept.withheld, dict(kept.body)) == (("text",), (), {})


def test_its_closed_bytes_are_committed_to_as_well() -> None:
    """One bit of them turned is found by whoever can't open them; so is another value put in their place."""
    note = a_note()
    ((name, body),) = note.encrypted
    for other in (bytes([body[0] ^ 1]) + body[1:], body[:-1], encrypted_for(KEY, ID, name, b"other")):
        with pytest.raises(Altered, match="encrypted “text” was changed"):
            decode(replace(note, encrypted=((name, other),)))


def test_the_district_reads_what_was_written_and_can_prove_it() -> None:
    """What opens is the very disclosure that the header commits to."""
    note = a_note()
    opened = decrypted(PRIVATE, ID, "text", note.encrypted[0][1], commitment(note))
    assert digest(opened) == commitment(note)
    with pytest.raises(Refused, match="does not match its hash in the entry") as refused:
        decrypted(PRIVATE, ID, "text", note.encrypted[0][1], "of another value")
    assert refused.value.repair


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
    note = a_note()
    with pytest.raises(Refused, match="can't be decrypted with this key") as refused:
        decrypted(private, event_id, name, note.encrypted[0][1] + bend, commitment(note))
    assert refused.value.repair


def test_a_sealed_fact_reads_as_missing_and_says_why() -> None:
    """So lists, exports and a resumed encounter know that it was got, and that it can't be read here."""
    protocol = replace(a_protocol(), fields={"told": Field("told", en("Told"), type=FieldType.LINES)})
    kept = decode(
        encoded(
            Entry(EntryKind.STEP_ANSWERED, {"visit": 1, "field.told": WORDS}, "encounter", step="identify"), protocol
        )
    )
    assert kept.body == {"visit": 1, "field.told": {"missing": "encrypted"}}
    assert kept.withheld == ()


def test_a_fact_of_a_protocol_that_is_not_kept_is_sealed_too() -> None:
    """Where nobody can say whether it is a sentence, it is taken for one."""
    assert decode(
        encoded(Entry(EntryKind.STEP_ANSWERED, {"visit": 1, "field.told": WORDS}, "encounter"))
    ).encrypted == ("field.told",)


def test_narrative_is_notes_and_fields_of_lines_and_what_amends_them() -> None:
    """A badge number is no narrative; nor is why an amendment was made."""
    protocol = a_protocol()
    protocol = replace(protocol, fields={**protocol.fields, "told": Field("told", en("Told"), type=FieldType.LINES)})
    answered = Entry(EntryKind.STEP_ANSWERED, {"visit": 1, "field.told": WORDS, "field.badge": "12"})
    amended = Entry(
        EntryKind.AMENDMENT_ADDED, {"was.field.told": WORDS, "field.told": "No.", "reason": "Wrong", "by": "D. Ruiz"}
    )
    added = Entry(EntryKind.AMENDMENT_ADDED, {"addition": WORDS, "was.text": WORDS, "text": "No."})
    exported = Entry(EntryKind.EXPORT_MADE, {"text": WORDS})
    assert narrative(answered, protocol) == {"field.told"}
    assert narrative(Entry(EntryKind.NOTE_ADDED, {"text": WORDS}), protocol) == {"text"}
    assert narrative(amended, protocol) == {"field.told", "was.field.told"}
    assert narrative(added, protocol) == {"addition", "was.text", "text"}
    assert narrative(exported, protocol) == frozenset()


def test_a_sealing_key_is_not_taken_for_a_verifying_one() -> None:
    """Their lines look alike and say what they are for."""
    assert district_key(str(KEY)) == KEY
    with pytest.raises(BadNote, match="something else"):
        verifier_key(str(KEY))


def test_only_the_sentences_of_an_answer_are_encrypted() -> None:
    """By the protocol of the entry, a badge number stays readable here."""
    protocol = a_protocol()
    protocol = replace(protocol, fields={**protocol.fields, "told": Field("told", en("Told"), type=FieldType.LINES)})
    answered = Entry(EntryKind.STEP_ANSWERED, {"visit": 1, "field.told": WORDS, "field.badge": "12"}, "encounter")
    kept = decode(encoded(answered, protocol))
    assert (kept.encrypted, kept.body["field.badge"], kept.body["visit"]) == (("field.told",), "12", 1)


@pytest.mark.parametrize("kind", EntryKind)
def test_notes_amendments_and_assessments_are_always_narrative(kind: EntryKind) -> None:
    """Other kinds only by the fields of their protocol."""
    always = {EntryKind.NOTE_ADDED, EntryKind.AMENDMENT_ADDED, EntryKind.RECORD_ASSESSED}
    assert is_narrative(Entry(kind)) is (kind in always)


def test_what_is_encrypted_for_a_public_key_its_private_key_decrypts() -> None:
    """Also for a key made just now."""
    private = bytes(range(1, 33))
    key = DistrictKey("district", district_public(private))
    data = encrypted_for(key, ID, "text", b"disclosure")
    assert len(data) == len(b"disclosure") + 48
    assert decrypted(private, ID, "text", data, digest(b"disclosure")) == b"disclosure"
