"""A saved file is whole, private and durable, or the old one is untouched and a calm sentence says why."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import sys
import zipfile
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import NoReturn

import pytest

from kiosk.errors import Exit, StoreUnusable
from kiosk.system.files import (
    MayBeIncomplete,
    NameTaken,
    ensure_folder,
    new_file,
    new_folder,
    opened,
    read_start,
    save_file,
    save_new_file,
)

posix = pytest.mark.skipif(sys.platform == "win32", reason="permission bits and links are POSIX's")


def _failing(number: int) -> Callable[..., NoReturn]:
    def fail(*_: object, **__: object) -> NoReturn:
        raise OSError(number, os.strerror(number))

    return fail


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_put_there_and_replaced(tmp_path: Path) -> None:
    """The second content stands where the first was, and no draft is left."""
    place = tmp_path / "a.json"
    for data in (b"one", b"", b"two\r\n\0"):
        save_file(place, data)
        assert place.read_bytes() == data
    assert _names(tmp_path) == ["a.json"]


@posix
def test_a_file_is_private_unless_asked_otherwise(tmp_path: Path) -> None:
    """Only this account reads it; another mode is narrowed by the umask."""
    before = os.umask(0o027)
    try:
        save_file(tmp_path / "private", b"")
        save_file(tmp_path / "shared", b"", 0o644)
    finally:
        os.umask(before)
    modes = [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("private", "shared")]
    assert modes == [0o600, 0o640]


@posix
def test_file_and_folder_are_flushed_in_the_right_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """First the draft's bytes, then its new name, then the folder that holds the name."""
    steps: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def seen_fsync(handle: int) -> None:
        steps.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        fsync(handle)

    def seen_replace(self: Path, target: Path) -> Path:
        steps.append("rename")
        return replace(self, target)

    monkeypatch.setattr(os, "fsync", seen_fsync)
    monkeypatch.setattr(Path, "replace", seen_replace)
    save_file(tmp_path / "a", b"data")
    assert steps == ["file", "rename", "folder"]


@posix
@pytest.mark.parametrize("target", ["there", "nowhere"])
def test_a_link_is_refused(tmp_path: Path, target: str) -> None:
    """A link is not followed and not replaced, wherever it leads."""
    (tmp_path / "there").write_bytes(b"precious")
    link = tmp_path / "link"
    link.symlink_to(tmp_path / target)
    with pytest.raises(StoreUnusable, match="a symbolic link"):
        save_file(link, b"data")
    assert link.is_symlink()
    assert (tmp_path / "there").read_bytes() == b"precious"


@pytest.mark.parametrize("where", ["fsync", "open", "replace"])
@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EROFS, "is read-only"),
        (errno.EACCES, "may not write there"),
        (errno.EFBIG, "larger than this account may write"),
        (errno.EIO, "reported an error"),
        (errno.ENODEV, "the system refused"),
    ],
)
def test_a_failure_keeps_the_old_file_and_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str, number: int, words: str
) -> None:
    """Place, cause and repair are told; the draft is removed; nothing half-written takes the name."""
    place = tmp_path / "a.json"
    save_file(place, b"old")
    with monkeypatch.context() as broken:
        broken.setattr(Path if where == "replace" else os, where, _failing(number))
        with pytest.raises(StoreUnusable) as caught:
            save_file(place, b"new")
    assert place.read_bytes() == b"old"
    assert _names(tmp_path) == ["a.json"]
    assert str(place) in caught.value.what
    assert words in caught.value.what
    assert caught.value.repair.endswith(".")
    assert caught.value.exit_code == Exit.STORE


