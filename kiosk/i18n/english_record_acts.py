"""The words of acts on one record at the review screens. A part of `english`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

RECORD_ACTS: Final[Mapping[str, str]] = {
    # -- acts on a record
    "act.enter": "Save it",
    "act.record.preview": "Save this in {no}? It can't be removed.",
    "act.record.entered": "Saved in {no}.",
    "act.record.read": "Read it for public copies",
    "act.record.called": "Add a call made after closing",
    "act.record.correct": "Correct a detail, a note or a call",
    "act.record.add": "Add a text",
    "act.record.assess": "Assess it, or add a note of counsel",
    "act.record.close": "Close it unfinished",
    "act.record.void": "Void it: it should never have been started",
    "act.record.why": "Why?",
    "act.record.why.how": "The reason is kept in the log.",
    # -- a correction
    "act.record.what": "What is wrong?",
    "act.record.kind.fact": "A detail that was recorded",
    "act.record.kind.other": "A detail that was not recorded",
    "act.record.kind.note": "A note",
    "act.record.kind.call": "The result of a call",
    "act.record.which-fact": "Which detail?",
    "act.record.which-other": "Which detail?",
    "act.record.which-note": "Which note?",
    "act.record.which-call": "Which call?",
    # {name}: a detail, a note or a call; {value}: what the record says.
    "act.record.value": "{name}: {value}",
    "act.record.note": "Note {n}",
    "act.record.says": "The record says: {value}",
    "act.record.stays": "The original stays in the log, with your correction.",
    "act.record.correct-value": "What is correct?",
    "act.record.correct-value.how": "The original stays in the log, with your correction.",
    "act.record.type-it": "Type it",
    # {why}: refused, not seen, later.
    "act.record.not-recorded": "Not recorded: {why}",
    # -- an addition, and a call made later
    "act.record.text": "What do you add?",
    "act.record.text.how": "Only what happened. It is kept in the log.",
    "act.record.role": "Who was called?",
    "act.record.still-to-call": "{who} (still to call)",
    "act.record.result": "What was the result?",
    "act.record.person": "Who was it?",
    "act.record.person.how": "The full name of the person reached or tried. You can leave it empty.",
    # -- the end of a record that the desk left unfinished
    "act.record.why-unfinished": "Why is it closed before its end?",
    "act.record.why-unfinished.how": "The reason is kept in the log. Calls that must be made stay on the list.",
    "act.record.why-void": "Why is it void?",
    "act.record.another-reason": "Another reason",
    "act.record.why-void.how": "The reason is kept in the log. No calls are needed.",
    # -- the reading before public copies
    "act.record.leaves": "May public copies show the record like this?",
    "act.record.leaves.yes": "Yes. I read it, and public copies may show it",
    "act.record.leaves.no": "No",
    "act.record.not-public": "Nothing was saved, so the record stays out of public copies.",
    "act.record.why-public": "Why may public copies show it, or what is to be withheld?",
    "act.record.why-public.how": "The reason is kept in the log.",
    # -- what is refused
    "error.record.at-desk": (
        "The desk is working on this record. Close it at the desk, or wait until the desk has left it."
    ),
    "error.record.changed": (
        "Somebody else changed this record meanwhile. Nothing was entered. Go back to the record, then do it again."
    ),
    "error.record.closed": "This record is closed already.",
    "error.record.same": "It says that already. Nothing was saved.",
    "error.text": "That text can't be used. Type 1 to {most} plain characters.",
    # -- an assessment
    "act.record.assessor": "In which role do you assess the record?",
    "act.assessor.administrator": "Administrator",
    "act.assessor.counsel": "Counsel",
    "act.record.decision": "What do you decide?",
    "act.decision.complete": "The record is complete",
    "act.decision.follow-up": "More is to be done",
    "act.decision.not-followed": "The protocol was not followed",
    "act.decision.referred": "It is referred to counsel",
    "act.record.only-a-note": "Nothing. I only add a note",
    "act.record.assessor-note": "What is your note?",
    "act.record.assessor-note.how": "It is kept apart from the notes of the record.",
    "act.record.assessor-note-or-none": "Do you add a note?",
    "act.record.assessor-note-or-none.how": "It is kept apart from the notes of the record. You can leave it empty.",
    "act.record.privileged": "Is this note privileged?",
    "act.record.privileged.yes": "Yes. Only a full copy shows it, and no screen",
    "act.record.privileged.no": "No",
}
