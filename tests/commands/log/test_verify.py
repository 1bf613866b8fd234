"""`kiosk log verify`: the report in words, and every kind of mismatch."""

from __future__ import annotations

import base64
import errno
import os
import re
import sqlite3
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from kiosk.app import bootstrap
from kiosk.errors import LogMustBeReplaced
from kiosk.log.archive import archived_file, archived_files, open_history
from kiosk.log.continuity import signer_for
from kiosk.log.log import open_reader
from kiosk.log.record_search import find_records
from kiosk.log.retention_state import statuses_of
from kiosk.log.signing_key import checkpoint_file, key_file, new_signer, save
from kiosk.log.verify import check_log
from kiosk.record.entries import digest, leaf_hash
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.retention.authorization import authorized as authorized_entry
from kiosk.record.retention.authorization import destroyed, signed_authorization
from kiosk.record.transparency.merkle import Tree
from kiosk.record.transparency.verification_code import VerificationCode, short_log_id
from kiosk.settings import Home
from kiosk.system.clock import FixedClock
from tests.faults.tampering import raw
from tests.forgeries import FORGERIES, forge
from tests.homes import a_home, encounter, tamper
from tests.keeping import RECORDS, WHO, authorized, closed, destroy, knows_officer, mark, words_of
from tests.record.retention.logged import act_of_two
from tests.typed import Typed

pytestmark = pytest.mark.usefixtures("synchronized")

UNSIGN: Final = "UPDATE log SET log_vkey = ''; DELETE FROM newest_checkpoint; DELETE FROM checkpoint;"
"""Takes the key and every signature out of a log."""


def codes(home: Home) -> list[VerificationCode]:
    """The verification codes of all permanent checkpoints, oldest first, out of the file itself."""
    with closing(sqlite3.connect(home.log("live"))) as connection:
        (origin,) = connection.execute("SELECT origin FROM log").fetchone()
        rows = connection.execute("SELECT size, root FROM checkpoint ORDER BY size").fetchall()
    assert rows, "no state was kept"
    return [VerificationCode(short_log_id(origin), size, root) for size, root in rows]


def cut_back(connection: sqlite3.Connection, size: int) -> None:
    """Cut the log off after an older signed state, and make that its head, as whoever holds only the file can."""
    connection.execute("DELETE FROM disclosure WHERE seq >= ?", (size,))
    connection.execute("DELETE FROM entry WHERE seq >= ?", (size,))
    connection.execute("DELETE FROM checkpoint WHERE size > ?", (size,))
    row = connection.execute("SELECT size, root, note FROM checkpoint WHERE size = ?", (size,)).fetchone()
    peaks = b"".join(_peaks(connection, size))
    connection.execute("UPDATE newest_checkpoint SET size=?, root=?, note=?, peaks=?", (*row, peaks))


def _peaks(connection: sqlite3.Connection, size: int) -> tuple[bytes, ...]:
    from kiosk.record.transparency.merkle import Tree  # noqa: PLC0415 - only here

    leaves = [leaf for (leaf,) in connection.execute("SELECT leaf FROM entry WHERE seq < ? ORDER BY seq", (size,))]
    return Tree().grown(leaves).peaks


def test_a_sound_log_is_told_in_plain_words(typed: Typed, home: Home) -> None:
    """The report says what is proven and, without an outside copy, what can't be ruled out."""
    assert "no entries yet" in typed("log", "verify").out
    encounter(home)
    told = typed("log", "verify")
    count = typed("log", "verify", "--json").json["matching"]
    assert told.code == 0
    for words in (f"All {count} entries match their hashes", "signed with key", "NOT PROVEN", "--code", "--key"):
        assert words in told.out


