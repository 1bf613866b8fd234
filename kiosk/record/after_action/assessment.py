"""Assessments: what an administrator or counsel decided about a closed record, with their notes.

An assessment is an entry of its own, so it changes nothing in the record, and its note is none of the record's notes. A
privileged note is a value with another name (`privileged_note`): only a full copy has it, and no screen shows it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from kiosk.errors import Refused
from kiosk.protocol.replies import Missing
from kiosk.record.amendments import WITHHELD, Ref
from kiosk.record.bodies import meanings_in
from kiosk.record.canonical import Json
from kiosk.record.encounter_record import EncounterRecord, ref_of
from kiosk.record.entries import ENCRYPTED, Actor, Entry, LoggedEntry
from kiosk.record.entry_kinds import EntryKind
from kiosk.system.clock import Instant
from kiosk.worded import Worded

NOTE: Final = "note"
PRIVILEGED_NOTE: Final = "privileged_note"


class Assessor(Worded):
    """The role in which a person assesses a record."""

    ADMINISTRATOR = "administrator", "administrator"
    COUNSEL = "counsel", "counsel"


class Decision(Worded):
    """What was decided about a record."""

    COMPLETE = "complete", "the record is complete"
    FOLLOW_UP = "follow-up", "more is to be done"
    NOT_FOLLOWED = "not-followed", "the protocol was not followed"
    REFERRED = "referred", "referred to counsel"


@dataclass(frozen=True, slots=True)
class Assessment:
    """One assessment. role, decision: ids, as stored; decision: empty for a note alone.

    note: empty for none; Missing if this copy does not show it. meanings: of the note, by its stored name.
    """

    ref: Ref
    at: Instant
    role: str
    by: str
    decision: str
    privileged: bool
    note: str | Missing = ""
    meanings: Mapping[str, str] = field(default_factory=dict, hash=False)


def assessing(
    record: EncounterRecord, *, role: Assessor, by: str, decision: Decision | None, note: str, privileged: bool
) -> Entry:
    """Return the entry of an assessment. Raises Refused for an open or destroyed record, and if it says nothing."""
    if record.closing is None:
        raise Refused(f"{record.no} is not closed yet.", "Close it at the desk, or with `kiosk log amend NO --close`.")
    if record.destroyed is not None:
        raise Refused(f"The details of {record.no} were destroyed.", "Nothing is left to assess.")
    body: dict[str, Json] = {"no": record.no, "role": role, "decision": decision, "privileged": privileged, "by": by}
    if note:
        body[PRIVILEGED_NOTE if privileged else NOTE] = note
    require_assessment(body)
    return Entry(EntryKind.RECORD_ASSESSED, body, record.id, actor=Actor.COMMAND)


def require_assessment(body: Mapping[str, Any]) -> None:
    """Check the body of an assessment, whoever wrote it. Raises Refused."""
    decision, has = body.get("decision"), [name for name in (NOTE, PRIVILEGED_NOTE) if name in body]
    known = decision is None or Decision.of_id(decision) is not None
    texts = [body.get(name) for name in (*has, "by")]
    fits = known and Assessor.of_id(body.get("role")) is not None and all(isinstance(t, str) and t for t in texts)
    if not fits or type(body.get("privileged")) is not bool:
        raise Refused("This assessment can't be read.", "Use a command of the kiosk's version.")
    if decision is None and not has:
        raise Refused("An assessment has a decision, a note or both.", "Add --decision or --note.")
    if decision not in {None, Decision.COMPLETE} and not has:
        raise Refused("This decision needs a note.", "Add --note: what is to be done, or what was not followed.")
    if len(has) > 1 or (body["privileged"] is not (PRIVILEGED_NOTE in has)):
        raise Refused("A privileged assessment has one note, and that is privileged.", "Add --note and --privileged.")


def assessments_of(record: EncounterRecord) -> Iterator[Assessment]:
    """Yield the assessments of a record, oldest first; those that a copy has."""
    for kept in record.entries:
        if kept.kind == EntryKind.RECORD_ASSESSED:
            yield _assessment(kept)


def _assessment(kept: LoggedEntry) -> Assessment:
    role, by = (str(kept.body.get(name, f"({WITHHELD.reason})")) for name in ("role", "by"))
    decision, privileged = kept.body.get("decision"), kept.body.get("privileged") is True
    name = PRIVILEGED_NOTE if privileged else NOTE
    note: str | Missing = str(kept.body.get(name, ""))
    if name in kept.encrypted:
        note = Missing(ENCRYPTED)
    elif name in kept.withheld:
        note = WITHHELD
    return Assessment(ref_of(kept), kept.at, role, by, str(decision or ""), privileged, note, meanings_in(kept.body))


def without_privileged(entries: Iterable[LoggedEntry]) -> list[LoggedEntry]:
    """Return the entries as a screen may show them: each privileged note is withheld."""
    return [_without(kept) if PRIVILEGED_NOTE in kept.body else kept for kept in entries]


def _without(kept: LoggedEntry) -> LoggedEntry:
    body = {name: value for name, value in kept.body.items() if name != PRIVILEGED_NOTE}
    return replace(kept, body=body, withheld=tuple(sorted({*kept.withheld, PRIVILEGED_NOTE})))


def privileged_notes(assessed: Iterable[LoggedEntry], encounters: Iterable[str]) -> int:
    """Return the number of readable privileged notes among these entries that are of these encounters."""
    ids = set(encounters)
    return sum(PRIVILEGED_NOTE in kept.body and kept.encounter_id in ids for kept in assessed)
