"""`kiosk log export --withhold`: one value is not in the copy, the copy says why, and it still proves itself."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Final

import pytest

from kiosk.log.log import open_reader
from kiosk.record.entries import decode
from kiosk.record.entry_kinds import EntryKind
from kiosk.reports.package.verify import Package
from kiosk.settings import Home
from tests.bundles import AGENCY, NOTE, a_home_with_records, words_in
from tests.typed import Stage, Typed

pytestmark = pytest.mark.stage(Stage.NEW)

GROUND: Final = "CGS 1-210(b)(2)"
WHO: Final = ("--ground", GROUND, "--by", "Dana Ruiz")
CHOICE: Final = ("--withhold", "2026-0002:agency-as-stated", *WHO)
LISTED: Final = {"no": "2026-0002", "value": "agency-as-stated", "extent": "all", "ground": GROUND, "by": "Dana Ruiz"}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Three records; the second one was amended twice."""
    return a_home_with_records(tmp_path)


@pytest.fixture(autouse=True)
def _amended(typed: Typed) -> None:
    for value in ("Another marked agency", "A third marked agency"):
        amend = ("log", "amend", "2026-0002", "--field", "agency-as-stated", "--value", value)
        assert typed(*amend, "--reason", "Misread", "--by", "Lee Novak").code == 0


def export(typed: Typed, format_: str, *words: str, level: str = "full") -> str:
    """The copy of the second record on stdout."""
    told = typed("log", "export", "--format", format_, "--level", level, "--record", "2026-0002", *words)
    assert told.code == 0, told
    return told.out


@pytest.mark.parametrize("format_", ["jsonl", "csv", "html"])
def test_a_value_is_withheld_in_every_format(typed: Typed, format_: str) -> None:
    """Also as it was before and after each amendment; the ground and the person are there."""
    values = (AGENCY, "Another marked agency", "A third marked agency")
    assert [one for one in values if one not in export(typed, format_)] == []
    told = export(typed, format_, *CHOICE)
    assert [one for one in values if one in told] == []
    for words in (GROUND, "Dana Ruiz"):
        assert words in told


def test_programs_read_the_list_of_what_was_withheld(typed: Typed) -> None:
    """In the line of its record; a record of which nothing was withheld has an empty list."""
    told = typed("log", "export", "--format", "jsonl", "--level", "full", *CHOICE).out
    assert [json.loads(line)["withheld"] for line in told.splitlines()] == [[], [LISTED], []]
    sheet = typed("log", "export", "--format", "csv", "--level", "full", *CHOICE).out
    rows = list(csv.DictReader(sheet.removeprefix("\ufeff").splitlines()))
    assert [row["withheld"] for row in rows] == ["", f"agency-as-stated (all): {GROUND} (Dana Ruiz)", ""]
    assert AGENCY in rows[0]["field.agency-as-stated"]


PART: Final = ("--redact", "2026-0002:agency-as-stated", "MARKED agency", *WHO)


@pytest.mark.parametrize("format_", ["jsonl", "csv", "html"])
def test_a_value_is_redacted_in_part_in_every_format(typed: Typed, format_: str) -> None:
    """The words are gone from each of its values, in any case; the rest is there, with its ground."""
    told = export(typed, format_, *PART, "--redact", "2026-0002:note-1", "somebody")
    assert [words for words in ("marked agency", "somebody") if words in told.lower()] == []
    shown = ("[redacted] as stated", "Another [redacted]", GROUND, "Marked note")
    assert [words for words in shown if words not in told] == []


def test_the_person_sees_what_is_left_of_a_redacted_value(typed: Typed) -> None:
    """Every text of it, because words that were written in another way stay."""
    told = typed("log", "export", "--format", "jsonl", "--level", "full", "--record", "2026-0002", *PART)
    assert told.err.count("[redacted]") == 5
    assert json.loads(told.out)["withheld"] == [{**LISTED, "extent": "part"}]


def test_a_package_with_a_redacted_value_still_verifies(typed: Typed, tmp_path: Path) -> None:
    """Its hash stays, without its disclosure; the rest of its text is there, and is not called proven."""
    there = tmp_path / "copy"
    export(typed, "package", *PART, "-o", str(there))
    key = (there / "key.txt").read_text(encoding="utf-8").strip()
    found = Package(there, [key], []).check()
    assert found.wrong == found.unchecked == []
    assert "marked agency" not in words_in(there).lower()
    lines = map(json.loads, (there / "log-1" / "disclosures.jsonl").read_text(encoding="utf-8").splitlines())
    (recorded, *_) = [one for one in lines if one["name"] == "field.agency-as-stated"]
    assert (recorded["withheld"], recorded["redacted"]) == ("by-decision", "[redacted] as stated")
    assert "disclosure" not in recorded


