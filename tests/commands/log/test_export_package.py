"""`kiosk log export`: an evidence package, and what each level of any export shows."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import uuid
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.app.bootstrap import append_entry
from kiosk.log.archive import LogHistory
from kiosk.log.continuity import signer_for
from kiosk.log.log import open_reader, open_writer
from kiosk.log.signing_key import key_file
from kiosk.record.disclosure.levels import Level, classes_in
from kiosk.record.entries import Entry, decode, encode
from kiosk.record.entry_kinds import EntryKind
from kiosk.reports.exports.html import Page
from kiosk.reports.package import writer
from kiosk.reports.package.verify import Package
from kiosk.settings import Home
from kiosk.system.clock import FixedClock, SystemClock
from tests.bundles import AGENCY, NAMES, NOTE, a_copy, a_home_with_records, words_in
from tests.homes import encounter, tamper
from tests.reports.records import a_label
from tests.typed import Stage, Typed

pytestmark = pytest.mark.stage(Stage.NEW)

LEVELS = ("full", "counsel", "public")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Three encounters in a log."""
    return a_home_with_records(tmp_path)


def holds(copy: Path) -> list[str]:
    """What the checker says that holds, with the key on paper; all of it must."""
    found = Package(copy, [(copy / "key.txt").read_text(encoding="utf-8").strip()], []).check()
    assert found.wrong == found.unchecked == []
    return found.verified


def exports(home: Home) -> list[dict[str, object]]:
    """What the log says of exports, the newest last."""
    log = open_reader(home, "live")
    try:
        return [dict(decode(entry).body) for entry in log.of_kind(EntryKind.EXPORT_MADE)]
    finally:
        log.close()


def roots(copy: Path) -> str:
    """The signed state that a copy was taken from."""
    return (copy / "log-1" / "checkpoint.note").read_text(encoding="utf-8")


# -- the bundle --------------------------------------------------------------------------------------------------------


def test_a_copy_holds_what_was_asked_for_and_says_so(typed: Typed, home: Home, tmp_path: Path) -> None:
    """One encounter with the protocol it was opened with; who it is for stands in the list and in the log."""
    there = tmp_path / "copy"
    told = typed(
        "log",
        "export",
        "--format",
        "package",
        "--level",
        "full",
        "--record",
        "2026-0002",
        "--for",
        "A. Reader",
        "-o",
        str(there),
    )
    assert (told.code, told.out) == (0, "")
    headers = [json.loads(line) for line in (there / "log-1" / "events.jsonl").read_text().splitlines()]
    assert {header["kind"] for header in headers if header["encounter_id"] is None} == {EntryKind.PACK_KEPT}
    assert len({header["encounter_id"] for header in headers} - {None}) == 1
    manifest = (there / "manifest.note").read_text(encoding="utf-8")
    for words in ("level: full", "asked: record 2026-0002", "for: A. Reader", "encounters: 1"):
        assert f"\n{words}\n" in manifest
    (made,) = exports(home)
    assert (made["format"], made["level"], made["for"], made["count"]) == ("package", "full", "A. Reader", 1)
    assert len(str(made["manifest"])) == 64
    assert "10 files" in holds(there)[1]
    assert os.name == "nt" or there.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("level", LEVELS)
def test_a_copy_of_everything_holds_at_every_level(home: Home, tmp_path: Path, level: str) -> None:
    """With the entries that belong to no encounter."""
    there = a_copy(home, tmp_path / "copy", level, "--for", "")
    assert "entries match the checkpoint" in holds(there)[-1]
    kinds = [json.loads(line)["kind"] for line in (there / "log-1" / "events.jsonl").read_text().splitlines()]
    assert kinds.count(EntryKind.ENCOUNTER_OPENED) == 3
    assert EntryKind.PACK_KEPT in kinds


def test_a_redacted_copy_verifies_against_the_same_root_as_the_full_one(home: Home, tmp_path: Path) -> None:
    """Of the same state of the log: the same checkpoint, the same headers."""
    same = Home(Path(shutil.copytree(home.path, tmp_path / "same")))  # an export adds its own entry
    full, public = a_copy(home, tmp_path / "full", "full"), a_copy(same, tmp_path / "public", "public")
    assert roots(full) == roots(public)
    events = [(copy / "log-1" / "events.jsonl").read_bytes() for copy in (full, public)]
    assert events[0] == events[1]
    assert "; 0 more are named" in holds(full)[-1]
    assert "; 0 more are named" not in holds(public)[-1]


