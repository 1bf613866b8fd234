"""The verification report: what a check of the logs proves and what it can't rule out, in words for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from textwrap import wrap
from typing import Any, assert_never

from kiosk.errors import ReplaceReason
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.transparency.receipt import GROUP, kiosk_of
from kiosk.record.transparency.signed_note import VerifierKey
from kiosk.record.verification.checkpoint_match import CheckpointMatch, Match
from kiosk.record.verification.result import REPAIR, Result
from kiosk.record.verification.segment import Problem
from kiosk.record.verification.succession import reached
from kiosk.system.clock import Instant
from kiosk.worded import many


@dataclass(frozen=True, slots=True)
class Before:
    """The log that this one replaced, as its first entry cites it: log ID, entry count and root hash."""

    reason: str
    origin: str
    size: int
    root: bytes


@dataclass(frozen=True, slots=True)
class Issued:
    """A checkpoint that was issued, as the log says: for whom, its entry count, when."""

    who: str
    size: int
    at: Instant


@dataclass(frozen=True, slots=True)
class LogTold:
    """One log that was checked.

    title: its name for people. first, last: when its oldest and its newest entry were made.
    times: by entry count, when the last of these entries was made. cites: the log IDs that its first entry names.
    beside: the other logs whose state its first entry cites.
    """

    title: str
    verdict: Result
    first: Instant | None = None
    last: Instant | None = None
    times: Mapping[int, Instant] | None = None
    issued: tuple[Issued, ...] = ()
    before: Before | None = None
    cites: tuple[str, ...] = ()
    beside: tuple[Before, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """All logs that were checked, newest first, and the outside copies that were compared with them.

    alone: only one file was checked. left_out: a sentence for each previous log that can't be read.
    """

    logs: tuple[LogTold, ...]
    answers: tuple[CheckpointMatch, ...] = ()
    alone: bool = False
    left_out: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether every log is verified and every outside copy matches."""
        whole = all(log.verdict.sound and not broken(self, log) for log in self.logs)
        return whole and not self.left_out and all(answer.outcome is Match.MATCHES for answer in self.answers)


def broken(told: Told, log: LogTold) -> str:
    """Return how a log contradicts the others here; empty if it does not, or if this can't be decided here."""
    others = {one.verdict.origin: one.verdict for one in told.logs}
    for claim in log.verdict.claims if not told.alone else ():
        # An entry that destroys details in the newer log also ends the rest of a hold in a previous log.
        said = {(claim.seq, kind, claim.about) for kind in (claim.kind, EntryKind.RECORD_DESTROYED)}
        other = others.get(claim.origin)
        if other is None or said.isdisjoint(other.told):
            destroyed = claim.kind == EntryKind.RECORD_DESTROYED
            what = "Details are marked as destroyed" if destroyed else "A legal hold is marked as released"
            return f"{what} by entry {claim.seq} of log {kiosk_of(claim.origin)}, which does not say so."
    return _not_own(told, log) or _broken_from(told, log) or _broken_beside(told, log)


def _not_own(told: Told, log: LogTold) -> str:
    now, name = told.logs[0], log.verdict.origin
    cites = {one.verdict.origin: one.cites for one in reversed(told.logs)}
    if log is now or name in reached(now.verdict.origin, cites):
        return ""
    return "No log here cites this one, so it is not counted as a log of this kiosk."


def _broken_beside(told: Told, log: LogTold) -> str:
    return next((wrong for one in log.beside if (wrong := _broken_from(told, replace(log, before=one)))), "")


def _broken_from(told: Told, log: LogTold) -> str:
    before = log.before
    if before is None or told.alone:
        return ""
    found = next((one.verdict for one in told.logs if one.verdict.origin == before.origin), None)
    name = kiosk_of(before.origin)
    if found is None:
        return f"Log {name}, which this log cites, is not here."
    if found.size < before.size:
        return f"Log {name} had {_count(before.size)} when this log was started, and now has {found.size}."
    if before.size in found.roots and found.roots[before.size] != before.root:
        return f"Log {name} is here, but its first {_count(before.size)} are not the ones that this log cites."
    return ""


def lines(told: Told) -> Iterator[str]:
    """Return the report, line by line."""
    for n, log in enumerate(told.logs):
        if n:
            yield ""
        yield from _log(told, log)
    for words in told.left_out:
        yield from ("", f"CAN'T BE READ: {words}")
    if told.answers:
        yield from ("", "Outside copies")
        for answer in told.answers:
            yield from _item(_answered(answer, told))
    if told.sound:
        if proven := [*_proven(told)]:
            yield from ("", "This proves", *proven)
        yield from ("", "This check can't rule out", *_not_proven(told))
    else:
        yield from ("", REPAIR)


