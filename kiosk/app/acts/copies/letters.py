"""The letter that answers a records request, for commands and screens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from kiosk.log.acts.requests import find_request
from kiosk.log.archive import LogHistory
from kiosk.record.disclosure.levels import LEVELS, Level
from kiosk.record.entries import Entry
from kiosk.record.requests.records_request import RecordsRequest
from kiosk.reports.acts.copies import Copy, copies_of
from kiosk.reports.acts.letter import FORM, letter_of
from kiosk.reports.document.formats import DocumentFormat
from kiosk.reports.document.model import Document
from kiosk.reports.export_request import Request, shareable_settings
from kiosk.reports.formats import ExportFormat
from kiosk.settings import Home, Mode
from kiosk.system.date_range import ALL_DAYS


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter: the request that it answers, the copies that were given, and its words."""

    request: RecordsRequest
    copies: list[Copy]
    document: Document

    def entry(
        self, how: DocumentFormat, data: bytes, path: str | None, meanings: Mapping[str, str], by: str = ""
    ) -> Entry:
        """Return the entry about the letter: its level is that of the copy that shows most.

        path: the absolute one of its file, None for standard output. meanings: of the path, if it has two.
        """
        level = max((copy.level for copy in self.copies if copy.level is not None), default=Level.PUBLIC)
        whom = {"for": self.request.meanings["requester"]} if "requester" in self.request.meanings else {}
        export = Request(
            format=ExportFormat.HTML,
            level=next(name for name, one in LEVELS.items() if one is level),
            numbers=(),
            days=ALL_DAYS,
            whom=self.request.requester,
            path=path,
            meanings=whom | dict(meanings),
            by=by,
        )
        return export.entry(0, digest=sha256(data).hexdigest(), form=f"{FORM}.{how}")


def letter(home: Home, mode: Mode, log: LogHistory, no: str, today: date) -> Letter:
    """Return the letter for the request with this number. Raises UsageError when there is none, Altered."""
    request = find_request(log, no, mode)
    copies = copies_of(log, home, mode, request)
    words = letter_of(request, copies, school=shareable_settings(home).school, mode=mode, today=today)
    return Letter(request, copies, words)
