"""A cursor over a file's tree: each read returns the wanted value, or notes a finding and returns a harmless default.

Because every read returns a value, one pass over a broken file finds every structural error.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from kiosk.protocol.findings.collector import Findings, Mark
from kiosk.protocol.model import Text
from kiosk.protocol.syntax.forms import ID_LONGEST, ID_PATTERN, LANGUAGE_PATTERN, NO, YES
from kiosk.protocol.syntax.nodes import MappingNode, Node, ScalarNode, SequenceNode, kind_of

Path = tuple[str, ...]
"""A path in a file, as keys and ids: `("steps", "danger", "options", "yes")`."""

_ID = re.compile(ID_PATTERN)
_LANGUAGE = re.compile(LANGUAGE_PATTERN)
_TODO = re.compile(r"\bTODO\b")


Overlay = Callable[[Path, Text], Text]
"""Takes a path and the text read there; returns the text with additions from elsewhere, such as translations."""


@dataclass(slots=True)
class Book:
    """The results that one reading collects: findings, the place of every path, every text, renamed ids."""

    findings: Findings
    language: str = "en"
    overlay: Overlay = field(default=lambda _, text: text)
    places: dict[Path, Mark] = field(default_factory=dict)
    texts: list[tuple[Path, Text]] = field(default_factory=list)
    renamed: dict[Path, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cursor:
    """One node of the tree, its path, and the place for findings about it."""

    node: Node
    path: Path
    mark: Mark
    book: Book

    @property
    def name(self) -> str:
        """The path for people."""
        return " › ".join(self.path) or "the file"

    def note(self, code: str, **words: object) -> None:
        """Note a finding at this node."""
        self.book.findings.note(code, self.mark, **words)

    def _wrong(self, wanted: str) -> None:
        self.note("P103", where=self.name, wanted=wanted, found=kind_of(self.node))

    def _below(self, key: str, node: Node, mark: Mark) -> Cursor:
        path = (*self.path, key)
        self.book.places.setdefault(path, mark)
        return Cursor(node, path, mark, self.book)

    def keys(self) -> dict[str, Mark]:
        """Return the keys of a table with their places; empty for any other node."""
        return {key.value: key.mark for key, _ in self.node.pairs} if isinstance(self.node, MappingNode) else {}

    def entries(self) -> dict[str, Cursor]:
        """Return the values of a table, by key. The place of a word is the word, that of any other value its key."""
        if not isinstance(self.node, MappingNode):
            self._wrong("a table of keys")
            return {}
        return {
            key.value: self._below(
                key.value, node, node.mark if isinstance(node, ScalarNode) and node.value else key.mark
            )
            for key, node in self.node.pairs
        }

    def table(self, required: Iterable[str], optional: Iterable[str] = ()) -> dict[str, Cursor]:
        """Return the values of a table with a fixed set of keys. An unknown or missing key is a finding.

        Earlier ids (`was`) are added to the book.
        """
        found, keys, wanted = self.entries(), self.keys(), tuple(required)
        vocabulary = (*wanted, *optional)
        free = [key for key in vocabulary if key not in found]
        for key in [key for key in found if key not in vocabulary]:
            del found[key]
            known = self.book.findings.hint(key, free, of="keys that fit here") if free else "Delete it."
            self.book.findings.note("P101", keys[key], key=key, where=self.name, hint=known)
        if isinstance(self.node, MappingNode):
            for key in (key for key in wanted if key not in found):
                self.note("P102", where=self.name, key=key)
        if "was" in found:
            _note_former(found["was"])
        return found

    def named(self, reserved: Iterable[str] = (), *, empty: bool = True) -> dict[str, Cursor]:
        """Return the values of a table from ids. An invalid id is a finding but stays, so that its uses are valid."""
        found, taken = self.entries(), frozenset(reserved)
        if isinstance(self.node, MappingNode) and not found and not empty:
            self.note("P111", where=self.name)
        for key, mark in self.keys().items():
            check_id(key, mark, taken, self.book)
        return found

    def items(self, *, empty: bool = False) -> tuple[Cursor, ...]:
        """Return the items of a list. The path of an item ends in its `id`, or in its number from 0 if it has none."""
        if not isinstance(self.node, SequenceNode):
            self._wrong("a list")
            return ()
        if not self.node.nodes and not empty:
            self.note("P111", where=self.name)
        return tuple(self._below(_id_of(node) or str(n), node, node.mark) for n, node in enumerate(self.node.nodes))

    def token(self) -> str:
        """Return one word or line without a language: an id, a version, a phone number."""
        if isinstance(self.node, ScalarNode) and self.node.value:
            return self.node.value
        self._wrong("a word")
        return ""

    def line(self) -> str:
        """Return a line for people; a TODO in it is a finding."""
        said = self.token()
        if _TODO.search(said):
            self.note("P406", where=self.name)
        return said

    def tokens(self, *, empty: bool = False) -> tuple[str, ...]:
        """Return a list of words; a duplicate word is a finding."""
        found: dict[str, None] = {}
        for item in self.items(empty=empty):
            said = item.token()
            if said in found:
                item.note("P105", id=said, where="in this list")
            elif said:
                found[said] = None
                self.book.places.setdefault((*self.path, said), item.mark)
        return tuple(found)

    def one_of(self, allowed: Iterable[str], *, default: str) -> str:
        """Return one of the `allowed` words; any other is a finding, and `default` replaces it."""
        said, known = self.token(), tuple(allowed)
        if said in known:
            return said
        if said:
            hinted = self.book.findings.hint(said, known, of="words that fit here")
            self.note("P108", where=self.name, value=said, hint=hinted)
        return default

    def flag(self) -> bool:
        """Read `true` or `false`, or `yes` or `no`."""
        return self.one_of((*YES, *NO), default="false") in YES

    def text(self, *, empty: str = "P401") -> Text:
        """Return a text by language, the source language first; a plain line is in the source language.

        empty: the code of the finding for an empty text.
        """
        words = (
            {self.book.language: self._words(empty)} if isinstance(self.node, ScalarNode) else self._languages(empty)
        )
        source = words.pop(self.book.language, "")
        text = Text(((self.book.language, source), *((code, said) for code, said in words.items() if said)))
        text = self.book.overlay(self.path, text)
        self.book.texts.append((self.path, text))
        return text

    def _languages(self, empty: str) -> dict[str, str]:
        found = self.entries()
        if isinstance(self.node, MappingNode) and self.book.language not in found:
            self.note("P402", where=self.name, language=self.book.language)
        for key, mark in self.keys().items():
            check_language(key, mark, self.book)
        return {key: below._words(empty) for key, below in found.items()}  # noqa: SLF001 - of this class

    def _words(self, empty: str) -> str:
        """Return the text in one language; an empty one is a finding with the code `empty`."""
        if isinstance(self.node, ScalarNode) and not self.node.value:
            self.note(empty, where=self.name)
            return ""
        return self.line()


def _note_former(cursor: Cursor) -> None:
    """Add the earlier ids in `was` to the book; one that two entries claim is a finding."""
    book = cursor.book
    *above, today = cursor.path[:-1]
    for old in cursor.tokens() if isinstance(cursor.node, SequenceNode) else (cursor.token(),):
        path = (*above, old)
        check_id(old, cursor.mark, (), book)
        if old and book.renamed.setdefault(path, today) != today:
            cursor.note("P611", old=old, id=today, where="of two entries")


def check_id(said: str, mark: Mark, reserved: Iterable[str], book: Book) -> None:
    """Note a finding if `said` is not a valid id, or is reserved."""
    if not _ID.fullmatch(said) or len(said) > ID_LONGEST:
        book.findings.note("P106", mark, id=said)
    elif said in reserved:
        book.findings.note("P107", mark, id=said)


def check_language(said: str, mark: Mark, book: Book) -> None:
    """Note a finding if `said` is not a language code."""
    if not _LANGUAGE.fullmatch(said):
        book.findings.note("P114", mark, language=said)


def word(cursor: Cursor | None, default: str = "") -> str:
    """Return the word at the cursor; `default` if the key is missing."""
    return cursor.token() if cursor else default


def line(cursor: Cursor | None) -> str:
    """Return the line for people at the cursor; empty if the key is missing."""
    return cursor.line() if cursor else ""


def text(cursor: Cursor | None, book: Book) -> Text:
    """Return the text at the cursor; empty if the key is missing, which was noted."""
    return cursor.text() if cursor else Text(((book.language, ""),))


def words(cursor: Cursor | None) -> tuple[str, ...]:
    """Return the list of words at the cursor; empty if the key is missing."""
    return cursor.tokens() if cursor else ()


def _id_of(node: Node) -> str:
    pairs = node.pairs if isinstance(node, MappingNode) else ()
    return next((v.value for k, v in pairs if k.value == "id" and isinstance(v, ScalarNode)), "")
