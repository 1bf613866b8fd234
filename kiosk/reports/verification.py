"""What checking the logs of a kiosk has shown, in words for a superintendent: what is proven, since when, by whom."""

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
from kiosk.reports.formatting import many
from kiosk.system.clock import Instant


@dataclass(frozen=True, slots=True)
class Before:
    """The log that this one goes on from, as its first entry says: its origin, how many entries it had, the root."""

    reason: str
    origin: str
    size: int
    root: bytes


@dataclass(frozen=True, slots=True)
class Issued:
    """A head that was made for somebody, as the log says: for whom, of how many entries, when."""

    who: str
    size: int
    at: Instant


@dataclass(frozen=True, slots=True)
class LogTold:
    """One log that was checked.

    title: what people call it. first, last: when its oldest and its newest entry were made.
    times: by size, when the newest entry of that many was made. cites: the logs that its first entry names.
    beside: the other logs whose state its first entry says.
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
    """All logs, the newest first, and what was held against them.

    alone: only one file was looked at. left_out: a sentence for each earlier log that can't be read.
    """

    logs: tuple[LogTold, ...]
    answers: tuple[CheckpointMatch, ...] = ()
    alone: bool = False
    left_out: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether nothing was found, in any log or against any receipt."""
        whole = all(log.verdict.sound and not broken(self, log) for log in self.logs)
        return whole and not self.left_out and all(answer.outcome is Match.MATCHES for answer in self.answers)


def broken(told: Told, log: LogTold) -> str:
    """What is wrong between a log and the others here; empty when nothing is, or nothing can be said here."""
    others = {one.verdict.origin: one.verdict for one in told.logs}
    for claim in log.verdict.claims if not told.alone else ():
        # A purge in the log that goes on also lifts what is left of a hold in an earlier one.
        said = {(claim.seq, kind, claim.about) for kind in (claim.kind, EntryKind.RECORD_DESTROYED)}
        other = others.get(claim.origin)
        if other is None or said.isdisjoint(other.told):
            what = "let values go" if claim.kind == EntryKind.RECORD_DESTROYED else "lifted a hold"
            return f"Entry {claim.seq} of log {kiosk_of(claim.origin)} is said to have {what}, and does not say so."
    return _not_own(told, log) or _broken_from(told, log) or _broken_beside(told, log)


def _not_own(told: Told, log: LogTold) -> str:
    now, name = told.logs[0], log.verdict.origin
    cites = {one.verdict.origin: one.cites for one in reversed(told.logs)}
    if log is now or name in reached(now.verdict.origin, cites):
        return ""
    return "No log here says that it goes on from this one, so it is not counted as this kiosk's own."


def _broken_beside(told: Told, log: LogTold) -> str:
    return next((wrong for one in log.beside if (wrong := _broken_from(told, replace(log, before=one)))), "")


def _broken_from(told: Told, log: LogTold) -> str:
    before = log.before
    if before is None or told.alone:
        return ""
    found = next((one.verdict for one in told.logs if one.verdict.origin == before.origin), None)
    name = kiosk_of(before.origin)
    if found is None:
        return f"The log {name} that it goes on from is not here."
    if found.size < before.size:
        return f"The log {name} had {before.size} entries when this one began, and now has {found.size}."
    if before.size in found.roots and found.roots[before.size] != before.root:
        return f"The log {name} is here, but not as it was when this one began: its entries are other ones."
    return ""


def lines(told: Told) -> Iterator[str]:
    """All of it, line by line."""
    for n, log in enumerate(told.logs):
        if n:
            yield ""
        yield from _log(told, log)
    for words in told.left_out:
        yield from ("", f"CAN'T BE READ: {words}")
    if told.answers:
        yield from ("", "What was held against it")
        for answer in told.answers:
            yield from _item(_answered(answer, told))
    if told.sound:
        yield from ("", "What this proves", *_proven(told))
        yield from ("", "What it does not prove", *_not_proven(told))
    else:
        yield from ("", REPAIR)


