"""Rounds of `kill -9`: the kiosk is played through its screen, killed at a moment, and its log compared.

An answer is acknowledged when the step after it is on the screen; a record is closed when the screen says so. An
entry of a command is in the log, once, when the command says so, whoever wrote it: the kiosk, or the command after it.
"""

from __future__ import annotations

import os
import random
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from kiosk.app import bootstrap
from kiosk.i18n.strings import text
from kiosk.log.log import open_reader
from kiosk.log.verify import check_log
from kiosk.record.entries import Actor, Entry, LoggedEntry, decode
from kiosk.record.entry_kinds import EntryKind
from kiosk.settings import Home, Settings, render
from kiosk.system.clock import SystemClock
from tests.homes import at_any_hour
from tests.terminal.desk_life import EXAMPLE
from tests.terminal.harness import KEYS, PATIENCE_S, Terminal, open_kiosk

HOME: Final = text("home.ask")
UNFINISHED: Final = "UNFINISHED"
CONTINUE: Final = "Continue"
CLOSED: Final = "The record is closed"

STEPS: Final[tuple[tuple[str, str, tuple[str, ...]], ...]] = (
    ("danger", "Is anyone in danger right now?", ("2",)),
    ("channel", "How did this come to you?", ("1",)),
    ("who", "Who do they say they are?", ("1",)),
    ("call-now", "Call in the order shown", ("1",)),
    ("wait", "Will they wait?", ("1",)),
    ("identify", "Write who they are", ("type:x1", "type:y2", "type:z3")),
    ("request", "What do they want?", ("2", "see:That's all", "enter")),
    ("paper", "Did they show you a paper?", ("1",)),
    ("handed-over", "Who is with them now?", ("3",)),
    ("tell-office", "Now tell the Superintendent's Office", ("1",)),
)
"""The usual encounter: step, words that only its screen shows, keys that answer it.

`see:` waits for these words; `type:` types these into a box and leaves it, unless they are there already.
"""

REVIEW: Final = (("Only what you saw and heard?", "1"),)
"""The question before a record is closed, and its key."""

SHORTEST_START_S: Final = 0.2
LONGEST_START_S: Final = 1.0
"""Between these the interpreter loads the program, paints, makes or opens the log and begins its session."""

LONGEST_STEPS_S: Final = 0.5
"""How long after the first step that is seen the kill may come; enough for about three steps."""


def answers_shown(text: str) -> int | None:
    """How many answers the screen acknowledges: the index of the step it shows; None on any other screen."""
    if CLOSED in text or any(words in text for words, _ in REVIEW):
        return len(STEPS)
    return next((n for n, (_, words, _) in enumerate(STEPS) if words in text), None)


@dataclass
class Ledger:
    """What the screen said is kept, over all rounds on one home.

    answers: of the open encounter; closed: records; hit: kills, by their moment. commands: each as it waits for its
    entry; entered: the counts in the entries that were acknowledged, with their numbers.
    """

    home: Home
    chance: random.Random
    answers: int = 0
    closed: int = 0
    commands: list[threading.Thread] = field(default_factory=list)
    entered: dict[int, int] = field(default_factory=dict)
    hit: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, home: Path, seed: int) -> Ledger:
        """An empty one, for a home that is made here. Its kiosk has no voice: that costs as much as a start."""
        home.mkdir(mode=0o700)
        Home(home).settings_file.write_text(render(Settings(speech="off")), encoding="utf-8")
        Home(home).contacts_file.write_text(at_any_hour(EXAMPLE.read_text(encoding="utf-8")), encoding="utf-8")
        return cls(Home(home), random.Random(seed))  # noqa: S311 - moments, not secrets

    def enter(self) -> None:
        """Enter something as a command does, which waits for the kiosk meanwhile."""
        count = len(self.commands)

        def wait() -> None:
            entry = Entry(EntryKind.EXPORT_MADE, {"format": "csv", "count": count}, actor=Actor.COMMAND)
            self.entered[count] = bootstrap.enter(self.home, "practice", SystemClock(), entry, patience_s=PATIENCE_S)

        self.commands.append(threading.Thread(target=wait))
        self.commands[-1].start()

    def see(self, text: str) -> None:
        """Take down what the screen acknowledges."""
        self.answers = max(self.answers, answers_shown(text) or 0)

    def see_closed(self) -> None:
        """The screen says that the record is closed; the next encounter has no answers yet."""
        self.closed, self.answers = self.closed + 1, 0


def kill_while_starting(ledger: Ledger) -> None:
    """Kill between the start and the first screens."""
    ledger.enter()
    deadline = time.monotonic() + ledger.chance.uniform(SHORTEST_START_S, LONGEST_START_S)
    with open_kiosk(ledger.home.path, "--practice") as terminal:
        while (left := deadline - time.monotonic()) > 0:
            terminal.read(left)
    ledger.hit["starting"] += 1


def kill_while_ending(ledger: Ledger) -> None:
    """Kill shortly after the kiosk was asked to close in order, while a command waits."""
    with open_kiosk(ledger.home.path, "--practice") as terminal:
        terminal.wait_for(HOME)
        ledger.enter()
        terminal.process.terminate()
        deadline = time.monotonic() + ledger.chance.uniform(0.0, 0.1)
        while (left := deadline - time.monotonic()) > 0 and terminal.read(left):
            pass
    ledger.hit["ending"] += 1


