"""Who is known at a home: the entries name people, and the file of verifiers has to match."""

from __future__ import annotations

import stat

import pytest

from kiosk.app.bootstrap import append_entry
from kiosk.log.people.known import known_people
from kiosk.log.people.verifier_file import read_verifiers, save_verifiers, verifier_file
from kiosk.record.people.people import Person, added, removed
from kiosk.record.people.verifiers import hash_of
from kiosk.settings import Home
from kiosk.system.clock import FixedClock
from tests.homes import made_once, replaced

DANA, KIM = "verifier of Dana", "verifier of Kim"


@pytest.fixture
def home(home: Home) -> Home:
    """A home with two people, one in a previous log and one in the current."""

    def make() -> None:
        enter(home, "Dana Sample", DANA)
        clock = replaced(home)
        clock.advance(1)
        enter(home, "Kim Auditor", KIM, clock)
        save_verifiers(home, [DANA, KIM])

    made_once(home, "people of two logs", make)
    return home


def enter(home: Home, name: str, verifier: str, clock: FixedClock | None = None) -> None:
    """Add an administrator."""
    person = Person(name, "administrator", hash_of(verifier))
    append_entry(home, "live", clock or FixedClock(), added(person, by="Dana Sample"))


def test_nobody_is_set_up_in_a_new_home(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Without a log, without a file."""
    known = known_people(Home(tmp_path_factory.mktemp("new")))
    assert (known.set_up, known.people, known.is_changed) == (False, (), False)


def test_people_are_known_by_the_log_and_their_verifiers_by_the_file(home: Home) -> None:
    """The file is readable by one account, and has no name in it."""
    known = known_people(home)
    assert known.set_up
    assert [(one.name, known.verifier_of(one)) for one in known.people] == [("Dana Sample", DANA), ("Kim Auditor", KIM)]
    assert stat.S_IMODE(verifier_file(home).stat().st_mode) == 0o600
    assert "Dana Sample" not in verifier_file(home).read_text("utf-8")


def test_a_verifier_that_was_exchanged_counts_for_nobody(home: Home) -> None:
    """The person it was taken from is refused; the others are not."""
    save_verifiers(home, ["verifier of an intruder", KIM])
    known = known_people(home)
    assert ([one.name for one in known.missing], known.unknown, known.is_changed) == (["Dana Sample"], 1, True)
    assert [known.verifier_of(one) for one in known.people] == [None, KIM]
    assert known.kept() == [KIM]


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{}", b'{"format": 2, "verifiers": []}', b'{"format": 1, "verifiers": 7}', b"\xff", b"x" * (1 << 20)],
)
def test_a_damaged_file_lets_nobody_in(home: Home, content: bytes) -> None:
    """And the records stay closed."""
    verifier_file(home).write_bytes(content)
    known = known_people(home)
    assert known.set_up
    assert len(known.missing) == 2


def test_a_lost_file_lets_nobody_in(home: Home) -> None:
    """The log still knows the people."""
    verifier_file(home).unlink()
    assert len(known_people(home).missing) == 2


def test_a_log_that_lost_its_people_opens_nothing(home: Home) -> None:
    """The file alone says that there were some."""
    home.log("live").unlink()
    for path in home.earlier.iterdir():
        path.unlink()
    known = known_people(home)
    assert (known.set_up, known.people, known.is_changed) == (True, (), True)


def test_people_of_a_previous_log_stay_known(home: Home) -> None:
    """A log that is replaced takes nobody's rights, and one who was removed before does not come back."""
    gone = known_people(home).people[1]
    append_entry(home, "live", FixedClock(), removed(gone, by="Dana Sample", reason="left"))
    replaced(home)
    assert [one.name for one in known_people(home).people] == ["Dana Sample"]


def test_an_empty_file_is_as_none(home: Home) -> None:
    """After everybody was removed."""
    save_verifiers(home, [])
    assert read_verifiers(home).is_empty