def test_each_level_shows_no_more_than_it_may(home: Home, tmp_path: Path) -> None:
    """A note and names at counsel and full, a public fact at public."""
    shown = {level: words_in(a_copy(home, tmp_path / level, level)) for level in LEVELS}
    assert [level for level in LEVELS if NOTE in shown[level]] == ["full", "counsel"]
    assert [level for level in LEVELS if AGENCY in shown[level]] == ["full", "counsel", "public"]
    for name in NAMES:
        assert [level for level in LEVELS if name in shown[level]] == ["full", "counsel"], name
    assert all("handover" in words for words in shown.values())


@pytest.mark.parametrize(("cls", "where"), [("exempt", ["full", "counsel"]), ("staff", ["full"])])
def test_a_fact_goes_where_its_class_lets_it(tmp_path: Path, cls: str, where: list[str]) -> None:
    """The class is the one of the protocol that the log keeps; what is on the disk now does not matter."""
    home = a_home_with_records(tmp_path, agency=cls)
    pack = home.path / "protocols" / "small" / "protocol.yaml"
    pack.write_text(pack.read_text(encoding="utf-8").replace(f"class: {cls}", "class: public"), encoding="utf-8")
    shown = {level: words_in(a_copy(home, tmp_path / level, level)) for level in LEVELS}
    assert [level for level in LEVELS if AGENCY in shown[level]] == where


def test_without_the_protocol_in_the_log_no_fact_goes_out(tmp_path: Path) -> None:
    """Not even one that is public today."""
    home = a_home_with_records(tmp_path)
    tamper(home, lambda c: c.execute("DELETE FROM disclosure WHERE name = 'content'"))
    assert AGENCY not in words_in(a_copy(home, tmp_path / "public", "public"))


def test_a_value_that_was_let_go_is_told_apart_from_a_withheld_one(home: Home, tmp_path: Path) -> None:
    """In the page for people and in the list of values; the copy still holds."""
    tamper(home, lambda c: c.execute("DELETE FROM disclosure WHERE name = 'text'"))
    full, public = (a_copy(home, tmp_path / level, level) for level in ("full", "public"))
    assert "<em>details destroyed</em>" in (full / "report.html").read_text(encoding="utf-8")
    page = (public / "report.html").read_text(encoding="utf-8")
    assert "withheld (exempt)" in page
    assert "details destroyed" not in page
    holds(full)
    holds(public)


def test_a_value_sealed_for_the_district_goes_along_closed(home: Home, tmp_path: Path) -> None:
    """Where the level may show it; each byte of it is committed to, though nobody here can read it."""
    log, now, event_id = open_writer(home, "live", SystemClock()), SystemClock().now(), str(uuid.uuid4())
    note = Entry(
        EntryKind.NOTE_ADDED, {"text": NOTE}, log.encounter_ids(EntryKind.ENCOUNTER_OPENED)[1], step="identify"
    )
    shut = encode(
        note, origin=log.origin, event_id=event_id, seq=log.size(), at=now, encrypt=lambda _, d: b"closed" + d[::-1]
    )
    log.append([shut])
    log.close()
    full, public = (a_copy(home, tmp_path / level, level) for level in ("full", "public"))
    assert "encrypted for the district" in (full / "report.html").read_text(encoding="utf-8")
    lines = (full / "log-1" / "disclosures.jsonl").read_text().splitlines()
    (at,) = [n for n, line in enumerate(lines) if '"encrypted":' in line]
    assert '"encrypted":' not in (public / "log-1" / "disclosures.jsonl").read_text()
    holds(full)
    holds(public)
    forged = lines[at].replace('"encrypted": "', '"encrypted": "AAAA')
    (full / "log-1" / "disclosures.jsonl").write_text("\n".join([*lines[:at], forged, *lines[at + 1 :], ""]))
    assert any("does not match its hash" in fail for fail in Package(full, [], []).check().wrong)


def test_an_archive_is_the_same_copy_in_one_file(home: Home, tmp_path: Path) -> None:
    """Unpacked, it holds; the folder in it has the archive's name."""
    a_copy(home, tmp_path / "to-counsel.zip", "counsel")
    with zipfile.ZipFile(tmp_path / "to-counsel.zip") as archive:
        archive.extractall(tmp_path / "there")
    assert [path.name for path in (tmp_path / "there").iterdir()] == ["to-counsel"]
    holds(tmp_path / "there" / "to-counsel")


