"""What the log holds beside the encounters, an entry a sentence: starts and ends, packs, keys, exports, amendments."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from kiosk.record import kinds as h
from kiosk.record.amendments import ADDITION, name_in
from kiosk.record.entries import Kept
from kiosk.record.retention.schedule import ALL
from kiosk.reports.amendments import about
from kiosk.reports.formatting import called, many

_WHY: Final[Mapping[str, str]] = {
    "altered": "it was changed after it was approved",
    "unsigned": "it is not approved",
    "bad-signature": "its approval does not count",
    "no-key": "no superintendent's key was fixed",
    "unreadable": "it can't be read, or is not there",
    "not-yet": "it is not in effect yet",
    "overdue": "its review date has passed",
    "lower": "a higher version was installed before",
    "version": "its version can't be put in order",
    "findings": "it has findings to repair",
    "contacts": "the contacts do not fit it",
    "setup": "the kiosk was not set up",
}
"""Why a pack was refused, by the code that the log keeps."""

WHY_KEPT: Final[Mapping[str, str]] = {
    "on-hold": "it is on hold",
    "not-closed": "it is not closed",
    "not-due": "it is not due",
    "no-authorisation": "no signed authorisation was named",
    "unreadable": "an earlier log that may have a hold on it can't be read",
}
"""Why a record was not let go, by the code that the log keeps."""
_BEGAN: Final[Mapping[str, str]] = {
    "restored": "a backup was put back",
    "gone": "the log before it was gone",
    "damaged": "the log before it was damaged",
    "altered": "the log before it did not hold what was signed",
    "rolled-back": "an older copy lay in the log's place",
    "forked": "a log with another past lay in its place",
    "copied": "another log, or another log's key, lay in its place",
    "key-lost": "the key of the log before it was lost",
    "key-replaced": "the log before it was to have a new key",
}
"""Why there is a new log, by the word that its first entry keeps."""

_MICRO: Final = 1_000_000
_GONE: Final = "(withheld)"


def sentence(kept: Kept) -> str:
    """What happened, in words; for a kind that this version does not know, its name and what it says."""
    tell = _SENTENCES.get(kept.kind)
    if tell is None:
        return " ".join([f"{kept.kind}.", *(f"{name}: {value}" for name, value in kept.body.items())])
    return tell(_Said({**dict.fromkeys((*kept.withheld, *kept.sealed), _GONE), **kept.body}))


class _Said(dict[str, Any]):
    """An entry's body, in which a value that was let go reads as a mark."""

    def __missing__(self, name: str) -> str:
        return _GONE


_BEFORE = {
    "cut-off": " The session before it was cut off.",
    "altered": " The newest entry before it did not match what was sealed.",
}


def _called(said: _Said) -> str:
    by = said.get("by") or said.get("staff")
    told = f"A call to {called(said['role'], said['name'])} was added: {said['result']}"
    return f"{told}, by {by}." if by else f"{told}."


def _started(said: _Said) -> str:
    return f"The kiosk was opened.{_BEFORE.get(said['before'], '')}{_vouched(said.get('clock'))}"


def _vouched(clock: object) -> str:
    match clock:
        case {"state": "synchronized", "error_us": int(error)}:
            return f" The system vouched for its clock, to within {error / _MICRO:.2g} seconds."
        case {"state": "not-synchronized"}:
            return " The system did not vouch for its clock."
        case {"state": _}:
            return " Whether its clock was right could not be asked."
    return ""


def _stepped(said: _Said) -> str:
    by = said["by_us"]
    if not isinstance(by, int):
        return "The clock was set."
    if said.get("at_least"):
        return f"While the computer was off, its clock was set back by {-by / _MICRO:.0f} seconds or more."
    return f"The clock was set by {by / _MICRO:+.0f} seconds."


def _exported(said: _Said) -> str:
    whom = f", for {said['for']}" if said.get("for") else ""
    return f"Records left as {said['format']}, level {said['level']}{whom}: {many(said['count'], 'encounter')}."


def _activated(said: _Said) -> str:
    days = f"effective {said['effective']}, review by {said['review_by']}"
    return f"{_pack(said)} was installed; approved by {said['name']}, {said['role']}, on {said['on']}; {days}."


