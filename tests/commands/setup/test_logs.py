"""A new log by `kiosk setup`, what `kiosk doctor` says of key and log, and how an administrator has seen it."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.app.bootstrap import desk_of
from kiosk.errors import LogMustBeReplaced, ReplaceReason
from kiosk.log.archive import archived_files
from kiosk.log.log import open_reader
from kiosk.log.replace import replace_log
from kiosk.log.signing_key import checkpoint_file, key_file, keys_file, new_signer
from kiosk.log.swap import drafting
from kiosk.record.entries import decode
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.transparency.checkpoint_loss import CheckpointLoss
from kiosk.record.verification.succession import start_entry
from kiosk.settings import Home, read_settings
from kiosk.system.clock import FixedClock, SystemClock
from tests.homes import encounter
from tests.log.test_succession import ENDINGS
from tests.running import running_kiosk
from tests.typed import Stage, Typed, at_a_terminal

pytestmark = pytest.mark.stage(Stage.APPROVED)


@pytest.fixture
def typed(typed: Typed, home: Home) -> Typed:
    """Commands on that home, which is set up and has one encounter."""
    encounter(home)
    return typed


def why(home: Home) -> tuple[str, str]:
    """Why the live log was begun, and by whom."""
    log = open_reader(home, "live")
    kept = start_entry(log)
    log.close()
    assert kept is not None
    return kept.body["reason"], kept.body["by"]


def checks(typed: Typed) -> dict[str, dict[str, str]]:
    """What the morning check says, by name."""
    return {check["name"]: check for check in typed("doctor", "--json").json["checks"]}


# -- setup ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reason", ENDINGS)
def test_setup_begins_no_new_log_unasked(typed: Typed, home: Home, reason: ReplaceReason) -> None:
    """Without a terminal it names the flag, and nothing was changed."""
    ENDINGS[reason](home)
    settings = home.settings_file.read_bytes()
    assert "--replace-log" in typed.refused(4, "setup", "--desk", "North door")
    assert home.settings_file.read_bytes() == settings
    assert archived_files(home, "live") == []


@pytest.mark.parametrize("reason", ENDINGS)
def test_setup_begins_a_new_log_when_told_to(typed: Typed, home: Home, reason: ReplaceReason) -> None:
    """It says what ended the old one; then the kiosk is ready again."""
    ENDINGS[reason](home)
    told = typed("setup", "--replace-log")
    assert told.code == 0, told
    assert why(home) == (reason, "setup")
    assert checks(typed)["log-key"]["state"] == "green"
    assert int(encounter(home).removeprefix("2026-")) > 1


def test_setup_asks_a_person_before_it_begins_a_new_log(
    typed: Typed, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the word yes does it."""
    key_file(home, "live").unlink()
    at_a_terminal(monkeypatch, "\n", "yes\n")
    assert typed("setup", "--desk", "North door").code == 3
    assert archived_files(home, "live") == []
    told = typed("setup", "--desk", "North door")
    assert told.code == 0
    assert "is kept" in told.err
    assert why(home) == ("key-lost", "setup")


def test_a_key_that_others_may_know_is_replaced_on_demand(typed: Typed, home: Home) -> None:
    """Nothing is wrong with the log; the flag alone decides."""
    before = key_file(home, "live").read_bytes()
    assert typed("setup", "--replace-log").code == 0
    assert why(home) == ("key-replaced", "setup")
    assert key_file(home, "live").read_bytes() != before


def test_an_encounter_left_open_is_told(typed: Typed, home: Home) -> None:
    """By setup, at once; by the morning check and the home screen until an administrator has seen it."""
    no = encounter(home, close=False)
    assert no in typed("setup", "--replace-log").out
    assert no in checks(typed)["new-log"]["words"]
    states = {one["no"]: one["state"] for one in typed("log", "list", "--json").json}
    assert states[no] == "open"


