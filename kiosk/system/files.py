"""Files that survive a power cut: complete or absent, readable by one account. And files that are safe to read."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import shutil
import stat
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from kiosk.errors import StoreUnusable

# Only Windows has O_BINARY, only POSIX has O_NOFOLLOW.
_NEW_FILE: int = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)

_AT_ONCE: Final[int] = getattr(os, "O_NONBLOCK", 0)
"""Opens a pipe without waiting for its writer. Only POSIX has it, and files that block when opened."""

_CAUSES: dict[int, tuple[str, str]] = {
    errno.ENOSPC: ("the disk is full", "Free some space, then try again."),
    errno.EDQUOT: ("this account's disk quota is full", "Ask IT for more space, then try again."),
    errno.EFBIG: ("the file is larger than this account may write", "Ask IT to raise that limit, then try again."),
    errno.EROFS: ("the disk is read-only", "Ask IT to make it writable, then try again."),
    errno.EACCES: ("this account may not write there", "Ask IT to let this account write to that folder."),
    errno.EPERM: ("this account may not write there", "Ask IT to let this account write to that folder."),
    errno.ENOENT: ("its folder does not exist", "Run `kiosk setup`, or choose a folder that exists."),
    errno.ENOTDIR: ("a part of its path is a file, not a folder", "Choose another place."),
    errno.EEXIST: ("a file is in the place of a folder", "Move that file away, or choose another place."),
    errno.EISDIR: ("a folder has that name", "Choose another name."),
    errno.ELOOP: ("that name is a symbolic link", "Name the real file, or remove the link."),
    errno.EINVAL: ("that name is a device or a pipe, not a file", "Choose another name."),
    errno.ENAMETOOLONG: ("that name is too long", "Choose a shorter one."),
    errno.EIO: ("the disk reported an error", "Ask IT to check the disk, and use the paper card until then."),
}
_UNKNOWN = ("the system refused", "Ask IT to check that place, then try again.")


def opened(path: Path) -> BinaryIO:
    """Open an ordinary file for reading, without waiting. Raises OSError for a pipe, a device or a folder too."""
    file = open(path, "rb", opener=lambda name, flags: os.open(name, flags | _AT_ONCE))  # noqa: SIM115 - the caller closes it
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise OSError(errno.EINVAL, "it is a pipe or a device, not a file", str(path))
    return file


def read_start(path: Path, most: int) -> bytes:
    """Return the first bytes of an ordinary file, at most `most`. Raises OSError like `opened`."""
    with opened(path) as file:
        return file.read(most)


def save_file(path: Path, data: bytes, mode: int = 0o600) -> None:
    """Write `data` to `path`, replacing its content; return when it is durable.

    A reader, or a power cut, finds the old content or the new, never a part. `mode`: permission bits of the new file,
    restricted by the umask. The folder must exist. Symbolic links, devices and pipes are refused. Raises StoreUnusable.
    """
    try:
        if path.is_symlink():
            raise _unusable(path, errno.ELOOP)
        if path.exists() and not (path.is_file() or path.is_dir()):
            raise _unusable(path, errno.EINVAL)
        _replace(path, data, mode)
    except OSError as error:
        raise _unusable(path, error.errno) from error


class NameTaken(StoreUnusable):
    """A new file or folder can't have this name: something has it."""


class MayBeIncomplete(StoreUnusable):
    """A new file or folder has its name, but the disk may lose a part of it, and it can't be removed."""


def save_new_file(path: Path, pieces: Iterable[bytes], mode: int = 0o600) -> str:
    """Write the new file `path` piece by piece, as `save_file` does; return its SHA-256 in hex.

    It is read back before it gets its name: a worn memory stick may take what it can't give back. If the making of a
    piece fails or is interrupted, nothing is left. Raises StoreUnusable, and NameTaken.
    """
    draft = path.parent / f".saving-{os.urandom(8).hex()}"
    try:
        _require_absent(path)
        digest = _write_draft(draft, pieces, mode)
        _require_same(draft, path, digest)
        _give_name(draft, path)
    except FileExistsError as error:
        raise _exists(path) from error
    except OSError as error:
        raise _unusable(path, error.errno) from error
    else:
        return digest
    finally:
        with contextlib.suppress(OSError):
            draft.unlink()


@dataclass(slots=True)
class NewFile:
    """A file in preparation, open to write at any place in it.

    folder: a private one for parts until it is ready. digest: its SHA-256 in hex, when it has its name.
    """

    file: BinaryIO
    folder: Path
    digest: str = ""


