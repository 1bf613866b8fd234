"""Read the parts of a protocol other than steps: release, sources, roles, settings, fields, interrupts, outcomes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeVar

from kiosk.protocol.field_type import FieldType
from kiosk.protocol.field_types.registry import TYPES, form_of, out_of_place
from kiosk.protocol.format.protocol import (
    ALLOW,
    INTERRUPT,
    MAX_INTERRUPTS,
    OUTCOME,
    RELEASE,
    ROLE,
    SETTING,
    SLOT,
    SOURCE,
    STATUSES,
)
from kiosk.protocol.model import (
    MISSING,
    Allowance,
    DisclosureClass,
    Field,
    Interrupt,
    Outcome,
    Release,
    Role,
    Setting,
    Slot,
    Source,
)
from kiosk.protocol.parsing.duties import duties
from kiosk.protocol.syntax.classes import disclosure_class
from kiosk.protocol.syntax.cursor import Cursor, line, text, word, words
from kiosk.protocol.syntax.forms import DAY_PATTERN
from kiosk.protocol.syntax.lists import labelled, one_key
from kiosk.protocol.syntax.nodes import ScalarNode

_DATE = re.compile(DAY_PATTERN, re.ASCII)
_T = TypeVar("_T")


def section(
    cursor: Cursor | None, read: Callable[[str, Cursor], _T], reserved: Iterable[str] = (), *, empty: bool = True
) -> dict[str, _T]:
    """Read a table from ids to values, each by `read(id, cursor)`; empty if the section is missing."""
    return {key: read(key, below) for key, below in cursor.named(reserved, empty=empty).items()} if cursor else {}


def release(cursor: Cursor | None) -> Release:
    """Read the version, and the dates between which it applies."""
    if cursor is None:
        return Release("", date.min, date.min)
    t = cursor.table(*RELEASE.vocabulary)
    effective, review = day_at(t.get("effective")), day_at(t.get("review_by"))
    if "review_by" in t and date.min < review <= effective:
        t["review_by"].note("P502", review=review, effective=effective)
    return Release(
        version=word(t.get("version")),
        effective=effective,
        review_by=review,
        status=t["status"].one_of(STATUSES, default="draft") if "status" in t else "draft",
        replaces=word(t.get("replaces")) or None,
        notes=line(t.get("notes")) or None,
    )


def day_at(cursor: Cursor | None) -> date:
    """Read a date, as 2026-08-01; the first one of all if it is missing, or invalid, which is a finding."""
    said = word(cursor)
    try:
        # Python would also accept `20260801` and `2026-W31-6`.
        return date.fromisoformat(said if _DATE.fullmatch(said) else "")
    except ValueError:
        if cursor and said:
            cursor.note("P501", date=said)
        return date.min


def source(_: str, cursor: Cursor) -> Source:
    """Read the source of instructions; its text has no language."""
    t = cursor.table(*SOURCE.vocabulary)
    return Source(line(t.get("title")), line(t.get("issuer")), word(t.get("date")), word(t.get("url")))


def role(role_id: str, cursor: Cursor) -> Role:
    """Read a role that a step may call."""
    t = cursor.table(*ROLE.vocabulary)
    return Role(
        role_id,
        text(t.get("title"), cursor.book),
        required=t["required"].flag() if "required" in t else False,
        designee=t["designee"].flag() if "designee" in t else False,
    )


def setting(setting_id: str, cursor: Cursor) -> Setting:
    """Read a choice for the district."""
    t = cursor.table(*SETTING.vocabulary)
    choices = section(t.get("choices"), lambda _, below: below.text(), empty=False)
    return Setting(setting_id, text(t.get("ask"), cursor.book), choices, word(t.get("default")))


def slot(slot_id: str, cursor: Cursor) -> Slot:
    """Read a text that a school fills in."""
    t = cursor.table(*SLOT.vocabulary)
    return Slot(slot_id, text(t.get("ask"), cursor.book), text(t.get("default"), cursor.book))


def field(field_id: str, cursor: Cursor) -> Field:
    """Read one fact to record."""
    entries = cursor.entries()
    node = entries["type"].node if "type" in entries else None
    t = cursor.table(*form_of(node.value if isinstance(node, ScalarNode) else "", entries).vocabulary)
    type_ = FieldType(_choice(t.get("type"), tuple(FieldType), FieldType.LINE))
    for key in (key for key in out_of_place(type_) if key in t):
        t[key].note("P116", where=t[key].name, type=type_)
    return Field(
        id=field_id,
        label=text(t.get("label"), cursor.book),
        type=type_,
        cls=disclosure_class(t.get("class"), DisclosureClass.EXEMPT),
        cite=words(t.get("cite")),
        missing=_missing(t.get("missing")),
        **TYPES[type_].own(t),
    )


def _choice(cursor: Cursor | None, allowed: tuple[str, ...], default: str) -> str:
    return cursor.one_of(allowed, default=default) if cursor else default


def _missing(cursor: Cursor | None) -> tuple[str, ...]:
    """Read the reasons why this field may be missing; `deferred` is always allowed, and is not repeated."""
    if cursor is None:
        return ()
    said = cursor.tokens(empty=True)
    for item in cursor.items(empty=True):
        item.one_of(MISSING, default="")
    return tuple(m for m in said if m in MISSING and m != "deferred")


def interrupts(cursor: Cursor | None) -> tuple[Interrupt, ...]:
    """Read the jumps offered on every step by the same key."""
    if cursor is None:
        return ()
    found = cursor.items(empty=True)
    if len(found) > MAX_INTERRUPTS:
        cursor.note("P113", count=len(found), limit=MAX_INTERRUPTS)
    seen: set[str] = set()
    tables = [item.table(*INTERRUPT.vocabulary) for item in found]
    return tuple(Interrupt(*labelled(jump, seen, cursor.book)) for jump in tables)


def outcome(outcome_id: str, cursor: Cursor) -> Outcome:
    """Read an outcome."""
    t = cursor.table(*OUTCOME.vocabulary)
    return Outcome(
        id=outcome_id,
        title=text(t.get("title"), cursor.book),
        refer=word(t.get("refer")) or None,
        to_notify=t["to_notify"].tokens(empty=True) if "to_notify" in t else (),
        routine=t["routine"].flag() if "routine" in t else False,
        do=t["do"].text() if "do" in t else None,
        cls=disclosure_class(t.get("class")),
        duties=duties(t.get("duties")),
    )


def apart(first: Iterable[str], second: Cursor | None, where: str) -> None:
    """Note each id of `second` that is also in `first`: both share one name space, so one would hide the other."""
    if second is None:
        return
    taken = frozenset(first)
    for key, mark in second.keys().items():
        if key in taken:
            second.book.findings.note("P105", mark, id=key, where=where)


def allowances(cursor: Cursor | None) -> tuple[Allowance, ...]:
    """Read the suppressed warnings, with their places and reasons."""
    return tuple(_allowance(item) for item in (cursor.items(empty=True) if cursor else ()))


def _allowance(cursor: Cursor) -> Allowance:
    t = cursor.table(*ALLOW.vocabulary)
    one_key(cursor, t, *ALLOW.one_of[0])
    return Allowance(
        code=word(t.get("code")),
        at=tuple(part for part in word(t.get("at")).split(".") if part),
        file=word(t.get("file")),
        reason=line(t.get("reason")),
    )
