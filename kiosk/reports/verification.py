"""The verification report: what a check of the logs proves and what it can't rule out, in words for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from textwrap import wrap
from typing import Any, Final, assert_never

from kiosk.errors import ReplaceReason
from kiosk.record.entries import LoggedEntry
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.transparency.signed_note import VerifierKey
from kiosk.record.transparency.verification_code import GROUP, short_log_id
from kiosk.record.verification.authority import is_signed
from kiosk.record.verification.checkpoint_match import CheckpointMatch, Match
from kiosk.record.verification.result import REPAIR, Result
from kiosk.record.verification.segment import Problem
from kiosk.record.verification.succession import all_cited
from kiosk.record.verification.verdict import KeySource, Verdict, worst
from kiosk.system.clock import Instant
from kiosk.worded import many


@dataclass(frozen=True, slots=True)
class CitedLog:
    """A log as the first entry of another log cites it. reason: why that log replaced it."""

    reason: str
    origin: str
    size: int
    root: bytes


@dataclass(frozen=True, slots=True)
class IssuedCheckpoint:
    """A checkpoint that was issued, as the log says: for whom, its entry count, when."""

    whom: str
    size: int
    at: Instant


def issued_checkpoint(kept: LoggedEntry) -> IssuedCheckpoint:
    """Return the checkpoint that an entry of its issue names. It never fails, even if values are invalid or missing."""
    size = kept.body.get("size", 0)
    return IssuedCheckpoint(str(kept.body.get("for", "(withheld)")), size if isinstance(size, int) else 0, kept.at)


@dataclass(frozen=True, slots=True)
class LogReport:
    """One log that was checked.

    title: its name for people. key_source: how its key is known; unsure: why it is unknown, as a sentence.
    first, last: when its oldest and its newest entry were made.
    times: by entry count, when the last of these entries was made.
    before: the log that it replaced; other_states: other logs that its first entry cites; cites: the IDs of them all.
    cited_keys: the public keys that its first entry cites. losses: a sentence for each loss of the remembered
    checkpoint that nobody acknowledged in this log; acknowledges: whether it has an acknowledgement.
    """

    title: str
    result: Result
    key_source: KeySource = KeySource.UNKNOWN
    unsure: str = ""
    first: Instant | None = None
    last: Instant | None = None
    times: Mapping[int, Instant] | None = None
    issued: tuple[IssuedCheckpoint, ...] = ()
    before: CitedLog | None = None
    cites: tuple[str, ...] = ()
    cited_keys: tuple[str, ...] = ()
    losses: tuple[str, ...] = ()
    acknowledges: bool = False
    other_states: tuple[CitedLog, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """All logs that were checked, newest first, and the outside copies that were compared with them.

    alone: whether only one file was checked. left_out: a sentence for each previous log that can't be read.
    """

    logs: tuple[LogReport, ...]
    matches: tuple[CheckpointMatch, ...] = ()
    alone: bool = False
    left_out: tuple[str, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """The worst verdict on a log or an outside copy. A file that can't be read was not checked."""
        unread = [Verdict.NOT_CHECKED] if self.left_out else []
        return worst(
            [*(verdict_on(self, log) for log in self.logs), *(m.outcome.verdict for m in self.matches), *unread]
        )


def verdict_on(report: Report, log: LogReport) -> Verdict:
    """Return the verdict on one log of the report."""
    lost = bool(open_losses(report, log))
    if not log.result.verified or contradiction(report, log) or (lost and not report.alone):
        return Verdict.DOES_NOT_MATCH
    return Verdict.NOT_CHECKED if lost or log.key_source is KeySource.UNKNOWN else Verdict.VERIFIED


def open_losses(report: Report, log: LogReport) -> tuple[str, ...]:
    """Return the losses of the remembered checkpoint in this log that nobody acknowledged, there or in a later log."""
    newer = report.logs[: next(n for n, one in enumerate(report.logs) if one is log)]
    return () if any(one.acknowledges for one in newer) else log.losses


