"""The voice of a kiosk that has none, and of every test that is not about the voice."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.voice.speaker import State


class SilentSpeaker:
    """Fits `Speaker` and does nothing."""

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
