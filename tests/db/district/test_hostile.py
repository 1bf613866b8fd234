"""Desks that lie with entries no kiosk writes, and many desks at once."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest

from db.district.calls import Word
from db.district.errors import DistrictError
from db.district.private_server import PrivateServer
from kiosk.record.entries import leaf_hash
from kiosk.record.transparency.merkle import Tree
from tests.db.district.desks import Sent, a_desk, asked

NUMBERS = ("1e400", "9" * 400, "1.5", "1e999999999", "NaN")


def size_of_entries(server: PrivateServer, database: str) -> int:
    """How many entries the store has."""
    found: int = asked(server, database, "SELECT count(*) FROM district.entry")[0][0]
    return found


def with_text(sent: Sent, change: str, to: str) -> str:
    """The tenth header with one part of its text replaced."""
    found = sent.rows[10].header
    assert change in found
    return found.replace(change, to, 1)


@pytest.mark.parametrize(
    ("name", "number"),
    [
        *(
            (name, number)
            for name in ("seq", "wall_us")
            for number in ("1e400", "9" * 400, "1.5", "1e999999999", "NaN")
        ),
        ("seq", "-1"),
    ],
)
def test_a_number_that_no_kiosk_writes_changes_no_other_entry(
    server: PrivateServer, database: str, sent: Sent, name: str, number: str
) -> None:
    """The server lives, and what it has stays."""
    desk = a_desk(server, database)
    assert desk.ingest(sent.batch(0, 10)).word is Word.OK
    value = json.loads(sent.rows[10].header)[name]
    header = with_text(sent, f'"{name}":{value}', f'"{name}":{number}')
    assert desk.ingest(lying(sent, [header])).word is Word.MALFORMED
    assert size_of_entries(server, database) == 10


def lying(sent: Sent, headers: list[str]) -> Any:
    """A batch after the tenth entry, with the root that these headers give."""
    leaves = [*(row.leaf for row in sent.rows[:10]), *map(leaf_hash, headers)]
    size = 10 + len(headers)
    return replace(sent.batch(), first=10, headers=headers, size=size, root=Tree().grown(leaves).root, head=1000)


@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_deep_nesting_adds_nothing(server: PrivateServer, database: str, sent: Sent, opening: str) -> None:
    """Neither as the whole entry nor inside a true one."""
    desk = a_desk(server, database)
    assert desk.ingest(sent.batch(0, 10)).word is Word.OK
    deep = opening * (60_000 // len(opening))
    for header in (deep, with_text(sent, '{"', '{"deep":' + deep + ',"')):
        with suppress(DistrictError):
            assert desk.ingest(lying(sent, [header])).word in {Word.MALFORMED, Word.QUARANTINED}
    assert size_of_entries(server, database) == 10


def test_an_entry_that_is_null_adds_nothing(server: PrivateServer, database: str, sent: Sent) -> None:
    """A desk's own program can send one."""
    desk = a_desk(server, database)
    with desk.connected() as store:
        word = store.connection.execute(
            "SELECT word FROM district.ingest(%s, %s, 0, ARRAY[NULL]::text[], NULL, 1, sha256(''), 1)",
            (sent.origin, sent.vkey),
        ).fetchone()
    assert word == (Word.MALFORMED,)
    assert size_of_entries(server, database) == 0


def test_many_desks_at_once_are_all_taken_once(server: PrivateServer, database: str, sent: Sent) -> None:
    """Each has a log of its own name; none waits for another so that both stop."""
    desks = [a_desk(server, database, f"d{number}") for number in range(40)]

    def send(number: int) -> list[Word]:
        origin = f"{sent.origin}{number}"
        headers = [row.header.replace(f'"{sent.origin}"', f'"{origin}"') for row in sent.rows]
        leaves = [leaf_hash(header) for header in headers]
        words = []
        for end in range(5, len(headers), 5):
            root = Tree().grown(leaves[:end]).root
            batch = replace(
                sent.batch(), origin=origin, first=end - 5, headers=headers[end - 5 : end], size=end, root=root
            )
            words.append(desks[number].ingest(batch).word)
        return words

    with ThreadPoolExecutor(20) as pool:
        words = [word for some in pool.map(send, range(40)) for word in some]
    assert set(words) == {Word.OK}
    assert size_of_entries(server, database) == 5 * len(words)
