"""Expand shared fragments in a protocol's tree before it is read: the steps of a file replace each `include`.

closing:                       # in protocol.yaml
  include: closing             # the file closing.yaml in the same folder, of the kind fragment
  exits: {done: handover}      # the target of each exit of the fragment

The including step becomes the fragment's first step and keeps its own id. The ids of the fragment's other steps get the
prefix `closing-`, so a fragment can be included more than once. A target in a fragment is one of its own steps, one of
its exits, `return`, or an id that every including protocol has. Every node keeps its place in its own file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import assert_never

from kiosk.protocol.findings.collector import Findings
from kiosk.protocol.format.fragment import FRAGMENT
from kiosk.protocol.format.steps import INCLUDE
from kiosk.protocol.model import RETURN
from kiosk.protocol.syntax.cursor import Book, Cursor, check_id, word, words
from kiosk.protocol.syntax.nodes import MappingNode, Node, ScalarNode, SequenceNode
from kiosk.protocol.syntax.yaml_nodes import MAX_PARTS, parse

MAX_DEPTH = 8
"""Maximum depth of fragments that include each other."""

MAX_INCLUDED = 2_000
"""Maximum number of steps from fragments; a few lines could otherwise expand to millions."""

_TARGETS = frozenset({"next", "otherwise"})


@dataclass(frozen=True, slots=True)
class _Fragment:
    """The result of reading a fragment's file: its steps, the first of them, and its exits.

    sizes: step → its number of nodes.
    """

    name: str
    start: str
    exits: tuple[str, ...]
    steps: tuple[tuple[ScalarNode, Node], ...]
    sizes: Mapping[str, int]


def expanded(root: Node, files: Mapping[str, bytes], findings: Findings) -> Node:
    """Return the tree of a protocol with the steps of a fragment in place of each `include`.

    files: the pack's files, name → content. Errors are noted in `findings`, at their places in their own files; a
    harmless step replaces an include that can't be expanded.
    """
    if not isinstance(root, MappingNode) or not _asks_for_any(root):
        return root
    expansion = _Expansion(files, findings, _first_outcome(root))
    pairs = tuple((key, expansion.steps(value) if key.value == "steps" else value) for key, value in root.pairs)
    return MappingNode(pairs, root.mark)


def fragments_in(files: Mapping[str, bytes]) -> tuple[str, ...]:
    """Return the names of the files that contain a fragment, judged by their first 2000 bytes."""
    return tuple(sorted(name for name, data in files.items() if b"kind: fragment" in data[:2000]))


def _asks_for_any(root: MappingNode) -> bool:
    steps = next((value for key, value in root.pairs if key.value == "steps"), None)
    return isinstance(steps, MappingNode) and any(_include(step) is not None for _, step in steps.pairs)


def _first_outcome(root: MappingNode) -> str:
    outcomes = next((value for key, value in root.pairs if key.value == "outcomes"), None)
    return next((key.value for key, _ in outcomes.pairs), "") if isinstance(outcomes, MappingNode) else ""


def _include(step: Node) -> Node | None:
    pairs = step.pairs if isinstance(step, MappingNode) else ()
    return next((value for key, value in pairs if key.value == "include"), None)


class _Expansion:
    """One expansion, used only by `expanded`. end: the target of an exit for which the include gives none."""

    def __init__(self, files: Mapping[str, bytes], findings: Findings, end: str) -> None:
        self.files, self.findings, self.end = files, findings, end
        self.read: dict[str, _Fragment | None] = {}
        self.included = self.parts = 0
        self.stopped = False

    def steps(self, steps: Node) -> Node:
        """Return the table of steps with its includes expanded; a duplicate id is noted and omitted."""
        if not isinstance(steps, MappingNode):
            return steps
        found: dict[str, tuple[ScalarNode, Node]] = {}
        for own, body in steps.pairs:
            for key, step in self._expanded(own, body, ()):
                if key.value in found:
                    self.findings.note("P105", key.mark, id=key.value, where="for a step")
                else:
                    found[key.value] = (key, step)
        return MappingNode(tuple(found.values()), steps.mark)

    def _expanded(self, key: ScalarNode, step: Node, inside: tuple[str, ...]) -> Iterator[tuple[ScalarNode, Node]]:
        """Yield the step itself, or the steps that it includes. inside: the fragments around it, outermost first."""
        wanted = _include(step)
        if wanted is None or not isinstance(step, MappingNode):
            yield key, step
            return
        if self.stopped:
            return
        fragment = self._fragment(wanted, inside)
        exits = self._exits(key, step, fragment)
        if fragment is None or not fragment.start:
            yield key, _stand_in(key, next(iter(exits.values()), self.end))
            return
        ids = {k.value: key.value if k.value == fragment.start else f"{key.value}-{k.value}" for k, _ in fragment.steps}
        for own, body in fragment.steps:
            if self.stopped or not self._fits(own, fragment):
                self._too_many(key)
                return
            named = ScalarNode(ids[own.value], own.mark)
            yield from self._expanded(named, _renamed(body, ids, exits), (*inside, fragment.name))

    def _fits(self, own: ScalarNode, fragment: _Fragment) -> bool:
        """Count one more step of the fragment. Return whether it is still within the limits."""
        self.included += 1
        self.parts += fragment.sizes[own.value]
        return self.included <= MAX_INCLUDED and self.parts <= MAX_PARTS

    def _too_many(self, key: ScalarNode) -> None:
        if self.stopped:
            return
        self.stopped = True
        if self.parts > MAX_PARTS:  # one large step could be included many times
            self.findings.note("P011", key.mark, limit=MAX_PARTS)
        else:
            self.findings.note("P012", key.mark, count=f"more than {MAX_INCLUDED}", limit=MAX_INCLUDED)

    def _fragment(self, wanted: Node, inside: tuple[str, ...]) -> _Fragment | None:
        name = wanted.value if isinstance(wanted, ScalarNode) else ""
        if name in inside or len(inside) >= MAX_DEPTH:
            first = inside.index(name) if name in inside else 0
            self.findings.note("P602", wanted.mark, cycle=" → ".join((*inside[first:], name)))
            return None
        file = f"{name}.yaml"
        if file not in self.files:
            known = [n.removesuffix(".yaml") for n in fragments_in(self.files)]
            near = self.findings.hint(name, known, of="fragments") if known else "Put that file in the same folder."
            self.findings.note("P601", wanted.mark, file=file, fragment=name, hint=near)
            return None
        if name not in self.read:
            self.read[name] = _read(self.files[file], name, self.findings)
        return self.read[name]

    def _exits(self, key: ScalarNode, step: MappingNode, fragment: _Fragment | None) -> dict[str, str]:
        """Return the target of each exit of the fragment; errors are noted at the including step."""
        book = Book(self.findings)
        t = Cursor(step, ("steps", key.value), key.mark, book).table(*INCLUDE.vocabulary)
        given = t["exits"].entries() if "exits" in t else {}
        exits = {name: at.token() for name, at in given.items()}
        if fragment is not None:
            self._check_exits(key, given, fragment)
            exits = dict.fromkeys(fragment.exits, self.end) | exits
        return exits

    def _check_exits(self, key: ScalarNode, given: Mapping[str, Cursor], fragment: _Fragment) -> None:
        for name in (n for n in given if n not in fragment.exits):
            near = self.findings.hint(name, fragment.exits, of="exits of the fragment")
            self.findings.note("P604", given[name].mark, fragment=fragment.name, exit=name, hint=near)
        for name in (n for n in fragment.exits if n not in given):
            self.findings.note("P603", key.mark, fragment=fragment.name, exit=name, where=f"“{key.value}”")


def _stand_in(key: ScalarNode, target: str) -> Node:
    """Return a harmless step in place of an include that failed, so that one mistake causes one finding."""
    words = {"title": key.value, "next": target}
    pairs = tuple((ScalarNode(name, key.mark), ScalarNode(said, key.mark)) for name, said in words.items() if said)
    cited = (ScalarNode("cite", key.mark), SequenceNode((ScalarNode("design", key.mark),), key.mark))
    return MappingNode((*pairs, cited), key.mark)


def _renamed(node: Node, ids: Mapping[str, str], exits: Mapping[str, str], key: str = "") -> Node:
    """Return a part of a fragment with the new ids of its steps and the targets of its exits."""
    match node:
        case ScalarNode(value, mark) if key in _TARGETS:
            return ScalarNode(ids.get(value) or exits.get(value) or value, mark)
        case ScalarNode(value, mark) if key == "answer":
            return ScalarNode(ids.get(value, value), mark)
        case SequenceNode(nodes, mark):
            return SequenceNode(tuple(_renamed(n, ids, exits) for n in nodes), mark)
        case MappingNode(pairs, mark):
            # Under `exits`, in a fragment that includes another, every value is a target, whatever its key.
            below = ((k, v, "next" if key == "exits" else k.value) for k, v in pairs)
            return MappingNode(tuple((k, _renamed(v, ids, exits, role)) for k, v, role in below), mark)
        case ScalarNode():
            return node
        case _:
            assert_never(node)


def _read(data: bytes, name: str, findings: Findings) -> _Fragment | None:
    """Read a fragment's file; return None if it can't be read at all. Errors are noted at their own places."""
    own = Findings(f"{name}.yaml")
    root = parse(data, own)
    findings.keep(own.all())
    if root is None:
        return None
    placed = _placed(root, own.file)
    t = Cursor(placed, (own.file,), placed.mark, Book(findings)).table(*FRAGMENT.vocabulary)
    _head(t, name)
    steps = t["steps"].named((RETURN,), empty=False) if "steps" in t else {}
    start, exits = word(t.get("start")), words(t.get("exits"))
    for exit_name in exits:
        check_id(exit_name, t["exits"].mark, (RETURN, *steps), t["exits"].book)
    if start and start not in steps:
        t["start"].note("P201", target=start, hint=findings.hint(start, steps, of="steps of this fragment"))
    pairs = t["steps"].node.pairs if steps and isinstance(t["steps"].node, MappingNode) else ()
    sizes = {key.value: _size(step) for key, step in pairs}
    return _Fragment(name, start if start in steps else "", exits, pairs, sizes)


def _size(node: Node) -> int:
    """Return the number of nodes in a node, including itself."""
    match node:
        case SequenceNode(nodes):
            return 1 + sum(map(_size, nodes))
        case MappingNode(pairs):
            return 1 + sum(_size(below) for _, below in pairs)
        case ScalarNode():
            return 1
        case _:
            assert_never(node)


def _head(t: Mapping[str, Cursor], name: str) -> None:
    for key, only in (("kind", "fragment"), ("format", "1")):
        if key in t:
            t[key].one_of((only,), default=only)
    if (said := word(t.get("id"))) and said != name:
        t["id"].note("P605", file=f"{name}.yaml", id=said)


def _placed(node: Node, file: str) -> Node:
    """Return the same tree with the name of its file in every place."""
    mark = node.mark._replace(file=file)
    match node:
        case ScalarNode(value):
            return ScalarNode(value, mark)
        case SequenceNode(nodes):
            return SequenceNode(tuple(_placed(n, file) for n in nodes), mark)
        case MappingNode(pairs):
            return MappingNode(
                tuple((ScalarNode(k.value, k.mark._replace(file=file)), _placed(v, file)) for k, v in pairs), mark
            )
        case _:
            assert_never(node)
