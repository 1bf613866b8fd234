"""Ctrl+C during a long command: one sentence, exit code 75, and nothing half written."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.errors import Exit
from kiosk.log.log import open_reader
from kiosk.record.entry_kinds import EntryKind
from kiosk.reports.formats import ExportFormat
from tests.homes import a_home, encounter
from tests.terminal.harness import Terminal

HELD = """
import signal, sys
from kiosk import cli
from kiosk.commands.common import progress
from kiosk.reports import export_request
from kiosk.reports.package import writer

def held_after_the_first(read):
    def held(*what):
        for n, one in enumerate(read(*what)):
            if n:
                print("held", file=sys.stderr)
                signal.pause()
            yield one
    return held

progress._AFTER_S = 0
export_request.entries_of = held_after_the_first(export_request.entries_of)
writer.lines = held_after_the_first(writer.lines)
sys.exit(cli.main(sys.argv[1:]))
"""
"""Runs a command that waits for a signal after it read a record, or the first value for a package."""


@pytest.mark.parametrize("format_", ExportFormat)
def test_a_stopped_export_leaves_no_file_and_no_entry(tmp_path: Path, format_: ExportFormat) -> None:
    """What was done and how long it takes is shown until then."""
    home, to = a_home(tmp_path / "home"), tmp_path / "to"
    to.mkdir()
    encounter(home)
    encounter(home)
    words = ("--home", str(home.path), "log", "export", "--format", format_, "--level", "full", "-o", str(to / "copy"))
    with Terminal(["-c", HELD, *words]) as terminal:
        terminal.wait_for("held")
        terminal.press("ctrl+c")
        assert terminal.exit_code() == Exit.CUT_OFF
        assert terminal.text.count("You stopped the command.") == 1
        assert "Traceback" not in terminal.text
    assert [*to.iterdir()] == []
    log = open_reader(home, "live")
    assert [*log.of_kind(EntryKind.EXPORT_MADE)] == []
    log.close()


def test_the_progress_of_an_export_goes_with_it(tmp_path: Path) -> None:
    """The line is empty again before the sentence."""
    home = a_home(tmp_path / "home")
    encounter(home)
    encounter(home)
    words = ("log", "export", "--format", "jsonl", "--level", "full", "-o", str(tmp_path / "copy.jsonl"))
    with Terminal(["-c", HELD, "--home", str(home.path), *words]) as terminal:
        terminal.wait_for("Exporting 2 records", " 50 %", " left")
        terminal.press("ctrl+c")
        assert terminal.exit_code() == Exit.CUT_OFF
    assert terminal.raw.rpartition(b"\r\x1b[K")[2].startswith(b"You stopped the command.")
