"""Parse YAML to nodes. Every scalar stays text; nothing becomes a number or a date.

One pass over the parser's events builds the tree, without recursion, so that the limits stop a hostile file before
anything large is made. Anchors, aliases and tags are not part of the format.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, assert_never

import yaml

from kiosk.protocol.findings.collector import START, Findings, Mark
from kiosk.protocol.syntax.decoding import cleaned, decoded
from kiosk.protocol.syntax.nodes import MappingNode, Node, ScalarNode, SequenceNode, kind_of

MAX_DEPTH = 20
"""Maximum nesting of lists and tables."""

MAX_PARTS = 50_000
"""Maximum number of nodes in a file, without the keys of tables."""

_MOST_CACHED = 128 << 10
"""Maximum size of a file whose tree is cached, in bytes; the files of the shipped packs are half as large."""

# The C parser gives the same events as the Python one, about ten times faster; not every build of PyYAML has it.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def parse(data: bytes, findings: Findings) -> Node | None:
    """Return the tree of one file; None if it can't be read at all. Every error is noted in `findings`."""
    faultless = _faultless(data, _LOADER) if len(data) <= _MOST_CACHED else None
    return faultless or _parsed(data, findings, _LOADER)


@lru_cache(maxsize=8)  # a start reads and hashes the same files
def _faultless(data: bytes, loader: Any) -> Node | None:
    """Return the tree of a file without findings; None for any other file."""
    findings = Findings("")
    root = _parsed(data, findings, loader)
    return None if findings.all() else root


def _parsed(data: bytes, findings: Findings, loader: Any) -> Node | None:
    text = decoded(data, findings)
    if text is None:
        return None
    try:
        root = _Tree(findings).built(yaml.parse(text, Loader=loader))
    except _TooMuchError:
        return None
    except yaml.MarkedYAMLError as wrong:
        findings.note("P005", _where(wrong), problem=_problem(wrong))
        return None
    except (yaml.YAMLError, ValueError, OverflowError) as wrong:
        # PyYAML's Python scanner raises ValueError for code points out of range, as in "\UFFFFFFFF".
        findings.note("P005", START, problem=str(wrong).partition("\n")[0])
        return None
    if root is None or root == ScalarNode("", root.mark):
        findings.note("P004", START)
        return None
    return root


def _where(wrong: yaml.MarkedYAMLError) -> Mark:
    """Return the place of an error; for an unclosed bracket or quote, the place where it was opened."""
    opened = wrong.context_mark if re.search("flow|quoted", wrong.context or "") else None
    return _mark(opened or wrong.problem_mark or wrong.context_mark)


def _problem(wrong: yaml.MarkedYAMLError) -> str:
    began = f", in what began on line {_mark(wrong.context_mark).line}" if wrong.context_mark else ""
    return f"{wrong.problem or wrong.context}{began}"


def plain(node: Node) -> object:
    """Return the tree as dicts, lists and strings."""
    match node:
        case ScalarNode(value):
            return value
        case SequenceNode(nodes):
            return [plain(n) for n in nodes]
        case MappingNode(pairs):
            return {key.value: plain(value) for key, value in pairs}
        case _:
            assert_never(node)


class _TooMuchError(Exception):
    """A limit was exceeded; its finding was noted."""


@dataclass(slots=True)
class _Open:
    """A list or table that is still open. The children of a table are key, value, key, value."""

    table: bool
    mark: Mark
    children: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class _Tree:
    """Builds the tree of the first document from events."""

    findings: Findings
    open: list[_Open] = field(default_factory=list)
    root: Node | None = None
    parts: int = 0
    documents: int = 0

    def built(self, events: Iterator[yaml.Event]) -> Node | None:
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                self.documents += 1
                if self.documents > 1:
                    self.findings.note("P007", _mark(event.start_mark))
                    break
            elif isinstance(event, yaml.NodeEvent):
                self._node(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                self._close()
        return self.root

    def _node(self, event: yaml.NodeEvent) -> None:
        mark = _mark(event.start_mark)
        self._refuse(event, mark)
        if isinstance(event, yaml.CollectionStartEvent):
            if len(self.open) >= MAX_DEPTH:
                self._stop("P010", mark, MAX_DEPTH)
            self.open.append(_Open(isinstance(event, yaml.MappingStartEvent), mark))
            return
        value = event.value if isinstance(event, yaml.ScalarEvent) else ""
        self._add(ScalarNode(cleaned(value, mark, self.findings).strip(), mark))

    def _refuse(self, event: yaml.NodeEvent, mark: Mark) -> None:
        if event.anchor is not None:
            sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
            self.findings.note("P008", mark, sign=sign, anchor=event.anchor)
        tag = getattr(event, "tag", None)
        if tag is not None:
            self.findings.note("P009", mark, tag=tag)

    def _close(self) -> None:
        done = self.open.pop()
        self._add(self._table(done) if done.table else SequenceNode(tuple(done.children), done.mark))

    def _add(self, node: Node) -> None:
        if not self.open:
            self.root = node
            return
        children = self.open[-1].children
        children.append(node)
        self.parts += not (self.open[-1].table and len(children) % 2)
        if self.parts > MAX_PARTS:
            self._stop("P011", node.mark, MAX_PARTS)

    def _table(self, done: _Open) -> MappingNode:
        pairs: dict[str, tuple[ScalarNode, Node]] = {}
        for key, value in zip(done.children[::2], done.children[1::2], strict=True):
            if not isinstance(key, ScalarNode):
                self.findings.note("P115", key.mark, found=kind_of(key))
            elif key.value in pairs:
                self.findings.note("P104", key.mark, key=key.value)
            else:
                pairs[key.value] = (key, value)
        return MappingNode(tuple(pairs.values()), done.mark)

    def _stop(self, code: str, mark: Mark, limit: int) -> None:
        self.findings.note(code, mark, limit=limit)
        raise _TooMuchError


def _mark(mark: Any) -> Mark:
    """Return the place of a mark of PyYAML, whose two parsers have different classes for it."""
    return Mark(mark.line + 1, mark.column + 1) if mark else START
