"""Find the steps, outcomes and interrupts that do not fit 80×24, in each language, for every choice of the settings.

A text that is a little too long is a warning: the kiosk shows that there is more, and a pack that scrolls is better
than none. A screen without a visible answer is an error, because staff who see it for the first time can't use it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from kiosk.checks.wording.screen_fit import Need, keys_over, need_of, outcome_over
from kiosk.checks.wording.slots import MOST_WAYS, Filling, longest, ways_to_fill
from kiosk.protocol.kinds.registry import is_shown, items_of
from kiosk.protocol.model import Outcome, Protocol, Step, Text
from kiosk.protocol.syntax.cursor import Path

MOST_SCREENS: Final = 12_000
"""The most screens measured for one protocol; if steps can be filled in many ways, fewer ways are measured."""

Crowded = Iterator[tuple[str, Path, str, dict[str, object]]]
"""(code, path of the longest text, language, values for the template)."""


def crowded(protocol: Protocol) -> Crowded:
    """Yield everything that does not fit the smallest screen."""
    bases: dict[str, Filling] = {}
    most = max(1, min(MOST_WAYS, MOST_SCREENS // max(1, len(protocol.steps))))
    for step in protocol.steps.values():
        if is_shown(step):
            yield from _step(protocol, step, bases, most)
    for outcome in protocol.outcomes.values():
        yield from _outcome(protocol, outcome)
    for language in _languages(jump.label for jump in protocol.interrupts):
        if over := keys_over(protocol, language, longest(protocol, language)):
            yield "W122", ("interrupts",), language, {"over": over}


def _step(protocol: Protocol, step: Step, bases: dict[str, Filling], most: int) -> Crowded:
    texts = step.texts
    for language in _languages([*texts.values(), *_answers(step)]):
        if language not in bases:
            bases[language] = longest(protocol, language)
        chosen, need = _fullest(protocol, step, language, bases[language], most)
        if need.over:
            path = ("steps", step.id, _longest_text(texts, language))
            words = {"step": step.id, "over": need.over, "rows": need.first, "when": _when(chosen)}
            yield "W121" if need.answers_hidden else "W120", path, language, words


def _fullest(protocol: Protocol, step: Step, language: str, base: Filling, most: int) -> tuple[Mapping[str, str], Need]:
    """Return the choice of the settings that needs the most rows, and those rows."""
    words = [text.say(language) for text in (*step.texts.values(), *_answers(step))]
    ways = ways_to_fill(protocol, language, words, base, most)
    needs = ((chosen, need_of(protocol, step, language, filling)) for chosen, filling in ways)
    return max(needs, key=lambda found: (found[1].answers_hidden, found[1].total))


def _outcome(protocol: Protocol, outcome: Outcome) -> Crowded:
    texts = {"title": outcome.title} | ({"do": outcome.do} if outcome.do else {})
    for language in _languages(texts.values()):
        if over := outcome_over(outcome, language, longest(protocol, language)):
            path = ("outcomes", outcome.id, _longest_text(texts, language))
            yield "W120", path, language, {"step": outcome.id, "over": over, "when": ""}


def _answers(step: Step) -> list[Text]:
    return [item.words for item in items_of(step) if isinstance(item.words, Text)]


def _languages(texts: Iterable[Text]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(language for text in texts for language in text.languages))


def _longest_text(texts: Mapping[str, Text], language: str) -> str:
    return max(texts, key=lambda key: len(texts[key].say(language)), default="")


def _when(chosen: Mapping[str, str]) -> str:
    if not chosen:
        return ""
    return " where " + " and ".join(f"“{setting}” is “{choice}”" for setting, choice in chosen.items())
