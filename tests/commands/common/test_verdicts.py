"""Exit codes of a verification, and public keys from a command line or a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.commands.common.verdicts import exit_of, public_keys
from kiosk.errors import UsageError
from kiosk.log.signing_key import new_signer
from kiosk.record.transparency.signed_note import BadNote
from kiosk.record.verification.verdict import Verdict

KEYS = [new_signer(f"front-office-kiosk/{name}")[0].public for name in ("one", "two")]


def test_each_verdict_has_an_exit_code_of_its_own() -> None:
    """Scripts tell them apart."""
    assert [exit_of(verdict) for verdict in Verdict] == [0, 1, 5]


def test_a_key_is_typed_or_read_from_the_lines_of_a_file(tmp_path: Path) -> None:
    """A sheet of paper as text has other lines too."""
    file = tmp_path / "keys.txt"
    file.write_text(f"The keys of the desk\n{KEYS[0]}\n\n{KEYS[1]}\n", "utf-8")
    assert public_keys(f" {KEYS[0]} ") == KEYS[:1]
    assert public_keys(str(file)) == KEYS


def test_what_is_no_key_is_refused(tmp_path: Path) -> None:
    """A mistyped key, a file without one, and a file that is not there."""
    file = tmp_path / "keys.txt"
    file.write_bytes(b"\xff no key\n")
    with pytest.raises(BadNote):
        public_keys(str(KEYS[0])[:-4])
    for given in (str(file), str(tmp_path / "none")):
        with pytest.raises(UsageError):
            public_keys(given)
