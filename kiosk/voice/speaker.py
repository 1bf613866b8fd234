"""The port every front end speaks through, and the words for what kept it silent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Literal, Protocol

State = Literal["silent", "ready", "speaking", "failed"]
"""silent: no voice (yet). ready: would speak at once. speaking: busy with a text. failed: the last try was mute."""

WHY_SILENT: Mapping[str, str] = MappingProxyType(
    {
        "package": "No voice: install the Python package pyttsx3.",
        "library": "No voice: install libespeak-ng1 and alsa-utils.",
        "player": "No voice: install alsa-utils.",
        "card": "No voice: no sound came out. Connect a speaker or headset and check the sound settings.",
        "language": "No voice for this language: read the words aloud yourself.",
        "folder": "No voice: there is no room for a temporary file. Free some space on this disk.",
        "late": "No voice: it took too long and was stopped. Try again.",
        "ended": "No voice: it stopped by itself. Try again.",
        "start": "No voice: its helper program could not be started. Restart the kiosk.",
    }
)
"""For each reason word a sentence with the repair, for the person at the desk or for `kiosk doctor`."""


class Speaker(Protocol):
    """Says one text at a time. No method waits for sound, and none raises: what goes wrong is silence and a state.

    Only "say" texts of the protocol in force may be passed. Never what staff typed, never a "do" text, never a name:
    the visitor hears it, and a helper program holds it for as long as it speaks.
    """

    @property
    def state(self) -> State:
        """What the voice is doing now; cheap enough to ask on every tick of a screen."""

    @property
    def reason(self) -> str:
        """Why the state is failed, as a key of `WHY_SILENT`; empty otherwise."""

    def listen(self, changed: Callable[[], object]) -> None:
        """Call `changed` from now on, on whatever thread it happens, each time the state may have changed.

        It must return at once, and may raise RuntimeError when whoever listened is gone.
        """

    def say(self, text: str, language: str) -> None:
        """Start saying `text`, a "say" text of the protocol, in `language` (`en`, `es`, …); a text before it ends."""

    def stop(self) -> None:
        """Be quiet now."""

    def close(self) -> None:
        """Be quiet for good and leave no process behind; may be called twice."""
