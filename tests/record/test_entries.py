"""An entry's bytes: what is sealed can be read back, whole; whatever is changed is noticed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.record.canonical import Json
from kiosk.record.entries import (
    Actor,
    Altered,
    EncodedEntry,
    Entry,
    NewEntry,
    decode,
    decoded_or_none,
    digest,
    digests,
    encode,
    leaf_hash,
    random_salt,
    value_in,
)
from kiosk.record.entry_kinds import EntryKind
from kiosk.system.clock import Instant

AT = Instant(1_789_396_920_000_000, "boot-1", 1_000_000_000)
SAID = "Homeland Security"

ids = st.none() | st.text("abc-019", min_size=1, max_size=6)
plain = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=8)
values: st.SearchStrategy[Any] = plain | st.lists(plain, max_size=3) | st.dictionaries(st.sampled_from("abc"), plain)
bodies = st.dictionaries(st.sampled_from(("a", "field.badge", "field.phone", "visit", "-")), values, max_size=4)
entries = st.builds(
    Entry, st.sampled_from((EntryKind.STEP_ANSWERED, EntryKind.NOTE_ADDED)), bodies, ids, ids, st.just("desk"), ids
)


def encoded(entry: Entry, seq: int = 7) -> EncodedEntry:
    """The entry, sealed at a fixed time."""
    return encode(entry, origin="kiosk-test", seq=seq, event_id="id-1", at=AT)


def an_entry() -> EncodedEntry:
    """A sealed entry with two values."""
    body: dict[str, Json] = {"field.agency-as-stated": SAID, "visit": 4321}
    return encoded(Entry(EntryKind.STEP_ANSWERED, body, "encounter-1", "identify", pack="5e5e"))


@given(entries, st.integers(0, 2**40))
@settings(deadline=None)  # two shared cores can be slow
def test_what_is_sealed_reads_back(entry: Entry, seq: int) -> None:
    """Every value, id and time, by any body."""
    kept = decode(encoded(entry, seq))
    assert (kept.kind, dict(kept.body), kept.seq) == (entry.kind, dict(entry.body), seq)
    assert (kept.encounter_id, kept.step, kept.actor, kept.pack) == (entry.encounter_id, entry.step, "desk", entry.pack)
    assert (kept.event_id, kept.at, kept.withheld) == ("id-1", AT, ())


@given(entries, st.integers(0, 2**40), st.booleans())
@settings(deadline=None)  # two shared cores can be slow
def test_a_new_entry_carries_what_its_bytes_say(entry: Entry, seq: int, shut: bool) -> None:
    """So that nobody decodes what was just encoded; also of a value that only the district can read."""
    new = encode(entry, origin="o", seq=seq, event_id="id-1", at=AT, encrypt=lambda _, d: d[::-1] if shut else None)
    assert new.kept == decode(new)
    assert new.kind is entry.kind


def test_an_entry_of_a_kind_of_tomorrow_reads_as_its_bytes_say() -> None:
    """Its id is known, and nothing of it is lost."""
    whole = an_entry()
    header = whole.header.replace('"step.answered"', '"step.of-tomorrow"')
    kept = decode(replace(whole, header=header, leaf=leaf_hash(header)))
    assert (kept.kind, kept.kind.words, kept.seq) == ("step.of-tomorrow", "step.of-tomorrow", 7)


def test_the_header_holds_no_value_of_the_body() -> None:
    """The header is permanent and may be shown to anybody; values can be destroyed."""
    header = an_entry().header
    assert SAID not in header
    assert "4321" not in header
    assert json.loads(header)["sd"].keys() == {"field.agency-as-stated", "visit"}


def test_the_same_value_is_committed_differently_every_time() -> None:
    """Else a short value could be guessed from its commitment."""
    assert an_entry().header != an_entry().header
    assert len({random_salt() for _ in range(50)}) == 50
    assert len(random_salt()) == 16


def test_a_machine_that_ran_for_years_can_still_encode() -> None:
    """Nanoseconds since its start outgrow JSON's safe numbers after 104 days."""
    late = replace(AT, boot_ns=2**62)
    assert decode(encode(Entry(EntryKind.NOTE_ADDED), origin="o", seq=0, event_id="e", at=late)).at == late


def test_the_leaf_and_the_commitments_are_the_ones_of_the_standards() -> None:
    """RFC 6962 leaf and RFC 9901 disclosure, computed here by hand."""
    fixed = encode(
        Entry(EntryKind.NOTE_ADDED, {"a": 1}), origin="o", seq=0, event_id="e", at=AT, salt=lambda: b"\x00" * 16
    )
    ((name, disclosure),) = fixed.disclosures
    assert (name, disclosure) == ("a", b"WyJBQUFBQUFBQUFBQUFBQUFBQUFBQUFBIiwiYSIsMV0")
    assert json.loads(fixed.header)["sd"]["a"] == digest(disclosure)
    assert fixed.leaf == hashlib.sha256(b"\x00" + fixed.header.encode()).digest()


