"""The morning check says green, amber or red of each thing, and how to repair it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.app.bootstrap import append_entry
from kiosk.doctor import Check, Machine, State, Subject, run_daily_check, worst
from kiosk.errors import StoreUnusable
from kiosk.log.log import ensure_log, open_reader
from kiosk.log.signing_key import checkpoint_file, keys_file
from kiosk.packs.library import Library
from kiosk.record.entries import Actor, Entry
from kiosk.record.entry_kinds import EntryKind
from kiosk.settings import Home, Settings, render
from kiosk.system.clock import Clock, FixedClock, Sync, SyncState
from tests.homes import CONTACTS, PACK, PUBLIC, a_home, approved, encounter

MACHINE = Machine((3, 11, 9), (3, 53, 4), "Linux", "xterm-256color", 80, 24)
NOW = datetime(2026, 9, 14, 14, 42, tzinfo=UTC)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home that is ready for a real visit."""
    home = a_home(tmp_path)
    settings = Settings(school="Lincoln Elementary School", protocol="small", superintendent_key=PUBLIC)
    for path, words in ((home.settings_file, render(settings)), (home.contacts_file, CONTACTS)):
        path.write_text(words, encoding="utf-8")
        path.chmod(0o600)
    approved(home.path / "protocols" / "small")
    ensure_log(home, "live", FixedClock(NOW))
    return home


def keep(home: Home) -> None:
    """Keep a second copy of the protocol, as every install and every start does."""
    Library(home).keep(Library(home).find("small"), approved=True)


def look(
    home: Home,
    *,
    clock: Clock | None = None,
    machine: Machine = MACHINE,
    voice: Callable[[], tuple[bool, str]] = lambda: (True, "The voice is ready."),
) -> dict[str, Check]:
    """Every check by its name."""
    checks = run_daily_check(home, Library(home), clock or FixedClock(NOW), machine, open_reader, voice)
    assert len({check.name for check in checks}) == len(checks), "two checks share a name"
    assert all(check.repair for check in checks if check.state != "green"), "a check says no repair"
    return {check.name: check for check in checks}


def test_a_ready_kiosk_is_green(home: Home) -> None:
    """Nothing to repair."""
    keep(home)
    checks = look(home)
    assert {name: check.words for name, check in checks.items() if check.state != "green"} == {}
    assert worst(tuple(checks.values())) == "green"


def test_without_a_second_copy_it_is_amber(home: Home) -> None:
    """Nothing would stay up if the copy in use were altered."""
    assert not (home.path / "packs").exists()
    assert look(home)["second-copy"].state is State.AMBER


def test_a_log_that_was_thrown_away_is_red(home: Home) -> None:
    """A protocol was installed here, so there was one."""
    keep(home)
    home.log("live").unlink()
    check = look(home)["log"]
    assert (check.state, "The live log is missing" in check.words) == ("red", True)


def test_an_empty_home_is_red(tmp_path: Path) -> None:
    """Before setup nothing is ready, and every line says what to do."""
    checks = look(Home(tmp_path / "nowhere"))
    assert (checks["home"].state, checks["settings"].state, checks["contacts"].state) == ("red", "red", "red")
    assert worst(tuple(checks.values())) == "red"


def test_no_checks_are_green() -> None:
    """The worst of nothing is green."""
    assert worst(()) == "green"


def test_foreign_parts_of_the_program_are_named(home: Home) -> None:
    """A package that shadows one of ours is red."""
    check = look(home, machine=replace(MACHINE, foreign_packages=("db",)))["program"]
    assert (check.state, "db" in check.words) == ("red", True)


def test_an_old_python_is_red(home: Home) -> None:
    """The kiosk needs 3.11."""
    assert look(home, machine=replace(MACHINE, python=(3, 10, 9)))["python"].state == "red"


@pytest.mark.parametrize(
    ("version", "old"),
    [((3, 40, 1), True), ((3, 44, 6), False), ((3, 50, 6), True), ((3, 51, 3), False), ((3, 53, 4), False)],
)
def test_an_old_sqlite_is_remarked_but_green(home: Home, version: tuple[int, int, int], old: bool) -> None:
    """A desk can't change it, and one writer is safe with it."""
    check = look(home, machine=replace(MACHINE, sqlite=version))["sqlite"]
    assert (check.state, "older" in check.words) == ("green", old)


@pytest.mark.skipif(os.name == "nt", reason="Windows has access lists, no permission bits")
def test_a_home_others_can_read_is_amber(home: Home) -> None:
    """The record is for this account only."""
    home.settings_file.chmod(0o644)
    check = look(home)["home"]
    assert (check.state, home.settings_file.name in check.words) == ("amber", True)


