"""A new log in the place of one that can't be continued: it cites the old one, which is kept; numbers go on."""

from __future__ import annotations

import base64
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.errors import LogMustBeReplaced, Refused, ReplaceReason, StoreUnusable
from kiosk.log.archive import archived_file, archived_files, open_history
from kiosk.log.log import ensure_log, open_at, open_reader, open_writer
from kiosk.log.replace import replace_log
from kiosk.log.signing_key import checkpoint_file, key_file, new_signer, read_signer, remembered
from kiosk.log.verify import check_log
from kiosk.record.entries import Actor, Altered, LoggedEntry, decode
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.verification.succession import numbered_before, start_entry
from kiosk.settings import Home
from kiosk.system.clock import FixedClock
from tests.homes import a_home, encounter, tamper


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home whose live log has two encounters."""
    home = a_home(tmp_path)
    assert [encounter(home), encounter(home)] == ["2026-0001", "2026-0002"]
    return home


def files_of(home: Home, mode: str = "live") -> dict[str, bytes]:
    """The log's main file and what is next to it that matters, as bytes, once nobody has it open."""
    return {path.name: path.read_bytes() for path in home.log(mode).parent.glob(f"{mode}.db*") if path.suffix == ".db"}


def anew(home: Home, reason: ReplaceReason = ReplaceReason.DAMAGED) -> LoggedEntry:
    """Begin a new log; its first entry."""
    replace_log(home, "live", FixedClock(), reason, by="desk")
    log = open_reader(home, "live")
    kept = start_entry(log)
    assert kept is not None
    assert kept.seq == 0
    log.close()
    return kept


def test_the_new_log_cites_the_old_one(home: Home) -> None:
    """Origin, size, root and why; the old file is the same, byte for byte; both verify."""
    old, before = open_reader(home, "live"), files_of(home)
    checkpoint = old.newest_checkpoint()
    old.close()
    assert checkpoint is not None
    kept = anew(home, ReplaceReason.KEY_LOST)
    root = base64.b64encode(checkpoint.root).decode()
    assert kept.body["before"] == {"origin": checkpoint.origin, "size": checkpoint.size, "root": root}
    assert (kept.body["reason"], kept.body["numbered"], kept.body["by"]) == ("key-lost", 2, "desk")
    earlier = archived_file(home, "live", checkpoint.origin)
    assert earlier.read_bytes() == before["live.db"]
    chain = open_history(home, "live")
    assert [check_log(path).verified for path in (earlier, home.log("live"))] == [True, True]
    assert chain.logs[1].origin != checkpoint.origin
    chain.close()


def test_the_new_log_has_a_key_of_its_own(home: Home) -> None:
    """The old key signs nothing any more; the new one has the new log's name, and its first state is remembered."""
    old = read_signer(home, "live", {}).public
    anew(home)
    new, log = read_signer(home, "live", {}).public, open_reader(home, "live")
    assert new.name == log.origin != old.name
    assert remembered(home, "live", log.key) == log.newest_checkpoint()
    log.close()
    assert os.name == "nt" or key_file(home, "live").stat().st_mode & 0o777 == 0o600


def test_numbers_of_encounters_go_on(home: Home) -> None:
    """Through one new log, and through a second one."""
    anew(home)
    assert encounter(home) == "2026-0003"
    anew(home)
    assert encounter(home) == "2026-0004"


def test_an_encounter_left_open_is_told_in_the_first_entry(home: Home) -> None:
    """It stays open in the log it stands in; the next one starts again."""
    assert encounter(home, close=False) == "2026-0003"
    assert anew(home).body["unfinished"] == ["2026-0003"]
    assert encounter(home) == "2026-0004"
    assert anew(home).body["unfinished"] == []


def damaged(home: Home) -> None:
    """Nothing of the log can be read."""
    home.log("live").write_bytes(b"no log at all")


def gone(home: Home) -> None:
    """The file was thrown away."""
    for path in home.log("live").parent.glob("live.db*"):
        path.unlink()


def altered(home: Home) -> None:
    """The newest signed state was changed, which no guard of the file stops."""
    with closing(sqlite3.connect(home.log("live"))) as connection:
        connection.execute("UPDATE newest_checkpoint SET root=zeroblob(32)")
        connection.commit()


def without_key(home: Home) -> None:
    """The key was lost."""
    key_file(home, "live").unlink()


def with_another_key(home: Home) -> None:
    """A key of the same name, but another one, took its place."""
    name = read_signer(home, "live", {}).public.name
    key_file(home, "live").write_text(new_signer(name)[1], encoding="ascii")


def with_a_foreign_key(home: Home) -> None:
    """The key of another log is there: the log, or the key, came from elsewhere."""
    ensure_log(home, "practice", FixedClock())
    key_file(home, "live").write_bytes(key_file(home, "practice").read_bytes())


def rolled_back(home: Home) -> None:
    """An older copy is put back by hand."""
    copy = files_of(home)["live.db"]
    encounter(home)
    home.log("live").write_bytes(copy)


