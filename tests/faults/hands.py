"""Rough hands: any keys, clicks, pastes, window sizes and troubles of the log, in process; what must hold after each.

A session is a list of actions made from a seed, at a made-up protocol or at the shipped one. When something breaks,
`smallest` finds the fewest actions that still break it. Run by hand: `python -m tests.faults.hands KEYS [SEED]`.
"""

from __future__ import annotations

import asyncio
import os
import random
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from textual.events import Key, MouseDown, MouseScrollDown, MouseUp, Paste
from textual.keys import _character_to_key

from kiosk.desk.running import rebuild
from kiosk.desk.service import Desk
from kiosk.desk.station import Pack
from kiosk.engine.encounter import replay
from kiosk.errors import NotConfirmed, StoreUnusable
from kiosk.packs.library import Library
from kiosk.record.duties.open_tasks import tasks_of
from kiosk.record.encounter_record import fold
from kiosk.record.entries import LoggedEntry
from kiosk.record.entry_kinds import ANSWERS, EntryKind
from kiosk.screens.app import KioskApp
from kiosk.screens.base import KioskScreen
from kiosk.settings import Home
from kiosk.system.clock import FixedClock
from tests.builders import a_desk, a_pack, given
from tests.fakes import MemoryLog
from tests.screens.acting import Stand, a_stand

KEYS: Final = (
    *("1", "2", "3", "4", "5", "6", "7", "8", "9", "a", "b", "z", "0", " "),
    *("enter", "enter", "enter", "tab", "shift+tab", "up", "down", "left", "right", "backspace", "delete", "escape"),
    *("home", "end", "pageup", "pagedown", "insert", "space"),
    *("f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9", "f10", "f11", "f12", "f13", "f24"),
    *("ctrl+c", "ctrl+q", "ctrl+z", "ctrl+p", "ctrl+d", "ctrl+u", "ctrl+at", "ctrl+backslash", "alt+f4", "alt+a"),
    *("shift+f1", "ctrl+shift+f9", "super+l", "mediaplaypause"),
    *("é", "ß", "學", "\u202e", "\u0301", "🙂", "\x00", "\x9b"),
)
WORDS: Final = (
    "ICE", "two people, one car", "[@click=app.quit]x[/]", "[/", "A123456789", "undocumented", "123-45-6789", "=1+1",
    "\u202eevil", "x" * 300, "línea uno\nlínea dos", "\x1b[2J", "{}", "%s", "学校", "🙂👩‍👩‍👧", "860-555-0100",
)  # fmt: skip
"""Words to type and paste: plain, hostile, private, long. Never the word that closes a live kiosk."""
SIZES: Final = (*((80, 24),) * 12, (120, 40), (120, 40), (79, 23), (80, 23), (40, 10), (1, 1), (200, 60))
FULL: Final = StoreUnusable("The disk is full.", "Free some space.")
UNSURE: Final = NotConfirmed("It may be saved.", "Try again.")

STRAY_S: Final = 20.0
"""A kiosk that needs longer than this to handle the presses counts as hanging."""


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that hands, or the machine, do: its kind and what with. `calm`: wait until it had its effect."""

    kind: str
    what: object
    calm: bool = True


class BrokenError(AssertionError):
    """Something that must hold did not. `done`: how many actions had been done."""

    def __init__(self, why: str, done: int) -> None:
        super().__init__(why, done)
        self.done = done


def actions(seed: int, count: int) -> list[Action]:
    """A session's actions; the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - not a secret
    return [_action(chance) for _ in range(count)]


_KINDS: Final = (
    *("key", "type", "hammer", "click", "double", "right", "paste", "scroll"),
    *("size", "full", "unsure", "time", "restart"),
)


def _action(chance: random.Random) -> Action:
    calm = chance.random() < 0.8
    kind = chance.choices(
        _KINDS,
        (820, 30, 40, 60, 15, 8, 8, 8, 6, 6, 6, 4, 3),
    )[0]
    match kind:
        case "key":
            return Action(kind, chance.choice(KEYS), calm)
        case "hammer":
            few = chance.choices(KEYS, k=chance.choice((1, 2, 5)))
            return Action(kind, tuple(chance.choices(few, k=chance.randint(5, 60))))
        case "type" | "paste":
            return Action(kind, chance.choice(WORDS), calm)
        case "click" | "double" | "right" | "scroll":
            return Action(kind, (chance.randrange(80), chance.randrange(24)), calm)
        case "size":
            return Action(kind, chance.choice(SIZES))
        case "time":
            return Action(kind, chance.choice((1, 60, 3600, 86400, -3600, 10_000_000)))
        case "unsure":
            return Action(kind, chance.random() < 0.5)
    return Action(kind, None)


