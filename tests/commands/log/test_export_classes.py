"""`kiosk log export` and the classes of steps and outcomes: a public copy does not say what a marked visit was."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import pytest

from kiosk.reports.package.verify import Package
from kiosk.settings import Home, read_settings, render
from tests.bundles import AGENCY, a_home_with_records, words_in
from tests.typed import Stage, Typed

pytestmark = pytest.mark.stage(Stage.NEW)

MARKED: Final = ("identify", "handover", AGENCY)
"""The marked step, the outcome that only it leads to, and a fact of a public field that was recorded at it."""

NAME: Final = "Dana Ruiz"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Three records that go through an exempt step."""
    return a_home_with_records(tmp_path, exempt="identify")


def export(typed: Typed, format_: str, level: str) -> str:
    """The copy of the second record on stdout."""
    told = typed("log", "export", "--format", format_, "--level", level, "--record", "2026-0002")
    assert told.code == 0, told
    return told.out


@pytest.mark.parametrize("format_", ["jsonl", "csv", "html"])
def test_no_format_shows_the_marked_step_below_its_class(typed: Typed, format_: str) -> None:
    """Neither the step, nor what was entered there, nor the outcome, nor an amendment; counsel sees all of it."""
    amend = ("log", "amend", "2026-0002", "--field", "agency-as-stated", "--value", f"{AGENCY} again")
    assert typed(*amend, "--reason", "Misread", "--by", "Lee Novak").code == 0
    assert [words for words in MARKED if words not in export(typed, format_, "counsel")] == []
    public = export(typed, format_, "public")
    assert [words for words in MARKED if words in public] == []
    assert "2026-0002" in public


def test_a_public_record_is_closed_without_its_outcome(typed: Typed) -> None:
    """It still has what every record has: its channel, its times, the calls before the marked step."""
    record = json.loads(export(typed, "jsonl", "public"))
    assert (record["outcome"], record["ending"], record["channel"]) == (None, "outcome", "door")
    assert record["closed_at"] is not None
    assert [call["role"] for call in record["calls"]] == ["office"]
    assert [entry["step"] for entry in record["path"]] == ["channel", "channel", "call-now"]


def test_a_package_without_the_marked_entries_is_verified(home: Home, typed: Typed, tmp_path: Path) -> None:
    """Their headers are not in it either, and every entry that is there is proven."""
    there = tmp_path / "copy"
    assert typed("log", "export", "--format", "package", "--level", "public", "-o", str(there)).code == 0
    assert [words for words in MARKED if words in words_in(there)] == []
    assert Package(there, [], []).check().wrong == []


def test_statistics_count_a_marked_outcome_as_another_one(typed: Typed) -> None:
    """It is no category of its own, so its count is not shown, suppressed or not."""
    told = typed("log", "export", "--format", "jsonl", "--level", "statistics", "--to", "2026-10-31")
    assert told.code == 0, told
    for line in told.out.splitlines():
        assert {"handover", "gone"} & json.loads(line)["outcome"].keys() == {"gone"}


@pytest.mark.parametrize(
    ("cls", "levels"), [("public", ["full", "counsel", "public"]), ("exempt", ["full", "counsel"]), ("staff", ["full"])]
)
def test_the_settings_give_the_class_of_staff_names(home: Home, typed: Typed, cls: str, levels: list[str]) -> None:
    """As the district chose; each copy names the class."""
    changed = render(read_settings(home)).replace('staff_names = "exempt"', f'staff_names = "{cls}"')
    home.settings_file.write_text(changed, "utf-8")
    assert [level for level in ("full", "counsel", "public") if NAME in export(typed, "html", level)] == levels
    assert f"names of staff: {cls}" in export(typed, "html", "public")