def _log(told: Told, log: LogTold) -> Iterator[str]:
    verdict = log.verdict
    yield f"{log.title}: log {kiosk_of(verdict.origin)}, {_count(verdict.size)}{_span(log)}."
    wrong = broken(told, log)
    if verdict.sound and verdict.key is not None:
        yield f"{'' if wrong or not verdict.size else 'VERIFIED. '}{_sound(verdict, verdict.key)}"
    else:
        yield _found(verdict, log)
        for problem in verdict.problems[:10]:
            yield from _item(problem.what)
        if len(verdict.problems) > 10:
            yield f"  … and {len(verdict.problems) - 10} more."
    yield from _let_go(verdict, alone=told.alone)
    yield from _goes_on(told, log)
    if wrong:
        yield f"DOES NOT MATCH: {wrong}"
    for head in log.issued[-3:]:
        yield f"The log says: on {_day(head.at)} a checkpoint of {_count(head.size)} was issued for {head.who}."


def _let_go(verdict: Result, *, alone: bool) -> Iterator[str]:
    """Report the records whose details were destroyed, apart from claims that only an unchecked log can confirm."""
    own = {about for _, kind, about in verdict.told if kind == EntryKind.RECORD_DESTROYED}
    claims = [
        claim
        for claim in verdict.claims
        if alone and claim.kind == EntryKind.RECORD_DESTROYED and claim.about not in own
    ]
    if (count := verdict.destroyed - len({claim.about for claim in claims})) > 0:
        yield f"Details destroyed: {many(count, 'record')}. For each, an entry records the destruction."
    for origin in dict.fromkeys(claim.origin for claim in claims):
        about = len({claim.about for claim in claims if claim.origin == origin})
        name = kiosk_of(origin)
        yield f"Details missing: {many(about, 'record')}. Marked as destroyed by log {name}, which was not checked."


def _found(verdict: Result, log: LogTold) -> str:
    first = verdict.problems[0]
    if verdict.signed and (first.at is None or first.at >= verdict.signed):
        match = "match" if verdict.signed > 1 else "matches"
        which = f"{_entries(0, verdict.signed)} {match} a signed checkpoint{_when(log, verdict.signed)}"
        return f"DOES NOT MATCH. {which}."
    return f"DOES NOT MATCH. {verdict.matching} of {_count(verdict.size)} match their hashes."


def _sound(verdict: Result, key: VerifierKey) -> str:
    if not verdict.size:
        return "The log holds no entries yet."
    match = f"All {verdict.size} entries match their hashes" if verdict.size > 1 else "The one entry matches its hash"
    kept = f" {verdict.kept} stored checkpoints match too." if verdict.kept > 1 else ""
    return f"{match} and the checkpoint signed with key {key.id.hex()}.{kept}"


def _goes_on(told: Told, log: LogTold) -> Iterator[str]:
    before = log.before
    if before is None:
        return
    why, name = ReplaceReason.words_for(before.reason), kiosk_of(before.origin)
    yield f"This log replaced log {name} ({_count(before.size)}) because {why}."
    if told.alone:
        yield f"Log {name} was not checked, because only this file was named."
    elif not _broken_from(told, log):
        size = next(one.verdict.size for one in told.logs if one.verdict.origin == before.origin)
        more = f", and has {_count(size - before.size)} after it" if size > before.size else " and ends there"
        yield f"That log is here{more}."