class Hands:
    """One session: a kiosk over a log in memory, and the hands before it."""

    def __init__(self, pack: Pack | None = None) -> None:
        self.pack, self.log, self.clock = pack or a_pack(), MemoryLog(), FixedClock()
        self.pressed = 0
        self.seen: Counter[str] = Counter()

    async def play(self, todo: Sequence[Action]) -> None:
        """Do all of it. Raises BrokenError at the first thing that does not hold."""
        done = 0
        while done < len(todo):
            stand = a_stand(log=self.log, pack=self.pack, open_desk=self._desk)
            stand = replace(stand, services=replace(stand.services, clock=self.clock))
            done = await self._session(stand, todo, done)

    def _desk(self) -> Desk:
        desk = a_desk(self.log, self.clock, pack=self.pack)
        desk.start_session()
        return desk

    async def _session(self, stand: Stand, todo: Sequence[Action], done: int) -> int:
        """From one start of the kiosk to the next, or to the end of what is to be done."""
        app = KioskApp(stand.services)
        async with app.run_test(size=(80, 24)) as pilot:
            await self._quiet(app)
            for n, action in enumerate(todo[done:], done + 1):
                if action.kind == "restart":
                    self.log.failing = None
                    done = n
                    break
                await self._do(app, action)
                if action.kind == "size":
                    await pilot.resize_terminal(*action.what)  # type: ignore[misc]  # as `_action` made it
                if action.calm:
                    await self._quiet(app)
                self._hold(app, stand, n, thorough=n % 200 == 0)
            else:
                done = len(todo)
            self.log.failing = None
            await self._quiet(app)
            self._hold(app, stand, done, thorough=True)
            app.exit(0)
        if stand.crashes or app.return_code != 0:
            raise BrokenError(f"it ended with {app.return_code}: {stand.crashes!r}", done)
        return done

    async def _do(self, app: KioskApp, action: Action) -> None:
        match action.kind, action.what:
            case "key", str(key):
                self.pressed += 1
                self._key(app, key)
            case ("type", str(keys)) | ("hammer", tuple(keys)):
                for key in keys:
                    self.pressed += 1
                    self._key(app, key)
            case "paste", str(words):
                app.post_message(Paste(words))
            case (("click" | "double" | "right" as kind), (int(x), int(y))):
                for _ in range(2 if kind == "double" else 1):
                    self._click(app, x, y, 3 if kind == "right" else 1)
            case "scroll", (int(x), int(y)):
                app.post_message(MouseScrollDown(None, x, y, 0, 1, 0, False, False, False, x, y))
            case _:
                self._machine(action)

    def _machine(self, action: Action) -> None:
        match action.kind, action.what:
            case "full", _:
                self.log.failing = FULL
            case "unsure", bool(landing):
                self.log.failing, self.log.landing = UNSURE, landing
            case "time", int(seconds):
                self.clock.at += timedelta(seconds=seconds)
                self.clock.boot_ns += max(0, seconds) * 1_000_000_000

    def _key(self, app: KioskApp, key: str) -> None:
        name = _character_to_key(key) if len(key) == 1 else key
        event = Key(name, key if len(key) == 1 else None)
        event.set_sender(app)
        app.post_message(event)

    def _click(self, app: KioskApp, x: int, y: int, button: int) -> None:
        for kind in (MouseDown, MouseUp):
            event = kind(None, x, y, 0, 0, button, False, False, False, x, y)
            event.set_sender(app)
            app.post_message(event)

    async def _quiet(self, app: KioskApp) -> None:
        """Wait until the presses have had their effect."""
        for _ in range(2):
            await self._passed(app)
            async with asyncio.timeout(STRAY_S):
                await app.workers.wait_for_complete()
        await self._passed(app)

    async def _passed(self, app: KioskApp) -> None:
        through = asyncio.Event()
        if app._exception is None and not app._exit and app.screen.call_later(through.set):
            async with asyncio.timeout(STRAY_S):
                await through.wait()

    # -- what must hold ----------------------------------------------------------------------------------------------

    def _hold(self, app: KioskApp, stand: Stand, done: int, *, thorough: bool) -> None:
        if app._exception is not None or stand.crashes:
            raise BrokenError(f"it broke: {app._exception!r} {stand.crashes!r}", done)
        if app._exit or app.return_code is not None:
            raise BrokenError("it ended", done)
        if not isinstance(app.screen, KioskScreen):
            raise BrokenError(f"nothing of the kiosk is shown, but {app.screen!r}", done)
        self.seen[type(app.screen).__name__] += 1
        if thorough:
            for why in (*self._amiss(app), *amiss_in(self.log, self.pack)):
                raise BrokenError(why, done)

    def _amiss(self, app: KioskApp) -> Iterator[str]:
        running, desk = app.running, app._desk._desk
        if running is None or app.queue.busy or desk is None or desk._writer._unconfirmed is not None:
            return  # the log may have more than the screen knows yet
        kept = [entry for entry in self.log.told() if entry.encounter_id == running.id]
        again = rebuild(kept, self.pack)
        if not running.closed and replace(again, resumed=running.resumed) != replace(running, code=None):
            yield f"what is on the screen is not what the log says: {running.walk.at} and {again.walk.at}"


