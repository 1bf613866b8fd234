"""The list of a backup's files reads back as it was written, and in no other form."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.record.backup_manifest import BackupFile, Manifest, read_manifest
from kiosk.record.transparency.checkpoint import Checkpoint
from kiosk.record.transparency.signed_note import BadNote

ORIGIN = "front-office-kiosk/12345678-1234-4234-8234-123456789abc"
MANIFEST = Manifest(
    "Escuela «Ñandú» Elementary",
    "live",
    "2026-09-14T14:42:00.000000Z",
    (
        BackupFile("live-1.db", "ab" * 32, Checkpoint(ORIGIN, 51, bytes(range(32)))),
        BackupFile("live-2.db", "cd" * 32, Checkpoint(f"{ORIGIN}x", 0, bytes(32))),
    ),
)


def test_it_reads_back() -> None:
    """Every value."""
    assert read_manifest(MANIFEST.text) == MANIFEST


def test_a_school_may_have_a_colon_in_its_name() -> None:
    """Only the first colon of a line ends its name."""
    named = replace(MANIFEST, school="Sampleton: Lincoln: Elementary")
    assert read_manifest(named.text) == named


def test_it_can_not_be_taken_for_a_checkpoint() -> None:
    """The same key signs both; the first line tells them apart."""
    assert MANIFEST.text.split("\n")[0] not in {ORIGIN, f"{ORIGIN}x"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("backup 1", "backup 2"),
        ("school: ", "desk: "),
        ("mode: live\n", ""),
        ("file live-1.db", "file ../live-1.db"),
        ("file live-1.db", "file live 1.db"),
        ("ab" * 32, "AB" * 32),
        (" 51 ", " 051 "),
        (" 51 ", " -1 "),
        ("\nfile live-2", "\n\nfile live-2"),
        ("\nfile live-2", "\n file live-2"),
        ("AAECAwQFBgcI", "AAEC=wQFBgcI"),
        ("Hh8=", "Hh9="),
        ("Hh8=", "===="),
        (MANIFEST.text, ""),
        (MANIFEST.text[MANIFEST.text.index("file") :], ""),
    ],
)
def test_any_other_form_is_refused(old: str, new: str) -> None:
    """No file outside the folder, no number written in two ways, nothing left out or put in."""
    assert old in MANIFEST.text
    with pytest.raises(BadNote):
        read_manifest(MANIFEST.text.replace(old, new, 1))