def test_a_settings_file_that_does_not_read_is_red(home: Home) -> None:
    """The error's own words are shown, and the other checks still run."""
    home.settings_file.write_text("[desk\n", encoding="utf-8")
    checks = look(home)
    assert checks["settings"].state == "red"
    assert checks["log"].state == "green"


def test_a_protocol_that_was_changed_after_approval_is_red(home: Home) -> None:
    """One word is enough."""
    (home.path / "protocols" / "small" / "protocol.yaml").write_text(PACK.replace("Call.", "Ring."), encoding="utf-8")
    check = look(home)["approval"]
    assert (check.state, "changed" in check.words) == ("red", True)


def test_a_protocol_nobody_approved_is_red(home: Home) -> None:
    """The kiosk would only run in PRACTICE."""
    (home.path / "protocols" / "small" / "approval.note").unlink()
    assert "PRACTICE" in look(home)["approval"].words


def test_a_protocol_with_an_error_is_red(home: Home) -> None:
    """A target that is nowhere is found in the morning, not at the visit."""
    path = home.path / "protocols" / "small" / "protocol.yaml"
    path.write_text(PACK.replace("next: routed", "next: nowhere"), encoding="utf-8")
    assert look(home)["protocol"].state == "red"


def test_a_protocol_that_is_not_there_is_red(home: Home) -> None:
    """The pack named in the settings must exist."""
    home.settings_file.write_text(render(Settings(school="S", protocol="gone")), encoding="utf-8")
    assert look(home)["protocol"].state == "red"


@pytest.mark.parametrize("choices", ["wait-place: insid", "wait-plase: inside"])
def test_a_choice_the_protocol_does_not_have_is_red(home: Home, choices: str) -> None:
    """A slip in the district's settings would else mean the protocol's default without a word."""
    assert look(home)["choices"].state == "green"
    words = f"kind: settings\nformat: 1\nprotocol: small\nchoices: {{{choices}}}\n"
    home.district_file.write_text(words, encoding="utf-8")
    home.district_file.chmod(0o600)
    check = look(home)["choices"]
    assert check.state == "red"
    assert choices.partition(":")[0] in check.words
    assert str(home.district_file) in check.repair


def test_a_protocol_past_its_review_is_red(home: Home) -> None:
    """It still runs."""
    checks = look(home, clock=FixedClock(datetime(2100, 1, 1, tzinfo=UTC)))
    assert (checks["review"].state, checks["approval"].state) == ("red", "green")


def test_a_protocol_before_its_day_is_red(home: Home) -> None:
    """It does not run live yet."""
    assert look(home, clock=FixedClock(datetime(2025, 12, 1, tzinfo=UTC)))["approval"].state == "red"


@pytest.mark.parametrize("contacts", ["kind: contacts\n", "", CONTACTS.replace("890-555-0242", "none"), "{"])
def test_contacts_that_can_not_be_used_are_red(home: Home, contacts: str) -> None:
    """Missing keys, an empty file, no number, no YAML."""
    home.contacts_file.write_text(contacts, encoding="utf-8")
    assert look(home)["contacts"].state == "red"


@pytest.mark.parametrize(("old", "new"), [("890-555-0242", "860-555-0142"), ("Dana Sample", "Dana Ruiz")])
def test_contacts_that_are_only_examples_are_red(home: Home, old: str, new: str) -> None:
    """Nobody would answer."""
    home.contacts_file.write_text(CONTACTS.replace(old, new), encoding="utf-8")
    check = look(home)["contacts"]
    assert (check.state, f"“{new}”" in check.words) == ("red", True)


def test_no_contacts_are_red(home: Home) -> None:
    """The pack's example people are nobody's contacts."""
    home.contacts_file.unlink()
    assert look(home)["contacts"].state == "red"


def test_a_missing_log_is_red(home: Home) -> None:
    """The kiosk signed entries, so it is not made again."""
    encounter(home)
    home.log("live").unlink()
    assert look(home)["log"].state == "red"


def test_a_log_that_was_never_there_is_amber(home: Home) -> None:
    """It is made by setup."""
    for path in (home.log("live"), checkpoint_file(home, "live"), keys_file(home, "live")):
        path.unlink()
    assert look(home)["log"].state == "amber"


def test_a_damaged_log_is_red(home: Home) -> None:
    """The error's own words are shown."""
    home.log("live").write_bytes(b"not a log")
    assert look(home)["log"].state == "red"


