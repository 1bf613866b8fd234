"""Backups of the log, and putting them back: checked, signed, never continued."""

from __future__ import annotations

import base64
import os
from pathlib import Path

import pytest

from kiosk.errors import LogMustBeReplaced, ReplaceReason
from kiosk.log.archive import archived_files
from kiosk.log.backup_check import MANIFEST
from kiosk.log.log import open_reader, open_writer
from kiosk.log.replace import replace_log
from kiosk.log.signing_key import key_file
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.verification.succession import start_entry
from kiosk.settings import Home
from kiosk.system.clock import FixedClock, SystemClock
from tests.homes import a_home, encounter, two_encounters
from tests.running import running_kiosk
from tests.typed import Stage, Typed, at_a_terminal

pytestmark = pytest.mark.stage(Stage.NEW)


@pytest.fixture
def home(home: Home) -> Home:
    """A home whose live log has two encounters."""
    two_encounters(home)
    return home


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    """Another disk."""
    disk = tmp_path / "disk"
    disk.mkdir()
    return disk


def backup(typed: Typed, disk: Path, *words: str) -> Path:
    """Make a backup; its folder."""
    before = set(disk.iterdir())
    told = typed("log", "backup", str(disk), *words)
    assert told.code == 0, told
    (folder,) = set(disk.iterdir()) - before
    return folder


def numbers(typed: Typed) -> list[str]:
    """The numbers of all encounters, oldest first."""
    return [one["no"] for one in typed("log", "list", "--json").json][::-1]


# -- making one ---------------------------------------------------------------------------------------------------


def test_a_backup_holds_the_log_and_its_signed_list_and_no_key(typed: Typed, home: Home, disk: Path) -> None:
    """Two files, for this account only; nothing of the private key is in them; that it was made is an entry."""
    folder = backup(typed, disk)
    log, note = sorted(folder.iterdir())
    assert note.name == MANIFEST
    secret = key_file(home, "live").read_text(encoding="ascii").strip().split("+", 4)[4]
    forms = secret.encode(), base64.b64decode(secret)[1:]
    assert [len(form) for form in forms] == [44, 32]
    assert not [path for path in (log, note) for form in forms if form in path.read_bytes()]
    assert os.name == "nt" or {path.stat().st_mode & 0o777 for path in (log, note)} == {0o600}
    assert f"was copied to {folder}" in typed("log", "audit").out


def test_a_backup_is_made_while_the_kiosk_runs(typed: Typed, home: Home, disk: Path) -> None:
    """The newest entries are in it, though they are not in the main file yet; the kiosk enters it."""
    with running_kiosk(home):
        assert home.log("live").with_name("live.db-wal").exists()
        assert typed("log", "backup", str(disk)).code == 0
        assert typed("log", "audit", "--json").json[0]["kind"] == EntryKind.BACKUP_MADE


def test_earlier_logs_are_in_it_too(typed: Typed, home: Home, disk: Path) -> None:
    """All that was ever recorded here."""
    replace_log(home, "live", FixedClock(), ReplaceReason.KEY_LOST, by="setup")
    encounter(home)
    folder = backup(typed, disk)
    assert len(list(folder.glob("*.db"))) == 2
    assert {archived_files(home, "live")[0].name} < {path.name for path in folder.iterdir()}


def test_an_earlier_log_that_is_not_sound_is_left_out_and_told(typed: Typed, home: Home, disk: Path) -> None:
    """The backup of the others is made; exit code 1."""
    replace_log(home, "live", FixedClock(), ReplaceReason.ALTERED, by="setup")
    (earlier,) = archived_files(home, "live")
    data = earlier.read_bytes()
    earlier.write_bytes(data.replace(b'"kind":"encounter.closed"', b'"kind":"encounter.closes"'))
    told = typed("log", "backup", str(disk))
    assert told.code == 1
    assert earlier.name in told.err
    assert len(list(disk.glob("*/*.db"))) == 1


def test_a_log_that_does_not_hold_what_was_signed_is_no_backup(typed: Typed, home: Home, disk: Path) -> None:
    """One sentence, and nothing is left behind that looks like a backup."""
    data = home.log("live").read_bytes()
    home.log("live").write_bytes(data.replace(b'"kind":"encounter.closed"', b'"kind":"encounter.closes"'))
    typed.refused(4, "log", "backup", str(disk))
    assert list(disk.iterdir()) == []


def test_only_the_newest_backups_of_this_kiosk_are_kept(typed: Typed, home: Home, disk: Path) -> None:
    """Older ones go, file by file; what is there beside them stays, and so does another kiosk's."""
    foreign = disk / "kiosk-backup-live-00000000-20200101T000000000000Z"
    foreign.mkdir()
    (foreign / "holiday.jpg").write_bytes(b"a picture")
    first = backup(typed, disk)
    (first / "notes.txt").write_text("mine", encoding="utf-8")
    second, third = backup(typed, disk), backup(typed, disk)
    told = typed("log", "backup", str(disk), "--keep", "2")
    assert told.code == 1, "what could not be removed is told"
    assert str(first) in told.err
    assert [path.name for path in first.iterdir()] == ["notes.txt"]
    assert not second.exists()
    assert third.exists()
    assert (foreign / "holiday.jpg").exists()
    assert len(list(disk.glob(f"*/{MANIFEST}"))) == 2