def _log(told: Told, log: LogTold) -> Iterator[str]:
    verdict = log.verdict
    yield f"{log.title}: kiosk {kiosk_of(verdict.origin)}, {_count(verdict.size)}{_span(log)}."
    if verdict.sound and verdict.key is not None:
        yield _sound(verdict, verdict.key)
    else:
        yield _found(verdict, log)
        for problem in verdict.problems[:10]:
            yield from _item(problem.what)
        if len(verdict.problems) > 10:
            yield f"  … and {len(verdict.problems) - 10} more."
    yield from _let_go(verdict, alone=told.alone)
    yield from _goes_on(told, log)
    if wrong := broken(told, log):
        yield f"DOES NOT MATCH: {wrong}"
    for head in log.issued[-3:]:
        yield f"The log says: on {_day(head.at)} a head of {_count(head.size)} was made for {head.who}."


def _let_go(verdict: Result, *, alone: bool) -> Iterator[str]:
    """What was let go in order; of what only another log can say so, while that one was not looked at, no such word."""
    own = {about for _, kind, about in verdict.told if kind == EntryKind.RECORD_DESTROYED}
    claims = [
        claim
        for claim in verdict.claims
        if alone and claim.kind == EntryKind.RECORD_DESTROYED and claim.about not in own
    ]
    if (count := verdict.destroyed - len({claim.about for claim in claims})) > 0:
        yield f"Of {many(count, 'encounter')}, values were let go in order; an entry says so for each."
    for origin in dict.fromkeys(claim.origin for claim in claims):
        about = len({claim.about for claim in claims if claim.origin == origin})
        name = kiosk_of(origin)
        yield f"Of {many(about, 'encounter')}, values went as claimed by log {name}, which was not looked at."


def _found(verdict: Result, log: LogTold) -> str:
    first = verdict.problems[0]
    if verdict.signed and (first.at is None or first.at >= verdict.signed):
        return (
            f"SOMETHING DOES NOT MATCH. What was signed at {_count(verdict.signed)}{_when(log, verdict.signed)} holds."
        )
    return f"SOMETHING DOES NOT MATCH. {verdict.matching} of {_count(verdict.size)} match what was sealed."


def _sound(verdict: Result, key: VerifierKey) -> str:
    if not verdict.size:
        return "The log holds no entries yet."
    whole = (
        f"All {verdict.size} entries match what was sealed"
        if verdict.size > 1
        else "The one entry matches what was sealed"
    )
    kept = f"; {verdict.kept} earlier signed states are kept, and match" if verdict.kept > 1 else ""
    return f"{whole}. The whole is signed by key {key.id.hex()}{kept}."


def _goes_on(told: Told, log: LogTold) -> Iterator[str]:
    before = log.before
    if before is None:
        return
    why, name = ReplaceReason.words_for(before.reason), kiosk_of(before.origin)
    yield f"This log replaced log {name} ({_count(before.size)}) because {why}."
    if told.alone:
        yield f"Log {name} was not looked at: only this one file was."
    elif not _broken_from(told, log):
        size = next(one.verdict.size for one in told.logs if one.verdict.origin == before.origin)
        more = f", and has {_count(size - before.size)} after it" if size > before.size else " and ends there"
        yield f"That log is here{more}."


