"""Packs in the log: content is kept once and found by its hash, approvals by their key, versions by their pack."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, Final

import pytest

from kiosk.errors import ReplaceReason
from kiosk.protocol.content_hash import content_of
from kiosk.protocol.pack import read_pack
from kiosk.record.approval import Approval, approval_of, statement
from kiosk.record.entries import Actor, EncodedEntry, Entry
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.pack_entries import (
    activated,
    is_kept,
    kept_content,
    kept_entry,
    kept_protocols,
    kept_signed,
    protocol_in,
    repeats_newest,
    versions,
)
from kiosk.record.transparency.signed_note import Signer
from kiosk.record.verification.succession import CarriedOver, LogState, log_started
from tests.fakes import MemoryLog
from tests.homes import PACK
from tests.record.rows import encoded

FILES: Final = {"protocol.yaml": PACK.encode()}
CONTENT, CONTENT_HASH = content_of(FILES)
_READ = read_pack(FILES).protocol
assert _READ is not None
PROTOCOL: Final = _READ
SIGNER: Final = Signer("superintendent", bytes(range(32)))
APPROVAL: Final = approval_of(PROTOCOL, CONTENT_HASH, name="A. Example", role="Superintendent", on=date(2026, 8, 1))
OTHER: Final = replace(APPROVAL, content_hash="0" * 64)


def a_log(*entries: Entry) -> MemoryLog:
    """A log with these entries."""
    log = MemoryLog()
    log.append(encoded(entries, log.origin))
    return log


def kept(note: str = "", content: str = CONTENT) -> Entry:
    """The entry with the small pack's content."""
    return kept_entry(PROTOCOL, CONTENT_HASH, content, note)


def note(approval: Approval = APPROVAL, signer: Signer = SIGNER) -> str:
    """The signed note of an approval."""
    return signer.sign(statement(approval)).decode()


def altered(log: MemoryLog, seq: int = 0) -> MemoryLog:
    """The log with another leaf hash for one entry."""
    log.kept[seq] = replace(log.kept[seq], leaf=bytes(32))
    return log


def lacking(log: MemoryLog, name: str, seq: int = 0) -> MemoryLog:
    """The log without one value of an entry, as after a destruction."""
    entry = log.kept[seq]
    disclosures = tuple(disclosure for disclosure in entry.disclosures if disclosure[0] != name)
    assert len(disclosures) < len(entry.disclosures)
    log.kept[seq] = EncodedEntry(entry.seq, entry.header, entry.leaf, disclosures)
    return log


# -- content -----------------------------------------------------------------------------------------------------------


def test_the_entry_of_a_pack_has_its_content_and_its_approval() -> None:
    """The kiosk writes it; the content hash is in the header, where it is never destroyed."""
    entry = kept("the note")
    assert (entry.kind, entry.actor, entry.pack) == (EntryKind.PACK_KEPT, Actor.KIOSK, CONTENT_HASH)
    assert entry.body == {"id": "small", "version": "2026.1", "content": CONTENT, "note": "the note"}
    assert kept_entry(PROTOCOL, CONTENT_HASH, CONTENT).body["note"] == ""


def test_kept_content_is_found_by_its_hash_and_reads_as_the_protocol() -> None:
    """Complete, with every word in its place."""
    log = a_log(kept())
    assert is_kept(log, CONTENT_HASH)
    assert not is_kept(log, "0" * 64)
    assert kept_content(log, CONTENT_HASH) == CONTENT
    assert protocol_in(kept_content(log, CONTENT_HASH), CONTENT_HASH) == PROTOCOL


def test_content_is_found_among_other_packs_and_after_altered_entries() -> None:
    """An entry that can't be used ends no search."""
    log = altered(a_log(kept(), replace(kept(content="another"), pack="0" * 64), kept()))
    assert kept_content(log, CONTENT_HASH) == CONTENT
    assert kept_content(log, "0" * 64) == "another"


def test_an_altered_entry_is_passed_over_not_raised() -> None:
    """It must not keep the desk from opening; the content is kept again."""
    log = altered(a_log(kept()))
    assert not is_kept(log, CONTENT_HASH)
    assert not repeats_newest(log, kept())


def test_an_entry_without_its_content_does_not_keep_it() -> None:
    """A value can be missing from a damaged file; the content is kept again."""
    assert kept_content(lacking(a_log(kept()), "content"), CONTENT_HASH) is None


@pytest.mark.parametrize("content", [None, "", "{}", "[", "[]", "[" * 100_000, CONTENT.replace("Call.", "Ring.")])
def test_content_of_another_hash_or_none_is_no_protocol(content: str | None) -> None:
    """Nothing is shown as the words of a pack that are not."""
    assert protocol_in(content, CONTENT_HASH) is None


def test_content_without_a_protocol_is_none_even_under_its_own_hash() -> None:
    """The hash matches, but the content lacks the file with the protocol, or that file is not one."""
    for files in ({}, {"other.yaml": PACK.encode()}, {"protocol.yaml": b"kind: contacts"}):
        assert protocol_in(*content_of(files)) is None


