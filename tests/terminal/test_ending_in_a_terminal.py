"""How the kiosk ends, and what does not end it: signals, a terminal that goes away or stalls, a crash, a second one."""

from __future__ import annotations

import os
import select
import signal
import sqlite3
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.errors import Exit
from kiosk.i18n.strings import text
from kiosk.record.entry_kinds import EntryKind
from kiosk.settings import Home
from kiosk.system.lifecycle import ending_signals
from tests.terminal.desk_life import before_the_next_start, practice_kinds, wait_for_session
from tests.terminal.harness import KEYS, PATIENCE_S, Terminal, open_kiosk

READY = text("home.ask")
SHELL = "import os, sys; os.execv('/bin/sh', ['sh', '-c', *sys.argv[1:]])"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home nobody has used."""
    return tmp_path / "home"


@pytest.mark.parametrize("number", [n for n in ending_signals() if isinstance(n, signal.Signals)])
def test_a_signal_from_outside_ends_it_in_order(home: Path, number: signal.Signals) -> None:
    """Exit code 0, the terminal given back, the end of the session in the log."""
    with open_kiosk(home, "--practice") as terminal:
        terminal.wait_for(READY, "PRACTICE")
        terminal.press("enter")
        terminal.wait_for("Is anyone in danger right now?")
        terminal.signal(number)

        assert terminal.exit_code() == Exit.DONE

        assert terminal.as_found
        assert terminal.said_after == []
    assert practice_kinds(home)[-1] == EntryKind.SESSION_ENDED


def test_what_only_job_control_and_windows_send_ends_and_stops_nothing(home: Path) -> None:
    """Each of these signals, one after the other: the next answer counts."""
    with open_kiosk(home, "--practice") as terminal:
        terminal.wait_for(READY, "PRACTICE")
        terminal.press("enter")
        terminal.wait_for("Is anyone in danger right now?")
        for name in ["CONT", "TSTP", "TTIN", "TTOU", "WINCH", "CHLD", "URG", "PIPE", "XFSZ"]:
            terminal.signal(getattr(signal, f"SIG{name}"))
        terminal.press("2")
        terminal.wait_for("How did this come to you?")


def test_a_signal_before_the_first_paint_ends_it_in_order_too(home: Path) -> None:
    """The screen is taken and nothing is on it yet."""
    with open_kiosk(home, "--practice") as terminal:
        while b"\x1b[?1049h" not in terminal.raw:
            assert terminal.read(PATIENCE_S)
        terminal.signal(signal.SIGTERM)

        assert terminal.exit_code() == Exit.DONE

        assert terminal.as_found


STUCK = """
import pathlib, sys, threading
from kiosk.screens.home import HomeScreen
def act(self, key_id):
    pathlib.Path(sys.argv[2], "stuck").touch()
    threading.Event().wait()
HomeScreen.act = act
from kiosk.cli import main
sys.exit(main(sys.argv[1:]))
"""


def test_a_kiosk_that_is_stuck_is_cut_off_and_the_terminal_given_back(home: Path) -> None:
    """Exit code 75, one calm sentence, and the next start knows."""
    with Terminal(["-c", STUCK, "--home", str(home), "--practice"]) as terminal:
        terminal.wait_for(READY, "PRACTICE")
        wait_for_session(terminal, home)
        terminal.press("enter")
        terminal.wait_until(lambda _: (home / "stuck").exists())
        terminal.signal(signal.SIGTERM)

        assert terminal.exit_code() == Exit.CUT_OFF

        assert terminal.as_found
        assert len(terminal.said_after) == 1
    assert before_the_next_start(home) == "unclean"


def test_a_terminal_that_was_stopped_is_cut_off_and_given_back(home: Path) -> None:
    """Scroll Lock, or a terminal that hangs: the kiosk can't draw its end; the terminal is whole again all the same."""
    with open_kiosk(home, "--practice") as terminal:
        terminal.wait_for(READY, "PRACTICE")
        with Path(f"/proc/{terminal.process.pid}/fd/0").open("rb") as theirs:
            termios.tcflow(theirs, termios.TCOOFF)
        terminal.press("enter", "f1")
        terminal.signal(signal.SIGTERM)

        assert terminal.exit_code() in {Exit.DONE, Exit.CUT_OFF}

        assert terminal.as_found


def test_a_terminal_that_goes_away_ends_it(home: Path) -> None:
    """The kiosk does not keep running without its terminal; the answers are saved."""
    terminal = open_kiosk(home, "--practice")
    terminal.wait_for(READY, "PRACTICE")
    terminal.press("enter")
    terminal.wait_for("Is anyone in danger right now?")
    terminal.press("2")
    terminal.wait_for("How did this come to you?")

    os.close(terminal.master)

    assert terminal.process.wait(timeout=20) in {Exit.DONE, Exit.CUT_OFF}
    assert EntryKind.STEP_ANSWERED in practice_kinds(home)


