"""The real speaker: one helper process for each text, and one ready in advance. A thread waits for it."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from dataclasses import dataclass

from kiosk.voice.child import Child
from kiosk.voice.pronouncing import pronounced
from kiosk.voice.speaker import State

_JOIN_S = 3.0


@dataclass(frozen=True, slots=True)
class Patience:
    """Maximum time without a status line, in seconds: while starting, while rendering, while playing."""

    start_s: float = 10.0
    make_s: float = 15.0
    play_s: float = 120.0


@dataclass(frozen=True, eq=False, slots=True)
class _Words:
    text: str
    language: str


def _no_listener() -> None:
    """Do nothing."""


class ProcessSpeaker:
    """A `Speaker` with at most one text and one process at a time."""

    def __init__(self, patience: Patience | None = None) -> None:
        self._changed: Callable[[], object] = _no_listener
        self._patience = patience or Patience()
        self._turn = threading.Condition()  # guards every field below
        self._state: State = "silent"
        self._reason = ""
        self._pending: _Words | None = None  # requested, not yet sent to a helper
        self._latest: _Words | None = None  # the text that the state is about
        self._child: Child | None = None  # the only process there is
        self._busy = False  # that process has a text
        self._closing = False
        self._worker = threading.Thread(target=self._work, name="kiosk-voice", daemon=True)
        self._worker.start()

    @property
    def state(self) -> State:
        """The present state of the voice."""
        return self._state

    @property
    def reason(self) -> str:
        """Reason for the state `failed`, a key of `WHY_SILENT`; else empty."""
        return self._reason

    def listen(self, changed: Callable[[], object]) -> None:
        """Call `changed` each time the state may have changed."""
        self._changed = changed

    def say(self, text: str, language: str) -> None:
        """Start speaking a "say" text of the protocol, and stop any other text. A blank text only stops."""
        if not text.strip():
            self.stop()
            return
        with self._turn:
            if self._closing:
                return
            self._latest = self._pending = _Words(pronounced(text, language), language)
            self._set_state("speaking")
            self._kill_speaking()
            self._turn.notify()
        self._notify()

    def stop(self) -> None:
        """Stop speaking now."""
        with self._turn:
            self._latest = self._pending = None
            spoke = self._state == "speaking"
            if spoke:
                self._set_state("ready")
            self._kill_speaking()
        if spoke:
            self._notify()

    def close(self) -> None:
        """Stop speaking permanently. The helper and its player are killed before this returns."""
        with self._turn:
            self._closing = True
            self._latest = self._pending = None
            self._set_state("silent")
            if self._child:
                self._child.kill()
            self._turn.notify()
        if threading.current_thread() is not self._worker:
            self._worker.join(_JOIN_S)

    def _notify(self) -> None:
        # The screen may have closed; its event loop then refuses the call.
        with contextlib.suppress(RuntimeError):
            self._changed()

    def _set_state(self, state: State, reason: str = "") -> None:
        self._state, self._reason = state, reason

    def _kill_speaking(self) -> None:
        if self._child and self._busy:
            self._child.kill()

    def _work(self) -> None:
        spare = self._start_helper()
        while self._wait():
            child = spare or self._start_helper()
            spare = None
            words = self._take(child)
            if child and words:
                self._speak(child, words)
                child = self._start_helper() if self._state == "ready" or self._pending else None
            spare = child
        if spare:
            spare.dispose()

    def _wait(self) -> bool:
        """Wait for a text; return False when the voice is closing."""
        with self._turn:
            self._turn.wait_for(lambda: self._pending or self._closing)
            return not self._closing

    def _take(self, child: Child | None) -> _Words | None:
        """Return and clear the waiting text. Without a helper it is dropped, and the state is already `failed`."""
        with self._turn:
            words, self._pending = self._pending, None
            if child and words:
                self._busy, self._latest = True, words
                self._set_state("speaking")
            return words

    def _start_helper(self) -> Child | None:
        """Start a helper and wait until it is ready; return None when it fails or the voice is closing."""
        try:
            child = Child()
        except OSError:
            self._finish(None, "error start")
            return None
        with self._turn:
            self._child, self._busy = child, False
            if self._closing:
                child.kill()
        status = child.status(self._patience.start_s)
        self._finish(None, status)
        if status == "ready":
            return child
        child.dispose()
        return None

    def _speak(self, child: Child, words: _Words) -> None:
        child.tell(words.text, words.language)
        status = child.status(self._patience.make_s)
        if status == "speaking":
            status = child.status(self._patience.play_s)
        child.dispose()
        self._finish(words, status)

    def _finish(self, words: _Words | None, status: str) -> None:
        """Set the state after a text ended (or a helper started, without `words`), unless a newer request exists."""
        with self._turn:
            failed = status.startswith("error")
            current = words is self._latest or (words is None and failed)
            if current and not self._closing:
                self._set_state("failed" if failed else "ready", status.removeprefix("error ") if failed else "")
                self._latest = None
        self._notify()
