"""Read the duties of an outcome: the tasks of the district after a record was closed."""

from __future__ import annotations

from typing import Final

from kiosk.protocol.format.protocol import DUTY, MAX_DUTIES, MAX_TIME, WITHIN
from kiosk.protocol.model import Duty, Text, TimeUnit, Within
from kiosk.protocol.syntax.cursor import Cursor, text, word, words
from kiosk.protocol.syntax.lists import fresh_id
from kiosk.protocol.syntax.nodes import MappingNode, ScalarNode

LONGEST: Final = {"do": 200, "why": 300}
"""Maximum number of characters of the texts of a duty, in each language."""


def duties(cursor: Cursor | None) -> tuple[Duty, ...]:
    """Read the duties of an outcome, in their order."""
    if cursor is None:
        return ()
    found = cursor.items()
    if len(found) > MAX_DUTIES:
        cursor.note("P121", count=len(found), limit=MAX_DUTIES)
    seen: set[str] = set()
    return tuple(_duty(item, seen) for item in found)


def _duty(cursor: Cursor, seen: set[str]) -> Duty:
    t = cursor.table(*DUTY.vocabulary)
    return Duty(
        id=fresh_id(t.get("id"), seen),
        do=_text(t.get("do"), cursor, LONGEST["do"]),
        owner=word(t.get("owner")),
        within=_within(t["within"]) if "within" in t else Within(),
        why=_text(t.get("why"), cursor, LONGEST["why"]),
        cite=words(t.get("cite")),
    )


def _text(cursor: Cursor | None, duty: Cursor, limit: int) -> Text:
    found = text(cursor, duty.book)
    longest = max((len(said) for _, said in found.words), default=0)
    if cursor and longest > limit:
        cursor.note("P122", where=cursor.name, count=longest, limit=limit)
    return found


def _within(cursor: Cursor) -> Within:
    """Read `at-once`, or a table with one unit and its number."""
    if isinstance(cursor.node, ScalarNode):
        cursor.one_of((TimeUnit.AT_ONCE,), default=TimeUnit.AT_ONCE)
        return Within()
    units = [unit for unit in TimeUnit if unit is not TimeUnit.AT_ONCE]
    t = cursor.table(*WITHIN.vocabulary)
    given = [unit for unit in units if unit in t]
    for other in given[1:]:
        cursor.note("P109", where=cursor.name, first=given[0], second=other)
    if isinstance(cursor.node, MappingNode) and not given:
        cursor.note("P102", where=cursor.name, key="” or “".join(units))
    return Within(given[0], _count(t[given[0]])) if given else Within()


def _count(cursor: Cursor) -> int:
    """Read a number from 1 to MAX_TIME in digits; any other text is a finding."""
    said = cursor.token()
    if said.isascii() and said.isdigit() and not said.startswith("0") and int(said[:4]) <= MAX_TIME:
        return int(said)
    if said:
        cursor.note("P120", number=said, limit=MAX_TIME)
    return 1
