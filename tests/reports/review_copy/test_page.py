"""The review copy: self-contained, each other language marked where it is used, and safe against any words."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from typing import Any, Final

import pytest

from kiosk.authoring.describe import Description
from kiosk.authoring.diagram.dot import dot
from kiosk.authoring.diagram.model import diagram
from kiosk.checks.guarantees import Verdict
from kiosk.protocol.kinds.ask import AskStep
from kiosk.protocol.kinds.registry import ways
from kiosk.protocol.model import Protocol, Source, Text
from kiosk.reports import graphviz
from kiosk.reports.review_copy.model import ReviewCopy
from kiosk.reports.review_copy.page import page
from kiosk.scenarios.runner import read_scenarios
from tests.builders import a_protocol, a_protocol_with_duties, en

HOSTILE: Final = (
    "</style></title></svg>\"'><script>alert(1)</script><img src=https://example.org/x onerror=alert(2)> & {x}"
)
_EMPTY: Final = {"br", "hr", "link", "meta", "img", "use"}


@dataclass
class Seen(HTMLParser):
    """A page as a parser sees it: every start tag with its attributes, and whether each was closed in order."""

    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag begins."""
        self.tags.append((tag, dict(attrs)))
        if tag not in _EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag that is empty, as SVG writes it."""
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        """A tag ends; it must be the one that began last."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Words."""
        if not self.open or self.open[-1] not in {"style", "script"}:
            self.text.append(data)

    def values(self, name: str) -> list[str]:
        """Every value of an attribute."""
        return [value for _, given in self.tags if (value := given.get(name)) is not None]


FIRST = Verdict(
    "first",
    "A call comes before any end.",
    "Because.",
    built_in=False,
    holds=False,
    counterexample="Door → Federal agent → nobody answers",
)
"""A guarantee that does not hold, with its story."""


@dataclass(frozen=True)
class Measured:
    """A measure."""

    grade: float | None = 5.4
    words: int = 9
    seconds: float | None = 4.0


def seen(protocol: Protocol | None = None, language: str | None = None, **more: Any) -> Seen:
    """The review copy of the sample, or of another protocol, as a parser sees it."""
    copy = ReviewCopy(Description(protocol or a_protocol(), language), "ab" * 32, "not approved yet", **more)
    found = Seen()
    found.feed(page(copy))
    found.close()
    assert found.open == []
    return found


def test_every_step_and_outcome_is_there_once() -> None:
    """Each with a heading of its own, the screens with their options."""
    protocol, found = a_protocol(), seen()
    ids = Counter(found.values("id"))
    assert all(ids[f"step-{step}"] == 1 for step in protocol.steps)
    assert all(ids[f"outcome-{outcome}"] == 1 for outcome in protocol.outcomes)
    assert max(ids.values()) == 1
    text = "".join(found.text)
    for words in ("Local or state police", "Could you show me your badge, please?", "Agency, as they say it"):
        assert words in text


def test_every_link_leads_to_a_place_on_the_page() -> None:
    """And each answer has one."""
    found = seen()
    links = found.values("href")
    assert {link[0] for link in links} == {"#"}
    assert {link[1:] for link in links} - {"main"} <= set(found.values("id"))
    targets = {t for s in a_protocol().steps.values() for _, t in ways(s)} - {"return"}
    assert {f"step-{t}" if t in a_protocol().steps else f"outcome-{t}" for t in targets} <= {x[1:] for x in links}


def test_an_answer_is_told_with_where_it_goes() -> None:
    """As `2 No → 5 Who do they say they are?`."""
    text = re.sub(r"\s+", " ", "".join(seen().text))
    assert re.search(r"1Federal agent, or an agency I don't know → \d+ Call now", text)
    assert "If “Where do visitors wait?” is “outside the door” → " in text
    assert "on every screen, the key F6 Danger" in text


def test_the_page_asks_nothing_of_any_network() -> None:
    """No address to load from, no script, no form; a policy that forbids it besides."""
    found = seen(replace(a_protocol(), sources={"memo": Source("A memo", url="https://example.org/memo")}))
    names = {name for name, _ in found.tags}
    assert not names & {"script", "img", "iframe", "form", "object", "embed", "base", "link"}
    assert not found.values("src") + found.values("action") + found.values("onload")
    assert "default-src 'none'; style-src 'unsafe-inline'" in found.values("content")
    assert "https://example.org/memo" in "".join(found.text)


