"""The check of a log in the district's database, against an owner of the database who switches its triggers off."""

from __future__ import annotations

from dataclasses import replace

import pytest

from db.district.connection import connected
from db.district.private_server import PrivateServer
from db.district.reading import DistrictLog, places
from db.district.standing import standing_of
from kiosk.district.settings import read_district, save_district
from kiosk.district.verifying import check_log
from kiosk.record.disclosure.levels import Level
from kiosk.record.verification.result import Result
from kiosk.settings import Home
from tests.db.district.conftest import database, server
from tests.db.district.desks import asked
from tests.district.test_sender import Enrolled, desk, enrolled, sent
from tests.keeping import closed, destroy, mark
from tests.typed import Typed

__all__ = ["database", "desk", "server"]

_OFF = """DO $$ DECLARE t text; BEGIN
  FOR t IN SELECT format('%I.%I', 'district', relname) FROM pg_class
    WHERE relnamespace = 'district'::regnamespace AND relkind IN ('r', 'p') LOOP
    EXECUTE 'ALTER TABLE ' || t || ' DISABLE TRIGGER ALL';
  END LOOP; END $$"""


def checked(of: Enrolled, n: int = 0, asked_at: tuple[int, ...] = ()) -> Result:
    """The check of a log in the database."""
    with connected(of.server.address(of.database)) as store:
        place = places(store)[n]
        return check_log(DistrictLog(store, place), standing_of(store, place), asked=asked_at)


def forged(of: Enrolled, *statements: str) -> None:
    """Change the database as its owner could, with all triggers off."""
    asked(of.server, of.database, _OFF)
    for statement in statements:
        asked(of.server, of.database, statement)


def test_a_log_that_was_sent_whole_is_verified(desk: Enrolled) -> None:
    """Every entry matches, and the newest checkpoint of the desk covers all."""
    sent(desk)
    found = checked(desk, asked_at=(3,))
    assert found.verified, found.problems
    assert found.size == found.matching == found.signed > 0
    assert found.roots.keys() >= {0, 3, found.size}


_REHASH = """UPDATE district.entry SET leaf = sha256('\\x00'::bytea || convert_to(header, 'UTF8')) WHERE seq = 4"""
_REROOT = """UPDATE district.log l SET
  peaks = district.grown(0, '{}', (SELECT array_agg(leaf ORDER BY seq) FROM district.entry)),
  root = district.root_of(district.grown(0, '{}', (SELECT array_agg(leaf ORDER BY seq) FROM district.entry)))"""
_EDIT = 'UPDATE district.entry SET header = replace(header, \'"actor":"desk"\', \'"actor":"kiosk"\') WHERE seq = 4'
_CUT = (
    "DELETE FROM district.disclosure WHERE seq >= 20",
    "DELETE FROM district.entry WHERE seq >= 20",
    "UPDATE district.log SET size = 20, disclosed_to = 20",
)


@pytest.mark.parametrize(
    ("statements", "at"),
    [
        ((_EDIT,), 4),
        ((_EDIT, _REHASH), None),
        (("DELETE FROM district.disclosure WHERE seq = 4 AND name = 'visit'",), 4),
        (("UPDATE district.disclosure SET body = 'WyJhIiwidmlzaXQiLDFd'::bytea WHERE seq = 4 AND name = 'visit'",), 4),
        (("DELETE FROM district.entry WHERE seq = 4",), 0),
        ((*_CUT, _REROOT), None),
        (("UPDATE district.checkpoint SET root = sha256('other')",), None),
        (
            (
                "INSERT INTO district.destruction (desk_id, encounter_id, log_id, seq) "
                "SELECT 1, encounter_id, log_id, seq FROM district.entry WHERE encounter_id IS NOT NULL AND seq = 9",
                "DELETE FROM district.disclosure WHERE seq = 4",
            ),
            4,
        ),
    ],
)  # fmt: skip
def test_what_an_owner_forges_is_found(desk: Enrolled, statements: tuple[str, ...], at: int | None) -> None:
    """An entry, its hash, a value deleted or swapped, an entry deleted, the end cut off, a destruction invented."""
    sent(desk)
    forged(desk, *statements)
    found = checked(desk)
    assert not found.verified
    assert at is None or at in {problem.at for problem in found.problems}


def test_a_past_that_was_rewritten_whole_fails_the_signatures(desk: Enrolled) -> None:
    """The owner can compute every hash again; the desk's key they don't have."""
    sent(desk)
    forged(desk, _EDIT, _REHASH, _REROOT)
    found = checked(desk)
    assert not found.verified
    assert found.signed < found.size
    forged(desk, "DELETE FROM district.checkpoint")
    found = checked(desk)
    assert found.verified, "nothing of the desk's is left to compare with"
    assert found.signed == 0, "and that is said"


def test_values_of_a_wider_level_than_the_desk_sends_are_not_missing(desk: Enrolled) -> None:
    """A desk that sends up to the level public has sent no note."""
    asked(desk.server, desk.database, "UPDATE district.desk SET level = 1")
    save_district(desk.home, replace(read_district(desk.home), level=Level.PUBLIC))
    sent(desk)
    assert checked(desk).verified, checked(desk).problems
    forged(desk, "DELETE FROM district.disclosure WHERE name = 'no'")
    assert not checked(desk).verified


@pytest.mark.usefixtures("synchronized")
def test_a_destroyed_record_is_no_problem_before_and_after_its_rest(
    typed: Typed, home: Home, server: PrivateServer, database: str
) -> None:
    """Its values are here until the rest is over; then an entry says why they are gone."""
    mark(typed)
    record = closed(home)
    desk = enrolled(server, database, home)
    sent(desk)
    assert destroy(typed, record).code == 0
    sent(desk)
    assert checked(desk).verified, checked(desk).problems
    assert asked(server, database, "SELECT district.destroy_due('0') > 0") == [(True,)]
    found = checked(desk)
    assert found.verified, found.problems
    assert found.destroyed == 1
    forged(desk, "DELETE FROM district.destruction")
    assert not checked(desk).verified, "the entry is there, and the table does not have it"