def kill_on_the_way(ledger: Ledger) -> None:
    """Continue the encounter, or begin one, and kill at a moment among its steps or at its closing."""
    with open_kiosk(ledger.home.path, "--practice") as terminal:
        first_step(terminal, ledger)
        ledger.enter()
        deadline = time.monotonic() + ledger.chance.uniform(0.0, LONGEST_STEPS_S)
        at_review = answers_shown(terminal.text) == len(STEPS)
        play(terminal, ledger, deadline)
        terminal.read(0)
        if CLOSED in terminal.text:
            ledger.see_closed()
        else:
            ledger.see(terminal.text)
    ledger.hit["closing" if at_review else "steps"] += 1


def first_step(terminal: Terminal, ledger: Ledger) -> None:
    """Continue the newest record, or begin one. Its step must be no earlier than the one the screen showed before."""
    terminal.wait_for(HOME, "Enter", gone="One moment")
    if ledger.answers:
        # The log is opened after this paint, and only then it is known what was left unfinished.
        terminal.wait_for(UNFINISHED)
        terminal.press("1")
        terminal.wait_for(CONTINUE)
        terminal.press("page-up", "1")
    else:
        terminal.press("enter")
        # A press before a record without an answer was listed starts no second one; the next press does.
        terminal.wait_until(lambda text: answers_shown(text) is not None or UNFINISHED in text, "a step, or a list")
        if answers_shown(terminal.text) is None:
            terminal.press("enter")
    terminal.wait_until(lambda text: answers_shown(text) is not None, "a step")
    at = answers_shown(terminal.text)
    assert at is not None
    assert at >= ledger.answers, "the restart fell behind what had been shown"
    ledger.answers = at


def play(terminal: Terminal, ledger: Ledger, deadline: float) -> None:
    """Press on until `deadline`, each key only when its words are on the screen."""
    lines = [(words, keys) for _, words, keys in STEPS] + [(words, (key,)) for words, key in REVIEW]
    for words, keys in lines[answers_shown(terminal.text) or 0 :]:
        if not _seen(terminal, words, deadline):
            return
        ledger.see(terminal.text)
        for key in keys:
            if not do(terminal, key, deadline):
                return
    _seen(terminal, CLOSED, deadline)


def do(terminal: Terminal, key: str, deadline: float) -> bool:
    """One key of `STEPS`; whether there is time left."""
    act, _, words = key.rpartition(":")
    if act == "type" and words not in terminal.text:
        os.write(terminal.master, words.encode())
    if act and not _seen(terminal, words, deadline):
        return False
    if act != "see":
        # A key that does nothing in between: the same one again would wait until it can have been read.
        os.write(terminal.master, KEYS["page-up"] + KEYS.get("enter" if act else key, key.encode()))
    return time.monotonic() < deadline


def _seen(terminal: Terminal, words: str, deadline: float) -> bool:
    while words not in terminal.text:
        left = deadline - time.monotonic()
        if left <= 0 or not terminal.read(left):
            return False
    return True


def hold_against_the_log(ledger: Ledger) -> None:
    """The log is whole, and has all that was acknowledged, once."""
    for command in ledger.commands:
        command.join()
    if not ledger.home.log("practice").exists():
        assert (ledger.answers, ledger.closed) == (0, 0)
        return
    verdict = check_log(ledger.home.log("practice"))
    assert verdict.verified, verdict.problems
    log = open_reader(ledger.home, "practice")
    try:
        kept = [decode(entry) for entry in log.entries()]
    finally:
        log.close()
    _hold_encounters(ledger, kept)
    _hold_entered(ledger, kept)


def _hold_encounters(ledger: Ledger, kept: Sequence[LoggedEntry]) -> None:
    closed = Counter(one.encounter_id for one in kept if one.kind == EntryKind.ENCOUNTER_CLOSED)
    assert set(closed.values()) <= {1}, "a record was closed twice"
    # Killed between the commit and the words on the screen, a record is closed that nobody was told of.
    assert len(closed) >= ledger.closed, "a record that was said to be closed is open"
    if len(closed) > ledger.closed:
        ledger.see_closed()
    assert len(closed) == ledger.closed
    ids = [one.encounter_id for one in kept if one.kind == EntryKind.ENCOUNTER_OPENED]
    newest = [one.step for one in kept if ids and one.encounter_id == ids[-1] and one.kind == EntryKind.STEP_ANSWERED]
    if not ids or ids[-1] in closed:
        newest = []
    assert newest[: ledger.answers] == [step for step, _, _ in STEPS[: ledger.answers]], "an answer was lost"


def _hold_entered(ledger: Ledger, kept: Sequence[LoggedEntry]) -> None:
    found = [(one.body["count"], one.seq) for one in kept if one.kind == EntryKind.EXPORT_MADE]
    assert sorted(found) == sorted(ledger.entered.items()), "a command's entry is lost, or there twice"
    assert len(found) == len(ledger.commands), "a command was told that its entry could not be recorded"