@contextlib.contextmanager
def new_file(path: Path, mode: int = 0o600) -> Iterator[NewFile]:
    """Provide a draft that becomes the new file `path` at the end of the block, as `save_new_file` does.

    An error removes it and its folder completely. Raises StoreUnusable, and NameTaken.
    """
    folder = path.parent / f".saving-{os.urandom(8).hex()}"
    draft = folder / "whole"
    try:
        _require_absent(path)
        folder.mkdir(0o700)
        with open(draft, "x+b", opener=lambda name, flags: os.open(name, flags, mode)) as file:
            yield (made := NewFile(file, folder))
            file.flush()
            file.seek(0)
            made.digest = hashlib.file_digest(file, "sha256").hexdigest()
            os.fsync(file.fileno())
        _require_same(draft, path, made.digest)
        _give_name(draft, path)
    except FileExistsError as error:
        raise _exists(path) from error
    except OSError as error:
        raise _unusable(path, error.errno) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def ensure_folder(path: Path, mode: int = 0o700) -> Path:
    """Create the folder `path` and its missing parents with `mode`, restricted by the umask; return the path.

    An existing folder stays unchanged. Raises StoreUnusable.
    """
    try:
        _make_folder(path, mode)
    except OSError as error:
        raise _unusable(path, error.errno) from error
    return path


def save_folder(path: Path, files: Mapping[str, bytes], *, moved_to: Path) -> None:
    """Replace `path` by a folder with exactly these files; move an existing folder, file or link to `moved_to`.

    A power cut leaves the old folder, the new one, or for an instant none, but never a part of one.
    """
    draft = path.parent / f".saving-{path.name}"
    try:
        _remove_folder(draft)
        _make_folder(draft, 0o700)
        for name, data in files.items():
            _replace(draft / name, data, 0o600)
        if os.path.lexists(path):
            _remove_folder(moved_to)
            path.rename(moved_to)
        draft.rename(path)
        _fsync_folder(path.parent)
    except OSError as error:
        raise _unusable(path, error.errno) from error


