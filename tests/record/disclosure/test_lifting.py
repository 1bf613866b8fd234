"""Values that were withheld by decision and would be shown again."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from typing import Any

import pytest

from kiosk.log.archive import open_history
from kiosk.record.disclosure.levels import Level, classes_in
from kiosk.record.disclosure.lifting import Lifting, liftings
from kiosk.record.disclosure.withholding import Withholding
from kiosk.record.entries import LoggedEntry, decode
from kiosk.record.entry_kinds import EntryKind
from kiosk.settings import Home
from kiosk.system.clock import Instant
from tests.homes import encounter

NO, AGENCY, BADGE, LAW = "2026-0001", "agency-as-stated", "badge", "CGS 1-210(b)(2)"


def export(
    level: str, *, withheld: Sequence[dict[str, Any]] = (), lifted: Sequence[dict[str, Any]] = ()
) -> LoggedEntry:
    """An export as the log has it."""
    body = {"level": level, "withheld": [*withheld], "lifted": [*lifted]}
    return LoggedEntry(0, "e", EntryKind.EXPORT_MADE, None, None, "command", None, Instant(0, "", 0), body)


def withheld(value: str = AGENCY, extent: str = "all") -> dict[str, Any]:
    """A decision as the log has it."""
    return {"no": NO, "value": value, "extent": extent, "ground": LAW, "by": "A. Example"}


def shown_again(
    home: Home, level: Level, *exports: LoggedEntry, now: Sequence[Withholding] = ()
) -> list[tuple[str, str, str]]:
    """What a copy of this level would show again."""
    with closing(open_history(home, "live")) as log:
        (record,) = log.encounter_ids(EntryKind.ENCOUNTER_OPENED)
        entries = [decode(one) for one in log.entries(record)]
        found = liftings(exports, level, now, [(NO, entries)], classes_in(log))
        return [(one.no, one.value, one.ground) for one in found]


@pytest.fixture
def home(home: Home) -> Home:
    """A home with one record, whose protocol gives its facts no class: only counsel and full copies have notes."""
    encounter(home, note="A grey car", session=True)
    return home


AGAIN = [(NO, AGENCY, LAW)]
NOTE = "note-1"


@pytest.mark.parametrize(
    ("before", "now", "again"),
    [
        ("counsel", Level.COUNSEL, True),
        ("counsel", Level.FULL, False),
        ("full", Level.COUNSEL, True),
        ("full", Level.FULL, True),
        ("public", Level.COUNSEL, False),
        ("counsel", Level.PUBLIC, False),  # no public copy has a note
        ("full", Level.STATISTICS, False),
    ],
)
def test_the_same_or_a_wider_audience_sees_it_again(home: Home, before: str, now: Level, *, again: bool) -> None:
    """A narrower one may: it was not withheld from it. A level that does not show it anyway lifts nothing."""
    found = shown_again(home, now, export(before, withheld=[withheld(NOTE)]))
    assert found == ([(NO, NOTE, LAW)] if again else [])


def test_what_is_withheld_again_is_not_shown_again(home: Home) -> None:
    """On any ground; but words of it are less than all of it."""
    before = export("full", withheld=[withheld()])
    whole = Withholding(NO, AGENCY, "another ground", "A. Example")
    part = Withholding(NO, AGENCY, LAW, "A. Example", ("agency",))
    assert shown_again(home, Level.FULL, before, now=[whole]) == []
    assert shown_again(home, Level.FULL, before, now=[part]) == AGAIN
    assert shown_again(home, Level.FULL, export("full", withheld=[withheld(extent="part")]), now=[part]) == []


def test_what_two_persons_lifted_stays_lifted_for_that_audience(home: Home) -> None:
    """Until it is withheld again. A wider audience needs two persons again."""
    lifted = export("full", lifted=[Lifting(NO, NOTE, LAW).json])
    before = export("full", withheld=[withheld(NOTE)])
    assert shown_again(home, Level.FULL, before, lifted) == []
    assert shown_again(home, Level.COUNSEL, before, lifted) == [(NO, NOTE, LAW)]
    assert shown_again(home, Level.FULL, before, lifted, before) == [(NO, NOTE, LAW)]


@pytest.mark.parametrize("said", ["(withheld)", None, [7], [{"no": "2026-0009", "value": AGENCY}]])
def test_other_records_and_what_is_no_decision_lift_nothing(home: Home, said: Any) -> None:
    """An entry may be of a newer version, or its values gone."""
    entry = export("full")
    entry.body["withheld"] = said  # type: ignore[index]
    assert shown_again(home, Level.FULL, entry) == []


def test_a_value_that_the_record_lacks_is_not_shown(home: Home) -> None:
    """A destroyed or missing one."""
    assert shown_again(home, Level.FULL, export("full", withheld=[withheld("supervisor")])) == []
