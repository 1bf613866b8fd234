"""Setting a desk up, and checking it in the morning."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.app import start
from kiosk.commands import doctor
from kiosk.errors import StoreUnusable
from kiosk.log.log import ensure_log, open_writer
from kiosk.protocol.model import DisclosureClass
from kiosk.settings import CLASSES, Home, read_settings
from kiosk.system.clock import FixedClock, SystemClock
from tests.homes import CONTACTS, PUBLIC
from tests.typed import Stage, Typed, at_a_terminal, set_up

pytestmark = pytest.mark.stage(Stage.NEW)


def test_setup_without_a_terminal_lists_what_is_missing(typed: Typed, home: Home) -> None:
    """One sentence names every flag; nothing is written."""
    told = typed.refused(2, "setup", "--protocol", "small")
    assert "--school" in told
    assert "--contacts" in told
    assert not home.settings_file.exists()


def test_setup_through_flags_makes_a_ready_home(typed: Typed, home: Home) -> None:
    """Settings, contacts and live log are there, for this account only."""
    set_up(typed, home, approved=False)
    for path in (home.settings_file, home.contacts_file, home.log("live")):
        assert path.is_file()
        assert os.name == "nt" or path.stat().st_mode & 0o777 == 0o600
    assert read_settings(home).school == "Lincoln Elementary School"


def test_setup_makes_a_private_home(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that was not there is readable by this account only; the shipped pack is the default."""
    home = Home(tmp_path / "new" / "home")
    contacts = Path(__file__).parents[3] / "protocols" / "ct-outside-agent" / "contacts.example.yaml"
    told = Typed(home, capsys)("setup", "--school", "Lincoln", "--contacts", str(contacts))
    assert told.code == 0, told.err
    assert "not approved" in told.err
    assert os.name == "nt" or home.path.stat().st_mode & 0o777 == 0o700


def test_setup_again_keeps_what_is_not_given(typed: Typed, home: Home) -> None:
    """One change changes one thing, also while a kiosk writes the log."""
    set_up(typed, home)
    assert typed("setup", "--desk", "North door", "--setting", "wait-place=inside").code == 0
    log = open_writer(home, "live", SystemClock())
    try:
        assert typed("setup", "--theme", "night").code == 0
    finally:
        log.close()
    settings = read_settings(home)
    assert (settings.school, settings.desk, settings.theme) == ("Lincoln Elementary School", "North door", "night")
    assert "wait-place: inside\n" in home.district_file.read_text(encoding="utf-8")


def test_the_neutral_page_comes_after_three_minutes_unless_it_is_set(typed: Typed, home: Home) -> None:
    """The first paint and the desk behind it both know; nought is never, and stays until it is set again."""
    set_up(typed, home, approved=False)
    clock = FixedClock()
    for words, minutes in (((), 3), (("--hide-after", "10"), 10), (("--hide-after", "0"), 0), (("--desk", "D"), 0)):
        assert not words or typed("setup", *words).code == 0
        assert read_settings(home).hide_after == minutes
        services = start.first_services(home, read_settings(home), practice=True, clock=clock)
        assert services.load is not None
        assert (services.hide_after_s, services.load().hide_after_s) == (minutes * 60, minutes * 60)


@pytest.mark.parametrize("words", ["hide_after = 3.5", "hide_after = -1", 'hide_after = "3"', "hide_after = true"])
def test_minutes_that_are_none_are_refused(typed: Typed, home: Home, words: str) -> None:
    """The sentence names the file and the key."""
    home.settings_file.write_text(f"[look]\n{words}\n", encoding="utf-8")
    assert "look.hide_after" in typed.refused(2, "protocol", "show")


def test_setup_keeps_the_disclosure_classes_of_the_file(typed: Typed, home: Home) -> None:
    """They are edited there; each class that a protocol knows is one, and exempt is the default."""
    set_up(typed, home, approved=False)
    assert (read_settings(home).staff_names, read_settings(home).holds) == ("exempt", "exempt")
    changed = home.settings_file.read_text("utf-8").replace('staff_names = "exempt"', 'staff_names = "public"')
    home.settings_file.write_text(changed.replace('holds = "exempt"', 'holds = "staff"'), "utf-8")
    assert typed("setup", "--desk", "D").code == 0
    assert (read_settings(home).staff_names, read_settings(home).holds) == ("public", "staff")
    assert tuple(DisclosureClass) == CLASSES


def test_setup_keeps_the_paper_of_the_file(typed: Typed, home: Home) -> None:
    """It is edited there; letter is the default, and another word is refused with the words that are known."""
    set_up(typed, home, approved=False)
    assert read_settings(home).paper == "letter"
    changed = home.settings_file.read_text("utf-8").replace('size = "letter"', 'size = "a4"')
    home.settings_file.write_text(changed, "utf-8")
    assert typed("setup", "--desk", "D").code == 0
    assert read_settings(home).paper == "a4"
    home.settings_file.write_text('[paper]\nsize = "A4"\n', "utf-8")
    assert "letter, a4" in typed.refused(2, "protocol", "show")


@pytest.mark.parametrize("key", ["staff_names", "holds"])
def test_a_disclosure_class_that_is_none_is_refused(typed: Typed, home: Home, key: str) -> None:
    """The sentence names the file and the key."""
    home.settings_file.write_text(f'[disclosure]\n{key} = "everyone"\n', encoding="utf-8")
    assert key in typed.refused(2, "protocol", "show")


