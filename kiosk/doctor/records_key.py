"""Check of the records officer's key: the settings and the log agree, and it counts already."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kiosk.doctor.check import Check, State, Subject
from kiosk.log.recorded_keys import RecordedKey
from kiosk.settings import FILE, Settings


def check_records_key(settings: Settings, recorded: RecordedKey | None, today: date) -> Iterator[Check]:
    """Check the key in the settings against the one in the log; yield nothing while there is none.

    recorded: None when the log can't be read, which other checks report.
    """
    if recorded is None:
        return
    if settings.records_key != recorded.text:
        known = f"the one in the log counts: {recorded.text}" if recorded.text else "the log has none"
        words = f"Someone changed the records officer's key in {FILE}. It is refused; {known}."
        repair = "Call the Superintendent's Office. `kiosk setup` puts the key in the log back into the settings."
        yield Check(Subject.RECORDS_KEY, State.RED, words, repair)
    elif recorded.text and recorded.applies_from is not None and today < recorded.applies_from:
        words = f"A new records officer's key, {recorded.text}, can authorize destruction from {recorded.applies_from}."
        repair = "If nobody decided that, enter the right key: `kiosk setup --records-key --replace-records-key`."
        yield Check(Subject.RECORDS_KEY, State.AMBER, words, repair)
    elif recorded.text:
        yield Check(Subject.RECORDS_KEY, State.GREEN, f"Destruction is authorized by the key {recorded.text}.")
