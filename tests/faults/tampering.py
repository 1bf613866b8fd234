"""A log of more than fifty entries, and everything that hands on its file could do to it, each with who catches it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from db.rows import Outline, Page
from db.triggers import TRIGGERS
from kiosk.log.signing_key import key_file, read_signer
from kiosk.log.verify import open_log
from kiosk.record.entries import digest, leaf_hash
from kiosk.record.transparency.checkpoint import sign_checkpoint
from kiosk.record.transparency.merkle import Tree
from kiosk.record.transparency.signed_note import Signer
from kiosk.settings import Home
from tests.forgeries import FORGERIES
from tests.homes import a_home, encounter

ENCOUNTERS: Final = 7

By = Literal["`kiosk log verify`", "an outside copy", "SQLite, at once"]
"""Who catches it."""

Change = Callable[[sqlite3.Connection], object]


@dataclass(frozen=True)
class Evidence:
    """A log with the kiosk's own key, as somebody finds it who has this computer."""

    home: Home
    signer: Signer

    @property
    def path(self) -> Path:
        """The file of the log."""
        return self.home.log("live")

    def rows(self) -> tuple[Page, Outline]:
        """All stored rows; one page holds them."""
        with open_log(self.path) as log:
            outline = log.outline()
            (page,) = log.pages(0, outline.size)
            return page, outline


def a_log(folder: Path) -> Evidence:
    """Seven closed encounters, through the desk."""
    home = a_home(folder)
    for n in range(ENCOUNTERS):
        encounter(home, agency=f"Agency {n}", note=f"Note {n}")
    assert key_file(home, "live").exists()
    return Evidence(home, read_signer(home, "live", {}))


def raw(path: Path, change: Change) -> None:
    """Change the file behind the kiosk's back: guards off, change, guards on again. The schema shows nothing."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA synchronous=OFF")
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type='trigger'").fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute("PRAGMA ignore_check_constraints=ON")
        connection.execute("PRAGMA foreign_keys=OFF")
        try:
            change(connection)
            connection.commit()
        finally:
            connection.rollback()
            for trigger in TRIGGERS:
                connection.execute(trigger)


def sql(*statements: str) -> Change:
    """These statements, one after the other."""

    def change(connection: sqlite3.Connection) -> None:
        for statement in statements:
            connection.execute(statement)

    return change


def retold(seq: int, *, hashed: bool) -> Change:
    """Another kind in an entry's header, with a fresh leaf or not."""

    def change(connection: sqlite3.Connection) -> None:
        (header,) = connection.execute("SELECT header FROM entry WHERE seq=?", (seq,)).fetchone()
        other = header.replace('"actor":"desk"', '"actor":"dusk"')
        assert other != header
        connection.execute("UPDATE entry SET header=? WHERE seq=?", (other, seq))
        if hashed:
            connection.execute("UPDATE entry SET leaf=? WHERE seq=?", (leaf_hash(other), seq))

    return change


def replaced_by_insert(connection: sqlite3.Connection) -> None:
    """INSERT OR REPLACE of an entry under its own number."""
    (header,) = connection.execute("SELECT header FROM entry WHERE seq=20").fetchone()
    other = header.replace('"actor":"desk"', '"actor":"dusk"')
    row = (20, other, leaf_hash(other))
    connection.execute("INSERT OR REPLACE INTO entry (seq, header, leaf) VALUES (?,?,?)", row)


def quoted(connection: sqlite3.Connection) -> None:
    """One value of two that stand side by side taken out, the name of the other put for both."""
    query = "SELECT seq, min(name), max(name) FROM disclosure GROUP BY seq HAVING count(*)=2 LIMIT 1"
    seq, first, second = connection.execute(query).fetchone()
    ((body,),) = connection.execute("SELECT body FROM disclosure WHERE seq=? AND name=?", (seq, first)).fetchall()
    connection.execute("DELETE FROM disclosure WHERE seq=? AND name=?", (seq, first))
    name = f'{first}":"{digest(body)}","{second}'
    row = "INSERT INTO disclosure SELECT seq, ?, encrypted, body FROM disclosure WHERE seq=? AND name=?"
    assert connection.execute(row, (name, seq, second)).rowcount == 1


