"""What waits for somebody besides records, for the review screens: duties, records requests, reports of presence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Final, assert_never

from kiosk.app.acts import presence as presence_acts
from kiosk.app.acts import requests as request_acts
from kiosk.app.acts.copies.report_offer import letter_offer
from kiosk.app.acts.duties import ListedDuty, due_day, listed_duties
from kiosk.app.acts.entering import Acts
from kiosk.log.acts.presence import all_presences, find_presence
from kiosk.log.acts.requests import all_requests, find_request
from kiosk.log.archive import LogHistory
from kiosk.log.log import LogOnDisk
from kiosk.log.record_search import find_record
from kiosk.presentation.review import MOST, PAGE, Item, ItemShelf, Row, Rows, Shelf, Wanted
from kiosk.record.duty import DutyState
from kiosk.record.search_text import says, search_words
from kiosk.reports.acts.copies import copies_of
from kiosk.reports.acts.presence import presence_lines
from kiosk.reports.acts.summary import request_lines

_DUTIES: Final = (Shelf.OVERDUE, Shelf.DUTIES)


def item_counts(log: LogOnDisk, acts: Acts) -> Mapping[Shelf, int]:
    """Return the number of items on each shelf, at most MOST + 1. Each duty counts."""
    counts: dict[Shelf, int] = dict.fromkeys(_DUTIES, 0)
    for duties in listed_duties(log, acts.clock.now()):
        counts[Shelf.DUTIES] += len(duties)
        counts[Shelf.OVERDUE] += sum(one.state is DutyState.OVERDUE for one in duties)
        if counts[Shelf.OVERDUE] > MOST:
            break
    counts |= {shelf: len([*islice(_rows(log, acts, shelf), MOST + 1)]) for shelf in (Shelf.REQUESTS, Shelf.PRESENCE)}
    return {shelf: min(count, MOST + 1) for shelf, count in counts.items()}


def item_rows(log: LogOnDisk, acts: Acts, shelf: ItemShelf, wanted: Wanted) -> Rows:
    """Return one page of a list of items, newest first; the duties of one record are on one page.

    Raises UsageError when `before` is no record.
    """
    rows = list[Row]()
    for group in _groups(log, acts, wanted.before, shelf, search_words(wanted.words)):
        if rows and len(rows) + len(group) > PAGE:
            return Rows(rows, older=True)
        rows += group
    return Rows(rows, older=False)


def item(log: LogOnDisk, acts: Acts, no: str, *, read_only: bool) -> Item:
    """Return the records request, or the report of presence, with this number. Raises UsageError when there is none."""
    if no.removeprefix("P-").startswith("R-"):
        request = find_request(log, no, acts.mode)
        copies = copies_of(log, acts.home, acts.mode, request) if isinstance(log, LogHistory) else ()
        lines = request_lines(request, copies, late=request.is_overdue(acts.today))
        letters = [letter_offer(acts, request.no)] if request.can_be_answered else []
        follow = () if read_only else (*request_acts.offers_of(acts, request), *letters)
        return Item(request.no, _below(lines), request.scope.records, follow)
    known = all_presences(log)
    presence = find_presence(known, no, acts.mode)
    links = [presence.record] if presence.record else []
    offers = () if read_only else presence_acts.offers_of(acts, presence)
    return Item(presence.no, _below(presence_lines(presence, known.messages)), links, offers)


def _below(lines: Iterable[str]) -> list[str]:
    """Return the lines, all but the first indented."""
    first, *rest = lines
    return [first, *(f"  {line.strip()}" if not line.startswith("  ") else line for line in rest)]


def _groups(log: LogOnDisk, acts: Acts, before: str, shelf: ItemShelf, words: Sequence[str]) -> Iterator[list[Row]]:
    """Yield the rows with these words that belong on one page.

    before: the number of the last one on the page before, or empty.
    """
    match shelf:
        case Shelf.OVERDUE | Shelf.DUTIES:
            after = find_record(log, before, acts.mode).id if before else None
            for duties in listed_duties(log, acts.clock.now(), after):
                listed = [one for one in duties if shelf is Shelf.DUTIES or one.state is DutyState.OVERDUE]
                if some := [_duty(acts, shelf, one) for one in listed if one.has(words)]:
                    yield some
        case Shelf.REQUESTS | Shelf.PRESENCE:
            past = not before
            for row in _rows(log, acts, shelf):
                if past and says(f"{row.no}\n{row.about}", words):
                    yield [row]
                past = past or row.no == before
        case _:
            assert_never(shelf)


def _rows(log: LogOnDisk, acts: Acts, shelf: Shelf) -> Iterator[Row]:
    if shelf is Shelf.REQUESTS:
        for request in reversed(all_requests(log)):
            if request.closed is None:
                yield Row(request.no, None, f"{request_acts.due_words(acts, request)}  {request.requester}")
    else:
        for presence in reversed(all_presences(log).reports):
            if presence.end is None:
                yield Row(presence.no, None, presence_acts.presence_words(acts, presence))


def _duty(acts: Acts, shelf: Shelf, one: ListedDuty) -> Row:
    """Return the line of a duty. A list of overdue ones does not say of each that it is."""
    task = one.known.do.say(acts.language) if one.known else one.duty.id
    due = acts.words("duty.due", due=due_day(one.duty))
    when = due if shelf is Shelf.OVERDUE else f"{due}, {acts.named(one.state)}"
    about = f"{when}  {task} ({one.owner_title(acts.language)})"
    return Row(one.record.no, None, about, f"{one.record.no} {one.duty.id}")
