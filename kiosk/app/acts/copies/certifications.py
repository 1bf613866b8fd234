"""The page with which a custodian certifies a copy, for commands and screens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from kiosk.app.acts.copies.documents import content
from kiosk.app.acts.verification import verified
from kiosk.errors import Refused
from kiosk.record.bodies import MEANING
from kiosk.record.disclosure.levels import LEVELS
from kiosk.record.entries import Entry
from kiosk.record.verification.verdict import Verdict
from kiosk.reports.certification.identified_copy import IdentifiedCopy
from kiosk.reports.certification.page import FORM, LogCheck, certification
from kiosk.reports.document.formats import DocumentFormat
from kiosk.reports.export_request import Request
from kiosk.reports.formats import ExportFormat
from kiosk.reports.paper.document_pdf import as_one_page
from kiosk.settings import Home, Mode, read_settings
from kiosk.system.clock import Instant
from kiosk.system.date_range import ALL_DAYS
from kiosk.system.progress import NewProgress


@dataclass(frozen=True, slots=True)
class Certified:
    """A page for the custodian: the copy, the verdict on the log, and the bytes of the page."""

    copy: IdentifiedCopy
    verdict: Verdict
    how: DocumentFormat
    data: bytes

    def entry(self, path: str | None, meanings: Mapping[str, str], by: str = "") -> Entry:
        """Return the entry about the page: it has the records, level and recipient of the copy.

        path: the absolute one of its file, None for standard output. meanings: of the path, if it has two.
        """
        body = self.copy.entry.body
        level, whom = str(body.get("level")), str(body.get("for") or "")
        known = {"for": body[MEANING + "for"]} if whom and MEANING + "for" in body else {}
        request = Request(
            format=ExportFormat.HTML,
            level=level if level in LEVELS else next(iter(LEVELS)),
            numbers=tuple(map(str, body.get("records") or ())),
            days=ALL_DAYS,
            whom=whom,
            path=path,
            meanings=known | dict(meanings),
            by=by,
        )
        digest = sha256(self.data).hexdigest()
        return request.entry(int(body.get("count", 0)), digest=digest, form=f"{FORM}.{self.how}")


def certified(
    copy: IdentifiedCopy, how: DocumentFormat, home: Home, mode: Mode, now: Instant, shown: NewProgress
) -> Certified:
    """Verify the log, and return the page about a copy. shown: shows the progress.

    Raises Refused if the log does not match its hashes or checkpoints, or if the page can't be a PDF.
    """
    report = verified(home, mode, [], [], shown)
    if report.verdict is Verdict.DOES_NOT_MATCH:
        repair = "Keep the log unchanged and call the Superintendent's Office. `kiosk log verify` shows more."
        raise Refused("Nothing was certified, because the log does not match its hashes or checkpoints.", repair)
    settings, check = read_settings(home), LogCheck(report.verdict, len(report.logs))
    document = certification(copy, check, settings.school, practice=mode == "practice", now=now)
    data = as_one_page(document, settings.paper) if how is DocumentFormat.PDF else content(document, how, home)
    return Certified(copy, report.verdict, how, data)
