"""The label of a copy: each file names its level, period, school and mode."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest

from kiosk.record.disclosure.levels import LEVELS, Level
from kiosk.settings import Home, Mode
from tests.bundles import a_home_with_records
from tests.homes import encounter
from tests.reports.records import a_label
from tests.typed import Stage, Typed

pytestmark = pytest.mark.stage(Stage.NEW)
PERIOD = ("--from", "2026-01-01", "--to", "2030-12-31")
WORDS = "from 2026-01-01 to 2030-12-31"
RECORDS = [name for name, level in LEVELS.items() if level is not Level.STATISTICS]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Three live records and one of practice."""
    home = a_home_with_records(tmp_path)
    encounter(home, "practice")
    return home


def test_a_label_has_the_same_facts_for_people_and_for_programs() -> None:
    """Practice can't be overlooked."""
    live, practice = a_label(Level.PUBLIC), a_label(Level.PUBLIC, mode="practice")
    assert live.columns == {
        "level": "public",
        "period": "all days",
        "school": "Lincoln Elementary School",
        "mode": "live",
    }
    assert [words for _, words in live.lines][2:] == ["all days", "Lincoln Elementary School", "live"]
    assert dict(live.lines)["Disclosure level"].startswith("public: ")
    assert ("PRACTICE" in live.heading, "PRACTICE" in practice.heading) == (False, True)
    assert "PRACTICE" in dict(practice.lines)["Mode"]
    assert practice.columns["mode"] == "practice"


@pytest.mark.parametrize("mode", ["live", "practice"])
@pytest.mark.parametrize("level", RECORDS)
def test_every_file_names_its_level_period_school_and_mode(
    typed: Typed, home: Home, tmp_path: Path, level: str, mode: Mode
) -> None:
    """JSON lines, a sheet, a page, and the signed list of a package."""
    asked = ("log", "export", *PERIOD, "--level", level, *(("--practice",) if mode == "practice" else ()))
    wanted = {"level": level, "period": WORDS, "mode": mode}

    lines = [json.loads(line) for line in typed(*asked, "--format", "jsonl").out.splitlines()]
    rows = list(csv.DictReader(typed(*asked, "--format", "csv").out.removeprefix("\ufeff").splitlines()))
    for one in (*lines, *rows):
        assert {name: one[name] for name in wanted} == wanted
        assert one["school"] == "Lincoln Elementary School"
    assert len(lines) == len(rows) == (3 if mode == "live" else 1)

    page = typed(*asked, "--format", "html").out
    assert re.search(rf"Disclosure level</th><td>{level}: ", page)
    assert f"Period</th><td>{WORDS}</td>" in page
    assert "School</th><td>Lincoln</td>" in page
    assert ("<title>Copy of records (PRACTICE)</title>" in page) == (mode == "practice")

    told = typed(*asked, "--format", "package", "-o", str(tmp_path / "copy"))
    assert ("practice record" in told.err) == (mode == "practice")
    manifest = (tmp_path / "copy" / "manifest.note").read_text(encoding="utf-8")
    for name, words in (wanted | {"school": "Lincoln"}).items():
        assert f"\n{name}: {words}\n" in manifest
