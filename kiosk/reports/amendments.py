"""An amendment in words: when and how late, by whom, the original value, the new value, and why. And an assessment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import tzinfo

from kiosk.protocol.replies import FACT
from kiosk.record.after_action.assessment import NOTE as ASSESSED_NOTE
from kiosk.record.after_action.assessment import PRIVILEGED_NOTE, Assessment, Assessor, Decision
from kiosk.record.amendments import ADDITION, CALL, NOTE, NOWHERE, REASON, Amendment
from kiosk.record.encounter_record import EncounterRecord, Passed
from kiosk.reports.formatting import moment, shown, with_meaning


def in_lines(made: Amendment, record: EncounterRecord, zone: tzinfo | None = None) -> Iterator[str]:
    """Return the amendment in three or four lines, for people."""
    yield f"{moment(made.at, zone)}, {record.lateness(made)}, by {made.by}"
    if made.name == ADDITION:
        yield f"added: {new_value(made)}"
    else:
        yield f"{subject(made)} was: {_was(made)}"
        yield f"{subject(made)} is now: {new_value(made)}"
    yield f"reason: {reason(made)}"


def in_a_line(made: Amendment, record: EncounterRecord) -> str:
    """Return the amendment in one line, for CSV, without its time."""
    change = new_value(made) if made.name == ADDITION else f"{_was(made)} -> {new_value(made)}"
    return f"{subject(made)}: {change} ({record.lateness(made)}, by {made.by}: {reason(made)})"


def assessment_lines(made: Assessment) -> Iterator[str]:
    """Return an assessment in one or two lines, without its time."""
    decision = f": {Decision.words_for(made.decision)}" if made.decision else ""
    yield f"{made.by}, {Assessor.words_for(made.role)}{decision}"
    if made.note:
        title = "privileged note" if made.privileged else "note"
        name = PRIVILEGED_NOTE if made.privileged else ASSESSED_NOTE
        yield f"{title}: {with_meaning(shown(made.note), made.meanings.get(name))}"


def new_value(made: Amendment) -> str:
    """Return the new value, or the addition, with its meaning if it has two."""
    return with_meaning(shown(made.now), made.meanings.get(made.name))


def reason(made: Amendment) -> str:
    """Return the reason, with its meaning if it has two."""
    return with_meaning(made.reason, made.meanings.get(REASON))


def subject(made: Amendment) -> str:
    """Return the amended value: a field's id, or a note or call with the number of its entry."""
    where = f" in entry {made.target.entry}" if made.name in {NOTE, CALL} and made.target != NOWHERE else ""
    return f"{about(made.name)}{where}"


def about(name: str) -> str:
    """Return the kind of value with this name in an amendment; for a field, its id."""
    return {NOTE: "the note", CALL: "the result of the call"}.get(name, name.removeprefix(FACT))


def marks(passed: Passed, record: EncounterRecord) -> str:
    """Return the marks after a step of the path: answered in part, corrected, amended."""
    if not (passed.partial or passed.corrected or record.amendments):
        return ""
    words = {"in part": passed.partial, "corrected": passed.corrected, "amended": record.amendments_of(passed.ref)}
    return "".join(f" ({word})" for word, is_so in words.items() if is_so)


def _was(made: Amendment) -> str:
    return "(not recorded)" if made.was is None else shown(made.was)
