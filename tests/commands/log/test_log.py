"""Listing, showing, verifying and exporting what was recorded."""

from __future__ import annotations

import csv
import io
import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.app.bootstrap import pending_of
from kiosk.errors import StoreUnusable
from kiosk.log.log import open_reader, open_writer
from kiosk.record.entries import unseal
from kiosk.settings import Home
from kiosk.system.clock import FixedClock, SystemClock
from tests.homes import a_home, encounter, tamper
from tests.typed import Typed, set_up

HOSTILE = '=HYPERLINK("x") \u202e \x1b]52;c;aGk=\x07, "quoted"; Señora'


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with the small pack, not set up."""
    return a_home(tmp_path)


@pytest.fixture
def typed(home: Home, capsys: pytest.CaptureFixture[str]) -> Typed:
    """Commands on that home, set up."""
    typed = Typed(home, capsys)
    set_up(typed, home, approved=False)
    return typed


def exports(home: Home) -> list[dict[str, object]]:
    """What the live log says of exports."""
    log = open_reader(home, "live")
    try:
        return [dict(k.body) for k in map(unseal, log.entries()) if k.kind == "export.made"]
    finally:
        log.close()


def rows(sheet: str) -> list[dict[str, str]]:
    """A sheet's rows by their columns."""
    assert sheet.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(sheet.removeprefix("\ufeff"), newline=""), strict=True))


@pytest.mark.parametrize("command", [("list",), ("show", "2026-0001"), ("verify",), ("export", "--format", "csv")])
def test_a_log_that_is_not_there_is_said(home: Home, capsys: pytest.CaptureFixture[str], command: tuple[str]) -> None:
    """Exit code 4, and what to do."""
    assert "no live log" in Typed(home, capsys).refused(4, "log", *command)


def test_a_damaged_log_is_said(typed: Typed, home: Home) -> None:
    """Exit code 4, not a traceback."""
    home.log("live").write_bytes(b"damaged")
    typed.refused(4, "log", "list")


@pytest.mark.parametrize("command", [("list",), ("show", "2026-0001"), ("export", "--format", "csv")])
def test_a_log_with_a_changed_entry_is_not_read_out(typed: Typed, home: Home, command: tuple[str]) -> None:
    """Exit code 4, as for any log that can't be used: its text can't be distinguished from what happened."""
    encounter(home)
    tamper(home, lambda c: c.execute("UPDATE entry SET header = replace(header, 'answered', 'answereD') WHERE seq = 1"))
    assert "Entry 1 " in typed.refused(4, "log", *command)


def test_an_empty_log_lists_nothing(typed: Typed) -> None:
    """That is no error."""
    told = typed("log", "list")
    assert (told.code, told.out) == (0, "")
    assert typed("log", "list", "--json").json == []


def test_encounters_are_listed_newest_first(typed: Typed, home: Home) -> None:
    """Closed or not, as many as asked for."""
    numbers = [encounter(home), encounter(home, close=False)]
    listed = typed("log", "list", "--json").json
    assert [one["no"] for one in listed] == numbers[::-1]
    assert [one["state"] for one in listed] == ["open", "closed"]
    told = typed("log", "list", "--limit", "1")
    assert numbers[1] in told.out
    assert numbers[0] not in told.out
    assert "more" in told.err


def test_encounters_are_found_by_words_and_days(typed: Typed, home: Home) -> None:
    """Agency as stated and notes are searched; days are counted from the first to the last."""
    clock = FixedClock(datetime(2026, 3, 10, 12, tzinfo=UTC))
    number = encounter(home, agency="Coast Guard", note="Blue car", clock=clock)
    for words in (("--search", "coast BLUE"), ("--from", "2026-03-10", "--to", "2026-03-10"), ("--to", "2026-12-01")):
        assert [one["no"] for one in typed("log", "list", "--json", *words).json] == [number], words
    for words in (("--search", "red"), ("--from", "2026-03-11"), ("--to", "2026-03-09")):
        assert typed("log", "list", "--json", *words).json == [], words


def test_an_encounter_is_shown_in_full(typed: Typed, home: Home) -> None:
    """Facts, calls, notes and path, with what was typed made harmless."""
    number = encounter(home, agency=HOSTILE, note="Two cars")
    told = typed("log", "show", number)
    assert told.code == 0
    assert "\x1b" not in told.out
    assert "\u202e" not in told.out
    for words in ("badge: (refused)", "office (Dana Ruiz): reached", "Two cars", "channel: door (corrected)", "Señora"):
        assert words in told.out
    assert typed("log", "show", number.lower(), "--json").json["fields"]["agency-as-stated"] == HOSTILE


def test_the_words_of_an_encounter_say_what_was_answered_as_people_write(typed: Typed, home: Home) -> None:
    """A fact, why one is missing, a call with its result; no marks of a program."""
    told = typed("log", "show", encounter(home, session=True), "--words").out
    for line in ("  > agency-as-stated: An agency", "  > badge: (refused)", "  > office (Dana Ruiz): reached"):
        assert f"{line}\n" in told
    assert "{" not in told


def test_an_encounter_that_is_not_there_is_refused(typed: Typed, home: Home) -> None:
    """And a practice number says where to look."""
    encounter(home)
    typed.refused(2, "log", "show", "2026-9999")
    assert "--practice" in typed.refused(2, "log", "show", "P-2026-0001")


def test_practice_and_live_never_mix(typed: Typed, home: Home) -> None:
    """Each is listed and exported alone."""
    live, practice = encounter(home), encounter(home, "practice")
    assert [one["no"] for one in typed("log", "list", "--json").json] == [live]
    assert [one["no"] for one in typed("log", "list", "--json", "--practice").json] == [practice]
    assert practice not in typed("log", "export", "--format", "jsonl").out
    told = typed("log", "export", "--format", "jsonl", "--practice")
    assert (json.loads(told.out)["no"], json.loads(told.out)["mode"]) == (practice, "practice")


