"""Files of names that the privacy guard judged before are not judged again, unless they or its rules changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kiosk.packs import judged_names
from kiosk.packs.judged_names import JudgedNames, require_storable_settings
from kiosk.packs.library import Library
from kiosk.privacy import guard
from kiosk.privacy.meanings import Doubt
from kiosk.settings import Home, Settings
from tests.homes import CONTACTS, PUBLIC, complete

SETTINGS = Settings(school="Lincoln Elementary School", protocol="small", superintendent_key=PUBLIC)
TODAY = date(2026, 9, 14)


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names that the guard judges, as it is asked."""
    names: list[str] = []
    real = guard.judge

    def judge(words: str) -> guard.Concern | Doubt | None:
        names.append(words)
        return real(words)

    monkeypatch.setattr(guard, "judge", judge)
    return names


def mode(home: Home) -> str:
    """Whether a start would be live."""
    return Library(home).in_force(SETTINGS, TODAY).mode


def test_names_are_judged_at_the_first_start_only(home: Home, judged: list[str]) -> None:
    """A later start compiles no patterns for them."""
    complete(home)
    assert (mode(home), len(judged) > 0) == ("live", True)
    judged.clear()
    assert (mode(home), judged) == ("live", [])


def test_a_changed_name_is_judged(home: Home, judged: list[str]) -> None:
    """A name that must not be stored keeps the kiosk in PRACTICE, at every start until it is repaired."""
    complete(home)
    mode(home)
    home.contacts_file.write_text(CONTACTS.replace("Dana Sample", "Dana Sample 123-45-6789"), encoding="utf-8")
    for _ in range(2):
        judged.clear()
        assert (mode(home), "Dana Sample 123-45-6789" in judged) == ("practice", True)


def test_a_changed_rule_judges_the_same_names_again(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """What an older version let pass is not known to a newer one."""
    JudgedNames(home).add(b"names")
    assert JudgedNames(home).knows(b"names")
    monkeypatch.setattr(judged_names, "_rules", lambda: b"other rules")
    assert not JudgedNames(home).knows(b"names")


def test_a_few_files_are_remembered(home: Home) -> None:
    """The newest ones; the file does not grow."""
    names = JudgedNames(home)
    for n in range(6):
        names.add(bytes([n]))
    names.add(bytes([5]))
    assert [names.knows(bytes([n])) for n in range(6)] == [False, False, True, True, True, True]


@pytest.mark.parametrize("spoiled", [b"", b"\xff\x00 names", b"x" * 10_000])
def test_a_spoiled_memory_only_judges_again(home: Home, spoiled: bytes) -> None:
    """Nothing is known by it, and it is written again."""
    home.judged_names_file.write_bytes(spoiled)
    assert not JudgedNames(home).knows(b"names")
    JudgedNames(home).add(b"names")
    assert JudgedNames(home).knows(b"names")


def test_a_home_that_can_not_be_written_is_judged_each_time(home: Home) -> None:
    """It is no error."""
    home.judged_names_file.mkdir()
    JudgedNames(home).add(b"names")
    assert not JudgedNames(home).knows(b"names")


def test_no_home_is_made_for_it(home: Home) -> None:
    """A command that only reads leaves no folder where there was none."""
    absent = Home(home.path / "absent")
    JudgedNames(absent).add(b"names")
    assert not absent.path.exists()


@pytest.mark.parametrize(
    "edited", [replace(SETTINGS, school="School 123-45-6789"), replace(SETTINGS, desk="they have no papers")]
)
def test_names_in_the_settings_are_judged_until_they_can_be_stored(
    home: Home, judged: list[str], edited: Settings
) -> None:
    """A start fails with a sentence that names the file; names that can be stored are judged once."""
    for _ in range(2):
        with pytest.raises(guard.PrivateText) as told:
            require_storable_settings(home, edited)
        assert str(home.settings_file) in told.value.what
    for _ in range(2):
        judged.clear()
        require_storable_settings(home, replace(SETTINGS, desk="Asylum"))
    assert judged == []
