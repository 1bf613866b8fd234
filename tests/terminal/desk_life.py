"""A home that may run live, and whole encounters played on it by keys alone."""

from __future__ import annotations

import atexit
import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from kiosk.app.bootstrap import desk_of
from kiosk.errors import Exit, StoreUnusable
from kiosk.i18n.strings import text
from kiosk.log.log import open_reader
from kiosk.record.entries import decode
from kiosk.record.entry_kinds import EntryKind
from kiosk.settings import Home, read_settings
from kiosk.system.clock import SystemClock
from tests.homes import at_any_hour, for_live
from tests.terminal.harness import Terminal, open_kiosk

EXAMPLE = Path(__file__).parents[2] / "protocols" / "ct-outside-agent" / "contacts.example.yaml"

Line = tuple[str, Sequence[str]]
"""Words that must be on the screen, and the keys to press then. A key written `type:words` is typed, not pressed.

`see:words` waits for words that the key before brings.
"""


def kiosk(home: Path, *arguments: str, code: int = 0) -> str:
    """Run a command on that home; its standard output. Fails with its words when it ends otherwise than `code`."""
    done = subprocess.run(
        [sys.executable, "-m", "kiosk", "--home", str(home), *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == code, f"kiosk {arguments} ended with {done.returncode}: {done.stdout}{done.stderr}"
    return done.stdout


def live_home(folder: Path) -> Path:
    """A home that may run live, at `folder / "home"`; beside it, in `office`, what the superintendent signed with."""
    shutil.copytree(_made_once(), folder, dirs_exist_ok=True)
    return folder / "home"


@cache
def _made_once() -> Path:
    """Sign, set up and install the Connecticut pack with made-up contacts, as superintendent and IT would."""
    folder = Path(mkdtemp(prefix="live-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    home, office = folder / "home", folder / "office"
    shutil.copytree(EXAMPLE.parent, office / "pack")
    protocol = office / "pack" / "protocol.yaml"
    protocol.write_text(
        protocol.read_text(encoding="utf-8").replace("status: draft", "status: final"), encoding="utf-8"
    )
    (office / "passphrase").write_text("four plain fictional words\n", encoding="utf-8")
    secret = ("--passphrase-file", str(office / "passphrase"))
    public = kiosk(home, "key", "new", "superintendent", str(office / "key"), *secret).strip()
    signed = ("--key", str(office / "key"), *secret, "--name", "Pat Example", "--role", "Superintendent")
    kiosk(home, "protocol", "approve", str(office / "pack"), *signed)
    contacts = office / "contacts.yaml"
    contacts.write_text(at_any_hour(for_live(EXAMPLE.read_text(encoding="utf-8"))), encoding="utf-8")
    school = ("--school", "Lincoln Elementary", "--desk", "Front office", "--contacts", str(contacts))
    kiosk(home, "setup", *school, "--superintendent-key", public)
    kiosk(home, "protocol", "install", str(office / "pack"))
    return folder


def practice_kinds(home: Path) -> list[str]:
    """The kinds of entries in the practice log, oldest first; none while there is no log."""
    try:
        log = open_reader(Home(home), "practice")
    except StoreUnusable:
        return []
    try:
        return [decode(entry).kind for entry in log.entries()]
    finally:
        log.close()


def wait_for_session(terminal: Terminal, home: Path) -> None:
    """Wait until the log is open and the session in it."""
    terminal.wait_until(lambda _: practice_kinds(home)[-1:] not in ([], [EntryKind.SESSION_ENDED]), "the session began")


def before_the_next_start(home: Path) -> object:
    """Open the kiosk once more, in practice, and close it; how the session before was found to have ended."""
    with open_kiosk(home, "--practice") as terminal:
        terminal.wait_until(lambda shown: text("home.ask") in shown)
        sessions = practice_kinds(home).count(EntryKind.SESSION_STARTED)
        terminal.wait_until(
            lambda _: practice_kinds(home).count(EntryKind.SESSION_STARTED) > sessions, "the session began"
        )
        terminal.signal(signal.SIGTERM)
        assert terminal.exit_code() == Exit.DONE
    return _how_it_had_ended(home)


def before_the_next_session(home: Path) -> object:
    """Open the practice log as the kiosk does after its first paint, in this process; how the session before ended."""
    opener = desk_of(Home(home), read_settings(Home(home)), practice=True, clock=SystemClock())[2]
    opener.open()
    opener.close()
    return _how_it_had_ended(home)


def _how_it_had_ended(home: Path) -> object:
    log = open_reader(Home(home), "practice")
    try:
        return decode(next(log.newest(EntryKind.SESSION_STARTED))).body["before"]
    finally:
        log.close()


def play(terminal: Terminal, lines: Sequence[Line]) -> None:
    """At each line wait for its words, then press its keys."""
    for words, keys in lines:
        terminal.wait_for(words)
        for key in keys:
            if key.startswith("type:"):
                terminal.type(key.removeprefix("type:"))
            elif key.startswith("see:"):
                terminal.wait_for(key.removeprefix("see:"))
            else:
                terminal.press(key)


def exported(home: Path, *arguments: str) -> list[dict[str, Any]]:
    """The records as the administrator gets them."""
    return [
        json.loads(line)
        for line in kiosk(home, "log", "export", "--format", "jsonl", "--level", "full", *arguments).splitlines()
    ]


REVIEW: tuple[Line, ...] = (("Yes. Close the record", ("1",)),)
"""The question before a record is closed."""