def test_the_backup_just_made_is_never_removed(typed: Typed, home: Home, disk: Path) -> None:
    """Even when the clock ran ahead when the ones before were made."""
    ahead = backup(typed, disk)
    note = (ahead / MANIFEST).read_bytes()
    at = next(line for line in note.split(b"\n") if line.startswith(b"made: "))
    (ahead / MANIFEST).write_bytes(note.replace(at, b"made: 2999" + at[10:]))
    newest = backup(typed, disk, "--keep", "1")
    assert [path.name for path in disk.iterdir()] == [newest.name]


@pytest.mark.parametrize("place", ["log", "log/earlier", "keys", "nowhere"])
def test_a_place_that_can_take_no_backup_is_refused(typed: Typed, home: Home, place: str) -> None:
    """Where the log itself lies, or no folder at all."""
    home.earlier.mkdir(exist_ok=True)
    typed.refused(2, "log", "backup", str(home.path / place))


def test_a_full_disk_is_told_and_leaves_nothing_behind(
    typed: Typed, disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The backups that are there stay good."""

    def no_room(*_: object) -> None:
        raise OSError(28, "no room")

    good = backup(typed, disk)
    monkeypatch.setattr("db.copy.put_in_place", no_room)
    assert f"{disk} has no space for a backup" in typed.refused(4, "log", "backup", str(disk))
    assert list(disk.iterdir()) == [good]


def test_without_its_key_no_list_can_be_signed(typed: Typed, home: Home, disk: Path) -> None:
    """The sentence names the key and the repair."""
    key_file(home, "live").unlink()
    assert "kiosk setup" in typed.refused(4, "log", "backup", str(disk))


@pytest.mark.parametrize("keep", ["0", "-1", "many"])
def test_how_many_to_keep_is_a_number_from_1_on(typed: Typed, disk: Path, keep: str) -> None:
    """Never none."""
    typed.refused(2, "log", "backup", str(disk), f"--keep={keep}")


# -- putting one back ---------------------------------------------------------------------------------------------


def lose(home: Home) -> None:
    """The computer's log and key are gone."""
    for path in (*home.log("live").parent.glob("live.db*"), *key_file(home, "live").parent.iterdir()):
        path.unlink()


def test_a_restored_backup_is_read_and_never_gone_on_with(typed: Typed, home: Home, disk: Path) -> None:
    """What it holds is listed again; the new log has another name and key, cites it, and its numbers go on."""
    folder = backup(typed, disk)
    log = open_reader(home, "live")
    old = log.origin
    log.close()
    lose(home)
    told = typed("log", "restore", str(folder), "--yes")
    assert told.code == 0, told
    assert "cites the backup" in told.err
    assert "another kiosk" not in told.err
    log = open_reader(home, "live")
    kept = start_entry(log)
    assert kept is not None
    assert (kept.body["reason"], kept.body["before"]["origin"]) == ("restored", old)
    assert log.origin != old
    log.close()
    assert encounter(home) == "2026-0003"
    assert numbers(typed) == ["2026-0001", "2026-0002", "2026-0003"]
    assert typed("log", "verify").code == 0


def test_a_backup_put_back_by_hand_with_its_key_is_not_gone_on_with_either(
    typed: Typed, home: Home, disk: Path
) -> None:
    """Somebody copies the file back over the log: the kiosk had signed more, and says so."""
    folder = backup(typed, disk)
    encounter(home)
    home.log("live").write_bytes(next(folder.glob("*.db")).read_bytes())
    with pytest.raises(LogMustBeReplaced, match="older copy"):
        open_writer(home, "live", SystemClock())


def test_on_another_computer_it_is_restored_too(typed: Typed, disk: Path, tmp_path: Path, capsys: object) -> None:
    """The log that was begun there meanwhile is kept next to it."""
    folder = backup(typed, disk)
    there = a_home(tmp_path / "there")
    encounter(there, agency="A third agency")
    typed_there = Typed(there, typed._capsys)
    key = typed("key", "show", "log").out.strip()
    assert typed_there("log", "restore", str(folder), "--yes").code == 5
    assert numbers(typed_there) == ["2026-0001"]
    told = typed_there("log", "restore", str(folder), "--yes", "--key", key)
    assert (told.code, "backup of another kiosk" in told.err) == (0, True), told
    assert typed_there("log", "verify").code == 0
    assert len(numbers(typed_there)) == 3
    assert encounter(there) == "2026-0003"
    log = open_reader(there, "live")
    kept = start_entry(log)
    log.close()
    assert kept is not None
    assert len(kept.body["other_states"]) == 1


def test_the_newest_backup_in_a_folder_is_taken(typed: Typed, home: Home, disk: Path) -> None:
    """Of several of one kiosk."""
    backup(typed, disk)
    encounter(home)
    backup(typed, disk)
    lose(home)
    assert typed("log", "restore", str(disk), "--yes").code == 0
    assert numbers(typed) == ["2026-0001", "2026-0002", "2026-0003"]


def test_of_several_kiosks_one_must_be_named(typed: Typed, disk: Path, tmp_path: Path) -> None:
    """A share that holds another school's backup too."""
    backup(typed, disk)
    there = a_home(tmp_path / "there")
    encounter(there)
    backup(Typed(there, typed._capsys), disk)
    assert "several kiosks" in typed.refused(2, "log", "restore", str(disk), "--yes")


def test_a_backup_that_adds_nothing_is_refused(typed: Typed, home: Home, disk: Path) -> None:
    """The log here is sound and continues from it."""
    folder = backup(typed, disk)
    before = home.log("live").read_bytes()
    assert "already hold" in typed.refused(3, "log", "restore", str(folder), "--yes")
    assert home.log("live").read_bytes() == before


def test_a_damaged_log_is_kept_beside_the_backup_of_it(typed: Typed, home: Home, disk: Path) -> None:
    """Both have the same name; the sound one is read, the other is a copy that is only kept."""
    folder = backup(typed, disk)
    home.log("live").write_bytes(b"no log at all")
    assert typed("log", "restore", str(folder), "--yes").code == 0
    assert [path.read_bytes() for path in home.earlier.glob("*.copy-*.db")] == [b"no log at all"]
    assert numbers(typed) == ["2026-0001", "2026-0002"]


def test_restoring_is_refused_beside_a_running_kiosk(typed: Typed, home: Home, disk: Path) -> None:
    """Whoever writes the log has it."""
    folder = backup(typed, disk)
    log = open_writer(home, "live", FixedClock())
    try:
        typed.refused(4, "log", "restore", str(folder), "--yes")
    finally:
        log.close()


def test_restoring_asks_first(typed: Typed, home: Home, disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a terminal it names the flag; with one, only the word yes does it."""
    folder = backup(typed, disk)
    lose(home)
    told = typed("log", "restore", str(folder))
    assert (told.code, "--yes" in told.err) == (2, True)
    at_a_terminal(monkeypatch, "\n", "yes\n")
    assert typed("log", "restore", str(folder)).code == 3
    assert not home.log("live").exists()
    assert typed("log", "restore", str(folder)).code == 0
    assert home.log("live").exists()


def change_a_byte(folder: Path) -> None:
    """One byte of the log."""
    path = next(folder.glob("*.db"))
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def change_the_list(folder: Path) -> None:
    """The list says another school."""
    data = (folder / MANIFEST).read_bytes()
    assert b"school: " in data
    (folder / MANIFEST).write_bytes(data.replace(b"school: ", b"school: Another", 1))


def take_a_file(folder: Path) -> None:
    """The log is not there."""
    next(folder.glob("*.db")).unlink()


@pytest.mark.parametrize("harm", [change_a_byte, change_the_list, take_a_file])
def test_a_backup_that_is_not_what_was_signed_is_refused(typed: Typed, home: Home, disk: Path, harm: object) -> None:
    """Whatever was changed; nothing is put back."""
    folder = backup(typed, disk)
    lose(home)
    assert callable(harm)
    harm(folder)
    told = typed("log", "restore", str(folder), "--yes")
    assert told.code in {2, 3, 4}, told
    assert told.err.count("\n") == 1
    assert not home.log("live").exists()


def test_a_copied_log_without_a_list_is_checked_by_itself(typed: Typed, home: Home, disk: Path) -> None:
    """Its own signatures hold, and it is said that there is no list."""
    copy = disk / "somebody-copied-this.db"
    copy.write_bytes(home.log("live").read_bytes())
    lose(home)
    told = typed("log", "restore", str(copy), "--yes")
    assert told.code == 0, told
    assert "no signed list" in told.err
    assert numbers(typed) == ["2026-0001", "2026-0002"]


@pytest.mark.parametrize("source", ["nowhere", "."])
def test_what_is_no_backup_is_refused(typed: Typed, disk: Path, source: str) -> None:
    """A folder without one, a name that leads nowhere."""
    typed.refused(2, "log", "restore", str(disk / source), "--yes")


def test_a_practice_backup_is_not_put_in_the_live_logs_place(typed: Typed, home: Home, disk: Path) -> None:
    """They never mix."""
    encounter(home, "practice")
    folder = backup(typed, disk, "--practice")
    assert "--practice" in typed.refused(2, "log", "restore", str(folder), "--yes")