def amiss_in(log: MemoryLog, pack: Pack) -> Iterator[str]:
    """Return the faults of a log: altered entries, and records that can't be read or have no place."""
    told = log.told()
    if [entry.seq for entry in told] != list(range(len(told))):
        yield "the entries are not numbered in order"
    records: dict[str, list[LoggedEntry]] = {}
    for entry in told:
        if entry.encounter_id:
            records.setdefault(entry.encounter_id, []).append(entry)
    for kept in records.values():
        yield from _amiss_in(kept, pack)


def _amiss_in(kept: Sequence[LoggedEntry], pack: Pack) -> Iterator[str]:
    record, running = fold(kept), rebuild(kept, pack)
    walk = running.walk
    if walk.outcome is None and walk.step is None:
        yield f"{record.no} stands nowhere"
    if replay(walk.protocol, walk.situation, given(walk)).at != walk.at:
        yield f"{record.no} stands elsewhere when it is replayed"
    if sum(entry.kind == EntryKind.ENCOUNTER_CLOSED for entry in kept) > 1:
        yield f"{record.no} was closed twice"
    if record.closing is not None and any(entry.kind in ANSWERS for entry in kept if entry.seq > record.closing.entry):
        yield f"{record.no} was answered after it was closed"
    incomplete = any(entry.kind == EntryKind.RECORD_INCOMPLETE for entry in kept)
    completed = any(entry.kind == EntryKind.RECORD_COMPLETED for entry in kept)
    if record.closing is not None and bool(tasks_of(record)) != (incomplete and not completed):
        yield f"{record.no} is not found by what is still to do for it"


# -- sessions ----------------------------------------------------------------------------------------------------------


@cache
def shipped() -> Pack:
    """The pack of Connecticut that comes with the kiosk."""
    found = Library(Home(Path("no-packs-of-our-own"))).find("ct-outside-agent")
    assert found.protocol is not None
    return Pack(found.protocol, found.content_hash, found.content)


def play(todo: Sequence[Action], pack: Pack | None = None) -> Hands:
    """Play these actions; the hands afterwards. Raises BrokenError."""
    hands = Hands(pack)
    asyncio.run(hands.play(todo))
    return hands


def smallest(todo: Sequence[Action], pack: Pack | None = None, most: int = 400) -> list[Action]:
    """The fewest actions found that still break it, in at most so many tries (Zeller's ddmin, 2002)."""
    todo, parts, tries = list(todo), 2, 0
    while len(todo) > 1 and tries < most:
        size = max(1, len(todo) // parts)
        for start in range(0, len(todo), size):
            tries += 1
            fewer = todo[:start] + todo[start + size :]
            if fewer and _breaks(fewer, pack):
                todo, parts = fewer, max(2, parts - 1)
                break
        else:
            if size == 1:
                break
            parts = min(len(todo), parts * 2)
    return todo


def _breaks(todo: Sequence[Action], pack: Pack | None) -> bool:
    try:
        play(todo, pack)
    except Exception:
        return True
    return False


def session(seed: int, count: int = 4000) -> tuple[int, Counter[str]]:
    """Play the session of that seed; the keys that were pressed, and the screens that were seen. Raises what broke."""
    hands = play(actions(seed, count), _pack_of(seed))
    return hands.pressed, hands.seen


def _pack_of(seed: int) -> Pack:
    return shipped() if seed % 2 else a_pack()


def main(keys: int, seed: int) -> int:
    """Press that many keys, session after session; 1 when something broke, with the fewest actions that do it.

    On all processors, each process for few sessions: ended apps stay in its memory and make it slow.
    """
    pressed, began, seen = 0, time.monotonic(), Counter[str]()
    together = os.cpu_count() or 1
    with ProcessPoolExecutor(together, get_context("spawn"), max_tasks_per_child=5) as pool:
        while pressed < keys:
            for one, played in [(s, pool.submit(session, s)) for s in range(seed, seed + together)]:
                if (error := played.exception()) is not None:
                    return _told(one, error)
                pressed, seen = pressed + played.result()[0], seen + played.result()[1]
            seed += together
            rate = pressed / (time.monotonic() - began)
            print(f"{pressed} keys, {rate:.0f} a second, next seed {seed}", flush=True)  # noqa: T201 - the answer
    print(dict(seen.most_common()))  # noqa: T201 - the answer
    return 0


def _told(seed: int, error: BaseException) -> int:
    """Play it once more, here, and print where it breaks and the fewest actions that do it."""
    todo, pack = actions(seed, 4000), _pack_of(seed)
    try:
        play(todo, pack)
    except Exception as again:
        done, error = again.done if isinstance(again, BrokenError) else len(todo), again
        todo = smallest(todo[:done], pack)
    print(f"seed {seed}: {error!r}", flush=True)  # noqa: T201 - the answer
    traceback.print_exception(error)
    print(f"fewest: {todo}", flush=True)  # noqa: T201 - the answer
    return 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1))
