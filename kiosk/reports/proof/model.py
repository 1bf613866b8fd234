"""What a proof is made of, and the words that its parts share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from kiosk.authoring.describe import BACK, Telling
from kiosk.authoring.reading_order import WalkOrder, leads_here, numbers, walk_order
from kiosk.checks.guarantees import Verdict
from kiosk.checks.wording import Measure
from kiosk.protocol.findings.collector import Finding
from kiosk.protocol.model import RETURN, Text
from kiosk.reports.markup import Markup, join, tag
from kiosk.scenarios.model import Scenario

LANGUAGE: Final = "en"
"""The language of what the proof itself says; the protocol's words are in the language that was asked for."""


@dataclass(frozen=True)
class Proof:
    """Everything a proof shows.

    seal:      hex SHA-256 of the content; empty when it can't be sealed.
    approved:  who approved it, as a sentence.
    findings:  what `kiosk protocol check` finds.
    scenarios: the pack's own, as they read; None when errors keep them from being shown.
    verdicts:  on every guarantee; None when the protocol has errors, so that nothing can be decided.
    measures:  (path of a text, language) → its measure.
    picture:   the diagram as an SVG file by Graphviz; empty when there is none.
    """

    telling: Telling
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
        return walk_order(self.telling.protocol)

    @cached_property
    def numbers(self) -> Mapping[str, str]:
        """Step or outcome → its number."""
        return numbers(self.telling.protocol)

    @cached_property
    def leads(self) -> Mapping[str, tuple[str, ...]]:
        """Step or outcome → the steps that lead to it."""
        return leads_here(self.telling.protocol)

    @cached_property
    def jumps(self) -> Mapping[str, tuple[str, ...]]:
        """Step or outcome → the interrupts that lead to it, with their keys."""
        found: dict[str, tuple[str, ...]] = {}
        for n, jump in enumerate(self.telling.protocol.interrupts, 6):
            found[jump.next] = (*found.get(jump.next, ()), f"F{n} {self.telling.of(jump.label)}")
        return found

    def words(self, text: Text | None) -> Markup | None:
        """A protocol text, marked with its language where that is not the proof's own."""
        if text is None:
            return None
        language = self.telling.language_of(text)
        said = self.telling.of(text)
        return join(said) if language == LANGUAGE else tag("span", said, lang=language)

    def said(self, words: str) -> Markup:
        """Words of the protocol that were put together already, in its language."""
        return join(words) if self.telling.language == LANGUAGE else tag("span", words, lang=self.telling.language)

    def link(self, target: str) -> Markup:
        """A step or outcome by number and name, leading to its place in the proof."""
        if target == RETURN:
            return join(BACK)
        number = self.numbers.get(target, "")
        kind = "outcome" if target in self.telling.protocol.outcomes else "step"
        return tag("a", f"{number} ", self.said(self.telling.name(target)), href=f"#{kind}-{target}")
