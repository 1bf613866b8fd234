"""`kiosk log export`: the file, what is in it, and the entry that it was made."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import sqlite3
import threading
from pathlib import Path

import pytest

from kiosk.commands.common.records import reading
from kiosk.errors import Exit, StoreUnusable
from kiosk.log.log import open_reader
from kiosk.record.entries import decode
from kiosk.reports.export_request import Export, Request
from kiosk.reports.formats import ExportFormat
from kiosk.settings import Home
from kiosk.system.clock import FixedClock
from kiosk.system.date_range import ALL_DAYS
from tests.homes import encounter, tamper, two_encounters
from tests.reports.workbook.reading import sheets
from tests.running import running_kiosk
from tests.typed import Typed

HOSTILE = '=HYPERLINK("x") \u202e \x1b]52;c;aGk=\x07, "quoted"; Señora'


def exports(home: Home) -> list[dict[str, object]]:
    """What the live log says of exports."""
    log = open_reader(home, "live")
    try:
        return [dict(k.body) for k in map(decode, log.entries()) if k.kind == "export.made"]
    finally:
        log.close()


def rows(sheet: str) -> list[dict[str, str]]:
    """A sheet's rows by their columns."""
    assert sheet.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(sheet.removeprefix("\ufeff"), newline=""), strict=True))


def test_practice_and_live_never_mix(typed: Typed, home: Home) -> None:
    """Each is listed and exported alone."""
    live, practice = encounter(home), encounter(home, "practice")
    assert [one["no"] for one in typed("log", "list", "--json").json] == [live]
    assert [one["no"] for one in typed("log", "list", "--json", "--practice").json] == [practice]
    assert practice not in typed("log", "export", "--format", "jsonl", "--level", "full").out
    told = typed("log", "export", "--format", "jsonl", "--level", "full", "--practice")
    assert (json.loads(told.out)["no"], json.loads(told.out)["mode"]) == (practice, "practice")


def test_an_export_is_written_and_is_an_entry_itself(typed: Typed, home: Home) -> None:
    """JSON lines on stdout, the count and what was asked for in the log."""
    number = encounter(home)
    told = typed("log", "export", "--format", "jsonl", "--level", "full")
    assert told.code == 0
    assert json.loads(told.out)["no"] == number
    (made,) = exports(home)
    assert (made["format"], made["count"], made["as"], made["records"]) == ("jsonl", 1, "stdout", None)


@pytest.mark.parametrize("given", [("--for", "SSN 123-45-6789"), ("-o", "123-45-6789.csv")], ids=" ".join)
def test_a_recipient_or_file_that_must_not_be_stored_is_refused(
    typed: Typed, home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: tuple[str, str]
) -> None:
    """The log keeps both. Nothing is written."""
    encounter(home)
    monkeypatch.chdir(tmp_path)
    before = set(tmp_path.iterdir())
    typed.refused(2, "log", "export", "--format", "csv", "--level", "full", *given)
    assert (set(tmp_path.iterdir()), exports(home)) == (before, [])


def test_an_export_of_one_or_of_some_days_holds_only_these(typed: Typed, home: Home) -> None:
    """By number, or by day."""
    numbers = [encounter(home), encounter(home)]
    assert (
        json.loads(typed("log", "export", "--format", "jsonl", "--level", "full", "--record", numbers[0]).out)["no"]
        == numbers[0]
    )
    assert typed("log", "export", "--format", "jsonl", "--level", "full", "--from", "2999-01-01").out == ""
    typed.refused(2, "log", "export", "--format", "jsonl", "--level", "full", "--record", "2026-9999")


def test_a_sheet_holds_hostile_words_harmlessly(typed: Typed, home: Home) -> None:
    """Every field of the protocol has its column, in its order; no formula, no control character."""
    encounter(home, agency=HOSTILE)
    told = typed("log", "export", "--format", "csv", "--level", "full")
    (row,) = rows(told.out)
    assert [name for name in row if name.startswith("field.")] == ["field.agency-as-stated", "field.badge"]
    assert row["field.agency-as-stated"].startswith("'=HYPERLINK")
    assert row["field.badge"] == "(refused)"
    assert told.out.removeprefix("\ufeff").replace("\r\n", "").isprintable()