def contradiction(report: Report, log: LogReport) -> str:
    """Return how a log contradicts the other logs here; empty if it does not, or if this can't be decided here."""
    others = {one.result.origin: one.result for one in report.logs}
    for claim in log.result.claims if not report.alone else ():
        # An entry that destroys details in the newer log also ends the rest of a hold in a previous log.
        proofs = {(claim.seq, kind, claim.about) for kind in (claim.kind, EntryKind.RECORD_DESTROYED)}
        other = others.get(claim.origin)
        if other is None or proofs.isdisjoint(other.retention):
            destroyed = claim.kind == EntryKind.RECORD_DESTROYED
            what = "Details are marked as destroyed" if destroyed else "A legal hold is marked as released"
            return f"{what} by entry {claim.seq} of log {short_log_id(claim.origin)}, which does not say so."
    found = _not_own(report, log) or _contradiction_in(report, log) or _contradiction_in_others(report, log)
    return found or _unsettled(report, log)


def _unsettled(report: Report, log: LogReport) -> str:
    """Return the authorization that no key of an older log signed; empty if there is none, or for a single file."""
    older = report.logs[next(n for n, one in enumerate(report.logs) if one is log) + 1 :]
    keys = [one.result.authority.key for one in older if one.result.authority.key]
    for one in log.result.authority.unsettled if not report.alone else ():
        if not any(is_signed(one.note, key) for key in keys):
            return f"Entry {one.seq} keeps an authorization that no records officer's key of a previous log signed."
    return ""


def _not_own(report: Report, log: LogReport) -> str:
    now, name = report.logs[0], log.result.origin
    cites = {one.result.origin: one.cites for one in reversed(report.logs)}
    if log is now or name in all_cited(now.result.origin, cites):
        return ""
    return "No log here cites this one, so it is not counted as a log of this kiosk."


def _contradiction_in_others(report: Report, log: LogReport) -> str:
    found = (_contradiction_in(report, replace(log, before=one)) for one in log.other_states)
    return next(filter(None, found), "")


def _contradiction_in(report: Report, log: LogReport) -> str:
    before = log.before
    if before is None or report.alone:
        return ""
    found = next((one.result for one in report.logs if one.result.origin == before.origin), None)
    name = short_log_id(before.origin)
    if found is None:
        return f"Log {name}, which this log cites, is not here, or can't be read."
    if found.size < before.size:
        return f"Log {name} had {_count(before.size)} when this log was started, and now has {found.size}."
    if before.size in found.roots and found.roots[before.size] != before.root:
        return f"Log {name} is here, but its first {_count(before.size)} are not the ones that this log cites."
    return ""


def lines(report: Report) -> Iterator[str]:
    """Return the report, line by line; what is not proven comes first."""
    yield from _limits(report)
    for log in report.logs:
        yield ""
        yield from _log(report, log)
    for words in report.left_out:
        yield from ("", f"CAN'T BE READ: {words}")
    if report.matches:
        yield from ("", "Outside copies")
        for answer in report.matches:
            yield _item(_compared(answer, report))
    if report.verdict is Verdict.DOES_NOT_MATCH:
        yield from ("", REPAIR)
    elif proven := [*_proven(report)]:
        yield from ("", "This proves", *proven)


def _limits(report: Report) -> Iterator[str]:
    """Return what the check does not prove, for each verdict."""
    match report.verdict:
        case Verdict.VERIFIED:
            yield from ("NOT PROVEN, although everything that was checked matches:", *_not_proven(report))
        case Verdict.NOT_CHECKED:
            yield "NOT CHECKED, although nothing differs:"
            for log in report.logs:
                if verdict_on(report, log) is Verdict.NOT_CHECKED and log.key_source is KeySource.UNKNOWN:
                    yield _item(_unsure(log))
                yield from map(_item, open_losses(report, log))
            for match in report.matches:
                if match.outcome.verdict is Verdict.NOT_CHECKED:
                    yield _item(_compared(match, report))
            yield from map(_item, report.left_out)
            yield from ("NOT PROVEN:", *_not_proven(report))
        case Verdict.DOES_NOT_MATCH:
            yield "DOES NOT MATCH. NOT PROVEN: that this log is as the kiosk wrote it."
        case _:
            assert_never(report.verdict)


