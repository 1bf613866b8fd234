"""Records to keep and to destroy, for the tests of those commands: old enough, and what the log says of them."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from typing import Final

from kiosk.app.bootstrap import append_entry
from kiosk.log.archive import open_history
from kiosk.log.record_search import find_records
from kiosk.log.recorded_keys import KeyOwner, changed_key, recorded_key_of_home
from kiosk.log.retention_state import request_for, statuses_of
from kiosk.record.entries import LoggedEntry, decode
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.retention.authorization import Authorization, authorization_text
from kiosk.record.retention.eligibility import RetentionStatus
from kiosk.record.retention.request import DestructionRequest
from kiosk.record.retention.schedule import RetentionRule, read_period, set_rule
from kiosk.record.transparency.signed_note import Signer
from kiosk.settings import Home, Mode, read_settings, render
from kiosk.system.clock import FixedClock, SystemClock
from tests.homes import encounter
from tests.typed import Told, Typed

REF: Final = "RC-075 2026-17"
OFFICER: Final = "Pat Example"
RECORDS: Final = Signer("records", bytes([9] * 32))
"""The key of a made-up records officer."""

PRACTICE: Final = Signer("practice", bytes([10] * 32))
"""Another key, which authorizes in PRACTICE only."""

ALLOWED: Final = ("--by", "Dana Ruiz", "--reason", "The period is over", "--yes")
WHO: Final = ("--reason", "A suit is expected", "--by", "C. Counsel")
_NUMBERS: Final = count()


def closed(home: Home, year: int = 2020, *, note: str = "Two cars") -> str:
    """A record that was closed on 10 March of that year; its number."""
    return encounter(home, note=note, clock=FixedClock(datetime(year, 3, 10, 12, tzinfo=UTC)))


def mark(typed: Typed, keep: str = "3 years", category: str = "all", mode: Mode = "live") -> None:
    """Set how long records are kept, by an entry whose cooling-off is over."""
    rule = RetentionRule(category, read_period(keep), "A schedule", "A. Ruiz", date(2020, 1, 1))
    append_entry(typed.home, mode, SystemClock(), set_rule(rule))


def knows_officer(home: Home, mode: Mode = "live", *, key: Signer | None = None) -> None:
    """Make the log and the settings know the records officer's key, by an entry whose cooling-off is over."""
    public = str((key or (RECORDS if mode == "live" else PRACTICE)).public)
    found = recorded_key_of_home(home, KeyOwner.RECORDS_OFFICER, mode)
    before = found.text if found else ""
    if before == public:
        return
    change = changed_key(before, public, KeyOwner.RECORDS_OFFICER, date(2020, 1, 1))
    append_entry(home, mode, SystemClock(), change)
    if mode == "live":
        settings = replace(read_settings(home), records_key=public)
        home.settings_file.write_text(render(settings), encoding="utf-8")


def request(home: Home, numbers: Iterable[str], mode: Mode = "live") -> DestructionRequest:
    """A request for these records, also when they are not eligible."""
    with closing(open_history(home, mode)) as log:
        statuses = statuses_of(log, find_records(log, tuple(numbers), mode), ())
        return request_for(log, map(_as_eligible, statuses), read_settings(home), mode, date(2026, 11, 30))


def _as_eligible(status: RetentionStatus) -> RetentionStatus:
    at = status.record.closed_at or status.record.opened_at
    return replace(
        status,
        record=replace(status.record, closed_at=at),
        eligible_from=status.eligible_from or date(2026, 11, 30),
    )


def note_of(
    asked: DestructionRequest, *, key: Signer = RECORDS, by: str = OFFICER, reference: str = REF, day: int = 30
) -> bytes:
    """The authorization of a request, signed."""
    return key.sign(authorization_text(Authorization(by, reference, date(2026, 11, day), asked)))


def authorized(home: Home, *numbers: str, mode: Mode = "live") -> Path:
    """The file of an authorization to destroy these records, by the key that the log knows."""
    knows_officer(home, mode)
    file = home.path.parent / f"authorization-{next(_NUMBERS)}"
    file.write_bytes(note_of(request(home, numbers, mode), key=RECORDS if mode == "live" else PRACTICE))
    return file


def destroy(typed: Typed, *numbers: str, mode: Mode = "live") -> Told:
    """Have these records authorized, and destroy them."""
    file = authorized(typed.home, *numbers, mode=mode)
    practice = ("--practice",) if mode == "practice" else ()
    return typed("log", "retention", "destroy", "--authorization", str(file), *ALLOWED, *practice)


def refused(typed: Typed, *numbers: str) -> str:
    """Have these records authorized, and see them kept: the line about it."""
    file = authorized(typed.home, *numbers)
    return typed.refused(3, "log", "retention", "destroy", "--authorization", str(file), *ALLOWED)


def said(home: Home, kind: EntryKind) -> list[LoggedEntry]:
    """Return the entries of that kind in all logs of the home, oldest first."""
    chain = open_history(home, "live")
    try:
        return [decode(entry) for entry in chain.of_kind(kind)]
    finally:
        chain.close()


def words_of(typed: Typed, no: str) -> str:
    """What the record tells."""
    return typed("log", "show", no).out
