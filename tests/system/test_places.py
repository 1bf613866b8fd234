"""Where a file can go: sticks first, then the documents; nothing that this account can't write to."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kiosk.system.places import places


@pytest.fixture
def mounted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two sticks, one of them in a folder of the account, and a folder that is no disk."""
    sticks = [tmp_path / "media" / "BLUE", tmp_path / "media" / "somebody" / "RED"]
    for stick in (*sticks, tmp_path / "media" / "empty"):
        stick.mkdir(parents=True)
    monkeypatch.setattr(Path, "is_mount", lambda path: path in sticks)
    return tmp_path / "media"


def test_sticks_come_before_the_documents(mounted: Path, tmp_path: Path) -> None:
    """A folder that is no disk is not offered."""
    (tmp_path / "home" / "Documents").mkdir(parents=True)
    found = places([str(mounted)], tmp_path / "home")
    wanted = [mounted / "BLUE", mounted / "somebody" / "RED", tmp_path / "home" / "Documents"]
    assert [place.path for place in found] == wanted
    assert all(place.free > 0 for place in found)
    assert [place.removable for place in found] == [True, True, False]


def test_without_a_folder_of_documents_the_home_folder_is_offered(tmp_path: Path) -> None:
    """There is always one place."""
    assert [place.path for place in places([str(tmp_path / "none")], tmp_path)] == [tmp_path]


def test_a_stick_that_is_read_only_or_gone_is_left_out(
    mounted: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stick may be pulled while somebody looks."""
    monkeypatch.setattr(os, "access", lambda path, _: path.name != "BLUE")
    (mounted / "somebody" / "RED").rmdir()
    assert [place.path for place in places([str(mounted)], tmp_path)] == [tmp_path]


def test_a_pulled_stick_that_can_not_be_read_hides_no_other_place(
    mounted: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is still mounted, but each look into it is an error of the disk."""

    def pulled(name: str) -> Callable[..., Any]:
        real = getattr(os, name)

        def look(path: Any = ".") -> Any:
            if Path(path).name == "BLUE":
                raise OSError(errno.EIO, "no")
            return real(path)

        return look

    for name in ("scandir", "listdir"):
        monkeypatch.setattr(os, name, pulled(name))
    monkeypatch.setattr(os, "access", lambda path, _: path.name != "BLUE")
    assert [place.path for place in places([str(mounted)], tmp_path)] == [mounted / "somebody" / "RED", tmp_path]
