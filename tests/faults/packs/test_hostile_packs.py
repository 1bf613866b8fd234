"""A pack made to hurt gives findings, soon and in little memory, and never an exception."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.faults.packs.hostile_packs import PACKS

ROOT = Path(__file__).parents[3]
MOST_SECONDS = 2.0
"""Of processor time, as `tests.timing` reckons it, not by the clock on the wall: test machines are shared."""

MOST_MIB = 200


def checked(name: str) -> dict[str, Any]:
    """What checking that pack took, in a process of its own."""
    command = [sys.executable, "-m", "tests.faults.packs.hostile_packs", name]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert run.returncode == 0, run.stderr[-2000:]
    took: dict[str, Any] = json.loads(run.stdout)
    return took


def least(name: str) -> dict[str, Any]:
    """The same, again when it took long: the work is always the same, and a busy machine can only add to it."""
    took = checked(name)
    for _ in range(4):
        if took["seconds"] < MOST_SECONDS:
            break
        took = min(took, checked(name), key=lambda one: float(one["seconds"]))
    return took


@pytest.mark.parametrize("name", PACKS)
def test_a_hostile_pack_is_checked_within_its_bounds(name: str) -> None:
    """Reader, checks, guarantees, words, translations and scenarios together keep to two seconds and 200 MB."""
    took = least(name)
    assert took["codes"], "a hostile pack that passes is not hostile"
    assert took["codes"] != ["P011"], "a pack that is stopped at the door tries nothing behind it"
    assert took["seconds"] < MOST_SECONDS, took
    assert took["mib"] < MOST_MIB, took
