"""The preview of a destruction: what goes, what stays, where other copies are, and why a record is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final

import pytest

from kiosk.record.entries import LoggedEntry
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.holds import Hold
from kiosk.record.retention.authorization import Authorization
from kiosk.record.retention.eligibility import KeptBecause, RetentionStatus
from kiosk.reports.destruction_preview import (
    DISTRICT,
    STAYS,
    authorized_words,
    hold_words,
    preview,
    refused,
    repair,
    request_preview,
)
from tests.record.retention.test_request import REQUEST
from tests.reports.exports.test_html import kept
from tests.reports.records import a_record, an_instant

TODAY: Final = date(2030, 1, 2)
HOLD: Final = Hold("enc", "h1", "2026-0001", an_instant(), "A lawsuit", "Dana Ruiz", "Case 12")
VALUES: Final = (
    (EntryKind.STEP_ANSWERED, "field.agency"),
    (EntryKind.STEP_CORRECTED, "field.agency"),
    (EntryKind.STEP_ANSWERED, "field.badge"),
    (EntryKind.NOTE_ADDED, "text"),
    (EntryKind.NOTE_ADDED, "text"),
    (EntryKind.AMENDMENT_ADDED, "reason"),
)


def a_status(
    values: tuple[tuple[str, str], ...] = VALUES, holds: tuple[Hold, ...] = (), eligible_from: date | None = None
) -> RetentionStatus:
    """The status of record 2026-0001."""
    return RetentionStatus(a_record(), values, holds, eligible_from)


def made(kind: EntryKind, body: Mapping[str, object], second: int = 0) -> LoggedEntry:
    """An entry of an export or a backup."""
    return kept(1, kind, body, at=second)


def test_what_is_destroyed_is_counted_by_record() -> None:
    """Each fact is named once; notes and amendments are counted; a record with answers only has a count."""
    told = list(preview([a_status(), a_status(VALUES[:0])], (), ()))
    (full, bare) = [line for line in told if "2026-0001" in line]
    assert [words in full for words in ("6 values", "facts (agency, badge)", "2 notes", "1 amendment")] == [True] * 4
    assert "0 values" in bare
    assert [words in bare for words in ("facts", "note", "amendment")] == [False] * 3
    assert (STAYS in told, told[-1]) == (True, DISTRICT)


def test_the_copies_that_are_destroyed_too_are_named() -> None:
    """Without copies, and without exports and backups, there is nothing to destroy by hand here."""
    copies = ("/srv/earlier/one.db", "/srv/earlier/two.db")
    bare, told = list(preview([a_status()], (), ())), list(preview([a_status()], (), copies))
    assert [next(copy for copy in copies if copy in line) for line in told if line not in bare] == list(copies)


def test_exports_are_listed_and_backups_grouped_by_their_folder() -> None:
    """An export names its format and place; the backups of a folder are one line, from the first to the last."""
    entries = [
        made(EntryKind.EXPORT_MADE, {"format": "csv", "as": "file", "path": "/srv/a.csv"}),
        made(EntryKind.EXPORT_MADE, {"format": "html", "as": "stdout"}),
        made(EntryKind.EXPORT_MADE, {"as": "file"}),
        made(EntryKind.BACKUP_MADE, {"to": "/srv/backups/1.zip"}),
        made(EntryKind.BACKUP_MADE, {"to": "/srv/other/1.zip"}, 60),
        made(EntryKind.BACKUP_MADE, {"to": "/srv/backups/2.zip"}, 120),
        made(EntryKind.BACKUP_MADE, {}),
    ]
    bare = list(preview([a_status()], (), ()))
    _, *told = [line for line in preview([a_status()], entries, ()) if line not in bare]
    assert [line.partition(", ")[2] for line in told[:3]] == ["/srv/a.csv", "printed or piped", "a file"]
    assert ("csv" in told[0], "export as ?" in told[2]) == (True, True)
    assert len(told) == 6
    assert ("2 backups" in told[3], told[3].endswith("/srv/backups")) == (True, True)
    assert ("1 backup " in told[4], told[4].endswith("/srv/other")) == (True, True)
    first, last = (f"{an_instant(second).local():%H:%M}" for second in (0, 120))
    assert (told[3].index(first) < told[3].index(last), last in told[4]) == (True, False)
    assert "1 backup " in told[5]


@pytest.mark.parametrize("why", KeptBecause)
def test_every_reason_for_keeping_a_record_is_told_with_what_to_do(why: KeptBecause) -> None:
    """The sentence names the record and the reason; no two reasons have the same repair."""
    told = refused(a_status(holds=(HOLD,)), why, TODAY)
    assert told.startswith("2026-0001")
    assert why.words in told
    assert (hold_words(HOLD) in told) is (why is KeptBecause.ON_HOLD)
    assert [other for other in KeptBecause if repair(other) == repair(why)] == [why]


def test_a_record_that_is_not_eligible_yet_is_told_with_its_day() -> None:
    """A record without a retention period has no day."""
    told = refused(a_status(eligible_from=date(2031, 5, 6)), KeptBecause.NOT_ELIGIBLE, TODAY)
    assert ("2031-05-06" in told, "2030-01-02" in told) == (True, True)
    assert "2030" not in refused(a_status(), KeptBecause.NOT_ELIGIBLE, TODAY)


def test_a_hold_is_described_with_all_that_was_given() -> None:
    """A hold without a matter does not name one."""
    assert [words in hold_words(HOLD) for words in ("Dana Ruiz", "Case 12", "A lawsuit")] == [True] * 3
    assert f"{HOLD.at.local():%Y-%m-%d}" in hold_words(HOLD)
    without = hold_words(Hold("enc", "h1", "2026-0001", an_instant(), "A lawsuit", "Dana Ruiz"))
    assert (" for " in hold_words(HOLD), " for " in without) == (True, False)


def test_the_officer_sees_each_record_and_the_schedule() -> None:
    """And at once whether it is only practice."""
    told = list(request_preview(REQUEST))
    for one in REQUEST.records:
        (line,) = [line for line in told if line.strip().startswith(f"{one.no}:")]
        assert [part in line for part in (one.outcome, str(one.closed), str(one.eligible_from))] == [True] * 3
    assert {f"  {line}" for line in REQUEST.schedule} <= set(told)
    practice = list(request_preview(replace(REQUEST, mode="practice")))
    assert (practice[1:], "PRACTICE" in practice[0]) == (told, True)


def test_the_person_who_destroys_sees_who_authorized_it() -> None:
    """With the day and the reference."""
    told = authorized_words(Authorization("Pat Example", "RC-075 1", TODAY, REQUEST))
    assert [part in told for part in ("Pat Example", "RC-075 1", str(TODAY))] == [True] * 3
