"""Which version was in force when, by the log."""

from __future__ import annotations

from datetime import UTC
from typing import Any

from kiosk.record.after_action.versions import Installed, Versions
from kiosk.record.entries import LoggedEntry
from kiosk.record.entry_kinds import EntryKind
from tests.record.after_action.told import entry, instant

DAY = 86_400.0


def installed(day: float, version: str, effective: str = "2026-01-01", review_by: str = "2099-01-01") -> LoggedEntry:
    """The installation of a version of the small pack, so many days after 21 September 2026."""
    body = {"id": "small", "version": version, "content_hash": f"h{version}", "effective": effective}
    return entry(0, (day * DAY, EntryKind.PACK_ACTIVATED, None, body | {"review_by": review_by}))


def at(versions: Versions, day: float, pack: str = "small") -> str | None:
    """The version in force on that day."""
    found = versions.in_force(pack, instant(day * DAY), UTC)
    return found.version if found else None


def test_the_newest_installed_version_in_effect_is_in_force() -> None:
    """From its installation, or from the day it takes effect; nothing was before the first."""
    versions = Versions([installed(0, "1"), installed(5, "2"), installed(7, "3", effective="2026-10-01")])
    found = [at(versions, day) for day in (-1, 0, 4, 5, 9, 9.5, 10)]
    assert found == [None, "1", "1", "2", "2", "3", "3"]
    assert at(versions, 9, "another") is None


def test_a_version_past_its_review_date_gives_way_to_one_before_it() -> None:
    """As the kiosk itself decides; alone, it stays in force."""
    versions = Versions([installed(0, "1"), installed(1, "2", review_by="2026-09-25")])
    assert [at(versions, day) for day in (4, 5)] == ["2", "1"]
    assert at(Versions([installed(1, "2", review_by="2026-09-25")]), 9) == "2"


def test_a_new_log_carries_the_version_of_the_previous_one() -> None:
    """Unless the previous log is read as well."""

    def started(second: float, packs: Any) -> LoggedEntry:
        return entry(0, (second, EntryKind.LOG_STARTED, None, {"packs": packs}))

    carried = started(2 * DAY, {"small": ["2", "h2"]})
    assert Versions([carried]).in_force("small", instant(3 * DAY), UTC) == Installed(
        "2", "h2", instant(2 * DAY).wall_us
    )
    assert at(Versions([installed(0, "1"), carried]), 3) == "1"
    assert at(Versions([started(0, {"small": "odd"}), started(0, None)]), 3) is None


def test_an_entry_without_its_values_says_nothing() -> None:
    """They may be withheld."""
    assert at(Versions([entry(0, (0, EntryKind.PACK_ACTIVATED, None, {"id": "small"}))]), 1) is None
