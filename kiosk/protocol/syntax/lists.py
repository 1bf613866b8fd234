"""Read lists of items with an id, and tables that need one of two keys."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.protocol.model import Text
from kiosk.protocol.syntax.cursor import Book, Cursor, check_id, text, word
from kiosk.protocol.syntax.forms import Form


def labelled(found: tuple[Cursor, ...], form: Form, book: Book) -> list[tuple[str, Text, str]]:
    """A list of `{id, label, next}`; an id twice is a finding."""
    seen: set[str] = set()
    tables = [item.table(*form.vocabulary) for item in found]
    return [(fresh_id(t.get("id"), seen), text(t.get("label"), book), word(t.get("next"))) for t in tables]


def fresh_id(cursor: Cursor | None, seen: set[str]) -> str:
    """The id at the cursor, added to those `seen` in the same list."""
    said = word(cursor)
    if cursor and said:
        check_id(said, cursor.mark, (), cursor.book)
        if said in seen:
            cursor.note("P105", id=said, where="in this list")
        seen.add(said)
    return said


def one_key(cursor: Cursor, t: Mapping[str, Cursor], first: str, second: str) -> str:
    """Which of two keys is there; both, or neither, is a finding."""
    if first in t and second in t:
        cursor.note("P109", where=cursor.name, first=first, second=second)
    elif t and first not in t and second not in t:
        cursor.note("P102", where=cursor.name, key=f"{first}” or “{second}")
    return second if second in t and first not in t else first
