"""`kiosk setup --district FILE`: this desk joins a district."""

from __future__ import annotations

from kiosk.commands.common import output
from kiosk.district.enrollment import join, read_enrollment
from kiosk.errors import Exit
from kiosk.settings import Home, typed_path


def join_district(home: Home, typed: str) -> int:
    """Prove the way with one empty call, keep the settings, and print what follows."""
    made = read_enrollment(typed_path(typed))
    answer = join(home, made)
    output.data(f"This desk belongs to the district {made.settings.district}. Its database has {answer.size} entries.")
    output.data(f"The settings are in {home.enrollment_file}. The kiosk sends what is new while it is open.")
    output.data(f"Delete {typed}: it has a secret.")
    return Exit.DONE
