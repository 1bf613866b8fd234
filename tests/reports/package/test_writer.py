"""Writing an evidence package: what is in it, for whom, and that nothing half-written stays."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC
from pathlib import Path
from typing import Final

import pytest

from kiosk.errors import StoreUnusable
from kiosk.log.log import LogOnDisk, open_reader
from kiosk.log.signing_key import read_signer
from kiosk.record.disclosure.levels import Level, classes_in
from kiosk.record.entries import Altered
from kiosk.record.entry_kinds import EntryKind
from kiosk.reports.exports.html import Page
from kiosk.reports.package.verify import Package
from kiosk.reports.package.writer import Wanted, write
from kiosk.settings import Home
from kiosk.system.clock import FixedClock
from tests.bundles import a_home_with_records
from tests.homes import tamper
from tests.reports.records import a_label

SHEET: Final = b"no,school\r\n"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Three encounters in a log that keeps their protocol."""
    return a_home_with_records(tmp_path)


@pytest.fixture
def log(home: Home) -> Iterator[LogOnDisk]:
    """Their log."""
    log = open_reader(home, "live")
    yield log
    log.close()


def wanted(log: LogOnDisk, *positions: int, level: Level = Level.PUBLIC) -> Wanted:
    """The encounters at these positions; everything in the log for none."""
    ids = log.encounter_ids(EntryKind.ENCOUNTER_OPENED)
    chosen = [ids[n] for n in positions] or list(ids)
    page = Page(a_label(level), classes_in(log), [], UTC)
    return Wanted(chosen, not positions, page, "record 2026-0002", "Counsel", lambda _: [SHEET])


def written(home: Home, log: LogOnDisk, what: Wanted, name: str = "copy") -> tuple[Path, str]:
    """The folder of the package, and the SHA-256 of its manifest."""
    folder = home.path.parent / name
    return folder, write(folder, log, what, read_signer(home, "live"), FixedClock())


def headers(folder: Path) -> list[dict[str, object]]:
    """The headers of its entries."""
    return [json.loads(line) for line in (folder / "log-1" / "events.jsonl").read_text("utf-8").splitlines()]


def test_a_package_is_verified_by_its_own_checker(home: Home, log: LogOnDisk) -> None:
    """Nothing in it is wrong; the digest that is returned is that of its manifest."""
    folder, digest = written(home, log, wanted(log, 1))
    assert Package(folder, [str(log.key)], []).check().wrong == []
    assert digest == hashlib.sha256((folder / "manifest.note").read_bytes()).hexdigest()


def test_the_manifest_names_every_other_file(home: Home, log: LogOnDisk) -> None:
    """With the hash of each, and with the level, the request and the recipient."""
    folder, _ = written(home, log, wanted(log, 1))
    lines = (folder / "manifest.note").read_text("utf-8").splitlines()
    named = {line.split(" ", 2)[2]: line.split(" ", 2)[1] for line in lines if line.startswith("file: ")}
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    assert named.keys() == found.keys() - {"manifest.note"}
    assert [name for name in named if hashlib.sha256(found[name].read_bytes()).hexdigest() != named[name]] == []
    assert {"level: public", "asked: record 2026-0002", "for: Counsel", "encounters: 1"} <= set(lines)
    assert (folder / "sheet.csv").read_bytes() == SHEET


def test_only_the_chosen_encounters_and_their_protocol_are_in_it(home: Home, log: LogOnDisk) -> None:
    """A package of the whole log has every entry."""
    one, everything = wanted(log, 1), wanted(log)
    folder, _ = written(home, log, one)
    found = headers(folder)
    assert {header["encounter_id"] for header in found} == {one.ids[0], None}
    assert [header["kind"] for header in found if header["encounter_id"] is None] == [EntryKind.PACK_KEPT]
    whole, _ = written(home, log, everything, "whole")
    assert [header["seq"] for header in headers(whole)] == list(range(log.size()))


def test_a_path_that_ends_in_zip_is_an_archive(home: Home, log: LogOnDisk) -> None:
    """It is one file."""
    path, _ = written(home, log, wanted(log, 1), "copy.zip")
    assert path.read_bytes().startswith(b"PK")


def test_nothing_is_overwritten(home: Home, log: LogOnDisk) -> None:
    """A second package under the same name is refused, and the first stays as it was."""
    folder, _ = written(home, log, wanted(log, 1))
    before = (folder / "manifest.note").read_bytes()
    with pytest.raises(StoreUnusable):
        written(home, log, replace(wanted(log, 1), whom="Records"))
    assert (folder / "manifest.note").read_bytes() == before


def test_a_log_that_does_not_match_its_checkpoint_gives_no_package(home: Home) -> None:
    """Nothing of it stays on the disk."""
    before = set(home.path.parent.iterdir())
    tamper(home, lambda db: db.execute("UPDATE entry SET leaf = zeroblob(32) WHERE seq = 0"))
    log = open_reader(home, "live")
    with pytest.raises(Altered):
        written(home, log, wanted(log, 1))
    log.close()
    assert set(home.path.parent.iterdir()) == before
