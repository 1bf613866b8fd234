"""A key counts as `kiosk setup` recorded it in the log; another one in the settings file is refused."""

from __future__ import annotations

import shutil
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from kiosk.app.bootstrap import append_entry, desk_of, in_force
from kiosk.errors import ReplaceReason
from kiosk.log.archive import archived_files
from kiosk.log.log import open_reader
from kiosk.log.recorded_keys import (
    KeyOwner,
    RecordedKey,
    key_of_home,
    recorded_key_of_home,
    refused_key,
    with_recorded_key,
)
from kiosk.log.replace import replace_log
from kiosk.packs.files import NOTE_FILE
from kiosk.packs.library import Library
from kiosk.record.approval import approval_of, statement
from kiosk.record.entries import Actor, Entry
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.transparency.signed_note import Signer
from kiosk.settings import Home, Settings, read_settings
from kiosk.system.clock import SystemClock
from tests.homes import PUBLIC
from tests.packs.test_in_force import a_pack, at_the_desk, entries, home, session, signed, typed, version
from tests.running import running_kiosk
from tests.typed import Typed

__all__ = ["home", "typed"]

STRANGER = Signer("stranger", bytes(range(32)))
OTHER = str(STRANGER.public)


@pytest.fixture
def live(typed: Typed, home: Home, tmp_path: Path) -> Home:
    """A home that runs live."""
    at_the_desk(typed, home)
    assert typed("protocol", "install", str(signed(tmp_path / "pack"))).code == 0
    session(home)
    return home


def edit(home: Home, key: str = OTHER) -> None:
    """Put another key into kiosk.toml, as with an editor."""
    words = home.settings_file.read_text(encoding="utf-8")
    assert PUBLIC in words
    home.settings_file.write_text(words.replace(PUBLIC, key), encoding="utf-8")


def signed_by_the_stranger(folder: Path) -> Path:
    """A pack of a higher version, signed with that key."""
    found = Library(Home(folder.parent)).at(a_pack(folder, *version("2026.9")))
    assert found.protocol is not None
    approval = approval_of(
        found.protocol, found.content_hash, name="A. Stranger", role="Superintendent", on=date(2026, 8, 1)
    )
    (folder / NOTE_FILE).write_bytes(STRANGER.sign(statement(approval)))
    return folder


def test_another_key_in_the_settings_runs_nothing_of_its_own(live: Home, tmp_path: Path) -> None:
    """The approved version stays in force; the home screen says it, and the log has one entry, not one a session."""
    edit(live)
    own = live.path / "protocols" / "small"
    shutil.rmtree(own)
    shutil.copytree(signed_by_the_stranger(tmp_path / "forged"), own)
    for _ in range(2):
        force, _, opener = desk_of(live, read_settings(live), practice=False, clock=SystemClock())
        assert (force.mode, force.protocol.release.version) == ("live", "2026.1")
        desk = opener.open()
        assert [getattr(words, "text_id", "") for words in opener.reasons()] == ["pack.other-key", "pack.instead"]
        desk.end_session()
        opener.close()
    (refused,) = entries(live, "key.refused")
    assert dict(refused.body) == {"found": OTHER, "recorded": PUBLIC}
    assert [one.body["why"] for one in entries(live, "pack.rejected")] == ["bad-signature"]
    assert in_force(live, read_settings(live), SystemClock()).found.content_hash == force.found.content_hash


@pytest.mark.parametrize("key", [OTHER, "", "no key"])
def test_the_doctor_is_red_and_setup_puts_the_recorded_key_back(typed: Typed, live: Home, key: str) -> None:
    """A setup without a key accepts no other one; nothing else is red."""
    assert typed("doctor").code == 0
    edit(live, key)
    checks = {check["name"]: check["state"] for check in typed("doctor", "--json").json["checks"]}
    assert [name for name, state in checks.items() if state == "red"] == ["key"]
    assert typed("setup", "--desk", "Side door").code == 0
    assert read_settings(live).superintendent_key == PUBLIC
    assert typed("doctor").code == 0
    assert entries(live, "key.replaced") == []


def test_a_pack_of_another_key_is_not_installed(typed: Typed, live: Home, tmp_path: Path) -> None:
    """Though the settings name its key."""
    edit(live)
    typed.refused(3, "protocol", "install", str(signed_by_the_stranger(tmp_path / "forged")))
    assert len(entries(live, "pack.activated")) == 1


