"""Check of the voice, for `kiosk doctor`."""

from __future__ import annotations

from kiosk.voice.child import Child
from kiosk.voice.speaker import WHY_SILENT


def check(within_s: float = 5.0) -> tuple[bool, str]:
    """Test library, player and sound card with a moment of silence, in a helper process, within `within_s` seconds.

    Return whether the voice works, and one sentence about it. Never raises.
    """
    try:
        child = Child("--check")
    except OSError:
        return False, WHY_SILENT["start"]
    status = child.status(within_s)
    child.dispose()
    if status == "done":
        return True, "The voice is ready."
    return False, WHY_SILENT.get(status.removeprefix("error "), WHY_SILENT["ended"])
