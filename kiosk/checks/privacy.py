"""The check for private facts. A protocol must never ask for, contain, or make staff write a person's status, origin,
appearance or birth, numbers that identify a person, or the identity of a child.

There are two rules. A text for an answer (a field, a question, an option, a choice) must not even name such a fact. An
instruction or a text to say may name it, but not together with a word that asks for it or writes it. Both may name it
after `no` or `do not`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from kiosk.checks.privacy_patterns import A_CHILD_ALONE, KINDS, PROHIBITION, WRITING, PrivateKind
from kiosk.checks.wording.findings import Notes
from kiosk.checks.wording.matching import TermFilter
from kiosk.checks.wording.negation import Spans, inside, negated
from kiosk.checks.wording.sentences import Where, passages, sentences
from kiosk.privacy.folding import folded
from kiosk.privacy.status_words import FINE, STATUS
from kiosk.protocol.findings.collector import Finding
from kiosk.protocol.kinds.registry import ANSWER_KEYS, answers_of, kind_of
from kiosk.protocol.model import Protocol, Text
from kiosk.protocol.syntax.cursor import Path

STATUS_ASKED, STATUS_SAID, A_CHILD, TOLD_TO_WRITE = "V101", "W112", "V104", "V105"


@dataclass(frozen=True, slots=True)
class Private:
    """The code of the finding, and the words found."""

    code: str
    words: str


def check_privacy(protocol: Protocol, texts: Iterable[tuple[Path, Text]], where: Where) -> tuple[Finding, ...]:
    """Return a finding for every private fact that a protocol asks for, contains or has written, in reading order.

    texts: every text with its path, including translations. where: (path, language) → file and place.
    """
    notes = Notes(where)
    for path in _places_with_ids(protocol):
        for found in private_in_place(path[-1], alone=_alone(path)):
            notes.note(found.code, path, protocol.source_language, words=found.words)
    known: dict[tuple[bool, bool, str], tuple[Private, ...]] = {}
    for passage in passages(texts):
        if _asked_at_setup(passage.path):
            continue
        key = (_holds_an_answer(passage.path), _alone(passage.path), passage.shown)
        if key not in known:
            known[key] = tuple(_private(*key))
        for found in known[key]:
            notes.note(found.code, passage.path, passage.language, words=found.words)
    return notes.all()


def _private(holds: bool, alone: bool, words: str) -> Iterator[Private]:
    return private_in_place(words, alone=alone) if holds else private_in_words(words)


def _places_with_ids(protocol: Protocol) -> Iterator[Path]:
    """Yield the paths whose id names a stored value: fields with their choices, options, items of checklists."""
    for field in protocol.fields.values():
        yield "fields", field.id
        yield from (("fields", field.id, "choices", choice) for choice in field.choices)
    for step in protocol.steps.values():
        below = kind_of(step).answers_key
        yield from (("steps", step.id, below, answer) for answer in answers_of(step))


def _alone(path: Path) -> bool:
    """Check whether a text or id names a complete fact, not a choice of one."""
    return path[0] == "fields" and "choices" not in path[2:3]


def _holds_an_answer(path: Path) -> bool:
    """Check whether a text is a field's label or choice, a question, or one of its answers."""
    return path[0] in ("fields", "interrupts") or path[-1] == "ask" or not ANSWER_KEYS.isdisjoint(path[2:3])


def _asked_at_setup(path: Path) -> bool:
    """Check whether a district or school answers it at setup; then it is about no person, and may ask for a room."""
    return path[0] in ("settings", "slots") and path[-1] == "ask"


def private_in_place(words: str, *, alone: bool = False) -> Iterator[Private]:
    """Yield the private facts that a text for an answer names, once for each kind; `words` may be an id.

    alone: whether it names a complete fact, which must not be just “Student” either.
    """
    if alone and (match := A_CHILD_ALONE.fullmatch(folded(words).strip(" ?:."))):
        yield Private(A_CHILD, match[0])
    for code, found, _ in _named(words):
        yield Private(code, found)


def private_in_words(words: str) -> Iterator[Private]:
    """Yield the private facts that an instruction or a text to say asks for or writes, and any status that it names."""
    for code, found, plain in _named(words):
        if code == STATUS_ASKED:
            yield Private(STATUS_SAID, found)
        elif WRITING.search(plain):
            yield Private(TOLD_TO_WRITE, found)


_FILTER: Final = TermFilter({kind.code: kind.parts for kind in KINDS})


def _named(words: str) -> Iterator[tuple[str, str, str]]:
    """Yield (code, words, folded sentence) for each kind of private fact that is named and not negated, once each."""
    possible = _FILTER.possible(words)
    if not possible:
        return
    plain = [folded(sentence) for sentence in sentences(words)]
    for kind in (kind for kind in KINDS if kind.code in possible):
        yield from islice(((kind.code, found, said) for said in plain for found in _said(kind, said)), 1)


def _said(kind: PrivateKind, plain: str) -> Iterator[str]:
    """Yield the words of one kind that a folded sentence names without a negation."""
    spans: Spans | None = None
    for found in _places(kind, plain):
        if spans is None:
            spans = () if kind.code == STATUS_ASKED and not PROHIBITION.search(plain) else negated(plain)
        if not inside(found.start(), spans):
            yield found[0].strip()


def _places(kind: PrivateKind, plain: str) -> Iterator[re.Match[str]]:
    if kind.code == STATUS_ASKED and STATUS.search(plain):
        yield from STATUS.finditer(FINE.sub(lambda m: "." * len(m[0]), plain))
    yield from kind.pattern.finditer(plain)