def test_a_log_that_can_not_be_opened_is_red(home: Home) -> None:
    """For every error of the store, the check reports it and continues."""

    def refuse(*_: object) -> None:
        raise StoreUnusable("It is locked.", "Close it.")

    checks = run_daily_check(home, Library(home), FixedClock(NOW), MACHINE, refuse, lambda: (True, ""))  # type: ignore[arg-type]  # it raises, so it returns no log
    assert Check(Subject.LOG, State.RED, "It is locked.", "Close it.") in checks


def test_an_encounter_left_open_is_amber(home: Home) -> None:
    """Somebody should finish it."""
    encounter(home, close=False)
    check = look(home)["unfinished"]
    assert (check.state, "1 " in check.words) == ("amber", True)


def test_a_closed_encounter_leaves_nothing_to_do(home: Home) -> None:
    """The same encounter, closed, is green."""
    encounter(home)
    assert "unfinished" not in look(home)


def test_records_nobody_outside_has_seen_for_a_week_are_amber(home: Home) -> None:
    """A head that was made for somebody makes it green, until records are closed and a week goes by again."""
    assert "outside-copies" not in look(home)
    encounter(home, clock=FixedClock(NOW))
    assert "outside-copies" not in look(home, clock=FixedClock(NOW + timedelta(days=6)))
    later = look(home, clock=FixedClock(NOW + timedelta(days=8)))["outside-copies"]
    assert (later.state, "1 record was closed since" in later.words) == ("amber", True)
    head = Entry(EntryKind.CHECKPOINT_ISSUED, {"for": "the office", "size": 7, "closed": 1}, actor=Actor.COMMAND)
    append_entry(home, "live", FixedClock(NOW + timedelta(days=8)), head)
    seen = look(home, clock=FixedClock(NOW + timedelta(days=80)))["outside-copies"]
    assert (seen.state, "for the office" in seen.words) == ("green", True)
    encounter(home, clock=FixedClock(NOW + timedelta(days=81)))
    assert look(home, clock=FixedClock(NOW + timedelta(days=82)))["outside-copies"].state == "amber"


def test_a_clock_behind_the_log_is_amber(home: Home) -> None:
    """Records would seem to go back in time."""
    encounter(home, clock=FixedClock(datetime(2026, 9, 20, tzinfo=UTC)))
    assert look(home)["clock"].state == "amber"


@pytest.mark.parametrize(
    "sync", [Sync(SyncState.SYNCHRONIZED, 16_000), Sync(SyncState.UNSYNCHRONIZED), Sync(SyncState.UNKNOWN)]
)
def test_the_clock_says_its_offset_and_whether_it_is_synchronized(home: Home, sync: Sync) -> None:
    """It stays green: the log's order does not rest on time."""
    check = look(home, clock=FixedClock(NOW, sync_state=sync))["clock"]
    assert check.state == "green"
    assert sync.words in check.words
    assert ("0.016 seconds" in check.words) == (sync.error_us is not None)
    assert re.search(r" \d\d:\d\d [+-]\d\d:\d\d\.", check.words)


def test_a_clock_of_another_decade_is_red(home: Home) -> None:
    """A computer that lost its time."""
    assert look(home, clock=FixedClock(datetime(2000, 1, 2, tzinfo=UTC)))["clock"].state == "red"


def test_a_missing_voice_is_amber(home: Home) -> None:
    """The words are still on the screen."""
    assert look(home, voice=lambda: (False, "No voice."))["voice"].state == "amber"


def test_a_voice_that_is_turned_off_is_not_looked_for(home: Home) -> None:
    """Nobody is asked."""
    home.settings_file.write_text(render(Settings(school="S", protocol="small", speech="off")), encoding="utf-8")

    def never() -> tuple[bool, str]:
        raise AssertionError("the voice was asked")

    assert look(home, voice=never)["voice"].state == "green"


@pytest.mark.parametrize(
    ("machine", "state"),
    [
        (replace(MACHINE, terminal=None), "green"),
        (replace(MACHINE, terminal="dumb"), "amber"),
        (replace(MACHINE, terminal="", system="Windows"), "green"),
        (replace(MACHINE, columns=79), "amber"),
        (replace(MACHINE, lines=20), "amber"),
    ],
)
def test_a_terminal_that_can_not_show_the_screen_is_amber(home: Home, machine: Machine, state: str) -> None:
    """Only where there is a terminal at all."""
    assert look(home, machine=machine)["terminal"].state == state


def test_a_card_nobody_can_read_is_amber(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """A code wider than the screen."""
    monkeypatch.setattr("kiosk.doctor.pack.fitting", lambda *_: None)
    assert look(home)["card"].state == "amber"
