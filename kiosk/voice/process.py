"""The real voice: one helper process per text, one kept warm. A thread of its own listens to it, so nobody waits."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from dataclasses import dataclass

from kiosk.voice.child import Child
from kiosk.voice.pronouncing import pronounced
from kiosk.voice.speaker import State

_GOODBYE_S = 3.0


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a helper may say nothing, in seconds: while starting, while making the sound, while playing it."""

    start_s: float = 10.0
    make_s: float = 15.0
    play_s: float = 120.0


@dataclass(frozen=True, eq=False, slots=True)
class _Words:
    text: str
    language: str


def _unheard() -> None:
    """Nobody listens."""


class ProcessSpeaker:
    """Fits `Speaker`. At most one text and at most one process at a time."""

    def __init__(self, patience: Patience | None = None) -> None:
        self._changed: Callable[[], object] = _unheard
        self._patience = patience or Patience()
        self._turn = threading.Condition()  # guards every field below
        self._state: State = "silent"
        self._reason = ""
        self._pending: _Words | None = None  # asked for, not yet told to a helper
        self._latest: _Words | None = None  # the text whose fate the state shows
        self._child: Child | None = None  # the only process there is
        self._told = False  # that process has been given a text
        self._closing = False
        self._worker = threading.Thread(target=self._work, name="kiosk-voice", daemon=True)
        self._worker.start()

    @property
    def state(self) -> State:
        """What the voice is doing now."""
        return self._state

    @property
    def reason(self) -> str:
        """Why the state is failed, as a key of `WHY_SILENT`; empty otherwise."""
        return self._reason

    def listen(self, changed: Callable[[], object]) -> None:
        """Call `changed` whenever the state may have changed."""
        self._changed = changed

    def say(self, text: str, language: str) -> None:
        """Start saying a "say" text of the protocol, ending any text before it. Blank text: stop."""
        if not text.strip():
            self.stop()
            return
        with self._turn:
            if self._closing:
                return
            self._latest = self._pending = _Words(pronounced(text, language), language)
            self._become("speaking")
            self._hush()
            self._turn.notify()
        self._tell()

    def stop(self) -> None:
        """Be quiet now."""
        with self._turn:
            self._latest = self._pending = None
            spoke = self._state == "speaking"
            if spoke:
                self._become("ready")
            self._hush()
        if spoke:
            self._tell()

    def close(self) -> None:
        """Be quiet for good: the helper and its player are killed before this returns."""
        with self._turn:
            self._closing = True
            self._latest = self._pending = None
            self._become("silent")
            if self._child:
                self._child.kill()
            self._turn.notify()
        if threading.current_thread() is not self._worker:
            self._worker.join(_GOODBYE_S)

    def _tell(self) -> None:
        # A screen may be gone before its voice; its loop then refuses the message.
        with contextlib.suppress(RuntimeError):
            self._changed()

    def _become(self, state: State, reason: str = "") -> None:
        self._state, self._reason = state, reason

    def _hush(self) -> None:
        if self._child and self._told:
            self._child.kill()

    def _work(self) -> None:
        spare = self._warm()
        while self._wait():
            child = spare or self._warm()
            spare = None
            words = self._take(child)
            if child and words:
                self._utter(child, words)
                child = self._warm() if self._state == "ready" or self._pending else None
            spare = child
        if spare:
            spare.bury()

    def _wait(self) -> bool:
        """Sleep until there is a text to say; false when the voice is closing."""
        with self._turn:
            self._turn.wait_for(lambda: self._pending or self._closing)
            return not self._closing

    def _take(self, child: Child | None) -> _Words | None:
        """Take the text that waits, if it still does. With no helper to tell it to, it is dropped: already failed."""
        with self._turn:
            words, self._pending = self._pending, None
            if child and words:
                self._told, self._latest = True, words
                self._become("speaking")
            return words

    def _warm(self) -> Child | None:
        """Start a helper and wait until it is ready; none when it fails or the voice is closing."""
        try:
            child = Child()
        except OSError:
            self._settle(None, "error start")
            return None
        with self._turn:
            self._child, self._told = child, False
            if self._closing:
                child.kill()
        status = child.status(self._patience.start_s)
        self._settle(None, status)
        if status == "ready":
            return child
        child.bury()
        return None

    def _utter(self, child: Child, words: _Words) -> None:
        child.tell(words.text, words.language)
        status = child.status(self._patience.make_s)
        if status == "speaking":
            status = child.status(self._patience.play_s)
        child.bury()
        self._settle(words, status)

    def _settle(self, words: _Words | None, status: str) -> None:
        """Show how a text ended (or, without one, whether a helper started), unless a newer wish has overtaken it."""
        with self._turn:
            failed = status.startswith("error")
            current = words is self._latest or (words is None and failed)
            if current and not self._closing:
                self._become("failed" if failed else "ready", status.removeprefix("error ") if failed else "")
                self._latest = None
        self._tell()
