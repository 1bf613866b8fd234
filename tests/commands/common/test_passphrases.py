"""The passphrase out of a file is the one that would be typed, whatever program saved the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.settings import Home
from tests.homes import KEY, PASSPHRASE, approved
from tests.typed import Stage, Typed

pytestmark = pytest.mark.stage(Stage.NEW)

NAMES = ("--name", "A. Example", "--role", "Superintendent")


def key(tmp_path: Path, secret: bytes) -> tuple[str, ...]:
    """The flags that name the key and this passphrase."""
    (tmp_path / "key").write_bytes(KEY)
    (tmp_path / "secret").write_bytes(secret)
    return ("--key", str(tmp_path / "key"), "--passphrase-file", str(tmp_path / "secret"))


@pytest.mark.parametrize("around", [b"%s", b"%s\n", b"%s\r\n", b"%s\nsecond line\n", b"\xef\xbb\xbf%s\r\n"])
def test_however_the_file_was_saved(typed: Typed, home: Home, tmp_path: Path, around: bytes) -> None:
    """With or without a line end, of Windows or not, with a mark at its start as some editors write."""
    told = typed("protocol", "approve", "small", *NAMES, *key(tmp_path, around % PASSPHRASE.encode()))
    assert told.code == 0, told
    assert (home.path / "protocols" / "small" / "approval.note").exists()


@pytest.mark.parametrize(
    ("secret", "code", "words"),
    [
        (b"another four plain words", 3, "passphrase is wrong"),
        (b"", 3, "passphrase is wrong"),
        (b"\n" + PASSPHRASE.encode(), 3, "passphrase is wrong"),
        (PASSPHRASE.encode() + b" ", 3, "passphrase is wrong"),
        (PASSPHRASE.encode("utf-16"), 2, "not UTF-8"),
        ("contraseña de años".encode("latin-1"), 2, "not UTF-8"),
    ],
)
def test_any_other_is_refused_and_the_note_before_stays(
    typed: Typed, home: Home, tmp_path: Path, secret: bytes, code: int, words: str
) -> None:
    """In one sentence, with what to do."""
    folder = home.path / "protocols" / "small"
    approved(folder)
    before = (folder / "approval.note").read_bytes()
    assert words in typed.refused(code, "protocol", "approve", "small", *NAMES, *key(tmp_path, secret))
    assert (folder / "approval.note").read_bytes() == before
