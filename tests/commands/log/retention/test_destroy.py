"""`kiosk log retention destroy`: only details that are eligible, authorized and not on hold; entries stay."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db.errors import StoreError
from db.store import Store
from kiosk.app.bootstrap import desk_of
from kiosk.errors import ReplaceReason
from kiosk.log.archive import archived_file, archived_files
from kiosk.log.log import open_at
from kiosk.log.replace import replace_log
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.retention.eligibility import KeptBecause
from kiosk.record.transparency.signed_note import verify
from kiosk.settings import Home, read_settings
from kiosk.system.clock import FixedClock, Sync, SyncState, SystemClock
from tests.homes import encounter
from tests.keeping import (
    ALLOWED,
    OFFICER,
    RECORDS,
    REF,
    WHO,
    authorized,
    closed,
    destroy,
    mark,
    refused,
    said,
    words_of,
)
from tests.running import running_kiosk
from tests.typed import Typed, at_a_terminal, set_up

pytestmark = pytest.mark.usefixtures("synchronized")


@pytest.fixture
def no(typed: Typed, home: Home) -> str:
    """The number of a closed record that is due."""
    number = closed(home)
    mark(typed)
    return number


def test_what_was_told_goes_and_what_happened_stays(typed: Typed, home: Home, no: str) -> None:
    """Notes, facts, calls and answers go. Number, days, steps, outcome stay; each reader says when and under what."""
    other = closed(home, 2025, note="Three cars")
    typed("log", "amend", no, "--add", "A third car", "--reason", "Read again", "--by", "Dana Ruiz")
    mark(typed, "until 2021-01-01")
    told = destroy(typed, no)
    assert (told.code, no in told.out, REF in told.out) == (0, True, True), told
    shown = words_of(typed, no)
    for gone in ("Two cars", "An agency", "A third car", "office (Dana Ruiz)"):
        assert gone not in shown
        assert gone not in typed("log", "export", "--format", "jsonl", "--level", "full", "--record", no).out
    for kept in (f"{no}  Lincoln Elementary School", "2020-03-10", "handover", "identify", f"under {REF}"):
        assert kept in shown, shown
    as_json = typed("log", "show", no, "--json").json
    assert (as_json["no"], as_json["mode"], as_json["outcome"]) == (no, "live", "handover")
    done = as_json["destroyed"]
    assert (done["reference"], done["authorized_by"], done["by"]) == (REF, OFFICER, "Dana Ruiz")
    assert (as_json["fields"], as_json["notes"], as_json["channel"]) == ({}, [], None)
    sheet = typed("log", "export", "--format", "csv", "--level", "full").out
    assert f"under {REF}" in sheet
    assert "Two cars" not in sheet
    assert "closed, details destroyed" in typed("log", "list").out.replace("amended, ", "")
    assert "Three cars" in words_of(typed, other)
    assert typed("log", "verify").code == 0
    (purge,) = said(home, EntryKind.RECORD_DESTROYED)
    assert f"Authorized by {OFFICER} under {REF}" in typed("log", "audit").out
    (kept_note,) = said(home, EntryKind.DESTRUCTION_AUTHORIZED)
    assert purge.body["values"] > 20
    assert purge.body["authorization"] == kept_note.body["authorization"]
    assert purge.body["key"] == f"records+{RECORDS.public.id.hex()}"
    assert (purge.body["by"], purge.body["reason"]) == ("Dana Ruiz", "The period is over")
    assert verify(str(kept_note.body["note"]).encode(), RECORDS.public)


def test_a_record_that_was_let_go_breaks_no_other_command(typed: Typed, home: Home, no: str) -> None:
    """It is found, shown, exported, counted, amended; the next one gets its number."""
    assert destroy(typed, no).code == 0
    for command in (
        ("list", "--search", no),
        ("list", "--json"),
        ("audit", "--json"),
        ("show", no),
        ("export", "--format", "jsonl", "--level", "full"),
        ("amend", no, "--add", "It was closed late", "--reason", "Asked", "--by", "Dana Ruiz"),
        ("retention", "eligible"),
    ):
        assert typed("log", *command).code in {0, 3}, command
    assert typed("log", "show", no, "--transcript").code in {0, 3}
    assert encounter(home).endswith("-0002")


def test_what_is_added_after_it_was_let_go_needs_a_purge_of_its_own(typed: Typed, home: Home, no: str) -> None:
    """It is kept as any other; when its own time is over it may go too."""
    destroy(typed, no)
    typed("log", "amend", no, "--add", "A third car", "--reason", "Read again", "--by", "Dana Ruiz")
    assert KeptBecause.NOT_ELIGIBLE.words in refused(typed, no)
    mark(typed, "until 2021-01-01")
    assert destroy(typed, no).code == 0
    assert "A third car" not in words_of(typed, no)
    assert typed("log", "verify").code == 0


def test_the_preview_says_what_goes_what_stays_and_who_else_has_it(
    typed: Typed, home: Home, no: str, tmp_path: Path
) -> None:
    """Nothing goes unless somebody agrees: exit code 2 when nobody is there to ask."""
    other = closed(home)
    target = tmp_path / "out.csv"
    typed("log", "export", "--format", "csv", "--level", "full", "-o", str(target))
    (tmp_path / "stick").mkdir()
    for _ in range(2):
        assert typed("log", "backup", str(tmp_path / "stick")).code == 0
    typed("log", "export", "--format", "jsonl", "--level", "full", "--record", other)
    typed("log", "export", "--format", "jsonl", "--level", "full", "--to", "2020-03-09")
    told = typed("log", "retention", "destroy", "--authorization", str(authorized(home, no)), *ALLOWED[:-1])
    assert (told.code, told.out) == (2, "")
    for words in ("Permanently destroyed", "agency-as-stated, badge", "1 note,", "The entries stay", "at the district"):
        assert words in told.err, told.err
    assert told.err.count(f"export as csv, {target}") == 1
    assert f"2 backups in {tmp_path / 'stick'}" in told.err
    assert "export as jsonl" not in told.err
    assert "needs your consent" in told.err
    assert "Two cars" in words_of(typed, no)


@pytest.mark.parametrize(("answer", "code"), [("yes\n", 0), ("no\n", 3), ("\n", 3)])
def test_a_person_at_a_terminal_is_asked(
    typed: Typed, no: str, monkeypatch: pytest.MonkeyPatch, answer: str, code: int
) -> None:
    """Only a yes destroys it."""
    file = str(authorized(typed.home, no))
    at_a_terminal(monkeypatch, "Dana Ruiz\n", "It is over\n", answer)
    assert typed("log", "retention", "destroy", "--authorization", file).code == code
    assert ("Two cars" in words_of(typed, no)) == bool(code)


@pytest.mark.parametrize(
    ("case", "why", "because"),
    [
        ("open", KeptBecause.NOT_CLOSED, "not closed"),
        ("young", KeptBecause.NOT_ELIGIBLE, "kept until"),
        ("unmarked", KeptBecause.NOT_ELIGIBLE, "kept permanently"),
    ],
)
def test_what_must_stay_is_refused_and_the_refusal_is_an_entry(
    typed: Typed, home: Home, case: str, why: KeptBecause, because: str
) -> None:
    """Exit code 3, although the officer signed it; who asked and why it was refused is in the log."""
    number = encounter(home, close=False, note="Two cars") if case == "open" else closed(home)
    if case != "unmarked":
        mark(typed, "99 years" if case == "young" else "1 year")
    assert because in refused(typed, number)
    assert [(kept.body["no"], kept.body["why"]) for kept in said(home, EntryKind.DESTRUCTION_REFUSED)] == [
        (number, why)
    ]
    assert "Two cars" in words_of(typed, number)


@pytest.mark.parametrize("year", [2021, 2030])
def test_a_wrong_clock_makes_nothing_eligible(
    typed: Typed, home: Home, monkeypatch: pytest.MonkeyPatch, year: int
) -> None:
    """Not by itself, and not with a session that had it too; a time server or the log's own days decide."""
    number, wrong = closed(home, 2025), FixedClock(datetime(year, 5, 1, 12, tzinfo=UTC))
    encounter(home)
    mark(typed)
    monkeypatch.setattr(SystemClock, "now", lambda _: wrong.now())
    monkeypatch.setattr(SystemClock, "sync", lambda _: Sync(SyncState.UNSYNCHRONIZED))
    encounter(home, clock=wrong)
    assert typed("log", "retention", "eligible", "--json").json == []
    refused(typed, number)
    assert [kept.body["why"] for kept in said(home, EntryKind.DESTRUCTION_REFUSED)] == [KeptBecause.NOT_ELIGIBLE]
    monkeypatch.setattr(SystemClock, "sync", lambda _: Sync(SyncState.SYNCHRONIZED))
    found = [one["no"] for one in typed("log", "retention", "eligible", "--json").json]
    assert (number in found) is (year == 2030)


