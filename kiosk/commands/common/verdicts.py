"""Exit codes of a verification, and public keys and outside copies that were typed or read from a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar, assert_never

import click

from kiosk.commands.common.paths import read_file
from kiosk.commands.common.values import FILE
from kiosk.errors import Exit, UsageError
from kiosk.record.transparency.signed_note import BadNote, VerifierKey, verifier_key
from kiosk.record.transparency.verification_code import PREFIX
from kiosk.record.verification.checkpoint_match import OutsideCopy, in_text, typed_code
from kiosk.record.verification.verdict import Verdict
from kiosk.settings import typed_path

F = TypeVar("F", bound=Callable[..., Any])


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


def codes_option(such_as: str) -> Callable[[F], F]:
    """Return the option `--code CODE|FILE`, which passes `codes` for `outside_copies`. such_as: what a file can be."""
    return click.option(
        "--code",
        "codes",
        metavar="CODE|FILE",
        type=FILE,
        multiple=True,
        help=f"verification code, {PREFIX}…, or {such_as}; repeatable",
    )


def outside_copies(given: str) -> Iterator[OutsideCopy]:
    """Return the outside copies in a code or a file. Raises UsageError."""
    path = typed_path(given)
    if given.strip()[:3].upper() == PREFIX[:3] or not path.exists():
        yield typed_code(given)
        return
    try:
        text = read_file(path).decode("utf-8")
    except UnicodeDecodeError as error:
        raise UsageError(f"{given} is not text, so no code can be read in it.", "Type the code instead.") from error
    yield from in_text(text, given)