def test_hostile_words_stay_words() -> None:
    """Wherever a protocol, a verdict or a finding has words, they are shown and do nothing."""
    protocol = a_protocol()
    who = protocol.steps["who"]
    assert isinstance(who, AskStep)
    step = replace(who, ask=en(HOSTILE), say=en(HOSTILE), do=en(HOSTILE))
    release = replace(protocol.release, version=HOSTILE, notes=HOSTILE, status=HOSTILE)
    sources = {"memo": Source(HOSTILE, HOSTILE, HOSTILE, HOSTILE)}
    hostile = replace(
        protocol, title=en(HOSTILE), release=release, sources=sources, steps={**protocol.steps, "who": step}
    )
    found = seen(hostile, verdicts=(replace(FIRST, id=HOSTILE, words=HOSTILE, why=HOSTILE, counterexample=HOSTILE),))
    assert not {name for name, _ in found.tags} & {"script", "img"}
    assert not any(name.startswith("on") for _, given in found.tags for name in given)
    assert "<script>alert(1)</script>" in "".join(found.text)


def test_another_language_is_marked_where_it_is_used() -> None:
    """Spanish words are marked as Spanish; what has none is shown in the source language, unmarked."""
    protocol = replace(a_protocol(), title=Text.of(en="Sample", es="Muestra"))
    found = seen(protocol, "es")
    assert ("html", {"lang": "en"}) in found.tags
    assert found.values("lang").count("es") > 0
    assert "Muestra" in "".join(found.text)
    assert "Who do they say they are?" in "".join(found.text)


def test_guarantees_are_told_with_their_counter_example() -> None:
    """And when nobody decided them, the page says so and claims nothing."""
    told = "".join(
        seen(
            verdicts=(FIRST, replace(FIRST, id="second", holds=True, counterexample=""), replace(FIRST, decided=False))
        ).text
    )
    assert "NOT CHECKED: A call" in told
    assert "DOES NOT HOLD: A call comes before any end." in told
    assert "Door → Federal agent → nobody answers" in told
    assert "2 of 3 do not hold or were not checked." in told
    nothing = "".join(seen().text)
    assert "The guarantees were not checked for this copy." in nothing
    assert not re.search("HOLDS|DOES NOT HOLD", nothing)


def test_reading_measures_stand_at_their_screen() -> None:
    """Grade, words and seconds of each text that was measured."""
    measures = {(("steps", "identify", "say"), "en"): Measured()}
    assert "SAY: grade 5, 9 words, 4 seconds aloud" in "".join(seen(measures=measures).text)


def test_sources_are_covered_both_ways() -> None:
    """A source that nothing cites, and screens that are our own choice alone."""
    protocol = replace(a_protocol(), sources={**a_protocol().sources, "idle": Source("An idle paper")})
    text = " ".join(" ".join(seen(protocol).text).split())
    assert "Sources not cited (1) An idle paper" in text
    own = sum(step.cite == ("design",) for step in protocol.steps.values())
    assert own
    assert f"Screens based only on our own choice ({own})" in text


def test_scenarios_are_told_as_sentences() -> None:
    """What is answered, what is pressed, how it ends."""
    data = b"- name: A visit\n  do: [{who: federal}, {press: went-past}, {past: done}]\n  outcome: handover\n"
    protocol = replace(a_protocol(), start="who")
    scenarios, findings = read_scenarios(data, "scenarios.yaml", protocol)
    assert [str(f) for f in findings] == []
    text = "".join(seen(protocol, scenarios=tuple(scenarios)).text)
    assert "Who do they say they are? → Federal agent, or an agency I don't know" in text
    assert "Staff press the key Went past me." in text
    assert "Outcome: Handed over." in text


@pytest.mark.skipif(shutil.which(graphviz.PROGRAM) is None, reason="Graphviz is missing: sudo apt-get install graphviz")
def test_the_picture_stands_within_the_page() -> None:
    """Inline, described in words, with ids that nothing else has, and cut into sheets for printing."""
    description = Description(replace(a_protocol(), title=en(HOSTILE)))
    found = seen(description.protocol, picture=graphviz.svg(dot(diagram(description))))
    assert max(Counter(found.values("id")).values()) == 1
    assert "script" not in {name for name, _ in found.tags}
    assert found.values("href").count("#drawing") >= 1


def test_the_duties_of_an_outcome_are_in_a_table() -> None:
    """Counsel reads who does what by when and why, with a link to the source."""
    found = seen(a_protocol_with_duties())
    whole = " ".join(" ".join(found.text).split())
    assert "Send the papers on. Designated administrator at once The office decides. " in whole
    assert "Enter the request. Superintendent's Office within 3 business days They ask. " in whole
    assert "What the district must do" not in " ".join(seen().text)
