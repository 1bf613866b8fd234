"""What a review copy is made of, and how its parts say the words of the protocol."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from kiosk.authoring.describe import BACK, Description
from kiosk.authoring.reading_order import WalkOrder, leads_here, numbers, walk_order
from kiosk.checks.guarantees import Verdict
from kiosk.checks.wording import Measure
from kiosk.protocol.findings.collector import Finding
from kiosk.protocol.model import RETURN, Setting, Text
from kiosk.scenarios.model import Scenario

LANGUAGE: Final = "en"
"""The language of what the page itself says; the protocol's words are in the language that was asked for."""


class Words(NamedTuple):
    """Words to print. language: theirs, where it is not the page's own; else empty."""

    words: str
    language: str = ""


class Link(NamedTuple):
    """A step or outcome by number and name. href: its place on the page; empty for RETURN, which has none."""

    name: Words
    number: str = ""
    href: str = ""


class Choice(NamedTuple):
    """One of several words, and whether it is the one in force."""

    words: Words
    chosen: bool = False


@dataclass(frozen=True)
class ReviewCopy:
    """Everything a review copy shows.

    seal:      hex SHA-256 of the content; empty when it has errors.
    approved:  who approved it, as a sentence.
    findings:  what `kiosk protocol check` finds.
    scenarios: the pack's own, as they read; None when errors keep them from being shown.
    verdicts:  on every guarantee; None when the protocol has errors, so that nothing can be decided.
    measures:  (path of a text, language) → its measure.
    picture:   the diagram as an SVG file by Graphviz; empty when there is none.
    """

    description: Description
    seal: str
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
        """Step or outcome → its number."""
        return numbers(self.description.protocol)

    @cached_property
    def leads(self) -> Mapping[str, tuple[str, ...]]:
        """Step or outcome → the steps that lead to it."""
        return leads_here(self.description.protocol)

    @cached_property
    def jumps(self) -> Mapping[str, tuple[str, ...]]:
        """Step or outcome → the interrupts that lead to it, with their keys."""
        found: dict[str, tuple[str, ...]] = {}
        for n, jump in enumerate(self.description.protocol.interrupts, 6):
            found[jump.next] = (*found.get(jump.next, ()), f"F{n} {self.description.of(jump.label)}")
        return found

    def words(self, text: Text) -> Words:
        """A protocol text, with its language where that is not the page's own."""
        return _in_language(self.description.of(text), self.description.language_of(text))

    def said(self, words: str) -> Words:
        """Words of the protocol that were put together already, in its language."""
        return _in_language(words, self.description.language)

    def choices(self, setting: Setting) -> tuple[Choice, ...]:
        """The choices of a setting, the one in force marked."""
        chosen = self.description.choices[setting.id]
        return tuple(Choice(self.words(words), choice == chosen) for choice, words in setting.choices.items())

    def link(self, target: str) -> Link:
        """A step or outcome by number and name, leading to its place on the page."""
        if target == RETURN:
            return Link(Words(BACK))
        kind = "outcome" if target in self.description.protocol.outcomes else "step"
        return Link(self.said(self.description.name(target)), self.numbers.get(target, ""), f"#{kind}-{target}")


def _in_language(words: str, language: str) -> Words:
    return Words(words, "" if language == LANGUAGE else language)
