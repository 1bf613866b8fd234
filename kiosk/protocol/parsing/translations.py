"""Read a translation from the bytes of a `<lang>.yaml`. Each sentence is bound to its source sentence by a hash.

A translation is valid only while its source sentence is unchanged. Afterwards it is stale, and the source text is shown
instead.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Final, Literal

from kiosk.protocol.findings.collector import START, Finding, Findings, Mark
from kiosk.protocol.format.translation import SENTENCE, TRANSLATION
from kiosk.protocol.model import Text
from kiosk.protocol.parsing.protocol import Reading
from kiosk.protocol.syntax.cursor import Book, Cursor, Overlay, Path, check_language, word
from kiosk.protocol.syntax.nodes import ScalarNode
from kiosk.protocol.syntax.yaml_nodes import parse

KIND: Final = "translation"
SUFFIX: Final = ".yaml"

State = Literal["good", "missing", "stale", "slots"]
"""The state of a sentence: valid; empty; made from another source text; with other slots than the source."""

_KIND: Final = re.compile(rb"^(?:\xef\xbb\xbf)?kind[ \t]*:[ \t]*[\"']?([^\s\"'#]+)", re.MULTILINE)
_CODE: Final = re.compile(r"[a-z]{2,3}(-[A-Z][A-Za-z0-9]{1,7})?")
_BRACES: Final = re.compile(r"\{[^{}]*\}|[{}]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A text in another language. of: `hash_of` its source text; say: the translation, empty until it is written."""

    of: str
    say: str
    mark: Mark
    of_mark: Mark

    def state(self, source: str) -> State:
        """Return its state for the current source text."""
        if not self.say:
            return "missing"
        if self.of != hash_of(source):
            return "stale"
        return "good" if slots_of(self.say) == slots_of(source) else "slots"


@dataclass(frozen=True, slots=True)
class Translation:
    """The result of reading one file.

    language:  the language; empty if the file gives none, or another than its name: then no sentence is used.
    protocol:  the id of its protocol; its place is `protocol_mark`.
    sentences: key (`key_of` a text's path) → sentence, in the file's order.
    findings:  the findings about its structure, in reading order.
    """

    file: str
    language: str
    protocol: str
    protocol_mark: Mark
    sentences: Mapping[str, Sentence]
    findings: tuple[Finding, ...] = field(default=())


def key_of(path: Path) -> str:
    """Return the key of the text at this path: `steps.danger.ask`."""
    return ".".join(path)


def in_order(reading: Reading) -> list[tuple[Path, Text]]:
    """Return the texts that are not empty, with their paths, in the order of the file."""
    return sorted(((p, t) for p, t in reading.texts if t.words[0][1]), key=lambda item: reading.place(item[0]))


def hash_of(words: str) -> str:
    """Return the hash that binds a translation to its source: 8 hex digits of the SHA-256 of `one_line(words)`."""
    return hashlib.sha256(one_line(words).encode("utf-8")).hexdigest()[:8]


def one_line(words: str) -> str:
    """Return the text in Unicode NFC with each run of white space as one space, so that layout does not matter."""
    return " ".join(unicodedata.normalize("NFC", words).split())


def slots_of(words: str) -> frozenset[str]:
    """Return the slots in braces, and every unmatched brace."""
    return frozenset(_BRACES.findall(words))


def is_translation(name: str, data: bytes) -> bool:
    """Check whether a file is a translation: by its `kind`, or by its name if `kind` is missing or misspelled."""
    said = _KIND.search(data)
    kind = said[1].decode("utf-8", "replace") if said else ""
    if kind == KIND:
        return True
    is_code = _CODE.fullmatch(name.removesuffix(SUFFIX)) is not None
    # A misspelled kind must become a finding; `kind: fragment` in a file named `end.yaml` is a fragment.
    return is_code and (not kind or bool(get_close_matches(kind, (KIND,))))


def read_translation(data: bytes, file: str) -> Translation:
    """Read a translation. `file` is its name, for findings. Never raises; all findings are collected."""
    findings = Findings(file)
    root = parse(data, findings)
    if root is None:
        return Translation(file, "", "", START, {}, findings.all())
    t = Cursor(root, (), root.mark, Book(findings)).table(*TRANSLATION.vocabulary)
    for key, only in (("kind", KIND), ("format", "1")):
        if key in t:
            t[key].one_of((only,), default=only)
    protocol = t.get("protocol")
    return Translation(
        file,
        _language(t.get("language"), file),
        word(protocol),
        protocol.mark if protocol else START,
        {key: _sentence(below) for key, below in _words(t.get("words")).items()},
        findings.all(),
    )


def overlay_of(translations: Iterable[Translation]) -> Overlay:
    """Return the overlay that adds each valid translation to a text; translations in the protocol file come first."""
    usable = [t for t in translations if t.language]

    def overlay(path: Path, text: Text) -> Text:
        key, (_, source) = key_of(path), text.words[0]
        more = [(t.language, t.sentences[key]) for t in usable if key in t.sentences]
        good = [(code, s.say) for code, s in more if code not in text.languages and s.state(source) == "good"]
        return Text((*text.words, *good)) if good else text

    return overlay


def _language(cursor: Cursor | None, file: str) -> str:
    said = word(cursor)
    if not cursor or not said:
        return ""
    check_language(said, cursor.mark, cursor.book)
    if said + SUFFIX != file.rpartition("/")[2]:
        cursor.note("T104", language=said, file=file)
        return ""
    return said


def _words(cursor: Cursor | None) -> Mapping[str, Cursor]:
    """Return the sentences by key; an empty table is no error."""
    return {} if cursor is None or _empty(cursor) else cursor.entries()


def _sentence(cursor: Cursor) -> Sentence:
    t = cursor.table(*SENTENCE.vocabulary)
    of = t.get("of")
    return Sentence(word(of), _said(t.get("say")), cursor.mark, of.mark if of else cursor.mark)


def _said(cursor: Cursor | None) -> str:
    """Return the translation; empty if it is not written yet, which is no error."""
    return "" if cursor is None or _empty(cursor) else cursor.line()


def _empty(cursor: Cursor) -> bool:
    return isinstance(cursor.node, ScalarNode) and not cursor.node.value