def test_a_terminal_that_goes_away_unsaid_ends_it_too(home: Path) -> None:
    """Where the system tells nobody (it is not the session's own terminal), the end of input is the end, in order."""
    ours, theirs = os.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "kiosk", "--practice", "--home", str(home)],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        env={**os.environ, "TERM": "xterm-256color"},
    ) as process:
        os.close(theirs)
        seen, deadline = b"", time.monotonic() + PATIENCE_S
        while READY.encode() not in seen or EntryKind.SESSION_STARTED not in practice_kinds(home):
            assert time.monotonic() < deadline, seen
            if select.select([ours], [], [], 0.02)[0]:
                seen += os.read(ours, 65536)
        os.close(ours)
        assert process.wait(timeout=PATIENCE_S) == Exit.DONE
    assert practice_kinds(home)[-1] == EntryKind.SESSION_ENDED


def test_a_terminal_that_reads_no_more_is_cut_off(home: Path) -> None:
    """Asked to end while its terminal is stuck, it is gone after its deadline, with 75; nothing answered is lost."""
    with open_kiosk(home, "--practice") as terminal:
        terminal.wait_for(READY, "PRACTICE")
        terminal.press("enter")
        terminal.wait_for("Is anyone in danger right now?")
        for _ in range(400):  # redraw after redraw that nobody reads, until the terminal's buffer is full
            os.write(terminal.master, KEYS["f1"] + KEYS["enter"])
        terminal.signal(signal.SIGTERM)

        assert terminal.process.wait(timeout=20) in {Exit.DONE, Exit.CUT_OFF}
    assert EntryKind.ENCOUNTER_OPENED in practice_kinds(home)


@pytest.mark.parametrize("key", ["ctrl+c", "ctrl+q", "ctrl+z", "ctrl+backslash", "ctrl+p"])
def test_no_control_key_ends_suspends_or_opens_anything(home: Path, key: str) -> None:
    """The next answer still counts."""
    with open_kiosk(home, "--practice") as terminal:
        terminal.wait_for(READY, "PRACTICE")
        terminal.press("enter")
        before = terminal.wait_for("Is anyone in danger right now?")
        terminal.press(key)
        terminal.press("2")

        terminal.wait_for("How did this come to you?")
        assert "danger right now" in before


def test_a_second_kiosk_on_the_same_home_says_so_and_opens_nothing(home: Path) -> None:
    """The first kiosk continues undisturbed."""
    with open_kiosk(home, "--practice") as first:
        first.wait_for(READY, "PRACTICE")
        first.press("enter")
        first.wait_for("Is anyone in danger right now?")
        before = practice_kinds(home)
        with open_kiosk(home, "--practice") as second:
            second.wait_for("already")
            assert practice_kinds(home) == before
        first.press("2")
        first.wait_for("How did this come to you?")


@pytest.mark.parametrize(("columns", "rows"), [(80, 23), (79, 24), (40, 10), (20, 5)])
def test_a_window_too_small_says_whom_to_call(home: Path, columns: int, rows: int) -> None:
    """The office's number from the start, on a step the one to call now; grown again, home and the step are there."""
    with open_kiosk(home, "--practice", columns=columns, rows=rows) as terminal:
        terminal.wait_for("860-555-0100", "Superintendent's")
        terminal.resize(80, 24)
        terminal.wait_for(READY, "PRACTICE")
        terminal.press("enter")
        terminal.wait_for("Is anyone in danger right now?")
        terminal.resize(columns, rows)
        terminal.wait_for("860-555-01", gone="danger")  # whose number depends on the time of day
        terminal.resize(80, 24)
        terminal.wait_for("Is anyone in danger right now?")


@pytest.mark.parametrize("environ", [{"TERM": "dumb"}, {"TERM": ""}])
def test_a_terminal_that_can_draw_nothing_is_told_so(home: Path, environ: dict[str, str]) -> None:
    """One sentence with what to do, and nothing is opened."""
    with open_kiosk(home, "--practice", environ=environ) as terminal:
        assert terminal.exit_code() == Exit.USAGE

        assert "Start the kiosk" in terminal.text.replace("\n", "")
    assert not home.exists()


