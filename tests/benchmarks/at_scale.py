"""Lists, searches and the status over 1,000 desks beside 10. `python -m tests.benchmarks.at_scale [ENTRIES_OF_A_DESK]`.

Both stores are filled by SQL in one private server: two desks a school, ten entries a record, headers of 620 bytes,
true leaf hashes, and the lists that the calls would make. Not real: roots, checkpoints, and the values themselves,
which no list reads. Each query is asked by an auditor of the district and by a reader of one school. Then a new desk
sends a log to each store, which has no statistics about it. Aims: 1.5 times what it takes with 10 desks, and 100 ms
for 95 of 100. The status of all desks has a row for each, so it grows with them.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial

from db.district import fleet
from db.district.calls import MOST_ENTRIES, Batch, Value, Word, disclose, ingest
from db.district.connection import Store, connected
from db.district.enrolling import enroll
from db.district.install import install
from db.district.private_server import PrivateServer, private_server
from db.reader import Reader
from kiosk.record.disclosure.levels import Level
from kiosk.record.transparency.merkle import Tree
from tests.benchmarks.biglog import big_home
from tests.benchmarks.replicating import SECRET, timed

FEW, MANY = 10, 1_000
"""Desks."""
ENTRIES = 3_000
"""Of one desk. With 50,000 each, 1,000 desks would take 46 GB."""
NEW = 20_000
"""Entries of the new log."""
AN_ENCOUNTER = 10
TIMES, WARM = 100, 5
RARE = 20
"""Words that only one record has."""
BEGAN_US = 1_770_000_000_000_000

_FILL = """
INSERT INTO district.school (name) SELECT format('School %s', n) FROM generate_series(1, {desks} / 2) n;
INSERT INTO district.desk (school_id, name, db_role, level)
SELECT (n + 1) / 2, format('Desk %s', n), format('desk_%s', n), 3 FROM generate_series(1, {desks}) n;
INSERT INTO district.log (desk_id, origin, vkey, size, disclosed_to, head_size, last_wall_us)
SELECT n, format('log-%s', n), 'key', {entries}, {entries}, {entries}, {began} FROM generate_series(1, {desks}) n;

INSERT INTO district.entry (log_id, seq, header, leaf)
SELECT e.log_id, e.seq, e.header, sha256('\\x00'::bytea || convert_to(e.header, 'UTF8')) FROM (
  SELECT l.n AS log_id, s.n AS seq, format(
    '{{"actor":"kiosk","boot_id":"00000000-0000-4000-8000-000000000001","boot_ns":"%s","encounter_id":"%s","event_id":"%s",'
    '"kind":"%s","origin":"log-%s","pack":"%s","sd":{{"chosen":"%s","visit":"%s","filler":"%s"}},"seq":%s,'
    '"step_id":"step-%s","wall_us":%s}}',
    s.n, md5(l.n || '/' || s.n / {each}), md5(l.n || ':' || s.n),
    CASE s.n % {each} WHEN 0 THEN 'encounter.opened' WHEN {each} - 1 THEN 'encounter.closed' ELSE 'step.answered' END,
    l.n, repeat('p', 64), repeat('c', 43), repeat('v', 43), repeat('f', 130), s.n, s.n % 7,
    {began} + (s.n / {each} * {desks} + l.n) * 60000000::bigint) AS header
  FROM generate_series(1, {desks}) l(n) CROSS JOIN generate_series(0, {entries} - 1) s(n) OFFSET 0
) e;

INSERT INTO district.record (log_id, encounter_id, no, opened_us, opened_seq, closed_us, outcome, entries,
  newest_seq)
SELECT l.n, md5(l.n || '/' || k.n)::uuid, format('2026-%s', lpad((k.n + 1)::text, 4, '0')),
  {began} + (k.n * {desks} + l.n) * 60000000::bigint, k.n * {each},
  {began} + (k.n * {desks} + l.n) * 60000000::bigint + 300000000,
  'handover', {each}, k.n * {each} + {each} - 1
FROM generate_series(1, {desks}) l(n) CROSS JOIN generate_series(0, {entries} / {each} - 1) k(n);

INSERT INTO district.record_words (log_id, encounter_id, level, words)
SELECT x.log_id, x.encounter_id, v.level, CASE v.level WHEN 0 THEN x.no ELSE
  format(E'Example County Sheriff %s\\nTwo cars at the gate, plate %s',
    md5(x.no || x.log_id), md5(x.encounter_id::text))
  END
FROM district.record x CROSS JOIN (VALUES (0::smallint), (3::smallint)) v(level);
UPDATE district.record_words w SET words = words || E'\\nquetzal-' || r.n
FROM (SELECT row_number() OVER () AS n, p.* FROM (
  SELECT log_id, encounter_id FROM district.record WHERE log_id <= 2 ORDER BY md5(encounter_id::text) LIMIT {rare}) p) r
WHERE w.log_id = r.log_id AND w.encounter_id = r.encounter_id AND w.level = 3;