def moved(connection: sqlite3.Connection, from_seq: int, to_seq: int) -> None:
    """An entry under another number, its header as it was."""
    connection.execute("UPDATE entry SET seq=? WHERE seq=?", (to_seq, from_seq))
    connection.execute("UPDATE disclosure SET seq=? WHERE seq=?", (to_seq, from_seq))


def swapped(connection: sqlite3.Connection) -> None:
    """Two entries in each other's place."""
    for pair in ((10, 999), (11, 10), (999, 11)):
        moved(connection, *pair)


def added(seq: int, event_id: str = "new") -> Change:
    """An entry that is well formed and well hashed, after number `seq` was made free."""

    def change(connection: sqlite3.Connection) -> None:
        (header,) = connection.execute("SELECT header FROM entry WHERE seq=1").fetchone()
        said = json.loads(header) | {"seq": seq, "event_id": event_id, "sd": {}}
        other = json.dumps(said, sort_keys=True, separators=(",", ":"))
        connection.execute("INSERT INTO entry (seq, header, leaf) VALUES (?,?,?)", (seq, other, leaf_hash(other)))

    return change


def inserted(connection: sqlite3.Connection) -> None:
    """One more entry in the middle, all later ones renumbered, header and hash of each computed again."""
    for (seq,) in connection.execute("SELECT seq FROM entry WHERE seq >= 20 ORDER BY seq DESC").fetchall():
        connection.execute("UPDATE disclosure SET seq=? WHERE seq=?", (seq + 1, seq))
        (header,) = connection.execute("SELECT header FROM entry WHERE seq=?", (seq,)).fetchone()
        other = header.replace(f'"seq":{seq},', f'"seq":{seq + 1},')
        connection.execute(
            "UPDATE entry SET seq=?, header=?, leaf=? WHERE seq=?", (seq + 1, other, leaf_hash(other), seq)
        )
    added(20)(connection)


def plain_column(connection: sqlite3.Connection) -> None:
    """The tables' own text changed so that a generated column is a plain one, a value put there, the text put back."""
    made = "kind TEXT NOT NULL GENERATED ALWAYS AS (json_extract(header,'$.kind')) STORED"
    plain = "kind TEXT NOT NULL"
    path = Path(connection.execute("PRAGMA database_list").fetchone()[2])
    _reword(connection, made, plain)
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("UPDATE entry SET kind='note.added' WHERE seq=12").rowcount == 1
        other.commit()
    _reword(connection, plain, made)


def _reword(connection: sqlite3.Connection, old: str, new: str) -> None:
    connection.execute("PRAGMA writable_schema=ON")
    connection.execute("UPDATE sqlite_master SET sql=replace(sql, ?, ?) WHERE name='entry'", (old, new))
    connection.commit()


def resigned(connection: sqlite3.Connection, signer: Signer, size: int) -> None:
    """Sign every checkpoint again with this key, over the first entries as they now are; remove the rest."""
    connection.execute("DELETE FROM disclosure WHERE seq >= ?", (size,))
    connection.execute("DELETE FROM entry WHERE seq >= ?", (size,))
    connection.execute("DELETE FROM checkpoint WHERE size > ?", (size,))
    leaves = [leaf for (leaf,) in connection.execute("SELECT leaf FROM entry ORDER BY seq")]
    origin = signer.public.name
    for (at,) in connection.execute("SELECT size FROM checkpoint").fetchall():
        checkpoint = sign_checkpoint(origin, Tree().grown(leaves[:at]), signer)
        connection.execute("UPDATE checkpoint SET root=?, note=? WHERE size=?", (checkpoint.root, checkpoint.note, at))
    checkpoint = sign_checkpoint(origin, Tree().grown(leaves), signer)
    row = (checkpoint.size, checkpoint.root, checkpoint.note, checkpoint.peaks)
    connection.execute("UPDATE newest_checkpoint SET size=?, root=?, note=?, peaks=?", row)


def older_checkpoint_put_back(connection: sqlite3.Connection) -> None:
    """The newest signed state replaced by an older one that was kept."""
    row = connection.execute("SELECT size, root, note FROM checkpoint ORDER BY size LIMIT 1").fetchone()
    connection.execute("UPDATE newest_checkpoint SET size=?, root=?, note=?", row)


def key_swapped(connection: sqlite3.Connection) -> None:
    """Another key of the same name in the row that says whose log it is."""
    (origin,) = connection.execute("SELECT origin FROM log").fetchone()
    connection.execute("UPDATE log SET log_vkey=?", (str(Signer(origin, bytes(32)).public),))


