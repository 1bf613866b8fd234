"""The content of a review copy, and the texts, links and choices in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from kiosk.authoring.describe import BACK, Description
from kiosk.authoring.reading_order import WalkOrder, leads_here, numbers, walk_order
from kiosk.checks.guarantees import Verdict
from kiosk.checks.wording import Measure
from kiosk.protocol.disclosure_classes import ProtocolClasses, classes_of
from kiosk.protocol.findings.collector import Finding
from kiosk.protocol.model import RETURN, Setting, Text
from kiosk.scenarios.model import Scenario

LANGUAGE: Final = "en"
"""The language of the page's own text; the protocol's texts are in the requested language."""


class Words(NamedTuple):
    """Text to print. language: its language, empty for the page's own."""

    words: str
    language: str = ""


class Link(NamedTuple):
    """A step or outcome by number and name. href: its place on the page; empty for RETURN."""

    name: Words
    number: str = ""
    href: str = ""


class Choice(NamedTuple):
    """One choice of a setting or field. chosen: whether it is in force."""

    words: Words
    chosen: bool = False


@dataclass(frozen=True)
class ReviewCopy:
    """The content of a review copy.

    content_hash: hex SHA-256 of the content; empty when it has errors.
    approved:     who approved it, as a sentence.
    findings:     the findings of `kiosk protocol check`.
    scenarios:    the pack's own scenarios; None when errors prevent reading them.
    verdicts:     on every guarantee; None when the protocol has errors, so that nothing can be decided.
    measures:     (path of a text, language) → its measure.
    picture:      the diagram as an SVG file by Graphviz; empty when there is none.
    """

    description: Description
    content_hash: str
    approved: str
    findings: tuple[Finding, ...] = ()
    scenarios: tuple[Scenario, ...] | None = ()
    verdicts: tuple[Verdict, ...] | None = None
    measures: Mapping[tuple[tuple[str, ...], str], Measure] | None = None
    picture: str = ""

    @cached_property
    def order(self) -> WalkOrder:
        """The steps in reading order."""
        return walk_order(self.description.protocol)

    @cached_property
    def numbers(self) -> Mapping[str, str]:
        """The number of each step and outcome."""
        return numbers(self.description.protocol)

    @cached_property
    def leads(self) -> Mapping[str, tuple[str, ...]]:
        """The steps that lead to each step and outcome."""
        return leads_here(self.description.protocol)

    @cached_property
    def jumps(self) -> Mapping[str, tuple[str, ...]]:
        """The interrupts that lead to each step and outcome, with their keys."""
        found: dict[str, tuple[str, ...]] = {}
        for n, jump in enumerate(self.description.protocol.interrupts, 6):
            found[jump.next] = (*found.get(jump.next, ()), f"F{n} {self.description.of(jump.label)}")
        return found

    @cached_property
    def classes(self) -> ProtocolClasses:
        """The disclosure classes, as they follow from the protocol."""
        return classes_of(self.description.protocol)

    def words(self, text: Text) -> Words:
        """Return a text of the protocol, marked with its language."""
        return _in_language(self.description.of(text), self.description.language_of(text))

    def said(self, words: str) -> Words:
        """Return composed words of the protocol, marked with the requested language."""
        return _in_language(words, self.description.language)

    def choices(self, setting: Setting) -> tuple[Choice, ...]:
        """Return the choices of a setting, with the one in force marked."""
        chosen = self.description.choices[setting.id]
        return tuple(Choice(self.words(words), choice == chosen) for choice, words in setting.choices.items())

    def link(self, target: str) -> Link:
        """Return a link to a step or outcome, by number and name."""
        if target == RETURN:
            return Link(Words(BACK))
        kind = "outcome" if target in self.description.protocol.outcomes else "step"
        return Link(self.said(self.description.name(target)), self.numbers.get(target, ""), f"#{kind}-{target}")


def _in_language(words: str, language: str) -> Words:
    return Words(words, "" if language == LANGUAGE else language)
