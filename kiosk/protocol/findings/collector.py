"""Findings in a file: place, cause and repair. All are collected before any is shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import NamedTuple

from kiosk.protocol.findings.catalogue import CATALOGUE, Kind, Severity

__all__ = [
    "CATALOGUE",
    "MAX_FINDINGS",
    "MAX_HINTS",
    "START",
    "Finding",
    "Findings",
    "Kind",
    "LongText",
    "Mark",
    "Severity",
    "errors",
    "hint",
]

MAX_FINDINGS = 200
"""Maximum number of errors, and of warnings, for one file, so that a hostile file can't flood the reader."""

MAX_HINTS = 50
"""Maximum number of wrong words in one file that are compared with the known words."""

_MAX_WORD = 160
_MAX_LONG_TEXT = 4_000
_MAX_KNOWN = 400


class Mark(NamedTuple):
    """A place in a file; line and column count from 1. `file` is set only for content included from another file."""

    line: int
    column: int
    file: str = ""


class LongText(str):
    """A value for a finding's template that may be longer than a word from a file, such as a counterexample."""

    __slots__ = ()


START = Mark(1, 1)
"""The start of a file; the place of a finding about the whole file."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. Sorts by file, place, then code."""

    code: str
    severity: Severity
    file: str
    line: int
    column: int
    cause: str
    repair: str

    def __str__(self) -> str:
        """Return it in one line: `protocol.yaml:12:7: P203 error: cause → repair`."""
        return f"{self.file}:{self.line}:{self.column}: {self.code} {self.severity}: {self.cause} → {self.repair}"

    def __lt__(self, other: Finding) -> bool:
        """Check whether this finding precedes the other in reading order."""
        return self._order() < other._order()

    def _order(self) -> tuple[str, int, int, str, str]:
        return self.file, self.line, self.column, self.code, self.cause


def errors(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return only the findings that prevent use of the file."""
    return tuple(f for f in findings if f.severity is Severity.ERROR)


@dataclass(slots=True)
class Findings:
    """Collects the findings of one file while it is read."""

    file: str
    _kept: dict[tuple[str, Mark, str], Finding] = field(default_factory=dict)
    _counts: dict[Severity, int] = field(default_factory=lambda: dict.fromkeys(Severity, 0))
    _cut: int = 0
    _hints: int = 0

    def note(self, code: str, mark: Mark, **words: object) -> None:
        """Add a finding of the kind `code` at `mark`; fill its templates with `words`."""
        kind = CATALOGUE[code]
        if self._counts[kind.severity] >= MAX_FINDINGS:
            self._cut += 1
            return
        filled = _Words({name: _shown(word) for name, word in words.items()})
        cause, repair = kind.cause.format_map(filled), kind.repair.format_map(filled)
        if (code, mark, cause) not in self._kept:
            self._counts[kind.severity] += 1
            place = (mark.file or self.file, mark.line, mark.column)
            self._kept[code, mark, cause] = Finding(code, kind.severity, *place, cause, repair)

    def keep(self, found: Iterable[Finding]) -> None:
        """Add findings from another file."""
        for finding in found:
            key = finding.code, Mark(finding.line, finding.column, finding.file), finding.cause
            if key in self._kept:
                continue
            if self._counts[finding.severity] >= MAX_FINDINGS:
                self._cut += 1
                continue
            self._counts[finding.severity] += 1
            self._kept[key] = finding

    def hint(self, word: str, known: Iterable[str], *, of: str) -> str:
        """Return `hint` for the first wrong words of a file only, because comparing is slow."""
        self._hints += 1
        return hint(word, known, of=of) if self._hints <= MAX_HINTS else f"Check the {of} in this file."

    def all(self) -> tuple[Finding, ...]:
        """Return the findings in reading order. If some were dropped, the last finding gives their number."""
        found = sorted(self._kept.values())
        if not self._cut:
            return tuple(found)
        more, last = CATALOGUE["P015"], found[-1]
        cause = more.cause.format(count=self._cut)
        return (*found, Finding(more.code, more.severity, last.file, last.line, last.column, cause, more.repair))


class _Words(dict[str, str]):
    """Values for a template; a missing one must not hide the finding."""

    def __missing__(self, name: str) -> str:
        return "…"


def _shown(word: object) -> str:
    """Return a word from a file in a form that is safe to show: short and without invisible characters."""
    text, most = str(word), _MAX_LONG_TEXT if isinstance(word, LongText) else _MAX_WORD
    short = text if len(text) <= most else text[: most - 1] + "…"
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in short)


def hint(word: str, known: Iterable[str], *, of: str) -> str:
    """Return a sentence that names the nearest of the `known` words, or lists some. `of`: their plural noun."""
    names = tuple(known)
    near = get_close_matches(word, _candidates(word, names), n=1, cutoff=0.6)
    if near:
        return f"Did you mean “{near[0]}”?"
    if not names:
        return f"The file has no {of} yet."
    return f"The {of}: {', '.join(names[:6])}{', …' if len(names) > 6 else ''}."


def _candidates(word: str, names: tuple[str, ...]) -> tuple[str, ...]:
    if len(names) > _MAX_KNOWN:
        # Comparing is slow and a hostile file can have many names, so compare only the likely ones.
        names = tuple(n for n in names if n[:1] == word[:1])[:_MAX_KNOWN]
    return tuple(n for n in names if abs(len(n) - len(word)) <= 4)
