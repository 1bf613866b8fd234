"""A file as three frozen values that know their place: words, lists, tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from kiosk.protocol.findings.collector import Mark


@dataclass(frozen=True, slots=True)
class ScalarNode:
    """Words as written, without the space around them. `yes`, `1` and `2026-08-01` are words too."""

    value: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class SequenceNode:
    """A list, in the file's order."""

    nodes: tuple[Node, ...]
    mark: Mark


@dataclass(frozen=True, slots=True)
class MappingNode:
    """Keys with what belongs to them, in the file's order; every key is there once."""

    pairs: tuple[tuple[ScalarNode, Node], ...]
    mark: Mark


Node: TypeAlias = ScalarNode | SequenceNode | MappingNode


def kind_of(node: Node) -> str:
    """What a node is, in plain words."""
    match node:
        case ScalarNode(value):
            return f"the words “{value}”" if value else "nothing"
        case SequenceNode():
            return "a list"
        case MappingNode():
            return "a table of keys"
