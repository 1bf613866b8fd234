"""Reads the log for the review screens: the home's logs, or one log file that somebody brought."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import assert_never

from kiosk.app.acts.contacts.offers import contact_offers
from kiosk.app.acts.copies.export_offer import export_offer
from kiosk.app.acts.copies.record_offer import record_copy_offer
from kiosk.app.acts.copies.report_offer import report_offer
from kiosk.app.acts.duties import duty_offers
from kiosk.app.acts.entering import Acts
from kiosk.app.acts.presence import presence_offers
from kiosk.app.acts.records.offers import record_offers
from kiosk.app.acts.requests import request_offers
from kiosk.app.acts.verification import verify_offer
from kiosk.app.open_items import item, item_counts, item_rows
from kiosk.log.archive import open_history
from kiosk.log.log import LogOnDisk, open_at
from kiosk.log.record_search import entries_of, find_record, flagged_ids, newest_first
from kiosk.log.retention_state import last_confirmed_day, of_kind
from kiosk.presentation.acts import Offer
from kiosk.presentation.review import (
    MOST,
    OPEN_RECORDS,
    PAGE,
    Item,
    Match,
    RecordShelf,
    Reviewed,
    Row,
    Rows,
    Shelf,
    Wanted,
)
from kiosk.presentation.step_view import still_to_do
from kiosk.protocol.model import Protocol
from kiosk.record.after_action.assessment import without_privileged
from kiosk.record.after_action.subject import channel_words
from kiosk.record.disclosure.levels import Level, classes_in
from kiosk.record.disclosure.review import needs_review
from kiosk.record.duties.open_tasks import tasks_of
from kiosk.record.encounter_record import EncounterRecord, fold
from kiosk.record.entries import LoggedEntry
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.pack_entries import kept_content, protocol_in
from kiosk.record.retention.schedule import eligible
from kiosk.record.search_text import matches, search_words
from kiosk.reports.document.reading import reading_lines
from kiosk.reports.encounter.followed import Compared, with_comparison
from kiosk.reports.encounter.report import Sources, encounter_report
from kiosk.reports.exports.html import Page
from kiosk.reports.label import Label
from kiosk.reports.period.request import versions_in
from kiosk.reports.record import state
from kiosk.settings import Home, Mode, read_settings
from kiosk.system.clock import Clock


class LogReview:
    """Reads the logs of a home, or the log at `file`. Each call opens them itself, so that it works in any thread.

    Every method raises StoreUnusable when a log can't be read.
    """

    def __init__(self, home: Home, mode: Mode, clock: Clock, file: Path | None = None, by: str = "") -> None:
        """by: the person who reads; empty while nobody is set up."""
        self._home, self._mode, self._clock, self._file, self._by = home, mode, clock, file, by

    def offers(self) -> Sequence[Offer]:
        """Return what can be done beyond a single record; nothing with a log that somebody brought."""
        if self._file is not None:
            return ()
        copies = [report_offer(self._acts), export_offer(self._acts), verify_offer(self._acts)]
        own = (*request_offers(self._acts), *presence_offers(self._acts))
        return [*own, *copies, *contact_offers(self._acts)]

    def counts(self) -> Mapping[Shelf, int]:
        """Return the number of records on each shelf; of open work at most MOST + 1."""
        with closing(self._opened()) as log:
            counts = {Shelf.ALL: log.count(EntryKind.ENCOUNTER_OPENED), **item_counts(log, self._acts)}
            for shelf in OPEN_RECORDS:
                counts[shelf] = sum(1 for _ in islice(self._on_shelf(log, shelf), MOST + 1))
            return counts

    def rows(self, wanted: Wanted) -> Rows:
        """Return one page of a list. Raises UsageError when `before` is no record."""
        shelf = wanted.shelf
        with closing(self._opened()) as log:
            if shelf in {Shelf.OVERDUE, Shelf.DUTIES, Shelf.REQUESTS, Shelf.PRESENCE}:
                return item_rows(log, self._acts, shelf, wanted)
            found = [*islice(self._found(log, shelf, wanted), PAGE + 1)]
            rows = [self._row(shelf, record, log.protocols(record.protocol.content_hash)) for record in found[:PAGE]]
        return Rows(rows, older=len(found) > PAGE)

    def record(self, no: str) -> Reviewed:
        """Return the record with this number. Raises UsageError when there is none."""
        with closing(self._opened()) as log:
            record = find_record(log, no, self._mode)
            used = record.protocol.content_hash
            protocol = protocol_in(kept_content(log, used), used)
            lines = self._lines(log, record, protocol)
            shared = [one for one in _values(record, protocol) if _is_elsewhere(log, record, one)]
        links = [*dict.fromkeys(link.no for link in record.links)]
        return Reviewed(record, lines, links, shared, self._offers(record, protocol))

    def _offers(self, record: EncounterRecord, protocol: Protocol | None) -> Sequence[Offer]:
        """Return what can be done with a record; nothing with one in a log file that somebody brought."""
        if self._file is not None:
            return ()
        copy = record_copy_offer(self._acts, record, protocol)
        return [*record_offers(self._acts, record), *duty_offers(self._acts, record, protocol), copy]

    def item(self, no: str) -> Item:
        """Return the records request, or the report of presence, with this number. Raises UsageError without any."""
        with closing(self._opened()) as log:
            return item(log, self._acts, no, read_only=self._file is not None)

    @property
    def _acts(self) -> Acts:
        """What acts need, in the language of the desk."""
        return Acts(self._home, self._mode, self._clock, self._language, self._by)

    @property
    def _language(self) -> str:
        return read_settings(self._home).language

    def _row(self, shelf: RecordShelf, record: EncounterRecord, protocol: Protocol | None) -> Row:
        """Return the line of a record: what matters for its list."""
        match shelf:
            case Shelf.TO_DO:
                about = still_to_do(tasks_of(record), self._language)
            case Shelf.UNFINISHED:
                about = channel_words(protocol, record.channel) if record.channel else ""
            case Shelf.ALL | Shelf.FLAGGED | Shelf.ELIGIBLE:
                about = _ended(record, protocol, self._language)
            case _:
                assert_never(shelf)
        return Row(record.no, record.opened_at, about)

    def _lines(self, log: LogOnDisk, record: EncounterRecord, protocol: Protocol | None) -> list[str]:
        """Return the record as its report shows it at the level full, without proofs and privileged notes."""
        label = Label(Level.FULL, "", record.school, self._mode)
        page = Page(label, classes_in(log), [])
        sources = Sources(without_privileged(record.entries), page, protocol, (), matrix=lambda _: ())
        in_force = versions_in(log).in_force(record.protocol.id, record.opened_at)
        compared = Compared(record, protocol, in_force, self._clock.now())
        return [*reading_lines(with_comparison(encounter_report(sources), compared))]

    def _opened(self) -> LogOnDisk:
        return open_history(self._home, self._mode) if self._file is None else open_at(self._file)

    def _found(self, log: LogOnDisk, shelf: RecordShelf, wanted: Wanted) -> Iterator[EncounterRecord]:
        if shelf is Shelf.ALL:
            yield from newest_first(log, wanted.words, wanted.days, wanted.before or None)
            return
        words, past = search_words(wanted.words), not wanted.before
        for entries in self._on_shelf(log, shelf):
            record = fold(entries)
            if past and matches(record, entries, words, log.protocols):
                yield record
            past = past or record.no == wanted.before

    def _on_shelf(self, log: LogOnDisk, shelf: RecordShelf) -> Iterator[list[LoggedEntry]]:
        """Yield the entries of each record on a shelf, newest first."""
        match shelf:
            case Shelf.ALL:
                yield from entries_of(log, reversed(log.encounter_ids(EntryKind.ENCOUNTER_OPENED)))
            case Shelf.UNFINISHED:
                yield from entries_of(log, log.lacking(EntryKind.ENCOUNTER_OPENED, EntryKind.ENCOUNTER_CLOSED))
            case Shelf.TO_DO:
                ids = log.lacking(EntryKind.RECORD_INCOMPLETE, EntryKind.RECORD_COMPLETED)
                yield from (entries for entries in entries_of(log, ids) if tasks_of(fold(entries)))
            case Shelf.FLAGGED:
                yield from (entries for entries in entries_of(log, reversed(flagged_ids(log))) if needs_review(entries))
            case Shelf.ELIGIBLE:
                today = last_confirmed_day(log.logs[-1], self._clock)
                found = eligible(lambda kind: of_kind(log, kind), today)
                yield from entries_of(log, [one.encounter_id for one in reversed(found)])


def _ended(record: EncounterRecord, protocol: Protocol | None, language: str) -> str:
    """Return the outcome; of a record without one, its state."""
    outcome = protocol.outcomes.get(record.outcome or "") if protocol else None
    closed, _, _ = state(record).partition(", ")
    return outcome.title.say(language) if outcome else record.outcome or closed


def _values(record: EncounterRecord, protocol: Protocol | None) -> Iterable[Match]:
    """Yield the typed facts of the record that may be in others: a badge, a name, an agency, a number."""
    fields = protocol.fields if protocol else {}
    for name, value in record.fields.items():
        if isinstance(value, str) and not (name in fields and value in fields[name].choices):
            yield Match(name, value)


def _is_elsewhere(log: LogOnDisk, record: EncounterRecord, match: Match) -> bool:
    """Check that another record has these words too."""
    return any(found.id != record.id for found in islice(newest_first(log, match.words), 2))
