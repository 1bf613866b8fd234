"""The rules for every test, and the home and the commands that most tests want; a file may have its own."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from kiosk.log.log import LogOnDisk
from kiosk.record.disclosure.levels import unclassed
from kiosk.record.entries import NewEntry
from kiosk.settings import Home
from kiosk.system.clock import Sync, SyncState, SystemClock
from tests.homes import a_home
from tests.searching import search
from tests.typed import Stage, Typed, bring_to


def pytest_configure(config: pytest.Config) -> None:
    """Behind the slow door, and wherever tests are chosen by hand, random input is new each time."""
    search(anew=config.option.markexpr != "not long")


NAMELESS = ("", "was.")
"""Names that no version of the kiosk gives a value, and tests of nonsense do."""


def pytest_collection_finish() -> None:
    """Seven thousand tests and their modules stay; to look through them again and again takes an eighth of the time."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True, scope="session")
def every_value_has_its_level() -> Iterator[None]:
    """Each value that is written is in the table of `kiosk.record.disclosure.levels`, or is a fact of the protocol."""
    append = LogOnDisk.append

    def checked(log: LogOnDisk, entries: Sequence[NewEntry]) -> None:
        for header in (json.loads(entry.header) for entry in entries):
            left = [name for name in unclassed(header["kind"], header["sd"]) if name not in NAMELESS]
            assert not left, f"{header['kind']} holds {left}: put it into kiosk/record/disclosure/levels.py"
        append(log, entries)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(LogOnDisk, "append", checked)
        yield


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with the small pack, not set up."""
    return a_home(tmp_path)


@pytest.fixture
def typed(home: Home, capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest) -> Typed:
    """Commands on that home, which is as far as the mark `stage` says; set up without one."""
    typed, mark = Typed(home, capsys), request.node.get_closest_marker("stage")
    bring_to(mark.args[0] if mark else Stage.SET_UP, typed, home)
    return typed


@pytest.fixture
def synchronized(monkeypatch: pytest.MonkeyPatch) -> None:
    """A time server has confirmed this computer's clock, whatever the computer that runs the tests says."""
    monkeypatch.setattr(SystemClock, "sync", lambda _: Sync(SyncState.SYNCHRONIZED, 500))
