"""Edits of a YAML text that leave every other line, with its comments, as a person wrote it.

A place is a path of keys and of positions in lists: `("roles", "office", 0, "phone")`. Every function returns the
changed text. Each raises NotEditable when the text has no such place, or is written in a way that it can't change; the
caller reads the result again, because YAML has more ways to write than these edits know.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeAlias

import yaml

At: TypeAlias = Sequence[str | int]

_PLAIN: Final = re.compile(r"\w[\w .’/()+-]*")


class NotEditable(Exception):
    """The text can't be changed at this place."""


def quoted(words: str) -> str:
    """Return the words as a YAML scalar, in quotes unless they read as the same text without."""
    plain = _PLAIN.fullmatch(words) and not words.endswith(" ") and yaml.safe_load(words) == words
    return words if plain else json.dumps(words, ensure_ascii=False)


def table(values: Mapping[str, str]) -> str:
    """Return a table on one line, without empty values."""
    return f"{{{', '.join(f'{key}: {quoted(words)}' for key, words in values.items() if words)}}}"


def items(text: str, at: At) -> list[object]:
    """Return the items of a list, with each word as text."""
    loader = yaml.BaseLoader("")
    return [loader.construct_object(node, deep=True) for node in _list(text, at).value]


def with_value(text: str, at: At, words: str) -> str:
    """Set the value of a key in a table, also of a new key."""
    *above, key = at
    node = _table(text, above)
    found = _pair(node, key)
    if found is not None:
        value = found[1]
        return _replaced(text, value.start_mark.index, _end(value), quoted(words))
    _, last = node.value[-1]
    added = f"{key}: {quoted(words)}"
    if node.flow_style:
        return _replaced(text, _end(last), _end(last), f", {added}")
    return _line_after(text, _end(last), f"{' ' * node.start_mark.column}{added}")


def without_key(text: str, at: At) -> str:
    """Remove a key with its value from a table that has others."""
    *above, key = at
    node = _table(text, above)
    pairs = node.value
    n = next((n for n, (name, _) in enumerate(pairs) if name.value == key), None)
    if n is None or len(pairs) == 1:
        raise NotEditable
    first, last = pairs[n][0].start_mark.index, _end(pairs[n][1])
    if n == 0:
        return _replaced(text, first, pairs[1][0].start_mark.index, "")
    if node.flow_style:
        return _replaced(text, _end(pairs[n - 1][1]), last, "")
    return _replaced(text, _line_start(text, first), _next_line(text, last), "")


def with_item(text: str, at: At, n: int, item: str) -> str:
    """Insert an item before the n-th of a list, or after its last one."""
    node = _list(text, at)
    items = node.value
    if not items:
        return _replaced(text, node.start_mark.index, _end(node), f"[{item}]")
    if node.flow_style:
        place = items[n].start_mark.index if n < len(items) else _end(items[-1])
        return _replaced(text, place, place, f"{item}, " if n < len(items) else f", {item}")
    line = f"{' ' * node.start_mark.column}- {item}"
    if n >= len(items):
        return _line_after(text, _end(items[-1]), line)
    start = _line_start(text, items[n].start_mark.index)
    return _replaced(text, start, start, f"{line}\n")


def without_item(text: str, at: At, n: int) -> str:
    """Remove the n-th item of a list. The list stays, empty after its only item."""
    node = _list(text, at)
    items = node.value
    if n >= len(items):
        raise NotEditable
    first, last = items[n].start_mark.index, _end(items[n])
    if node.flow_style and len(items) > 1:
        before, after = (_end(items[n - 1]), last) if n else (first, items[1].start_mark.index)
        return _replaced(text, before, after, "")
    if len(items) == 1:
        return _emptied(text, at, node)
    return _replaced(text, _line_start(text, first), _next_line(text, last), "")


def with_list(text: str, at: At, item: str) -> str:
    """Add a key with a list of one item to a table."""
    *above, key = at
    node = _table(text, above)
    if node.flow_style or _pair(node, key) is not None:
        raise NotEditable
    indent = " " * node.start_mark.column
    return _line_after(text, _end(node), f"{indent}{key}:\n{indent}  - {item}")


def _emptied(text: str, at: At, node: yaml.SequenceNode) -> str:
    if node.flow_style:
        return _replaced(text, node.start_mark.index, _end(node), "[]")
    *above, key = at
    parent = _table(text, above)
    found = _pair(parent, key)
    if found is None:
        raise NotEditable
    item = node.value[0]
    gone = _replaced(text, _line_start(text, item.start_mark.index), _next_line(text, _end(item)), "")
    colon = found[0].end_mark.index
    if gone[colon : colon + 1] != ":":
        raise NotEditable
    return _replaced(gone, colon + 1, colon + 1, " []")


def _table(text: str, at: At) -> yaml.MappingNode:
    node = _node(text, at)
    if not isinstance(node, yaml.MappingNode) or not node.value:
        raise NotEditable
    return node


def _list(text: str, at: At) -> yaml.SequenceNode:
    node = _node(text, at)
    if not isinstance(node, yaml.SequenceNode):
        raise NotEditable
    return node


def _node(text: str, at: At) -> yaml.Node:
    # The Python loader counts in characters on every platform.
    node: yaml.Node | None = yaml.compose(text, Loader=yaml.SafeLoader)
    for key in at:
        if isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
            node = node.value[key]
        elif isinstance(node, yaml.MappingNode) and (found := _pair(node, key)) is not None:
            node = found[1]
        else:
            raise NotEditable
    if node is None:
        raise NotEditable
    return node


def _pair(node: yaml.MappingNode, key: object) -> tuple[yaml.ScalarNode, yaml.Node] | None:
    return next(((name, value) for name, value in node.value if name.value == key), None)


def _end(node: Any) -> int:
    """Return the end of a node without the blank lines and comments after it."""
    if isinstance(node, yaml.ScalarNode) or node.flow_style or not node.value:
        return int(node.end_mark.index)
    last = node.value[-1]
    return _end(last[1] if isinstance(last, tuple) else last)


def _replaced(text: str, start: int, end: int, words: str) -> str:
    return text[:start] + words + text[end:]


def _line_start(text: str, place: int) -> int:
    return text.rfind("\n", 0, place) + 1


def _next_line(text: str, place: int) -> int:
    end = text.find("\n", place)
    return len(text) if end < 0 else end + 1


def _line_after(text: str, place: int, line: str) -> str:
    """Insert a line after the one with this place, and its comment."""
    at = _next_line(text, place)
    before = "" if text[:at].endswith("\n") else "\n"
    return _replaced(text, at, at, f"{before}{line}\n")
