"""The reserve: kept while there is room, given up when there is none."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from db.disk import reserve
from db.store import Store


def test_opening_the_log_lays_the_reserve_aside(store: Store, log: Path) -> None:
    """It takes its full size on the disk, and only its owner can read it."""
    status = reserve.ballast_path(log).stat()
    assert status.st_size == reserve.BALLAST_BYTES
    assert os.name == "nt" or status.st_mode & 0o777 == 0o600
    assert os.name == "nt" or status.st_blocks * 512 >= reserve.BALLAST_BYTES


def test_it_is_written_out_where_it_can_not_be_allotted(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Systems without an allocation call get real bytes."""
    monkeypatch.delattr(os, "posix_fallocate", raising=False)
    assert reserve.keep_ballast(log)
    assert reserve.ballast_path(log).stat().st_size == reserve.BALLAST_BYTES


def test_it_never_takes_half_of_what_is_left(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a nearly full disk the log comes first."""
    monkeypatch.setattr(reserve, "space_left", lambda _: 2 * reserve.BALLAST_BYTES - 1)
    assert not reserve.keep_ballast(log)
    assert not reserve.ballast_path(log).exists()


def test_a_reserve_that_fails_half_way_leaves_nothing(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reserve cut short would be room lost for nothing."""

    def refuse(*_: object) -> None:
        raise OSError(28, "no room")

    monkeypatch.setattr(os, "fsync", refuse)
    assert not reserve.keep_ballast(log)
    assert not reserve.ballast_path(log).exists()


def test_it_is_given_up_once(log: Path) -> None:
    """The second time there is nothing left to give."""
    assert reserve.keep_ballast(log)
    assert reserve.keep_ballast(log)
    assert reserve.release_ballast(log)
    assert not reserve.release_ballast(log)


def test_room_is_told_for_a_log_and_for_its_folder(log: Path) -> None:
    """Both name the same disk."""
    assert reserve.space_left(log) > 0
    assert reserve.space_left(log.parent) > 0