ATTACKS: Final[Sequence[tuple[str, By, Change]]] = (
    ("a header is changed", "`kiosk log verify`", retold(20, hashed=False)),
    ("a header is changed, and its hash recomputed", "`kiosk log verify`", retold(20, hashed=True)),
    ("the newest entry is changed, and its hash recomputed", "`kiosk log verify`", retold(55, hashed=True)),
    ("an entry replaces another by INSERT OR REPLACE", "`kiosk log verify`", replaced_by_insert),
    ("a stored hash is changed", "`kiosk log verify`", sql("UPDATE entry SET leaf=zeroblob(32) WHERE seq=20")),
    (
        "a value is changed",
        "`kiosk log verify`",
        sql("UPDATE disclosure SET body=CAST(body||'A' AS BLOB) WHERE seq=20"),
    ),
    (
        "a value is moved to another name",
        "`kiosk log verify`",
        sql("UPDATE disclosure SET name='x' WHERE name='visit'"),
    ),
    ("a value is marked as encrypted", "`kiosk log verify`", sql("UPDATE disclosure SET encrypted=1 WHERE seq=20")),
    ("a value is removed", "`kiosk log verify`", sql("DELETE FROM disclosure WHERE seq=20 AND name='visit'")),
    (
        "values are removed, and the tables record a destruction",
        "`kiosk log verify`",
        sql(
            "INSERT INTO destruction SELECT encounter_id, (SELECT origin FROM log), seq FROM entry WHERE seq=20",
            "DELETE FROM disclosure WHERE seq=20",
        ),
    ),
    ("a value is removed, and another's name quotes two", "`kiosk log verify`", quoted),
    ("a value is added", "`kiosk log verify`", sql("INSERT INTO disclosure VALUES (20, 'more', 0, X'57794A68')")),
    (
        "a value without an entry is added",
        "`kiosk log verify`",
        sql("INSERT INTO disclosure VALUES (999, 'more', 0, X'57')"),
    ),
    ("an entry is removed", "`kiosk log verify`", sql("DELETE FROM entry WHERE seq=20")),
    ("two entries are swapped", "`kiosk log verify`", swapped),
    ("an entry is added at the end", "`kiosk log verify`", added(56)),
    ("an entry is copied to a number below 0", "`kiosk log verify`", added(-1)),
    ("an entry is inserted, and all later ones are recomputed", "`kiosk log verify`", inserted),
    ("the newest entries are removed", "`kiosk log verify`", sql("DELETE FROM entry WHERE seq>=50")),
    ("a search column is changed", "SQLite, at once", sql("UPDATE entry SET kind='note.added' WHERE seq=12")),
    ("a search column is changed through the table's own SQL", "`kiosk log verify`", plain_column),
    (
        "a permanent checkpoint is changed",
        "`kiosk log verify`",
        sql("UPDATE checkpoint SET root=zeroblob(32) WHERE size=8"),
    ),
    ("a permanent checkpoint is removed", "`kiosk log verify`", sql("DELETE FROM checkpoint WHERE size=8")),
    ("the newest checkpoint is removed", "`kiosk log verify`", sql("DELETE FROM newest_checkpoint")),
    ("an older checkpoint replaces the newest", "`kiosk log verify`", older_checkpoint_put_back),
    ("a hold is added", "`kiosk log verify`", sql("INSERT INTO hold VALUES ('encounter', 20, NULL, NULL)")),
    ("another key replaces the log's", "`kiosk log verify`", key_swapped),
    ("the log ID is changed", "`kiosk log verify`", sql("UPDATE log SET origin=origin||'0'")),
)
"""(what is done, who catches it, how it is done): all of it without the kiosk's key."""

WITH_THE_KEY: Final = (
    "entries are changed, and everything is signed again with the kiosk's own key",
    "the newest entries are removed, and an older checkpoint replaces the newest",
)
"""What only somebody outside can see."""


def table() -> Iterator[str]:
    """The rows of the table in db/README.md."""
    yield "| change to the file | detected by |"
    yield "| --- | --- |"
    yield from (f"| {what} | {by} |" for what, by, _ in ATTACKS)
    yield from (f"| {what} | opening for writing, `kiosk log verify` |" for what in FORGERIES)
    yield from (f"| {what} | an outside copy |" for what in WITH_THE_KEY)
