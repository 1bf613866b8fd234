"""A file as three frozen values that know their place: words, lists, tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from kiosk.protocol.findings.collector import Mark


@dataclass(frozen=True, slots=True)
class Word:
    """Words as written, without the space around them. `yes`, `1` and `2026-08-01` are words too."""

    value: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Items:
    """A list, in the file's order."""

    nodes: tuple[Node, ...]
    mark: Mark


@dataclass(frozen=True, slots=True)
class Table:
    """Keys with what belongs to them, in the file's order; every key is there once."""

    pairs: tuple[tuple[Word, Node], ...]
    mark: Mark


Node: TypeAlias = Word | Items | Table


def kind_of(node: Node) -> str:
    """What a node is, in plain words."""
    match node:
        case Word(value):
            return f"the words “{value}”" if value else "nothing"
        case Items():
            return "a list"
        case Table():
            return "a table of keys"
