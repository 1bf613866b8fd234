"""This program, as it starts itself for work beside the desk."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import kiosk

PROGRAM: Final = (sys.executable, "-I", "-X", "utf8", str(Path(kiosk.__file__).with_name("__main__.py")))
"""Its first words: it also starts from a folder that Python does not search for modules."""

# Only Windows has them; elsewhere such a process takes the lowest priority itself.
_FLAGS: Final[int] = getattr(subprocess, "CREATE_NO_WINDOW", 0) | getattr(subprocess, "IDLE_PRIORITY_CLASS", 0)

BACKGROUND: Final[dict[str, Any]] = {"start_new_session": True, "creationflags": _FLAGS}
"""How such a process is started: no signal of the terminal reaches it."""