def test_encounters_of_an_earlier_log_stand_beside_those_of_this_one(tmp_path: Path) -> None:
    """Each log has its folder, its key and its signed state; the list is signed by the log that is written now."""
    homes = [a_home_with_records(tmp_path / name, log=n) for n, name in enumerate(("before", "now"))]
    logs = [open_reader(home, "live") for home in homes]
    chain = LogHistory(logs)
    page = Page(a_label(Level.PUBLIC), classes_in(chain), [])
    wanted = writer.Wanted(chain.encounter_ids(EntryKind.ENCOUNTER_OPENED), False, page, "all", "", lambda _: [])
    try:
        signer = signer_for(homes[1], "live", chain)
        writer.write(tmp_path / "copy", chain, wanted, signer, SystemClock())
    finally:
        chain.close()
    told = holds(tmp_path / "copy")
    assert len([line for line in told if "entries match the checkpoint" in line]) == 2
    keys = [(tmp_path / "copy" / place / "key.txt").read_text() for place in ("log-1", "log-2", ".")]
    assert keys[0] != keys[1] == keys[2]
    known = Package(tmp_path / "copy", [keys[1].strip()], []).check()
    assert "Only the file list confirms" in known.verified[2]


def test_the_state_that_was_given_to_somebody_can_be_found_in_any_copy(home: Home, tmp_path: Path) -> None:
    """The proof has a break at the size of an issued checkpoint, so its holder can compare it."""
    log = open_reader(home, "live")
    size = log.size()
    log.close()
    append_entry(home, "live", SystemClock(), Entry(EntryKind.CHECKPOINT_ISSUED, {"size": size, "for": "A. Reader"}))
    encounter(home)
    there = a_copy(home, tmp_path / "copy", "public", "--record", "2026-0001")
    firsts = {int(line.split(" ")[0]) for line in (there / "log-1" / "proof.txt").read_text().splitlines()}
    assert size in firsts


def test_the_key_to_compare_with_is_printed_by_the_kiosk(typed: Typed, home: Home, tmp_path: Path) -> None:
    """One line on stdout: the very line of a copy's key.txt."""
    told = typed("key", "show", "log")
    assert told.code == 0
    assert told.out == (a_copy(home, tmp_path / "copy", "public") / "key.txt").read_text(encoding="utf-8")
    assert "no practice log" in typed.refused(4, "key", "show", "log", "--practice")


# -- refused -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--format", "package", "--level", "full"), "needs a place"),
        (("--format", "pdf", "--level", "full"), "needs a file"),
        (("--format", "odt"), "Choose one of: jsonl, csv, xlsx, csv-zip, html, pdf, package"),
        (("--format", "csv", "--level", "secret"), "Choose one of: full, counsel, public, statistics"),
        (("--format", "package", "--level", "full", "-o", "copy", "--record", "2026-9999"), "no record 2026-9999"),
        (("--format", "package", "--level", "statistics", "-o", "copy"), "time and step of each entry"),
        (("--format", "csv", "--level", "statistics", "--record", "2026-0001"), "Remove --record"),
        (("--format", "csv", "--level", "statistics", "--from", "2026-09-02"), "whole months"),
    ],
)
def test_what_can_not_be_made_is_refused(typed: Typed, words: tuple[str, ...], said: str) -> None:
    """In one sentence that says what can be."""
    assert said in typed.refused(2, "log", "export", *words)


@pytest.mark.parametrize("name", ["copy", "copy.zip"])
def test_nothing_that_is_there_is_replaced(typed: Typed, home: Home, tmp_path: Path, name: str) -> None:
    """Not even an empty folder; nothing was made, so there is no entry."""
    (tmp_path / name).mkdir()
    assert "already exists" in typed.refused(
        2, "log", "export", "--format", "package", "--level", "full", "-o", str(tmp_path / name)
    )
    assert exports(home) == []