INSERT INTO district.newest (log_id, kind, seq, wall_us)
SELECT l.n, k.kind, {entries} - 1, {began} FROM generate_series(1, {desks}) l(n)
CROSS JOIN (VALUES ('session.started'), ('protocol.installed'), ('backup.made'), ('clock.changed')) k(kind);
"""

_ALL: None = None
_OWN = [1, 2]
_ONE_OF_256 = "%plate 1a%"
Asked = Callable[[Store, int], object]


def _list(logs: list[int] | None) -> Asked:
    statement = "SELECT * FROM district.newest_records(%s::int[], NULL, 50)"
    return lambda store, _: store.connection.execute(statement, [logs]).fetchall()


def _search(pattern: str, logs: list[int] | None) -> Asked:
    """{n} in the pattern is another number each time."""
    statement = "SELECT * FROM district.found_records(%s, %s::int[], 50)"
    return lambda store, n: store.connection.execute(statement, [pattern.format(n=n % RARE + 1), logs]).fetchall()


def _view(store: Store, _: int) -> object:
    return store.connection.execute("SELECT * FROM plain.desks ORDER BY school, desk").fetchall()


QUESTIONS: dict[str, Asked] = {
    "newest 50": _list(_ALL),
    "newest 50 of a school": _list(_OWN),
    "search, a rare word": _search("%quetzal-{n}%", _ALL),
    "search, a rare word, a school": _search("%quetzal-{n}%", _OWN),
    "search, in one of 256 records": _search(_ONE_OF_256, _ALL),
    "search, in all records": _search("%sheriff%", _ALL),
    "search, in none": _search("%absent-{n}%", _ALL),
    "status, view of desks": _view,
}
OF_AUDITORS: dict[str, Asked] = {"status of all desks": lambda store, _: fleet.desks(store)}
ROLES = {"auditor": QUESTIONS | OF_AUDITORS, "reader": QUESTIONS}


def main(entries: int) -> None:
    """Print what each question takes, and what a new log does."""
    with private_server() as server:
        for desks in (FEW, MANY):
            took = fill(server, desks, entries)
            say(f"{desks} desks with {entries} entries each: {took:.0f} s, {size(server, desks)}")
        _roles(server)
        for role, questions in ROLES.items():
            say(f"{role}; ms with {FEW} desks, p50 p95; with {MANY}, p50 p95; ratio of p50")
            for name, ask in questions.items():
                few, many = (asked(server, desks, role, ask) for desks in (FEW, MANY))
                say(f"  {name:30} {few[0]:7.2f} {few[1]:7.2f} {many[0]:7.2f} {many[1]:7.2f}  {many[0] / few[0]:6.2f}")
        _report_sent(*(new_log(server, desks) for desks in (FEW, MANY)))


def say(row: str) -> None:
    """Print a line."""
    print(row, flush=True)  # noqa: T201 - a benchmark's answer


def _name(desks: int) -> str:
    return f"desks_{desks}"


def fill(server: PrivateServer, desks: int, entries: int) -> float:
    """Make a store of so many desks; return the seconds."""
    begun = time.perf_counter()
    with connected(server.address()) as store:
        store.connection.execute(f"CREATE DATABASE {_name(desks)}")
    statements = _FILL.format(desks=desks, entries=entries, each=AN_ENCOUNTER, rare=RARE, began=BEGAN_US)
    with connected(server.address(_name(desks))) as store:
        install(store)
        store.connection.execute(statements)
        store.connection.execute("VACUUM ANALYZE")
    return time.perf_counter() - begun


def size(server: PrivateServer, desks: int) -> str:
    """How large the store is, in words."""
    with connected(server.address(_name(desks))) as store:
        (found,) = store.connection.execute(
            "SELECT pg_size_pretty(pg_database_size(current_database()))"
        ).fetchone() or ("",)
    return str(found)


def _roles(server: PrivateServer) -> None:
    with connected(server.address()) as store:
        for role in ROLES:
            store.connection.execute(f"CREATE ROLE {role} LOGIN IN ROLE district_{role}")
    for desks in (FEW, MANY):
        with connected(server.address(_name(desks))) as store:
            store.connection.execute("INSERT INTO district.reader VALUES ('reader', 1, 3)")


def asked(server: PrivateServer, desks: int, role: str, ask: Asked) -> tuple[float, float]:
    """Milliseconds of half of the answers, and of 95 of 100, after a few to warm up."""
    took = []
    with connected(server.address(_name(desks), role)) as store:
        for n in range(TIMES + WARM):
            begun = time.perf_counter()
            ask(store, n)
            took.append((time.perf_counter() - begun) * 1000)
    return statistics.median(took[WARM:]), statistics.quantiles(took[WARM:], n=20)[-1]


def new_log(server: PrivateServer, desks: int) -> tuple[float, float]:
    """Seconds of the server's processor to take the entries of a new log, and their values."""
    with closing(Reader.open(big_home(NEW, NEW // AN_ENCOUNTER).log("live"))) as log:
        rows, origin, vkey = [*log.entries()], log.origin, log.log_vkey
    with connected(server.address(_name(desks))) as store:
        role = enroll(store, "A new school", "A new desk", Level.FULL, SECRET)
    tree, entries, values = Tree(), 0.0, 0.0
    with connected(server.address(_name(desks), role)) as store:
        for first in range(0, len(rows), MOST_ENTRIES):
            part = rows[first : first + MOST_ENTRIES]
            tree = tree.grown(row.leaf for row in part)
            batch = Batch(origin, vkey, first, [row.header for row in part], tree.size, tree.root, tree.size)
            sent = [Value(row.seq, name, False, Level.FULL, body) for row in part for name, body in row.disclosures]
            answer, took = timed(store, partial(ingest, store, batch))
            entries += took.server
            answer, took = timed(store, partial(disclose, store, origin, sent, tree.size))
            values += took.server
            assert (answer.word, answer.disclosed_to) == (Word.OK, tree.size), answer
    return entries, values


def _report_sent(few: tuple[float, float], many: tuple[float, float]) -> None:
    say(f"a new log of {NEW} entries; seconds of the server's processor with {FEW} desks, with {MANY}; ratio")
    for name, one, other in zip(("entries", "values"), few, many, strict=True):
        say(f"  {name:30} {one:7.2f} {other:7.2f} {other / one:6.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ENTRIES)