def test_a_code_says_which_entries_nobody_can_have_changed(typed: Typed, home: Home) -> None:
    """Entries in the outside copy are proven even against the key; later ones are not."""
    encounter(home)
    encounter(home)
    first, second = codes(home)
    told = typed("log", "verify", "--code", first.text)
    assert told.code == 0
    assert "MATCHES" in told.out
    assert f"Entries 0 to {first.size - 1}: not even with that key" in " ".join(told.out.split())
    assert f"A change to entries {first.size} to {second.size - 1} by someone with" in " ".join(told.out.split())
    both = typed("log", "verify", "--code", "\n".join(first.lines()), "--code", second.text.lower(), "--json")
    assert [one["outcome"] for one in both.json["outside_copies"]] == ["matches", "matches"]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE entry SET header = replace(header, 'step.answered', 'step.answereD') WHERE seq = 1",
        "UPDATE disclosure SET body = (SELECT body FROM disclosure WHERE seq = 0 LIMIT 1) WHERE seq = 1",
        "DELETE FROM entry WHERE seq = 1",
        "DELETE FROM disclosure WHERE seq = 1 AND name = 'chosen'",
    ],
)
def test_a_changed_log_is_found(typed: Typed, home: Home, change: str) -> None:
    """A header, a value, a missing entry, a missing value: exit code 1, and the entry is named."""
    encounter(home)
    tamper(home, lambda connection: connection.execute(change))
    told = typed("log", "verify")
    assert told.code == 1
    assert "Entry 1 " in told.out
    assert "Superintendent's Office" in told.out
    assert "This proves" not in told.out
    assert typed("log", "verify", "--json").json["entry"] == 1


def test_a_truncated_log_is_found_by_what_the_kiosk_remembers_or_else_by_a_receipt(typed: Typed, home: Home) -> None:
    """Where that is put back as well, it is sound by itself, and the words say that this can't be seen."""
    encounter(home)
    encounter(home)
    older, newest = codes(home)
    tamper(home, lambda connection: cut_back(connection, older.size))
    known = typed("log", "verify")
    assert known.code == 1
    assert f"is an older copy: it ends after {older.size} entries" in known.out
    kept = checkpoint_file(home, "live")
    kept.unlink()
    assert typed("log", "verify").code == 1
    with closing(sqlite3.connect(home.log("live"))) as connection:
        (note,) = connection.execute("SELECT note FROM newest_checkpoint").fetchone()
    kept.write_text(note, "utf-8")
    alone = typed("log", "verify")
    assert (alone.code, alone.out.startswith("NOT PROVEN")) == (0, True)
    assert "entries deleted from the end (no key needed)" in " ".join(alone.out.split())
    told = typed("log", "verify", "--code", newest.text)
    assert told.code == 1
    assert f"{newest.size - older.size} entries missing from its end" in " ".join(told.out.split())
    assert typed("log", "verify", "--code", older.text).code == 0


def test_a_code_of_another_kiosk_is_named(typed: Typed, home: Home) -> None:
    """It says whose it is and whose log is here."""
    encounter(home)
    (one,) = codes(home)
    told = typed("log", "verify", "--code", VerificationCode("00C0FFEE", one.size, one.root).text)
    assert told.code == 5
    assert "log 00C0FFEE" in told.out
    assert f"Checked here: {one.log_id}" in " ".join(told.out.split())


def test_a_key_that_was_replaced_is_found(typed: Typed, home: Home) -> None:
    """The key of the kiosk and the key that its log names must be one."""
    encounter(home)
    log = open_reader(home, "live")
    _, line = new_signer(log.origin)
    log.close()
    save(home, "live", line)
    told = typed("log", "verify")
    assert told.code == 1
    assert "one of the two was replaced" in " ".join(told.out.split())


@pytest.mark.parametrize("left", ["both", "key", "head"])
def test_a_log_whose_key_was_taken_out_does_not_match(typed: Typed, home: Home, left: str) -> None:
    """Whatever is left beside it, its own key or what was signed last; setup cites it as altered."""
    encounter(home)
    raw(home.log("live"), lambda connection: connection.executescript(UNSIGN))
    if left != "both":
        (checkpoint_file if left == "key" else key_file)(home, "live").unlink()
    told = typed("log", "verify")
    assert (told.code, "was changed or removed" in " ".join(told.out.split())) == (1, True), told
    with closing(open_reader(home, "live")) as log, pytest.raises(LogMustBeReplaced, match="removed") as ended:
        signer_for(home, "live", log)
    assert ended.value.reason == "altered"
    assert "Add --replace-log" in typed.refused(4, "setup")


