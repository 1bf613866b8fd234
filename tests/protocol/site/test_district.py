"""The choices of a district and the words of a school: read with their places, and none decides the path."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.checks.run import check_pack
from kiosk.engine.encounter import begin
from kiosk.protocol.findings.collector import CATALOGUE
from kiosk.protocol.model import Protocol, Text
from kiosk.protocol.pack import read_pack
from kiosk.protocol.parsing.protocol import read_protocol
from kiosk.protocol.site.contacts import ContactsReading, check_contacts, read_contacts
from kiosk.protocol.site.district import District, read_district, rendered
from kiosk.protocol.site.school import MAX_SLOT
from kiosk.protocol.slots import filling, said, slot_words
from tests.homes import CONTACTS, PACK

SLOTS = 'slots: {meeting-room: {ask: {en: "Which room?"}, default: {en: "the office", es: "la oficina"}}}\n'
WITH_SLOT = PACK.replace("fields:\n", SLOTS + "fields:\n").replace("{wait-place}", "{wait-place}, by {meeting-room}")

DISTRICT = """\
kind: settings
format: 1
protocol: small
district: "Sampleton Public Schools"
choices:
  wait-place: inside
"""
SCHOOL = CONTACTS + 'slots:\n  meeting-room: "Room 4"\n'


def a_protocol(text: str = WITH_SLOT) -> Protocol:
    """The small protocol with a slot for a room."""
    reading = read_protocol(text.encode(), "protocol.yaml")
    assert reading.protocol is not None, reading.findings
    return reading.protocol


def school(text: str = SCHOOL) -> ContactsReading:
    """A school's contacts file."""
    return read_contacts(text.encode(), "contacts.yaml")


def found_in_school(text: str) -> list[tuple[str, int]]:
    """Code and line of everything that is wrong with it."""
    reading = school(text)
    return [(f.code, f.line) for f in (*reading.findings, *check_contacts(reading, a_protocol()))]


def test_a_districts_settings_are_read_as_written() -> None:
    """The protocol they are for, whose they are, and what was chosen."""
    district, findings = read_district(DISTRICT.encode(), "settings.yaml", a_protocol())
    assert findings == ()
    assert district == District("small", "Sampleton Public Schools", {"wait-place": "inside"})
    assert district.valid_for(a_protocol()) == {"wait-place": "inside"}


IN_SETTINGS = (
    ("D101", "protocol: small", "protocol: smal", 3),
    ("D102", "wait-place: inside", "wait-plase: inside", 6),
    ("D103", "wait-place: inside", "wait-place: insid", 6),
    ("D108", "choices:\n", "short_days: [{day: 2026-11-25, open: 12:00-08:00}]\nchoices:\n", 5),
    ("P108", "kind: settings", "kind: contacts", 1),
    ("P108", "format: 1", "format: 2", 2),
    ("P101", "district:", "distrikt:", 4),
    ("P103", "wait-place: inside", "wait-place: [inside]", 6),
    ("P103", "choices:\n  wait-place: inside", "choices: inside", 5),
    ("P005", "format: 1", "format: [", 2),
)


@pytest.mark.parametrize(("code", "old", "new", "line"), IN_SETTINGS)
def test_what_the_protocol_does_not_leave_open_is_found_on_its_line(code: str, old: str, new: str, line: int) -> None:
    """And it does not hold: the protocol's default does."""
    assert old in DISTRICT
    district, findings = read_district(DISTRICT.replace(old, new).encode(), "settings.yaml", a_protocol())
    assert (code, line) in [(f.code, f.line) for f in findings]
    if code in {"D101", "D102", "D103"}:
        assert district.valid_for(a_protocol()) == {}
    assert district.short_days == {}


def test_a_finding_names_what_was_probably_meant() -> None:
    """The nearest setting, the nearest choice."""
    for old, new in (("wait-place", "wait-plase"), ("inside", "insid")):
        _, findings = read_district(DISTRICT.replace(old, new).encode(), "settings.yaml", a_protocol())
        assert f"Did you mean “{old}”?" in findings[0].repair


@given(
    name=st.text(st.characters(exclude_categories=["C", "Z"]), max_size=20),
    choices=st.dictionaries(
        st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=8),
        st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=8),
        max_size=4,
    ),
)
def test_whatever_was_chosen_is_read_back(name: str, choices: dict[str, str]) -> None:
    """Also what this protocol does not know: nothing is lost when settings move."""
    before = District("small", name, choices, (date(2026, 11, 26),), {date(2026, 11, 25): "08:00-12:00"})
    assert read_district(rendered(before).encode(), "settings.yaml", a_protocol())[0] == before


@given(data=st.binary(max_size=400))
def test_any_bytes_are_a_finding_or_settings(data: bytes) -> None:
    """Never a traceback, for a district's file and a school's."""
    read_district(data, "settings.yaml", a_protocol())
    check_contacts(read_contacts(data, "contacts.yaml"), a_protocol())


def structure(files: dict[str, bytes]) -> set[tuple[str, str]]:
    """Code and file of what is found in a pack's structure and contacts; the sample promises and translates little."""
    return {(f.code, f.file) for f in check_pack(read_pack(files)) if f.code.startswith(("P", "C", "D"))}


