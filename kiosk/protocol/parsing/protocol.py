"""Read a protocol from the bytes of its file, with every error in its structure.

`read_protocol` never raises. `../validation` checks the names in it and its graph.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kiosk.protocol.findings.collector import START, Finding, Findings, Mark, errors
from kiosk.protocol.format.protocol import DESIGN, MAX_STEPS, PROTOCOL, RESERVED_STEPS
from kiosk.protocol.model import RETURN, Protocol, Text
from kiosk.protocol.parsing import sections as parts
from kiosk.protocol.parsing.guarantees import guarantees
from kiosk.protocol.parsing.includes import expanded
from kiosk.protocol.parsing.steps import step
from kiosk.protocol.syntax.cursor import Book, Cursor, Overlay, Path, check_id, check_language, line, text, word, words
from kiosk.protocol.syntax.yaml_nodes import parse


@dataclass(frozen=True, slots=True)
class Reading:
    """The result of reading one file.

    protocol: the protocol, if its structure has no error; its targets and graph are not checked yet.
    findings: every finding about the structure, in reading order.
    places:   path → line and column. The place of a word is the word; that of a table or list is its key.
    draft:    as `protocol`, but also if the structure has errors, with empty text for missing parts.
    texts:    every text with its path, in reading order.
    file:     the name used in findings.
    """

    protocol: Protocol | None
    findings: tuple[Finding, ...]
    places: Mapping[Path, Mark]
    draft: Protocol | None
    texts: tuple[tuple[Path, Text], ...]
    file: str

    def place(self, path: Path) -> Mark:
        """Return the place of a path, or of the nearest part of the file that contains it."""
        return next((self.places[path[:n]] for n in range(len(path), 0, -1) if path[:n] in self.places), START)


def read_protocol(
    data: bytes, file: str, folder: Mapping[str, bytes] = MappingProxyType({}), overlay: Overlay | None = None
) -> Reading:
    """Read a protocol file. `file` is its name, for findings. Never raises; all findings are collected.

    folder:  the files of its folder, name → content, including its fragments.
    overlay: adds translations to each text as it is read.
    """
    findings = Findings(file)
    book = Book(findings) if overlay is None else Book(findings, overlay=overlay)
    root = parse(data, findings)
    if root is not None:
        root = expanded(root, folder, findings)
    draft = _protocol(Cursor(root, (), root.mark, book)) if root is not None else None
    found = findings.all()
    return Reading(
        None if errors(found) else draft, found, MappingProxyType(book.places), draft, tuple(book.texts), file
    )


def _protocol(root: Cursor) -> Protocol | None:
    t = root.table(*PROTOCOL.vocabulary)
    if not t or _too_many(t.get("steps")):
        return None
    book = root.book
    _head(t, book)
    roles = parts.section(t.get("roles"), parts.role)
    settings = parts.section(t.get("settings"), parts.setting)
    parts.apart(roles, t.get("settings"), "for a role")
    parts.apart({**roles, **settings}, t.get("slots"), "for a role or a setting")
    steps = parts.section(t.get("steps"), step, RESERVED_STEPS, empty=False)
    parts.apart(steps, t.get("outcomes"), "for a step")
    return Protocol(
        id=word(t.get("id")),
        title=text(t.get("title"), book),
        jurisdiction=line(t.get("jurisdiction")),
        source_language=book.language,
        release=parts.release(t.get("release")),
        sources=parts.section(t.get("sources"), parts.source, (DESIGN,)),
        roles=roles,
        settings=settings,
        fields=parts.section(t.get("fields"), parts.field),
        start=word(t.get("start")),
        interrupts=parts.interrupts(t.get("interrupts")),
        steps=steps,
        outcomes=parts.section(t.get("outcomes"), parts.outcome, (RETURN,), empty=False),
        allow=parts.allowances(t.get("allow")),
        renamed=MappingProxyType(book.renamed),
        guarantees=guarantees(t.get("guarantees")),
        slots=parts.section(t.get("slots"), parts.slot),
        after_hours=words(t.get("after_hours")),
    )


def _too_many(steps: Cursor | None) -> bool:
    count = len(steps.keys()) if steps else 0
    if steps and count > MAX_STEPS:
        steps.note("P012", count=count, limit=MAX_STEPS)
    return count > MAX_STEPS


def _head(t: Mapping[str, Cursor], book: Book) -> None:
    """Check the keys that the rest depends on: kind, format, id and source language."""
    for key, only in (("kind", "protocol"), ("format", "1")):
        if key in t:
            t[key].one_of((only,), default=only)
    if "id" in t and (said := t["id"].token()):
        check_id(said, t["id"].mark, (), book)
    if "source_language" in t and (said := t["source_language"].token()):
        check_language(said, t["source_language"].mark, book)
        book.language = said