@posix
def test_a_write_the_system_cuts_short_keeps_the_old_file(tmp_path: Path) -> None:
    """A real limit of the system, met in the middle of the bytes, behaves like the pretended ones."""
    import resource  # noqa: PLC0415 - POSIX only
    import signal  # noqa: PLC0415 - POSIX only

    place = tmp_path / "a"
    save_file(place, b"old")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        with pytest.raises(StoreUnusable):
            save_file(place, bytes(100_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)
    assert place.read_bytes() == b"old"
    assert _names(tmp_path) == ["a"]


def test_a_missing_folder_and_a_folder_of_that_name_are_told(tmp_path: Path) -> None:
    """Each gets its own words."""
    with pytest.raises(StoreUnusable, match="its folder does not exist"):
        save_file(tmp_path / "no" / "a", b"")
    (tmp_path / "folder").mkdir()
    with pytest.raises(StoreUnusable):
        save_file(tmp_path / "folder", b"")
    assert _names(tmp_path) == ["folder"]


@posix
def test_a_network_disk_without_folder_flush_is_accepted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is there; refusing it would tell a falsehood. Any other failure is still told."""
    real, numbers = os.fsync, iter([errno.EINVAL, errno.EIO])

    def refuse(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(next(numbers), "no")
        real(handle)

    monkeypatch.setattr(os, "fsync", refuse)
    save_file(tmp_path / "a", b"data")
    assert (tmp_path / "a").read_bytes() == b"data"
    with pytest.raises(StoreUnusable, match="reported an error"):
        save_file(tmp_path / "a", b"newer")


@posix
def test_missing_folders_are_made_private(tmp_path: Path) -> None:
    """Every new one on the way, and one that is there keeps its bits."""
    (tmp_path / "there").mkdir(mode=0o755)
    kept = stat.S_IMODE((tmp_path / "there").stat().st_mode)
    made = ensure_folder(tmp_path / "there" / "new" / "newer")
    assert ensure_folder(made) == made
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (made, made.parent, made.parent.parent)]
    assert modes == [0o700, 0o700, kept]


def test_a_file_in_the_way_of_a_folder_is_told(tmp_path: Path) -> None:
    """At the end of the path or in its middle."""
    (tmp_path / "file").touch()
    with pytest.raises(StoreUnusable, match="in the place of a folder"):
        ensure_folder(tmp_path / "file")
    with pytest.raises(StoreUnusable, match="in the place of a folder"):
        ensure_folder(tmp_path / "file" / "below")


def test_a_new_folder_is_there_when_all_its_files_are(tmp_path: Path) -> None:
    """Not before, and with the hash of each file as it was written."""
    path = tmp_path / "copy"
    with new_folder(path) as draft:
        with draft.file("below/a.txt") as write:
            write(b"one ")
            write(b"two")
        assert not path.exists()
    assert (path / "below" / "a.txt").read_bytes() == b"one two"
    assert draft.sums == {"below/a.txt": hashlib.sha256(b"one two").hexdigest()}
    assert _names(tmp_path) == ["copy"]


def test_a_new_archive_holds_the_folder(tmp_path: Path) -> None:
    """Under the archive's own name, without its ending."""
    with new_folder(tmp_path / "copy.zip") as draft, draft.file("below/a.txt") as write:
        write(b"data")
    with zipfile.ZipFile(tmp_path / "copy.zip") as archive:
        assert archive.read("copy/below/a.txt") == b"data"
        assert archive.namelist() == ["copy/below/a.txt"]
    assert _names(tmp_path) == ["copy.zip"]


@pytest.mark.parametrize(
    "trouble", [OSError(errno.ENOSPC, "no"), StoreUnusable("The log.", "Call."), KeyboardInterrupt()]
)
@pytest.mark.parametrize("name", ["copy", "copy.zip"])
def test_of_a_new_folder_that_was_cut_off_nothing_stays(tmp_path: Path, name: str, trouble: BaseException) -> None:
    """Neither under its name nor beside it, whatever happened."""

    def cut_off() -> None:
        with new_folder(tmp_path / name) as draft:
            with draft.file("a.txt") as write:
                write(b"data")
            raise trouble

    with pytest.raises((StoreUnusable, KeyboardInterrupt)):
        cut_off()
    assert _names(tmp_path) == []


def test_a_new_file_is_private_and_whole(tmp_path: Path) -> None:
    """No draft is left."""
    digest = save_new_file(tmp_path / "copy.csv", [b"o", b"ne"])
    assert (tmp_path / "copy.csv").read_bytes() == b"one"
    assert digest == sha256(b"one").hexdigest()
    assert os.name == "nt" or stat.S_IMODE((tmp_path / "copy.csv").stat().st_mode) == 0o600
    assert _names(tmp_path) == ["copy.csv"]


def _make_first(*_: object) -> bool:
    """Pretend that the name was free, as it was for another program a moment ago."""
    return False


@pytest.mark.parametrize("raced", [False, True])
def test_a_new_file_replaces_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, raced: bool) -> None:
    """Not even a file that another program made after the name was looked up."""
    place = tmp_path / "copy.csv"
    place.write_bytes(b"precious")
    if raced:
        monkeypatch.setattr("kiosk.system.files.os.path.lexists", _make_first)
    with pytest.raises(StoreUnusable, match="already exists"):
        save_new_file(place, [b"new"])
    assert (place.read_bytes(), _names(tmp_path)) == (b"precious", ["copy.csv"])


