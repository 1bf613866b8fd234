"""`kiosk log show`: one record, and the words of its screens."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from kiosk.log.log import open_reader
from kiosk.record.entries import decode
from kiosk.settings import Home
from tests.homes import a_home, encounter
from tests.typed import Typed, set_up

HOSTILE = '=HYPERLINK("x") \u202e \x1b]52;c;aGk=\x07, "quoted"; Señora'


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with the small pack, not set up."""
    return a_home(tmp_path)


@pytest.fixture
def typed(home: Home, capsys: pytest.CaptureFixture[str]) -> Typed:
    """Commands on that home, set up."""
    typed = Typed(home, capsys)
    set_up(typed, home, approved=False)
    return typed


def exports(home: Home) -> list[dict[str, object]]:
    """What the live log says of exports."""
    log = open_reader(home, "live")
    try:
        return [dict(k.body) for k in map(decode, log.entries()) if k.kind == "export.made"]
    finally:
        log.close()


def rows(sheet: str) -> list[dict[str, str]]:
    """A sheet's rows by their columns."""
    assert sheet.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(sheet.removeprefix("\ufeff"), newline=""), strict=True))


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
