"""The request for an export, and the content that answers it."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Final

from kiosk.errors import KioskError, Refused, UsageError
from kiosk.log.log import LogOnDisk
from kiosk.log.record_search import entries_of, find_records, flagged_ids
from kiosk.packs.judged_names import require_storable_settings
from kiosk.packs.library import Library
from kiosk.protocol.model import DisclosureClass, Protocol
from kiosk.record.bodies import MEANING
from kiosk.record.canonical import Json
from kiosk.record.disclosure.levels import LEVELS, Classes, Level, classes_in
from kiosk.record.disclosure.lifting import Lifting, liftings
from kiosk.record.disclosure.review import needs_review
from kiosk.record.disclosure.statistics import months_over
from kiosk.record.disclosure.withholding import NONE, Chosen, Withholding, known, values_of
from kiosk.record.encounter_record import fold
from kiosk.record.entries import Actor, Entry, LoggedEntry, decode, decoded_or_none
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.pack_entries import kept_protocols, protocols_kept
from kiosk.reports.export_parts import LINES, MANY, Plan, Progress, newest_of, parts
from kiosk.reports.exports.html import Page
from kiosk.reports.formats import BookFormat, ExportFormat, Selection, lines_of, pieces, spreadsheet
from kiosk.reports.formatting import stamp, with_meaning
from kiosk.reports.label import Label
from kiosk.reports.workbook.book import book_of
from kiosk.reports.workbook.model import Book
from kiosk.reports.workbook.writer import save
from kiosk.settings import Home, Mode, Settings, read_settings
from kiosk.system.clock import Instant
from kiosk.system.date_range import ALL_DAYS, DateRange

_EVERYTHING: Final = "everything in the log"


@dataclass(frozen=True, slots=True)
class Request:
    """The request for an export.

    level: the name of a disclosure level. numbers: record numbers, none for all in `days`. whom: the recipient.
    path: the absolute path of the file or folder, None for standard output. withhold: values to withhold by decision.
    meanings: the ids of those of the recipient (`for`) and the path, where one has two.
    by: the person who logged in for it; empty for none. second: another person, if `lifted` has values that an earlier
    copy withheld and this one shows.
    """

    format: ExportFormat
    level: str
    numbers: tuple[str, ...]
    days: DateRange
    whom: str
    path: str | None
    withhold: tuple[Withholding, ...] = ()
    meanings: Mapping[str, str] = field(default_factory=dict)
    by: str = ""
    second: str = ""
    lifted: tuple[Lifting, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether everything in the log is requested."""
        return not self.numbers and self.days == ALL_DAYS

    @property
    def period(self) -> str:
        """The days of the request, in words."""
        days = [f"{word} {day}" for word, day in (("from", self.days.first), ("to", self.days.last)) if day]
        return " ".join(days) or "all days"

    @property
    def asked(self) -> str:
        """The requested records, in words."""
        if self.numbers:
            return f"{'record' if len(self.numbers) == 1 else 'records'} {', '.join(self.numbers)}"
        return _EVERYTHING if self.days == ALL_DAYS else f"records opened {self.period}"

    def fitting(self, today: date) -> Request:
        """Return the request as it can be answered: statistics are of whole months that are over.

        Raises UsageError for parts that can't be combined.
        """
        if LEVELS[self.level] is not Level.STATISTICS:
            return self
        if self.format is ExportFormat.PACKAGE:
            repair = "Choose another format or another level."
            raise UsageError("Statistics are only counts, but a package has the time and step of each entry.", repair)
        if self.numbers or self.withhold:
            repair = "Remove --record and --withhold, or choose another level."
            raise UsageError("Statistics are counts of all encounters.", repair)
        try:
            return replace(self, days=months_over(self.days, today))
        except ValueError as error:
            repair = "Give the first day of a month with --from, and the last one of a month with --to."
            raise UsageError("Statistics are counts of whole months.", repair) from error

    def selected(self, log: LogOnDisk, mode: Mode) -> list[str]:
        """Return the ids of the requested encounters. Raises UsageError for a record that does not exist."""
        if self.numbers:
            return [record.id for record in find_records(log, self.numbers, mode)]
        if self.whole:
            return [*log.encounter_ids(EntryKind.ENCOUNTER_OPENED)]  # without reading any entry
        opened = map(decode, log.of_kind(EntryKind.ENCOUNTER_OPENED))
        found = (kept.encounter_id for kept in opened if self.days.holds(kept.at))
        return [*dict.fromkeys(one for one in found if one)]

    def entry(self, count: int, *, manifest: str | None = None, digest: str | None = None, form: str = "") -> Entry:
        """Return the entry for this export.

        manifest: the SHA-256 of a package's manifest; digest: of a file. form: the report and its format, if it is one.
        """
        body: dict[str, Json] = {
            "format": form or self.format,
            "level": self.level,
            "count": count,
            "from": str(self.days.first) if self.days.first else None,
            "to": str(self.days.last) if self.days.last else None,
            "records": list(self.numbers) or None,
            "as": "file" if self.path else "stdout",
            "path": self.path,
            "for": self.whom or None,
        }
        body |= {MEANING + name: meaning for name, meaning in self.meanings.items()}
        if manifest is not None:
            body["manifest"] = manifest
        if digest is not None:
            body["sha256"] = digest
        if self.withhold:
            body["withheld"] = [one.json for one in self.withhold]
        if self.by:
            body["by"] = self.by
        if self.lifted:
            body |= {"second": self.second, "lifted": [one.json for one in self.lifted]}
        return Entry(EntryKind.EXPORT_MADE, body, actor=Actor.COMMAND)