def _unsure(log: LogReport) -> str:
    why = log.unsure or "Only the log itself names the key that signed it."
    name = short_log_id(log.result.origin)
    return f"Who signed log {name}. {why} Compare the key with the one on paper: --key."


_ITEM: Final = "  • "
_WORDS: Final = {Verdict.VERIFIED: "VERIFIED. ", Verdict.NOT_CHECKED: "NOT CHECKED. ", Verdict.DOES_NOT_MATCH: ""}
"""The start of the line about a log whose own entries match."""


def _log(report: Report, log: LogReport) -> Iterator[str]:
    result = log.result
    yield f"{log.title}: log {short_log_id(result.origin)}, {_count(result.size)}{_span(log)}."
    wrong = contradiction(report, log)
    if result.verified and result.key is not None:
        yield f"{_WORDS[verdict_on(report, log)]}{_verified(result, result.key)}"
        yield f"Its key: {log.key_source.words}."
    else:
        yield _found(result, log)
        for problem in result.problems[:10]:
            yield _item(problem.what)
        if len(result.problems) > 10:
            yield f"  … and {len(result.problems) - 10} more."
    yield from _destroyed(result, alone=report.alone)
    if report.alone and (count := len(result.authority.unsettled)):
        yield f"Not checked: {many(count, 'authorization')}, by a records officer's key that a previous log has."
    yield from _replaced(report, log)
    if wrong:
        yield f"DOES NOT MATCH: {wrong}"
    if not report.alone:
        yield from (f"DOES NOT MATCH: {words}" for words in open_losses(report, log))
    for issued in log.issued[-3:]:
        yield f"The log says: on {_day(issued.at)} a checkpoint of {_count(issued.size)} was issued for {issued.whom}."


def _destroyed(result: Result, *, alone: bool) -> Iterator[str]:
    """Report the records whose details were destroyed, apart from claims that only an unchecked log can confirm."""
    own = {about for _, kind, about in result.retention if kind == EntryKind.RECORD_DESTROYED}
    claims = [
        claim
        for claim in result.claims
        if alone and claim.kind == EntryKind.RECORD_DESTROYED and claim.about not in own
    ]
    if (count := result.destroyed - len({claim.about for claim in claims})) > 0:
        yield f"Details destroyed: {many(count, 'record')}. For each, an entry records the destruction."
    for origin in dict.fromkeys(claim.origin for claim in claims):
        about = len({claim.about for claim in claims if claim.origin == origin})
        name = short_log_id(origin)
        yield f"Details missing: {many(about, 'record')}. Marked as destroyed by log {name}, which was not checked."


def _found(result: Result, log: LogReport) -> str:
    first = result.problems[0]
    if result.signed and (first.at is None or first.at >= result.signed):
        match = "match" if result.signed > 1 else "matches"
        which = f"{_entries(0, result.signed)} {match} a signed checkpoint{_when(log, result.signed)}"
        return f"DOES NOT MATCH. {which}."
    return f"DOES NOT MATCH. {result.matching} of {_count(result.size)} match their hashes."


def _verified(result: Result, key: VerifierKey) -> str:
    if not result.size:
        return "The log holds no entries yet."
    match = f"All {result.size} entries match their hashes" if result.size > 1 else "The one entry matches its hash"
    others = f" {result.checkpoints} stored checkpoints match too." if result.checkpoints > 1 else ""
    return f"{match} and the checkpoint signed with key {key.id.hex()}.{others}"