class Draft:
    """A folder in preparation. `sums`: SHA-256 of each file, in hex, by path."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.sums: dict[str, str] = {}

    @contextlib.contextmanager
    def file(self, name: str) -> Iterator[Callable[[bytes], None]]:
        """Provide a function that appends bytes to the new file `name`; the end of the block makes the file durable.

        Missing folders are created.
        """
        path, hashed = self.folder / name, hashlib.sha256()
        _make_folder(path.parent, 0o700)
        with os.fdopen(os.open(path, _NEW_FILE, 0o600), "wb") as file:

            def write(data: bytes) -> None:
                hashed.update(data)
                file.write(data)

            yield write
            file.flush()
            os.fsync(file.fileno())
        self.sums[name] = hashed.hexdigest()


@contextlib.contextmanager
def new_folder(path: Path) -> Iterator[Draft]:
    """Provide a draft that becomes the folder `path` at the end of the block; an error removes it completely.

    A path that ends in `.zip` becomes an archive of that folder instead. Nothing is overwritten, and each file is read
    back before the folder or archive gets its name. Raises StoreUnusable, and NameTaken.
    """
    draft = path.parent / f".saving-{os.urandom(8).hex()}"
    try:
        _require_absent(path)
        draft.mkdir(0o700)
        yield (made := Draft(draft))
        for name, digest in made.sums.items():
            _require_same(draft / name, path, digest)
        if path.suffix == ".zip":
            _zip(draft, path)
        else:
            for folder in {p.parent for p in draft.rglob("*")}:
                _fsync_folder(folder)
            draft.rename(path)
            _keep_name(path)
    except FileExistsError as error:
        raise _exists(path) from error
    except OSError as error:
        raise _unusable(path, error.errno) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _zip(folder: Path, path: Path) -> None:
    whole = folder / path.name
    with os.fdopen(os.open(whole, _NEW_FILE, 0o600), "wb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for each in sorted(p for p in folder.rglob("*") if p.is_file() and p != whole):
                archive.write(each, f"{path.stem}/{each.relative_to(folder).as_posix()}")
        file.flush()
        os.fsync(file.fileno())
    _forget(whole)
    try:
        with zipfile.ZipFile(whole) as archive:
            damaged = archive.testzip() is not None
    except zipfile.BadZipFile:
        damaged = True
    if damaged:
        raise _differs(path)
    _give_name(whole, path)


def move(path: Path, to: Path) -> None:
    """Rename a file or folder on the same disk, durably. An existing file at `to` is replaced.

    Raises StoreUnusable.
    """
    try:
        path.replace(to)
        _fsync_folder(to.parent)
        if path.parent != to.parent:
            _fsync_folder(path.parent)
    except OSError as error:
        raise _unusable(to, error.errno) from error


def flush(path: Path) -> None:
    """Make a file that other code wrote durable. Raises StoreUnusable."""
    try:
        with path.open("r+b") as file:
            os.fsync(file.fileno())
    except OSError as error:
        raise _unusable(path, error.errno) from error


def remove(path: Path) -> None:
    """Delete a file, or a folder with its contents, durably; do nothing when it is missing. Raises StoreUnusable."""
    try:
        if os.path.lexists(path):
            _remove_folder(path)
            _fsync_folder(path.parent)
    except OSError as error:
        raise _unusable(path, error.errno) from error


def _remove_folder(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    elif os.path.lexists(path):
        path.unlink()


def _replace(path: Path, data: bytes, mode: int) -> None:
    draft = path.parent / f".saving-{os.urandom(8).hex()}"
    try:
        _write_draft(draft, [data], mode)
        draft.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            draft.unlink()
        raise
    _fsync_folder(path.parent)


def _write_draft(draft: Path, pieces: Iterable[bytes], mode: int) -> str:
    """Write the pieces, durably; return their SHA-256 in hex."""
    hashed = hashlib.sha256()
    with os.fdopen(os.open(draft, _NEW_FILE, mode), "wb") as file:
        for piece in pieces:
            hashed.update(piece)
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    return hashed.hexdigest()


def _require_same(draft: Path, path: Path, digest: str) -> None:
    """Read the draft of `path` back from the disk. Raises StoreUnusable when its SHA-256 is another one."""
    _forget(draft)
    with draft.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != digest:
            raise _differs(path)


def _forget(path: Path) -> None:
    """Drop the system's own copy of the file, so that it is read from the disk. Windows and macOS have no such call."""
    if hasattr(os, "posix_fadvise"):
        with path.open("rb") as file, contextlib.suppress(OSError):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _give_name(draft: Path, path: Path) -> None:
    """Give a whole draft its name, durably. Raises FileExistsError or StoreUnusable if it is taken, and OSError."""
    try:
        os.link(draft, path)  # unlike a rename, never over a file that another program made meanwhile
    except FileExistsError:
        raise
    except OSError:  # a memory stick's file system may have no links
        _require_absent(path)
        draft.rename(path)
    _keep_name(path)


def _keep_name(path: Path) -> None:
    """Make the new name of a file or folder durable. If that fails, take it back and raise OSError.

    Raises MayBeIncomplete if it can't be taken back.
    """
    try:
        _fsync_folder(path.parent)
    except OSError as error:
        try:
            _remove_folder(path)
        except OSError:
            cause, _ = _CAUSES.get(error.errno or 0, _UNKNOWN)
            what = f"{path} may be incomplete: {cause}."
            raise MayBeIncomplete(what, "Delete that file, then use another disk or memory stick.") from error
        raise


def _make_folder(path: Path, mode: int) -> None:
    if path.is_dir():
        return
    if path.parent != path:
        _make_folder(path.parent, mode)
    try:
        path.mkdir(mode)
    except FileExistsError:
        if path.is_dir():  # another process was faster
            return
        raise
    _fsync_folder(path.parent)


def _fsync_folder(folder: Path) -> None:
    """Make a new name in `folder` durable. Windows has no such call, and some network disks refuse it."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in {errno.EINVAL, errno.ENOTSUP}:
            raise
    finally:
        os.close(handle)


def _require_absent(path: Path) -> None:
    if os.path.lexists(path):
        raise _exists(path)


def _differs(path: Path) -> StoreUnusable:
    what = f"{path} can't be saved: what was read back differs from what was written."
    return StoreUnusable(what, "Use another disk or memory stick; this one loses data.")


def _exists(path: Path) -> NameTaken:
    return NameTaken(f"{path} already exists.", "Choose another name; existing files are never overwritten.")


def _unusable(path: Path, number: int | None) -> StoreUnusable:
    cause, repair = _CAUSES.get(number or 0, _UNKNOWN)
    return StoreUnusable(f"{path} can't be saved: {cause}.", repair)
