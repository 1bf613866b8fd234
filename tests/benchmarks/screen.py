"""The full-screen kiosk against a bare Textual app, as ratios. `python -m tests.benchmarks.screen`."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from kiosk.i18n.strings import text
from tests.terminal.harness import KEYS, SAME_KEY_S, Terminal

PROGRAM = Path(__file__).parents[2] / "kiosk" / "__main__.py"
ROUNDS = 15
HOME = text("home.ask")
WALK: Sequence[tuple[str, str]] = (
    ("2", "How did this come to you?"),
    ("1", "Who do they say they are?"),
    ("1", "Call now"),
    ("1", "Will they wait?"),
)
"""Keys of the usual encounter, each with words only the next step shows."""


def open_kiosk(home: Path, *arguments: str) -> Terminal:
    """The kiosk as `deploy/run` starts it: isolated at once, so that it need not start itself again."""
    return Terminal(["-I", "-X", "utf8", str(PROGRAM), "--home", str(home), *arguments])


def timed(work: Callable[[], object]) -> float:
    """How long `work` took, in milliseconds."""
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def start_of_kiosk(home: Path) -> float:
    """Spawn to the home screen."""
    begun = time.perf_counter()
    with open_kiosk(home, "--practice") as terminal:
        terminal.wait_for(HOME)
        return (time.perf_counter() - begun) * 1000


def usable_kiosk(home: Path) -> float:
    """Spawn to the first step, Enter pressed as soon as the home screen asks for it."""
    begun = time.perf_counter()
    with open_kiosk(home, "--practice") as terminal:
        terminal.wait_for(HOME)
        terminal.press("enter")
        terminal.wait_for("Is anyone in danger right now?")
        spent = (time.perf_counter() - begun) * 1000
    finish(home)
    return spent


def start_of_bare(widgets: int) -> float:
    """Spawn to the bare app's first screen."""
    begun = time.perf_counter()
    with Terminal(["-m", "tests.benchmarks.bare", str(widgets)]) as terminal:
        terminal.wait_for("READY 0")
        return (time.perf_counter() - begun) * 1000


def usable_bare(widgets: int, folder: Path) -> float:
    """Spawn to the bare app's second screen, a key pressed as soon as the first one is there."""
    begun = time.perf_counter()
    with Terminal(["-m", "tests.benchmarks.bare", str(widgets), str(folder / f"{begun}.db")]) as terminal:
        terminal.wait_for("READY 0")
        terminal.press("x")
        terminal.wait_for("READY 1")
        return (time.perf_counter() - begun) * 1000


def finish(home: Path) -> None:
    """Close an unfinished record, so that the next start begins with nothing to tell."""
    with open_kiosk(home, "--practice") as terminal:
        terminal.wait_for("UNFINISHED")
        terminal.press("1")
        terminal.wait_for("It's over")
        terminal.press("2")
        terminal.wait_for("Yes")
        terminal.press("1")
        terminal.wait_for(HOME, "F5", gone="UNFINISHED")  # its last line too: half a frame lacks the list as well


def pressed(terminal: Terminal, key: str, words: str) -> float:
    """Key press to painted words."""
    begun = time.perf_counter()
    os.write(terminal.master, KEYS.get(key, key.encode()))
    terminal.wait_for(words)
    return (time.perf_counter() - begun) * 1000


def rest(terminal: Terminal) -> None:
    """A hand's pause, in which the screen settles."""
    until = time.monotonic() + SAME_KEY_S
    while time.monotonic() < until:
        terminal.read(0.01)


def answers_of_kiosk(home: Path) -> list[float]:
    """One encounter's first answers."""
    spent = []
    with open_kiosk(home, "--practice") as terminal:
        terminal.wait_for(HOME, gone="One moment")
        rest(terminal)
        terminal.press("enter")
        terminal.wait_for("Is anyone in danger right now?")
        for key, words in WALK:
            rest(terminal)
            spent.append(pressed(terminal, key, words))
    finish(home)
    return spent


def answers_of_bare(widgets: int, folder: Path) -> list[float]:
    """As many key presses, each with its commit and its update."""
    spent = []
    with Terminal(["-m", "tests.benchmarks.bare", str(widgets), str(folder / f"{time.monotonic()}.db")]) as terminal:
        terminal.wait_for("READY 0")
        for turn in range(1, len(WALK) + 1):
            rest(terminal)
            spent.append(pressed(terminal, "x", f"READY {turn}"))
    return spent


def report(what: str, ours: Sequence[float], floor: Sequence[float], aim: str) -> None:
    """One line: medians and their ratio."""
    mine, bare = statistics.median(ours), statistics.median(floor)
    print(f"{what:<44} {mine:8.1f} ms  floor {bare:8.1f} ms  ratio {mine / bare:5.2f}  (aim {aim})")  # noqa: T201


def main(home_widgets: int = 14, step_widgets: int = 40) -> None:
    """Measure both pairs, interleaved, and print the ratios."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        home = folder / "home"
        start_of_kiosk(home)
        usable_kiosk(home)
        paints = [(start_of_kiosk(home), start_of_bare(home_widgets)) for _ in range(ROUNDS)]
        usables = [(usable_kiosk(home), usable_bare(step_widgets, folder)) for _ in range(ROUNDS)]
        pairs = [(answers_of_kiosk(home), answers_of_bare(step_widgets, folder)) for _ in range(ROUNDS)]
    report("start to the home screen", [a for a, _ in paints], [b for _, b in paints], "1.15")
    report("start, Enter, first step", [a for a, _ in usables], [b for _, b in usables], "1.15")
    report("key to painted step, commit included", _all(a for a, _ in pairs), _all(b for _, b in pairs), "1.25")


def _all(lists: object) -> list[float]:
    return [value for values in lists for value in values]  # type: ignore[attr-defined]


if __name__ == "__main__":
    main()
