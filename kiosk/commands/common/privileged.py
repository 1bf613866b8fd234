"""A message about the privileged notes that a copy shows."""

from __future__ import annotations

from kiosk.app.acts.copies.exports import Planned
from kiosk.commands.common import output
from kiosk.worded import many


def warn_of_privileged(planned: Planned) -> None:
    """Say how many privileged notes a copy has; nothing if it has none."""
    if count := planned.privileged:
        has = f"The copy has {many(count, 'privileged note')}."
        output.message(f"{has} Giving it to others may end the privilege; --level counsel leaves them out.")
