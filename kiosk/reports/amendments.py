"""An amendment in words: when and how late, by whom, what stood there and what is said now, and why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import tzinfo

from kiosk.record.amendments import ADDITION, CALL, FIELD, NOTE, NOWHERE, Amendment
from kiosk.record.encounter_record import EncounterRecord, Passed
from kiosk.reports.formatting import moment, shown


def in_lines(made: Amendment, record: EncounterRecord, zone: tzinfo | None = None) -> Iterator[str]:
    """The amendment in four lines or five, for people."""
    yield f"{moment(made.at, zone)}, {record.lateness(made)}, by {made.by}"
    if made.left_at is not None:
        yield f"left for the running kiosk {moment(made.left_at, zone)}"
    if made.name == ADDITION:
        yield f"added: {shown(made.now)}"
    else:
        yield f"{subject(made)} was: {_was(made)}"
        yield f"{subject(made)} is now said to be: {shown(made.now)}"
    yield f"reason: {made.reason}"


def in_a_line(made: Amendment, record: EncounterRecord) -> str:
    """The amendment in one line, for a sheet; its time is for the caller to tell."""
    said = shown(made.now) if made.name == ADDITION else f"{_was(made)} -> {shown(made.now)}"
    return f"{subject(made)}: {said} ({record.lateness(made)}, by {made.by}: {made.reason})"


def subject(made: Amendment) -> str:
    """What it is about: a field's id, or which note or call by the number of its entry."""
    where = f" in entry {made.target.entry}" if made.name in {NOTE, CALL} and made.target != NOWHERE else ""
    return f"{about(made.name)}{where}"


def about(name: str) -> str:
    """What kind of value has this name in an amendment; a field is told by its id."""
    return {NOTE: "the note", CALL: "the result of the call"}.get(name, name.removeprefix(FIELD))


def marks(passed: Passed, record: EncounterRecord) -> str:
    """What is said behind the name of a step on the path: that it was answered in part, corrected, amended."""
    told = {"in part": passed.partial, "corrected": passed.corrected, "amended": record.amendments_of(passed.ref)}
    return "".join(f" ({word})" for word, is_so in told.items() if is_so)


def _was(made: Amendment) -> str:
    return "(not recorded)" if made.was is None else shown(made.was)