def test_an_export_is_written_and_is_an_entry_itself(typed: Typed, home: Home) -> None:
    """JSON lines on stdout, the count and what was asked for in the log."""
    number = encounter(home)
    told = typed("log", "export", "--format", "jsonl")
    assert told.code == 0
    assert json.loads(told.out)["no"] == number
    (made,) = exports(home)
    assert (made["format"], made["count"], made["as"], made["encounter"]) == ("jsonl", 1, "stdout", None)


def test_an_export_of_one_or_of_some_days_holds_only_these(typed: Typed, home: Home) -> None:
    """By number, or by day."""
    numbers = [encounter(home), encounter(home)]
    assert json.loads(typed("log", "export", "--format", "jsonl", "--encounter", numbers[0]).out)["no"] == numbers[0]
    assert typed("log", "export", "--format", "jsonl", "--from", "2999-01-01").out == ""
    typed.refused(2, "log", "export", "--format", "jsonl", "--encounter", "2026-9999")


def test_a_sheet_holds_hostile_words_harmlessly(typed: Typed, home: Home) -> None:
    """Every field of the protocol has its column, in its order; no formula, no control character."""
    encounter(home, agency=HOSTILE)
    told = typed("log", "export", "--format", "csv")
    (row,) = rows(told.out)
    assert [name for name in row if name.startswith("field.")] == ["field.agency-as-stated", "field.badge"]
    assert row["field.agency-as-stated"].startswith("'=HYPERLINK")
    assert row["field.badge"] == "(refused)"
    assert told.out.removeprefix("\ufeff").replace("\r\n", "").isprintable()


def test_an_export_works_without_a_readable_protocol(typed: Typed, home: Home) -> None:
    """The records outlive the pack."""
    encounter(home)
    (home.path / "protocols" / "small" / "protocol.yaml").write_text("{", encoding="utf-8")
    (row,) = rows(typed("log", "export", "--format", "csv").out)
    assert "field.badge" in row


def test_an_export_to_a_file_replaces_it_whole(typed: Typed, home: Home, tmp_path: Path) -> None:
    """UTF-8, for this account only, and no data on stdout."""
    encounter(home, agency="Señora")
    target = tmp_path / "out.csv"
    target.write_text("old", encoding="utf-8")
    told = typed("log", "export", "--format", "csv", "-o", str(target))
    assert (told.code, told.out) == (0, "")
    assert target.read_bytes().startswith(b"\xef\xbb\xbf")
    assert "Señora" in target.read_text(encoding="utf-8")
    assert os.name == "nt" or target.stat().st_mode & 0o777 == 0o600


def test_an_export_follows_no_link_and_needs_a_folder(typed: Typed, home: Home, tmp_path: Path) -> None:
    """Exit code 4; nothing was exported, so there is no entry."""
    link, real = tmp_path / "link.csv", tmp_path / "real.csv"
    real.write_text("precious", encoding="utf-8")
    link.symlink_to(real)
    for target in (link, tmp_path / "nowhere" / "x.csv", tmp_path):
        typed.refused(4, "log", "export", "--format", "csv", "-o", str(target))
    assert real.read_text(encoding="utf-8") == "precious"
    assert exports(home) == []


@pytest.mark.skipif(os.name == "nt", reason="there are no such files on Windows")
def test_an_export_replaces_nothing_but_a_file(typed: Typed, home: Home, tmp_path: Path) -> None:
    """A pipe, like a device, is refused and stays what it is."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert "not a file" in typed.refused(4, "log", "export", "--format", "csv", "-o", str(pipe))
    assert pipe.is_fifo()


def test_an_export_beside_a_running_kiosk_is_entered_by_that_kiosk(typed: Typed, home: Home) -> None:
    """The kiosk holds the log: the data is whole, exit code 0, and the kiosk takes the entry in when it next writes."""
    number = encounter(home)
    log = open_writer(home, "live", SystemClock())
    try:
        told = typed("log", "export", "--format", "jsonl")
    finally:
        log.close()
    assert told.code == 0
    assert json.loads(told.out)["no"] == number
    assert "The kiosk is running" in told.err
    assert exports(home) == []

    encounter(home)

    (entry,) = exports(home)
    assert entry["format"] == "jsonl"
    assert isinstance(entry["left_us"], int)
    assert list(pending_of(home, "live").waiting()) == []


def test_a_file_in_the_inbox_that_does_not_read_stops_nobody(typed: Typed, home: Home) -> None:
    """It stays where it is, and the desk works."""
    inbox = pending_of(home, "live").folder
    inbox.mkdir(parents=True)
    (inbox / "0.json").write_bytes(b"\xff{")

    encounter(home)

    assert exports(home) == []
    assert (inbox / "0.json").exists()


def test_an_export_from_a_log_that_can_not_be_written_says_so_at_once(
    typed: Typed, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Leaving it for the kiosk helps only against a lock."""
    encounter(home)

    def full(*_: object) -> None:
        raise StoreUnusable("The disk is full.", "Free some space.")

    monkeypatch.setattr("kiosk.app.bootstrap.append_entry", full)
    told = typed("log", "export", "--format", "jsonl")
    assert told.code == 1
    assert "The disk is full." in told.err


@pytest.mark.parametrize("day", ["20260310", "2026-W11-2", "March", "", "2026-02-30"])
def test_a_day_is_written_as_people_write_it(typed: Typed, home: Home, day: str) -> None:
    """The same as in a protocol; what only Python would take for a day is refused in a sentence."""
    encounter(home)
    assert "2026-08-01" in typed.refused(2, "log", "list", "--from", day)
