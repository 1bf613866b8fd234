"""A person with the file can change it. The tests show which changes are detected, and which need an outside copy."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest

from db.audit_rows import PAGE
from db.rows import Page, StoredCheckpoint
from kiosk.errors import KioskError
from kiosk.log.verify import check_log
from kiosk.record.entries import leaf_hash
from kiosk.record.transparency.checkpoint import Checkpoint
from kiosk.record.transparency.signed_note import Signer
from kiosk.record.transparency.verification_code import code_of
from kiosk.record.verification.checkpoint_match import match, typed_code
from kiosk.record.verification.result import merge, wanted_sizes
from kiosk.record.verification.segment import check
from tests.faults.tampering import ATTACKS, WITH_THE_KEY, By, Change, Evidence, a_log, raw, resigned, retold, table
from tests.forgeries import FORGERIES, forge

README: Final = Path(__file__).parents[2] / "db" / "README.md"

NO_EVIDENCE: Final = {"created_us"}
"""The column of `log` that nothing rests on: when the file was made."""


@pytest.fixture(scope="module")
def evidence(tmp_path_factory: pytest.TempPathFactory) -> Evidence:
    """The log, made once; nobody changes this one."""
    made = a_log(tmp_path_factory.mktemp("evidence"))
    verdict = check_log(made.path)
    assert verdict.verified, verdict.problems
    assert 50 <= verdict.size <= PAGE, "one page holds it"
    return made


@pytest.fixture
def copy(evidence: Evidence, tmp_path: Path) -> Path:
    """Its file, to be spoiled."""
    return Path(shutil.copy(evidence.path, tmp_path / "live.db"))


def caught(path: Path) -> str:
    """Return the faults found in the file; empty if it passes as intact."""
    try:
        return " ".join(problem.what for problem in check_log(path).problems)
    except KioskError as error:  # it can't even be opened
        return str(error)


@pytest.mark.parametrize(("by", "change"), [a[1:] for a in ATTACKS], ids=[a[0] for a in ATTACKS])
def test_what_is_done_to_the_file_is_caught(copy: Path, by: By, change: Change) -> None:
    """Without the kiosk's key nothing passes, and each time a sentence says what does not match."""
    if by == "SQLite, at once":
        with pytest.raises(sqlite3.OperationalError, match="generated column"):
            raw(copy, change)
        assert not caught(copy)
        return
    raw(copy, change)
    assert caught(copy).endswith((".", "!")), "it passed for sound"


@pytest.mark.parametrize("forgery", FORGERIES)
def test_another_schema_is_caught_though_all_entries_match(copy: Path, forgery: str) -> None:
    """It is a problem of the file, not of an entry; all entries still match their hashes."""
    forge(copy, forgery)
    verdict = check_log(copy)
    assert (verdict.verified, verdict.matching) == (False, verdict.size)
    assert [problem.at for problem in verdict.problems] == [None]


def seen_from_outside(evidence: Evidence) -> str:
    """The code that somebody took of the whole log."""
    verdict = check_log(evidence.path, asked=[50])
    return code_of(Checkpoint(verdict.origin, 50, verdict.roots[50])).text


@pytest.mark.parametrize(
    ("what", "change", "outcome"),
    [(WITH_THE_KEY[0], retold(20, hashed=True), "rewritten"), (WITH_THE_KEY[1], None, "truncated")],
)
def test_what_is_done_with_the_kiosks_own_key_is_caught_by_a_code(
    evidence: Evidence, copy: Path, what: str, change: Change | None, outcome: str
) -> None:
    """It passes every check here, and this is said; the code that lies elsewhere tells."""

    def rewrite(connection: sqlite3.Connection) -> None:
        if change is not None:
            change(connection)
        resigned(connection, evidence.signer, 56 if change is not None else 40)

    code = typed_code(seen_from_outside(evidence))
    assert match(code, [check_log(evidence.path, asked=[50])]).outcome == "matches"
    raw(copy, rewrite)
    verdict = check_log(copy, asked=[50])
    assert verdict.verified, f"{what}: its own key signed it, so it passes: {verdict.problems}"
    assert match(code, [verdict]).outcome == outcome


