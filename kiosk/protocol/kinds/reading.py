"""Helpers for the readers of several step kinds."""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.protocol.kinds.common_keys import MAX_OPTIONS
from kiosk.protocol.syntax.cursor import Cursor


def few(cursor: Cursor | None) -> tuple[Cursor, ...]:
    """Read the items of a list chosen from with keys; more items than keys are a finding."""
    found = cursor.items() if cursor else ()
    if cursor and len(found) > MAX_OPTIONS:
        cursor.note("P112", count=len(found), limit=MAX_OPTIONS)
    return found


def known_answers(cursors: Iterable[Cursor], known: Iterable[str], step: str) -> list[str]:
    """Read the answers that a scenario gives at these cursors; an answer that the step lacks is a finding."""
    said, names = [(cursor, cursor.token()) for cursor in cursors], list(known)
    for cursor, name in said:
        if name and name not in names:
            hint = cursor.book.findings.hint(name, names, of="answers")
            cursor.note("S104", step=step, answer=name, hint=hint)
    return [name for _, name in said if name in names]


def known_entries(cursor: Cursor, known: Iterable[str], code: str, what: str, **words: object) -> dict[str, Cursor]:
    """Return the entries of a scenario's table with known keys; any other key is a finding with that code."""
    found, names = cursor.entries(), list(known)
    for name, below in found.items():
        if name not in names:
            hint = cursor.book.findings.hint(name, names, of=f"{what}s of this step" if words else f"{what}s")
            below.note(code, **{**words, what: name}, hint=hint)
    return {name: below for name, below in found.items() if name in names}
