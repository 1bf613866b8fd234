"""A minute of fuzzing led by coverage, over everything that reads a file somebody else has written."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SECONDS = 60


@pytest.mark.long
@pytest.mark.skipif(find_spec("atheris") is None, reason="atheris is not installed here, so nothing was fuzzed")
def test_no_input_that_fuzzing_finds_makes_an_exception(tmp_path: Path) -> None:
    """Packs, scenarios, translations, contacts, settings, signed notes, keys: findings or a refusal, nothing else."""
    command = [sys.executable, "-m", "tests.faults.fuzzing", str(SECONDS), str(tmp_path)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=10 * SECONDS)
    kept = sorted(file for file in tmp_path.iterdir() if file.is_file() and file.name != "words")
    assert run.returncode == 0, (run.stderr[-3000:], [file.read_bytes() for file in kept])
    ran = re.search(r"Done (\d+) runs", run.stderr)
    assert ran, run.stderr[-3000:]
    assert int(ran[1]) > 100, "fuzzing hardly began"
