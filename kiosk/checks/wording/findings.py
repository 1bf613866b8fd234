"""Check every text of a protocol against all rules about words, and note each finding at its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kiosk.checks.wording import grade, plain_language, speaking_time
from kiosk.checks.wording.claims import claims
from kiosk.checks.wording.fit_findings import crowded
from kiosk.checks.wording.sentences import MOST_LETTERS, Passage, Where, passages, sentences
from kiosk.checks.wording.slots import Fillings, fill
from kiosk.protocol.findings.collector import Finding, Findings
from kiosk.protocol.model import Protocol, Text
from kiosk.protocol.syntax.cursor import Path

_FIRST_LINES = ("title", "ask", "do", "say")


@dataclass(slots=True)
class Notes:
    """Collect findings of several files, each at the place that `where` gives."""

    where: Where
    _files: dict[str, Findings] = field(default_factory=dict)

    def note(self, code: str, path: Path, language: str, **words: object) -> None:
        """Add a finding about the words of `path` in a language; `{where}` in its template is the path."""
        file, mark = self.where(path, language)
        named = {"where": " › ".join(path), "language": language} | words
        self._files.setdefault(file, Findings(file)).note(code, mark, **named)

    def all(self) -> tuple[Finding, ...]:
        """Return every finding, in reading order."""
        return tuple(sorted(found for findings in self._files.values() for found in findings.all()))


def check_wording(protocol: Protocol, texts: Iterable[tuple[Path, Text]], where: Where) -> tuple[Finding, ...]:
    """Return every finding about a protocol's words, in reading order.

    texts: every text with its path, including translations. where: (path, language) → file and place.
    """
    notes = Notes(where)
    fillings: dict[str, Fillings] = {}
    known: dict[tuple[object, ...], tuple[tuple[str, dict[str, object]], ...]] = {}
    for passage in passages(texts):
        if passage.language not in fillings:
            fillings[passage.language] = Fillings.of(protocol, passage.language)
        # The same text often occurs several times in the same use: “They left”.
        key = (passage.language, passage.path[0], passage.use, passage.words)
        if key not in known:
            known[key] = tuple(_found(passage, fillings[passage.language]))
        for code, words in known[key]:
            notes.note(code, passage.path, passage.language, **words)
    for code, path, language, words in crowded(protocol):
        notes.note(code, path, language, **words)
    return notes.all()


Found = Iterator[tuple[str, dict[str, object]]]


def _found(passage: Passage, filling: Fillings) -> Found:
    """Yield (code, values for its template) for every finding about one passage."""
    if len(passage.words) > MOST_LETTERS:
        yield "W109", {"count": len(passage.words), "limit": MOST_LETTERS}
    for code, words in claims(passage.shown):
        yield code, {"words": words}
    spoken = fill(passage.shown, filling.spoken)
    yield from _reading(passage, fill(passage.shown, filling.read), spoken)
    if passage.use == "do":
        yield from _doing(spoken)
    for code, words in _single_words(passage):
        if words:
            yield code, {"words": words}


def _reading(passage: Passage, read: str, spoken: str) -> Found:
    found = grade.grade(read, passage.language)
    if found is not None and found >= grade.LIMIT:
        yield "W101", {"grade": f"{found:.0f}", "limit": f"{grade.LIMIT - 1:.0f}"}
    if count := plain_language.long_sentence(read):
        yield "W102", {"count": count, "limit": plain_language.MOST_WORDS}
    seconds = speaking_time.seconds_aloud(spoken) if passage.use == "say" else 0
    if seconds > speaking_time.LONGEST_S:
        yield "W103", {"seconds": f"{seconds:.0f}", "limit": f"{speaking_time.LONGEST_S:.0f}"}


def _doing(spoken: str) -> Found:
    if two := plain_language.two_actions(spoken):
        yield "W104", {"first": two[0], "second": two[1]}
    if (count := len(sentences(spoken))) > plain_language.MOST_SENTENCES:
        yield "W105", {"count": count, "limit": plain_language.MOST_SENTENCES}


def _single_words(passage: Passage) -> Iterator[tuple[str, str]]:
    yield "W106", plain_language.latin(passage.shown)
    yield "W108", plain_language.capitals(passage.shown)
    if passage.path[0] in ("steps", "outcomes") and passage.use in _FIRST_LINES:
        yield "W107", plain_language.form_number(passage.shown)