def test_a_schools_words_fill_its_slot() -> None:
    """Else the protocol's own, in the desk's language."""
    protocol, contacts = a_protocol(), school().contacts
    assert contacts is not None
    assert contacts.slots == {"meeting-room": "Room 4"}
    chosen = begin(protocol).situation.settings
    words = filling(protocol, chosen, contacts, "en")
    assert said(Text.of(en="Wait {wait-place}, by {meeting-room}. {office}"), "en", words).words == (
        "Wait outside, by Room 4. 890-555-0242, extension 214"
    )
    bare = school(CONTACTS).contacts
    assert bare is not None
    own = slot_words(protocol, bare)["meeting-room"]
    assert isinstance(own, Text)
    assert own.say("es") == "la oficina"


IN_SCHOOL = (
    ("D104", "meeting-room:", "meeting-rom:"),
    ("D105", "Room 4", "R" * (MAX_SLOT + 1)),
    ("D106", "Room 4", "Room {wait-place}"),
    ("D106", "Room 4", "Room\\n4"),
    ("D107", "slots:\n", "choices: {wait-place: inside}\nslots:\n"),
    ("D107", "slots:\n", "settings: {wait-place: inside}\nslots:\n"),
    ("D107", "slots:\n", "steps: {}\nslots:\n"),
    ("P013", "Room 4", "Room\\u00074"),
    ("P103", '"Room 4"', "[Room 4]"),
    ("P106", "meeting-room:", "Meeting room:"),
)


@pytest.mark.parametrize(("code", "old", "new"), IN_SCHOOL)
def test_what_a_school_may_not_fill_in_is_found_on_its_line(code: str, old: str, new: str) -> None:
    """Words that don't fit, slots that are not there, and whatever would lead the desk another way."""
    assert found_in_school(SCHOOL) == []
    assert old in SCHOOL
    text = SCHOOL.replace(old, new)
    line = text[: text.index(new)].count("\n") + 1
    assert (code, line) in found_in_school(text)


def test_a_slot_is_known_in_braces_and_apart_from_other_names() -> None:
    """A name in braces must mean one thing."""
    assert structure({"protocol.yaml": WITH_SLOT.encode()}) == set()
    typo = WITH_SLOT.replace("by {meeting-room}", "by {meeting-rom}")
    assert structure({"protocol.yaml": typo.encode()}) == {("P206", "protocol.yaml")}
    for taken in ("office", "wait-place"):
        twice = WITH_SLOT.replace("slots: {meeting-room:", f"slots: {{{taken}:")
        assert "P105" in [f.code for f in read_protocol(twice.encode(), "protocol.yaml").findings]


def test_the_contacts_a_pack_is_tried_with_are_checked_with_it() -> None:
    """A pack whose example can't be called is not in order."""
    files = {"protocol.yaml": WITH_SLOT.encode(), "contacts.example.yaml": SCHOOL.encode()}
    assert structure(files) == set()
    files["contacts.example.yaml"] = SCHOOL.replace("office:", "offices:").encode()
    assert structure(files) == {("C101", "contacts.example.yaml"), ("C105", "contacts.example.yaml")}


def test_every_finding_of_a_district_and_a_school_is_shown_here() -> None:
    """And each teaches: why it matters, what it looks like, and the same repaired."""
    codes = {code for code in CATALOGUE if code.startswith("D")}
    assert {case[0] for case in (*IN_SETTINGS, *IN_SCHOOL)} >= codes
    for code in codes:
        assert CATALOGUE[code].why
        assert CATALOGUE[code].bad != CATALOGUE[code].good


@pytest.mark.parametrize(
    ("days", "codes"),
    [
        ("[2026-11-26, 2026-12-25]", []),
        ("[]", []),
        ("2026-11-26", ["P103"]),
        ("[2026-11-26, 2026-11-31]", ["P501"]),
        ("[Thanksgiving]", ["P501"]),
        ("[2026-11-26, 2026-11-26]", ["P105"]),
        ("[[2026-11-26]]", ["P103"]),
        ("[2026-11-26 to 2026-11-30]", ["P501"]),
    ],
)
def test_the_districts_holidays_are_days(days: str, codes: list[str]) -> None:
    """Each has its place when it is none; the others stay."""
    district, findings = read_district(f"{DISTRICT}closed_days: {days}\n".encode(), "settings.yaml", a_protocol())
    assert [f.code for f in findings] == codes
    assert [f.line for f in findings] == [7] * len(codes)
    assert set(district.closed_days) <= {date(2026, 11, 26), date(2026, 12, 25)}
    assert codes or rendered(district).count("2026") == days.count("2026")


@given(st.sets(st.dates(), max_size=30))
def test_holidays_that_are_written_read_back(days: set[date]) -> None:
    """In order."""
    written = rendered(District("small", closed_days=tuple(sorted(days))))
    district, findings = read_district(written.encode(), "settings.yaml", a_protocol())
    assert (district.closed_days, findings) == (tuple(sorted(days - {date.min})), ())
