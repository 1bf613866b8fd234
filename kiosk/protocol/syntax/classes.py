"""The key `class`: the disclosure class of a field, step, option or outcome."""

from __future__ import annotations

from kiosk.protocol.model import DisclosureClass
from kiosk.protocol.syntax.cursor import Cursor
from kiosk.protocol.syntax.forms import Key, OneOf, may


def class_key(usual: DisclosureClass, means: str = "") -> Key:
    """Return the key. usual: the class without it; means: what else the class covers."""
    names = (f"“{cls}”{' (default)' if cls is usual else ''}" for cls in DisclosureClass)
    *first, last = names
    return may("class", OneOf(tuple(DisclosureClass)), f"Its disclosure class: {', '.join(first)} or {last}.{means}")


def disclosure_class(cursor: Cursor | None, usual: DisclosureClass = DisclosureClass.PUBLIC) -> DisclosureClass:
    """Read the class at the cursor; `usual` without one. Another word is a finding."""
    return DisclosureClass(cursor.one_of(tuple(DisclosureClass), default=usual)) if cursor else usual
