"""Test calls and changed days of the calendar, as entries."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from kiosk.errors import Refused, UsageError
from kiosk.protocol.site.hours import parse_times
from kiosk.protocol.site.people import Contact
from kiosk.protocol.site.phone import dialable
from kiosk.protocol.site.special_days import CLOSED
from kiosk.record.entries import Actor, Entry, decoded_or_none
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.pack_entries import Recent
from kiosk.worded import Worded

_HASH: Final = re.compile(r"[0-9a-f]{64}")


class NumberResult(Worded):
    """What came of a test call."""

    REACHED = "reached", "reached"
    WRONG_NUMBER = "wrong-number", "wrong number"
    NO_ANSWER = "no-answer", "no answer"


@dataclass(frozen=True, slots=True)
class NumberTest:
    """A test call to a person. number: the hash of the number, by `number_of`. on: the day."""

    name: str
    number: str
    result: NumberResult
    on: date
    by: str


def number_of(contact: Contact) -> str:
    """Return the hash of a person's telephone number and extension, however they are written."""
    try:
        number = dialable(contact.phone)
    except UsageError:
        number = contact.phone
    return hashlib.sha256(f"{number};{contact.extension}".encode()).hexdigest()


def entry_of(test: NumberTest) -> Entry:
    """Return the entry about a test call."""
    body = {
        "name": test.name,
        "number": test.number,
        "result": test.result.value,
        "on": test.on.isoformat(),
        "by": test.by,
    }
    return Entry(EntryKind.CONTACT_TESTED, body, actor=Actor.COMMAND)


def day_changed(day: date, was: str, now: str, by: str) -> Entry:
    """Return the entry about a day that is closed, short or usual now. was, now: as `SpecialDays.on` says it."""
    body = {"day": day.isoformat(), "was": was, "now": now, "by": by}
    return Entry(EntryKind.CALENDAR_CHANGED, body, actor=Actor.COMMAND)


def require_contact_entries(entries: Iterable[Entry], today: date) -> None:
    """Check the entries about test calls and days. Raises Refused for one whose values are not what they must be."""
    for entry in entries:
        if entry.kind is EntryKind.CONTACT_TESTED and not _is_test(entry.body, today):
            raise Refused("The entry is not about a test call.", "Use `kiosk contacts tested`.")
        if entry.kind is EntryKind.CALENDAR_CHANGED and not _is_day(entry.body):
            raise Refused("The entry is not about a closed or short day.", "Use `kiosk contacts day`.")


def newest_tests(log: Recent) -> dict[str, NumberTest]:
    """Return the newest test call to each number, by its hash. An entry that can't be read counts for nothing."""
    found: dict[str, NumberTest] = {}
    for kept in filter(None, map(decoded_or_none, log.newest(EntryKind.CONTACT_TESTED))):
        if (test := _test_in(kept.body)) is not None:
            found.setdefault(test.number, test)
    return found


def _test_in(body: Mapping[str, Any]) -> NumberTest | None:
    result, on = NumberResult.of_id(body.get("result")), _day(body.get("on"))
    number = str(body.get("number", ""))
    if result is None or on is None or not _HASH.fullmatch(number):
        return None
    return NumberTest(str(body.get("name", "")), number, result, on, str(body.get("by", "")))


def _is_test(body: Mapping[str, Any], today: date) -> bool:
    test = _test_in(body)
    return test is not None and bool(test.name and test.by) and test.on <= today


def _is_day(body: Mapping[str, Any]) -> bool:
    return _day(body.get("day")) is not None and all(_is_state(body.get(name)) for name in ("was", "now"))


def _is_state(said: object) -> bool:
    try:
        return said in {"", CLOSED} or (isinstance(said, str) and bool(parse_times(said)))
    except UsageError:
        return False


def _day(said: object) -> date | None:
    try:
        return date.fromisoformat(said) if isinstance(said, str) else None
    except ValueError:
        return None