def _answered(answer: CheckpointMatch, told: Told) -> str:
    seen = answer.seen
    size, count = seen.receipt.size, _count(seen.receipt.size)
    log = next((log for log in told.logs if log.verdict.origin == answer.origin), None)
    kind = "the signed head" if seen.note else "the receipt"
    name = f"{kind[0].upper()}{kind[1:]} of {count} (kiosk {seen.receipt.kiosk}, {seen.where})"
    match answer.outcome:
        case Match.MATCHES:
            when = _when(log, size)
            return f"{name} MATCHES: the log still begins with exactly these {count}{when}."
        case Match.TRUNCATED:
            size_now = log.verdict.size if log else 0
            gone = many(size - size_now, "entry", "entries")
            return f"{name} DOES NOT MATCH: the log now has {_count(size_now)}: {gone} gone from its end."
        case Match.REWRITTEN:
            words = f"the log has other {count} than it had when {kind} was made, so it was written anew"
            return f"{name} DOES NOT MATCH: {words}. If the code was typed, check the number of entries too."
        case Match.CHANGED:
            return f"{name} DOES NOT MATCH: entries that it saw were changed; they are named above."
        case Match.MISTYPED:
            groups = sorted({(sign - 1) // GROUP + 1 for sign in answer.differs})
            where = ", ".join(map(str, groups))
            return (
                f"{name} was probably mistyped: {len(answer.differs)} of its 52 signs differ, in group {where} of "
                "four. A log that was changed differs in nearly all. Compare these groups with the paper."
            )
        case Match.UNSIGNED:
            return (
                f"{name} DOES NOT MATCH: the key that this log names did not sign it. The key or the note was replaced."
            )
        case Match.UNDECIDABLE:
            return f"{name} can't be held against the log, because entries before it are missing."
        case Match.OTHER_LOG:
            here = ", ".join(kiosk_of(log.verdict.origin) for log in told.logs)
            return f"{name} is of another kiosk or of an earlier log that is not here. Here are: {here}."
        case _:
            assert_never(answer.outcome)


def _proven(told: Told) -> Iterator[str]:
    log = told.logs[0]
    size = log.verdict.size
    if size:
        words = "No entry was changed, added, taken out or moved by anybody who did not have this kiosk's own key."
        yield from _item(words)
    for one in told.logs:
        if best := _witnessed(told, one):
            seen = f"entries 0 to {best - 1}" if best > 1 else "entry 0"
            seen = f"{seen[0].upper()}{seen[1:]}" if one is log else f"Of log {kiosk_of(one.verdict.origin)}, {seen}"
            words = f"{seen}: not even with that key, since the log had {_count(best)}{_when(one, best)}."
            yield from _item(f"{words} The witness is whoever kept what you gave here.")
    if log.before and _witnessed(told, log) and not told.alone:
        words = f"With them the {_count(log.before.size)} of the log it goes on from, which its first entry cites."
        yield from _item(words)


def _not_proven(told: Told) -> Iterator[str]:
    log = told.logs[0]
    size, best = log.verdict.size, _witnessed(told, log)
    if best and best < size:
        which = f"Entries {best} to {size - 1} rest" if size - best > 1 else f"Entry {best} rests"
        yield from _item(f"{which} on this kiosk's key alone. A newer receipt would cover more.")
    if not best:
        name = "" if len(told.logs) == 1 else f" of log {kiosk_of(log.verdict.origin)}"
        words = f"No receipt{name} was given, so all of it rests on this kiosk's key alone. Whoever holds that key and"
        words += " this computer could have written the log anew, or cut entries off its end, and this check would not"
        yield from _item(f"{words} see it. Give a code from outside with --code.")
    elif best == size:
        yield from _item("Whether entries made after this receipt were cut off again; only a newer receipt can tell.")
    yield from _item("That everything that happened was recorded, or that what was recorded is what happened.")
    yield from _item("That the clock was right. The order of the entries does not depend on it.")


def _witnessed(told: Told, log: LogTold) -> int:
    sizes = [a.seen.receipt.size for a in told.answers if a.outcome is Match.MATCHES and a.origin == log.verdict.origin]
    return max(sizes, default=0)


def as_json(told: Told) -> dict[str, Any]:
    """The same for scripts."""
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
    """A point of a list, in lines that a terminal holds."""
    yield from wrap(
        words, 96, initial_indent="  • ", subsequent_indent="    ", break_long_words=False, break_on_hyphens=False
    )


def _span(log: LogTold) -> str:
    if log.first is None or log.last is None:
        return ""
    return f", made from {_day(log.first)} to {_day(log.last)}"


def _when(log: LogTold | None, size: int) -> str:
    at = (log.times or {}).get(size) if log else None
    return "" if at is None else f", the last of them made on {_day(at)}"


def _day(at: Instant) -> str:
    return f"{at.local():%Y-%m-%d %H:%M %z}"


def _count(count: int) -> str:
    return many(count, "entry", "entries")
