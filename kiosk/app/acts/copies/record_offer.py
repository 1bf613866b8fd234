"""The act that saves one record, at the review screens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final, Literal, TypeAlias

from kiosk.app.acts.copies.documents import content
from kiosk.app.acts.copies.export_offer import ENDINGS, about, planned_here
from kiosk.app.acts.copies.exports import plan, save
from kiosk.app.acts.copies.previews import asked_receiver, asked_target, preview
from kiosk.app.acts.copies.record_copies import document_of, entry_of
from kiosk.app.acts.copies.report_offer import FORMATS
from kiosk.app.acts.copies.saving import ROOM, choose, say
from kiosk.app.acts.copies.withheld import Copied, asked_withheld, decisions
from kiosk.app.acts.copies.withheld import lines as withheld_lines
from kiosk.app.acts.entering import Acts
from kiosk.app.acts.texts import asks
from kiosk.log.archive import LogHistory
from kiosk.presentation.acts import Answers, Offer, Preview, Progress, Question
from kiosk.protocol.model import Protocol
from kiosk.record.disclosure.levels import LEVELS, Level
from kiosk.record.encounter_record import EncounterRecord
from kiosk.record.entries import Entry
from kiosk.record.people.roles import Right
from kiosk.reports.document.formats import DocumentFormat
from kiosk.reports.export_request import Request
from kiosk.reports.formats import ExportFormat
from kiosk.system.date_range import ALL_DAYS
from kiosk.system.files import save_new_file

_Format: TypeAlias = DocumentFormat | Literal[ExportFormat.PACKAGE]

_LEVELS: Final = [name for name in reversed([*LEVELS]) if LEVELS[name] > Level.STATISTICS]
_FORMATS: Final[Sequence[_Format]] = (*FORMATS, ExportFormat.PACKAGE)


def record_copy_offer(acts: Acts, record: EncounterRecord, protocol: Protocol | None) -> Offer:
    """Return the act that saves this record. protocol: the version that it used; None if the log does not have it."""
    return Offer("save", say(acts, "record"), Right.EXPORT, asks(partial(_next, acts, Copied(record, protocol))))


def _next(acts: Acts, copied: Copied, answers: Answers) -> Question | Preview:
    texts, record = acts.texts(answers), copied.record
    level = choose(acts, texts, "level", _LEVELS)
    request = Request(ExportFormat.HTML, level, (record.no,), ALL_DAYS, "", None)
    if "format" not in answers:  # a flagged record is refused before anything else is asked
        with acts.reading() as log:
            plan(acts.home, acts.mode, log, request, acts.clock)
    how = choose(acts, texts, "format", _FORMATS)
    withheld = asked_withheld(acts, texts, copied)
    request = replace(request, withhold=decisions(texts, record.no, withheld, ""))
    if "place" not in answers:
        with acts.reading() as log:
            planned_here(acts, log, request)
    ending = ENDINGS[ExportFormat.PACKAGE] if how is ExportFormat.PACKAGE else f".{how}"
    target = asked_target(acts, texts, f"record-{record.no}-{level}", ending, ROOM)
    receiver = asked_receiver(acts, texts)
    request = replace(
        request,
        whom=receiver.whom,
        path=str(target.free),
        meanings=texts.meanings({"for": receiver.whom, "path": str(target.free)}),
        withhold=decisions(texts, record.no, withheld, receiver.by),
        by=receiver.by,
    )

    def write(path: Path, progress: Progress) -> Entry:
        with acts.reading() as log:
            return _written(acts, log, request, how, path, progress)

    with acts.reading() as log:
        lines = [say(acts, "line.record", no=record.no), *about(acts, planned_here(acts, log, request))[1:]]
    return preview(acts, texts, target, [*lines, *withheld_lines(acts, copied, withheld)], receiver, write)


def _written(acts: Acts, log: LogHistory, request: Request, how: _Format, path: Path, progress: Progress) -> Entry:
    if how is ExportFormat.PACKAGE:
        package = planned_here(acts, log, replace(request, format=ExportFormat.PACKAGE))
        return save(package, path, acts.clock, progress)
    planned = planned_here(acts, log, request)
    data = content(document_of(planned, acts.clock.now()), how, acts.home)
    save_new_file(path, [data])
    return entry_of(planned, how, data, str(path))
