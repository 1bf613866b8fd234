"""The report of one record, for commands and screens."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from hashlib import sha256

from kiosk.app.acts.copies.exports import Planned
from kiosk.desk.referral import matrix
from kiosk.record.encounter_record import fold
from kiosk.record.entries import Entry, decode
from kiosk.record.pack_entries import kept_content, protocol_in
from kiosk.reports.document.formats import DocumentFormat
from kiosk.reports.document.model import Document
from kiosk.reports.encounter.proof import proofs
from kiosk.reports.encounter.report import FORM, Sources, encounter_report
from kiosk.reports.formatting import moment
from kiosk.system.clock import Instant


def document_of(planned: Planned, now: Instant) -> Document:
    """Return the report of the only record of a planned export. now: when it is made."""
    log, (record_id,) = planned.log, planned.ids
    entries = [decode(kept) for kept in log.entries(record_id)]
    used, page = fold(entries).protocol.content_hash, planned.export.page(1)
    about = [("Made", moment(now)), *(pair for pair in page.about if pair[0] == "Made for")]
    sources = Sources(
        entries=entries,
        page=replace(page, about=about),
        protocol=protocol_in(kept_content(log, used), used),
        proofs=proofs(planned.home, planned.mode, log, entries),
        matrix=partial(matrix, small=True),
    )
    return encounter_report(sources)


def entry_of(planned: Planned, how: DocumentFormat, data: bytes, path: str | None) -> Entry:
    """Return the entry about the report of one record. path: the absolute one of its file, None for standard output."""
    return replace(planned.request, path=path).entry(1, digest=sha256(data).hexdigest(), form=f"{FORM}.{how}")
