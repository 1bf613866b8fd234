"""Entries about packs. The content of a pack is an entry, so that the log alone can show its texts years later."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Protocol

from kiosk.errors import UsageError
from kiosk.protocol.content_hash import content_hash_of, files_of
from kiosk.protocol.model import Protocol as TheProtocol
from kiosk.protocol.pack import PROTOCOL_FILE, read_pack
from kiosk.record.approval import Approval, read_statement
from kiosk.record.canonical import Json
from kiosk.record.entries import Actor, Encoded, Entry, decoded_or_none
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.transparency.signed_note import BadNote, VerifierKey, verify
from kiosk.worded import Worded


class PackRefusal(Worded):
    """Why a version of a protocol may not run live, as the log stores it. The words follow "refused:"."""

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


class BundleRefusal(Worded):
    """Why a desk does not install a bundle of its district, as the log stores it. The words follow "refused:"."""

    UNREADABLE = "unreadable", "it can't be read"
    UNSIGNED = "unsigned", "it is not signed"
    NO_KEY = "no-key", "no superintendent's key is set"
    BAD_SIGNATURE = "bad-signature", "the superintendent's key did not sign it"
    ALTERED = "altered", "it was changed after it was signed"
    OTHER_SCHOOL = "other-school", "it is for other schools"
    OTHER_PROTOCOL = "other-protocol", "it has another protocol than this desk follows"
    OLDER = "older", "a bundle that was made later is installed"
    LATER = "later", "it was made later than this computer's clock says it is"
    SETUP = "setup", "the kiosk is not set up"
    PROTOCOL = "protocol", "its protocol may not run here"
    SETTINGS = "settings", "the district's settings do not fit its protocol"
    CONTACTS = "contacts", "the contacts do not fit its protocol"


class Log(Protocol):
    """A log that gives its entries by kind."""

    def of_kind(self, kind: EntryKind) -> Iterable[Encoded]:
        """Return all entries of this kind, oldest first."""


class Recent(Protocol):
    """A log that gives its entries by kind, newest first."""

    def newest(self, kind: EntryKind | None = None) -> Iterable[Encoded]:
        """Return all entries, or those of one kind, newest first."""


def kept_entry(protocol: TheProtocol, content_hash: str, content: str, note: str = "") -> Entry:
    """Return the entry with a pack's content (from `content_of`) and its approval note."""
    body = {"id": protocol.id, "version": protocol.release.version, "content": content, "note": note}
    return Entry(EntryKind.PACK_KEPT, body, actor=Actor.KIOSK, pack=content_hash)


def activation(approval: Approval) -> Entry:
    """Return the entry about an installed version."""
    names = ("version", "content_hash", "name", "role")
    body = {"id": approval.pack, **{name: getattr(approval, name) for name in names}}
    days = {name: getattr(approval, name).isoformat() for name in ("on", "effective", "review_by")}
    return Entry(EntryKind.PACK_ACTIVATED, body | days, actor=Actor.COMMAND, pack=approval.content_hash)


@dataclass(frozen=True, slots=True)
class InstalledBundle:
    """A bundle that was installed. name: the hash that names it. made: when it was made.

    settings, contacts: the hashes of those that this desk had last from a bundle; empty for none.
    """

    name: str
    made: str
    settings: str = ""
    contacts: str = ""


def bundle_installed(bundle: InstalledBundle, approval: Approval, changed: Sequence[str]) -> Entry:
    """Return the entry about an installed bundle. changed: which parts of it were new here."""
    body: dict[str, Json] = {
        "bundle": bundle.name,
        "made": bundle.made,
        "id": approval.pack,
        "version": approval.version,
        "content_hash": approval.content_hash,
        "changed": list(changed),
        "settings": bundle.settings,
        "contacts": bundle.contacts,
    }
    return Entry(EntryKind.BUNDLE_INSTALLED, body, actor=Actor.COMMAND, pack=approval.content_hash)


