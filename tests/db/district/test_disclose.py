"""Values: taken only under the hash in their entry's header, up to the level that the district chose."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from db.district.calls import Value, Word
from db.district.errors import NotAllowed, Refused
from db.district.private_server import PrivateServer
from kiosk.record.entries import Actor, Entry, encode, leaf_hash
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.transparency.merkle import Tree
from kiosk.system.clock import FixedClock
from tests.db.district.desks import FULL, Desk, Sent, a_desk, asked, replaced
from tests.homes import PACK_WITH_DUTIES, a_home, encounter

COUNSEL = 2


@pytest.fixture
def desk(server: PrivateServer, database: str) -> Desk:
    """The only desk of a new store."""
    return a_desk(server, database)


def count(desk: Desk, table: str) -> int:
    """The number of rows of a table."""
    return int(asked(desk.server, desk.database, f"SELECT count(*) FROM district.{table}")[0][0])


def reasons(desk: Desk) -> list[str]:
    """Why logs were quarantined."""
    return [row[0] for row in asked(desk.server, desk.database, "SELECT reason FROM district.conflict")]


def test_values_make_the_lists_that_people_read(desk: Desk, sent: Sent) -> None:
    """Numbers, outcomes, facts, calls."""
    answer = desk.send(sent)
    assert (answer.word, answer.disclosed_to) == (Word.OK, len(sent.rows))
    assert count(desk, "disclosure") == len(sent.values())
    shown = "SELECT number, outcome FROM plain.encounters ORDER BY number"
    assert asked(desk.server, desk.database, shown) == [(f"2026-000{n}", "handover") for n in (1, 2, 3)]
    facts = asked(
        desk.server, desk.database, "SELECT fact, value, missing FROM plain.facts WHERE number = '2026-0001' ORDER BY 1"
    )
    assert facts == [("agency-as-stated", "Example County Sheriff", None), ("badge", None, "refused")]
    calls = asked(desk.server, desk.database, "SELECT number, step, role, result FROM plain.calls ORDER BY 1")
    assert calls == [(f"2026-000{n}", "call-now", "office", "reached") for n in (1, 2, 3)]


def test_values_again_are_there_once(desk: Desk, sent: Sent) -> None:
    """In every list."""
    desk.send(sent)
    before = [count(desk, one) for one in ("disclosure", "fact", "call", "record", "record_words")]
    words = asked(desk.server, desk.database, "SELECT words FROM district.record_words ORDER BY 1")
    assert desk.disclose(sent).word is Word.OK
    assert desk.disclose(sent, sent.values(5, 20), 20).disclosed_to == len(sent.rows)
    assert [count(desk, one) for one in ("disclosure", "fact", "call", "record", "record_words")] == before
    assert asked(desk.server, desk.database, "SELECT words FROM district.record_words ORDER BY 1") == words


def _other_value(sent: Sent) -> Value:
    return sent.values()[3]._replace(body=sent.values()[4].body)


def _other_entry(sent: Sent) -> Value:
    found = next(one for one in sent.values() if one.name == "field.agency-as-stated")
    return found._replace(seq=found.seq + 1)


def _said_to_be_encrypted(sent: Sent) -> Value:
    return sent.values()[3]._replace(encrypted=True)


def _no_entry(sent: Sent) -> Value:
    return sent.values()[3]._replace(seq=999)


@pytest.mark.parametrize("make", [_other_value, _other_entry, _said_to_be_encrypted, _no_entry])
def test_a_value_without_its_commitment_is_refused(desk: Desk, sent: Sent, make: Any) -> None:
    """The log is quarantined: only a changed desk sends one."""
    desk.ingest(sent.batch())
    assert desk.disclose(sent, [*sent.values(0, 2), make(sent)]).word is Word.NOT_COMMITTED
    assert (count(desk, "disclosure"), reasons(desk)) == (0, [Word.NOT_COMMITTED])
    assert desk.disclose(sent).word is Word.QUARANTINED


def test_a_value_of_a_wider_level_than_the_districts_is_refused(
    server: PrivateServer, database: str, sent: Sent
) -> None:
    """Private before stored, at the district too."""
    desk = a_desk(server, database, level=COUNSEL)
    desk.ingest(sent.batch())
    assert desk.disclose(sent, sent.values(0, 5, level=COUNSEL), 5).word is Word.OK
    assert desk.disclose(sent, sent.values(5, 9, level=FULL), 9).word is Word.TOO_WIDE


@pytest.mark.parametrize(
    "wrong", [{"upto": 999}, {"upto": -1}, {"values": [Value(0, "x", encrypted=False, level=9, body=b"")] * 20_001}]
)
def test_a_call_that_makes_no_sense_is_refused_as_such(desk: Desk, sent: Sent, wrong: dict[str, Any]) -> None:
    """Nothing is written, and the log goes on."""
    desk.ingest(sent.batch())
    with pytest.raises(Refused):
        desk.disclose(sent, **{"values": [], **wrong})
    assert reasons(desk) == []


def test_the_values_of_another_desk_are_not_this_ones(
    server: PrivateServer, database: str, desk: Desk, sent: Sent
) -> None:
    """Not even true ones."""
    desk.ingest(sent.batch())
    with pytest.raises(NotAllowed):
        a_desk(server, database, "back").disclose(sent)


@pytest.mark.parametrize(
    "body", [b"", b"!", base64.urlsafe_b64encode(b'["s","text","\\u0000"]').rstrip(b"="), b"e30", b"MQ"]
)
def test_bytes_that_are_no_value_poison_no_list(desk: Desk, body: bytes) -> None:
    """A desk can commit to any bytes; they are kept, and shown as nothing."""
    at = FixedClock().now()
    entry = encode(
        Entry(EntryKind.NOTE_ADDED, {"text": "x"}, "0" * 8 + "-0000-4000-8000-" + "0" * 12, actor=Actor.DESK),
        origin="o",
        seq=0,
        event_id="1" * 8 + "-0000-4000-8000-" + "0" * 12,
        at=at,
    )
    header = json.loads(entry.header)
    header["sd"] = {"text": base64.urlsafe_b64encode(sha256(body).digest()).rstrip(b"=").decode()}
    text = json.dumps(header)
    batch = Sent("o", "o+1+x", []).batch(0, 0)
    batch = replace(batch, headers=[text], size=1, head=1, root=Tree().grown([leaf_hash(text)]).root)
    assert desk.ingest(batch).word is Word.OK
    sent = Sent("o", "o+1+x", [])
    assert desk.disclose(sent, [Value(0, "text", encrypted=False, level=1, body=body)], 1).word is Word.OK
    for view in ("desks", "encounters", "facts", "calls", "duties"):
        asked(desk.server, desk.database, f"SELECT * FROM plain.{view}")
    assert count(desk, "disclosure") == 1


def test_bytes_that_are_no_value_hide_none_of_the_others(desk: Desk) -> None:
    """In the same call: the entry has the hashes of both."""
    bodies = {"text": b"!", "field.badge": base64.urlsafe_b64encode(b'["s","field.badge","12"]').rstrip(b"=")}
    hashes = {
        name: base64.urlsafe_b64encode(sha256(body).digest()).rstrip(b"=").decode() for name, body in bodies.items()
    }
    encounter_id = "0" * 8 + "-0000-4000-8000-" + "0" * 12
    entry = encode(
        Entry(EntryKind.NOTE_ADDED, {"text": "x"}, encounter_id, actor=Actor.DESK),
        origin="o",
        seq=0,
        event_id="1" * 8 + "-0000-4000-8000-" + "0" * 12,
        at=FixedClock().now(),
    )
    text = json.dumps(json.loads(entry.header) | {"sd": hashes})
    batch = replace(Sent("o", "o+1+x", []).batch(0, 0), headers=[text], size=1, head=1)
    desk.ingest(replace(batch, root=Tree().grown([leaf_hash(text)]).root))
    values = [Value(0, name, encrypted=False, level=1, body=body) for name, body in bodies.items()]
    assert desk.disclose(Sent("o", "o+1+x", []), values, 1).word is Word.OK
    assert asked(desk.server, desk.database, "SELECT field, value FROM district.fact") == [("badge", "12")]
    assert asked(desk.server, desk.database, "SELECT words FROM district.record_words") == [("12",)]


def test_a_value_of_an_entry_beyond_those_that_the_call_names_is_refused(desk: Desk, sent: Sent) -> None:
    """What the server has would otherwise not be what it says."""
    desk.ingest(sent.batch())
    with pytest.raises(Refused):
        desk.disclose(sent, sent.values(0, 10), 9)
    assert (count(desk, "disclosure"), reasons(desk)) == (0, [])


def test_a_value_twice_in_one_call_is_refused(desk: Desk, sent: Sent) -> None:
    """No desk sends one; nothing is written."""
    desk.ingest(sent.batch())
    with pytest.raises(Refused):
        desk.disclose(sent, [*sent.values(), sent.values()[0]])
    assert (count(desk, "disclosure"), reasons(desk)) == (0, [])


def test_duties_are_listed_until_they_are_done(server: PrivateServer, database: str, tmp_path: Path) -> None:
    """With their owner and day."""
    desk, home = a_desk(server, database), a_home(tmp_path, pack=PACK_WITH_DUTIES)
    encounter(home, session=True)
    desk.send(Sent.of(home))
    duties = "SELECT duty, owner, state, due IS NOT NULL FROM plain.duties ORDER BY 1"
    assert {row[2] for row in asked(server, database, duties)} == {"open"}
    assert ("papers", "office", "open", True) in asked(server, database, duties)


def test_a_log_that_took_the_place_of_another_continues_it(
    server: PrivateServer, database: str, tmp_path: Path
) -> None:
    """The old one takes nothing more."""
    desk, home = a_desk(server, database), a_home(tmp_path)
    encounter(home)
    old = Sent.of(home)
    desk.send(old)
    clock = replaced(home)
    encounter(home, clock=clock)
    desk.send(Sent.of(home))
    logs = asked(server, database, "SELECT state, succession FROM district.log ORDER BY log_id")
    assert logs == [("replaced", None), ("active", "continues")]
    assert desk.ingest(old.batch()).word is Word.REPLACED


@pytest.mark.parametrize(("kept", "word"), [(slice(0, -2), "unsent"), (slice(0, 3), "unsent")])
def test_a_log_that_cites_more_than_was_sent_is_told(
    server: PrivateServer, database: str, tmp_path: Path, kept: slice, word: str
) -> None:
    """It is taken all the same, and the old one goes on: the rest may still come."""
    desk, home = a_desk(server, database), a_home(tmp_path)
    encounter(home)
    old = Sent.of(home)
    size = len(old.rows[kept])
    desk.ingest(old.batch(0, size))
    replaced(home)
    desk.send(Sent.of(home))
    assert asked(server, database, "SELECT state, succession FROM district.log ORDER BY log_id") == [
        ("active", None),
        ("active", word),
    ]
    assert desk.ingest(old.batch(size)).word is Word.OK