@pytest.mark.parametrize("missing", ["--authorization", "--by", "--reason"])
def test_what_is_needed_must_be_said(typed: Typed, no: str, missing: str) -> None:
    """The authorization, a name and a reason; no record is named on the command line."""
    given = {"--authorization": str(authorized(typed.home, no)), "--by": "Dana Ruiz", "--reason": "It is over"}
    words = [word for option, value in given.items() if option != missing for word in (option, value)]
    typed.refused(2, "log", "retention", "destroy", *words, "--yes")
    typed.refused(2, "log", "retention", "destroy", no, *(word for pair in given.items() for word in pair), "--yes")
    assert "Two cars" in words_of(typed, no)


def test_beside_a_running_kiosk_nothing_is_let_go(typed: Typed, home: Home, no: str) -> None:
    """It needs the log for itself: exit code 4, one sentence."""
    file = str(authorized(home, no))
    with running_kiosk(home):
        told = typed.refused(4, "log", "retention", "destroy", "--authorization", file, *ALLOWED)
        assert "the kiosk is open" in told
    assert "Two cars" in words_of(typed, no)


def test_a_hold_that_is_placed_while_somebody_is_asked_still_counts(
    typed: Typed, home: Home, no: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The record is looked at once more with the log in hand."""
    held, file = list[int](), str(authorized(home, no))

    def hold_then_agree(_: str) -> bool:
        held.append(typed("log", "hold", "place", no, *WHO).code)
        return True

    at_a_terminal(monkeypatch)
    monkeypatch.setattr("kiosk.commands.log.retention.destroy.confirm", hold_then_agree)
    told = typed("log", "retention", "destroy", "--authorization", file, *ALLOWED[:-1])
    assert (told.code, held) == (3, [0])
    assert "Two cars" in words_of(typed, no)


def test_practice_is_let_go_apart_from_live(typed: Typed, home: Home) -> None:
    """Its own marks, its own entry."""
    number = encounter(home, "practice", note="Two cars")
    mark(typed, "until 2020-01-01", mode="practice")
    assert destroy(typed, number, mode="practice").code == 0
    assert "Two cars" not in typed("log", "show", number, "--practice").out
    assert said(home, EntryKind.RECORD_DESTROYED) == []


# -- earlier logs ------------------------------------------------------------------------------------------------------


def begun_anew(home: Home) -> Path:
    """Another log takes the place of the live one; the file that this one is in now."""
    replace_log(home, "live", SystemClock(), ReplaceReason.KEY_LOST, by="setup")
    (file,) = archived_files(home, "live")
    return file


@pytest.fixture
def earlier(typed: Typed, home: Home, no: str) -> Path:
    """The file of the log with that record, after another log has taken its place."""
    file = begun_anew(home)
    closed(home, 2025, note="Three cars")
    mark(typed)
    return file


def bodies(file: Path) -> int:
    """How many values a log file holds."""
    with closing(sqlite3.connect(file)) as connection:
        count: int = connection.execute("SELECT count(*) FROM disclosure").fetchone()[0]
        return count


def test_a_record_of_an_earlier_log_goes_by_an_entry_of_the_present_one(
    typed: Typed, home: Home, no: str, earlier: Path
) -> None:
    """From that file and every copy of it that is kept next to it."""
    copy = Path(shutil.copy(earlier, earlier.with_name(f"{earlier.stem}.copy-1.db")))
    before = bodies(earlier)
    assert destroy(typed, no).code == 0
    assert "Two cars" not in words_of(typed, no)
    assert bodies(earlier) == bodies(copy) < before
    with closing(sqlite3.connect(home.log("live"))) as connection:
        assert connection.execute("SELECT count(*) FROM entry WHERE kind='record.destroyed'").fetchone() == (1,)
    assert f"under {REF}" in words_of(typed, no)
    told = typed("log", "verify")
    assert told.code == 0, told


@pytest.mark.parametrize("where", ["earlier", "present"])
def test_a_hold_in_any_log_keeps_it_there(typed: Typed, home: Home, no: str, where: str) -> None:
    """Placed before the new log began or since; it is released in the present one, and then the values go."""
    if where == "earlier":
        typed("log", "hold", "place", no, *WHO)
    file = begun_anew(home)
    mark(typed)
    if where == "present":
        typed("log", "hold", "place", no, *WHO)
    before = bodies(file)
    assert KeptBecause.ON_HOLD.words in refused(typed, no)
    assert bodies(file) == before
    assert typed("log", "hold", "release", no, *WHO).code == 0
    assert destroy(typed, no).code == 0
    assert bodies(file) < before
    told = typed("log", "verify")
    assert told.code == 0, told


def test_an_earlier_log_that_can_not_be_read_may_have_a_hold(typed: Typed, home: Home, no: str, earlier: Path) -> None:
    """Nothing is destroyed until a person has decided what this file is."""
    other = earlier.with_name(earlier.name.replace(earlier.stem[5:13], "00000000"))
    other.write_bytes(b"not a log")
    assert "may have a hold" in destroy(typed, no).err
    assert "Two cars" in words_of(typed, no)
    assert [kept.body["why"] for kept in said(home, EntryKind.DESTRUCTION_REFUSED)] == ["unreadable"]


@pytest.mark.parametrize("by", ["the next purge", "the next kiosk"])
def test_what_a_power_cut_left_half_done_is_finished(
    typed: Typed, home: Home, no: str, earlier: Path, monkeypatch: pytest.MonkeyPatch, by: str
) -> None:
    """The entry is written and the power goes before the earlier log is emptied."""
    before = bodies(earlier)

    def power_cut(*_: object) -> None:
        raise StoreError("The power went.")

    with monkeypatch.context() as cut:
        cut.setattr(Store, "destroy_in_previous_log", power_cut)
        assert destroy(typed, no).code == 4
    assert len(said(home, EntryKind.RECORD_DESTROYED)) == 1
    assert bodies(earlier) == before, "the test cut the power too late"
    typed("log", "hold", "place", no, *WHO)
    destroy(typed, no)
    assert bodies(earlier) == before, "a hold that was placed since keeps what is left"
    typed("log", "hold", "release", no, *WHO)
    if by == "the next kiosk":
        set_up(typed, home)
        force, _, opener = desk_of(home, read_settings(home), practice=False, clock=SystemClock())
        assert force.mode == "live"
        opener.open()
        opener.close()
    else:
        assert "destroyed before" in destroy(typed, no).err
    assert bodies(earlier) < before


def test_a_log_of_another_kiosk_lets_nothing_go_and_lifts_no_hold(
    typed: Typed, home: Home, no: str, tmp_path: Path
) -> None:
    """A copy of this home let the record go and went on as a log of its own; it was laid among the earlier ones."""
    there = Home(Path(shutil.copytree(home.path, tmp_path / "there")))
    typed("log", "hold", "place", no, *WHO)
    file, other = begun_anew(home), begun_anew(there)
    before = bodies(file)
    elsewhere = Typed(there, typed._capsys)
    mark(elsewhere)
    told = destroy(elsewhere, no)
    assert (told.code, bodies(other) < before) == (0, True), told
    with closing(open_at(there.log("live"))) as log:
        planted = archived_file(home, "live", log.origin)
    shutil.copy(there.log("live"), planted)
    mark(typed)
    told = destroy(typed, no)
    assert (told.code, bodies(file)) == (3, before), told
    assert f"{planted.name} is left out" in told.err
    assert KeptBecause.ON_HOLD.words in told.err
    assert typed("log", "hold", "release", no, *WHO).code == 0
    assert "may have a hold" in destroy(typed, no).err
    assert bodies(file) == before
    planted.unlink()
    assert destroy(typed, no).code == 0


def test_an_earlier_log_that_is_missing_may_have_a_hold(typed: Typed, home: Home, no: str, earlier: Path) -> None:
    """A log that is cited and not here stops a purge as one that can't be read."""
    away = earlier.rename(earlier.with_suffix(".away"))
    other = closed(home, 2019)
    assert "may have a hold" in destroy(typed, other).err
    assert "Two cars" in words_of(typed, other)
    away.rename(earlier)
    assert destroy(typed, other).code == 0