def test_a_protocol_is_read_once_and_found_as_soon_as_it_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kiosk has its log open for weeks: it records the content after it looked for it, and then shows it often."""
    log, asked = a_log(kept(content="{}")), list[str]()
    protocols = kept_protocols(log)
    assert protocols(CONTENT_HASH) is None
    log.kept[:] = a_log(kept()).kept
    assert protocols(CONTENT_HASH) == PROTOCOL
    monkeypatch.setattr(log, "of_kind", asked.append)
    assert protocols(CONTENT_HASH) == PROTOCOL
    assert asked == []


# -- repeated entries --------------------------------------------------------------------------------------------------


def test_an_entry_repeats_the_newest_of_its_kind_only_with_the_same_values() -> None:
    """The newest alone counts, so a change back is recorded again."""
    first, second = (Entry(EntryKind.PACK_REJECTED, {"id": "small", "why": why}) for why in ("unsigned", "altered"))
    log = a_log(first, second, Entry(EntryKind.NOTE_ADDED, {"text": "A car."}))
    assert repeats_newest(log, second)
    assert not repeats_newest(log, first)
    assert not repeats_newest(log, replace(second, body={"id": "small"} | {"why": "altered", "by": "Dana Ruiz"}))
    assert not repeats_newest(log, replace(second, kind=EntryKind.PACK_OVERDUE))
    assert not repeats_newest(a_log(), second)


def test_values_that_an_entry_does_not_have_make_no_difference() -> None:
    """An older or a newer program may have recorded others."""
    entry = Entry(EntryKind.PACK_REJECTED, {"id": "small", "why": "unsigned"})
    assert repeats_newest(a_log(replace(entry, body={**entry.body, "of-another-version": 5})), entry)


# -- approvals ---------------------------------------------------------------------------------------------------------


def test_signed_content_comes_with_its_approval_and_note() -> None:
    """Each that this key signed, oldest first."""
    log = a_log(kept(note()), kept(), kept(note()))
    found = (APPROVAL, CONTENT, note().encode())
    assert list(kept_signed(log, SIGNER.public)) == [found, found]


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "no note",
        note(signer=Signer("superintendent", bytes(32))),
        note(signer=Signer("counsel", bytes(range(32)))),
        note(OTHER),
        SIGNER.sign("another text\n").decode(),
    ],
    ids=["none", "no note", "another key", "another name", "another content", "no approval"],
)
def test_content_that_this_key_did_not_approve_is_left_out(wrong: str) -> None:
    """The note must be of this key and of exactly this content; the next entries still count."""
    log = a_log(kept(wrong), kept(note()))
    assert [approval for approval, _, _ in kept_signed(log, SIGNER.public)] == [APPROVAL]


def test_signed_content_in_an_altered_or_incomplete_entry_is_left_out() -> None:
    """And ends no search."""
    for log in (altered(a_log(kept(note()), kept(note()))), lacking(a_log(kept(note()), kept(note())), "content")):
        assert len(list(kept_signed(log, SIGNER.public))) == 1
    assert list(kept_signed(lacking(a_log(kept(note())), "note"), SIGNER.public)) == []
    bare = replace(kept(), body={"content": CONTENT, "note": note()})
    assert [approval for approval, _, _ in kept_signed(a_log(bare), SIGNER.public)] == [APPROVAL]


# -- versions ----------------------------------------------------------------------------------------------------------


def installed(**values: Any) -> Entry:
    """The entry about an installed version."""
    return Entry(EntryKind.PACK_ACTIVATED, values)


def started(**packs: tuple[str, str]) -> Entry:
    """The first entry of a log that replaced another, with the highest versions until then."""
    return log_started(ReplaceReason.RESTORED, LogState(), CarriedOver(0, packs), by="restore")


def test_versions_of_previous_logs_come_before_those_of_this_log() -> None:
    """All of them, each with pack and content hash, whatever the order of the entries."""
    log = a_log(
        installed(id="small", version="2026.2", content_hash="s2"),
        started(small=("2026.1", "s1"), large=("2025.3", "l3")),
        installed(id="large", version="2025.4", content_hash="l4"),
    )
    assert list(versions(log)) == [
        ("large", "2025.3", "l3"),
        ("small", "2026.1", "s1"),
        ("small", "2026.2", "s2"),
        ("large", "2025.4", "l4"),
    ]
    assert list(activated(log, "small")) == [("2026.1", "s1"), ("2026.2", "s2")]
    assert list(activated(log, "other")) == []


def test_versions_in_altered_or_incomplete_entries_are_left_out() -> None:
    """A version without its pack is of no use; a pack without its version or hash is still known."""
    entries = (started(small=("2026.1", "s1")), installed(id="small", version="2026.2", content_hash="s2"))
    assert list(versions(altered(a_log(*entries), 0))) == [("small", "2026.2", "s2")]
    assert list(versions(altered(a_log(*entries), 1))) == [("small", "2026.1", "s1")]
    assert list(versions(lacking(a_log(*entries), "packs", 0))) == [("small", "2026.2", "s2")]
    assert list(versions(lacking(a_log(*entries), "id", 1))) == [("small", "2026.1", "s1")]
    assert list(versions(a_log(installed(id="small")))) == [("small", "", "")]
    assert list(versions(a_log())) == []
