"""The rules for every test, and the home and the commands that most tests want; a file may have its own."""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kiosk.log.log import LogOnDisk
from kiosk.record.disclosure.levels import unclassed
from kiosk.record.entries import NewEntry
from kiosk.settings import Home
from kiosk.system.clock import Sync, SyncState, SystemClock
from tests.homes import a_home
from tests.searching import search
from tests.typed import Stage, Typed, bring_to

if TYPE_CHECKING:
    from textual.css.model import RuleSet


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


@pytest.fixture(autouse=True, scope="session")
def apps_share_what_is_the_same_in_each() -> Iterator[None]:
    """In this process many apps begin and end, one after the other; a kiosk is one app in a process of its own."""
    with pytest.MonkeyPatch.context() as patch:
        if "kiosk.screens.home" in sys.modules:  # collected by now, if any test has a screen
            # At home the kiosk collects garbage. Here it would look through thousands of tests each time.
            patch.setattr("kiosk.screens.home._tidy", lambda: None)
            patch.setattr("textual.css.stylesheet.Stylesheet._parse_rules", _read_once())
        yield


def _read_once() -> Callable[..., list[RuleSet]]:
    """The reader of style sheets, which keeps what it read for every app with the same variables."""
    from textual.css.stylesheet import Stylesheet  # noqa: PLC0415 - not for tests without a screen

    read, kept = Stylesheet._parse_rules, dict[object, "list[RuleSet]"]()

    def parse(sheet: Stylesheet, css: str, **where: Any) -> list[RuleSet]:
        key = css, *where.items(), frozenset(sheet._variables.items())
        if key not in kept:
            kept[key] = read(sheet, css, **where)
        return kept[key]

    return parse


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