def test_an_export_works_without_a_readable_protocol(typed: Typed, home: Home) -> None:
    """The records outlive the pack."""
    encounter(home)
    (home.path / "protocols" / "small" / "protocol.yaml").write_text("{", encoding="utf-8")
    (row,) = rows(typed("log", "export", "--format", "csv", "--level", "full").out)
    assert "field.badge" in row


def test_an_export_to_a_file_is_whole(typed: Typed, home: Home, tmp_path: Path) -> None:
    """UTF-8, for this account only, and no data on stdout."""
    encounter(home, agency="Señora")
    target = tmp_path / "out.csv"
    told = typed("log", "export", "--format", "csv", "--level", "full", "-o", str(target))
    assert (told.code, told.out) == (0, "")
    assert target.read_bytes().startswith(b"\xef\xbb\xbf")
    assert "Señora" in target.read_text(encoding="utf-8")
    assert os.name == "nt" or target.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("format_", [*ExportFormat])
def test_an_export_replaces_nothing(typed: Typed, home: Home, tmp_path: Path, format_: ExportFormat) -> None:
    """Neither a file, nor a folder, nor a link; nothing was exported, so there is no entry."""
    link, real = tmp_path / "link.csv", tmp_path / "real.csv"
    real.write_text("precious", encoding="utf-8")
    link.symlink_to(tmp_path / "not-there")
    for target in (real, link, tmp_path):
        typed.refused(2, "log", "export", "--format", format_, "--level", "full", "-o", str(target))
    assert (real.read_text(encoding="utf-8"), link.is_symlink()) == ("precious", True)
    assert exports(home) == []


@pytest.mark.parametrize("format_", ExportFormat)
def test_of_an_export_that_is_stopped_before_its_entry_nothing_stays(
    typed: Typed, home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, format_: ExportFormat
) -> None:
    """No copy is without its entry."""
    encounter(home)
    to, found = tmp_path / "to", list[str]()
    to.mkdir()

    def stop(*_: object) -> None:
        found.extend(path.name for path in to.iterdir())
        raise KeyboardInterrupt

    monkeypatch.setattr("kiosk.commands.common.entries.enter", stop)
    words = ("--format", format_, "--level", "full", "-o", str(to / "copy"))
    assert typed("log", "export", *words).code == Exit.CUT_OFF
    assert (found, [*to.iterdir()]) == (["copy"], [])


def test_an_export_needs_a_folder(typed: Typed, home: Home, tmp_path: Path) -> None:
    """Exit code 4, and no entry."""
    typed.refused(4, "log", "export", "--format", "csv", "--level", "full", "-o", str(tmp_path / "nowhere" / "x.csv"))
    assert exports(home) == []


def test_an_export_is_entered_by_the_running_kiosk_at_once(typed: Typed, home: Home) -> None:
    """The kiosk has the log: the data is complete, exit code 0, and the entry is in the log when the command ends."""
    number = encounter(home)
    with running_kiosk(home) as kiosk:
        told = typed("log", "export", "--format", "jsonl", "--level", "full")
        assert told.code == 0
        assert json.loads(told.out)["no"] == number
        (entry,) = exports(home)
    assert (entry["format"], kiosk.entered) == ("jsonl", [0])