@given(st.lists(st.binary()))
def test_the_hashes_of_many_disclosures_are_those_of_each(disclosures: list[bytes]) -> None:
    """Encoded together, each has the same characters as alone."""
    assert digests(disclosures) == [digest(one).encode() for one in disclosures]


def test_a_withheld_value_is_named_and_the_rest_still_adds_up() -> None:
    """Letting a value go touches no byte that was hashed."""
    whole = an_entry()
    kept = decode(replace(whole, disclosures=tuple(d for d in whole.disclosures if d[0] == "visit")))
    assert (dict(kept.body), kept.withheld) == ({"visit": 4321}, ("field.agency-as-stated",))


@pytest.mark.parametrize("bit", [0x01, 0x20, 0x80])
def test_one_changed_byte_anywhere_in_the_header_is_noticed(bit: int) -> None:
    """Byte by byte; bytes that are no longer text could not even be stored, so they count as noticed."""
    whole = an_entry()
    raw = whole.header.encode("utf-8")
    for n in range(len(raw)):
        changed = raw[:n] + bytes([raw[n] ^ bit]) + raw[n + 1 :]
        with pytest.raises(Altered, match="Entry 7"):
            decode(replace(whole, header=changed.decode("utf-8", "surrogateescape")))


@pytest.mark.parametrize("bit", [0x01, 0x20, 0x80])
def test_one_changed_byte_anywhere_in_a_disclosure_is_noticed(bit: int) -> None:
    """Byte by byte, in every disclosure."""
    whole = an_entry()
    for which, (name, raw) in enumerate(whole.disclosures):
        for n in range(len(raw)):
            changed = list(whole.disclosures)
            changed[which] = (name, raw[:n] + bytes([raw[n] ^ bit]) + raw[n + 1 :])
            with pytest.raises(Altered, match="Entry 7"):
                decode(replace(whole, disclosures=tuple(changed)))


def test_swapped_renamed_and_added_values_are_noticed() -> None:
    """A disclosure counts only under its own name, in its own entry."""
    whole, other = an_entry(), an_entry()
    (first, a), (second, b) = whole.disclosures
    for wrong in (((first, b), (second, a)), ((first, a), ("other", b)), other.disclosures, ((first, a + b),)):
        with pytest.raises(Altered):
            decode(replace(whole, disclosures=wrong))


def test_an_entry_in_another_place_is_noticed() -> None:
    """Its own number is in the header."""
    with pytest.raises(Altered, match="Entry 8"):
        decode(replace(an_entry(), seq=8))


def test_a_header_made_anew_that_is_no_entry_is_told_calmly() -> None:
    """Somebody who also made the hash again gets an error, not a crash; the tree above catches the rest."""
    for header in ("", "[]", "null", '{"sd":[]}', '{"sd":{}}', "{", '"\ud800"'):
        with pytest.raises(Altered):
            decode(EncodedEntry(7, header, hashlib.sha256(b"\x00" + header.encode("utf-8", "replace")).digest(), ()))


@pytest.mark.parametrize("wall_us", [9 * 10**18, -9 * 10**18, 10**30, 1.5, "1", True])
def test_a_time_that_no_calendar_holds_is_told_calmly(wall_us: object) -> None:
    """Its hash may be computed again; what is told of the entry needs its day."""
    whole = an_entry()
    header = json.dumps(json.loads(whole.header) | {"wall_us": wall_us})
    with pytest.raises(Altered, match="its time is not valid"):
        decode(replace(whole, header=header, leaf=leaf_hash(header)))


@pytest.mark.parametrize("year", [1700, 1969, 2250])
def test_a_clock_that_is_far_off_still_makes_entries(year: int) -> None:
    """A wrong clock is told elsewhere; the entry is as it was sealed, and has a day."""
    at = replace(AT, wall_us=int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) * 1_000_000)
    kept = decode(encode(Entry(EntryKind.NOTE_ADDED), origin="o", seq=0, event_id="e", at=at))
    assert kept.at.local(UTC).year == year


def test_the_error_repeats_nothing_of_what_was_kept() -> None:
    """It may be shown at the desk."""
    whole = an_entry()
    with pytest.raises(Altered) as told:
        decode(replace(whole, leaf=leaf_hash("other")))
    assert SAID not in str(told.value)
    assert told.value.repair


def test_what_json_cannot_hold_safely_is_refused_before_sealing() -> None:
    """A float has no place in an entry."""
    with pytest.raises(ValueError, match="float"):
        encoded(Entry(EntryKind.NOTE_ADDED, {"a": 0.5}))  # type: ignore[dict-item]  # that is the point


def shut(entry: Entry, *names: str) -> NewEntry:
    """The entry, with these values encrypted, as far as a test must know: turned round."""
    return encode(
        entry, origin="kiosk-test", seq=7, event_id="id-1", at=AT, encrypt=lambda n, d: d[::-1] if n in names else None
    )


