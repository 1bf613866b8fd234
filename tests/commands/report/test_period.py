"""`kiosk report period` and what both reports share: the file, and the entry that it was made."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from kiosk.errors import Exit
from kiosk.log.log import open_reader
from kiosk.record.entries import decode
from kiosk.settings import Home, Mode
from kiosk.system.clock import FixedClock
from tests.homes import encounter, replaced
from tests.typed import Stage, Typed

HOSTILE = "<script>x</script> \u202e \x1b]52;c;aGk=\x07 Señora"
KINDS = pytest.mark.parametrize("kind", ["period", "board"])


def entries(home: Home, mode: Mode = "live") -> list[dict[str, Any]]:
    """What the log says of exports."""
    log = open_reader(home, mode)
    try:
        return [dict(kept.body) for kept in map(decode, log.entries()) if kept.kind == "export.made"]
    finally:
        log.close()


def test_a_report_is_printed_and_is_an_entry(typed: Typed, home: Home) -> None:
    """Text by default; counts and times, and no word of the record."""
    encounter(home, agency="Zyxwv", note="Zyxwv")
    told = typed("report", "period")
    assert told.code == 0
    assert told.out.startswith("All encounters, September 14, 2026\n1 encounter at one school.")
    assert "Zyxwv" not in told.out
    (made,) = entries(home)
    wanted = {"report": "period", "format": "text", "level": "full", "count": 1, "as": "stdout", "path": None}
    assert made | wanted == made


@KINDS
def test_a_report_is_a_pdf_if_its_file_is_named_so(typed: Typed, home: Home, tmp_path: Path, kind: str) -> None:
    """The entry has the SHA-256 of the file, so that a custodian can certify it."""
    encounter(home)
    file = tmp_path / "report.pdf"
    assert typed("report", kind, "-o", str(file)).code == 0
    assert file.read_bytes().startswith(b"%PDF-")
    (made,) = entries(home)
    assert (made["format"], made["sha256"]) == ("pdf", sha256(file.read_bytes()).hexdigest())


@KINDS
def test_a_report_is_written_to_a_file_for_this_account_only(
    typed: Typed, home: Home, tmp_path: Path, kind: str
) -> None:
    """No data on stdout; the log keeps for whom it was."""
    encounter(home)
    target = tmp_path / "report.html"
    told = typed("report", kind, "--format", "html", "-o", str(target), "--for", "The office")
    assert (told.code, told.out) == (0, "")
    assert target.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert os.name == "nt" or target.stat().st_mode & 0o777 == 0o600
    (made,) = entries(home)
    assert (made["report"], made["path"], made["for"], made["as"]) == (kind, str(target), "The office", "file")
    assert "report" in typed("log", "audit").out


@KINDS
def test_a_report_replaces_nothing(typed: Typed, home: Home, tmp_path: Path, kind: str) -> None:
    """Neither a file nor a folder; there is no entry."""
    real = tmp_path / "real.html"
    real.write_text("precious", encoding="utf-8")
    encounter(home)
    for target in (real, tmp_path):
        typed.refused(2, "report", kind, "-o", str(target))
    assert (real.read_text(encoding="utf-8"), entries(home)) == ("precious", [])


@KINDS
def test_of_a_report_that_is_stopped_before_its_entry_nothing_stays(
    typed: Typed, home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """No copy is without its entry."""
    encounter(home)

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("kiosk.commands.common.entries.enter", stop)
    assert typed("report", kind, "-o", str(tmp_path / "copy")).code == Exit.CUT_OFF
    assert not (tmp_path / "copy").exists()


REFUSED = (
    ("--from", "2026-10-01", "--to", "2026-09-01"),
    ("--from", "yesterday"),
    ("--format", "pptx"),
    ("--for", "SSN 123-45-6789"),
    ("-o", "123-45-6789.html"),
)


@KINDS
def test_what_can_not_be_done_is_refused_in_a_sentence(
    typed: Typed, home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """Reversed days, days that are none, unknown formats, and what the log must not keep."""
    encounter(home)
    monkeypatch.chdir(tmp_path)
    before = set(tmp_path.iterdir())
    for words in REFUSED:
        typed.refused(2, "report", kind, *words)
    assert (set(tmp_path.iterdir()), entries(home)) == (before, [])


def test_only_records_of_the_days_are_counted(typed: Typed, home: Home) -> None:
    """A period without any says so."""
    encounter(home)
    encounter(home, clock=FixedClock(datetime(2026, 10, 3, 15, tzinfo=UTC)))
    told = typed("report", "period", "--from", "2026-10-01", "--to", "2026-10-31")
    assert told.out.startswith("Encounters, October 2026\n1 encounter at one school.")
    empty = typed("report", "period", "--from", "2031-01-01", "--to", "2031-12-31")
    assert (empty.code, empty.out.splitlines()[:2]) == (0, ["Encounters, 2031", "No encounter was recorded so far."])


def test_practice_is_reported_alone_and_marked(typed: Typed, home: Home) -> None:
    """Live and practice never mix."""
    encounter(home)
    encounter(home, "practice")
    encounter(home, "practice")
    told = typed("--practice", "report", "period")
    assert typed("report", "--practice", "period").out.splitlines()[:4] == told.out.splitlines()[:4]
    assert told.out.startswith("All encounters, September 14, 2026 (PRACTICE)\n2 encounters")
    assert "PRACTICE: none of this happened" in told.out
    assert "P-2026" in told.out
    assert (len(entries(home, "practice")), entries(home)) == (2, [])


def test_a_replaced_log_is_read_with_its_previous_one(typed: Typed, home: Home) -> None:
    """One report of both."""
    encounter(home, clock=replaced(home))
    assert "2 encounters at one school." in typed("report", "period").out


@pytest.mark.stage(Stage.APPROVED)
def test_records_of_another_version_than_the_installed_one_are_named(typed: Typed, home: Home) -> None:
    """The log's own entries say which version was in force; a record of a changed file used none of them."""
    later = FixedClock(datetime(2099, 1, 2, 12, tzinfo=UTC))
    good = encounter(home, clock=later)
    file = home.path / "protocols" / "small" / "protocol.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("Handed over", "Taken over"), encoding="utf-8")
    other = encounter(home, clock=later)
    lines = typed("report", "period").out.splitlines()
    found = lines[lines.index("Records with another version") :]
    assert [line for line in found if other in line]
    assert not [line for line in found[:4] if good in line]
    assert "1 record used another version than the one in force at the start." in lines


def test_a_record_whose_protocol_is_gone_is_still_counted(typed: Typed, home: Home) -> None:
    """The log has the protocol's words; the file may be unreadable."""
    encounter(home, session=True)
    (home.path / "protocols" / "small" / "protocol.yaml").write_text("{", encoding="utf-8")
    told = typed("report", "period")
    assert "Handed over" in told.out
    assert typed("report", "board").code == 0


@KINDS
def test_hostile_words_of_a_record_are_in_no_report(typed: Typed, home: Home, kind: str) -> None:
    """Nor any control character, in any format."""
    encounter(home, agency=HOSTILE, note=HOSTILE)
    for how in ("text", "html"):
        told = typed("report", kind, "--format", how, "--from", "2026-07-01", "--to", "2026-09-30")
        assert told.code == 0
        assert "Señora" not in told.out
        assert "<script" not in told.out
        assert told.out.replace("\n", "").isprintable()
