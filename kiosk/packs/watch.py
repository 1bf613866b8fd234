"""Check before each new record whether the copy of the pack in use has changed.

The running protocol stays in memory. A copy that was altered meanwhile is refused, shown and logged, as at a start. A
version that was installed meanwhile causes no warning: it runs from the next start on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from kiosk.errors import KioskError
from kiosk.packs.library import InForce, Library, Refusal, judged, key_of, outdone, unreadable
from kiosk.record.approval import Approval
from kiosk.record.pack_entries import PackRefusal
from kiosk.settings import Settings


class Watch:
    """Watch over the live pack of this session. `refused`: why the copy in use may not run, by the last check."""

    def __init__(self, library: Library, settings: Settings, force: InForce) -> None:
        self._library, self._settings, self._force = library, settings, force
        self._seen: Mapping[str, bytes] | None = force.found.raw_files if force.refused is None else None
        self._judged_on: date | None = None
        self.refused, self.overdue = force.refused, force.overdue

    def check(self, today: date) -> Iterator[Refusal | Approval]:
        """Yield changes since the last check: a refusal, or an approval that has become overdue.

        It reads a few files, and judges them only when a byte changed, and once a day while they are refused, because a
        copy may come into effect. Raises nothing.
        """
        before, self.refused = self.refused, self._judged(today)
        if self.refused is not None and self.refused != before and self.refused.code is not PackRefusal.NOT_YET:
            yield self.refused
        approval = self._force.approval
        if approval is not None and today > approval.review_by and not self.overdue:
            self.overdue = True
            yield approval

    def _judged(self, today: date) -> Refusal | None:
        settings = self._settings
        try:
            files = self._library.raw_files(settings.protocol)
            if files == self._seen and (self.refused is None or today == self._judged_on):
                return self.refused
            self._seen, self._judged_on = files, today
            held = judged(self._library.find(settings.protocol), key_of(settings), today)
        except KioskError as error:
            self._seen = None
            return unreadable(error, settings.protocol)
        running = self._force.approval
        if isinstance(held, Refusal) or running is None or held.content_hash == running.content_hash:
            return held if isinstance(held, Refusal) else None
        return outdone(held, running, today)