def test_the_header_has_every_part_under_its_name() -> None:
    """Programs of years to come read it."""
    entry = Entry(EntryKind.STEP_ANSWERED, {"visit": 1}, "encounter-1", "identify", Actor.DESK, "5e5e")
    whole = encoded(entry)
    assert json.loads(whole.header) == {
        "v": 1,
        "origin": "kiosk-test",
        "seq": 7,
        "event_id": "id-1",
        "encounter_id": "encounter-1",
        "kind": "step.answered",
        "wall_us": AT.wall_us,
        "boot_id": "boot-1",
        "boot_ns": "1000000000",
        "actor": "desk",
        "pack": "5e5e",
        "step_id": "identify",
        "sd": {"visit": digest(whole.disclosures[0][1])},
    }


def test_a_value_for_the_district_is_only_in_its_encrypted_bytes() -> None:
    """The header has the hash of the value and the hash of the bytes; a fact among them is missing, a note is not."""
    whole = shut(Entry(EntryKind.STEP_ANSWERED, {"field.badge": "12", "text": SAID, "visit": 1}), "field.badge", "text")
    assert [name for name, _ in whole.disclosures] == ["visit"]
    assert [name for name, _ in whole.encrypted] == ["field.badge", "text"]
    header = json.loads(whole.header)
    assert header["sd"] == {name: digest(d[::-1]) for name, d in whole.encrypted} | {
        "visit": digest(whole.disclosures[0][1])
    }
    assert header["sd_encrypted"] == {name: digest(data) for name, data in whole.encrypted}
    kept = decode(whole)
    assert kept == whole.kept
    assert kept.body == {"visit": 1, "field.badge": {"missing": "encrypted"}}
    assert (kept.encrypted, kept.withheld) == (("field.badge", "text"), ())


def test_a_withheld_value_for_the_district_is_named() -> None:
    """Once its encrypted bytes are gone, it is as any other value that is not kept."""
    whole = shut(Entry(EntryKind.NOTE_ADDED, {"text": SAID, "about": 1}), "text")
    kept = decode(replace(whole, encrypted=(), disclosures=()))
    assert (kept.body, kept.encrypted, kept.withheld) == ({}, (), ("about", "text"))


def test_changed_encrypted_bytes_are_noticed_without_the_key() -> None:
    """Changed, moved to another name, or added to an entry that never had any."""
    whole = shut(Entry(EntryKind.NOTE_ADDED, {"text": SAID, "about": 1}), "text")
    ((name, data),) = whole.encrypted
    for wrong in ((name, data + b"x"), (name, b""), ("about", data), ("other", data)):
        with pytest.raises(Altered, match="Entry 7"):
            decode(replace(whole, encrypted=(wrong,)))
    with pytest.raises(Altered, match="Entry 7"):
        decode(replace(an_entry(), encrypted=(("visit", data),)))


def test_a_value_under_another_name_is_noticed_even_with_its_hash() -> None:
    """Its name is in the disclosure too, so a header that was made to fit does not help."""
    whole = encoded(Entry(EntryKind.NOTE_ADDED, {"text": SAID}))
    header = whole.header.replace('"text"', '"name"')
    with pytest.raises(Altered, match="Entry 7"):
        decode(replace(whole, header=header, leaf=leaf_hash(header), disclosures=(("name", whole.disclosures[0][1]),)))


@pytest.mark.parametrize("wall_us", [2**53 - 1, -(2**53) + 1])
def test_the_largest_time_that_json_holds_is_read(wall_us: int) -> None:
    """In the years 1684 and 2255; a microsecond more is refused."""
    entry = Entry(EntryKind.NOTE_ADDED)
    whole = encode(entry, origin="o", seq=7, event_id="e", at=replace(AT, wall_us=wall_us))
    assert decode(whole).at.wall_us == wall_us
    header = whole.header.replace(str(abs(wall_us)), str(abs(wall_us) + 1))
    with pytest.raises(Altered, match="Entry 7"):
        decode(replace(whole, header=header, leaf=leaf_hash(header)))


@given(plain)
def test_the_value_of_a_disclosure_is_read_without_its_hash(value: Any) -> None:
    """Whatever its length and its bytes are."""
    for name in ("a", "ab", "abc"):
        ((_, disclosure),) = encoded(Entry(EntryKind.NOTE_ADDED, {name: value})).disclosures
        assert value_in(disclosure) == value
    with pytest.raises(ValueError, match=r".+"):
        value_in(disclosure[:-4])


def test_a_disclosure_is_safe_in_an_address() -> None:
    """It has the two characters of base64url, and no others than letters and digits."""
    ((_, disclosure),) = encoded(Entry(EntryKind.NOTE_ADDED, {"a": "???>>>~~~ÿÿÿþþþ"})).disclosures
    assert {b"-", b"_"} & {disclosure[n : n + 1] for n in range(len(disclosure))}
    assert disclosure.replace(b"-", b"").replace(b"_", b"").isalnum()
    assert value_in(disclosure) == "???>>>~~~ÿÿÿþþþ"


def test_an_altered_entry_is_none_where_the_desk_must_open() -> None:
    """Every other one is read."""
    whole = an_entry()
    assert decoded_or_none(whole) == decode(whole)
    assert decoded_or_none(replace(whole, seq=8)) is None
