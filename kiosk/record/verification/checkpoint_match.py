"""Compare outside copies with a log: verification codes, and checkpoints that were issued as signed notes."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kiosk.errors import UsageError
from kiosk.record.transparency.checkpoint import Checkpoint, read_checkpoint
from kiosk.record.transparency.receipt import PREFIX, SLIPS, Receipt, kiosk_of, read_receipt, receipt_of, slips
from kiosk.record.transparency.signed_note import DASH, BadNote
from kiosk.record.verification.result import Result
from kiosk.worded import Worded


class Match(Worded):
    """The result of comparing a log with an outside copy."""

    MATCHES = "matches", "the log still begins with exactly these entries"
    TRUNCATED = "truncated", "entries are missing from the end of the log"
    REWRITTEN = "rewritten", "the log has other entries than it had then"
    CHANGED = "changed", "entries that it covers were changed"
    MISTYPED = "mistyped", "the code was probably mistyped"
    UNSIGNED = "unsigned", "the log's key did not sign it"
    UNDECIDABLE = "undecidable", "it can't be compared, because entries before it are missing"
    OTHER_LOG = "other-log", "it is of a log that is not here"


_CODE: Final = re.compile(rf"{PREFIX}[0-9A-F]{{8}}/\d{{1,15}}/[A-Z2-7]{{52}}(?![A-Z2-7])")
_NOTE: Final = re.compile(rf"^\S+\n\d{{1,18}}\n[A-Za-z0-9+/]{{43}}=\n\n(?:{DASH}\S+ [A-Za-z0-9+/=]+\n)+", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Seen:
    """An outside copy of a log's checkpoint. where: where it was read, for people.

    note: the signed note, if it is one; `origin` is then the full log ID.
    """

    receipt: Receipt
    where: str
    origin: str = ""
    note: str = ""

    def is_of(self, origin: str) -> bool:
        """Check that it is of the log with that ID."""
        return self.origin == origin if self.origin else self.receipt.kiosk == kiosk_of(origin)


@dataclass(frozen=True, slots=True)
class CheckpointMatch:
    """An outside copy and its result. origin: the ID of the log it was compared with; empty for none."""

    seen: Seen
    outcome: Match
    origin: str = ""
    differs: tuple[int, ...] = ()


def typed_code(words: str) -> Seen:
    """Return the verification code that was typed. Raises UsageError."""
    receipt = read_receipt(words)
    return Seen(receipt, receipt.code)


def in_text(text: str, where: str) -> tuple[Seen, ...]:
    """Return all verification codes and signed notes in a text, each state once. Raises UsageError for none."""
    plain = text.replace("\r\n", "\n")
    found = [*_notes(plain, where), *(Seen(read_receipt(code), where) for code in _CODE.findall(plain))]
    once = {seen.receipt: seen for seen in reversed(found)}  # a signed note is better than the code of the same state
    if not once:
        try:
            return (typed_code(text),)
        except UsageError as error:
            words = f"There is no verification code in {where}."
            raise UsageError(words, f"A code begins with {PREFIX}.") from error
    return tuple(reversed(once.values()))


def match(seen: Seen, verdicts: Sequence[Result]) -> CheckpointMatch:
    """Compare it with the log it is of. `verdicts`: the results of all logs here, each with the root at this size."""
    for verdict in verdicts:
        if seen.is_of(verdict.origin):
            return _against(seen, verdict)
    return CheckpointMatch(seen, Match.OTHER_LOG)


def _against(seen: Seen, verdict: Result) -> CheckpointMatch:
    size, root = seen.receipt.size, verdict.roots.get(seen.receipt.size)
    differs = () if root is None else slips(seen.receipt, root)
    if seen.note and not _signed(seen, verdict):
        return CheckpointMatch(seen, Match.UNSIGNED, verdict.origin)
    if size > verdict.size:
        return CheckpointMatch(seen, Match.TRUNCATED, verdict.origin)
    if root is None:
        return CheckpointMatch(seen, Match.UNDECIDABLE, verdict.origin)
    if differs:
        slip = len(differs) <= SLIPS and not seen.note
        return CheckpointMatch(seen, Match.MISTYPED if slip else Match.REWRITTEN, verdict.origin, differs)
    before = any(problem.at is not None and problem.at < size for problem in verdict.problems)
    return CheckpointMatch(seen, Match.CHANGED if before else Match.MATCHES, verdict.origin)


def _signed(seen: Seen, verdict: Result) -> bool:
    if verdict.key is None:
        return False
    try:
        found = read_checkpoint(seen.note.encode(), verdict.key)
    except BadNote:
        return False
    return receipt_of(found) == seen.receipt


def _notes(text: str, where: str) -> Iterator[Seen]:
    for found in _NOTE.finditer(text):
        note = found.group()
        origin, size, root = note.split("\n")[:3]
        try:
            state = Checkpoint(origin, int(size), b64decode(root, validate=True))
        except ValueError:
            continue
        yield Seen(receipt_of(state), where, origin, note)
