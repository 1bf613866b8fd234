"""Each value that a public copy of a record withholds has words for people."""

from __future__ import annotations

import pytest

from kiosk.record.disclosure.levels import HIDDEN_BELOW, TABLE, Level
from kiosk.record.disclosure.value_words import value_words
from kiosk.record.entry_kinds import EntryKind

_OF_RECORDS = ("encounter.", "step.", "staff.", "call.", "note.", "amendment.", "hold.")

NAMES = sorted(
    {
        name
        for kind, values in TABLE.items()
        if kind.startswith(_OF_RECORDS) and (kind not in HIDDEN_BELOW or kind.startswith("hold."))
        for name, level in values.items()
        if level not in {Level.PUBLIC, Level.STATISTICS}
    }
)


@pytest.mark.parametrize("name", NAMES)
def test_a_value_that_is_withheld_has_words(name: str) -> None:
    """A letter lists it for somebody who never saw an entry."""
    assert " " in value_words(name)


def test_a_name_without_words_stays() -> None:
    """A value of an entry that no copy of a record has."""
    assert value_words(EntryKind.NOTE_ADDED) == "note.added"
    assert {"desk", "slots", "names_child", "matter"} <= set(NAMES)