def test_the_log_does_not_keep_the_redacted_words(typed: Typed, home: Home) -> None:
    """It keeps the decision; the words would outlive the destruction of the record."""
    export(typed, "jsonl", *PART)
    log = open_reader(home, "live")
    try:
        (made,) = [decode(entry).body for entry in log.of_kind(EntryKind.EXPORT_MADE)]
    finally:
        log.close()
    assert made["withheld"] == [{**LISTED, "extent": "part"}]
    assert "marked" not in str(made).lower()


@pytest.mark.parametrize("level", ["public", "counsel", "full"])
def test_a_package_without_the_value_still_verifies(typed: Typed, tmp_path: Path, level: str) -> None:
    """No byte of the value is in it; its list is one of the signed files, and each value has its ground."""
    there = tmp_path / "copy"
    choice = (*CHOICE, "--withhold", "2026-0002:note-1", "--ground", "Medical")
    export(typed, "package", *choice, "-o", str(there), level=level)
    key = (there / "key.txt").read_text(encoding="utf-8").strip()
    found = Package(there, [key], []).check()
    assert found.wrong == found.unchecked == []
    assert [words for words in (AGENCY, "marked agency", NOTE) if words in words_in(there)] == []
    rows = list(csv.DictReader((there / "withheld.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert rows == [LISTED, {**LISTED, "value": "note-1", "ground": "Medical"}]
    assert " withheld.csv\n" in (there / "manifest.note").read_text(encoding="utf-8")
    lines = map(json.loads, (there / "log-1" / "disclosures.jsonl").read_text(encoding="utf-8").splitlines())
    grounds = [one.get("ground") for one in lines if one["name"].endswith("field.agency-as-stated")]
    assert grounds == [GROUND] * 5


def test_a_package_that_withholds_nothing_by_decision_has_no_list(typed: Typed, tmp_path: Path) -> None:
    """So a list is never empty."""
    export(typed, "package", "-o", str(tmp_path / "copy"))
    assert not (tmp_path / "copy" / "withheld.csv").exists()


def test_the_log_has_the_decision(typed: Typed, home: Home) -> None:
    """With its ground and the person, for whoever asks later which copy had what."""
    export(typed, "jsonl", *CHOICE)
    log = open_reader(home, "live")
    try:
        (made,) = [decode(entry).body for entry in log.of_kind(EntryKind.EXPORT_MADE)]
    finally:
        log.close()
    assert made["withheld"] == [LISTED]


@pytest.mark.parametrize(
    "words",
    [
        ("--withhold", "2026-0002:plate", *WHO),
        ("--withhold", "2026-0002:note-2", *WHO),
        ("--withhold", "2026-0001:badge", *WHO),  # not in this copy
        ("--withhold", "2026-0002", *WHO),
        ("--withhold", "2026-0002:", *WHO),
        ("--withhold", "2026-0002:badge", "--by", "Dana Ruiz"),
        ("--withhold", "2026-0002:badge", "--ground", GROUND),
        (*CHOICE, "--ground", "One too many"),
        (*CHOICE, "--withhold", "2026-0002:agency-as-stated"),
        (*CHOICE, "--redact", "2026-0002:agency-as-stated", "marked"),
        ("--redact", "2026-0002:agency-as-stated", "words that are not there", *WHO),
        ("--redact", "2026-0002:agency-as-stated", " ", *WHO),
        ("--redact", "2026-0002:badge", "refused", *WHO),  # a reason, not typed text
        ("--redact", "2026-0002", "marked", *WHO),
        WHO,
    ],
)
def test_a_decision_that_can_not_be_followed_makes_no_copy(typed: Typed, words: tuple[str, ...]) -> None:
    """A value, record, ground or name that is missing; nothing leaves without what was to be withheld."""
    typed.refused(2, "log", "export", "--format", "jsonl", "--level", "full", "--record", "2026-0002", *words)
    assert typed("log", "audit").out.count("Exported") == 0


def test_statistics_have_nothing_to_withhold(typed: Typed) -> None:
    """They have no value of any record."""
    typed.refused(2, "log", "export", "--format", "jsonl", "--level", "statistics", *CHOICE)


@pytest.mark.parametrize(
    "words", [("--for", "SSN 123-45-6789"), (*CHOICE[:2], "--ground", "SSN 123-45-6789", "--by", "D. Ruiz")]
)
def test_words_for_the_log_go_through_the_guard(typed: Typed, words: tuple[str, ...]) -> None:
    """The recipient and the ground are kept, so neither may be private."""
    told = typed("log", "export", "--format", "jsonl", "--level", "full", *words)
    assert (told.code, told.out) == (2, "")
