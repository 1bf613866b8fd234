"""The manual's tables of keys, made from the one table."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.engine.format.kinds import Either, Form, Key, ListOf, Loose, Named, Value


def forms(value: Value, seen: frozenset[str] = frozenset()) -> Iterator[Form]:
    """Every table within a value, each once, outer ones first."""
    done = set(seen)
    for form in _all(value):
        if form.name not in done:
            done.add(form.name)
            yield form


def _all(value: Value) -> Iterator[Form]:
    match value:
        case Form():
            yield value
            for key in value.keys:
                yield from _all(key.value)
        case ListOf(of) | Named(of) | Loose(of):
            yield from _all(of)
        case Either(values):
            for each in values:
                yield from _all(each)


def table(form: Form) -> list[str]:
    """The lines of a Markdown table: each key, whether it must be there, what it is for."""
    return ["| key | | what it is for |", "| --- | --- | --- |", *(_row(key, form) for key in form.keys)]


def _row(key: Key, form: Form) -> str:
    others = [name for group in form.one_of if key.name in group for name in group if name != key.name]
    need = f"this or `{'`, `'.join(others)}`" if others else "must" if key.required else "may"
    return f"| `{key.name}` | {need} | {key.means} |"
