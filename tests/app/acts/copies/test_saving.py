"""A stick that is pulled: before a copy is saved, while it is written, and when it has its name."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from kiosk.app.acts.copies.export_offer import ENDINGS, export_offer
from kiosk.errors import StoreUnusable
from kiosk.presentation.acts import Preview
from kiosk.reports.formats import ExportFormat
from kiosk.settings import Home
from kiosk.system import files as system_files
from kiosk.system.places import Place
from tests.app.acts.copies.answering import BY, FREE, acts_of, exports, files, previewed, unseen, with_places
from tests.homes import a_home, encounter


class Stick:
    """A mounted stick. After it was pulled, its folder is empty, on the computer, and can be written to."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.mounted = folder, True

    def pull(self) -> None:
        """Pull it."""
        self.mounted = False


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with one record."""
    home = a_home(tmp_path)
    encounter(home)
    return home


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stick:
    """The only place for copies."""
    folder = tmp_path / "stick"
    folder.mkdir()
    stick = Stick(folder)
    with_places(monkeypatch, Place(folder, FREE, removable=True))
    monkeypatch.setattr(Path, "is_mount", lambda path: path == folder and stick.mounted)
    return stick


def to_save(home: Home, stick: Stick, format_: ExportFormat = ExportFormat.CSV) -> Preview:
    """The preview of an export to the stick."""
    answers = {"days": "all", "level": "full", "format": format_, "place": str(stick.folder), "for": "", "by": BY}
    return previewed(export_offer(acts_of(home)), answers)


def refuse(preview: Preview) -> str:
    """Confirm it, and return why it can't be saved."""
    with pytest.raises(StoreUnusable) as refused:
        preview.do(unseen)
    return refused.value.text_id or refused.value.what


@pytest.mark.parametrize("format_", ENDINGS)
def test_no_copy_stays_on_the_computer_where_the_stick_was(home: Home, stick: Stick, format_: ExportFormat) -> None:
    """It is pulled after the preview: its folder would take the file, and the person would leave without it."""
    preview = to_save(home, stick, format_)
    stick.pull()
    assert refuse(preview) == "save.gone"
    assert (files(stick.folder), exports(home)) == ([], [])


@pytest.mark.parametrize("format_", ENDINGS)
def test_nor_when_it_is_pulled_just_before_the_file_is_made(
    home: Home, stick: Stick, monkeypatch: pytest.MonkeyPatch, format_: ExportFormat
) -> None:
    """All of the file goes into the folder then; it is removed again."""
    preview = to_save(home, stick, format_)
    absent = system_files._require_absent

    def pulled(path: Path) -> None:
        stick.pull()
        absent(path)

    monkeypatch.setattr(system_files, "_require_absent", pulled)
    assert refuse(preview) == "save.gone"
    assert (files(stick.folder), exports(home)) == ([], [])


@pytest.mark.parametrize("format_", ENDINGS)
def test_a_stick_that_is_pulled_while_the_file_is_written_is_named(
    home: Home, stick: Stick, monkeypatch: pytest.MonkeyPatch, format_: ExportFormat
) -> None:
    """Not the error of the disk that comes of it."""
    preview = to_save(home, stick, format_)
    monkeypatch.setattr(os, "fsync", failing(stick, errno.EIO))
    assert refuse(preview) == "save.gone"
    assert (files(stick.folder), exports(home)) == ([], [])


def test_a_stick_that_is_read_only_now_is_not_said_to_be_gone(
    home: Home, stick: Stick, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The system made it so after an error, for example."""
    preview = to_save(home, stick)
    monkeypatch.setattr(system_files, "_write_draft", failing(None, errno.EROFS))
    assert "the disk is read-only" in refuse(preview)


def test_a_stick_that_may_have_a_part_is_not_said_to_have_nothing(
    home: Home, stick: Stick, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is pulled when the file has its name: nobody can take the name back."""
    preview = to_save(home, stick)
    monkeypatch.setattr(system_files, "_fsync_folder", failing(stick, errno.EIO))
    monkeypatch.setattr(system_files, "_remove_folder", failing(None, errno.EROFS))
    assert "may be incomplete" in refuse(preview)
    assert exports(home) == []


def failing(stick: Stick | None, number: int) -> object:
    """Fails as a disk does. stick: is pulled before."""

    def fail(*_: object) -> None:
        if stick is not None:
            stick.pull()
        raise OSError(number, os.strerror(number))

    return fail