def test_without_a_terminal_it_says_so(home: Path) -> None:
    """A script that starts the screen by mistake gets a sentence on standard error, and exit code 2."""
    done = subprocess.run(
        [sys.executable, "-m", "kiosk", "--home", str(home), "--practice"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )

    assert (done.returncode, done.stdout) == (Exit.USAGE, "")
    assert "terminal" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("redirected", ["2>FILE", "2>&-", ">FILE", ">&-", "<FILE", "<&-", ">&- 2>&-", "<&- >&- 2>&-"])
def test_every_stream_must_be_the_terminal(home: Path, tmp_path: Path, redirected: str) -> None:
    """Exit code 2 before anything is drawn, nothing of the screen in a file; one sentence, where one can be said."""
    file = tmp_path / "file"
    file.touch()
    program = '"$0" -m kiosk --practice --home "$1" ' + redirected.replace("FILE", '"$2"')
    with Terminal(["-c", SHELL, program, sys.executable, str(home), str(file)]) as terminal:
        assert terminal.exit_code() == Exit.USAGE

        said = terminal.text + file.read_text("utf-8")
        assert "\x1b" not in terminal.raw.decode() + said
        assert ("terminal" in said) == (">&- 2>&-" not in redirected)
    assert not home.exists()


@pytest.mark.parametrize("environ", [{"TERM": "linux", "COLORTERM": ""}, {"NO_COLOR": "1"}])
def test_it_is_usable_with_few_colours_and_with_none(home: Path, environ: dict[str, str]) -> None:
    """The first answers work on a 16-color console and without any color."""
    with open_kiosk(home, "--practice", environ=environ) as terminal:
        terminal.wait_for(READY, "PRACTICE")
        terminal.press("enter")
        terminal.wait_for("Is anyone in danger right now?", "860-555-0142")
        terminal.press("2")
        terminal.wait_for("How did this come to you?")


def used(home: Path) -> Path:
    """A home whose practice log holds an encounter and was closed in order; the log's path."""
    with open_kiosk(home, "--practice") as terminal:
        terminal.wait_for(READY, "PRACTICE")
        terminal.press("enter")
        terminal.wait_for("Is anyone in danger right now?")
        terminal.signal(signal.SIGTERM)
        assert terminal.exit_code() == Exit.DONE
    return Home(home).log("practice")


def damage(log: Path) -> None:
    """Overwrite what SQLite knows a database by."""
    log.write_bytes(b"not a database at all" * 400)


def age(log: Path) -> None:
    """Make it look written by a kiosk of the future."""
    with closing(sqlite3.connect(log)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = 'v9999'")


def lose(log: Path) -> None:
    """Take the log away and leave its newest entries behind."""
    wal = log.with_name(f"{log.name}-wal")
    wal.write_bytes(b"left over")
    log.unlink()


def alter(log: Path) -> None:
    """Change a word of the newest entry, as somebody with the file could, and put the guard back."""
    with closing(sqlite3.connect(log)) as connection, connection:
        (guard,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'entry_bu'").fetchone()
        connection.execute("DROP TRIGGER entry_bu")
        newest = "seq = (SELECT max(seq) FROM entry)"
        connection.execute(f"UPDATE entry SET header = replace(header, 'kiosk', 'kiosq') WHERE {newest}")  # noqa: S608
        connection.execute(guard)


@pytest.mark.parametrize("harm", [damage, age, lose])
def test_a_log_that_cannot_be_used_is_told_with_the_number_to_call(home: Path, harm: Callable[[Path], None]) -> None:
    """The screen says that nothing can be saved, what to do, and whom to call; it stays up, and touches no file."""
    log = used(home)
    harm(log)
    before = {file: file.read_bytes() for file in log.parent.iterdir() if file.suffix != ".lock"}

    with open_kiosk(home, "--practice") as terminal:
        terminal.wait_for("860-555-0100", "Enter", gone=READY)
        assert "Traceback" not in terminal.text

    assert {file: file.read_bytes() for file in before if file.exists()} == before


def test_a_newest_entry_that_was_altered_is_told_and_the_desk_goes_on(home: Path) -> None:
    """The altered record stays as it is and is named, with the number to call; the next visitor is still helped."""
    log = used(home)
    alter(log)

    with open_kiosk(home, "--practice") as terminal:
        terminal.wait_for("does not match what was recorded", "860-555-0100", "Enter", gone=READY)
        terminal.press("enter")
        terminal.wait_for("UNFINISHED", "P-2026-0001")
        terminal.press("1")
        terminal.wait_for("Continue")
        terminal.press("1")
        terminal.wait_for("Is anyone in danger right now?", "F9")
        terminal.press("2")
        terminal.wait_for("How did this come to you?")

    with closing(sqlite3.connect(log)) as connection:
        (altered,) = connection.execute("SELECT count(*) FROM entry WHERE header LIKE '%kiosq%'").fetchone()
    assert altered == 1
