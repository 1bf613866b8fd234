"""`kiosk setup --records-key`: the log has the key before the settings do, and it counts after thirty days."""

from __future__ import annotations

from datetime import date

import pytest

from kiosk.log.recorded_keys import KeyOwner, RecordedKey, recorded_key_of_home
from kiosk.record.retention.schedule import COOLING_OFF
from kiosk.record.transparency.signed_note import Signer
from kiosk.settings import Home, Mode, read_settings
from kiosk.system.clock import SystemClock
from tests.keeping import said
from tests.typed import Typed

ONE, OTHER = (str(Signer("records", bytes([n] * 32)).public) for n in (7, 8))


def recorded(home: Home, mode: Mode = "live") -> RecordedKey:
    """The records officer's key in that log."""
    found = recorded_key_of_home(home, KeyOwner.RECORDS_OFFICER, mode)
    assert found is not None
    return found


def in_thirty_days() -> date:
    """The first day on which what is entered today counts."""
    return SystemClock().now().local().date() + COOLING_OFF


def test_the_log_and_the_settings_get_the_key(typed: Typed, home: Home) -> None:
    """It counts from a later day, so that others can see it first; the same key again is no change."""
    for _ in range(2):
        assert typed("setup", "--records-key", ONE).code == 0
    assert (read_settings(home).records_key, recorded(home)) == (ONE, RecordedKey(ONE, in_thirty_days()))
    assert len(said(home, KeyOwner.RECORDS_OFFICER.fixed)) == 1
    assert recorded(home, "practice") == RecordedKey()


def test_another_key_needs_consent(typed: Typed, home: Home) -> None:
    """Its days are counted from its own entry, which also names the key before."""
    assert typed("setup", "--records-key", ONE).code == 0
    typed.refused(3, "setup", "--records-key", OTHER)
    assert recorded(home).text == ONE
    assert typed("setup", "--records-key", OTHER, "--replace-records-key").code == 0
    (change,) = said(home, KeyOwner.RECORDS_OFFICER.replaced)
    assert (change.body["before"], recorded(home)) == (ONE, RecordedKey(OTHER, in_thirty_days()))


def test_a_key_that_an_editor_put_into_the_settings_is_taken_out(typed: Typed, home: Home) -> None:
    """Even if the log has none: no other command makes it known."""
    words = home.settings_file.read_text(encoding="utf-8")
    home.settings_file.write_text(words.replace('records_key = ""', f'records_key = "{ONE}"'), encoding="utf-8")
    assert read_settings(home).records_key == ONE
    assert typed("setup", "--desk", "Side door").code == 0
    assert (read_settings(home).records_key, recorded(home)) == ("", RecordedKey())


def test_practice_has_a_key_of_its_own(typed: Typed, home: Home) -> None:
    """In its own log alone; it is never the live one, whichever is entered first."""
    assert typed("setup", "--practice-records-key", ONE).code == 0
    assert (recorded(home, "practice").text, recorded(home), read_settings(home).records_key) == (
        ONE,
        RecordedKey(),
        "",
    )
    typed.refused(3, "setup", "--records-key", ONE)
    assert typed("setup", "--records-key", OTHER).code == 0
    typed.refused(3, "setup", "--practice-records-key", OTHER)
    assert (recorded(home, "practice").text, recorded(home).text) == (ONE, OTHER)


@pytest.mark.parametrize("words", ["records", f"{ONE[:-4]}AAA=", ""])
def test_what_is_no_key_is_refused(typed: Typed, home: Home, words: str) -> None:
    """Nothing is written."""
    typed.refused(3, "setup", "--records-key", words)
    assert recorded(home) == RecordedKey()
