"""Whether the copy of the pack in use is still what it was: looked at before each encounter opens.

What runs is in memory and goes on; a copy that was altered meanwhile is refused, said and entered, as at a start. One
that was installed meanwhile is no reason for a word: it runs from the next start on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from kiosk.errors import KioskError
from kiosk.packs.library import InForce, Library, Refusal, judged, key_of, outdone
from kiosk.record.approval import Approval
from kiosk.record.pack_entries import PackRefusal
from kiosk.settings import Settings


class Watch:
    """Over what runs live in this session. `refused` is the copy in use that may not run, as it was looked at last."""

    def __init__(self, library: Library, settings: Settings, force: InForce) -> None:
        self._library, self._settings, self._force = library, settings, force
        self._seen: Mapping[str, bytes] | None = force.found.lies if force.refused is None else None
        self._judged_on: date | None = None
        self.refused, self.overdue = force.refused, force.overdue

    def look(self, today: date) -> Iterator[Refusal | Approval]:
        """What is new since it was looked at last: a refusal, or the approval that has become overdue.

        It costs the reading of a few files. They are judged only when a byte of them changed, and once more on each
        day while they are refused: one that waits for its day comes to it. Raises nothing.
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
            lies = self._library.lies(settings.protocol)
            if lies == self._seen and (self.refused is None or today == self._judged_on):
                return self.refused
            self._seen, self._judged_on = lies, today
            held = judged(self._library.find(settings.protocol), key_of(settings), today)
        except KioskError as error:
            self._seen = None
            return Refusal(PackRefusal.UNREADABLE, error.what, error.repair, settings.protocol)
        running = self._force.approval
        if isinstance(held, Refusal) or running is None or held.seal == running.seal:
            return held if isinstance(held, Refusal) else None
        return outdone(held, running, today)
