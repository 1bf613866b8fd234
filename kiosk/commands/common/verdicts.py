"""Exit codes of a verification, and public keys that were typed or read from a file."""

from __future__ import annotations

from typing import assert_never

from kiosk.commands.common.paths import read_file
from kiosk.errors import Exit, UsageError
from kiosk.record.transparency.signed_note import BadNote, VerifierKey, verifier_key
from kiosk.record.verification.verdict import Verdict
from kiosk.settings import typed_path


def exit_of(verdict: Verdict) -> Exit:
    """Return the exit code of a verdict."""
    match verdict:
        case Verdict.VERIFIED:
            return Exit.DONE
        case Verdict.DOES_NOT_MATCH:
            return Exit.FOUND
        case Verdict.NOT_CHECKED:
            return Exit.NOT_CHECKED
        case _:
            assert_never(verdict)


def public_keys(given: str) -> list[VerifierKey]:
    """Return the public key that was typed, or the keys in a file, one per line; other lines are passed over.

    Raises UsageError when there is none, BadNote for a typed key that can't be read.
    """
    path = typed_path(given)
    if "+" in given and not path.exists():
        return [verifier_key(given)]
    found = [key for line in read_file(path).decode("utf-8", "replace").splitlines() if (key := _key(line))]
    if not found:
        raise UsageError(f"There is no public key in {given}.", "Copy the line that `kiosk key show log` prints.")
    return found


def _key(line: str) -> VerifierKey | None:
    try:
        return verifier_key(line)
    except BadNote:
        return None