def test_an_export_from_a_log_that_can_not_be_written_says_so_at_once(
    typed: Typed, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Waiting helps only against a lock."""
    encounter(home)

    def full(*_: object) -> None:
        raise StoreUnusable("The disk is full.", "Free some space.")

    monkeypatch.setattr("kiosk.app.bootstrap.open_writer", full)
    told = typed("log", "export", "--format", "jsonl", "--level", "full")
    assert told.code == 1
    assert "The disk is full." in told.err


def test_several_records_are_exported_in_the_order_in_which_they_were_named(typed: Typed, home: Home) -> None:
    """Each once; the entry names them, and the destruction of another one does not ask for this file."""
    numbers = [encounter(home) for _ in range(3)]
    wanted = (numbers[2], numbers[0].lower(), numbers[2])
    given = [word for no in wanted for word in ("--record", no)]
    told = typed("log", "export", "--format", "jsonl", "--level", "public", *given)
    assert [json.loads(line)["no"] for line in told.out.splitlines()] == [numbers[2], numbers[0]]
    assert exports(home)[-1]["records"] == [numbers[2], numbers[0]]


def test_nothing_leaves_without_a_level(typed: Typed, home: Home) -> None:
    """Not even in full, which is a level too; and nothing is entered."""
    encounter(home)
    assert "--level" in typed.refused(2, "log", "export", "--format", "csv")
    assert exports(home) == []


@pytest.mark.parametrize("format_", [ExportFormat.XLSX, ExportFormat.CSV_ZIP])
def test_sheets_need_a_place(typed: Typed, home: Home, format_: ExportFormat) -> None:
    """They are no stream; nothing is entered."""
    encounter(home)
    typed.refused(2, "log", "export", "--format", format_, "--level", "full")
    assert exports(home) == []


@pytest.mark.parametrize("format_", [ExportFormat.XLSX, ExportFormat.CSV_ZIP])
def test_sheets_are_written_whole_and_entered_with_their_hash(
    typed: Typed, home: Home, tmp_path: Path, format_: ExportFormat
) -> None:
    """For this account only; live and practice don't mix, and a value that is withheld is in no sheet."""
    number, path = encounter(home, agency=HOSTILE), tmp_path / "copy"
    encounter(home, "practice")
    chosen = ("--withhold", f"{number}:badge", "--ground", "CGS 1-210", "--by", "Dana Ruiz", "--for", "Counsel")
    told = typed("log", "export", "--format", format_, "--level", "full", "-o", str(path), *chosen)
    assert (told.code, told.out) == (0, "")
    (made,) = exports(home)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert (made["format"], made["count"], made["as"], made["sha256"]) == (format_, 1, "file", digest)
    assert os.name == "nt" or path.stat().st_mode & 0o777 == 0o600
    found = {name.lower(): rows for name, rows in sheets(path).items()}
    assert [row["Record"] for row in found["encounters"]] == [number]
    assert "HYPERLINK" in found["encounters"][0]["Agency [agency-as-stated]"]
    assert [(row["Value"], row["Ground"], row["Decided by"]) for row in found["withheld"]] == [
        ("badge", "CGS 1-210", "Dana Ruiz")
    ]
    assert "(refused)" not in str(found)


def test_two_exports_at_once_are_both_whole(typed: Typed, home: Home, tmp_path: Path) -> None:
    """Each has its own place for its parts."""
    encounter(home)
    request, found = Request(ExportFormat.XLSX, "full", (), ALL_DAYS, "", None), dict[str, bytes]()

    def export(name: str) -> None:
        with reading(home, "live") as log:
            ids = request.selected(log, "live")
            start.wait()
            Export(request, log, home, "live", FixedClock().now()).save(ExportFormat.XLSX, tmp_path / name, ids)
            found[name] = (tmp_path / name).read_bytes()

    start = threading.Barrier(2)
    hands = [threading.Thread(target=export, args=(name,)) for name in ("one", "two")]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert found["one"] == found["two"]


@pytest.mark.parametrize("format_", [ExportFormat.XLSX, ExportFormat.CSV_ZIP])
def test_sheets_of_an_altered_record_are_refused(
    typed: Typed, home: Home, tmp_path: Path, format_: ExportFormat
) -> None:
    """Rows of the record before it are written already; nothing is left."""
    two_encounters(home)

    def alter(log: sqlite3.Connection) -> None:
        ((seq,),) = log.execute("SELECT max(seq) FROM entry WHERE kind='encounter.opened'").fetchall()
        log.execute("UPDATE disclosure SET body=x'00' WHERE seq=? AND name='desk'", [seq])

    tamper(home, alter)
    before = {*tmp_path.iterdir()}
    typed.refused(Exit.STORE, "log", "export", "--format", format_, "--level", "full", "-o", str(tmp_path / "copy"))
    assert {*tmp_path.iterdir()} == before
