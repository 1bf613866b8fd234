"""The floor: a Textual app with nothing of ours. `python -m tests.benchmarks.bare WIDGETS [DATABASE]`.

Without a database it paints a first screen. With one, each key commits about as many bytes as an answer has, by plain
sqlite3 in WAL mode with synchronous=FULL, and then updates as many widgets as a step has.
"""

from __future__ import annotations

import sqlite3
import sys

from textual.app import App, ComposeResult
from textual.content import Content
from textual.events import Key
from textual.widgets import Static

HEADER = "h" * 640
"""About as long as the header of an answer."""
DISCLOSURE = b"d" * 96
UPDATED = 16
"""How many widgets of a step change their words."""


class Bare(App[None]):
    """Static lines, and one key handler."""

    CSS = "Static { height: 1; }"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, widgets: int, database: str | None) -> None:
        super().__init__()
        self._count, self._turn = widgets, 0
        self._database = None if database is None else self._opened(database)

    def compose(self) -> ComposeResult:
        """As many lines as asked for."""
        yield Static("READY 0")
        for n in range(self._count - 1):
            yield Static(Content(f"line {n}"))

    def on_key(self, event: Key) -> None:
        """Commit, then show the next step."""
        self._turn += 1
        if self._database is not None:
            self._database.execute("BEGIN IMMEDIATE")
            self._database.execute("INSERT INTO entry VALUES (?, ?, ?)", (self._turn, HEADER, b"x" * 32))
            self._database.executemany("INSERT INTO disclosure VALUES (?, ?)", [(self._turn, DISCLOSURE)] * 2)
            self._database.execute("COMMIT")
        for n, line in enumerate(list(self.query(Static))[:UPDATED]):
            line.update(Content(f"READY {self._turn}" if n == 0 else f"step {self._turn} line {n}"))

    @staticmethod
    def _opened(database: str) -> sqlite3.Connection:
        log = sqlite3.connect(database, isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            log.execute(f"PRAGMA {pragma}")
        log.execute("CREATE TABLE entry (seq INTEGER PRIMARY KEY, header TEXT, leaf BLOB) STRICT")
        log.execute("CREATE TABLE disclosure (seq INTEGER, body BLOB) STRICT")
        return log


if __name__ == "__main__":
    Bare(int(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else None).run()
