"""How the contact came and which agency came, by what the protocol says."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.packs.library import Library
from kiosk.protocol.field_type import FieldType
from kiosk.protocol.model import DisclosureClass, Field, Text
from kiosk.protocol.replies import Missing
from kiosk.record.after_action.subject import _is_stated, agency_field, agency_of, agency_words, channel_words
from kiosk.record.encounter_record import fold
from kiosk.record.entry_kinds import EntryKind
from kiosk.settings import Home
from tests.homes import PACK
from tests.record.after_action.told import entry, protocol, usual

AGENCY = Field("a", Text.of(en="Agency"), cls=DisclosureClass.PUBLIC, missing=("refused", "not-asked"))


@pytest.mark.parametrize(
    ("pack", "field"), [("ct-outside-agent", "agency-as-stated"), ("records-request", "sender-as-stated")]
)
def test_each_shipped_protocol_has_one_fact_that_fits(pack: str, field: str) -> None:
    """Exactly one, so its place in the file does not matter."""
    found = Library(Home(Path("/nonexistent"))).find(pack).protocol
    assert found is not None
    assert [one.id for one in found.fields.values() if _is_stated(one)] == [field]


def test_what_is_seen_counted_or_withheld_is_no_agency() -> None:
    """Only a line or a choice of the class public that may be refused or not asked, and not unseen."""
    assert agency_field(protocol()) == protocol().fields["agency-as-stated"]
    assert agency_field(protocol(PACK.replace("type: line, missing", "missing"))) is None  # of the class exempt
    assert not _is_stated(Field("a", AGENCY.label, FieldType.COUNT, AGENCY.cls, (), AGENCY.missing))
    assert not _is_stated(Field("a", AGENCY.label, cls=AGENCY.cls, missing=(*AGENCY.missing, "not-seen")))


def test_the_newest_amendment_of_the_agency_counts() -> None:
    """The record keeps both."""
    body = {"target": {"entry": 3, "event_id": "e3"}, "was.field.agency-as-stated": "An agency"}
    later = entry(9, (999, EntryKind.AMENDMENT_ADDED, None, {**body, "field.agency-as-stated": "Another"}))
    first = usual()
    found = fold([*first.entries, later])
    agency = protocol().fields["agency-as-stated"]
    assert (agency_of(first, agency), agency_of(found, agency)) == ("An agency", "Another")


def test_a_choice_is_said_in_the_protocol_s_words() -> None:
    """And a missing agency in none."""
    choice = Field("a", AGENCY.label, FieldType.CHOICE, choices={"fed": Text.of(en="A federal agency")})
    assert (agency_words(choice, "fed"), agency_words(choice, Missing("refused"))) == ("A federal agency", None)


def test_a_channel_has_the_label_of_its_option() -> None:
    """Or its id, where the protocol does not have it."""
    assert [channel_words(protocol(), "door"), channel_words(protocol(), "fax"), channel_words(None, "door")] == [
        "Door",
        "fax",
        "door",
    ]