def values_withheld(request: Request, log: LogOnDisk, ids: Iterable[str]) -> Chosen:
    """Return the values that the request withholds among these encounters. Raises UsageError for an unknown one."""
    found: dict[tuple[str, str], Withholding] = {}
    for entries in entries_of(log, ids) if request.withhold else ():
        no = fold(entries).no
        for one in (made for made in request.withhold if made.no == no):
            values = values_of(entries, one)
            if not values and one.words and values_of(entries, replace(one, words=())):
                repair = f"Write them as `kiosk log show {no}` does; a number can only be withheld as a whole."
                raise UsageError(f"“{one.value}” in {no} does not have these words.", repair)
            if not values:
                repair = f"It has: {', '.join(known(entries)) or 'nothing that can be withheld'}."
                raise UsageError(f"{no} has no fact or note “{one.value}”.", repair)
            found |= values
    if missing := sorted({one.no for one in request.withhold} - {one.no for one in found.values()}):
        raise UsageError(f"The copy has no record {missing[0]}.", "Withhold values of records that are exported.")
    return found


def values_lifted(request: Request, log: LogOnDisk, ids: Iterable[str], classes: Classes) -> tuple[Lifting, ...]:
    """Return the values that an earlier copy withheld, and that the request shows to the same or a wider audience."""
    exports = filter(None, map(decoded_or_none, log.of_kind(EntryKind.EXPORT_MADE)))
    records = ((fold(entries).no, entries) for entries in entries_of(log, ids))
    return tuple(liftings(exports, LEVELS[request.level], request.withhold, records, classes))


def redactions(log: LogOnDisk, ids: Iterable[str], chosen: Chosen) -> Iterator[str]:
    """Return each text that the copy shows only in part, as it shows it, for the person who decided."""
    parts = {at: made for at, made in chosen.items() if made.words}
    for kept in chain.from_iterable(entries_of(log, ids)) if parts else ():
        for name in kept.body:
            if made := parts.get((kept.event_id, name)):
                yield f"{made.no}, {made.value}, entry {kept.seq}: {made.redact(kept.body[name])}"