def test_an_archive_replaces_nothing_either(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two programs may save a package of the same records at once: the second gets no name, and leaves nothing."""
    place = tmp_path / "copy.zip"
    place.write_bytes(b"precious")
    monkeypatch.setattr("kiosk.system.files.os.path.lexists", _make_first)
    with pytest.raises(NameTaken), new_folder(place) as draft, draft.file("one.txt") as write:
        write(b"one")
    assert (place.read_bytes(), _names(tmp_path)) == (b"precious", ["copy.zip"])


@pytest.mark.parametrize("trouble", [StoreUnusable("The log.", "Call."), KeyboardInterrupt()])
def test_of_a_new_file_that_was_cut_off_nothing_stays(tmp_path: Path, trouble: BaseException) -> None:
    """Neither under its name nor under another, while its pieces are made."""

    def pieces() -> Iterator[bytes]:
        yield b"one"
        assert _names(tmp_path) != []
        raise trouble

    with pytest.raises((StoreUnusable, KeyboardInterrupt)):
        save_new_file(tmp_path / "copy.csv", pieces())
    assert _names(tmp_path) == []


def test_a_new_file_needs_no_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A memory stick has none; nothing is overwritten there either."""
    monkeypatch.setattr(os, "link", _failing(errno.EPERM))
    save_new_file(tmp_path / "copy.csv", [b"one"])
    with pytest.raises(StoreUnusable, match="already exists"):
        save_new_file(tmp_path / "copy.csv", [b"two"])
    assert (_names(tmp_path), (tmp_path / "copy.csv").read_bytes()) == (["copy.csv"], b"one")


@posix
@pytest.mark.parametrize("links", [True, False])
@pytest.mark.parametrize("name", ["copy.csv", "book.xlsx", "copy", "copy.zip"])
def test_a_name_that_is_not_durable_is_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, links: bool
) -> None:
    """The folder can't be flushed after the file got its name: then nothing has that name."""
    if not links:
        monkeypatch.setattr(os, "link", _failing(errno.EPERM))
    real = os.fsync

    def refuse(handle: int) -> None:
        if os.path.samestat(os.fstat(handle), tmp_path.stat()):
            raise OSError(errno.EIO, "no")
        real(handle)

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(StoreUnusable, match="reported an error"):
        _save_new(tmp_path / name)
    assert _names(tmp_path) == []


