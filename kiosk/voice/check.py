"""Whether this machine could speak, for `kiosk doctor`."""

from __future__ import annotations

from kiosk.voice.child import Child
from kiosk.voice.speaker import WHY_SILENT


def check(within_s: float = 5.0) -> tuple[bool, str]:
    """Try library, player and sound card with a moment of silence, in a helper process, for at most `within_s` seconds.

    Comes back as (ready to speak, one sentence). Never raises.
    """
    try:
        child = Child("--check")
    except OSError:
        return False, WHY_SILENT["start"]
    status = child.status(within_s)
    child.bury()
    if status == "done":
        return True, "The voice is ready."
    return False, WHY_SILENT.get(status.removeprefix("error "), WHY_SILENT["ended"])
