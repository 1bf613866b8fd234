"""The speech port for front ends, and sentences for its failures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Literal, Protocol

State = Literal["silent", "ready", "speaking", "failed"]
"""silent: no voice (yet). ready: can speak at once. speaking: busy with a text. failed: the last text failed."""

WHY_SILENT: Mapping[str, str] = MappingProxyType(
    {
        "package": "No voice: install the Python package pyttsx3.",
        "library": "No voice: install libespeak-ng1 and alsa-utils.",
        "player": "No voice: install alsa-utils.",
        "card": "No voice: no sound came out. Connect a speaker or headset and check the sound settings.",
        "language": "No voice for this language: read the words aloud yourself.",
        "folder": "No voice: there is no space for a temporary file. Free some space on this disk.",
        "late": "No voice: it took too long and was stopped. Try again.",
        "ended": "No voice: its helper program stopped. Try again.",
        "start": "No voice: its helper program could not be started. Restart the kiosk.",
    }
)
"""For each reason code, a sentence with the repair, for desk staff and `kiosk doctor`."""


class Speaker(Protocol):
    """Speaks one text at a time. No method waits for sound or raises; a failure is silence with a state.

    Pass only "say" texts of the protocol in force, never typed text, a "do" text or a name: the visitor hears it, and a
    helper process holds it while it speaks.
    """

    @property
    def state(self) -> State:
        """The present state of the voice; fast enough to read on every screen update."""

    @property
    def reason(self) -> str:
        """Reason for the state `failed`, a key of `WHY_SILENT`; else empty."""

    def listen(self, changed: Callable[[], object]) -> None:
        """Call `changed` each time the state may have changed, from any thread.

        It must return at once, and may raise RuntimeError when the listener has closed.
        """

    def say(self, text: str, language: str) -> None:
        """Start speaking `text`, a "say" text of the protocol, in `language` (`en`, `es`, …); stop any other text."""

    def stop(self) -> None:
        """Stop speaking now."""

    def close(self) -> None:
        """Stop speaking permanently and leave no process; a second call does nothing."""
