"""The daily check of the records officer's key."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kiosk.doctor.check import State
from kiosk.doctor.records_key import check_records_key
from kiosk.log.recorded_keys import RecordedKey
from kiosk.settings import Settings

TODAY = date(2026, 9, 14)


@pytest.mark.parametrize(
    ("settings", "recorded", "state"),
    [
        ("", RecordedKey(), None),
        ("k", RecordedKey("k", TODAY), State.GREEN),
        ("k", RecordedKey("k", TODAY + timedelta(days=1)), State.AMBER),
        ("other", RecordedKey("k", TODAY), State.RED),
        ("", RecordedKey("k", TODAY), State.RED),
        ("other", RecordedKey(), State.RED),
        ("other", None, None),
    ],
)
def test_the_settings_and_the_log_must_agree(settings: str, recorded: RecordedKey | None, state: State | None) -> None:
    """A difference is red, a new key amber until it counts; without any key there is nothing to say."""
    found = [check.state for check in check_records_key(Settings(records_key=settings), recorded, TODAY)]
    assert found == ([] if state is None else [state])
