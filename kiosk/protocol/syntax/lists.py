"""Read lists of items with an id, and tables that need one of two keys."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.protocol.model import Text
from kiosk.protocol.syntax.cursor import Book, Cursor, check_id, text, word


def labelled(t: Mapping[str, Cursor], seen: set[str], book: Book) -> tuple[str, Text, str]:
    """Read the `{id, label, next}` of one item of a list. seen: the ids in it; a duplicate is a finding."""
    return fresh_id(t.get("id"), seen), text(t.get("label"), book), word(t.get("next"))


def fresh_id(cursor: Cursor | None, seen: set[str]) -> str:
    """Read the id at the cursor and add it to those `seen` in the list; an invalid or duplicate id is a finding."""
    said = word(cursor)
    if cursor and said:
        check_id(said, cursor.mark, (), cursor.book)
        if said in seen:
            cursor.note("P105", id=said, where="in this list")
        seen.add(said)
    return said


def one_key(cursor: Cursor, t: Mapping[str, Cursor], first: str, second: str) -> str:
    """Return which of two keys is there; both, or neither, is a finding."""
    if first in t and second in t:
        cursor.note("P109", where=cursor.name, first=first, second=second)
    elif t and first not in t and second not in t:
        cursor.note("P102", where=cursor.name, key=f"{first}” or “{second}")
    return second if second in t and first not in t else first
