"""Check that each destruction was authorized: by a text in the log that names the record, signed with the records
officer's key that the log knew then.

A key that a previous log has is unknown here; such an authorization stays unsettled until that log was read too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from kiosk.record.entry_kinds import EntryKind
from kiosk.record.retention.authorization import (
    Authorization,
    AuthorizationRefused,
    hash_of,
    read_authorization,
    same_person,
    signed_authorization,
)
from kiosk.record.transparency.signed_note import BadNote, parse, verifier_key
from kiosk.record.verification.segment import AuthorityEntry, Problem

_KEYS: Final = frozenset({EntryKind.RECORDS_KEY_FIXED, EntryKind.RECORDS_KEY_REPLACED})


@dataclass(frozen=True, slots=True)
class UnsettledAuthorization:
    """An authorization, kept by entry `seq`, that only a key of a previous log can have signed."""

    seq: int
    note: bytes


@dataclass(frozen=True, slots=True)
class Authority:
    """The result of the check. key: the records officer's key that the log has last; empty for none."""

    key: str = ""
    unsettled: tuple[UnsettledAuthorization, ...] = ()
    problems: tuple[Problem, ...] = ()


def check_authority(entries: Iterable[AuthorityEntry]) -> Authority:
    """Check all entries of a log about keys, authorizations and destruction. entries: in their order."""
    check = _Check()
    for entry in entries:
        if entry.kind in _KEYS:
            check.key = str(entry.values.get("now", ""))
        elif entry.kind == EntryKind.DESTRUCTION_AUTHORIZED:
            check.authorized(entry)
        else:
            check.destroyed(entry)
    return Authority(check.key, tuple(check.unsettled), tuple(check.problems))


def is_signed(note: bytes, key: str) -> bool:
    """Check that exactly this key signed the authorization."""
    try:
        signed_authorization(note, verifier_key(key))
    except (BadNote, AuthorizationRefused):
        return False
    return True


class _Check:
    """The check of one log, entry by entry. said: the authorizations so far, by hash."""

    def __init__(self) -> None:
        self.key = ""
        self.said: dict[str, Authorization] = {}
        self.unsettled: list[UnsettledAuthorization] = []
        self.problems: list[Problem] = []

    def authorized(self, entry: AuthorityEntry) -> None:
        note, cited = str(entry.values.get("note", "")).encode(), str(entry.values.get("authorization", ""))
        said = _said(note)
        if said is None or hash_of(said) != cited:
            self._add(entry, "keeps an authorization that was not signed as it is")
        elif cited in self.said:
            self._add(entry, "keeps an authorization that was used before")
        elif self.key and not is_signed(note, self.key):
            self._add(entry, "keeps an authorization that the records officer's key in the log did not sign")
        else:
            self.said[cited] = said
            if not self.key:
                self.unsettled.append(UnsettledAuthorization(entry.seq, note))

    def destroyed(self, entry: AuthorityEntry) -> None:
        said = self.said.get(str(entry.values.get("authorization", "")))
        if said is None:
            self._add(entry, "destroyed details, but no earlier entry keeps an authorization of it")
            return
        named = {(one.encounter_id, one.no, one.content) for one in said.request.records}
        if (entry.about, entry.values.get("no"), entry.values.get("content")) not in named:
            self._add(entry, "destroyed details of a record that its authorization does not name")
        elif same_person(said.by, str(entry.values.get("by", ""))):
            self._add(entry, "destroyed details by the person who authorized it")

    def _add(self, entry: AuthorityEntry, what: str) -> None:
        self.problems.append(Problem(entry.seq, f"Entry {entry.seq} {what}."))


def _said(note: bytes) -> Authorization | None:
    try:
        return read_authorization(parse(note).text)
    except BadNote:
        return None
