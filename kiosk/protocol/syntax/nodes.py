"""The nodes of a file: words, lists and tables, as frozen values with their places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias, assert_never

from kiosk.protocol.findings.collector import Mark


@dataclass(frozen=True, slots=True)
class ScalarNode:
    """Text as written, without the space around it. `yes`, `1` and `2026-08-01` are text too."""

    value: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class SequenceNode:
    """A list, in the file's order."""

    nodes: tuple[Node, ...]
    mark: Mark


@dataclass(frozen=True, slots=True)
class MappingNode:
    """A table: keys with their values, in the file's order, without duplicate keys."""

    pairs: tuple[tuple[ScalarNode, Node], ...]
    mark: Mark


Node: TypeAlias = ScalarNode | SequenceNode | MappingNode


def kind_of(node: Node) -> str:
    """Return the kind of a node, in plain words."""
    match node:
        case ScalarNode(value):
            return f"the words “{value}”" if value else "nothing"
        case SequenceNode():
            return "a list"
        case MappingNode():
            return "a table of keys"
        case _:
            assert_never(node)