def installed_bundle(log: Recent) -> InstalledBundle | None:
    """Return the bundle that was installed last; None for none."""
    for kept in map(decoded_or_none, log.newest(EntryKind.BUNDLE_INSTALLED)):
        if kept and kept.body.keys() >= {"bundle", "made"}:
            body = kept.body
            texts = (str(body.get(name, "")) for name in ("bundle", "made", "settings", "contacts"))
            return InstalledBundle(*texts)
    return None


def protocols_kept(log: Log) -> list[TheProtocol]:
    """Return each version of a protocol whose content the log has, newest first."""
    kept = [one for one in map(decoded_or_none, log.of_kind(EntryKind.PACK_KEPT)) if one and "content" in one.body]
    contents = {one.pack or "": str(one.body["content"]) for one in reversed(kept)}
    return [found for hash_, content in contents.items() if (found := protocol_in(content, hash_)) is not None]


def is_kept(log: Log, content_hash: str) -> bool:
    """Check that the log has the content with this hash."""
    return kept_content(log, content_hash) is not None


def repeats_newest(log: Recent, entry: Entry) -> bool:
    """Check that the newest entry of this kind has the same values."""
    newest = next(iter(log.newest(entry.kind)), None)
    kept = decoded_or_none(newest) if newest else None
    return kept is not None and {name: kept.body.get(name) for name in entry.body} == dict(entry.body)


def kept_content(log: Log, content_hash: str) -> str | None:
    """Return the content with this hash; None if the log does not have it, or only in an altered entry."""
    for kept in map(decoded_or_none, log.of_kind(EntryKind.PACK_KEPT)):
        if kept and kept.pack == content_hash and "content" in kept.body:
            return str(kept.body["content"])
    return None


def kept_signed(log: Log, key: VerifierKey) -> Iterator[tuple[Approval, str, bytes]]:
    """Yield (approval, content, note) of each content in the log that this key signed, oldest first."""
    for kept in map(decoded_or_none, log.of_kind(EntryKind.PACK_KEPT)):
        if kept and kept.body.keys() >= {"note", "content"}:
            note = str(kept.body["note"]).encode()
            with suppress(BadNote):
                approval = read_statement(verify(note, key))
                if approval.content_hash == kept.pack:
                    yield approval, str(kept.body["content"]), note


def activated(log: Log, pack_id: str) -> Iterator[tuple[str, str]]:
    """Return (version, content hash) of each installed version of this pack, signed by any key."""
    return ((version, content_hash) for name, version, content_hash in versions(log) if name == pack_id)


def versions(log: Log) -> Iterator[tuple[str, str, str]]:
    """Yield (pack id, version, content hash): the highest of the previous logs, then all installed in this log."""
    for kept in map(decoded_or_none, log.of_kind(EntryKind.LOG_STARTED)):
        packs = kept.body.get("packs") if kept else None
        for name, (version, content_hash) in packs.items() if packs else ():
            yield name, version, content_hash
    for kept in map(decoded_or_none, log.of_kind(EntryKind.PACK_ACTIVATED)):
        if kept and "id" in kept.body:
            yield str(kept.body["id"]), str(kept.body.get("version", "")), str(kept.body.get("content_hash", ""))


_VERSIONS: Final = 16
"""Number of protocols that are kept read; reading one takes as long as reading a hundred records."""

Protocols = Callable[[str], TheProtocol | None]
"""From a content hash to that version of the protocol; None if the log does not have it."""


def kept_protocols(log: Log) -> Protocols:
    """Return a function that reads the protocols in the log, each only once. One that is not there yet is not noted."""
    known: dict[str, TheProtocol] = {}

    def read(content_hash: str) -> TheProtocol | None:
        if content_hash not in known:
            found = protocol_in(kept_content(log, content_hash), content_hash)
            if found is None:
                return None
            known[content_hash] = found
        return known[content_hash]

    return read


@lru_cache(_VERSIONS)
def protocol_in(content: str | None, content_hash: str) -> TheProtocol | None:
    """Return the protocol in this content; None if it is invalid or has another hash."""
    try:
        files = files_of(content or "")
        if PROTOCOL_FILE not in files or content_hash_of(files) != content_hash:
            return None
    except (ValueError, UsageError, RecursionError):
        return None
    return read_pack(files).protocol
