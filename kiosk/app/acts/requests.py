"""Records requests: who asked for what until when, a later deadline, the copies that were given, and the answer."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice
from typing import Final

from kiosk.app.acts.days import typed_day
from kiosk.app.acts.entering import Acts
from kiosk.app.acts.texts import AnsweredTexts, asks
from kiosk.errors import KioskError, Refused, UsageError
from kiosk.log.acts.requests import all_requests, find_request
from kiosk.log.log import LogOnDisk
from kiosk.log.record_search import find_records
from kiosk.packs.library import Library
from kiosk.presentation.acts import Answers, Group, Offer, Preview, Question
from kiosk.presentation.values import Choice
from kiosk.privacy.meanings import Meaning
from kiosk.record.amend_targets import LONGEST_TEXT
from kiosk.record.duties.due_time import business_days_later
from kiosk.record.encounter_record import ref_of
from kiosk.record.entries import LoggedEntry, decode
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.people.roles import Right
from kiosk.record.requests.changes import Change, changed
from kiosk.record.requests.entries import changing, next_number, receiving
from kiosk.record.requests.records_request import (
    MOST_DAYS,
    Answer,
    Channel,
    Closed,
    Extension,
    Given,
    RecordsRequest,
    Scope,
)
from kiosk.reports.acts.copies import copies_of
from kiosk.reports.acts.summary import copy_words, withheld_lines
from kiosk.reports.audit_trail import sentence
from kiosk.settings import LONGEST, Home, Mode, read_settings

MOST_EXPORTS: Final = 20
"""Exports to choose from: the newest ones."""
BUSINESS_DAYS, DAYS, DAY = "business-days", "days", "day"
"""The ways to count a deadline."""


def received_day(typed: date | None, today: date) -> date:
    """Return the day on which a request came; today if none was typed. Raises UsageError for one in the future."""
    received = typed or today
    if received > today:
        what, repair = f"{received} is not here yet.", "Give the day on which it came."
        raise UsageError(what, repair, "error.not-yet", when=received)
    return received


def deadline(received: date, way: str, typed: int | date, closed: Collection[date]) -> date:
    """Return the deadline, counted from the day after the request came. way: how; typed: a number of days, or a day.

    Raises UsageError for a day before the request came.
    """
    if isinstance(typed, int):
        return business_days_later(received, typed, closed) if way == BUSINESS_DAYS else received + timedelta(typed)
    if typed < received:
        what = f"{typed} comes before {received}, the day of arrival."
        raise UsageError(what, "Give a later day.", "error.day.early", day=typed, received=received)
    return typed


def closed_days(home: Home) -> tuple[date, ...]:
    """Return the days when the district is closed besides weekends; none without a protocol or settings that read."""
    try:
        protocol = Library(home).find(read_settings(home).protocol).protocol
        return () if protocol is None else Library(home).district(protocol)[0].closed_days
    except KioskError:
        return ()


def skipped(closed: Collection[date], received: date, due: date) -> list[str]:
    """Return the days besides weekends that did not count, so that a missing holiday is noticed."""
    return [str(day) for day in closed if received < day < due]


def numbered(log: LogOnDisk, mode: Mode, draft: RecordsRequest) -> RecordsRequest:
    """Return a new request with its number, and the records that it names as the log has them. Raises UsageError."""
    records = tuple(record.no for record in find_records(log, draft.scope.records, mode))
    no = next_number(all_requests(log), mode, draft.at.local().year)
    return replace(draft, no=no, scope=replace(draft.scope, records=records))


def request_offers(acts: Acts) -> Sequence[Offer]:
    """Return what can be entered about records requests beyond a single one."""
    return [_offer(acts, "request.new", _OfRequests(acts).new)]


def offers_of(acts: Acts, request: RecordsRequest) -> Sequence[Offer]:
    """Return what can follow for a request; nothing for a closed one."""
    of = _OfRequest(acts, request.no)
    if request.closed is not None:
        return ()
    changes = (("request.give", of.give), ("request.extend", of.extend), ("request.close", of.close))
    return [_offer(acts, name, next_) for name, next_ in changes]


def _offer(acts: Acts, name: str, next_: Callable[[Answers], Question | Preview]) -> Offer:
    return Offer(name, acts.words(name), Right.REQUESTS, asks(next_), Group.REQUESTS)


def due_words(acts: Acts, request: RecordsRequest) -> str:
    """Return until when an open request is due, or since when it is overdue."""
    late = request.is_overdue(acts.today)
    return acts.words("request.overdue" if late else "request.due", due=request.deadline)


@dataclass(frozen=True, slots=True)
class _OfRequests:
    """The acts about records requests beyond a single one."""

    acts: Acts

    def new(self, answers: Answers) -> Question | Preview:
        acts, texts, now = self.acts, self.acts.texts(answers), self.acts.clock.now()
        requester = texts.typed(acts.box("requester", "who-asks", room=LONGEST), Meaning.NAME)
        channel = acts.picked(texts, "how", "how-asked", Channel)
        typed = texts.answer(acts.box("received", "day-received", value=str(acts.today)))
        received = received_day(typed_day(typed.strip()), acts.today)
        closed = closed_days(acts.home)
        due, count = self._due(texts, received, closed)
        asked = texts.typed(acts.box("asked", "what-asked", room=LONGEST_TEXT))
        named = texts.answer(acts.box("records", "which-records", optional=True))
        scope = Scope(asked, tuple(named.replace(",", " ").split()))
        with acts.reading() as log:
            made = numbered(
                log, acts.mode, RecordsRequest("", "?", now, requester, channel, received, due, count, scope, "?")
            )
        made = replace(made, by=texts.by())
        lines = acts.pairs(request=made.no, requester=requester, how=acts.named(channel), received=received, due=due)
        if count is not None:
            lines += acts.pairs(skipped=", ".join(skipped(closed, received, due)) or acts.words("only-weekends"))
        lines += acts.pairs(asked=asked, records=", ".join(made.scope.records), by=made.by)
        done = acts.words("request.received", no=made.no, due=due)
        return acts.preview(acts.words("enter-this"), lines, done, texts.kept(receiving(made)))

    def _due(self, texts: AnsweredTexts, received: date, closed: Collection[date]) -> tuple[date, int | None]:
        """Return the deadline, and the number of business days by which it is counted, if it is."""
        ways = [Choice(way, self.acts.words(f"deadline.{way}")) for way in (BUSINESS_DAYS, DAYS, DAY)]
        way = texts.answer(self.acts.choice("deadline", "which-deadline", ways))
        typed = texts.answer(self.acts.box("due", f"due-{way}")).strip()
        count = None if way == DAY else _count(typed)
        due = deadline(received, way, typed_day(typed) if count is None else count, closed)
        return due, count if way == BUSINESS_DAYS else None


@dataclass(frozen=True, slots=True)
class _OfRequest:
    """The acts about one records request, which each of them reads again."""

    acts: Acts
    no: str

    def give(self, answers: Answers) -> Question | Preview:
        acts, texts = self.acts, self.acts.texts(answers)
        with acts.reading() as log:
            request = find_request(log, self.no, acts.mode)
            exports = {one.event_id: one for one in _exports(log)}
            if not exports:
                raise Refused("The log has no export that could be given.", "Export the copy first.", "error.no-export")
            choices = [Choice(event_id, _export_words(one)) for event_id, one in exports.items()]
            export = exports[texts.answer(acts.choice("export", "which-export", choices))]
            draft = Given(acts.clock.now(), ref_of(export), "?")
            copy = copies_of(log, acts.home, acts.mode, changed(request, draft))[-1]
        made = replace(draft, by=texts.by())
        lines = acts.pairs(request=request.no, copy=copy_words(copy))
        lines += [line for one in withheld_lines(copy) for line in acts.pairs(withheld=one)]
        return self._preview(texts, request, made, lines)

    def extend(self, answers: Answers) -> Question | Preview:
        acts, texts = self.acts, self.acts.texts(answers)
        with acts.reading() as log:
            request = find_request(log, self.no, acts.mode)
        until = typed_day(texts.answer(acts.box("until", "until-when", value=str(request.deadline))).strip())
        changed(request, Extension(acts.clock.now(), until, "?", "?"))
        reason = texts.typed(acts.box("reason", "why-later", room=LONGEST_TEXT))
        made = Extension(acts.clock.now(), until, reason, texts.by())
        return self._preview(texts, request, made, acts.pairs(request=request.no, due=until, reason=reason))

    def close(self, answers: Answers) -> Question | Preview:
        acts, texts = self.acts, self.acts.texts(answers)
        with acts.reading() as log:
            request = find_request(log, self.no, acts.mode)
        how = acts.picked(texts, "how", "how-ended", Answer)
        changed(request, Closed(acts.clock.now(), how, "?", "?"))
        free = how is Answer.WITHDRAWN or (how is Answer.ANSWERED and bool(request.given))
        reason = texts.typed(acts.box("reason", "why-closed", optional=free, room=LONGEST_TEXT))
        made = Closed(acts.clock.now(), how, reason, texts.by())
        return self._preview(
            texts, request, made, acts.pairs(request=request.no, answer=acts.named(how), reason=reason)
        )

    def _preview(self, texts: AnsweredTexts, request: RecordsRequest, made: Change, lines: Sequence[str]) -> Preview:
        acts, entry = self.acts, texts.kept(changing(request, made))
        all_lines = [*lines, *acts.pairs(by=made.by)]
        return acts.preview(acts.words("enter-this"), all_lines, acts.words("entered", no=request.no), entry)


def _exports(log: LogOnDisk) -> Iterator[LoggedEntry]:
    return map(decode, islice(log.newest(EntryKind.EXPORT_MADE), MOST_EXPORTS))


def _export_words(kept: LoggedEntry) -> str:
    return f"{kept.at.local():%Y-%m-%d %H:%M}  {sentence(kept)}"


def _count(typed: str) -> int:
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= 3 and 1 <= int(typed) <= MOST_DAYS):
        what, repair = f"“{typed}” is not a number of days.", f"Type a number from 1 to {MOST_DAYS}."
        raise UsageError(what, repair, "error.count", typed=typed, most=MOST_DAYS)
    return int(typed)