@posix
def test_a_name_that_can_not_be_taken_back_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stick that became read-only keeps it: the words do not say that nothing is there."""
    monkeypatch.setattr("kiosk.system.files._fsync_folder", _failing(errno.EIO))
    monkeypatch.setattr("kiosk.system.files._remove_folder", _failing(errno.EROFS))
    with pytest.raises(MayBeIncomplete, match=r"copy\.csv may be incomplete: the disk reported an error") as refused:
        _save_new(tmp_path / "copy.csv")
    assert refused.value.repair == "Delete that file, then use another disk or memory stick."


def _save_new(path: Path) -> None:
    """Save a new file, book, folder or archive."""
    match path.suffix:
        case ".csv":
            save_new_file(path, [b"one"])
        case ".xlsx":
            with new_file(path) as made:
                made.file.write(b"one")
        case _:
            with new_folder(path) as draft, draft.file("one.txt") as write:
                write(b"one")


@pytest.mark.skipif(not hasattr(os, "posix_fadvise"), reason="the only place to stand between writing and reading")
@pytest.mark.parametrize(
    ("name", "hit"), [("sheet.csv", ""), ("package", ".txt"), ("package.zip", ".txt"), ("package.zip", ".zip")]
)
def test_what_a_worn_stick_gives_back_otherwise_gets_no_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, hit: str
) -> None:
    """A byte that changed between writing and reading back is found, and nothing is left."""

    def worn(handle: int, *_: int) -> None:
        path = Path(f"/proc/self/fd/{handle}").resolve()
        if hit and path.suffix != hit:
            return
        with path.open("r+b") as file:
            first = file.read(1)
            file.seek(0)
            file.write(bytes([first[0] ^ 1]))

    monkeypatch.setattr(os, "posix_fadvise", worn)

    def save() -> None:
        if name == "sheet.csv":
            save_new_file(tmp_path / name, [b"one,", b"two"])
            return
        with new_folder(tmp_path / name) as draft, draft.file("a/one.txt") as write:
            write(b"one")

    with pytest.raises(StoreUnusable) as caught:
        save()
    assert caught.value.exit_code == Exit.STORE
    assert "read back" in caught.value.what
    assert _names(tmp_path) == []


def test_a_new_folder_replaces_nothing(tmp_path: Path) -> None:
    """Not even an empty one."""
    (tmp_path / "copy").mkdir()
    with pytest.raises(StoreUnusable, match="already exists"), new_folder(tmp_path / "copy"):
        pass
    with pytest.raises(StoreUnusable, match="its folder does not exist"), new_folder(tmp_path / "nowhere" / "copy"):
        pass
    assert _names(tmp_path) == ["copy"]


def test_the_start_of_an_ordinary_file_is_read(tmp_path: Path) -> None:
    """As it is, and no more than was asked for; also through a link."""
    file, link = tmp_path / "a", tmp_path / "link"
    file.write_bytes(b"one\r\ntwo\0")
    link.symlink_to(file)
    assert [read_start(path, most) for path in (file, link) for most in (100, 3)] == [b"one\r\ntwo\0", b"one"] * 2
    with opened(file) as whole:
        assert whole.read() == b"one\r\ntwo\0"


@posix
@pytest.mark.parametrize(
    ("make", "number"),
    [
        (os.mkfifo, errno.EINVAL),
        (lambda path: path.symlink_to("/dev/zero"), errno.EINVAL),
        (lambda path: path.symlink_to("/dev/tty"), None),  # without a terminal, it can't be opened
        (Path.mkdir, errno.EISDIR),
        (lambda path: None, errno.ENOENT),
    ],
    ids=["a pipe", "a device without an end", "a terminal", "a folder", "nothing"],
)
def test_what_is_no_file_is_refused_at_once(tmp_path: Path, make: Callable[[Path], object], number: int | None) -> None:
    """Nobody writes to the pipe: whoever waited for it would wait without end."""
    path = tmp_path / "a"
    make(path)
    with pytest.raises(OSError) as refused:  # noqa: PT011 - told apart by its number
        read_start(path, 10)
    assert number in {None, refused.value.errno}


def test_a_file_that_is_written_at_any_place_becomes_whole(tmp_path: Path) -> None:
    """Private, with its parts gone; the digest is of its last bytes."""
    with new_file(tmp_path / "a") as draft:
        draft.file.write(b"one two")
        draft.file.seek(0)
        draft.file.write(b"ONE")
        (draft.folder / "part").write_bytes(b"x")
        assert _names(tmp_path) == [draft.folder.name]
    assert (tmp_path / "a").read_bytes() == b"ONE two"
    assert draft.digest == hashlib.sha256(b"ONE two").hexdigest()
    assert _names(tmp_path) == ["a"]
    assert sys.platform == "win32" or stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o600


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError])
def test_of_such_a_file_nothing_stays_when_it_is_interrupted(tmp_path: Path, error: type[BaseException]) -> None:
    """Whatever interrupts it, the error is that one."""

    def interrupted() -> None:
        with new_file(tmp_path / "a") as draft:
            draft.file.write(b"one")
            raise error

    with pytest.raises(error):
        interrupted()
    assert _names(tmp_path) == []


def test_such_a_file_replaces_nothing(tmp_path: Path) -> None:
    """Neither a file that was there before, nor one that came meanwhile."""
    place = tmp_path / "a"

    def beaten() -> None:
        with new_file(place) as draft:
            draft.file.write(b"one")
            place.write_bytes(b"precious")

    with pytest.raises(StoreUnusable, match="already exists"):
        beaten()
    with pytest.raises(StoreUnusable, match="already exists"), new_file(place):
        pass
    assert (_names(tmp_path), place.read_bytes()) == (["a"], b"precious")


def test_such_a_file_that_the_disk_gives_back_otherwise_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worn memory stick takes what it can't give back."""

    def worn(path: Path) -> None:
        path.write_bytes(b"0ne")

    monkeypatch.setattr("kiosk.system.files._forget", worn)
    with pytest.raises(StoreUnusable, match="read back"), new_file(tmp_path / "a") as draft:
        draft.file.write(b"one")
    assert _names(tmp_path) == []
