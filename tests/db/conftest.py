"""A log for each test, copied from one that is migrated once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.store import Store
from tests.db.rows import make_log


@pytest.fixture(scope="session")
def empty_log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A log as `kiosk setup` leaves it. Copy it, don't open it."""
    return make_log(tmp_path_factory.mktemp("made") / "log.db")


@pytest.fixture
def log(empty_log: Path, tmp_path: Path) -> Path:
    """A new, empty log in a folder of its own."""
    folder = tmp_path / "kept"
    folder.mkdir()
    return Path(shutil.copy(empty_log, folder / "log.db"))


@pytest.fixture
def store(log: Path) -> Iterator[Store]:
    """The log, opened for writing."""
    with Store.open(log) as opened:
        yield opened
