"""The generated parts of the manual: the keys of every table of the format, all events, and all findings.

A generated part is between `<!-- keys of option -->` (or `<!-- every event -->`, `<!-- every finding -->`) and
`<!-- end -->`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, assert_never

from kiosk.authoring.explain import CLASSES, by_class, means
from kiosk.protocol.findings.collector import Severity
from kiosk.protocol.format import FILES
from kiosk.protocol.format.guarantees import EVENTS
from kiosk.protocol.syntax.forms import Either, Form, Key, ListOf, Loose, Named, OneOf, Value, Word, Words

_PART: Final = re.compile(
    r"<!-- (keys of (?P<form>[\w -]+?)|every event|every finding) -->\n.*?<!-- end -->", re.DOTALL
)


def filled(text: str) -> str:
    """Return the manual with new generated parts. Raise KeyError for a table that the format lacks."""
    return _PART.sub(_made, text)


def all_forms() -> dict[str, Form]:
    """Return every table of keys in the format, by name."""
    return {form.name: form for file in FILES.values() for form in forms(file.root)}


def forms(value: Value) -> Iterator[Form]:
    """Yield every table within a value, outer ones first."""
    match value:
        case Form():
            yield value
            for key in value.keys:
                yield from forms(key.value)
        case ListOf(of) | Named(of) | Loose(of):
            yield from forms(of)
        case Either(values):
            for each in values:
                yield from forms(each)
        case Word() | OneOf() | Words():
            return
        case _:
            assert_never(value)


def _made(part: re.Match[str]) -> str:
    if part["form"]:
        lines = _keys(all_forms()[part["form"]])
    else:
        lines = list(_findings() if part[1] == "every finding" else _events())
    return "\n".join((f"<!-- {part[1]} -->", *lines, "<!-- end -->"))


def _keys(form: Form) -> list[str]:
    return ["| key | | what it is for |", "| --- | --- | --- |", *(_row(key, form) for key in form.keys)]


def _row(key: Key, form: Form) -> str:
    others = [f"`{name}`" for group in form.one_of if key.name in group for name in group if name != key.name]
    need = f"this or {' or '.join(others)}" if others else "must" if key.required else "may"
    return f"| `{key.name}` | {need} | {key.means} |"


def _events() -> Iterator[str]:
    yield from ("| what happens | when |", "| --- | --- |")
    yield from (f"| `{kind}` | {form.means} |" for kind, form in EVENTS.items())


def _findings() -> Iterator[str]:
    for name, kinds in by_class():
        yield from ("", f"**{CLASSES[name]}** ({name})", "", "| code | name | what it means |", "| --- | --- | --- |")
        for kind in kinds:
            mark = " (warning)" if kind.severity is Severity.WARNING else ""
            yield f"| {kind.code} | `{kind.name}`{mark} | {means(kind).replace('|', chr(92) + '|')} |"
    yield ""