def _rejected(said: _Said) -> str:
    why = _WHY.get(str(said["why"]), said["why"])
    where = "at the install" if said.get("by") == "install" else f"seal {str(said['instead'])[:8]} ran instead"
    return f"{_pack(said)} was refused: {why}; {where}."


def why_began(reason: object) -> str:
    """Why a new log was begun, in words, by the word that its first entry keeps."""
    return _BEGAN.get(str(reason), str(reason))


def new_log(kept: Kept) -> str:
    """In a sentence or two for the desk, that a new log was begun, by the entry with which it began."""
    said = _Said(kept.body)
    return f"A new log was begun on {kept.at.local():%Y-%m-%d}, because {why_began(said['reason'])}.{_unclosed(said)}"


def _unclosed(said: _Said) -> str:
    left = said["unclosed"] if isinstance(said["unclosed"], list) else []
    return f" Not closed before that: {', '.join(left)}." if left else ""


def _began(said: _Said) -> str:
    before = said["before"] if isinstance(said["before"], dict) else {}
    old = f" It goes on from {before['origin']}, which had {before['size']} entries." if before.get("origin") else ""
    return f"This log was begun, because {why_began(said['reason'])}.{old}{_unclosed(said)}"


def _pack(said: _Said) -> str:
    """The pack with its version, where the copy could say one."""
    return f"{said['id'] or 'A pack'} {said['version']}".strip()


def _amended(said: _Said) -> str:
    name = name_in(said)
    done = "Something was added" if name == ADDITION else f"A correction ({about(name)}) was added"
    return f"{done} to the closed record {said['no']} by {said['by']}. Reason: {said['reason']}"


def _sealing(said: _Said) -> str:
    now = said["now"]
    return f"Notes and sentences are sealed from now on, for {now}." if now else "Nothing is sealed any more."


def _held(said: _Said) -> str:
    return f"A hold{_matter(said)} was placed on {said['no']} by {said['by']}. Reason: {said['reason']}"


def _released(said: _Said) -> str:
    return f"A hold{_matter(said)} on {said['no']} was released by {said['by']}. Reason: {said['reason']}"


def _matter(said: _Said) -> str:
    return f" ({said['matter']})" if said["matter"] else ""


def _marked(said: _Said) -> str:
    which = "all records" if said["category"] == ALL else f"records that ended as {said['category']}"
    return f"Set by {said['by']}: {which} are kept {said['keep']}. Authority: {said['authority']}"


def _purged(said: _Said) -> str:
    return f"{said['values']} values of {said['no']} were let go by {said['by']} under {said['authorisation']}."


def _kept_back(said: _Said) -> str:
    why = WHY_KEPT.get(str(said["why"]), said["why"])
    return f"{said['by']} asked to let {said['no']} go, and was refused: {why}."


_SENTENCES: Final[Mapping[str, Callable[[_Said], str]]] = {
    h.SESSION_STARTED: _started,
    h.SESSION_ENDED: lambda _: "The kiosk was closed.",
    h.CLOCK_STEPPED: _stepped,
    h.AMENDED: _amended,
    h.CALL_MADE: _called,
    h.COMPLETED: lambda _: "Nothing is left to do for the record.",
    h.STAFF_CHANGED: lambda said: f"At the desk from now on: {said['staff']}.",
    h.HOLD_PLACED: _held,
    h.HOLD_RELEASED: _released,
    h.RETENTION_MARKED: _marked,
    h.PURGED: _purged,
    h.PURGE_REFUSED: _kept_back,
    h.EXPORTED: _exported,
    h.LOG_BEGAN: _began,
    h.LOG_SEEN: lambda _: "An administrator has seen that this log was begun.",
    h.BACKUP_MADE: lambda said: f"The log, {said['size']} entries, was copied to {said['to']}.",
    h.HEAD_ISSUED: lambda said: f"A signed head of {said['size']} entries was made for {said['for']}.",
    h.PACK_KEPT: lambda said: f"The words of {_pack(said)} are kept here.",
    h.PACK_ACTIVATED: _activated,
    h.PACK_REJECTED: _rejected,
    h.PACK_OVERDUE: lambda said: f"{_pack(said)} ran past its review date, {said['review_by']}.",
    h.KEY_FIXED: lambda said: f"The superintendent's key was fixed: {said['now']}.",
    h.SEALING_CHANGED: _sealing,
    h.KEY_REPLACED: lambda said: f"The superintendent's key was replaced: {said['before']} by {said['now']}.",
}
