"""What a purge would do, in words, before anybody agrees to it: what goes, what stays, and who else has a copy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import PurePath
from typing import Any, Final

from kiosk.record import kinds as h
from kiosk.record.entries import Kept
from kiosk.record.holds import Hold
from kiosk.record.retention.eligibility import Standing
from kiosk.reports.events import WHY_KEPT
from kiosk.reports.formatting import many, moment

STAYS: Final = (
    "What stays: that it happened, when, by which steps, how it ended, and the proof that nothing else was changed."
)
DISTRICT: Final = "The district's own copy, and paper, must follow, or nothing was let go: tell whoever keeps them."


def preview(going: Sequence[Standing], made: Iterable[Kept], copies: Sequence[str]) -> Iterator[str]:
    """What would go and stay. made: the exports and backups that may hold it too; copies: what goes beside the log."""
    yield "This goes, for good:"
    for stands in going:
        yield f"  {stands.record.no}: {_values(stands)}"
    yield STAYS
    for copy in copies:
        yield f"This copy goes as well, with all that is in it: {copy}"
    others = [f"  {words}" for words in _others(made)]
    if others:
        yield "These hold it too, and must be destroyed by hand:"
        yield from others
    yield DISTRICT


def refused(stands: Standing, why: str, today: date) -> str:
    """Why this record was not let go, in one sentence."""
    said = f"{stands.record.no} is kept: {WHY_KEPT[why]}"
    if why == "on-hold":
        return f"{said} ({'; '.join(map(hold_words, stands.holds))})."
    if why == "not-due":
        return f"{said}; {_due(stands, today)}."
    return f"{said}."


REPAIRS: Final[Mapping[str, str]] = {
    "on-hold": "Ask whoever placed the hold; `kiosk log release` lifts it.",
    "unreadable": "Ask counsel. Put back what is missing in log/earlier; keep elsewhere what is no log of this kiosk.",
    "not-closed": "Finish it at the desk first.",
    "not-due": "`kiosk log retention` shows and sets how long records are kept.",
    "no-authorisation": "Give the reference of the signed one (in Connecticut the RC-075) with --authorisation.",
}


def hold_words(hold: Hold) -> str:
    """A hold in words: since when, by whom, for which matter, why."""
    matter = f" for {hold.matter}" if hold.matter else ""
    return f"held since {hold.at.local():%Y-%m-%d} by {hold.by}{matter}: {hold.reason}"


def _due(stands: Standing, today: date) -> str:
    if stands.due is None:
        return "no mark ends its keeping, so it is kept for ever"
    return f"it is kept until {stands.due}, and today is {today}"


def _values(stands: Standing) -> str:
    facts = f"facts ({', '.join(stands.facts)})" if stands.facts else ""
    notes, amendments = stands.count(h.NOTE_ADDED), stands.count(h.AMENDED)
    parts = [facts, many(notes, "note") * bool(notes), many(amendments, "amendment") * bool(amendments)]
    told = ", ".join(part for part in parts if part)
    return f"{len(stands.values)} values{': ' + told + ', and the answers' if told else ''}"


def _others(made: Iterable[Kept]) -> Iterator[str]:
    """Each export, and the backups by the folder they lie in."""
    folders: dict[str, list[Kept]] = {}
    for kept in made:
        if kept.kind == h.EXPORTED:
            yield f"{moment(kept.at)} export as {kept.body.get('format', '?')}, {_place(kept.body)}"
        else:
            folders.setdefault(_folder(str(kept.body.get("to", ""))), []).append(kept)
    for folder, backups in folders.items():
        yield f"{moment(backups[0].at)} to {moment(backups[-1].at)}: {many(len(backups), 'backup')} in {folder}"


def _place(body: Mapping[str, Any]) -> str:
    return str(body.get("path") or ("a file" if body.get("as") == "file" else "printed or piped"))


def _folder(path: str) -> str:
    return str(PurePath(path).parent) if path else "a place that the log does not name"
