"""Destroyed records leave the lists at once and the store after a rest; a hold keeps them, also the district's own."""

from __future__ import annotations

from typing import Final

import pytest

from db.district.calls import Word
from db.district.private_server import PrivateServer
from kiosk.settings import Home
from tests.db.district.desks import Desk, Sent, a_desk, asked
from tests.keeping import WHO, closed, destroy, mark
from tests.typed import Typed

NOTE: Final = "Two cars"
NOW: Final = "SELECT district.destroy_due('0')"
KEPT: Final = {"hold.placed", "hold.released", "record.destroyed", "destruction.authorized", "destruction.refused"}

pytestmark = pytest.mark.usefixtures("synchronized")


@pytest.fixture
def desk(server: PrivateServer, database: str) -> Desk:
    """The only desk of a new store."""
    return a_desk(server, database)


@pytest.fixture
def record(typed: Typed, home: Home) -> str:
    """A closed record whose period is over; its number."""
    mark(typed)
    return closed(home, note=NOTE)


def notes(desk: Desk) -> int:
    """The number of values of the record that the server has: those of entries that are not kept permanently."""
    return int(
        asked(
            desk.server,
            desk.database,
            "SELECT count(*) FROM district.disclosure WHERE encounter_id IS NOT NULL AND NOT kept",
        )[0][0]
    )


def listed(desk: Desk) -> tuple[int, int]:
    """The number of facts and of words that readers find."""
    rows = asked(
        desk.server,
        desk.database,
        "SELECT (SELECT count(*) FROM district.fact), (SELECT count(*) FROM district.record_words)",
    )
    return rows[0][0], rows[0][1]


def test_a_destroyed_record_leaves_the_lists_at_once_and_the_store_after_its_rest(
    typed: Typed, home: Home, desk: Desk, record: str
) -> None:
    """Sent before its destruction; the entries stay, and what says why."""
    desk.send(Sent.of(home))
    before = notes(desk)
    assert listed(desk) != (0, 0)
    assert destroy(typed, record).code == 0
    sent = Sent.of(home)
    desk.send(sent)
    assert (listed(desk), notes(desk)) == ((0, 0), before)
    assert asked(desk.server, desk.database, "SELECT destroyed FROM plain.encounters") == [(True,)]
    assert asked(desk.server, desk.database, "SELECT district.destroy_due('1 day')") == [(0,)]
    assert asked(desk.server, desk.database, NOW) == [(before,)]
    assert notes(desk) == 0
    kinds = asked(
        desk.server,
        desk.database,
        "SELECT DISTINCT kind FROM district.disclosure JOIN district.entry USING (log_id, seq) WHERE kept",
    )
    assert {row[0] for row in kinds} <= KEPT
    assert asked(desk.server, desk.database, "SELECT size FROM district.log") == [(len(sent.rows),)]


def test_values_that_come_after_their_destruction_are_not_taken(
    typed: Typed, home: Home, desk: Desk, record: str
) -> None:
    """A desk that was restored from a backup may still have them."""
    old = Sent.of(home)
    assert destroy(typed, record).code == 0
    desk.ingest(Sent.of(home).batch())
    assert desk.disclose(old).word is Word.OK
    assert (listed(desk), notes(desk)) == ((0, 0), 0)


def test_a_hold_of_the_district_keeps_the_values_until_it_is_released(
    typed: Typed, home: Home, desk: Desk, record: str
) -> None:
    """No desk can release it."""
    desk.send(Sent.of(home))
    before = notes(desk)
    asked(
        desk.server,
        desk.database,
        "INSERT INTO district.district_hold (encounter_id, reason, placed_by) "
        "SELECT encounter_id, 'A suit', 'C. Counsel' FROM district.record WHERE no IS NOT NULL",
    )
    assert destroy(typed, record).code == 0
    desk.send(Sent.of(home))
    assert asked(desk.server, desk.database, NOW) == [(0,)]
    assert (notes(desk), listed(desk) == (0, 0)) == (before, False)
    asked(
        desk.server, desk.database, "UPDATE district.district_hold SET released_at = now(), released_by = 'C. Counsel'"
    )
    assert asked(desk.server, desk.database, NOW) == [(before,)]
    assert (notes(desk), listed(desk)) == (0, (0, 0))


def test_a_hold_of_a_desk_ends_with_its_release_whose_value_says_which(
    typed: Typed, home: Home, desk: Desk, record: str
) -> None:
    """The entry alone frees nothing."""
    assert typed("log", "hold", "place", record, "--matter", "24-117", *WHO).code == 0
    desk.send(Sent.of(home))
    held = "SELECT released_by IS NULL FROM district.hold"
    assert asked(desk.server, desk.database, held) == [(True,)]
    assert typed("log", "hold", "release", record, *WHO).code == 0
    sent = Sent.of(home)
    desk.ingest(sent.batch())
    assert asked(desk.server, desk.database, held) == [(True,)]
    desk.disclose(sent)
    assert asked(desk.server, desk.database, held) == [(False,)]


def test_the_destruction_of_another_desk_touches_nothing(
    server: PrivateServer, typed: Typed, home: Home, desk: Desk, record: str
) -> None:
    """Even if it names the same encounter."""
    desk.send(Sent.of(home))
    other = a_desk(server, desk.database, "back")
    other_rows = "SELECT count(*) FROM district.fact"
    before = asked(server, desk.database, other_rows)
    asked(
        server,
        desk.database,
        "INSERT INTO district.log (desk_id, origin, vkey) "
        f"SELECT desk_id, 'another/log', 'x' FROM district.desk WHERE db_role = '{other.role}'",
    )
    asked(
        server,
        desk.database,
        "INSERT INTO district.destruction (desk_id, encounter_id, log_id, seq) "
        "SELECT l.desk_id, r.encounter_id, l.log_id, 99 FROM district.log l, district.record r "
        "WHERE l.origin = 'another/log'",
    )
    assert asked(server, desk.database, NOW) == [(0,)]
    assert asked(server, desk.database, other_rows) == before


def test_nothing_is_deleted_for_a_quarantined_log(typed: Typed, home: Home, desk: Desk, record: str) -> None:
    """A stolen secret may have entered the destruction: a person looks first. And the usual rest is weeks."""
    desk.send(Sent.of(home))
    assert destroy(typed, record).code == 0
    desk.send(Sent.of(home))
    assert asked(desk.server, desk.database, "SELECT district.destroy_due()") == [(0,)]
    asked(desk.server, desk.database, "UPDATE district.log SET state = 'quarantined'")
    assert asked(desk.server, desk.database, NOW) == [(0,)]
    asked(desk.server, desk.database, "UPDATE district.log SET state = 'active'")
    assert asked(desk.server, desk.database, NOW) != [(0,)]