def test_earlier_logs_of_an_older_version_are_brought_up_to_date(
    typed: Typed, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else nobody could read them any more."""
    replace_log(home, "live", FixedClock(), ReplaceReason.KEY_LOST, by="setup")
    (earlier,) = archived_files(home, "live")
    brought: list[Path] = []
    monkeypatch.setattr("kiosk.log.log.bring_up_to_date", brought.append)
    monkeypatch.setattr("db.revision.HISTORY", ("0000", "0001"))
    assert typed("setup", "--upgrade-log").code == 0
    assert earlier not in brought, "it is of this version"
    with closing(sqlite3.connect(earlier)) as connection:
        connection.execute("UPDATE alembic_version SET version_num='0000'")
        connection.commit()
    assert typed("setup", "--upgrade-log").code == 0
    assert earlier in brought


# -- doctor ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reason", [ReplaceReason.KEY_LOST, ReplaceReason.KEY_REPLACED, ReplaceReason.FOREIGN])
def test_a_key_that_is_not_the_logs_is_red(typed: Typed, home: Home, reason: ReplaceReason) -> None:
    """It is found in the morning, not at the visit."""
    ENDINGS[reason](home)
    check = checks(typed)["log-key"]
    assert check["state"] == "red"
    assert "kiosk setup" in check["repair"]


def test_a_damaged_key_is_red(typed: Typed, home: Home) -> None:
    """Whatever it holds."""
    key_file(home, "live").write_bytes(b"\xff")
    assert "damaged" in checks(typed)["log-key"]["words"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has access lists, no permission bits")
@pytest.mark.parametrize("which", ["file", "folder"])
def test_a_key_that_others_can_read_is_amber(typed: Typed, home: Home, which: str) -> None:
    """The repair is a command."""
    key = key_file(home, "live")
    (key if which == "file" else key.parent).chmod(0o744)
    check = checks(typed)["log-key"]
    assert (check["state"], "chmod" in check["repair"]) == ("amber", True)


def test_an_older_copy_in_the_logs_place_is_red(typed: Typed, home: Home) -> None:
    """Before anybody has opened it."""
    copy = home.log("live").read_bytes()
    encounter(home)
    home.log("live").write_bytes(copy)
    check = checks(typed)["log-state"]
    assert (check["state"], "older copy" in check["words"]) == ("red", True)


@pytest.mark.parametrize("words", [None, "", "no checkpoint\n"])
def test_a_lost_checkpoint_stays_red_until_somebody_acknowledged_it(
    typed: Typed, home: Home, words: str | None
) -> None:
    """Whoever took it away could have cut entries off: use does not heal it, and the log has an entry about it."""
    path = checkpoint_file(home, "live")
    path.unlink() if words is None else path.write_text(words, "utf-8")
    states = [(checks(typed)["log-state"]["state"], typed("log", "verify").code)]
    _, _, opener = desk_of(home, read_settings(home), practice=False, clock=SystemClock())
    opener.open().end_session()
    assert len(opener.reasons()) == 1
    opener.close()
    encounter(home)
    states.append((checks(typed)["log-state"]["state"], typed("log", "verify").code))
    assert states == [("red", 1)] * 2
    log = open_reader(home, "live")
    assert [decode(entry).body["how"] for entry in log.of_kind(EntryKind.CHECKPOINT_LOST)] == [
        CheckpointLoss.MISSING if words is None else CheckpointLoss.ALTERED
    ]
    log.close()
    typed("log", "history", "--acknowledge")
    assert ("log-state" in checks(typed), typed("log", "verify").code) == (False, 0)


@pytest.mark.parametrize("words", [None, "not a key\n"], ids=["missing", "altered"])
def test_a_lost_list_of_keys_is_put_back_with_the_key_on_paper(typed: Typed, home: Home, words: str | None) -> None:
    """Only with the log's own key; the log keeps that a person compared it."""
    paper, list_ = typed("key", "show", "log").out.strip(), keys_file(home, "live")
    before = list_.read_bytes()
    list_.unlink() if words is None else list_.write_text(words, "utf-8")
    assert checks(typed)["log-key"]["state"] != "green"
    other = str(new_signer(paper.partition("+")[0])[0].public)
    typed.refused(3, "log", "history", "--acknowledge", "--key", other)
    typed.refused(2, "log", "history", "--key", paper)
    assert typed("log", "history", "--acknowledge", "--key", paper).code == 0
    assert list_.read_bytes() == before
    assert checks(typed)["log-key"]["state"] == "green"
    assert typed("log", "verify").code == 0
    log = open_reader(home, "live")
    (kept,) = [decode(entry) for entry in log.of_kind(EntryKind.LOG_ACKNOWLEDGED)]
    log.close()
    assert kept.body == {"keys": [paper]}
    assert typed("log", "history", "--acknowledge", "--key", paper).code == 0  # nothing is lost any more
    assert checks(typed)["log-key"]["state"] == "green"


def test_a_log_that_is_gone_is_red(typed: Typed, home: Home) -> None:
    """The repair names both ways."""
    ENDINGS[ReplaceReason.GONE](home)
    check = checks(typed)["log"]
    assert (check["state"], "kiosk log restore" in check["repair"]) == ("red", True)


def test_a_new_log_that_is_not_in_place_yet_is_amber(typed: Typed, home: Home) -> None:
    """The computer stopped in between; the next start of the kiosk finishes it."""
    with drafting(home, "live") as draft:
        (draft / "nothing").write_bytes(b"")
    assert checks(typed)["log"]["state"] == "amber"
    assert "Open the kiosk" in typed.refused(4, "log", "list")


# -- what the desk decided ------------------------------------------------------------------------------------------


def test_a_new_log_begun_at_the_desk_is_told_until_an_administrator_has_seen_it(typed: Typed, home: Home) -> None:
    """On the home screen and in the morning check; `log history` says why, `--acknowledge` ends it and is an entry."""
    clock = SystemClock()
    key_file(home, "live").unlink()
    _, _, opener = desk_of(home, read_settings(home), practice=False, clock=clock)
    with pytest.raises(LogMustBeReplaced) as told:
        opener.open()
    assert opener.reasons() == ()
    opener.replace_log(told.value.reason)
    opener.open().end_session()
    assert ["A new log was started" in words for words in opener.reasons()] == [True]
    opener.close()
    assert checks(typed)["new-log"]["state"] == "amber"
    listed = typed("log", "history", "--json").json
    assert [one["records"] for one in listed] == [1, 0]
    assert listed[1]["reason"] == ReplaceReason.KEY_LOST.words
    assert ReplaceReason.KEY_LOST.words in typed("log", "history", "--acknowledge").out
    assert "new-log" not in checks(typed)
    assert "An administrator acknowledged" in typed("log", "audit").out
    opener.open().end_session()
    assert opener.reasons() == ()
    opener.close()


def test_that_it_was_seen_can_be_said_while_the_kiosk_runs(typed: Typed, home: Home) -> None:
    """The kiosk enters it."""
    replace_log(home, "live", FixedClock(), ReplaceReason.DAMAGED, by="desk")
    with running_kiosk(home):
        assert typed("log", "history", "--acknowledge").code == 0
        assert "An administrator acknowledged" in typed("log", "audit").out


def test_a_new_log_begun_by_an_administrator_needs_no_word(typed: Typed, home: Home) -> None:
    """Who ran setup knows."""
    replace_log(home, "live", FixedClock(), ReplaceReason.KEY_REPLACED, by="setup")
    assert "new-log" not in checks(typed)
    told = typed("log", "history", "--acknowledge")
    assert told.code == 0
    assert "An administrator acknowledged" not in typed("log", "audit").out


def test_copies_that_are_only_kept_are_named(typed: Typed, home: Home) -> None:
    """Nobody has to search the folder."""
    copy = home.log("live").read_bytes()
    replace_log(home, "live", FixedClock(), ReplaceReason.KEY_LOST, by="setup")
    (earlier,) = archived_files(home, "live")
    home.log("live").write_bytes(copy)
    replace_log(home, "live", FixedClock(), ReplaceReason.FOREIGN, by="setup")
    assert f"{earlier.stem}.copy-1.db" in typed("log", "history").out