def test_a_copy_needs_the_key_of_the_log(typed: Typed, home: Home, tmp_path: Path) -> None:
    """Without it nobody signs for it; the other formats do without."""
    key_file(home, "live").rename(tmp_path / "key")
    said = typed.refused(4, "log", "export", "--format", "package", "--level", "full", "-o", str(tmp_path / "copy"))
    assert "The key that signs the live log is not at" in said
    assert NOTE in typed("log", "export", "--format", "jsonl", "--level", "full", "--record", "2026-0001").out


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE entry SET header = replace(header, 'answered', 'answereD') WHERE seq = 2",
        "UPDATE entry SET leaf = zeroblob(32) WHERE seq = 1",
        "UPDATE newest_checkpoint SET root = zeroblob(32)",
    ],
)
def test_of_a_changed_log_no_copy_is_made(typed: Typed, home: Home, tmp_path: Path, change: str) -> None:
    """Whole or not at all: nothing of it stays behind, neither under its name nor beside it."""
    tamper(home, lambda connection: connection.execute(change))
    before = sorted(tmp_path.iterdir())
    said = typed.refused(4, "log", "export", "--format", "package", "--level", "full", "-o", str(tmp_path / "copy"))
    assert "does not match" in said
    assert sorted(tmp_path.iterdir()) == before


# -- levels of the other formats ---------------------------------------------------------------------------------------


def test_a_public_sheet_holds_no_note_and_no_name(typed: Typed) -> None:
    """A withheld fact says so in its cell; a public one is there."""
    told = typed("log", "export", "--format", "csv", "--level", "public")
    (row, *_) = csv.DictReader(io.StringIO(told.out.removeprefix("\ufeff"), newline=""))
    assert (row["field.agency-as-stated"], row["field.badge"]) == (AGENCY, "(withheld)")
    assert [words for words in (NOTE, *NAMES) if words in told.out] == []
    assert NOTE in typed("log", "export", "--format", "csv", "--level", "full").out


def test_public_lines_hold_no_note_and_no_name(typed: Typed) -> None:
    """Dates, steps, roles and the outcome are there."""
    told = typed("log", "export", "--format", "jsonl", "--level", "public", "--record", "2026-0002")
    line = json.loads(told.out)
    assert line["fields"] == {"agency-as-stated": AGENCY, "badge": {"missing": "withheld"}}
    assert (line["no"], line["outcome"], line["channel"]) == ("2026-0002", "handover", "door")
    assert [(call["role"], call["name"]) for call in line["calls"]] == [("office", "withheld")]
    assert [words for words in (NOTE, *NAMES) if words in told.out] == []


@pytest.mark.parametrize("format_", ["jsonl", "csv", "html"])
def test_statistics_are_counts_by_month_alone(typed: Typed, home: Home, format_: str) -> None:
    """No record, no day, no time, no step, no fact, in any format; three encounters are too few for a number."""
    asked = ("log", "export", "--format", format_, "--level", "statistics", "--to", "2020-04-30")
    month, told = "2020-03", []
    for _ in range(2):
        for _ in range(3):
            encounter(home, clock=FixedClock(datetime(2020, 3, 9, 12, tzinfo=UTC)), agency=AGENCY, note=NOTE)
        told.append(typed(*asked).out)
    few, many = told
    for words in (AGENCY, NOTE, *NAMES, "2020-0001", "2020-03-09", "call-now", "identify"):
        assert words not in few + many
    assert month in few
    assert few != many
    if format_ == "jsonl":
        counts = {one["month"]: one for one in map(json.loads, few.splitlines())}[month]
        assert (counts["encounters"], set(counts["outcome"].values())) == (None, {None})
        counts = {one["month"]: one for one in map(json.loads, many.splitlines())}[month]
        assert (counts["encounters"], counts["outcome"]["handover"], counts["channel"]["door"]) == (6, 6, 6)


def test_a_page_to_read_comes_alone_too(typed: Typed, home: Home) -> None:
    """To stdout or into a file, at any level; it is an entry like every export."""
    told = typed("log", "export", "--format", "html", "--level", "public", "--record", "2026-0002")
    assert told.out.startswith("<!DOCTYPE html>")
    assert "Record 2026-0002" in told.out
    assert "Record 2026-0001" not in told.out
    assert "<script" not in told.out
    assert [words for words in (NOTE, "Marked note", *NAMES) if words in told.out] == []
    assert (
        "Marked note &lt;b&gt;of&lt;/b&gt; somebody"
        in typed("log", "export", "--format", "html", "--level", "full").out
    )
    assert [made["level"] for made in exports(home)] == ["public", "full"]
