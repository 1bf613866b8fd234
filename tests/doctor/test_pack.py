"""Settings, protocol, approval, contacts and card, each from a home on the disk."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kiosk.doctor.check import State, Subject
from kiosk.doctor.pack import check_encryption, check_pack, check_settings
from kiosk.errors import UsageError
from kiosk.packs.library import Library
from kiosk.settings import Home, Settings
from tests.homes import PUBLIC, complete

TODAY = date(2026, 9, 14)
SETTINGS = Settings(school="Lincoln Elementary School", protocol="small", superintendent_key=PUBLIC)


@pytest.fixture
def home(home: Home) -> Home:
    """A home whose small pack is approved and kept, and whose contacts are complete."""
    complete(home)
    Library(home).keep(Library(home).find("small"), approved=True)
    return home


def not_green(home: Home, settings: Settings = SETTINGS, today: date = TODAY) -> dict[Subject, State]:
    """The checks that are not green, by their subject."""
    checks = check_pack(Library(home), settings, today)
    return {check.name: check.state for check in checks if check.state is not State.GREEN}


def test_a_pack_in_good_order_is_green_in_every_subject(home: Home) -> None:
    """Each subject is checked once."""
    checks = list(check_pack(Library(home), SETTINGS, TODAY))
    assert {check.state for check in checks} == {State.GREEN}
    assert [check.name for check in checks] == [
        Subject.KEY,
        Subject.PROTOCOL,
        Subject.APPROVAL,
        Subject.CHOICES,
        Subject.CONTACTS,
        Subject.CARD,
    ]


@pytest.mark.parametrize("key", ["", "not a key"])
def test_a_key_that_is_missing_or_unreadable_is_red_with_the_approval(home: Home, key: str) -> None:
    """Without a key no approval can be checked."""
    red = not_green(home, replace(SETTINGS, superintendent_key=key))
    assert (red[Subject.KEY], red[Subject.APPROVAL]) == (State.RED, State.RED)


def test_the_days_of_approval_and_review_are_kept(home: Home) -> None:
    """Approved on 1 August 2026, to be reviewed by 30 June 2099: red the day before and the day after."""
    assert not_green(home, today=date(2026, 7, 31)) == {Subject.APPROVAL_DAY: State.RED}
    assert not_green(home, today=date(2026, 8, 1)) == {}
    assert not_green(home, today=date(2099, 6, 30)) == {}
    assert not_green(home, today=date(2099, 7, 1))[Subject.REVIEW] is State.RED


def test_a_protocol_that_does_not_exist_raises(home: Home) -> None:
    """The caller reports it as red."""
    with pytest.raises(UsageError):
        not_green(home, replace(SETTINGS, protocol="gone"))


def test_without_contacts_no_card_is_checked(home: Home) -> None:
    """One red check is enough."""
    home.contacts_file.unlink()
    checks = {check.name: check.state for check in check_pack(Library(home), SETTINGS, TODAY)}
    assert checks[Subject.CONTACTS] is State.RED
    assert Subject.CARD not in checks


def test_only_a_kiosk_with_a_school_is_set_up() -> None:
    """The school's name is the first thing that setup asks for."""
    assert check_settings(Settings()).state is State.RED
    assert check_settings(SETTINGS).state is State.GREEN


def test_encryption_is_shown_only_where_it_is_used() -> None:
    """With the key's own text, so that it can be compared."""
    assert list(check_encryption(SETTINGS)) == []
    (check,) = check_encryption(replace(SETTINGS, encrypt_notes_to="district-key"))
    assert (check.name, check.state, "district-key" in check.words) == (Subject.ENCRYPTION, State.GREEN, True)