def forked(home: Home) -> None:
    """A copy that another computer went on writing to, with the same key, is put back."""
    elsewhere = a_home(home.path.parent / "elsewhere")
    for path in (home.log("live"), key_file(home, "live"), checkpoint_file(home, "live")):
        there = elsewhere.path / path.relative_to(home.path)
        there.parent.mkdir(exist_ok=True)
        there.write_bytes(path.read_bytes())
    encounter(home, agency="As it was here")
    for _ in range(2):
        encounter(elsewhere, agency="As it was there")
    home.log("live").write_bytes(elsewhere.log("live").read_bytes())


ENDINGS: dict[ReplaceReason, Callable[[Home], None]] = {
    ReplaceReason.DAMAGED: damaged,
    ReplaceReason.GONE: gone,
    ReplaceReason.ALTERED: altered,
    ReplaceReason.KEY_LOST: without_key,
    ReplaceReason.KEY_REPLACED: with_another_key,
    ReplaceReason.FOREIGN: with_a_foreign_key,
    ReplaceReason.ROLLED_BACK: rolled_back,
    ReplaceReason.FORKED: forked,
}


def test_every_reason_but_a_restored_backup_has_an_ending() -> None:
    """A new reason needs a test of what the kiosk does then; a restored backup is tested with the command."""
    assert {*ENDINGS, ReplaceReason.RESTORED} == set(ReplaceReason)


@pytest.mark.parametrize("reason", ENDINGS)
def test_what_ended_a_log_is_told_and_a_new_one_goes_on(home: Home, reason: ReplaceReason) -> None:
    """The error says why in the word the new log keeps; nothing is replaced before somebody decides; then it works."""
    ENDINGS[reason](home)
    before = files_of(home)
    with pytest.raises(LogMustBeReplaced) as told:
        open_writer(home, "live", FixedClock())
    assert told.value.reason == reason
    assert files_of(home) == before, "something was changed before anybody decided"
    kept = anew(home, reason)
    known = "root" if reason != "gone" else "size"
    assert kept.body["before"][known] is not None
    assert int(encounter(home).removeprefix("2026-")) > 2
    if before:
        assert before["live.db"] in {path.read_bytes() for path in archived_files(home, "live")}


def test_no_number_is_given_twice_though_nothing_can_be_read(home: Home) -> None:
    """The remembered state says how many entries there were; each may have opened an encounter."""
    known = remembered(home, "live")
    assert known is not None
    damaged(home)
    assert anew(home).body["numbered"] == known.size


def test_an_older_copy_put_back_by_hand_is_not_gone_on_with(home: Home) -> None:
    """With the very same key. What was written since is known of, though it is not there."""
    copy = files_of(home)["live.db"]
    encounter(home)
    known = remembered(home, "live")
    home.log("live").write_bytes(copy)
    with pytest.raises(LogMustBeReplaced, match="older copy") as told:
        open_writer(home, "live", FixedClock())
    assert told.value.reason == "rolled-back"
    kept = anew(home, ReplaceReason.ROLLED_BACK)
    assert known is not None
    assert [state["size"] for state in kept.body["other_states"]] == [known.size]
    assert kept.body["numbered"] >= 3


def test_a_log_copied_to_another_computer_has_no_key_there(home: Home, tmp_path: Path) -> None:
    """It is read, and not written to."""
    there = a_home(tmp_path / "there")
    there.log("live").parent.mkdir()
    there.log("live").write_bytes(home.log("live").read_bytes())
    with pytest.raises(LogMustBeReplaced, match="is not at") as told:
        open_writer(there, "live", FixedClock())
    assert told.value.reason == "key-lost"
    log = open_reader(there, "live")
    assert len(log.encounter_ids(EntryKind.ENCOUNTER_OPENED)) == 2
    log.close()


def test_a_remembered_state_that_was_forged_counts_for_nothing(home: Home) -> None:
    """Only what the log's own key signed can say that the log is too short."""
    words = checkpoint_file(home, "live").read_text(encoding="utf-8")
    lines = words.split("\n")
    assert lines[1].isdigit()
    checkpoint_file(home, "live").write_text("\n".join([lines[0], "9999", *lines[2:]]), encoding="utf-8")
    open_writer(home, "live", FixedClock()).close()


