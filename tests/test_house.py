"""The house rules that a machine can hold."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[1]
TOP: Final = ("kiosk", "protocols", "db", "tests", "deploy")
LONGEST: Final = 500
"""Lines; a longer file is two files."""
FULLEST: Final = 20
"""Files of code in a folder; a fuller one is two rooms."""
LOOSE: Final = 12
"""Modules of `kiosk/` itself."""
OVER_ROOMS: Final = {"benchmarks", "faults", "mutation", "properties", "terminal"}
"""Folders of tests that no room has alone."""

_MADE: Final = {"__pycache__", "__snapshots__", "pictures", "versions"}
"""Folders without a README of their own: written by machines, or explained by the folder above."""

# In two halves, so that this file does not find itself.
_FORBIDDEN: Final = {
    "a package registry's address": "https?" + r"://[^\s\"']*(pypi|pythonhosted|npmjs|artifactory|/simple/)",
    "a file's address on some machine": "file:" + r"///\w",
    "somebody's home folder": r"(?<![\w.])/(home|Users)"
    + r"/[a-z][\w.-]*/|(?<!\w)/root"
    + r"/[\w.]|\b[A-Z]:\\Users"
    + r"\\",
    "a private key": "-----BEGIN [A-Z ]*PRIVATE" + " KEY-----",
    "a merge left half-way": r"^(<{7}|>{7})" + " ",
}


def files(*tops: str) -> Iterator[Path]:
    """Every file under these folders of the checkout that somebody wrote."""
    for top in tops:
        yield from (p for p in sorted((ROOT / top).rglob("*")) if p.is_file() and "__pycache__" not in p.parts)


def named(path: Path) -> str:
    """A path as the repository names it."""
    return path.relative_to(ROOT).as_posix()


def text_of(path: Path) -> str:
    """Return a file's text; nothing for a file that is not text."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def test_the_directions_of_imports_are_kept() -> None:
    """Every import contract in pyproject.toml holds."""
    command = "from importlinter.cli import lint_imports_command as run; run()"
    told = subprocess.run(
        [sys.executable, "-c", command, "--no-cache", "--no-logo"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stdout + told.stderr
    assert re.search(r"\b0 broken", told.stdout), told.stdout


def test_no_file_is_longer_than_one_can_read() -> None:
    """Code, styles and tests stay small; a manual or a protocol is as long as it must be."""
    code = [path for path in files("kiosk", "db", "tests") if path.suffix in {".py", ".tcss"}]
    assert len(code) > 20, "nearly nothing was looked at"
    assert [named(path) for path in code if len(text_of(path).splitlines()) > LONGEST] == []


def test_no_room_is_fuller_than_one_can_oversee() -> None:
    """A folder has few files of code, and `kiosk/` itself fewer."""
    rooms = Counter(path.parent for path in files("kiosk", "db", "tests") if path.suffix == ".py")
    assert {named(room): count for room, count in rooms.items() if count > FULLEST} == {}
    assert rooms[ROOT / "kiosk"] <= LOOSE


def test_tests_are_in_the_folder_of_what_they_test() -> None:
    """Each folder of tests has its room in the program."""
    folders = {path.parent.relative_to(ROOT / "tests") for path in files("tests") if path.suffix == ".py"}
    mirrored = {folder for folder in folders if folder.parts and folder.parts[0] not in OVER_ROOMS}
    rooms = {path.parent.relative_to(ROOT) for path in files("kiosk", "db", "protocols")}
    rooms |= {Path(*room.parts[1:]) for room in rooms if room.parts[0] == "kiosk"}
    assert sorted(folder.as_posix() for folder in mirrored - rooms) == []


@pytest.mark.parametrize("what", sorted(_FORBIDDEN))
def test_nothing_in_the_repository_names(what: str) -> None:
    """Neither code nor lock nor recorded screen holds what belongs to one machine, or to nobody else."""
    wanted = re.compile(_FORBIDDEN[what], re.MULTILINE)
    everything = [*files(*TOP), *(path for path in ROOT.iterdir() if path.is_file()), *files(".ci")]
    assert {"pyproject.toml", "deploy/requirements.txt"} <= {named(path) for path in everything}
    assert [named(path) for path in everything if wanted.search(text_of(path))] == []


def test_the_forbidden_things_would_be_found() -> None:
    """The patterns themselves work."""
    samples = [
        "https" + "://registry.npm" + "js.org/x",
        "file:" + "///srv/wheels",
        "/home" + "/dana/kiosk",
        "-----BEGIN OPENSSH PRIVATE" + " KEY-----",
        "<<<<<<<" + " HEAD",
    ]
    for sample in samples:
        assert [what for what, pattern in _FORBIDDEN.items() if re.search(pattern, sample)], sample


def test_every_room_says_what_may_live_there() -> None:
    """Each folder that people write in has a README; a pack is content and needs none."""
    rooms = {path.parent for path in files(*TOP) if path.suffix in {".py", ".sh", ".tcss"}}
    rooms = {room for room in rooms if not _MADE & set(room.relative_to(ROOT).parts)}
    assert {"kiosk", "db", "tests", "deploy"} <= {named(room) for room in rooms}
    assert sorted(named(room) for room in rooms if not (room / "README.md").is_file()) == []


def test_the_top_level_is_the_customers() -> None:
    """There are only the five folders, and hidden ones."""
    git_ignored = {"build", "dist"}
    folders = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")}
    assert {name for name in folders - git_ignored if not name.endswith(".egg-info")} == set(TOP)


@pytest.mark.parametrize("script", ["run", "test", "lock", "common.sh", "launcher"])
def test_the_shell_scripts_are_plain_posix(script: str) -> None:
    """Each one parses, says so in its first line, and uses nothing only bash knows."""
    path = ROOT / "deploy" / script
    assert subprocess.run(["sh", "-n", str(path)], check=False).returncode == 0  # its own text, parsed and not run
    text = text_of(path)
    assert text.startswith("#!/bin/sh\n") or script == "common.sh"
    assert re.findall(r"\[\[|^\s*local |^function |<<<|\bpipefail\b", text, re.MULTILINE) == []
