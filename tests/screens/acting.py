"""An actor at the keyboard of a kiosk in memory."""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta, timezone
from typing import Final

from textual._queue import Queue
from textual.events import InputEvent, Key, MouseDown, MouseUp, Paste
from textual.keys import _character_to_key
from textual.message_pump import MessagePump
from textual.pilot import Pilot

from kiosk.desk.service import Desk
from kiosk.desk.station import Pack, Station
from kiosk.i18n.strings import Sentence
from kiosk.presentation.services import Services
from kiosk.protocol.replies import Reply
from kiosk.record.entries import EncodedEntry
from kiosk.screens.app import KioskApp
from kiosk.screens.widgets.box import Box
from kiosk.settings import Mode
from kiosk.system.clock import FixedClock
from kiosk.voice.speaker import State
from tests.builders import a_desk, a_station
from tests.fakes import MemoryLog

SCHOOL_TIME: Final = timezone(timedelta(hours=-4))
"""The fixed clock's 14:42 UTC is 10:42 AM at the school."""

PATIENCE_S: Final = 30.0
"""How long the screen may take to come to rest, on a busy machine."""

MOST_DRAWN: Final = 10
"""How often a screen is drawn after one press: a scroll, a layout and what comes of it each take a turn."""
TURNS_AT_REST: Final = 3
"""For so many turns of the event loop nothing may begin: what a thread hands over takes a turn to arrive."""
SHORT_TURNS: Final = 50
A_LITTLE_S: Final = 0.001
"""After so many turns of the event loop a part that is still busy waits for another thread, and gets the processor."""

TO_RECORD: Final = ("enter", "2", "1", "1")
"""From home: no danger, a federal agent, reached at once; the boxes of `identify` are next."""


@dataclass
class FakeSpeaker:
    """Fits `Speaker`, and remembers what it was asked to say."""

    state: State = "ready"
    reason: str = ""
    said: list[tuple[str, str]] = field(default_factory=list)
    changed: Callable[[], object] = bool

    def listen(self, changed: Callable[[], object]) -> None:
        """Remember whom to tell."""
        self.changed = changed

    def become(self, state: State, reason: str = "") -> None:
        """Change the state by itself, as a real voice does, on a thread of its own."""
        self.state, self.reason = state, reason
        description = threading.Thread(target=self.changed)
        description.start()
        description.join()

    def say(self, text: str, language: str) -> None:
        """Remember it."""
        self.said.append((text, language))
        self.state = "speaking"

    def stop(self) -> None:
        """Be quiet."""
        self.state = "ready"

    def close(self) -> None:
        """Be quiet."""
        self.state = "ready"


