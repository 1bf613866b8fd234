"""`kiosk report encounter`: a file of each format, its entry in the log, and what is refused."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from kiosk.settings import Home
from tests.commands.log.test_export import exports
from tests.homes import encounter, tamper
from tests.typed import Typed


@pytest.mark.parametrize(
    ("name", "start"), [("r.pdf", b"%PDF-"), ("r.html", b"<!DOCTYPE html>"), ("r.txt", b"Record 2026")]
)
def test_the_name_of_the_file_says_the_format(
    typed: Typed, home: Home, tmp_path: Path, name: str, start: bytes
) -> None:
    """The log has the file's SHA-256, level, recipient and record."""
    no, file = encounter(home), tmp_path / name
    told = typed("report", "encounter", no, "--level", "counsel", "--for", "R. Example", "-o", str(file))
    assert (told.code, told.out) == (0, "")
    assert file.read_bytes().startswith(start)
    (made,) = exports(home)
    assert (made["level"], made["records"], made["for"], made["count"]) == ("counsel", [no], "R. Example", 1)
    assert made["sha256"] == sha256(file.read_bytes()).hexdigest()
    assert str(made["format"]).startswith("encounter-report.")


def test_nothing_is_overwritten(typed: Typed, home: Home, tmp_path: Path) -> None:
    """And no entry says that something was exported."""
    no, file = encounter(home), tmp_path / "r.txt"
    file.write_text("mine", "utf-8")
    typed.refused(2, "report", "encounter", no, "--level", "full", "-o", str(file))
    assert (file.read_text("utf-8"), exports(home)) == ("mine", [])


def test_a_flagged_record_is_in_no_public_report(typed: Typed, home: Home, tmp_path: Path) -> None:
    """Until a person reviewed it; counsel may read it."""
    no, file = encounter(home, names_child=True, note="A child's name"), tmp_path / "r.txt"
    typed.refused(3, "report", "encounter", no, "--level", "public", "-o", str(file))
    assert (file.exists(), exports(home)) == (False, [])
    assert typed("report", "encounter", no, "--level", "counsel", "-o", str(file)).code == 0
    assert typed("log", "amend", no, "--reviewed", "--by", "Dana Ruiz", "--reason", "Read").code == 0
    assert typed("report", "encounter", no, "--level", "public").code == 0


@pytest.mark.parametrize(
    "words",
    [
        ("2026-9999", "--level", "full"),
        ("2026-0001",),
        ("2026-0001", "--level", "statistics"),
        ("2026-0001", "--level", "full", "--format", "pdf"),
        ("2026-0001", "--level", "full", "--format", "docx"),
        ("2026-0001", "--level", "full", "--for", "the undocumented mother"),
        ("2026-0001", "--level", "full", "--withhold", "2026-0001:no-such", "--ground", "x", "--by", "Dana Ruiz"),
        ("2026-0001", "--level", "full", "--ground", "a law without a value"),
    ],
)
def test_what_can_not_be_answered_is_refused(typed: Typed, home: Home, words: tuple[str, ...]) -> None:
    """In one sentence, before anything is written."""
    assert encounter(home) == "2026-0001"
    typed.refused(2, "report", "encounter", *words)
    assert exports(home) == []


def test_values_are_withheld_as_in_an_export(typed: Typed, home: Home) -> None:
    """The entry of the report has the decision, and the report not the value."""
    no = encounter(home, agency="Coast Guard")
    decided = ("--withhold", f"{no}:agency-as-stated", "--ground", "CGS 1-210(b)(2)", "--by", "Dana Ruiz")
    told = typed("report", "encounter", no, "--level", "full", *decided)
    assert ("Coast Guard" in told.out, "CGS 1-210(b)(2)" in told.out) == (False, True)
    assert exports(home)[0]["withheld"]


def test_practice_says_so_and_is_never_live(typed: Typed, home: Home) -> None:
    """At the head of the page."""
    no = encounter(home, "practice")
    typed.refused(2, "report", "encounter", no, "--level", "full")
    told = typed("report", "--practice", "encounter", no, "--level", "full")
    assert told.out.splitlines()[1].startswith("PRACTICE")


def test_a_changed_log_has_no_report(typed: Typed, home: Home) -> None:
    """Its signed checkpoint would not match."""
    no = encounter(home)
    tamper(home, lambda connection: connection.execute("UPDATE newest_checkpoint SET size = 6"))
    typed.refused(4, "report", "encounter", no, "--level", "full")
