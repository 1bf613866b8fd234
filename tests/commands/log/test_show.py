"""`kiosk log show`: one record, and the words of its screens."""

from __future__ import annotations

from kiosk.settings import Home
from tests.homes import encounter
from tests.typed import Typed

HOSTILE = '=HYPERLINK("x") \u202e \x1b]52;c;aGk=\x07, "quoted"; Señora'


def test_an_encounter_is_shown_in_full(typed: Typed, home: Home) -> None:
    """Facts, calls, notes and path, with what was typed made harmless."""
    number = encounter(home, agency=HOSTILE, note="Two cars")
    told = typed("log", "show", number)
    assert told.code == 0
    assert "\x1b" not in told.out
    assert "\u202e" not in told.out
    for words in ("badge: (refused)", "office (Dana Ruiz): reached", "Two cars", "channel: door (corrected)", "Señora"):
        assert words in told.out
    assert typed("log", "show", number.lower(), "--json").json["fields"]["agency-as-stated"] == HOSTILE


def test_the_words_of_an_encounter_say_what_was_answered_as_people_write(typed: Typed, home: Home) -> None:
    """A fact, why one is missing, a call with its result; no marks of a program."""
    told = typed("log", "show", encounter(home, session=True), "--transcript").out
    for line in ("  > agency-as-stated: An agency", "  > badge: (refused)", "  > office (Dana Ruiz): reached"):
        assert f"{line}\n" in told
    assert "{" not in told


def test_an_encounter_that_is_not_there_is_refused(typed: Typed, home: Home) -> None:
    """And a practice number says where to look."""
    encounter(home)
    typed.refused(2, "log", "show", "2026-9999")
    assert "--practice" in typed.refused(2, "log", "show", "P-2026-0001")