def test_a_log_signed_anew_with_another_key_is_caught(evidence: Evidence, copy: Path) -> None:
    """The row that names the key was changed with it: the code tells, and so does the key of this kiosk."""
    other = Signer(evidence.signer.public.name, bytes(32))

    def rewrite(connection: sqlite3.Connection) -> None:
        retold(20, hashed=True)(connection)
        resigned(connection, other, 56)
        connection.execute("UPDATE log SET log_vkey=?", (str(other.public),))

    raw(copy, rewrite)
    verdict = check_log(copy, asked=[50])
    assert verdict.key != evidence.signer.public
    assert match(typed_code(seen_from_outside(evidence)), [verdict]).outcome == "rewritten"


def test_the_table_in_the_readme_is_this_one() -> None:
    """The page claims only the detections tested here."""
    assert "\n".join(table()) in README.read_text(encoding="utf-8")


# -- every byte ----------------------------------------------------------------------------------------------------


def flips(value: object) -> Iterator[object]:
    """The value with each of its bytes changed, one at a time: its lowest bit, and its highest."""
    match value:
        case bytes():
            for at in range(len(value)):
                for bit in (0x01, 0x80):
                    yield value[:at] + bytes([value[at] ^ bit]) + value[at + 1 :]
        case str():
            yield from flips(value.encode())
        case int():
            for at in range(8):
                for bit in (0x01, 0x80):
                    yield int.from_bytes((value ^ (bit << 8 * at)).to_bytes(9, signed=True)[1:], signed=True)


def spoiled(rows: list[tuple[Any, ...]]) -> Iterator[tuple[int, list[tuple[Any, ...]]]]:
    """(which row, all rows) with one byte of one column of it changed, for every byte of every column of every row."""
    for n, row in enumerate(rows):
        for column, value in enumerate(row):
            for other in flips(value):
                yield n, [*rows[:n], (*row[:column], other, *row[column + 1 :]), *rows[n + 1 :]]


def test_every_byte_of_every_entry_and_value_is_caught(evidence: Evidence) -> None:
    """Header, hash, columns, numbers, values, their names and flags: each entry by itself, each byte twice."""
    page, _ = evidence.rows()
    origin, tried = evidence.signer.public.name, 0
    for entry in page.entries:
        values = [row for row in page.values if row[0] == entry[0]]
        passes = _one_entry(origin, entry[0])
        assert passes([entry], values)
        for _, entries in spoiled([entry]):
            assert not passes(entries, values), entries
            tried += 1
        for _, others in spoiled(values):
            assert not passes([entry], others), others
            tried += 1
    assert tried > 80_000


def _one_entry(origin: str, seq: int) -> Callable[[list[tuple[Any, ...]], list[tuple[Any, ...]]], bool]:
    """Whether one entry with its values passes; the tree is not asked."""

    def passes(entries: list[tuple[Any, ...]], values: list[tuple[Any, ...]]) -> bool:
        found = check([Page(entries, values, [])], origin, seq, seq + 1, key=None)
        return not found.problems and not found.missing

    return passes


def test_every_byte_of_every_checkpoint_is_caught(evidence: Evidence) -> None:
    """Size, root, text and signature, of those that are kept for good and of the newest."""
    page, outline = evidence.rows()
    origin, key, asked = evidence.signer.public.name, evidence.signer.public, wanted_sizes(outline)
    assert len(page.checkpoints) >= 7
    for n, others in spoiled(page.checkpoints[:1] + page.checkpoints[-1:]):
        spoilt = Page(page.entries[:1], [], [others[n]])
        found = check([spoilt], origin, 0, 1, key=key)
        size = others[n][0]
        assert found.problems or size < 1 or size > outline.size, others[n]
    whole = [check([page], origin, 0, outline.size, key=key, asked=asked)]
    assert merge(origin, key, outline, whole).verified
    newest = outline.newest
    assert newest is not None
    for _, ((size, root, note, peaks),) in spoiled([(newest.size, newest.root, newest.note.encode(), newest.peaks)]):
        other = StoredCheckpoint(size, root, note.decode("utf-8", "surrogateescape"), peaks)
        assert not merge(origin, key, replace(outline, newest=other), whole).verified, other


