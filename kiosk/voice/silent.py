"""Speaker without sound, for a kiosk without a voice and for tests."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.voice.speaker import State


class SilentSpeaker:
    """A `Speaker` that does nothing."""

    state: State = "silent"
    reason: str = ""

    def listen(self, changed: Callable[[], object]) -> None:
        """Stay silent."""

    def say(self, text: str, language: str) -> None:
        """Stay silent."""

    def stop(self) -> None:
        """Stay silent."""

    def close(self) -> None:
        """Stay silent."""
