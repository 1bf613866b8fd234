"""Sound files are private, and what the dead leave is taken from them, never from the living."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from kiosk.voice.scratch import PREFIX, scratch_base, scratch_folder, sweep


def test_a_folder_is_private_and_goes_away(rundir: Path) -> None:
    """Only this account can look into it, and nothing stays."""
    with scratch_folder() as folder:
        assert folder.parent == rundir
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        (folder / "words.wav").touch()
    assert list(rundir.iterdir()) == []


def test_a_sweep_takes_the_left_and_spares_the_used(rundir: Path) -> None:
    """A folder in use is locked; one whose helper died is not. Other names are nobody's business."""
    (rundir / f"{PREFIX}left").mkdir()
    (rundir / f"{PREFIX}left" / "words.wav").touch()
    (rundir / "other").mkdir()
    with scratch_folder() as used:
        sweep()
        assert sorted(rundir.iterdir()) == sorted([used, rundir / "other"])


def test_a_sweep_follows_no_link(rundir: Path, tmp_path: Path) -> None:
    """A planted link costs its target nothing."""
    target = tmp_path / "precious"
    target.mkdir()
    (target / "file").touch()
    (rundir / f"{PREFIX}link").symlink_to(target)
    sweep()
    assert (target / "file").exists()


def test_of_several_runtime_folders_the_first_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """systemd parts them by colons; none means the system's own."""
    monkeypatch.setenv("RUNTIME_DIRECTORY", "/run/first:/run/second")
    assert scratch_base() == Path("/run/first")
    monkeypatch.delenv("RUNTIME_DIRECTORY")
    assert scratch_base().is_dir()
