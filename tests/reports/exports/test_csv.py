"""A sheet opens in a spreadsheet with the same columns each time, and nothing in it is obeyed."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from kiosk.record.encounter_record import AtDesk
from kiosk.reports.exports.csv import columns, sheet
from kiosk.reports.formatting import cell
from kiosk.worded import many
from tests.reports.records import EASTERN, HOSTILE, a_label, a_record, an_amended_record

FIELDS = ("agency-as-stated", "agents", "badge", "never-asked")


def rows(text: str) -> list[list[str]]:
    """The sheet, read as RFC 4180 says."""
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))


def test_a_sheet_has_one_row_for_each_encounter() -> None:
    """A head, then the encounters, each with every column."""
    record = replace(a_record(), staff=(AtDesk(a_record().opened_at, "AB"),))
    head, first, second = rows("".join(sheet([record, record], a_label(), FIELDS, EASTERN)))
    assert tuple(head) == columns(FIELDS)
    assert first == second
    told = dict(zip(head, first, strict=True))
    assert told["opened_at"] == "2026-09-14T10:42:00-04:00"
    assert [told[f"field.{name}"] for name in FIELDS] == ["An agency", "2", "(refused)", ""]
    assert told["calls"] == "2026-09-14T10:42:05-04:00 office (An agency): reached"
    assert told["path"] == "2026-09-14T10:42:01-04:00 channel (corrected): door"
    assert told["staff"] == "2026-09-14T10:42:00-04:00 AB"


def test_a_sheet_begins_with_the_mark_and_ends_lines_as_spreadsheets_want() -> None:
    """UTF-8 with BOM, CRLF, even when there is nothing to tell."""
    text = "".join(sheet([], a_label(), FIELDS, EASTERN))
    assert text.startswith('\ufeff"no","school"')
    assert text.endswith('"level","period","withheld"\r\n')
    assert text.count("\n") == 1


@pytest.mark.parametrize(
    "words",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\x00=1", "＝1", "＋1", "－1", "＠x", "  =1", "\u2003=1"],
)
def test_no_cell_begins_a_formula(words: str) -> None:
    """Whatever a spreadsheet would take for a formula begins with an apostrophe."""
    assert cell(words).startswith("'")


@pytest.mark.parametrize("words", ["An agency", "860-555-0100", "a=b", "'quoted'", "2"])
def test_ordinary_cells_stay_as_they_are(words: str) -> None:
    """Nothing is added where nothing could be obeyed."""
    assert cell(words) == words


def test_a_badge_stays_a_badge() -> None:
    """A spreadsheet would make 23 of it; a number of agents is a number."""
    record = replace(a_record(), fields={"badge": "0023", "agents": 2})
    head, row = rows("".join(sheet([record], a_label(), FIELDS, EASTERN)))
    told = dict(zip(head, row, strict=True))
    assert (told["field.badge"], told["field.agents"]) == ("'0023", "2")


def test_hostile_words_stay_in_their_cell() -> None:
    """No control or bidi character is left, and quotes, separators and line ends break nothing out."""
    text = "".join(sheet([a_record(HOSTILE + ';=cmd|x\r\n,"'), a_record("=1+1")], a_label(), FIELDS, EASTERN))
    assert text.removeprefix("\ufeff").replace("\r\n", "").isprintable()
    head, first, second = rows(text)
    assert len(first) == len(head)
    assert '"quote"' in first[head.index("field.agency-as-stated")]
    assert second[head.index("school")] == "'=1+1"


def test_an_amended_value_stands_behind_the_recorded_one() -> None:
    """In its own cell, oldest first; the amendments have a cell that says who, why and how late."""
    head, row = rows("".join(sheet([an_amended_record()], a_label(), (*FIELDS, "plate"), EASTERN)))
    told = dict(zip(head, row, strict=True))
    assert told["field.agency-as-stated"] == "An agency [amended: B] [amended: (not-seen)]"
    assert (told["field.plate"], told["field.badge"]) == ("[amended: CT 12]", "(refused)")
    assert told["notes"].endswith(" An agency [amended: More cars]")
    assert told["calls"].endswith(": reached [amended: nobody]")
    assert " channel (corrected) (amended): door" in told["path"]
    assert told["amendments"].split("; ")[-1] == (
        "2026-09-14T10:43:30-04:00 addition: A third agent (1 minute after it was closed, by Dana Ruiz: Misread)"
    )


def test_a_formula_in_an_amendment_stays_text() -> None:
    """Nothing is obeyed, in no cell."""
    record = an_amended_record("=1+1" + HOSTILE)
    text = "".join(sheet([record, replace(record, fields={})], a_label(), (*FIELDS, "plate"), EASTERN))
    assert text.removeprefix("\ufeff").replace("\r\n", "").isprintable()
    assert [cell for row in rows(text) for cell in row if cell[:1] in "=+-@" and cell] == []


def test_one_of_a_thing_is_not_told_as_several() -> None:
    """With an s, or with a word of its own."""
    assert [many(n, "note") for n in (0, 1, 2)] == ["0 notes", "1 note", "2 notes"]
    assert [many(n, "entry", "entries") for n in (1, 2)] == ["1 entry", "2 entries"]
