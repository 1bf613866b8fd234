"""A record in words: the original values with their amendments; every time with its offset."""

from __future__ import annotations

from kiosk.reports.record import record_lines, state
from tests.reports.records import EASTERN, a_record, an_amended_record

AMENDED = """\
2026-0001  An agency, An agency
opened Monday 2026-09-14 10:42 -04:00, closed 2026-09-14 10:42 -04:00 as handover
protocol small 2026.1, content hash 5e

Facts
  agency-as-stated: An agency
    amended (entry 9): B
    amended (entry 9): (not-seen)
  agents: 2
  badge: (refused)
  plate: (not recorded)
    amended (entry 9): CT 12

Calls
  1. 2026-09-14 10:42 -04:00 office (An agency): reached
    amended (entry 9): nobody

Notes
  1. 2026-09-14 10:42 -04:00 An agency
    amended (entry 9): More cars

Amendments, made after it was closed; what was recorded stays
  entry 9: 2026-09-14 10:43 -04:00, 1 minute after it was closed, by Dana Ruiz
    agency-as-stated was: An agency
    agency-as-stated is now: B
    reason: Misread
"""


def test_a_record_tells_what_was_recorded_and_what_is_said_now() -> None:
    """Neither takes the other's place."""
    text = "\n".join(record_lines(an_amended_record(), EASTERN))
    assert text.startswith(AMENDED)
    assert "    added: A third agent\n    reason: Misread" in text
    assert "    the note in entry 3 is now: More cars" in text
    assert text.endswith("Path\n  2026-09-14 10:42 -04:00 channel: door (corrected) (amended)")


def test_a_record_without_amendments_says_nothing_of_them() -> None:
    """Neither in its lines nor in its state."""
    assert "mend" not in "\n".join(record_lines(a_record(), EASTERN))
    assert (state(a_record()), state(an_amended_record())) == ("closed", "closed, amended")
