"""Read the steps of a protocol, each by its kind."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from kiosk.protocol.kinds.common_keys import BARE, DIAL_PATTERN
from kiosk.protocol.kinds.kind import Kind, Shown
from kiosk.protocol.kinds.registry import KINDS
from kiosk.protocol.kinds.step_kind import StepKind
from kiosk.protocol.model import Step, Text
from kiosk.protocol.syntax.classes import disclosure_class
from kiosk.protocol.syntax.cursor import Cursor, word
from kiosk.protocol.syntax.nodes import MappingNode

_LAST: Final = KINDS[StepKind.INSTRUCTION]
"""The kind whose key other kinds have as well; a step without a kind is read as this one."""

_DIAL: Final = re.compile(DIAL_PATTERN)


def step(step_id: str, cursor: Cursor) -> Step:
    """Read one step. A step without a kind is read as an instruction without a target."""
    kinds = _kinds(cursor)
    required, optional = (kinds[0].form if kinds else BARE).vocabulary
    for other in kinds[1:]:
        cursor.note("P109", where=cursor.name, first=kinds[0].key, second=other.key)
        optional += other.form.vocabulary[0]
    t = cursor.table(required, optional)
    shown = Shown(
        id=step_id,
        title=_maybe(t, "title"),
        do=_maybe(t, "do"),
        say=_say(t),
        cite=_cite(t),
        dial=_dial(t.get("dial")),
        cls=disclosure_class(t.get("class")),
    )
    read: Step = (kinds[0] if kinds else _LAST).read(t, shown, cursor)
    return read


def _kinds(cursor: Cursor) -> tuple[Kind[Any], ...]:
    """Return the kinds whose key is there, else the kind that other keys identify, else none, with a finding."""
    found = cursor.entries()
    kinds = tuple(kind for kind in KINDS.values() if kind is not _LAST and kind.key in found)
    meant = kinds or tuple(kind for kind in KINDS.values() if not found.keys().isdisjoint((*kind.meant_by, kind.key)))
    if not meant and isinstance(cursor.node, MappingNode):
        cursor.note("P110", where=cursor.name)
    return kinds or meant[:1]


def _maybe(t: Mapping[str, Cursor], key: str) -> Text | None:
    return t[key].text() if key in t else None


def _say(t: Mapping[str, Cursor]) -> Text | None:
    return t["say"].text(empty="P403") if "say" in t else None


def _dial(cursor: Cursor | None) -> str:
    said = word(cursor)
    if cursor and said and not _DIAL.fullmatch(said):
        cursor.note("P118", digits=said)
        return ""
    return said


def _cite(t: Mapping[str, Cursor]) -> tuple[str, ...]:
    return t["cite"].tokens(empty=True) if "cite" in t else ()