class Export:
    """The content of an export, at the disclosure level of its request. chosen: values withheld by decision."""

    def __init__(
        self, request: Request, log: LogOnDisk, home: Home, mode: Mode, now: Instant, chosen: Chosen = NONE
    ) -> None:
        self._request, self._log, self._home, self._mode, self._now = request, log, home, mode, now
        self.classes = classes_of_home(log, home)
        district = (self.classes.staff_names, self.classes.holds)
        self.label = Label(LEVELS[request.level], request.period, shareable_settings(home).school, mode, *district)
        self.chosen = chosen

    def require_reviewed(self, ids: Sequence[str]) -> None:
        """Raise Refused if a public copy would show a record that was flagged and that nobody looked at since."""
        if self.label.level is not Level.PUBLIC:
            return
        flagged = {*flagged_ids(self._log)}
        found = [
            fold(entries).no
            for entries in entries_of(self._log, [one for one in ids if one in flagged])
            if needs_review(entries)
        ]
        if found:
            what = f"Staff said that typed text in {', '.join(found)} names a child, class or room."
            raise Refused(
                f"Nothing was exported. {what}",
                "Close each that is open, read it with `kiosk log amend NO --reviewed`, then export again.",
            )

    def pieces(
        self, ids: Sequence[str], progress: Progress = lambda _done, _total: None
    ) -> Generator[bytes, None, None]:
        """Yield the file, piece by piece. progress: called with the number of records read, and of those to read.

        Many records are read on all processors, in a table and as lines.
        """
        how, selection = self._request.format, self._selection(lambda: self._read(ids, progress), len(ids))
        if len(ids) >= MANY and how in LINES and self.label.level is not Level.STATISTICS:
            lines = lines_of(selection, table=how is ExportFormat.CSV)
            plan = Plan(self._home, self._mode, how, lines, newest_of(self._log))
            yield from parts(plan, self._log, self.classes, ids, progress)
        else:
            yield from pieces(how, selection)

    def save(
        self,
        format_: BookFormat,
        path: Path,
        ids: Sequence[str],
        progress: Progress = lambda _done, _total: None,
    ) -> str:
        """Write the new file of a book; return its SHA-256 in hex. progress: as for `pieces`.

        Raises StoreUnusable and leaves nothing.
        """
        return save(self.book(ids, progress), format_, path)

    def book(self, ids: Sequence[str], progress: Progress = lambda _done, _total: None) -> Book:
        """Return the sheets of these encounters; their rows are read when they are asked for."""
        selection = self._selection(lambda: self._read(ids, progress), len(ids))
        return book_of(selection, kept_protocols(self._log), self._now, self._request.whom)

    def page(self, count: int) -> Page:
        """Return the HTML page, with a description of the export at its top."""
        about = [
            ("Made", stamp(self._now, None) or ""),
            ("Asked for", self._request.asked),
            ("Made for", with_meaning(self._request.whom or "not recorded", self._request.meanings.get("for"))),
        ]
        if self.label.level > Level.STATISTICS:
            about += [("Records", str(count)), ("Log", self._log.origin)]
        if self._request.format is ExportFormat.PACKAGE:
            about.append(("How to verify it", "VERIFY.txt, in the same folder, explains it"))
        return Page(self.label, self.classes, about, chosen=self.chosen)

    def sheet(self, encounters: Callable[[], Iterable[Sequence[LoggedEntry]]]) -> Iterator[bytes]:
        """Return the spreadsheet of these encounters."""
        return spreadsheet(self._selection(encounters, 0))

    def _read(self, ids: Sequence[str], progress: Progress) -> Iterator[Sequence[LoggedEntry]]:
        for done, entries in enumerate(entries_of(self._log, ids), 1):
            yield entries
            progress(done, len(ids))

    def _selection(self, encounters: Callable[[], Iterable[Sequence[LoggedEntry]]], count: int) -> Selection:
        protocol, names = protocol_in_use(self._home), self._log.value_names
        paper = shareable_settings(self._home).paper
        earlier = protocols_kept(self._log) if self.label.level is Level.STATISTICS else ()
        return Selection(encounters, self.page(count), protocol, names, self._request.days, paper, earlier)


def classes_of_home(log: LogOnDisk, home: Home) -> Classes:
    """Return the classes from the log's own copies of the protocols, and the district's choices in the settings."""
    settings = shareable_settings(home)
    return classes_in(log, DisclosureClass(settings.staff_names), DisclosureClass(settings.holds))


def shareable_settings(home: Home) -> Settings:
    """Return the settings, without a school that must not leave in a file.

    When they can't be read, no school, and the narrowest disclosure classes.
    """
    try:
        settings = read_settings(home)
    except KioskError:
        return Settings(staff_names=DisclosureClass.STAFF, holds=DisclosureClass.STAFF)
    try:
        require_storable_settings(home, settings)
    except KioskError:
        return replace(settings, school="")
    return settings


def protocol_in_use(home: Home) -> Protocol | None:
    """Return the protocol that the settings name; None when it can't be read."""
    try:
        return Library(home).find(read_settings(home).protocol).protocol
    except KioskError:
        return None
