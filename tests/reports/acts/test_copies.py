"""The copies given for a request: what each withheld when it was made, and nothing that it left out completely."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from kiosk.record.disclosure.levels import LEVELS
from kiosk.record.entry_kinds import EntryKind
from kiosk.settings import Home
from kiosk.system.clock import SystemClock
from tests.homes import encounter
from tests.keeping import said
from tests.typed import Typed

BY = ("--by", "Dana Ruiz")
WHO = ("--requester", "Robin Example", "--how", "letter", "--asked", "All", "--days", "30", *BY)


@pytest.fixture
def record(typed: Typed, home: Home) -> str:
    """A record on legal hold, with a note and an amendment."""
    no = encounter(home, note="Two cars", session=True)
    assert typed("log", "hold", "place", no, "--reason", "A suit", *BY).code == 0
    amend = ("log", "amend", no, "--field", "badge", "--value", "4711", "--reason", "Seen later", *BY)
    assert typed(*amend).code == 0
    return no


def given(typed: Typed, home: Home, *export: str) -> str:
    """The number of a request for which a copy was given."""
    no = str(typed("request", "new", *WHO).out.split()[0])
    assert typed("log", "export", "--format", "jsonl", *export).code == 0
    entry = str(said(home, EntryKind.EXPORT_MADE)[-1].seq)
    assert typed("request", "give", no, "--export", entry, *BY).code == 0
    return no


def withheld(typed: Typed, no: str) -> Mapping[str, list[str]]:
    """The values that its only copy withholds, with their records."""
    (copy,) = typed("request", "show", no, "--json").json["copies"]
    return {one["value"]: one["records"] for one in copy["withheld"]}


def test_a_public_copy_lists_facts_notes_and_names_but_no_hold(typed: Typed, home: Home, record: str) -> None:
    """As the copy marks them; that there is a hold says too much."""
    found = withheld(typed, given(typed, home, "--level", "public"))
    assert {"badge", "agency-as-stated", "note-1", "Amended: reason", "Amended: by"} <= found.keys()
    assert {tuple(numbers) for numbers in found.values()} == {(record,)}
    assert not [value for value in found if "hold" in value.lower()]
    assert not [value for value in found if value.startswith("meaning")]


def test_the_letter_names_withheld_values_in_words(typed: Typed, home: Home, record: str) -> None:
    """The labels of facts, and words for the rest: its reader never saw an id."""
    no = given(typed, home, "--level", "public", "--withhold", f"{record}:badge", "--ground", "A law", *BY)
    letter = typed("report", "request", no).out
    assert [words for words in ("Agency", "Badge", "Note 1", "the name of the desk") if words not in letter] == []
    assert [found for found in ("agency-as-stated", "names_child", "note-1") if found in letter] == []


def test_a_full_copy_withholds_nothing_but_by_decision(typed: Typed, home: Home, record: str) -> None:
    """And the letter says so."""
    no = given(typed, home, "--level", "full")
    assert withheld(typed, no) == {}
    assert "withheld because of its class" in typed("report", "request", no).out
    decided = ("--withhold", f"{record}:note-1", "--ground", "A law", *BY)
    assert withheld(typed, given(typed, home, "--level", "full", *decided)) == {"note-1": [record]}


def test_a_part_of_a_value_is_marked(typed: Typed, home: Home, record: str) -> None:
    """The words are nowhere."""
    no = given(typed, home, "--level", "full", "--redact", f"{record}:note-1", "cars", "--ground", "A law", *BY)
    letter = typed("report", "request", no).out
    assert "Note 1  in part" in letter
    assert "cars" not in letter


def test_statistics_have_no_list_of_values(typed: Typed, home: Home, record: str) -> None:
    """No record is in them."""
    assert record
    no = given(typed, home, "--level", "statistics")
    assert withheld(typed, no) == {}
    assert "counts by month" in typed("report", "request", no).out


def test_what_came_after_the_copy_is_not_in_its_list(typed: Typed, home: Home, record: str) -> None:
    """Neither a later record nor a later amendment; a destroyed value was in the copy or withheld by then."""
    no = given(typed, home, "--level", "public")
    before = withheld(typed, no)
    other = encounter(home, note="A later note")
    assert typed("log", "amend", record, "--add", "Three cars", "--reason", "Seen", *BY).code == 0
    assert withheld(typed, no) == before
    assert withheld(typed, given(typed, home, "--level", "public"))["note-1"] == [record, other]


def test_days_and_numbers_select_as_the_export_did(typed: Typed, home: Home, record: str) -> None:
    """By number; by the day of the opening."""
    other = encounter(home, clock=SystemClock())
    day = str(SystemClock().now().local().date())
    assert withheld(typed, given(typed, home, "--level", "public", "--from", day, "--to", day))["badge"] == [other]
    assert withheld(typed, given(typed, home, "--level", "public", "--record", record))["badge"] == [record]


def test_every_level_that_is_known_can_be_listed() -> None:
    """So a new level is thought of here."""
    assert list(LEVELS) == ["full", "counsel", "public", "statistics"]


def test_the_letter_is_never_written_over_a_file(typed: Typed, home: Home, record: str, tmp_path: Path) -> None:
    """As every file of the kiosk."""
    assert record
    no = given(typed, home, "--level", "public")
    (tmp_path / "letter").write_text("mine")
    typed.refused(2, "report", "request", no, "-o", str(tmp_path / "letter"))
