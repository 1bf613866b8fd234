"""Whatever breaks, wherever: one calm sentence, a report without words, 70, the terminal as it was, a log cut off."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

from kiosk.errors import Exit
from kiosk.i18n.strings import text
from tests.terminal.desk_life import before_the_next_session, wait_for_session
from tests.terminal.harness import Terminal

READY: Final = text("home.ask")
CANARY: Final = "canary words nobody may keep"

# Each breaks something, then Enter is pressed on the first screen.
START: Final = """
import sys, threading
from kiosk.screens.app import KioskApp
from kiosk.screens.driver.linux import TerminalDriver
from kiosk.screens.driver.output import ScreenOutput
from kiosk.screens.driver.reader import InputReader
from kiosk.screens.home import HomeScreen
from kiosk.screens.base_app import BaseApp
secret = "canary words nobody may keep"
def broken(*_, **__):
    typed = secret
    raise RuntimeError("broken by " + typed)
"""
RUN: Final = """
from kiosk.cli import main
sys.exit(main(sys.argv[1:]))
"""
ON_ENTER: Final[Mapping[str, str]] = {
    "a key's handler": "HomeScreen.act = broken",
    "the thread that reads": "InputReader.feed = broken",
    "the thread that writes": """
def act(self, key_id):
    ScreenOutput._write = broken
    self.refresh(layout=True)
HomeScreen.act = act
""",
    "another thread": """
def act(self, key_id):
    threading.Thread(target=broken).start()
HomeScreen.act = act
""",
    "a worker": """
async def work():
    broken()
HomeScreen.act = lambda self, key_id: self.app.run_worker(work())
""",
    "a timer": "HomeScreen.act = lambda self, key_id: self.set_timer(0.01, broken)",
    "drawing": """
def act(self, key_id):
    self.query("Words").first().__class__.render_line = broken
    self.refresh(layout=True, recompose=True)
HomeScreen.act = act
""",
    "recursion": """
def act(self, key_id):
    typed = secret
    act(self, key_id)
HomeScreen.act = act
""",
    "an error that can draw itself": """
class Drawn(Exception):
    def __rich__(self):
        return secret
def act(self, key_id):
    raise Drawn(secret)
HomeScreen.act = act
""",
    "panic": "HomeScreen.act = lambda self, key_id: self.app.panic(secret)",
    "a fatal error": "HomeScreen.act = lambda self, key_id: self.app._fatal_error()",
    "SystemExit": """
def act(self, key_id):
    sys.exit(secret)
HomeScreen.act = act
""",
    "KeyboardInterrupt": """
def act(self, key_id):
    raise KeyboardInterrupt(secret)
HomeScreen.act = act
""",
    "many errors at once": """
def act(self, key_id):
    for _ in range(30):
        self.app.call_later(broken)
    self.app.exit(0)
HomeScreen.act = act
""",
    "the end itself": """
KioskApp.on_unmount = broken
HomeScreen.act = lambda self, key_id: self.app.exit(0)
""",
    "the end of the driver": """
TerminalDriver.stop_application_mode = broken
HomeScreen.act = lambda self, key_id: self.app.exit(0)
""",
    "closing the driver": """
TerminalDriver.close = broken
HomeScreen.act = lambda self, key_id: self.app.exit(0)
""",
}
AT_START: Final[Mapping[str, str]] = {
    "the first screen": "HomeScreen.compose = broken",
    "mounting": "KioskApp.on_mount = broken",
    "being ready": "KioskApp.on_ready = broken",
    "the style sheet": """
import pathlib
BaseApp.CSS_PATH = [pathlib.Path(__file__ if "__file__" in globals() else "/dev/null"), pathlib.Path("/nowhere.tcss")]
""",
    "making the driver": "TerminalDriver.__init__ = broken",
    "taking the terminal": """
start = TerminalDriver.start_application_mode
def half(self):
    start(self)
    broken()
TerminalDriver.start_application_mode = half
""",
    "loading": """
from kiosk.app import bootstrap
bootstrap.desk_of = broken
""",
}


def ends_calmly(terminal: Terminal, home: Path) -> None:
    """The one calm ending, from whatever came before."""
    assert terminal.exit_code() == Exit.CRASH, terminal.text
    assert terminal.as_found, terminal.raw[-400:]
    assert b"Traceback" not in terminal.raw
    assert CANARY.encode() not in terminal.raw
    said = terminal.said_after
    assert len(" ".join(said)) < 160
    assert "stopped because of an error" in " ".join(said)
    (report,) = (home / "reports").iterdir()
    assert CANARY not in report.read_text("utf-8")


@pytest.mark.parametrize("what", ON_ENTER)
def test_what_breaks_at_a_key_ends_calmly(tmp_path: Path, what: str) -> None:
    """At a key, in any thread, while drawing, at the end; the next start records the session's unclean shutdown."""
    home = tmp_path / "home"
    with Terminal(["-c", START + ON_ENTER[what] + RUN, "--home", str(home), "--practice"]) as terminal:
        terminal.wait_for(READY, "PRACTICE")
        wait_for_session(terminal, home)
        terminal.press("enter")
        ends_calmly(terminal, home)
    said_to_have_ended = what == "closing the driver"  # all was written before that
    assert before_the_next_session(home) == ("ended" if said_to_have_ended else "unclean")


@pytest.mark.parametrize("what", AT_START)
def test_what_breaks_at_the_start_ends_calmly(tmp_path: Path, what: str) -> None:
    """Before the first paint or at it, with the terminal half taken."""
    home = tmp_path / "home"
    with Terminal(["-c", START + AT_START[what] + RUN, "--home", str(home), "--practice"]) as terminal:
        ends_calmly(terminal, home)