def test_only_a_replacement_on_purpose_makes_another_key_known(typed: Typed, live: Home) -> None:
    """Also after the settings were changed to it, and while a kiosk has the log open."""
    edit(live)
    typed.refused(3, "setup", "--superintendent-key", OTHER)
    with running_kiosk(live) as kiosk:
        assert typed("setup", "--superintendent-key", OTHER, "--replace-superintendent-key").code == 0
        assert (key_of_home(live), kiosk.entered) == (OTHER, [0])
    assert [dict(one.body)["before"] for one in entries(live, "key.replaced")] == [PUBLIC]


def test_the_newest_recorded_key_counts_also_from_a_previous_log(home: Home, typed: Typed) -> None:
    """A new log does not forget it; without any log there is none."""
    assert key_of_home(home) == ""
    at_the_desk(typed, home)
    assert key_of_home(home) == PUBLIC
    change = Entry(EntryKind.KEY_REPLACED, {"before": PUBLIC, "now": OTHER}, actor=Actor.COMMAND)
    append_entry(home, "live", SystemClock(), change)
    replace_log(home, "live", SystemClock(), ReplaceReason.KEY_LOST, by="setup")
    assert key_of_home(home) == OTHER


def test_keys_that_agree_are_no_news() -> None:
    """Neither is a key that no log has yet."""
    assert refused_key(PUBLIC, PUBLIC) is None
    assert refused_key(OTHER, "") is None
    assert with_recorded_key(Settings(superintendent_key=OTHER), "").superintendent_key == OTHER


def test_another_records_key_in_the_settings_is_red_and_an_entry(typed: Typed, live: Home) -> None:
    """One entry, not one a session; the home screen says it, and setup puts the recorded one back."""
    assert typed("setup", "--records-key", PUBLIC).code == 0
    words = live.settings_file.read_text(encoding="utf-8")
    live.settings_file.write_text(
        words.replace(f'records_key = "{PUBLIC}"', f'records_key = "{OTHER}"'), encoding="utf-8"
    )
    for _ in range(2):
        _, _, opener = desk_of(live, read_settings(live), practice=False, clock=SystemClock())
        desk = opener.open()
        assert [getattr(words, "text_id", "") for words in opener.reasons()] == ["log.other-records-key"]
        desk.end_session()
        opener.close()
    (refused,) = entries(live, "records_key.refused")
    assert dict(refused.body) == {"found": OTHER, "recorded": PUBLIC}
    checks = {check["name"]: check["state"] for check in typed("doctor", "--json").json["checks"]}
    assert [name for name, state in checks.items() if state == "red"] == ["records-key"]
    assert typed("setup", "--desk", "Side door").code == 0
    assert read_settings(live).records_key == PUBLIC


def test_the_desk_knows_the_records_key_of_a_previous_log(typed: Typed, live: Home) -> None:
    """A new log does not make the key in the settings a stranger."""
    assert typed("setup", "--records-key", PUBLIC).code == 0
    replace_log(live, "live", SystemClock(), ReplaceReason.KEY_LOST, by="setup")
    session(live)
    assert entries(live, "records_key.refused") == []


def test_a_key_that_may_be_in_a_log_that_can_not_be_read_is_not_called_missing(typed: Typed, live: Home) -> None:
    """Neither by the desk nor by the daily check; the file itself is reported."""
    assert typed("setup", "--records-key", PUBLIC).code == 0
    replace_log(live, "live", SystemClock(), ReplaceReason.KEY_LOST, by="setup")
    (earlier,) = archived_files(live, "live")
    earlier.write_bytes(b"no log")
    session(live)
    with closing(open_reader(live, "live")) as log:
        assert log.count(EntryKind.RECORDS_KEY_REFUSED) == 0
    assert recorded_key_of_home(live, KeyOwner.RECORDS_OFFICER) is None
    live.log("live").write_bytes(b"no log")
    assert recorded_key_of_home(live, KeyOwner.RECORDS_OFFICER) is None
    assert "records-key" not in [check["name"] for check in typed("doctor", "--json").json["checks"]]


def test_a_day_that_can_not_be_read_never_comes(home: Home) -> None:
    """A newer version may write it otherwise."""
    body = {"before": "", "now": OTHER, "applies_from": "soon"}
    append_entry(home, "live", SystemClock(), Entry(EntryKind.RECORDS_KEY_FIXED, body, actor=Actor.COMMAND))
    found = recorded_key_of_home(home, KeyOwner.RECORDS_OFFICER)
    assert found == RecordedKey(OTHER, date.max)
