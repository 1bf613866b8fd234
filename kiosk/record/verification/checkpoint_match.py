"""Compare outside copies with a log: verification codes, and checkpoints that were issued as signed notes."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, assert_never

from kiosk.errors import UsageError
from kiosk.record.transparency.checkpoint import Checkpoint, read_checkpoint
from kiosk.record.transparency.signed_note import DASH, BadNote
from kiosk.record.transparency.verification_code import (
    MOST_MISTYPED,
    PREFIX,
    VerificationCode,
    code_of,
    differing,
    read_code,
    short_log_id,
)
from kiosk.record.verification.result import Result
from kiosk.record.verification.verdict import Verdict
from kiosk.worded import Worded


class Match(Worded):
    """The result of comparing a log with an outside copy."""

    MATCHES = "matches", "the log still begins with exactly these entries"
    TRUNCATED = "truncated", "entries are missing from the end of the log"
    REWRITTEN = "rewritten", "the log has other entries than it had then"
    CHANGED = "changed", "entries that it covers were changed"
    MISTYPED = "mistyped", "the code was probably mistyped"
    EMPTY = "empty", "it covers no entries, so it proves nothing"
    UNSIGNED = "unsigned", "the log's key did not sign it"
    UNDECIDABLE = "undecidable", "it can't be compared, because entries before it are missing"
    OTHER_LOG = "other-log", "it is of a log that is not here"

    @property
    def verdict(self) -> Verdict:
        """Whether the copy matches the log, does not, or could not be compared."""
        match self:
            case Match.MATCHES:
                return Verdict.VERIFIED
            case Match.TRUNCATED | Match.REWRITTEN | Match.CHANGED | Match.UNSIGNED:
                return Verdict.DOES_NOT_MATCH
            case Match.MISTYPED | Match.UNDECIDABLE | Match.OTHER_LOG | Match.EMPTY:
                return Verdict.NOT_CHECKED
            case _:
                assert_never(self)


_CODE: Final = re.compile(rf"{PREFIX}[0-9A-F]{{8}}/\d{{1,15}}/[A-Z2-7]{{52}}(?![A-Z2-7])")
_NOTE: Final = re.compile(rf"^\S+\n\d{{1,18}}\n[A-Za-z0-9+/]{{43}}=\n\n(?:{DASH}\S+ [A-Za-z0-9+/=]+\n)+", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class OutsideCopy:
    """An outside copy of a log's checkpoint. where: where it was read, for people.

    note: the signed note; empty for a verification code. origin: the full log ID in the note; empty for a code.
    """

    code: VerificationCode
    where: str
    origin: str = ""
    note: str = ""

    def is_of(self, origin: str) -> bool:
        """Check that it is a copy of the log with this ID."""
        return self.origin == origin if self.origin else self.code.log_id == short_log_id(origin)


@dataclass(frozen=True, slots=True)
class CheckpointMatch:
    """An outside copy and its result.

    origin: the ID of the log it was compared with; empty for none. differs: positions, from 1, of mistyped characters.
    """

    copy: OutsideCopy
    outcome: Match
    origin: str = ""
    differs: tuple[int, ...] = ()


def typed_code(words: str) -> OutsideCopy:
    """Return the verification code that was typed. Raises UsageError."""
    code = read_code(words)
    return OutsideCopy(code, code.text)


def in_text(text: str, where: str) -> tuple[OutsideCopy, ...]:
    """Return all verification codes and signed notes in a text, each state once. Raises UsageError for none."""
    plain = text.replace("\r\n", "\n")
    once: dict[VerificationCode, OutsideCopy] = {}
    # Notes first: a signed note proves more than the code of the same state.
    for copy in (*_notes(plain, where), *(OutsideCopy(read_code(code), where) for code in _CODE.findall(plain))):
        once.setdefault(copy.code, copy)
    if not once:
        try:
            return (typed_code(text),)
        except UsageError as error:
            words = f"There is no verification code in {where}."
            raise UsageError(words, f"A code begins with {PREFIX}.") from error
    return tuple(once.values())


def match(copy: OutsideCopy, results: Sequence[Result]) -> CheckpointMatch:
    """Compare an outside copy with its log. results: of all logs here, each with the root at the copy's size."""
    for result in results:
        if copy.is_of(result.origin):
            return _against(copy, result)
    return CheckpointMatch(copy, Match.OTHER_LOG)


def _against(copy: OutsideCopy, result: Result) -> CheckpointMatch:
    size, root = copy.code.size, result.roots.get(copy.code.size)
    differs = () if root is None else differing(copy.code, root)
    if copy.note and not _signed(copy, result):
        return CheckpointMatch(copy, Match.UNSIGNED, result.origin)
    if not size:
        return CheckpointMatch(copy, Match.EMPTY, result.origin)
    if size > result.size:
        return CheckpointMatch(copy, Match.TRUNCATED, result.origin)
    if root is None:
        return CheckpointMatch(copy, Match.UNDECIDABLE, result.origin)
    if differs:
        mistyped = len(differs) <= MOST_MISTYPED and not copy.note
        return CheckpointMatch(copy, Match.MISTYPED if mistyped else Match.REWRITTEN, result.origin, differs)
    before = any(problem.at is not None and problem.at < size for problem in result.problems)
    return CheckpointMatch(copy, Match.CHANGED if before else Match.MATCHES, result.origin)


def _signed(copy: OutsideCopy, result: Result) -> bool:
    if result.key is None:
        return False
    try:
        found = read_checkpoint(copy.note.encode(), result.key)
    except BadNote:
        return False
    return code_of(found) == copy.code


def _notes(text: str, where: str) -> Iterator[OutsideCopy]:
    for found in _NOTE.finditer(text):
        note = found.group()
        origin, size, root = note.split("\n")[:3]
        yield OutsideCopy(code_of(Checkpoint(origin, int(size), b64decode(root))), where, origin, note)