def _answered(answer: CheckpointMatch, told: Told) -> str:
    seen = answer.seen
    size, count = seen.receipt.size, _count(seen.receipt.size)
    log = next((log for log in told.logs if log.verdict.origin == answer.origin), None)
    kind = "signed checkpoint" if seen.note else "verification code"
    name = f"The {kind} of {count} (log {seen.receipt.kiosk}, {seen.where})"
    match answer.outcome:
        case Match.MATCHES:
            when = _when(log, size)
            return f"{name} MATCHES: the log still begins with the same {count}{when}."
        case Match.TRUNCATED:
            size_now = log.verdict.size if log else 0
            missing = f"{_count(size - size_now)} missing from its end"
            return f"{name} DOES NOT MATCH: the log now has {_count(size_now)}, with {missing}."
        case Match.REWRITTEN:
            words = f"the log's first {count} differ from those it had then, so the log was rewritten"
            return f"{name} DOES NOT MATCH: {words}. If the code was typed, check the number of entries too."
        case Match.CHANGED:
            return f"{name} DOES NOT MATCH: entries that it covers were changed; they are named above."
        case Match.MISTYPED:
            groups = sorted({(sign - 1) // GROUP + 1 for sign in answer.differs})
            where = ", ".join(map(str, groups))
            return (
                f"{name} was probably mistyped: {many(len(answer.differs), 'character')} of 52 differ, in group "
                f"{where} of four. For a changed log, nearly all would differ. Compare these groups with the paper."
            )
        case Match.UNSIGNED:
            return (
                f"{name} DOES NOT MATCH: the key that this log names did not sign it. The key or the note was replaced."
            )
        case Match.UNDECIDABLE:
            return f"{name} can't be compared with the log, because entries before it are missing."
        case Match.OTHER_LOG:
            here = ", ".join(kiosk_of(log.verdict.origin) for log in told.logs)
            return f"{name} is of a log that is not here. Checked here: {here}."
        case _:
            assert_never(answer.outcome)


def _proven(told: Told) -> Iterator[str]:
    log = told.logs[0]
    size = log.verdict.size
    if size:
        yield from _item("Nobody without the log signing key changed, inserted or reordered these entries.")
    for one in told.logs:
        if best := _witnessed(told, one):
            of_log = "" if one is log else f" of log {kiosk_of(one.verdict.origin)}"
            words = f"{_entries(0, best)}{of_log}: not even with that key, since the log had {_count(best)}"
            yield from _item(f"{words}{_when(one, best)}. This relies on the outside copy that you gave.")
    if log.before and _witnessed(told, log) and not told.alone:
        yield from _item(f"The same holds for the {_count(log.before.size)} of the previous log that entry 0 cites.")


def _not_proven(told: Told) -> Iterator[str]:
    log = told.logs[0]
    size, best = log.verdict.size, _witnessed(told, log)
    if best and best < size:
        which = f"A change to {_entries(best, size).lower()} by someone with the log signing key, or their deletion"
        yield from _item(f"{which} (no key needed). Compare a newer outside copy with --code.")
    if not best:
        name = "" if len(told.logs) == 1 else f" of log {kiosk_of(log.verdict.origin)}"
        words = "Newer entries deleted from the end (no key needed), or a rewrite by someone with the log signing key."
        yield from _item(f"{words} No outside copy{name} was given. Compare one with --code.")
    elif best == size:
        words = "Newer entries deleted from the end (no key needed)."
        yield from _item(f"{words} Compare a newer outside copy with --code.")
    yield from _item("Events that were never recorded, or records that are untrue.")
    yield from _item("A wrong clock. The order of the entries does not depend on the clock.")


def _witnessed(told: Told, log: LogTold) -> int:
    sizes = [a.seen.receipt.size for a in told.answers if a.outcome is Match.MATCHES and a.origin == log.verdict.origin]
    return max(sizes, default=0)


def as_json(told: Told) -> dict[str, Any]:
    """Return the report as JSON for scripts."""
    first: Problem | None = next(iter(told.logs[0].verdict.problems), None)
    problem = {"entry": first.at, "problem": first.what} if first else {}
    newest = told.logs[0].verdict
    return {
        "whole": told.sound,
        "matching": newest.matching,
        **problem,
        "left_out": list(told.left_out),
        "logs": [_log_json(told, log) for log in told.logs],
        "receipts": [
            {
                "kiosk": a.seen.receipt.kiosk,
                "size": a.seen.receipt.size,
                "where": a.seen.where,
                "signed_note": bool(a.seen.note),
                "outcome": a.outcome,
                "log": a.origin or None,
            }
            for a in told.answers
        ],
    }


def _log_json(told: Told, log: LogTold) -> dict[str, Any]:
    verdict = log.verdict
    return {
        "origin": verdict.origin,
        "kiosk": kiosk_of(verdict.origin),
        "size": verdict.size,
        "matching": verdict.matching,
        "signed": verdict.signed,
        "key": None if verdict.key is None else str(verdict.key),
        "checkpoints": verdict.kept,
        "let_go": verdict.destroyed,
        "problems": [{"entry": t.at, "what": t.what} for t in verdict.problems],
        "goes_on_from": None
        if log.before is None
        else {"origin": log.before.origin, "size": log.before.size, "reason": log.before.reason},
        "chain": broken(told, log) or None,
        "heads_issued": [{"for": i.who, "size": i.size, "at": i.at.local().isoformat()} for i in log.issued],
    }


def _item(words: str) -> Iterator[str]:
    """Return one list item, wrapped for a terminal."""
    yield from wrap(
        words, 96, initial_indent="  • ", subsequent_indent="    ", break_long_words=False, break_on_hyphens=False
    )


def _span(log: LogTold) -> str:
    if log.first is None or log.last is None:
        return ""
    return f", made from {_day(log.first)} to {_day(log.last)}"


def _when(log: LogTold | None, size: int) -> str:
    at = (log.times or {}).get(size) if log else None
    return "" if at is None else f", the last made on {_day(at)}"


def _day(at: Instant) -> str:
    return f"{at.local():%Y-%m-%d %H:%M %z}"


def _entries(first: int, end: int) -> str:
    """Return the entries from `first` to before `end`, in words."""
    return f"Entries {first} to {end - 1}" if end - first > 1 else f"Entry {first}"


def _count(count: int) -> str:
    return many(count, "entry", "entries")
