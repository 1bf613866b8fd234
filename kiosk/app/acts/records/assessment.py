"""An assessment of a closed record by an administrator or counsel."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.app.acts.records.planned import Planned
from kiosk.app.acts.texts import Texts
from kiosk.record.after_action.assessment import NOTE, PRIVILEGED_NOTE, Assessment, Assessor, Decision, assessing
from kiosk.record.amendments import NOWHERE
from kiosk.record.encounter_record import EncounterRecord
from kiosk.reports.amendments import assessment_lines
from kiosk.system.clock import Instant


def planned(
    record: EncounterRecord,
    role: Assessor,
    decision: Decision | None,
    note: str,
    texts: Texts,
    by: Callable[[], str],
    *,
    privileged: bool,
    at: Instant,
) -> Planned:
    """Return the assessment. Raises Refused, UsageError or PrivateText.

    note: as typed, empty for none. by: returns the checked name; asked only after everything else was checked.
    at: the time for the preview.
    """
    assessing(record, role=role, by="?", decision=decision, note=note, privileged=privileged)  # before a question
    words = texts.checked("note", note) if note else ""
    name = by()
    entry = assessing(record, role=role, by=name, decision=decision, note=words, privileged=privileged)
    meanings = texts.meanings({PRIVILEGED_NOTE if privileged else NOTE: words})
    made = Assessment(NOWHERE, at, role, name, decision or "", privileged, words, meanings)
    return Planned(
        record.no,
        (entry,),
        [*assessment_lines(made)],
        f"{record.no} is assessed" + (f": {decision.words}." if decision else "."),
    )
