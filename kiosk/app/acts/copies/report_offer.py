"""The act that saves a report, a letter or a certification, at the review screens."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Final, assert_never

from kiosk.app.acts.copies.asked_days import asked_range, choices, named
from kiosk.app.acts.copies.certifications import certified
from kiosk.app.acts.copies.documents import content
from kiosk.app.acts.copies.letters import letter
from kiosk.app.acts.copies.previews import Receiver, asked_receiver, asked_target, preview
from kiosk.app.acts.copies.reports import save
from kiosk.app.acts.copies.saving import ROOM, choose, say
from kiosk.app.acts.entering import Acts
from kiosk.app.acts.texts import AnsweredTexts, asks
from kiosk.errors import Refused
from kiosk.log.acts.requests import all_requests
from kiosk.log.archive import LogHistory
from kiosk.presentation.acts import Answers, Done, Group, Offer, Preview, Progress, Question
from kiosk.presentation.days import Days
from kiosk.presentation.values import Choice
from kiosk.record.entries import Entry, LoggedEntry, decoded_or_none
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.people.logins import Viewed, viewed
from kiosk.record.people.roles import Right
from kiosk.reports.certification.identified_copy import identified
from kiosk.reports.certification.page import FORM
from kiosk.reports.document.formats import DocumentFormat
from kiosk.reports.document.reading import reading_lines
from kiosk.reports.formatting import moment, with_meaning
from kiosk.reports.period.document import as_document
from kiosk.reports.period.request import Kind, Made, Source, board_report, period_report, quarters_asked
from kiosk.system.date_range import DateRange
from kiosk.system.files import save_new_file
from kiosk.system.progress import Told

FORMATS: Final = (DocumentFormat.PDF, DocumentFormat.HTML)
_NEWEST: Final = 200
"""Number of the newest exports whose files are looked for."""
_SCREEN: Final = "screen"
_LISTED: Final = 20
"""Maximum number of requests or copies to choose from, the newest."""


class _Which(StrEnum):
    """A report. `save.which.<id>` are its words."""

    PERIOD = "period"
    NAMES = "names"
    BOARD = "board"
    LETTER = "letter"
    CERTIFICATION = "certification"


_NAMES: Final = {
    _Which.PERIOD: "report",
    _Which.NAMES: "report-with-names",
    _Which.BOARD: "board-report",
}
"""How the names of the files begin."""


def report_offer(acts: Acts) -> Offer:
    """Return the act that saves a report."""
    return Offer("report", say(acts, "report"), Right.EXPORT, asks(partial(_next, acts)), Group.REPORTS)


def letter_offer(acts: Acts, no: str) -> Offer:
    """Return the act that saves the letter for one records request."""

    def next_(answers: Answers) -> Question | Preview:
        return _letter(acts, acts.texts(answers), no)

    return Offer("letter", say(acts, "letter"), Right.EXPORT, asks(next_))


def asked_format(acts: Acts, texts: AnsweredTexts) -> DocumentFormat:
    """Return the format of a page. Raises Asking."""
    return choose(acts, texts, "format", FORMATS)


def _next(acts: Acts, answers: Answers) -> Question | Preview:
    texts = acts.texts(answers)
    with acts.reading() as log:
        numbers = [one.no for one in reversed(all_requests(log)) if one.can_be_answered][:_LISTED]
    which = choose(acts, texts, "which", [one for one in _Which if numbers or one is not _Which.LETTER])
    match which:
        case _Which.PERIOD | _Which.NAMES:
            days = Days(texts.chosen(Question("days", say(acts, "days"), choices=choices(acts, Days))))
            return _report(acts, texts, which, asked_range(acts, texts, days))
        case _Which.BOARD:
            quarters = [Choice(one, say(acts, f"quarters.{one}")) for one in (Days.LAST_QUARTER, Days.ALL)]
            days = Days(texts.chosen(Question("days", say(acts, "days"), choices=quarters)))
            return _report(acts, texts, which, quarters_asked(asked_range(acts, texts, days), acts.today))
        case _Which.LETTER:
            asked = Question("request", say(acts, "request"), choices=[Choice(one, one) for one in numbers])
            return _letter(acts, texts, texts.chosen(asked))
        case _Which.CERTIFICATION:
            return _certification(acts, texts, answers)
        case _:
            assert_never(which)


def _report(acts: Acts, texts: AnsweredTexts, which: _Which, days: DateRange) -> Preview:
    kind = Kind.BOARD if which is _Which.BOARD else Kind.PERIOD
    about = [say(acts, f"which.{which}"), say(acts, "line.days", days=_in_words(acts, days))]
    screen = Choice(_SCREEN, say(acts, "format.screen"))
    files = [Choice(one, say(acts, f"format.{one}")) for one in FORMATS]
    chosen = texts.chosen(Question("format", say(acts, "format.or-screen"), choices=[screen, *files]))
    if chosen == _SCREEN:
        return _shown(acts, kind, which, days, about)
    how = next(one for one in FORMATS if one == chosen)
    target = asked_target(acts, texts, f"{_NAMES[which]}-{named(days, acts.today)}", f".{how}", ROOM)
    receiver = asked_receiver(acts, texts)

    def write(path: Path, progress: Progress) -> Entry:
        with acts.reading() as log:
            whom = with_meaning(receiver.whom, texts.meaning(receiver.whom))
            source = Source(log, acts.home, acts.mode, acts.clock.now(), whom, names=which is _Which.NAMES)
            made = _made(kind, source, days, progress)
        return save(kind, made, how, acts.home, path, receiver.whom, receiver.by)

    return preview(acts, texts, target, about, receiver, write)


def _shown(acts: Acts, kind: Kind, which: _Which, days: DateRange, about: Sequence[str]) -> Preview:
    """Return the preview of a report to read at the screen; a look is an entry, once people are set up."""

    def do(progress: Progress) -> Done:
        acts.require_log_in()
        with acts.reading() as log:
            source = Source(log, acts.home, acts.mode, acts.clock.now(), names=which is _Which.NAMES)
            made = _made(kind, source, days, progress)
        if acts.by:
            acts.enter(viewed(Viewed.REPORT, by=acts.by))
        return Done(made.report.title, [*reading_lines(as_document(made.report))])

    return Preview(say(acts, "preview.screen"), about, say(acts, "confirm.screen"), do, reads=True)


def _made(kind: Kind, source: Source, days: DateRange, progress: Progress) -> Made:
    match kind:
        case Kind.PERIOD:
            return period_report(source, days, progress)
        case Kind.BOARD:
            return board_report(source, days, progress)
        case _:
            assert_never(kind)


def _in_words(acts: Acts, days: DateRange) -> str:
    if days.first and days.last:
        return say(acts, "days.from-to", first=days.first, last=days.last)
    return say(acts, "days.until", last=days.last or acts.today)


def _letter(acts: Acts, texts: AnsweredTexts, no: str) -> Preview:
    how = asked_format(acts, texts)
    target = asked_target(acts, texts, f"letter-{no}-{acts.today}", f".{how}", ROOM)
    by = texts.by()
    with acts.reading() as log:
        asked = letter(acts.home, acts.mode, log, no, acts.today).request

    def write(path: Path, _: Progress) -> Entry:
        with acts.reading() as log:
            made = letter(acts.home, acts.mode, log, no, acts.today)
        data = content(made.document, how, acts.home)
        save_new_file(path, [data])
        return made.entry(how, data, str(path), texts.meanings({"path": str(path)}), by)

    about = [say(acts, "which.letter"), say(acts, "line.request", no=no), say(acts, "line.read-first")]
    return preview(acts, texts, target, about, Receiver(asked.requester, by), write)


def _certification(acts: Acts, texts: AnsweredTexts, answers: Answers) -> Preview:
    with acts.reading() as log:
        exports = _exports(log)
        if not exports:
            what = "None of the exported files is where it was saved."
            raise Refused(what, "Put in the stick that has it, then try again.", "save.no-copy")
        found = [Choice(path, f"{moment(kept.at)}  {path}") for path, kept in exports.items()]
        path = texts.chosen(Question("copy", say(acts, "copy"), choices=found))
        if "format" not in answers:
            identified(Path(path), acts.home, acts.mode, log)
    how = asked_format(acts, texts)
    target = asked_target(acts, texts, f"certification-of-entry-{exports[path].seq}-{acts.today}", f".{how}", ROOM)
    by = texts.by()

    def write(file: Path, progress: Progress) -> Entry:
        with acts.reading() as log:
            copy = identified(Path(path), acts.home, acts.mode, log)
        page = certified(copy, how, acts.home, acts.mode, acts.clock.now(), Told(progress))
        save_new_file(file, [page.data])
        return page.entry(str(file), texts.meanings({"path": str(file)}), by)

    about = [say(acts, "which.certification"), say(acts, "line.copy", path=path), say(acts, "line.verified-first")]
    whom = str(exports[path].body.get("for") or "")
    return preview(acts, texts, target, about, Receiver(whom, by), write)


def _exports(log: LogHistory) -> dict[str, LoggedEntry]:
    """Return the newest exports whose file is there, by its path; no certification."""
    found: dict[str, LoggedEntry] = {}
    for kept in filter(None, map(decoded_or_none, islice(log.newest(EntryKind.EXPORT_MADE), _NEWEST))):
        path = str(kept.body.get("path") or "")
        if path and not str(kept.body.get("format")).startswith(FORM) and Path(path).exists():
            found.setdefault(path, kept)
    return dict(islice(found.items(), _LISTED))