def test_a_code_of_no_entries_is_no_proof(typed: Typed, home: Home) -> None:
    """Whoever gives it is told so; the log is verified by itself, and nothing is claimed of the code."""
    encounter(home)
    (one,) = codes(home)
    nothing = VerificationCode(one.log_id, 0, Tree().root).text
    assert typed("log", "verify", "--code", nothing).code == 5
    told = typed("log", "verify", "--code", nothing, "--json").json
    assert (told["outside_copies"][0]["outcome"], told["logs"][0]["problems"]) == ("empty", [])


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_log_with_another_schema_does_not_match(typed: Typed, home: Home, tmp_path: Path, forgery: str) -> None:
    """The live log, a copy of it, and the same file as a previous log; a restore refuses the copy."""
    encounter(home)
    typed("log", "backup", str(tmp_path))
    home.log("live").unlink()
    typed("log", "restore", str(tmp_path), "--yes")
    (previous,) = archived_files(home, "live")
    assert typed("log", "verify").code == 0
    forge(previous, forgery)
    assert typed("log", "verify").code == 1
    assert typed("log", "verify", "--file", str(previous)).code == 1
    typed.refused(4, "log", "restore", str(previous), "--yes")


def test_a_copy_of_a_log_is_checked_where_it_lies(typed: Typed, home: Home, tmp_path: Path) -> None:
    """It is only read: nothing appears beside it. A code counts for it too."""
    encounter(home)
    (one,) = codes(home)
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    copy = folder / "copy.db"
    copy.write_bytes(home.log("live").read_bytes())
    told = typed("log", "verify", "--file", str(copy), "--code", one.text)
    assert told.code == 0, told
    assert str(copy) in told.out
    assert list(folder.iterdir()) == [copy]
    assert "no log at" in typed.refused(4, "log", "verify", "--file", str(folder / "nothing.db"))
    assert "because it is a folder. Name the .db file in it." in typed.refused(
        2, "log", "verify", "--file", str(folder)
    )
    (folder / "text.db").write_text("no log", encoding="utf-8")
    typed.refused(4, "log", "verify", "--file", str(folder / "text.db"))


def test_a_code_may_be_in_a_file(typed: Typed, home: Home, tmp_path: Path) -> None:
    """Codes and signed notes; a picture or a text without one is refused in a sentence."""
    encounter(home)
    (one,) = codes(home)
    file = tmp_path / "codes.txt"
    file.write_text(f"Kept in the office:\n{one.text}\n", encoding="utf-8")
    assert typed("log", "verify", "--code", str(file)).code == 0
    file.write_text("nothing", encoding="utf-8")
    assert "no verification code in" in typed.refused(2, "log", "verify", "--code", str(file))
    os.mkfifo(tmp_path / "pipe")
    for odd in (tmp_path / "pipe", tmp_path):
        assert str(odd) in typed.refused(2, "log", "verify", "--code", str(odd))
    file.write_bytes(b"%PDF\xff\xfe")
    assert "not text" in typed.refused(2, "log", "verify", "--code", str(file))
    assert "code can't be read" in typed.refused(2, "log", "verify", "--code", "FOK1:nonsense")
    assert "code can't be read" in typed.refused(2, "log", "verify", "--code", one.characters)


