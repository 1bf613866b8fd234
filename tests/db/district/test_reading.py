"""One log, read from its file and from the district's store: both give the same, whatever is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from db.district.connection import connected
from db.district.private_server import PrivateServer
from db.district.reading import DistrictLog, places
from db.reader import Reader
from db.reads import Reads
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.transparency.merkle import unpacked
from tests.db.district.desks import Sent, a_desk, a_store, an_auditor
from tests.homes import a_home, encounter

OPENED, CLOSED = EntryKind.ENCOUNTER_OPENED, EntryKind.ENCOUNTER_CLOSED
Both = tuple[Reads, Reads]


@pytest.fixture(scope="module")
def both(server: PrivateServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    """A log with three encounters: its file, and the district's copy."""
    home = a_home(Path(tmp_path_factory.mktemp("desk")))
    for agency in ("One", "Two", "Three"):
        encounter(home, agency=agency, note="Two cars", session=True)
    sent = Sent.of(home)
    with a_store(server) as database, closing(Reader.open(home.log("live"))) as file:
        desk = a_desk(server, database)
        note = file.newest_checkpoint()
        assert note is not None
        kept = lasting(file)
        desk.ingest(sent.batch(0, kept, note=file.note_at(kept)))
        desk.ingest(sent.batch(kept, note=note.note))
        desk.disclose(sent)
        with connected(server.address(database, an_auditor(server, database))) as store:
            (place,) = places(store)
            yield file, DistrictLog(store, place)


def lasting(log: Reads) -> int:
    """The size of the newest checkpoint that stays: the one at the end of the last closed record."""
    return [*log.of_kind(CLOSED)][-1].seq + 1


def an_id(log: Reads) -> str:
    """The id of the second record."""
    return log.encounter_ids(OPENED)[1]


ASKED: dict[str, Callable[[Reads], Any]] = {
    "origin": lambda log: log.origin,
    "log_vkey": lambda log: log.log_vkey,
    "size": lambda log: log.size(),
    "latest_us": lambda log: log.latest_us(),
    "number_of": lambda log: [log.number_of(an_id(log)), log.number_of("00000000-0000-0000-0000-000000000000")],
    "last": lambda log: log.last(),
    "entries": lambda log: [*log.entries()],
    "entries of a record": lambda log: [*log.entries(an_id(log))],
    "entries from a number on": lambda log: [*log.entries(after=3, limit=5)],
    "leaves": lambda log: [[*log.leaves()], [*log.leaves(4)]],
    "of_kind": lambda log: [*log.of_kind(CLOSED)],
    "encounter_ids": lambda log: log.encounter_ids(CLOSED),
    "value_names": lambda log: log.value_names(),
    "root_at": lambda log: [log.root_at(lasting(log)), log.root_at(lasting(log) - 1)],
    "note_at": lambda log: [log.note_at(lasting(log)), log.note_at(lasting(log) - 1)],
    "newest": lambda log: [*log.lists.newest()],
    "newest of a kind below a number": lambda log: [*log.lists.newest(OPENED, 9)],
    "outside_records": lambda log: [*log.lists.outside_records()],
    "count": lambda log: [log.lists.count(OPENED), log.lists.count(EntryKind.HOLD_PLACED)],
    "lacking": lambda log: [*log.lists.lacking(OPENED, EntryKind.HOLD_PLACED)],
    "lacking none": lambda log: [*log.lists.lacking(OPENED, CLOSED)],
    "of_encounters": lambda log: log.lists.of_encounters(log.encounter_ids(OPENED)),
    "of_encounters of kinds": lambda log: log.lists.of_encounters([an_id(log)], [OPENED, CLOSED]),
    "openings": lambda log: log.lists.openings(OPENED, log.encounter_ids(OPENED)),
}


@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED)
def test_a_file_and_the_district_answer_alike(both: Both, asked: Callable[[Reads], Any]) -> None:
    """In the same order, with the same bytes."""
    file, district = both
    assert asked(file) == asked(district)
    assert asked(file) not in ({}, [[], []])


def test_the_newest_checkpoint_has_the_tree_of_all_entries(both: Both) -> None:
    """Its peaks too, from which the next root follows."""
    file, district = both
    here, there = file.newest_checkpoint(), district.newest_checkpoint()
    assert here == there
    assert there is not None
    assert unpacked(there.size, there.peaks).root == there.root
