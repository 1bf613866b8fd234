"""An assessment of a closed record by an administrator or counsel."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.app.acts.records.planned import Planned
from kiosk.app.acts.texts import Texts
from kiosk.record.after_action.assessment import Assessor, Decision, assessing
from kiosk.record.encounter_record import EncounterRecord


def planned(
    record: EncounterRecord,
    role: Assessor,
    decision: Decision | None,
    note: str,
    texts: Texts,
    by: Callable[[], str],
    *,
    privileged: bool,
) -> Planned:
    """Return the assessment. Raises Refused, UsageError or PrivateText.

    note: as typed, empty for none. by: returns the checked name; asked only after everything else was checked.
    """
    assessing(record, role=role, by="?", decision=decision, note=note, privileged=privileged)  # before a question
    words = texts.checked("note", note) if note else ""
    entry = assessing(record, role=role, by=by(), decision=decision, note=words, privileged=privileged)
    return Planned(record.no, (entry,), (), f"{record.no} is assessed" + (f": {decision.words}." if decision else "."))
