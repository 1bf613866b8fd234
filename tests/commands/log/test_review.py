"""`kiosk log amend --reviewed`: a record that the desk flagged is in no public copy until a person has read it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest

from kiosk.settings import Home
from kiosk.system.clock import FixedClock
from tests.bundles import AGENCY, NOTE, a_home_with_records
from tests.homes import encounter
from tests.keeping import destroy, mark
from tests.running import running_kiosk
from tests.typed import Stage, Typed, at_a_terminal

pytestmark = pytest.mark.stage(Stage.NEW)

WHO: Final = ("--reason", "The agency has that name", "--by", "Dana Ruiz")
FORMATS: Final = ("jsonl", "csv", "html", "package")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Three records, and a fourth one that was flagged."""
    home = a_home_with_records(tmp_path)
    encounter(home, agency=AGENCY, note=NOTE, names_child=True)
    return home


def export(typed: Typed, level: str, *words: str) -> int:
    """The exit code of an export as lines."""
    return typed("log", "export", "--format", "jsonl", "--level", level, *words).code


@pytest.mark.parametrize("format_", FORMATS)
def test_a_flagged_record_is_in_no_public_copy(typed: Typed, tmp_path: Path, format_: str) -> None:
    """Neither alone nor with others, in no format; nothing is made, and the refusal names it."""
    for words in ((), ("--record", "2026-0001", "--record", "2026-0004")):
        out = ("-o", str(tmp_path / "copy"))
        told = typed.refused(3, "log", "export", "--format", format_, "--level", "public", *out, *words)
        assert "2026-0004" in told
        assert "2026-0001" not in told
    assert not (tmp_path / "copy").exists()
    assert export(typed, "public", "--record", "2026-0001") == 0


@pytest.mark.parametrize("level", ["counsel", "full", "statistics"])
def test_other_levels_have_it(typed: Typed, level: str) -> None:
    """Counsel decides what it is; statistics have no text."""
    assert export(typed, level) == 0


def test_a_record_that_a_person_read_is_in_public_copies(typed: Typed) -> None:
    """The log has who read it, and why it can leave; the review shows what a public copy shows."""
    told = typed("log", "amend", "2026-0004", "--reviewed", *WHO)
    assert told.code == 0
    assert AGENCY in told.out
    assert NOTE not in told.out
    assert export(typed, "public") == 0
    assert "Dana Ruiz read 2026-0004" in typed("log", "audit").out


@pytest.mark.parametrize(("cls", "shown"), [("public", True), ("exempt", False)])
def test_the_review_shows_names_of_staff_as_a_public_copy_does(
    typed: Typed, home: Home, cls: str, *, shown: bool
) -> None:
    """By the district's choice in the settings, so that nothing leaves that the person did not see."""
    settings = home.settings_file.read_text("utf-8").replace('staff_names = "exempt"', f'staff_names = "{cls}"')
    home.settings_file.write_text(settings, "utf-8")
    assert ("Dana Ruiz" in typed("log", "amend", "2026-0004", "--reviewed", *WHO).out) is shown
    copy = typed("log", "export", "--format", "jsonl", "--level", "public", "--record", "2026-0004").out
    assert ("Dana Ruiz" in copy) is shown


def test_an_amendment_after_the_review_needs_another_one(typed: Typed) -> None:
    """Nobody has seen its text."""
    amend = ("log", "amend", "2026-0004", "--field", "agency-as-stated", "--value", "Another agency")
    assert typed(*amend, "--reason", "Misread", "--by", "Dana Ruiz").code == 0
    assert typed("log", "amend", "2026-0004", "--reviewed", *WHO).code == 0
    assert export(typed, "public") == 0
    assert typed(*amend[:-1], "A third one", "--reason", "Misread", "--by", "Dana Ruiz").code == 0
    assert export(typed, "public") == 3
    assert typed("log", "amend", "2026-0004", "--reviewed", *WHO).code == 0
    assert export(typed, "public") == 0


def test_a_review_counts_while_the_kiosk_is_open(typed: Typed, home: Home) -> None:
    """The kiosk records it at once."""
    with running_kiosk(home) as kiosk:
        assert typed("log", "amend", "2026-0004", "--reviewed", *WHO).code == 0
        assert kiosk.entered == [0]
        assert export(typed, "public") == 0


@pytest.mark.parametrize(("answer", "code"), [("yes\n", 0), ("no\n", 3)])
def test_a_person_at_a_terminal_is_asked(typed: Typed, monkeypatch: pytest.MonkeyPatch, answer: str, code: int) -> None:
    """After the record was shown; without a yes nothing is entered."""
    at_a_terminal(monkeypatch, "It is a badge\n", "Dana Ruiz\n", answer)
    assert typed("log", "amend", "2026-0004", "--reviewed").code == code
    assert export(typed, "public") == code


def test_a_review_needs_a_name_a_reason_and_a_closed_record(typed: Typed, home: Home) -> None:
    """Nothing is entered without them."""
    assert typed("log", "amend", "2026-0004", "--reviewed", *WHO[:2]).code == 2
    assert typed("log", "amend", "2026-0004", "--reviewed", *WHO[2:]).code == 2
    typed.refused(3, "log", "amend", encounter(home, close=False), "--reviewed", *WHO)
    assert export(typed, "public", "--record", "2026-0004") == 3


@pytest.mark.usefixtures("synchronized")
def test_a_record_whose_details_were_destroyed_needs_no_review(typed: Typed, home: Home) -> None:
    """There is no text left to read."""
    old = encounter(home, clock=FixedClock(datetime(2020, 3, 9, tzinfo=UTC)), names_child=True)
    mark(typed, "1 year")
    assert export(typed, "public", "--record", old) == 3
    assert destroy(typed, old).code == 0
    assert export(typed, "public", "--record", old) == 0
