"""The content of a pack as an entry, so that the log alone can show the words on the screen years later."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Protocol

from kiosk.errors import UsageError
from kiosk.protocol.content_hash import content_hash_of, files_of
from kiosk.protocol.model import Protocol as TheProtocol
from kiosk.protocol.pack import PROTOCOL_FILE, read_pack
from kiosk.record.approval import Approval, read_statement
from kiosk.record.entries import Actor, EncodedEntry, Entry, decoded_or_none
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.transparency.signed_note import BadNote, VerifierKey, verify
from kiosk.worded import Worded


class PackRefusal(Worded):
    """Why a version of a protocol may not run live, as the log keeps it. The words follow "refused:"."""

    ALTERED = "altered", "it was changed after it was approved"
    UNSIGNED = "unsigned", "it is not approved"
    BAD_SIGNATURE = "bad-signature", "its approval does not match"
    NO_KEY = "no-key", "no superintendent's key is set"
    UNREADABLE = "unreadable", "it can't be read, or is missing"
    NOT_YET = "not-yet", "it is not in effect yet"
    OVERDUE = "overdue", "its review date has passed"
    LOWER = "lower", "a higher version was installed before"
    VERSION = "version", "its version can't be put in order"
    FINDINGS = "findings", "it has findings to repair"
    CONTACTS = "contacts", "the contacts do not fit it"
    SETUP = "setup", "the kiosk is not set up"


class Log(Protocol):
    """A log that gives its entries by kind."""

    def of_kind(self, kind: EntryKind) -> Iterable[EncodedEntry]:
        """Return all entries of this kind, oldest first."""


class Recent(Protocol):
    """A log that gives its entries by kind, newest first."""

    def newest(self, kind: EntryKind | None = None) -> Iterable[EncodedEntry]:
        """Return all entries, or those of one kind, newest first."""


def kept_entry(protocol: TheProtocol, seal: str, content: str, note: str = "") -> Entry:
    """Return the entry with a pack's content (from `content_of`) and the note that approves it."""
    body = {"id": protocol.id, "version": protocol.release.version, "content": content, "note": note}
    return Entry(EntryKind.PACK_KEPT, body, actor=Actor.KIOSK, pack=seal)


def is_kept(log: Log, seal: str) -> bool:
    """Check that the log has the content with this hash."""
    return kept_content(log, seal) is not None


def said_last(log: Recent, entry: Entry) -> bool:
    """Check that the newest entry of this kind says the same."""
    newest = next(iter(log.newest(entry.kind)), None)
    kept = decoded_or_none(newest) if newest else None
    said = kept.body if kept else {}
    return kept is not None and {name: said.get(name) for name in entry.body} == dict(entry.body)


def kept_content(log: Log, seal: str) -> str | None:
    """Return the content with this hash; None if the log does not have it, or only in an altered entry."""
    for kept in map(decoded_or_none, log.of_kind(EntryKind.PACK_KEPT)):
        if kept and kept.pack == seal and "content" in kept.body:
            return str(kept.body["content"])
    return None


def kept_signed(log: Log, key: VerifierKey) -> Iterator[tuple[Approval, str, bytes]]:
    """Return (approval, content, note) of every content in the log that this key signed; oldest first."""
    for kept in map(decoded_or_none, log.of_kind(EntryKind.PACK_KEPT)):
        note = str(kept.body.get("note", "")).encode() if kept else b""
        if kept and note and "content" in kept.body:
            with suppress(BadNote):
                approval = read_statement(verify(note, key))
                if approval.seal == kept.pack:
                    yield approval, str(kept.body["content"]), note


def activated(log: Log, pack_id: str) -> Iterator[tuple[str, str]]:
    """Return (version, content hash) of each installed version of this pack, signed by any key."""
    return ((version, seal) for name, version, seal in versions(log) if name == pack_id)


def versions(log: Log) -> Iterator[tuple[str, str, str]]:
    """Return (pack, version, content hash) of all installed in this log, and of the highest ones in previous logs."""
    for kept in map(decoded_or_none, log.of_kind(EntryKind.LOG_STARTED)):
        packs = kept.body.get("packs") if kept else None
        for name, (version, seal) in packs.items() if packs else ():
            yield name, version, seal
    for kept in map(decoded_or_none, log.of_kind(EntryKind.PACK_ACTIVATED)):
        if kept and "id" in kept.body:
            yield str(kept.body["id"]), str(kept.body.get("version", "")), str(kept.body.get("seal", ""))


def protocol_in(content: str | None, seal: str) -> TheProtocol | None:
    """Return the protocol in this content; None if it is invalid or has another hash."""
    try:
        files = files_of(content or "")
        if PROTOCOL_FILE not in files or content_hash_of(files) != seal:
            return None
    except (ValueError, UsageError, RecursionError):
        return None
    return read_pack(files).protocol
