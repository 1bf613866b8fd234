"""The act that exports records, at the review screens."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final

from kiosk.app.acts.copies.asked_days import asked_range, choices, named
from kiosk.app.acts.copies.exports import Planned, plan, save, shown_again
from kiosk.app.acts.copies.previews import asked_receiver, asked_target, preview
from kiosk.app.acts.copies.saving import ROOM, choose, say
from kiosk.app.acts.entering import Acts
from kiosk.app.acts.texts import AnsweredTexts, asks
from kiosk.errors import Refused, UsageError
from kiosk.log.archive import LogHistory
from kiosk.log.record_search import find_records
from kiosk.presentation.acts import Answers, Group, Offer, Preview, Progress, Question
from kiosk.presentation.days import Days
from kiosk.presentation.values import Choice
from kiosk.record.disclosure.levels import LEVELS, Level
from kiosk.record.entries import Entry
from kiosk.record.people.roles import Right
from kiosk.reports.export_request import Request
from kiosk.reports.formats import ExportFormat
from kiosk.system.date_range import ALL_DAYS, DateRange

_NUMBERS: Final = "numbers"
_ROOM_FOR_NUMBERS: Final = 1000
_ROOM_FOR_ONE: Final = 10_000
"""Bytes of a usual record in the largest format, rounded up."""
_ROOM_IN_PACKAGE: Final = 40_000
"""Likewise while an evidence package is made: its files are there before they are packed."""

ENDINGS: Final[Mapping[ExportFormat, str]] = {
    ExportFormat.XLSX: ".xlsx",
    ExportFormat.CSV_ZIP: "-csv.zip",
    ExportFormat.CSV: ".csv",
    ExportFormat.JSONL: ".jsonl",
    ExportFormat.HTML: ".html",
    ExportFormat.PDF: ".pdf",
    ExportFormat.PACKAGE: "-package.zip",
}
"""How the names of files end, in the order of the question."""


def export_offer(acts: Acts) -> Offer:
    """Return the act that exports records."""
    return Offer("export", say(acts, "export"), Right.EXPORT, asks(partial(_next, acts)), Group.REPORTS)


def planned_here(acts: Acts, log: LogHistory, request: Request) -> Planned:
    """Return the export that the person at the screen may make.

    Raises as `plan`, and Refused for one that shows what an earlier one withheld: that takes two persons.
    """
    planned = plan(acts.home, acts.mode, log, request, acts.clock)
    if lifted := planned.lifted:
        repair = "Two persons are needed: run `kiosk log export` or `kiosk report encounter` with --second NAME."
        raise Refused(shown_again(lifted), repair)
    return planned


def about(acts: Acts, planned: Planned) -> list[str]:
    """Return what a preview says about an export."""
    request, log = planned.request, planned.log
    lines = [
        say(acts, "line.count", n=len(planned.ids)),
        say(acts, "line.level", words=say(acts, f"level.{request.level}")),
    ]
    if planned.privileged:
        lines.append(say(acts, "line.privileged", n=planned.privileged))
    return [*lines, *log.left_out]


def _next(acts: Acts, answers: Answers) -> Question | Preview:
    texts = acts.texts(answers)
    request = _asked_level(acts, texts, _asked_records(acts, texts, answers))
    if "format" not in answers:  # these answers are refused before others are asked for
        _ = _count(acts, request)
    formats = [one for one in ENDINGS if request.level != "statistics" or one is not ExportFormat.PACKAGE]
    request = replace(request, format=choose(acts, texts, "format", formats))
    newest = "place" in answers and "for" not in answers
    each = _ROOM_IN_PACKAGE if request.format is ExportFormat.PACKAGE else _ROOM_FOR_ONE
    room = ROOM + (each * _count(acts, request) if newest else 0)
    target = asked_target(acts, texts, _stem(acts, request), ENDINGS[request.format], room)
    receiver = asked_receiver(acts, texts)
    request = replace(
        request,
        whom=receiver.whom,
        path=str(target.free),
        meanings=texts.meanings({"for": receiver.whom, "path": str(target.free)}),
        by=receiver.by,
    )

    def write(path: Path, progress: Progress) -> Entry:
        with acts.reading() as log:
            return save(planned_here(acts, log, request), path, acts.clock, progress)

    with acts.reading() as log:
        lines = about(acts, planned_here(acts, log, request))
    return preview(acts, texts, target, lines, receiver, write)


def _asked_records(acts: Acts, texts: AnsweredTexts, answers: Answers) -> Request:
    """Return a request for the days or the records that were asked for. Raises Asking, UsageError."""
    some = Choice(_NUMBERS, say(acts, "days.numbers"))
    which = texts.chosen(Question("days", say(acts, "days"), choices=[*choices(acts, Days), some]))
    if which != _NUMBERS:
        return _request(asked_range(acts, texts, Days(which)))
    question = Question(_NUMBERS, say(acts, "numbers"), say(acts, "numbers.how"), room=_ROOM_FOR_NUMBERS)
    typed = texts.answer(question)
    numbers = tuple(dict.fromkeys(no.upper() for no in re.split(r"[\s,;]+", typed) if no))
    if not numbers:
        raise UsageError("No number was typed.", "Type one, such as 2026-0001.", "save.no-number")
    if "level" not in answers:
        with acts.reading() as log:
            find_records(log, numbers, acts.mode)
    return _request(ALL_DAYS, numbers)


def _request(days: DateRange, numbers: tuple[str, ...] = ()) -> Request:
    return Request(ExportFormat.JSONL, Level.FULL.name.lower(), numbers, days, "", None)


def _asked_level(acts: Acts, texts: AnsweredTexts, request: Request) -> Request:
    """Return the request at the level that was chosen. Raises Asking."""
    fitting = {name: one for name in reversed([*LEVELS]) if (one := _at(request, name, acts.today)) is not None}
    levels = [Choice(name, say(acts, f"level.{name}")) for name in fitting]
    lines = [] if "statistics" in fitting else [say(acts, "level.no-statistics")]
    return fitting[texts.chosen(Question("level", say(acts, "level"), choices=levels, lines=lines))]


def _at(request: Request, level: str, today: date) -> Request | None:
    """Return the request at a level; None where it can't be answered."""
    try:
        made = replace(request, level=level).fitting(today)
    except UsageError:
        return None
    first, last = made.days.first, made.days.last
    return None if first and last and first > last else made  # of a month that is not over, nothing is left


def _count(acts: Acts, request: Request) -> int:
    """Return the number of records that are asked for. Raises as `planned_here`."""
    with acts.reading() as log:
        return len(planned_here(acts, log, request).ids)


def _stem(acts: Acts, request: Request) -> str:
    match request.numbers:
        case ():
            of = f"records-{named(request.days, acts.today)}"
        case (no,):
            of = f"record-{no}"
        case (first, *_, last):
            of = f"{len(request.numbers)}-records-{first}-to-{last}"
    return f"{of}-{request.level}"
