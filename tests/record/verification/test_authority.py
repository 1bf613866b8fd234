"""Each destruction must have an authorization that names its record, under the key that the log knew then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import pytest

from kiosk.record.entries import Entry
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.transparency.signed_note import Signer
from kiosk.record.verification.authority import Authority, UnsettledAuthorization, check_authority, is_signed
from kiosk.record.verification.segment import AuthorityEntry
from tests.record.retention.logged import OFFICER, act_of_two

STRANGER: Final = Signer("records", bytes([8] * 32))


def read(entries: Sequence[Entry]) -> list[AuthorityEntry]:
    """The entries as a segment has them, numbered from 0."""
    return [AuthorityEntry(n, one.kind, one.encounter_id or "", dict(one.body)) for n, one in enumerate(entries)]


KEY, NOTE, DESTROYED = ACT = tuple(read(act_of_two("a")))


def said(entry: AuthorityEntry, **values: object) -> AuthorityEntry:
    """The entry with other values."""
    return replace(entry, values={**entry.values, **values})


def test_an_act_of_two_has_no_problem() -> None:
    """The key that the log has last is the one for the next log."""
    assert check_authority(ACT) == Authority(str(OFFICER.public))
    assert check_authority([]) == Authority()


@pytest.mark.parametrize(
    ("at", "entries"),
    [
        (2, [KEY, DESTROYED]),
        (2, [KEY, said(NOTE, authorization="cd" * 32), DESTROYED]),
        (2, [KEY, DESTROYED, NOTE]),
        (2, [*ACT[:2], said(DESTROYED, authorization="cd" * 32)]),
        (2, [*ACT[:2], said(DESTROYED, authorization=["cd"])]),
        (2, [*ACT[:2], replace(DESTROYED, about="b")]),
        (2, [*ACT[:2], said(DESTROYED, no="2026-0002")]),
        (2, [*ACT[:2], said(DESTROYED, content="cd" * 32)]),
        (2, [*ACT[:2], replace(DESTROYED, values={})]),
        (2, [*ACT[:2], said(DESTROYED, by="EXAMPLE, Pat")]),
        (1, [KEY, said(NOTE, note="")]),
        (1, [KEY, said(NOTE, note=str(NOTE.values["note"]).replace("Pat", "Sam"))]),
        (1, [said(KEY, now=str(STRANGER.public)), NOTE]),
        (1, [said(KEY, now="no key"), NOTE]),
        (1, read([*act_of_two("a", signer=STRANGER)])[:2]),
        (9, [*ACT, replace(NOTE, seq=9)]),
    ],
)
def test_a_destruction_without_the_officer_is_found(at: int, entries: Sequence[AuthorityEntry]) -> None:
    """No text, a later one, one for another record, by another key, by the same person, or one that was used before."""
    assert at in [problem.at for problem in check_authority(entries).problems]


def test_the_key_of_that_time_counts() -> None:
    """A later key does not make an earlier authorization wrong, nor its own earlier ones right."""
    other = AuthorityEntry(5, EntryKind.RECORDS_KEY_REPLACED, "", {"now": str(STRANGER.public)})
    assert check_authority([*ACT, other]) == Authority(str(STRANGER.public))
    late = check_authority([KEY, replace(other, seq=1), replace(NOTE, seq=2)])
    assert [problem.at for problem in late.problems] == [2]


def test_a_key_of_a_previous_log_is_settled_with_that_log() -> None:
    """The record must be named all the same."""
    note = str(NOTE.values["note"]).encode()
    assert check_authority(ACT[1:]) == Authority(unsettled=(UnsettledAuthorization(1, note),))
    assert [problem.at for problem in check_authority([NOTE, replace(DESTROYED, about="b")]).problems] == [2]
    assert [is_signed(note, str(one.public)) for one in (OFFICER, STRANGER)] == [True, False]
    assert not is_signed(b"", str(OFFICER.public))
