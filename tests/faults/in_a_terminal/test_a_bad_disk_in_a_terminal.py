"""A disk that is full, that may not be written further, or that fails, met at the desk's own screen.

The person sees one calm page with the number to call, nothing that was shown as saved is lost or doubled, and once
there is room again the very same answer goes on.
"""

from __future__ import annotations

import resource
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest

from db.disk import reserve
from kiosk.log.log import open_reader
from kiosk.log.verify import check_log
from kiosk.record.entries import decode
from kiosk.record.entry_kinds import EntryKind
from kiosk.settings import Home
from tests.faults.in_a_terminal.killing import HOME, STEPS, do
from tests.terminal.harness import PATIENCE_S, Terminal, open_kiosk

STRACE: Final = shutil.which("strace")
UNSHARE: Final = shutil.which("unshare")

NUMBER: Final = "860-555-0100"
TRY_AGAIN: Final = "to try again"

MOUNTED: Final = """
import os, sys
size, place, *command = sys.argv[1:]
mount = 'mount -t tmpfs -o size=$0 tmpfs "$1" && shift && exec "$@"'
os.execvp("unshare", ["unshare", "-rm", "sh", "-c", mount, size, place, sys.executable, *command])
"""
"""A program on a small disk of its own, which is gone when it ends."""

ATTACHED: Final = "attached"


def _works(*command: str | None) -> bool:
    if command[0] is None:
        return False
    return subprocess.run([str(word) for word in command], check=False, capture_output=True).returncode == 0


small_disk = pytest.mark.skipif(not _works(UNSHARE, "-rm", "true"), reason="no mount namespaces here, so no small disk")
tracing = pytest.mark.skipif(
    not _works(STRACE, "-qq", "-o", "/dev/null", "true"), reason="no tracing here, so no failing sync"
)


def answered(home: Path) -> list[str]:
    """The steps that the practice log has answers of, after every entry of it was verified."""
    log = open_reader(Home(home), "practice")
    try:
        assert check_log(Home(home).log("practice")).verified
        return [kept.step or "" for kept in map(decode, log.entries()) if kept.kind == EntryKind.STEP_ANSWERED]
    finally:
        log.close()


def begin(terminal: Terminal) -> None:
    """From the start to the first step."""
    terminal.wait_for(HOME)
    terminal.press("enter")
    terminal.wait_for(STEPS[0][1], "F9")


def answer(terminal: Terminal, count: int, first: int = 0) -> None:
    """Answer so many steps, each shown to be saved by the next one."""
    for (_, words, keys), (_, following, _) in zip(STEPS[first:], STEPS[first + 1 : first + count + 1], strict=False):
        terminal.wait_for(words)
        for key in keys:
            assert do(terminal, key, time.monotonic() + PATIENCE_S)
        terminal.wait_for(following)


def fill(disk: Path) -> None:
    """Take every byte that is left there."""
    with (disk / "filler").open("ab", buffering=0) as filler:
        for chunk in (65536, 512, 1):
            try:
                while filler.write(b"x" * chunk):
                    pass
            except OSError:
                continue
    assert reserve.space_left(disk) == 0


@small_disk
def test_a_full_disk_is_finished_on_the_reserve_then_told_and_gone_on_with_when_there_is_room(tmp_path: Path) -> None:
    """The open encounter goes on as if nothing were; when the reserve is full too, one page says so; Enter helps."""
    place = tmp_path / "disk"
    place.mkdir()
    size = f"{3 * reserve.BALLAST_BYTES // 1024}k"
    kiosk = ("-m", "kiosk", "--home", str(place / "home"), "--practice")
    with Terminal(["-c", MOUNTED, size, str(place), *kiosk]) as terminal:
        begin(terminal)
        disk = Path(f"/proc/{terminal.process.pid}/root{place}")
        ballast = reserve.ballast_path(disk / "home" / "log" / "practice.db")
        assert ballast.exists()
        fill(disk)
        answer(terminal, 3)
        assert not ballast.exists()
        fill(disk)
        assert do(terminal, STEPS[3][2][0], time.monotonic() + PATIENCE_S)
        told = terminal.wait_for("The disk has no space", "write on paper", NUMBER, TRY_AGAIN)
        assert "Traceback" not in told
        (disk / "filler").unlink()
        terminal.press("enter")
        terminal.wait_for(STEPS[4][1])
        answer(terminal, 1, first=4)
        shutil.copytree(disk / "home", tmp_path / "seen", ignore=shutil.ignore_patterns("*.socket"))
    assert answered(tmp_path / "seen") == [step for step, _, _ in STEPS[:5]]


def test_a_limit_on_files_is_told_and_gone_on_with_when_it_is_lifted(tmp_path: Path) -> None:
    """A quota so narrow that not even a look-up has room: that is said, with a way back; later the answer goes on."""
    with open_kiosk(tmp_path / "home", "--practice") as terminal:
        begin(terminal)
        answer(terminal, 1)
        _, hard = resource.prlimit(terminal.process.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(terminal.process.pid, resource.RLIMIT_FSIZE, (1024, hard))
        assert do(terminal, STEPS[1][2][0], time.monotonic() + PATIENCE_S)
        terminal.wait_for("Not saved yet", "The last entry may", NUMBER, TRY_AGAIN)
        terminal.press("backspace")
        terminal.wait_for(STEPS[1][1], gone=TRY_AGAIN)
        resource.prlimit(terminal.process.pid, resource.RLIMIT_FSIZE, (hard, hard))
        answer(terminal, 2, first=1)
    assert answered(tmp_path / "home") == [step for step, _, _ in STEPS[:3]]


@contextmanager
def failing(terminal: Terminal, calls: str, when: str) -> Iterator[None]:
    """Within it, those of the kiosk's calls to the system fail that `when` names, as strace counts them."""
    inject = ("-e", f"trace={calls}", "-e", f"inject={calls}:error=EIO:when={when}")
    command = [str(STRACE), "-f", "-p", str(terminal.process.pid), "-o", "/dev/null", *inject]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as tracer:
        assert tracer.stderr is not None
        assert ATTACHED in tracer.stderr.readline()
        try:
            yield
        finally:
            tracer.send_signal(signal.SIGINT)  # it detaches; the kiosk keeps running
            tracer.stderr.read()


@tracing
@pytest.mark.parametrize("when", ["1", "2"])
def test_one_failed_sync_is_not_even_seen(tmp_path: Path, when: str) -> None:
    """The answer is looked up by its id and made safe; the next step comes, and the log has it once."""
    with open_kiosk(tmp_path / "home", "--practice") as terminal:
        begin(terminal)
        with failing(terminal, "fdatasync", when):
            answer(terminal, 2)
    assert answered(tmp_path / "home") == [step for step, _, _ in STEPS[:2]]


@tracing
def test_a_disk_that_fails_every_sync_is_told_as_not_certain_and_the_answer_is_kept_once(tmp_path: Path) -> None:
    """No step is shown as saved while the disk fails; then Enter finds the answer, or writes it, under the same id."""
    with open_kiosk(tmp_path / "home", "--practice") as terminal:
        begin(terminal)
        with failing(terminal, "fdatasync,fsync", "1+"):
            terminal.press(*STEPS[0][2])
            terminal.wait_for("Not saved yet", "The last entry may", "Write it on paper too", NUMBER, TRY_AGAIN)
            terminal.press("enter")
            terminal.wait_for("The last entry may", TRY_AGAIN)
        terminal.press("enter")
        terminal.wait_for(STEPS[1][1])
        answer(terminal, 1, first=1)
    assert answered(tmp_path / "home") == [step for step, _, _ in STEPS[:2]]