def _replaced(report: Report, log: LogReport) -> Iterator[str]:
    before = log.before
    if before is None:
        return
    why, name = ReplaceReason.words_for(before.reason), short_log_id(before.origin)
    yield f"This log replaced log {name} ({_count(before.size)}) because {why}."
    if report.alone:
        yield f"Log {name} was not checked, because only this file was named."
    elif not _contradiction_in(report, log):
        size = next(one.result.size for one in report.logs if one.result.origin == before.origin)
        more = f", and has {_count(size - before.size)} after it" if size > before.size else " and ends there"
        yield f"That log is here{more}."


def _compared(answer: CheckpointMatch, report: Report) -> str:
    copy = answer.copy
    size, count = copy.code.size, _count(copy.code.size)
    log = next((log for log in report.logs if log.result.origin == answer.origin), None)
    kind = "signed checkpoint" if copy.note else "verification code"
    name = f"The {kind} of {count} (log {copy.code.log_id}, {copy.where})"
    match answer.outcome:
        case Match.MATCHES:
            when = _when(log, size)
            return f"{name} MATCHES: the log still begins with the same {count}{when}."
        case Match.TRUNCATED:
            size_now = log.result.size if log else 0
            missing = f"{_count(size - size_now)} missing from its end"
            return f"{name} DOES NOT MATCH: the log now has {_count(size_now)}, with {missing}."
        case Match.REWRITTEN:
            words = f"the log's first {count} differ from those it had then, so the log was rewritten"
            return f"{name} DOES NOT MATCH: {words}. If the code was typed, check the number of entries too."
        case Match.CHANGED:
            return f"{name} DOES NOT MATCH: entries that it covers were changed; they are named above."
        case Match.MISTYPED:
            groups = sorted({(position - 1) // GROUP + 1 for position in answer.differs})
            where = ", ".join(map(str, groups))
            differ = many(len(answer.differs), "character of 52 differs", "characters of 52 differ")
            return (
                f"{name} was probably mistyped: {differ}, in group {where} of four. "
                "For a changed log, nearly all would differ. Compare these groups with the paper."
            )
        case Match.UNSIGNED:
            return (
                f"{name} DOES NOT MATCH: the key that this log names did not sign it. The key or the note was replaced."
            )
        case Match.EMPTY | Match.UNDECIDABLE:
            missing = "can't be compared with the log, because entries before it are missing"
            none = "proves nothing, because it covers no entries"
            return f"{name} {none if answer.outcome is Match.EMPTY else missing}."
        case Match.OTHER_LOG:
            here = ", ".join(short_log_id(log.result.origin) for log in report.logs)
            return f"{name} is of a log that is not here. Checked here: {here}."
        case _:
            assert_never(answer.outcome)


def _proven(report: Report) -> Iterator[str]:
    log = report.logs[0]
    size = log.result.size
    if size:
        yield _item(f"Nobody without the private key {_key_id(log)} changed, inserted or reordered these entries.")
    for one in report.logs:
        if best := _proven_size(report, one):
            of_log = "" if one is log else f" of log {short_log_id(one.result.origin)}"
            words = f"{_entries(0, best)}{of_log}: not even with that key, since the log had {_count(best)}"
            yield _item(f"{words}{_when(one, best)}. This relies on the outside copy that you gave.")
    if log.before and _proven_size(report, log) and not report.alone:
        yield _item(f"The same holds for the {_count(log.before.size)} of the previous log that entry 0 cites.")


def _key_id(log: LogReport) -> str:
    return log.result.key.id.hex() if log.result.key else ""


def _not_proven(report: Report) -> Iterator[str]:
    log = report.logs[0]
    size, best = log.result.size, _proven_size(report, log)
    if log.key_source is not KeySource.GIVEN and not best:
        yield _item(
            "That this kiosk wrote this log: someone with access to this account could have replaced the log together "
            "with its key and the list of keys. Compare the key on paper with --key, or an outside copy with --code."
        )
    if best and best < size:
        which = f"A change to {_entries(best, size).lower()} by someone with the log signing key, or their deletion"
        yield _item(f"{which} (no key needed). Compare a newer outside copy with --code.")
    if not best:
        name = "" if len(report.logs) == 1 else f" of log {short_log_id(log.result.origin)}"
        words = "Newer entries deleted from the end (no key needed), or a rewrite by someone with the log signing key."
        yield _item(f"{words} No outside copy{name} was given. Compare one with --code.")
    elif best == size:
        words = "Newer entries deleted from the end (no key needed)."
        yield _item(f"{words} Compare a newer outside copy with --code.")
    yield _item("Events that were never recorded, or records that are untrue.")
    yield _item("A wrong clock. The order of the entries does not depend on the clock.")


def _proven_size(report: Report, log: LogReport) -> int:
    """Return the size of the largest outside copy that matches this log; 0 for none."""
    sizes = [a.copy.code.size for a in report.matches if a.outcome is Match.MATCHES and a.origin == log.result.origin]
    return max(sizes, default=0)


def as_json(report: Report) -> dict[str, Any]:
    """Return the report as JSON for scripts."""
    first: Problem | None = next(iter(report.logs[0].result.problems), None)
    problem = {"entry": first.at, "problem": first.what} if first else {}
    newest = report.logs[0].result
    return {
        "verdict": report.verdict,
        "matching": newest.matching,
        **problem,
        "left_out": list(report.left_out),
        "logs": [_log_json(report, log) for log in report.logs],
        "outside_copies": [
            {
                "short_log_id": a.copy.code.log_id,
                "entries": a.copy.code.size,
                "where": a.copy.where,
                "signed_note": bool(a.copy.note),
                "outcome": a.outcome,
                "log_id": a.origin or None,
            }
            for a in report.matches
        ],
    }


def _log_json(report: Report, log: LogReport) -> dict[str, Any]:
    result = log.result
    return {
        "log_id": result.origin,
        "short_log_id": short_log_id(result.origin),
        "entries": result.size,
        "matching": result.matching,
        "signed": result.signed,
        "verdict": verdict_on(report, log),
        "key": None if result.key is None else str(result.key),
        "key_source": log.key_source,
        "checkpoints": result.checkpoints,
        "destroyed": result.destroyed,
        "problems": [{"entry": p.at, "problem": p.what} for p in result.problems],
        "replaced": None
        if log.before is None
        else {"log_id": log.before.origin, "entries": log.before.size, "reason": log.before.reason},
        "contradiction": contradiction(report, log) or None,
        "lost_checkpoints": list(open_losses(report, log)),
        "checkpoints_issued": [{"for": i.whom, "entries": i.size, "at": i.at.local().isoformat()} for i in log.issued],
    }


def wrapped(report_lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines with each item of a list wrapped for a terminal."""
    for line in report_lines:
        if line.startswith(_ITEM):
            yield from wrap(line, 96, subsequent_indent="    ", break_long_words=False, break_on_hyphens=False)
        else:
            yield line


def _item(words: str) -> str:
    return f"{_ITEM}{words}"


def _span(log: LogReport) -> str:
    if log.first is None or log.last is None:
        return ""
    return f", made from {_day(log.first)} to {_day(log.last)}"


def _when(log: LogReport | None, size: int) -> str:
    at = (log.times or {}).get(size) if log else None
    return "" if at is None else f", the last made on {_day(at)}"


def _day(at: Instant) -> str:
    return f"{at.local():%Y-%m-%d %H:%M %z}"


def _entries(first: int, end: int) -> str:
    """Return the entries from `first` to before `end`, in words."""
    return f"Entries {first} to {end - 1}" if end - first > 1 else f"Entry {first}"


def _count(count: int) -> str:
    return many(count, "entry", "entries")
