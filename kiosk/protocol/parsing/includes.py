"""Takes shared fragments into a protocol's tree, before it is read: `include` in a step is replaced by a file's steps.

closing:                       # in protocol.yaml
  include: closing             # the file closing.yaml in the same folder, of the kind fragment
  exits: {done: handover}      # where each end of the fragment leads

The including step becomes the fragment's first screen and keeps its own id; the fragment's other steps are called
`closing-…`, so a fragment can be taken in more than once. A target in a fragment is one of its own steps, one of its
exits, `return`, or an id that every protocol it is taken into has. Each word keeps its place in its own file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kiosk.protocol.findings.collector import Findings
from kiosk.protocol.format.fragment import FRAGMENT
from kiosk.protocol.format.steps import INCLUDE
from kiosk.protocol.model import RETURN
from kiosk.protocol.syntax.cursor import Book, Cursor, check_id, word, words
from kiosk.protocol.syntax.nodes import MappingNode, Node, ScalarNode, SequenceNode
from kiosk.protocol.syntax.yaml_nodes import MAX_PARTS, parse

MAX_DEPTH = 8
"""How deep fragments may take in each other."""

MAX_INCLUDED = 2_000
"""How many steps may come out of fragments; a few lines could otherwise ask for millions."""

_TARGETS = frozenset({"next", "otherwise"})


@dataclass(frozen=True, slots=True)
class _Fragment:
    """A fragment's file as it was read: its steps' tree, the first of them, and the names of its ends.

    sizes: step → how many parts it has.
    """

    name: str
    start: str
    exits: tuple[str, ...]
    steps: tuple[tuple[ScalarNode, Node], ...]
    sizes: Mapping[str, int]


def expanded(root: Node, files: Mapping[str, bytes], findings: Findings) -> Node:
    """The tree of a protocol with every `include` among its steps replaced by the steps of that fragment.

    files: the pack's files, name → content. What is wrong is noted in `findings`, at its place in its own file; a
    step whose fragment can't be used stands there without it.
    """
    if not isinstance(root, MappingNode) or not _asks_for_any(root):
        return root
    taking = _Taking(files, findings, _first_outcome(root))
    pairs = tuple((key, taking.steps(value) if key.value == "steps" else value) for key, value in root.pairs)
    return MappingNode(pairs, root.mark)


def fragments_in(files: Mapping[str, bytes]) -> tuple[str, ...]:
    """The names of the files that hold a fragment, as their first lines tell; they are not read further."""
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


class _Taking:
    """One expansion. Lives only inside `expanded`. `end` stands in for where nobody said what an end leads to."""

    def __init__(self, files: Mapping[str, bytes], findings: Findings, end: str) -> None:
        self.files, self.findings, self.end = files, findings, end
        self.read: dict[str, _Fragment | None] = {}
        self.included = self.parts = 0
        self.stopped = False

    def steps(self, steps: Node) -> Node:
        """The table of steps with what its `include`s ask for; an id that comes out twice is noted and left out."""
        if not isinstance(steps, MappingNode):
            return steps
        found: dict[str, tuple[ScalarNode, Node]] = {}
        for own, body in steps.pairs:
            for key, step in self.taken(own, body, ()):
                if key.value in found:
                    self.findings.note("P105", key.mark, id=key.value, where="for a step")
                else:
                    found[key.value] = (key, step)
        return MappingNode(tuple(found.values()), steps.mark)

    def taken(self, key: ScalarNode, step: Node, inside: tuple[str, ...]) -> Iterator[tuple[ScalarNode, Node]]:
        """The step itself, or the steps it takes in. `inside` are the fragments it stands in, outermost first."""
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
            if self.stopped or not self._may(own, fragment):
                self._too_many(key)
                return
            named = ScalarNode(ids[own.value], own.mark)
            yield from self.taken(named, _renamed(body, ids, exits), (*inside, fragment.name))

    def _may(self, own: ScalarNode, fragment: _Fragment) -> bool:
        """Whether one more step of the fragment may be taken in; if so it is counted."""
        self.included += 1
        self.parts += fragment.sizes[own.value]
        return self.included <= MAX_INCLUDED and self.parts <= MAX_PARTS

    def _too_many(self, key: ScalarNode) -> None:
        if self.stopped:
            return
        self.stopped = True
        if self.parts > MAX_PARTS:  # one step could be a whole file, taken in again and again
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
            near = self.findings.hint(name, known, of="fragments") if known else "Put that file beside this one."
            self.findings.note("P601", wanted.mark, file=file, fragment=name, hint=near)
            return None
        if name not in self.read:
            self.read[name] = _read(self.files[file], name, self.findings)
        return self.read[name]

    def _exits(self, key: ScalarNode, step: MappingNode, fragment: _Fragment | None) -> dict[str, str]:
        """Where each end of the fragment leads; what is wrong with that is noted at the including step."""
        book = Book(self.findings)
        t = Cursor(step, ("steps", key.value), key.mark, book).table(*INCLUDE.vocabulary)
        given = t["exits"].entries() if "exits" in t else {}
        exits = {name: at.token() for name, at in given.items()}
        if fragment is not None:
            self._fit(key, given, fragment)
            exits = dict.fromkeys(fragment.exits, self.end) | exits
        return exits

    def _fit(self, key: ScalarNode, given: Mapping[str, Cursor], fragment: _Fragment) -> None:
        for name in (n for n in given if n not in fragment.exits):
            near = self.findings.hint(name, fragment.exits, of="ends of the fragment")
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
    """A part of a fragment, with its steps' new ids and its ends' targets put in for the fragment's own names."""
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
    return node


def _read(data: bytes, name: str, findings: Findings) -> _Fragment | None:
    """One fragment's file; None when it can't be read at all. What is wrong with it is noted at its own lines."""
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
    """How many words, lists and tables a node has, itself among them."""
    match node:
        case SequenceNode(nodes):
            return 1 + sum(map(_size, nodes))
        case MappingNode(pairs):
            return 1 + sum(_size(below) for _, below in pairs)
    return 1


def _head(t: Mapping[str, Cursor], name: str) -> None:
    for key, only in (("kind", "fragment"), ("format", "1")):
        if key in t:
            t[key].one_of((only,), default=only)
    if (said := word(t.get("id"))) and said != name:
        t["id"].note("P605", file=f"{name}.yaml", id=said)


def _placed(node: Node, file: str) -> Node:
    """The same tree, every place of it naming its file."""
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