def test_a_long_log_is_checked_by_several_processes_to_the_same_end(
    home: Home, typed: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The verdict does not depend on how the work is shared."""
    encounter(home)
    alone = check_log(home.log("live"))
    monkeypatch.setattr("kiosk.log.verify.LONG", 0)
    told: list[int] = []
    assert check_log(home.log("live"), progress=told.append) == alone
    assert alone.verified
    assert sum(told) == alone.size


class _Broken:
    """A pool of processes whose first process dies."""

    def __init__(self, **_: object) -> None: ...

    def shutdown(self, **_: object) -> None: ...

    def submit(self, *_: object, **__: object) -> Future[object]:
        done = Future[object]()
        done.set_exception(BrokenProcessPool("A process in the process pool was terminated abruptly"))
        return done


def _no_pool(error: Exception) -> Callable[..., object]:
    def refuse(**_: object) -> object:
        raise error

    return refuse


@pytest.mark.parametrize(
    "pool",
    [
        _no_pool(FileNotFoundError(errno.ENOENT, "No such file or directory")),  # no /dev/shm
        _no_pool(PermissionError(errno.EACCES, "Permission denied")),
        _no_pool(BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")),  # no more processes
        _no_pool(NotImplementedError("This Python build lacks multiprocessing.synchronize")),
        _Broken,
    ],
    ids=["no shared memory", "no right to it", "no processes", "no locks", "a process that dies"],
)
def test_a_long_log_is_checked_by_one_process_where_there_can_be_no_others(
    typed: Typed, home: Home, monkeypatch: pytest.MonkeyPatch, pool: object
) -> None:
    """To the same end: a computer can lack what processes share."""
    encounter(home)
    expected = check_log(home.log("live"))
    monkeypatch.setattr("kiosk.log.verify.LONG", 1)
    monkeypatch.setattr("kiosk.system.processors.ProcessPoolExecutor", pool)
    done = list[int]()
    assert check_log(home.log("live"), progress=done.append) == expected
    assert sum(done) == expected.size
    assert typed("log", "verify").code == 0
    tamper(home, lambda connection: connection.execute("UPDATE entry SET leaf = zeroblob(32) WHERE seq = 3"))
    assert typed("log", "verify").code == 1


def test_a_restored_log_says_from_which_it_goes_on(typed: Typed, home: Home, tmp_path: Path) -> None:
    """The previous log is checked too; entries newer than the backup are reported missing."""
    encounter(home)
    typed("log", "backup", str(tmp_path))
    older = codes(home)[0]
    encounter(home)
    newer = codes(home)[-1]
    home.log("live").unlink()
    assert typed("log", "restore", str(tmp_path), "--yes").code == 0
    told = typed("log", "verify", "--code", older.text)
    words = " ".join(told.out.split())
    assert told.code == 0, told
    assert f"This log replaced log {older.log_id} (" in words
    assert "That log is here and ends there." in words
    assert f"Entries 0 to {older.size - 1} of log {older.log_id}: not even with that key" in words
    told = typed("log", "verify", "--code", newer.text)
    assert (told.code, "missing from its end" in " ".join(told.out.split())) == (1, True)


@pytest.mark.parametrize("size", ["1" + "0" * 30, "Infinity", "-1", "true", '"7"'])
def test_a_log_that_goes_on_from_no_number_of_entries_is_told_calmly(
    typed: Typed, home: Home, tmp_path: Path, size: str
) -> None:
    """Whoever makes the hash of its first entry again can write anything there."""
    encounter(home)
    typed("log", "backup", str(tmp_path))
    home.log("live").unlink()
    typed("log", "restore", str(tmp_path), "--yes")

    def change(connection: sqlite3.Connection) -> None:
        where = "WHERE seq=0 AND name='before'"
        (was,) = connection.execute(f"SELECT body FROM disclosure {where}").fetchone()  # noqa: S608 - our own words
        said = base64.urlsafe_b64decode(was + b"=" * (-len(was) % 4)).decode()
        now = base64.urlsafe_b64encode(re.sub(r'"size":\d+', f'"size":{size}', said).encode()).rstrip(b"=")
        assert now != was
        (header,) = connection.execute("SELECT header FROM entry WHERE seq=0").fetchone()
        other = header.replace(digest(was), digest(now))
        connection.execute("UPDATE entry SET header=?, leaf=? WHERE seq=0", (other, leaf_hash(other)))
        connection.execute(f"UPDATE disclosure SET body=? {where}", (now,))  # noqa: S608 - our own words

    raw(home.log("live"), change)
    told = typed("log", "verify")
    assert (told.code, "hashed again" in told.out) == (1, True)


def test_an_earlier_log_that_is_not_here_or_was_changed_is_named(typed: Typed, home: Home, tmp_path: Path) -> None:
    """The first entry of the new log says what must be there."""
    encounter(home)
    typed("log", "backup", str(tmp_path))
    home.log("live").unlink()
    typed("log", "restore", str(tmp_path), "--yes")
    (earlier,) = archived_files(home, "live")
    whole = earlier.read_bytes()
    earlier.write_bytes(b"not a log")
    told = typed("log", "verify")
    assert (told.code, "CAN'T BE READ" in told.out) == (1, True)
    earlier.unlink()
    told = typed("log", "verify")
    assert (told.code, "which this log cites, is not here" in told.out) == (1, True)
    earlier.write_bytes(whole)
    assert typed("log", "verify").code == 0
    alone = typed("log", "verify", "--file", str(home.log("live")))
    assert (alone.code, "was not checked" in alone.out) == (0, True)


def test_what_was_let_go_in_order_and_what_is_held_is_sound(typed: Typed, home: Home) -> None:
    """An entry records the destruction, and the whole log is still verified."""
    gone, kept = closed(home, 2019), closed(home, 2020)
    mark(typed)
    assert typed("log", "hold", "place", kept, *WHO).code == 0
    assert destroy(typed, gone).code == 0
    told = typed("log", "verify")
    assert told.code == 0, told
    assert "Details destroyed: 1 record." in told.out
    assert typed("log", "hold", "release", kept, "--reason", "It is over", "--by", "C. Counsel").code == 0
    assert typed("log", "verify").code == 0
    tamper(home, lambda connection: connection.execute("DELETE FROM destruction"))
    told = typed("log", "verify")
    assert (told.code, "the row that says so is missing" in " ".join(told.out.split())) == (1, True)


def test_a_destruction_that_nobody_authorized_does_not_match(typed: Typed, home: Home) -> None:
    """Written and signed with the kiosk's own key, by somebody who went past the command."""
    gone = closed(home, 2019)
    knows_officer(home)
    with closing(open_reader(home, "live")) as log:
        (encounter_id,) = log.encounter_ids(EntryKind.ENCOUNTER_OPENED)
    entry = act_of_two(encounter_id)[-1]
    clock = FixedClock()
    with bootstrap.settled(home, "live", clock) as writer:
        bootstrap.destroy(home, "live", writer, [entry], clock)
    assert "Two cars" not in words_of(typed, gone)
    told = typed("log", "verify", "--json")
    problems = " ".join(one["problem"] for one in told.json["logs"][0]["problems"])
    assert (told.code, "no earlier entry keeps an authorization" in problems) == (1, True)


@pytest.mark.parametrize("amended", [False, True])
def test_a_record_must_be_what_was_authorized(typed: Typed, home: Home, *, amended: bool) -> None:
    """Somebody went past the command after it was added to, with the officer's true authorization and the log's key."""
    gone = closed(home, 2019)
    file = authorized(home, gone)
    said = signed_authorization(file.read_bytes(), RECORDS.public)
    if amended:
        words = ("--add", "A third car", "--reason", "Read again", "--by", "Dana Ruiz")
        assert typed("log", "amend", gone, *words).code == 0
    with closing(open_history(home, "live")) as log:
        (status,) = statuses_of(log, find_records(log, [gone], "live"), ())
    as_said = replace(status, content=said.said.request.records[0].content)
    entries, clock = [authorized_entry(said), destroyed(as_said, said, by="Dana Ruiz", reason="Over")], FixedClock()
    with bootstrap.settled(home, "live", clock) as writer:
        bootstrap.destroy(home, "live", writer, entries, clock)
    told = typed("log", "verify", "--json")
    problems = [one["problem"] for one in told.json["logs"][0]["problems"]]
    assert (told.code, len(problems)) == ((1, 1) if amended else (0, 0)), problems


def test_values_let_go_from_an_earlier_log_rest_on_an_entry_of_the_one_that_goes_on(
    typed: Typed, home: Home, tmp_path: Path
) -> None:
    """Both are checked together; a destruction without an entry is found."""
    gone = closed(home, 2019)
    typed("log", "backup", str(tmp_path))
    home.log("live").unlink()
    typed("log", "restore", str(tmp_path), "--yes")
    mark(typed)
    assert typed("log", "hold", "place", gone, *WHO).code == 0
    assert typed("log", "hold", "release", gone, "--reason", "It is over", "--by", "C. Counsel").code == 0
    assert destroy(typed, gone).code == 0
    told = typed("log", "verify")
    assert told.code == 0, told
    (earlier,) = archived_files(home, "live")
    alone = typed("log", "verify", "--file", str(earlier)).out
    assert "Marked as destroyed by log" in " ".join(alone.split())
    assert "Details destroyed" not in alone
    raw(earlier, lambda connection: connection.execute("UPDATE destruction SET seq = 0"))
    told = typed("log", "verify")
    assert (told.code, "does not say so" in told.out) == (1, True)


def test_a_log_that_another_was_begun_beside_must_be_here_too(typed: Typed, home: Home, tmp_path: Path) -> None:
    """A backup of another computer was put back here; the log that was here then is cited beside it."""
    there = a_home(tmp_path / "there")
    encounter(there)
    copy = tmp_path / "copy.db"
    copy.write_bytes(there.log("live").read_bytes())
    encounter(home)
    with closing(open_reader(home, "live")) as log:
        beside = archived_file(home, "live", log.origin)
    with closing(open_reader(there, "live")) as log:
        key = str(log.key)
    assert typed("log", "restore", str(copy), "--yes", "--key", key).code == 0
    assert typed("log", "verify").code == 0
    beside.unlink()
    told = typed("log", "verify")
    assert (told.code, "is not here" in told.out) == (1, True), told
