"""What the log holds beside encounters reads as sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from kiosk.record.entries import LoggedEntry
from kiosk.record.entry_kinds import ANSWERS, EntryKind, Kind, UnknownKind
from kiosk.reports.audit_trail import sentence
from kiosk.reports.formatting import duration
from kiosk.system.clock import Instant

_PACK = {"id": "small", "version": "2026.1", "content_hash": "ab"}
TOLD: list[tuple[Kind, Mapping[str, Any], str]] = [
    (EntryKind.SESSION_STARTED, {"before": "ended"}, "The kiosk was opened."),
    (
        EntryKind.SESSION_STARTED,
        {"before": "unclean"},
        "The kiosk was opened. The previous session ended without being closed.",
    ),
    (
        EntryKind.SESSION_STARTED,
        {"before": "ended", "clock": {"state": "synchronized", "error_us": 16_000}},
        "The kiosk was opened. A time server has confirmed the clock, to within 0.016 seconds.",
    ),
    (
        EntryKind.SESSION_STARTED,
        {"before": "unclean", "clock": {"state": "unsynchronized", "error_us": None}},
        "The kiosk was opened. The previous session ended without being closed. "
        "No time server has confirmed the clock.",
    ),
    (
        EntryKind.SESSION_STARTED,
        {"before": "none", "clock": {"state": "unknown", "error_us": None}},
        "The kiosk was opened. No session was recorded before it. "
        "This system can't say whether a time server has confirmed the clock.",
    ),
    (
        EntryKind.CLOCK_CHANGED,
        {"by_us": -7_000_000, "at_least": True},
        "While the computer was off, its clock was set back by at least 7 seconds.",
    ),
    (EntryKind.SESSION_ENDED, {}, "The kiosk was closed."),
    (
        EntryKind.CALL_MADE,
        {"role": "office", "person": 0, "name": "Lee Novak", "result": "reached", "by": "Dana Ruiz"},
        "A call to office (Lee Novak) was added: reached, by Dana Ruiz.",
    ),
    (
        EntryKind.CALL_MADE,
        {"role": "office", "name": "office", "result": "no-answer"},
        "A call to office was added: no answer.",
    ),
    (EntryKind.RECORD_COMPLETED, {}, "Nothing is left to do for the record."),
    (
        EntryKind.DUTIES_OWED,
        {"no": "2026-0001", "outcome": "over", "duties": [{"id": "papers", "owner": "office", "due": "2026-09-14"}]},
        "Duties of the district: papers (office, due 2026-09-14).",
    ),
    (
        EntryKind.DUTY_ASSIGNED,
        {"no": "2026-0001", "outcome": "over", "duty": "papers", "to": "Lee Novak", "by": "Dana Ruiz"},
        "Dana Ruiz assigned the duty papers of 2026-0001 to Lee Novak.",
    ),
    (
        EntryKind.DUTY_DONE,
        {"no": "2026-0001", "outcome": "over", "duty": "papers", "on": "2026-09-14", "by": "Dana Ruiz"},
        "The duty papers of 2026-0001 was done on 2026-09-14, says Dana Ruiz.",
    ),
    (
        EntryKind.DUTY_DONE,
        {"no": "2026-0001", "duty": "papers", "on": "2026-09-14", "by": "Dana Ruiz", "note": "By courier."},
        "The duty papers of 2026-0001 was done on 2026-09-14, says Dana Ruiz. Note: By courier.",
    ),
    (
        EntryKind.DUTY_EXCEPTED,
        {"no": "2026-0001", "outcome": "over", "duty": "family", "by": "Dana Ruiz", "reason": "A court forbids it."},
        "Dana Ruiz excepted the duty family of 2026-0001. Reason: A court forbids it.",
    ),
    (EntryKind.DUTIES_SETTLED, {"no": "2026-0001"}, "No duty of 2026-0001 is open any more."),
    (EntryKind.CLOCK_CHANGED, {"by_us": -3_600_000_000}, "The clock was set back 1 hour."),
    (
        EntryKind.EXPORT_MADE,
        {"format": "csv", "level": "full", "count": 2, "for": None},
        "Exported 2 records: format csv, level full.",
    ),
    (
        EntryKind.EXPORT_MADE,
        {"format": "package", "level": "public", "count": 1, "for": "A. Reader"},
        "Exported 1 record for A. Reader: format package, level public.",
    ),
    (EntryKind.PACK_KEPT, {**_PACK, "content": "{}"}, "The words of small 2026.1 were recorded."),
    (
        EntryKind.PACK_REJECTED,
        {**_PACK, "why": "altered", "instead": "cd"},
        "small 2026.1 was refused: it was changed after it was approved; version with content hash cd ran instead.",
    ),
    (
        EntryKind.PACK_REJECTED,
        {**_PACK, "version": "", "why": "unreadable", "by": "install"},
        "small was refused: it can't be read, or is missing; not installed.",
    ),
    (
        EntryKind.PACK_REJECTED,
        {**_PACK, "why": "altered"},
        "small 2026.1 was refused: it was changed after it was approved; another version ran instead.",
    ),
    (
        EntryKind.PACK_REJECTED,
        {**_PACK, "why": ["altered"], "instead": 7},
        "small 2026.1 was refused: ['altered']; version with content hash 7 ran instead.",
    ),
    (
        EntryKind.PACK_OVERDUE,
        {**_PACK, "review_by": "2027-06-30"},
        "small 2026.1 ran past its review date, 2027-06-30.",
    ),
    (EntryKind.KEY_FIXED, {"before": "", "now": "k"}, "The superintendent's key was set: k."),
    (EntryKind.KEY_REPLACED, {"before": "j", "now": "k"}, "The superintendent's key was replaced: j by k."),
    (
        EntryKind.RECORDS_KEY_FIXED,
        {"before": "", "now": "k", "applies_from": "2026-10-14"},
        "The records officer's key was set: k. It applies from 2026-10-14.",
    ),
    (
        EntryKind.RECORDS_KEY_REPLACED,
        {"before": "j", "now": "k", "applies_from": "2026-10-14"},
        "The records officer's key was replaced: j by k. It applies from 2026-10-14.",
    ),
    (
        EntryKind.RECORDS_KEY_REFUSED,
        {"found": "j", "recorded": ""},
        "The settings file had the records officer's key j instead of the recorded one, (none). It was refused.",
    ),
    (EntryKind.CONTACTS_CHANGED, {"changed": ["nurse", "office"]}, "The contacts were changed: nurse, office."),
    (EntryKind.CONTACTS_CHANGED, {"changed": []}, "The contacts were recorded."),
    (
        EntryKind.CONTACT_TESTED,
        {"name": "Dana Ruiz", "result": "wrong-number", "on": "2026-11-30", "by": "A. Example"},
        "Test call to Dana Ruiz on 2026-11-30: wrong number. Entered by A. Example.",
    ),
    (
        EntryKind.CALENDAR_CHANGED,
        {"day": "2026-11-25", "was": "", "now": "08:00-12:00", "by": "A. Example"},
        "The calendar was changed by A. Example: 2026-11-25 was a usual day, and is now 08:00-12:00.",
    ),
    (EntryKind.CONTACTS_CHANGED, {}, "The contacts were changed: (withheld)."),
    (
        EntryKind.KEY_REFUSED,
        {"found": "", "recorded": "k"},
        "The settings file had the superintendent's key (none) instead of the recorded one, k. It was refused.",
    ),
    (
        EntryKind.AMENDMENT_ADDED,
        {"no": "2026-0001", "was.text": "a", "text": "b", "by": "Dana Ruiz", "reason": "Misread"},
        "A correction (the note) was made to the closed record 2026-0001 by Dana Ruiz. Reason: Misread",
    ),
    (
        EntryKind.AMENDMENT_ADDED,
        {"no": "2026-0001", "addition": "b", "by": "Dana Ruiz", "reason": "Forgotten"},
        "An addition was made to the closed record 2026-0001 by Dana Ruiz. Reason: Forgotten",
    ),
    (
        EntryKind.DISCLOSURE_REVIEWED,
        {"no": "2026-0001", "seen": "id", "by": "Dana Ruiz", "reason": "A badge, not a child"},
        "Dana Ruiz read 2026-0001 before public copies. Reason: A badge, not a child",
    ),
    (
        EntryKind.HOLD_PLACED,
        {"no": "2026-0001", "reason": "A suit", "by": "C. Counsel", "matter": "Doe v. Town"},
        "A legal hold (Doe v. Town) was placed on 2026-0001 by C. Counsel. Reason: A suit",
    ),
    (
        EntryKind.HOLD_RELEASED,
        {"no": "2026-0001", "reason": "Settled", "by": "C. Counsel", "matter": "", "hold": "id"},
        "The legal hold on 2026-0001 was released by C. Counsel. Reason: Settled",
    ),
    (
        EntryKind.RETENTION_SET,
        {
            "category": "gone",
            "period": "3 years",
            "authority": "A schedule",
            "by": "A. Ruiz",
            "applies_from": "2026-12-30",
        },
        "The retention period of records with outcome gone was set: 3 years. It applies from 2026-12-30. "
        "Set by A. Ruiz. Authority: A schedule",
    ),
    (
        EntryKind.RECORD_DESTROYED,
        {"no": "2026-0001", "values": 7, "by": "Dana Ruiz", "authorized_by": "P", "reference": "R 1", "reason": "Over"},
        "The details of 2026-0001 (7 values) were destroyed by Dana Ruiz. Authorized by P under R 1. Reason: Over",
    ),
    (
        EntryKind.DESTRUCTION_AUTHORIZED,
        {"authorization": "ab", "note": "…"},
        "Destruction was authorized: ab. `kiosk log retention show --authorization` has its text.",
    ),
    (
        EntryKind.AUTHORIZATION_REFUSED,
        {"by": "Dana Ruiz", "why": "edited", "authorization": "ab"},
        "Dana Ruiz asked to destroy records with an authorization. It was refused: it was changed after it was signed.",
    ),
    (
        EntryKind.DESTRUCTION_REFUSED,
        {"no": "2026-0001", "why": "on-hold", "by": "Dana Ruiz", "authorization": ""},
        "Dana Ruiz asked to destroy the details of 2026-0001. Refused: it is on legal hold.",
    ),
    (
        EntryKind.DESTRUCTION_REFUSED,
        {"why": ["x"]},
        "(withheld) asked to destroy the details of (withheld). Refused: ['x'].",
    ),
    (UnknownKind("thing.of-tomorrow"), {"a": 1}, "thing.of-tomorrow. a: 1"),
    (EntryKind.SESSION_STARTED, {}, "The kiosk was opened."),
    (EntryKind.CLOCK_CHANGED, {}, "The clock was changed."),
    (EntryKind.KEY_REPLACED, {}, "The superintendent's key was replaced: (withheld) by (withheld)."),
]


@pytest.mark.parametrize(("kind", "body", "words"), TOLD)
def test_what_happened_is_said_in_words(kind: Kind, body: Mapping[str, Any], words: str) -> None:
    """Also for a destroyed value, an unknown value, or a kind of a newer version."""
    kept = LoggedEntry(7, "id", kind, None, None, "kiosk", None, Instant(0, "boot", 0), body)
    assert sentence(kept) == words


@pytest.mark.parametrize("kind", EntryKind)
def test_every_kind_reads_as_more_than_its_id(kind: EntryKind) -> None:
    """Also when all its values are gone; only what happens at a step reads by the words of its kind."""
    said = sentence(LoggedEntry(7, "id", kind, None, None, "kiosk", None, Instant(0, "boot", 0), {}))
    assert kind.value not in said
    at_a_step = ANSWERS | {kind for kind in EntryKind if kind.startswith(("encounter.", "note.", "card."))}
    assert (said == f"{kind.words}.") == (kind in at_a_step | {EntryKind.RECORD_INCOMPLETE})


@pytest.mark.parametrize(
    ("us", "words"),
    [
        (-610_075_000_000, "7 days 1 hour"),
        (3_600_000_000, "1 hour"),
        (-7_000_000, "7 seconds"),
        (86_400_000_000 + 5_000_000, "1 day"),
        (125_000_000, "2 minutes 5 seconds"),
        (1, "1 second"),
    ],
)
def test_a_time_is_said_in_its_two_largest_units(us: int, words: str) -> None:
    """Nobody reckons in hundreds of thousands of seconds."""
    assert duration(us) == words


def test_an_amendment_whose_values_were_let_go_still_says_of_what_kind_it_was() -> None:
    """The names of values stay; what they said does not."""
    gone = ("by", "no", "reason", "field.badge", "was.field.badge")
    kept = LoggedEntry(
        7, "id", EntryKind.AMENDMENT_ADDED, "enc", None, "command", None, Instant(0, "boot", 0), {}, gone
    )
    told = "A correction (badge) was made to the closed record (withheld) by (withheld). Reason: (withheld)"
    assert sentence(kept) == told