def test_setup_asks_a_person_at_the_terminal(typed: Typed, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty line keeps the value in brackets; questions are messages, not data."""
    at_a_terminal(
        monkeypatch, "Lincoln\n", "\n", f"{home.path.parent / 'contacts.yaml'}\n", "\n", "small\n", "\n", "\n"
    )
    told = typed("setup")
    assert told.code == 0, told.err
    assert read_settings(home).visitor_language == ""
    assert read_settings(home).protocol == "small"
    assert (read_settings(home).school, read_settings(home).desk) == ("Lincoln", "Front office")
    assert "Name of the school" in told.err
    assert "Name of the school" not in told.out


def test_setup_with_no_more_answers_changes_nothing(typed: Typed, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """The input ends in the midst of the questions."""
    at_a_terminal(monkeypatch, "Lincoln\n")
    assert typed("setup", "--protocol", "small").code == 2
    assert not home.settings_file.exists()


@pytest.mark.parametrize(
    "words",
    [
        ("--school", ""),
        ("--school", "x" * 81),
        ("--desk", "a\x1b[2Jb"),
        ("--school", "School 123-45-6789"),
        ("--desk", "where the undocumented wait"),
        ("--language", "xx"),
        ("--protocol", "gone"),
        ("--hide-after", "121"),
        ("--hide-after", "3.5"),
        ("--hide-after", ""),
        ("--setting", "wait-place=roof"),
        ("--setting", "colour=red"),
        ("--setting", "wait-place"),
        ("--contacts", "nowhere.yaml"),
    ],
    ids=" ".join,
)
def test_setup_refuses_what_does_not_fit_and_keeps_the_rest(typed: Typed, home: Home, words: tuple[str, str]) -> None:
    """Everything is checked before anything is written."""
    set_up(typed, home)
    before = home.settings_file.read_bytes()
    typed.refused(2, "setup", *words)
    assert home.settings_file.read_bytes() == before


def test_setup_refuses_contacts_with_errors(typed: Typed, home: Home) -> None:
    """The findings are said, and nothing is taken."""
    bad = home.path.parent / "bad.yaml"
    bad.write_text(CONTACTS.replace("office:", "nobody:"), encoding="utf-8")
    told = typed("setup", "--school", "Lincoln", "--protocol", "small", "--contacts", str(bad))
    assert told.code == 2
    assert "C101" in told.err
    assert not home.settings_file.exists()


def test_setup_keeps_a_settings_file_it_can_not_read(typed: Typed, home: Home) -> None:
    """It starts again and puts the old file beside the new one."""
    set_up(typed, home)
    home.settings_file.write_text("[desk\n", encoding="utf-8")
    assert typed("setup", "--school", "Lincoln", "--protocol", "small").code == 0
    assert (home.path / "kiosk.toml.before").read_text(encoding="utf-8") == "[desk\n"


def test_settings_nested_without_end_are_refused(typed: Typed, home: Home) -> None:
    """A file made to break its reader is a file that does not read."""
    home.settings_file.write_text(f"a = {'[' * 5000}", encoding="utf-8")
    assert str(home.settings_file) in typed.refused(2, "protocol", "show")


def test_setup_upgrades_the_logs_alone(typed: Typed, home: Home) -> None:
    """`--upgrade-log` asks nothing and touches no settings."""
    assert typed("setup", "--upgrade-log").code == 0
    assert home.log("live").is_file()
    assert not home.settings_file.exists()


def test_setup_brings_an_older_practice_log_up_to_date_too(
    typed: Typed, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`kiosk setup` is the repair that an older log names, whichever of the two it is."""
    set_up(typed, home, approved=False)
    ensure_log(home, "practice", SystemClock())
    monkeypatch.setattr("db.revision.HISTORY", ("0000", "0001"))
    with closing(sqlite3.connect(home.log("practice"))) as connection:
        connection.execute("UPDATE alembic_version SET version_num='0000'")
        connection.commit()
    brought: list[str] = []

    def bring(_home: Home, mode: str, *_: object, **__: object) -> None:
        brought.append(mode)
        monkeypatch.setattr("db.revision.HISTORY", ("0000",))
        monkeypatch.setattr("db.revision.HEAD", "0000")

    monkeypatch.setattr("kiosk.log.log.ensure_log", bring)
    assert typed("setup", "--desk", "North door").code == 0
    assert brought == ["practice"]


def test_setup_says_when_the_log_can_not_be_made(typed: Typed, home: Home) -> None:
    """Exit code 4, in the store's own words."""
    set_up(typed, home)
    home.log("live").write_bytes(b"not a log")
    assert typed("setup", "--desk", "North door").code == 4


def test_no_key_is_fixed_that_the_log_can_not_be_told_of(
    typed: Typed, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full at that moment; tried again, the key is fixed and the log has it."""
    set_up(typed, home, approved=False)

    def full(*_: object) -> None:
        raise StoreUnusable("The disk is full.", "Free some space.")

    with monkeypatch.context() as patch:
        patch.setattr("kiosk.app.bootstrap._append", full)
        assert typed("setup", "--superintendent-key", PUBLIC).code == 4
    assert read_settings(home).superintendent_key == ""
    assert typed("setup", "--superintendent-key", PUBLIC).code == 0
    assert read_settings(home).superintendent_key == PUBLIC
    assert [event["kind"] for event in typed("log", "audit", "--json").json] == ["key.fixed"]


def test_the_doctor_says_red_before_setup_and_green_after(
    typed: Typed, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The exit code is the worst of the checks: 2 red, 1 amber, 0 green."""
    monkeypatch.setattr(doctor, "voice_check", lambda: (True, "The voice is ready."))
    assert typed("doctor").code == 2
    set_up(typed, home)
    told = typed("doctor")
    assert told.code == 0, told.out
    monkeypatch.setattr(doctor, "voice_check", lambda: (False, "No voice."))
    told = typed("doctor", "--json")
    assert (told.code, told.json["state"]) == (1, "amber")
    assert {"name", "state", "words", "repair"} == set(told.json["checks"][0])