def test_what_is_remembered_is_never_newer_than_the_log(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is written after the entries; when it can't be, the entries still count."""

    def full(*_: object) -> None:
        raise StoreUnusable("The disk is full.")

    before = remembered(home, "live")
    monkeypatch.setattr("kiosk.log.log.remember", full)
    assert encounter(home) == "2026-0003"
    assert remembered(home, "live") == before
    monkeypatch.undo()
    assert encounter(home) == "2026-0004"
    log = open_reader(home, "live")
    assert remembered(home, "live", log.key) == log.newest_checkpoint()
    log.close()


def test_what_lies_beside_a_damaged_log_goes_with_it(home: Home) -> None:
    """The newest entries may stand in the second file; it keeps belonging to the first."""
    damaged(home)
    home.log("live").with_name("live.db-wal").write_bytes(b"the newest entries")
    anew(home)
    (earlier,) = archived_files(home, "live")
    assert earlier.with_name(f"{earlier.name}-wal").read_bytes() == b"the newest entries"


def test_a_second_copy_of_an_earlier_log_is_kept_and_not_read(home: Home) -> None:
    """Somebody put the earlier log back over the new one: it is archived again, under a name of its own."""
    anew(home)
    encounter(home)
    (earlier,) = archived_files(home, "live")
    home.log("live").write_bytes(earlier.read_bytes())
    with pytest.raises(LogMustBeReplaced) as told:
        open_writer(home, "live", FixedClock())
    anew(home, told.value.reason)
    assert [path.name for path in home.earlier.glob("*copy*.db")] == [f"{earlier.stem}.copy-1.db"]
    assert archived_files(home, "live") == [earlier]
    assert encounter(home) not in {"2026-0001", "2026-0002", "2026-0003"}


def test_a_new_log_is_refused_beside_a_running_kiosk(home: Home) -> None:
    """Whoever writes the log has it."""
    log = open_writer(home, "live", FixedClock())
    try:
        with pytest.raises(StoreUnusable, match="Another program"):
            anew(home)
    finally:
        log.close()
    assert archived_files(home, "live") == []


def test_the_highest_version_of_each_protocol_goes_on(home: Home) -> None:
    """A lower one can't be installed because there is a new log."""
    from kiosk.app.bootstrap import append_entry  # noqa: PLC0415 - only here
    from kiosk.record.entries import Entry  # noqa: PLC0415 - likewise
    from kiosk.record.pack_entries import activated  # noqa: PLC0415 - likewise

    for version in ("2026.2", "2026.10", "2026.9"):
        body = {"id": "small", "version": version, "content_hash": version}
        append_entry(home, "live", FixedClock(), Entry(EntryKind.PACK_ACTIVATED, body, actor=Actor.COMMAND))
    for _ in range(2):
        anew(home)
        log = open_reader(home, "live")
        assert list(activated(log, "small")) == [("2026.10", "2026.10")]
        assert numbered_before(log) == 2
        log.close()


def test_a_key_from_systemd_names_the_first_log(tmp_path: Path) -> None:
    """It is made with that key; no key is written to the home."""
    home, environ = a_home(tmp_path), handed(tmp_path, "front-office-kiosk/12345678-1234-4234-8234-123456789abc")
    open_writer(home, "live", FixedClock(), environ).close()
    log = open_reader(home, "live")
    assert log.origin == "front-office-kiosk/12345678-1234-4234-8234-123456789abc"
    log.close()
    assert not key_file(home, "live").exists()


def test_a_key_from_systemd_begins_no_second_log(tmp_path: Path) -> None:
    """Two logs of one name could not be told apart: it says so, and nothing was changed."""
    home, environ = a_home(tmp_path), handed(tmp_path, "front-office-kiosk/12345678-1234-4234-8234-123456789abc")
    open_writer(home, "live", FixedClock(), environ).close()
    before = files_of(home)
    with pytest.raises(Refused, match="belongs to another log"):
        replace_log(home, "live", FixedClock(), ReplaceReason.KEY_REPLACED, by="setup", environ=environ)
    assert files_of(home) == before


def test_a_key_from_systemd_must_be_one_of_a_log(tmp_path: Path) -> None:
    """Another program's key is no log's name."""
    with pytest.raises(Refused, match="belongs to another log"):
        open_writer(a_home(tmp_path), "live", FixedClock(), handed(tmp_path, "another-program"))


def handed(folder: Path, name: str) -> dict[str, str]:
    """An environment in which systemd hands in a key of that name."""
    credentials = folder / "credentials"
    credentials.mkdir()
    (credentials / "kiosk-live-key").write_text(new_signer(name)[1], encoding="ascii")
    return {"CREDENTIALS_DIRECTORY": str(credentials)}


def test_a_practice_log_that_was_thrown_away_is_made_anew(tmp_path: Path) -> None:
    """It is no evidence of anything."""
    home = a_home(tmp_path)
    assert encounter(home, "practice") == "P-2026-0001"
    home.log("practice").unlink()
    assert encounter(home, "practice") == "P-2026-0001"


def test_entries_that_were_altered_hinder_no_new_log(home: Home) -> None:
    """Untrusted content is counted, not believed."""
    tamper(home, lambda c: c.execute("UPDATE disclosure SET body=x'00' WHERE name='no'"))
    assert anew(home).body["numbered"] == 2
    chain = open_history(home, "live")
    with pytest.raises(Altered):
        [decode(entry) for entry in chain.entries()]
    chain.close()


def test_the_old_log_still_opens_where_it_lies(home: Home) -> None:
    """For reading, on its own."""
    anew(home)
    (earlier,) = archived_files(home, "live")
    log = open_at(earlier)
    assert len(log.encounter_ids(EntryKind.ENCOUNTER_CLOSED)) == 2
    log.close()