class SlowLog(MemoryLog):
    """A log whose appends wait for the test while `gate` is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.gate = threading.Event()
        self.gate.set()

    def append(self, entries: Sequence[EncodedEntry]) -> None:
        """Wait, then keep."""
        assert self.gate.wait(20), "the test never opened the gate"
        super().append(entries)


@dataclass
class Stand:
    """Services with everything a test may want to look at afterwards."""

    services: Services
    log: MemoryLog
    clock: FixedClock
    speaker: FakeSpeaker
    crashes: list[BaseException]
    closed: list[bool]


def a_stand(
    *,
    mode: Mode = "live",
    theme: str = "day",
    log: MemoryLog | None = None,
    pack: Pack | None = None,
    open_desk: Callable[[], Desk] | None = None,
    read_s: float = 0,
    reasons: tuple[str, ...] = (),
    station: Station | None = None,
) -> Stand:
    """The services of a kiosk over a log in memory."""
    log, clock, speaker = log or MemoryLog(), FixedClock(), FakeSpeaker()
    crashes: list[BaseException] = []
    closed: list[bool] = []
    station = station or a_station(mode)
    services = Services(
        station=replace(station, school="Lincoln Elementary"),
        clock=clock,
        speaker=speaker,
        reasons=reasons,
        theme=theme,
        open_desk=open_desk or (lambda: a_desk(log, clock, mode=mode, pack=pack, station=station, by_chance=False)),
        close_log=lambda: closed.append(True),
        crash=crashes.append,
        read_s=read_s,
        zone=SCHOOL_TIME,
    )
    return Stand(services, log, clock, speaker, crashes, closed)


def a_stand_in(language: str, mode: Mode = "practice") -> Stand:
    """A stand whose desk works in this language."""
    stand = a_stand(mode=mode, reasons=(Sentence.of("pack.unsigned"),))
    return replace(stand, services=replace(stand.services, station=replace(stand.services.station, language=language)))


class Actor:
    """Presses keys and reads the screen."""

    def __init__(self, app: KioskApp, pilot: Pilot[int], stand: Stand, now: list[float] | None = None) -> None:
        self.app, self.pilot, self.stand, self.now = app, pilot, stand, now

    async def press(self, *keys: str) -> None:
        """Press keys, one after the other, each when the last one has had its effect."""
        for key in keys:
            self.send(key)
            await self.settle()

    async def hurry(self, *keys: str) -> None:
        """Press keys, and wait only until they were heard, not until the desk has answered."""
        for key in keys:
            self.send(key)
            for _ in range(3):
                await self._passed(self.app.call_later)
                await self.pilot._wait_for_screen()

    async def type(self, words: str) -> None:
        """Type words."""
        for character in words:
            self.send(character)
        await self.settle()

    def send(self, key: str) -> None:
        """Press a key and don't wait. A name of several letters is textual's, one letter is itself."""
        name = _character_to_key(key) if len(key) == 1 else key
        character = " " if key == "space" else key if len(key) == 1 else None
        self._station(Key(name, character))

    def _station(self, event: InputEvent) -> None:
        if self.now is not None:
            event.time = self.now[0]
        event.set_sender(self.app)
        self.app.post_message(event)

    async def click(self, words: str, *, button: int = 1, times: int = 1) -> None:
        """Click on these words, as a terminal tells of it: down and up, each when the last one has had its effect."""
        for _ in range(times):
            await self.see(words)
            self.send_click(*self.find(words), button=button)
            await self.settle()

    async def see(self, words: str) -> None:
        """Wait until these words are on the screen; some come with a layout of their own, after what they tell of."""
        for _ in range(20):
            if any(words in line for line in self.lines):
                return
            await self.settle()
        raise AssertionError(f"{words!r} is not on the screen:\n" + "\n".join(self.lines))

    def send_click(self, x: int, y: int, *, button: int = 1) -> None:
        """Click on a cell and don't wait."""
        for kind in (MouseDown, MouseUp):
            self._station(kind(None, x, y, 0, 0, button, False, False, False, x, y))

    def find(self, words: str) -> tuple[int, int]:
        """The cell in the midst of these words, the first time they are on the screen."""
        y, line = next((y, line) for y, line in enumerate(self.lines) if words in line)
        return line.index(words) + len(words) // 2, y

    async def paste(self, words: str) -> None:
        """Paste words into the focused widget."""
        self.app.post_message(Paste(words))
        await self.settle()

    async def settle(self) -> None:
        """Wait until the desk has answered and the screen has been drawn."""
        # Pilot.pause() also waits for an idle processor, twenty milliseconds at a time; this waits for what matters:
        # a press may go from part to part, to the desk and back, each time with a message.
        for _ in range(3):
            await self._quiet()
            await self.app.workers.wait_for_complete()
        for _ in range(MOST_DRAWN):
            if self.app._exit:
                return
            await self._passed(self.app.screen.call_after_refresh)
            await self._quiet()
            if self._is_drawn():
                return

    def _is_drawn(self) -> bool:
        if self.app._exception or not self.app.screen_stack:
            return True
        screen = self.app.screen
        to_draw = screen._layout_required or screen._scroll_required or screen._repaint_required
        return not (to_draw or screen._recompose_required or screen._dirty_widgets or screen._callbacks)

    async def _quiet(self) -> None:
        """Wait until every part waits for a message and has none."""
        # Pilot._wait_for_screen() sends each part a message: two of three messages were such questions.
        turns, at_rest, until = 0, 0, time.monotonic() + PATIENCE_S
        while at_rest < TURNS_AT_REST and not self.app._exception and self.app.screen_stack:
            assert time.monotonic() < until, "the screen never came to rest"
            turns += 1
            await asyncio.sleep(0 if turns % SHORT_TURNS else A_LITTLE_S)
            busy = any(_is_busy(part) for part in (self.app, *self.app.screen.walk_children(with_self=True)))
            at_rest = 0 if busy else at_rest + 1

    async def _passed(self, call: Callable[[Callable[[], None]], object]) -> None:
        """Wait until that queue has handled its earlier messages; do not wait for an app that has ended."""
        through = asyncio.Event()
        if not self.app._exception and call(through.set):
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(through.wait(), 1)

    @property
    def lines(self) -> list[str]:
        """The screen as text, one line a row."""
        strips = self.app.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip).rstrip() for strip in strips]

    @property
    def text(self) -> str:
        """The screen as text, its spaces and line ends run together."""
        return " ".join("\n".join(self.lines).split())

    @property
    def step(self) -> str:
        """The text in the main column of a step, without the panel, at 80 columns."""
        return " ".join("\n".join(line[:52] for line in self.lines[1:22]).split())

    @property
    def reply(self) -> Reply:
        """The newest reply of the encounter."""
        running = self.app.running
        assert running is not None, "no encounter has begun"
        return list(running.walk.replies.values())[-1]

    @property
    def at(self) -> str:
        """The step or outcome the encounter stands at."""
        running = self.app.running
        assert running is not None, "no encounter has begun"
        return str(running.walk.at)

    @property
    def box(self) -> Box:
        """The box that listens."""
        assert isinstance(self.app.focused, Box), f"no box listens, but {self.app.focused}"
        return self.app.focused


def _is_busy(part: MessagePump) -> bool:
    if part._closed or part._closing:
        return False
    queue: Queue[object] = part._message_queue
    return not queue.ready_event._waiters or not queue.empty() or bool(part._next_callbacks)


@asynccontextmanager
async def acting(
    stand: Stand | None = None, *, size: tuple[int, int] = (80, 24), now: list[float] | None = None
) -> AsyncIterator[Actor]:
    """A running kiosk with an actor before it, at home and ready. `now`: the time of presses and paints, in seconds."""
    stand = stand or a_stand()
    app = KioskApp(stand.services)
    if now is not None:
        app._now = lambda: now[0]  # type: ignore[method-assign]  # so that no test waits
    async with app.run_test(size=size) as pilot:
        actor = Actor(app, pilot, stand, now)
        await actor.settle()
        yield actor
