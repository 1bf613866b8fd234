"""Read the `guarantees` of a protocol: properties of all paths, in a closed vocabulary."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from kiosk.protocol.format.guarantees import EVENTS, FORMS
from kiosk.protocol.guarantee import VERBS, Event, EventKind, Events, Guarantee, Verb
from kiosk.protocol.syntax.cursor import Cursor, line, word
from kiosk.protocol.syntax.lists import fresh_id
from kiosk.protocol.syntax.nodes import MappingNode, SequenceNode

MAX_MOST = 30
"""Maximum number of answers that a guarantee may count; more would not help a person at a desk."""

MAX_GUARANTEES = 40
"""Maximum number of guarantees in a protocol."""

_OCCURRENCES = ("step", "outcome", "call", "reached", "answer", "record", "interrupt")
_ALLOWED: Mapping[str, tuple[str, ...]] = {
    "unless": (*_OCCURRENCES, "setting"),
    "settings": ("setting",),
    "every-end": (*_OCCURRENCES, "to_notify", "refer", "duty"),
}
"""Key → the events that are valid there; for any other key, `_OCCURRENCES`."""


def guarantees(cursor: Cursor | None) -> tuple[Guarantee, ...]:
    """Read the guarantees. One that can't be read is omitted; its findings prevent use of the file."""
    found = cursor.items(empty=True) if cursor else ()
    if cursor and len(found) > MAX_GUARANTEES:
        cursor.note("G006", count=len(found), limit=MAX_GUARANTEES)
        found = found[:MAX_GUARANTEES]
    seen: set[str] = set()
    read = (_guarantee(item, seen) for item in found)
    return tuple(g for g in read if g)


def _guarantee(cursor: Cursor, seen: set[str]) -> Guarantee | None:
    verb = _verb(cursor)
    if verb is None:
        return None
    t = cursor.table(*FORMS[verb].vocabulary)
    said, subject = fresh_id(t.get("id"), seen), "answers-to" if verb == "at-most" else verb
    most = t.get("at-most" if verb == "at-most" else "within")
    guarantee = Guarantee(
        id=said,
        verb=verb,
        what=_events(t.get(subject), subject),
        why=line(t.get("why")),
        before=_events(t.get("before"), "before"),
        after=_events(t.get("after"), "after"),
        unless=_events(t.get("unless"), "settings" if verb == "at-most" else "unless"),
        except_=t["except"].tokens() if "except" in t else (),
        most=_number(most) if most else None,
    )
    complete = (
        guarantee.what and (guarantee.most is not None or verb != "at-most") and (guarantee.before or verb != "always")
    )
    return guarantee if said and complete else None


def _verb(cursor: Cursor) -> Verb | None:
    """Return the form of a guarantee; no form, or two at once, is a finding."""
    found = cursor.entries()
    verbs = [verb for verb in VERBS if verb in found]
    if not verbs:
        if isinstance(cursor.node, MappingNode):
            others = [key for key in found if key not in ("id", "why")]
            hint = cursor.book.findings.hint(others[0] if others else "", VERBS, of="forms of a guarantee")
            cursor.note("G001", where=cursor.name, hint=hint)
        return None
    for other in verbs[1:]:
        cursor.note("P109", where=cursor.name, first=verbs[0], second=other)
    return verbs[0]


def _events(cursor: Cursor | None, key: str) -> Events:
    """Read one event, or a list of events."""
    if cursor is None:
        return ()
    found = cursor.items() if isinstance(cursor.node, SequenceNode) else (cursor,)
    return tuple(event for event in (_event(at, key) for at in found) if event)


def _event(cursor: Cursor, key: str) -> Event | None:
    found = cursor.entries()
    allowed = _ALLOWED.get(key, _OCCURRENCES)
    kinds = [kind for kind in allowed if kind in found]
    if not kinds:
        if isinstance(cursor.node, MappingNode):
            first = next(iter(found), "")
            cursor.note(
                "G002",
                where=cursor.name,
                word=first,
                hint=cursor.book.findings.hint(first, allowed, of="events that fit here"),
            )
        return None
    kind = cast("EventKind", kinds[0])
    if kind not in ("answer", "setting"):
        return Event(kind, _names(cursor.table(*EVENTS[kind].vocabulary)[kind]))
    t = cursor.table(*EVENTS[kind].vocabulary)
    if ("is" in t) == ("in" in t):
        cursor.note("G003", where=cursor.name)
        return None
    of = word(t.get(kind))
    names = _names(t["is" if "is" in t else "in"])
    return Event(kind, names, of) if of else None


def _names(cursor: Cursor) -> tuple[str, ...]:
    """Read one name, or a list of names."""
    if isinstance(cursor.node, SequenceNode):
        return cursor.tokens()
    said = cursor.token()
    return (said,) if said else ()


def _number(cursor: Cursor) -> int | None:
    """Read a number from 0 to MAX_MOST in digits; any other text is a finding."""
    said = cursor.token()
    if said.isascii() and said.isdigit() and len(said) < 4 and int(said) <= MAX_MOST:
        return int(said)
    if said:
        cursor.note("G004", number=said, limit=MAX_MOST)
    return None
