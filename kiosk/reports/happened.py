"""What the log holds beside the encounters, an entry a sentence: starts and ends, packs, keys, exports, amendments."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from kiosk.record import happenings as h
from kiosk.record.amendments import ADDITION, name_in
from kiosk.record.entries import Kept
from kiosk.reports.amended import about

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

_MICRO: Final = 1_000_000
_GONE: Final = "(withheld)"


def sentence(kept: Kept) -> str:
    """What happened, in words; for a kind that this version does not know, its name and what it says."""
    tell = _SENTENCES.get(kept.kind)
    if tell is None:
        return " ".join([f"{kept.kind}.", *(f"{name}: {value}" for name, value in kept.body.items())])
    return tell(_Said({**dict.fromkeys(kept.withheld, _GONE), **kept.body}))


class _Said(dict[str, Any]):
    """An entry's body, in which a value that was let go reads as a mark."""

    def __missing__(self, name: str) -> str:
        return _GONE


_BEFORE = {
    "cut-off": " The session before it was cut off.",
    "altered": " The newest entry before it did not match what was sealed.",
}


def _started(said: _Said) -> str:
    return f"The kiosk was opened.{_BEFORE.get(said['before'], '')}"


def _stepped(said: _Said) -> str:
    by = said["by_us"]
    return f"The clock was set by {by / _MICRO:+.0f} seconds." if isinstance(by, int) else "The clock was set."


def _activated(said: _Said) -> str:
    days = f"effective {said['effective']}, review by {said['review_by']}"
    return f"{_pack(said)} was installed; approved by {said['name']}, {said['role']}, on {said['on']}; {days}."


def _rejected(said: _Said) -> str:
    why = _WHY.get(str(said["why"]), said["why"])
    where = "at the install" if said.get("by") == "install" else f"seal {str(said['instead'])[:8]} ran instead"
    return f"{_pack(said)} was refused: {why}; {where}."


def _pack(said: _Said) -> str:
    """The pack with its version, where the copy could say one."""
    return f"{said['id'] or 'A pack'} {said['version']}".strip()


def _amended(said: _Said) -> str:
    name = name_in(said)
    done = "Something was added" if name == ADDITION else f"A correction ({about(name)}) was added"
    return f"{done} to the closed record {said['no']} by {said['by']}. Reason: {said['reason']}"


_SENTENCES: Final[Mapping[str, Callable[[_Said], str]]] = {
    h.SESSION_STARTED: _started,
    h.SESSION_ENDED: lambda _: "The kiosk was closed.",
    h.CLOCK_STEPPED: _stepped,
    h.AMENDED: _amended,
    h.EXPORTED: lambda said: f"Records left as {said['format']}: {said['count']} encounter(s).",
    h.PACK_KEPT: lambda said: f"The words of {_pack(said)} are kept here.",
    h.PACK_ACTIVATED: _activated,
    h.PACK_REJECTED: _rejected,
    h.PACK_OVERDUE: lambda said: f"{_pack(said)} ran past its review date, {said['review_by']}.",
    h.KEY_FIXED: lambda said: f"The superintendent's key was fixed: {said['now']}.",
    h.KEY_REPLACED: lambda said: f"The superintendent's key was replaced: {said['before']} by {said['now']}.",
}
