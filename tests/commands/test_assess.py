"""`kiosk assess`: a decision of an administrator or counsel, with a note that can be privileged."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Final

import pytest

from kiosk.app.review import LogReview
from kiosk.errors import Exit
from kiosk.record.entry_kinds import EntryKind
from kiosk.settings import Home
from kiosk.system.clock import SystemClock
from tests.homes import encounter
from tests.keeping import said
from tests.running import running_kiosk
from tests.typed import Typed

NOTE: Final = "A fictional strategy"
ADMIN: Final = ("--role", "administrator", "--by", "Dana Ruiz")
COUNSEL: Final = ("--role", "counsel", "--by", "C. Counsel")


@pytest.fixture
def no(typed: Typed, home: Home) -> str:
    """A closed record with a privileged note of counsel and a decision of an administrator."""
    number = encounter(home, session=True)
    told = typed("assess", number, *COUNSEL, "--note", NOTE, "--privileged", "yes")
    assert told.code == Exit.DONE, told
    decided = ("--decision", "follow-up", "--note", "Call the family")
    assert typed("assess", number, *ADMIN, *decided).code == Exit.DONE
    return number


def test_it_is_shown_where_it_may_be(typed: Typed, home: Home, no: str) -> None:
    """In the record and its state; the privileged note only on request, never on a screen or in a search."""
    for words in (("log", "show", no), ("log", "show", no, "--json"), ("log", "audit"), ("log", "audit", "--json")):
        told = typed(*words).out
        assert ("Call the family" in told, NOTE in told) == (True, False)
    assert NOTE in typed("log", "show", no, "--privileged").out
    assert "closed, assessed" in typed("log", "list").out
    assert typed("log", "list", "--search", "strategy").out == ""
    screen = " ".join(LogReview(home, "live", SystemClock()).record(no).lines)
    assert ("Call the family" in screen, NOTE in screen) == (True, False)
    assert typed("log", "verify").code == Exit.DONE


@pytest.mark.parametrize("format_", ["jsonl", "csv", "html", "package"])
def test_each_level_shows_its_part(typed: Typed, tmp_path: Path, no: str, format_: str) -> None:
    """Public: not even that there is one. Counsel: without the privileged note. Full: all, with a warning."""
    seen = {}
    for level in ("public", "counsel", "full"):
        out = tmp_path / level
        told = typed("log", "export", "--format", format_, "--level", level, "--record", no, "-o", str(out))
        assert told.code == Exit.DONE
        files = [path for path in out.rglob("*") if path.is_file()] if out.is_dir() else [out]
        copy = "".join(path.read_text(encoding="utf-8", errors="replace") for path in files)
        seen[level] = (
            "record.assessed" in copy or "Assessed" in copy,
            "Call the family" in copy,
            NOTE in copy,
            "privilege" in told.err,
        )
    assert seen["counsel"] == (True, True, False, False)
    assert seen["full"] == (True, True, True, True)
    assert seen["public"] == (False, False, False, False)


def test_lines_and_sheets_have_the_same_parts(typed: Typed, no: str) -> None:
    """Role, person, decision, note."""
    line = json.loads(typed("log", "export", "--format", "jsonl", "--level", "counsel", "--record", no).out)
    counsel, admin = line["assessments"]
    assert (counsel["role"], counsel["privileged"], counsel["note"]) == ("counsel", True, {"missing": "withheld"})
    assert (admin["decision"], admin["note"]) == ("follow-up", "Call the family")
    sheet = typed("log", "export", "--format", "csv", "--level", "counsel", "--record", no).out.lstrip("\ufeff")
    (row,) = csv.DictReader(io.StringIO(sheet))
    assert "Dana Ruiz, administrator: more is to be done, note: Call the family" in row["assessments"]


def test_a_workbook_has_a_sheet_of_them(typed: Typed, tmp_path: Path, no: str) -> None:
    """With the same parts, and the privileged note in no cell."""
    out = tmp_path / "book.zip"
    export = ("log", "export", "--format", "csv-zip", "--level", "counsel", "--record", no, "-o", str(out))
    assert typed(*export).code == Exit.DONE
    with zipfile.ZipFile(out) as book:
        sheets = {name: book.read(name).decode("utf-8-sig") for name in book.namelist()}
    (name,) = (name for name in sheets if "assess" in name.lower())
    counsel, admin = csv.DictReader(io.StringIO(sheets[name]))
    assert (counsel["Privileged"], admin["Decision"], admin["Note"]) == ("yes", "follow-up", "Call the family")
    assert not [name for name, sheet in sheets.items() if NOTE in sheet]


def test_the_report_of_a_record_has_it_too(typed: Typed, no: str) -> None:
    """At its entry."""
    for level, shown in (("counsel", False), ("full", True)):
        told = typed("report", "encounter", no, "--level", level)
        assert ("Call the family" in told.out, NOTE in told.out) == (True, shown)


WRONG: Final[tuple[tuple[tuple[str, ...], Exit], ...]] = (
    ((*COUNSEL, "--note", "Words"), Exit.USAGE),
    ((*COUNSEL, "--decision", "complete", "--privileged", "yes"), Exit.REFUSED),
    (ADMIN, Exit.REFUSED),
    ((*ADMIN, "--decision", "not-followed"), Exit.REFUSED),
    ((*ADMIN, "--decision", "granted"), Exit.USAGE),
    (("--role", "janitor", "--note", "Words", "--by", "Dana Ruiz"), Exit.USAGE),
    ((*ADMIN, "--note", "SSN 123-45-6789"), Exit.USAGE),
    ((*ADMIN, "--note", "\x1b[2J"), Exit.USAGE),
    ((*ADMIN, "--note", "x" * 5000), Exit.USAGE),
    ((*ADMIN[:2], "--note", "Words", "--by", "A\u202eB"), Exit.USAGE),
    ((*ADMIN[:2], "--note", "Words"), Exit.USAGE),
)
"""Options that make no assessment, with the exit code."""


def test_what_makes_no_assessment_is_refused(typed: Typed, home: Home) -> None:
    """Nothing is entered; nor about a record that is open or not there."""
    closed, unfinished = encounter(home), encounter(home, close=False)
    for words, code in WRONG:
        typed.refused(code, "assess", closed, *words)
    typed.refused(Exit.REFUSED, "assess", unfinished, *ADMIN, "--note", "Words")
    typed.refused(Exit.USAGE, "assess", "2026-0099", *ADMIN, "--note", "Words")
    assert said(home, EntryKind.RECORD_ASSESSED) == []


def test_the_kiosk_that_is_open_enters_it_too(typed: Typed, home: Home) -> None:
    """Markup stays words."""
    number = encounter(home)
    with running_kiosk(home):
        assert typed("assess", number, *ADMIN, "--note", "<b>=1+1</b>").code == Exit.DONE
    page = typed("log", "export", "--format", "html", "--level", "full", "--record", number).out
    assert ("&lt;b&gt;=1+1" in page, "<b>=1" in page) == (True, False)