def cells(path: Path) -> list[tuple[str, int, str, object]]:
    """(table, row, column, value) of everything in the file that is evidence."""
    with closing(sqlite3.connect(path)) as connection:
        found: list[tuple[str, int, str, object]] = []
        for name in ("entry", "disclosure", "checkpoint", "newest_checkpoint", "log"):
            cursor = connection.execute(f"SELECT * FROM {name}")  # noqa: S608 - our own names
            columns = [column for column, *_ in cursor.description]
            found += [(name, n, c, v) for n, row in enumerate(cursor) for c, v in zip(columns, row, strict=True)]
    return [cell for cell in found if cell[2] not in NO_EVIDENCE and cell[2] not in {"id", "event_id", "wall_us"}]


def put(path: Path, cell: tuple[str, int, str, object], value: object) -> bool:
    """Put another value into a cell of the file; False when SQLite itself refuses."""
    table_name, n, column, _ = cell
    key = {"entry": "seq", "disclosure": "seq, name", "checkpoint": "size"}.get(table_name, "1")
    keys = "seq, name" if table_name == "disclosure" else "rowid"
    where = f"({keys}) = (SELECT {keys} FROM {table_name} ORDER BY {key} LIMIT 1 OFFSET {n})"  # noqa: S608 - our own names
    words = value.decode("latin-1") if isinstance(value, bytes) and column in TEXTS else value
    try:
        raw(path, lambda connection: connection.execute(f"UPDATE {table_name} SET {column}=? WHERE {where}", (words,)))  # noqa: S608 - likewise
    except sqlite3.DatabaseError:
        return False
    return True


TEXTS: Final = {"header", "name", "note", "origin", "log_vkey"}


def plain_file(path: Path) -> bytes:
    """Let SQLite keep nothing beside the file, so that its bytes are all there is; give them back."""
    raw(path, lambda connection: connection.execute("PRAGMA journal_mode=DELETE"))
    assert not caught(path)
    return path.read_bytes()


def test_the_row_that_names_the_log_is_caught_byte_by_byte(copy: Path) -> None:
    """Its name, its key: through the file itself."""
    whole = plain_file(copy)
    mine = [cell for cell in cells(copy) if cell[0] == "log"]
    assert [cell[2] for cell in mine] == ["origin", "log_vkey"]
    for cell in mine:
        for value in list(flips(cell[3]))[::2]:
            assert put(copy, cell, value), cell
            assert caught(copy), (cell, value)
            copy.write_bytes(whole)


@pytest.mark.parametrize("stride", [pytest.param(31, marks=pytest.mark.long), 997])
def test_bytes_of_the_file_are_caught_on_the_whole_way(copy: Path, stride: int) -> None:
    """Every so many bytes of all tables, changed in the file and looked for by the command's own check."""
    whole = plain_file(copy)
    every = [(cell, value) for cell in cells(copy) if cell[0] != "log" for value in list(flips(cell[3]))[::2]]
    assert len(every) > 30_000
    tried = 0
    for cell, value in every[::stride]:
        if put(copy, cell, value):
            assert caught(copy), (cell, value)
            copy.write_bytes(whole)
            tried += 1
    assert tried > len(every) // stride // 2


def test_the_helper_makes_hashes_as_the_log_does(evidence: Evidence) -> None:
    """Else what was “hashed again” would be caught for the wrong reason."""
    page, _ = evidence.rows()
    assert leaf_hash(page.entries[20][1].decode()) == page.entries[20][2]
