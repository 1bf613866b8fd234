"""What the Connecticut pack asks of a hand at the desk: how many presses, which key, how much to say in one breath."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from kiosk.checks.wording.sentences import sentences
from kiosk.protocol.kinds.ask import AskStep
from kiosk.protocol.kinds.branch import BranchStep
from kiosk.protocol.kinds.call import CallStep
from kiosk.protocol.kinds.choose import ChooseStep
from kiosk.protocol.kinds.record import RecordStep
from kiosk.protocol.model import RETURN, Protocol
from kiosk.protocol.pack import PROTOCOL_FILE, SCENARIOS_FILE, PackReading, read_pack
from kiosk.protocol.replies import Recorded, Ticked
from kiosk.scenarios.model import Answered, Line
from kiosk.scenarios.runner import read_scenarios

PACK: Final = Path(__file__).parents[2] / "protocols" / "ct-outside-agent"
GRAVE: Final = frozenset({"call-911", "danger-911", "past", "claimed-call", "taken-call"})
"""Steps that nobody may come to by a key that was pressed twice: 911, went past, must come in now, someone taken."""


@pytest.fixture(scope="module")
def pack() -> PackReading:
    """The pack as it ships."""
    return read_pack({file.name: file.read_bytes() for file in PACK.iterdir() if file.is_file()})


@pytest.fixture(scope="module")
def protocol(pack: PackReading) -> Protocol:
    """Its protocol."""
    assert pack.protocol is not None
    return pack.protocol


def asked(protocol: Protocol, target: str) -> Iterator[AskStep]:
    """The questions that a target can be: itself, or what the decisions there lead to."""
    match protocol.steps.get(target):
        case AskStep() as step:
            yield step
        case BranchStep() as route:
            for then in (*(rule.next for rule in route.rules), route.otherwise):
                yield from asked(protocol, then)


def pressed(protocol: Protocol) -> Iterator[tuple[str, int, str]]:
    """(step, key, where it leads) of every key that answers a step: of questions, and of how a call went.

    Whoever is picked by name has a key of their own at each school, and what returns leads anywhere: neither is here.
    """
    for step in protocol.steps.values():
        match step:
            case AskStep():
                yield from ((step.id, n, o.next) for n, o in enumerate(step.options, 1) if o.next != RETURN)
            case CallStep(pick=False):
                yield from ((step.id, n, t) for n, t in enumerate((step.reached, step.nobody, step.nobody), 1))


def doubled(protocol: Protocol) -> list[tuple[str, int, str]]:
    """(step, key, question) where that key, pressed twice, gives the question a grave answer nobody meant."""
    return [
        (step, key, question.id)
        for step, key, target in pressed(protocol)
        if target not in GRAVE
        for question in asked(protocol, target)
        if key <= len(question.options) and question.options[key - 1].next in GRAVE
    ]


def test_a_key_that_is_pressed_twice_never_gives_a_grave_answer(protocol: Protocol) -> None:
    """No grave answer has the key of an answer that leads to its question."""
    assert len(list(pressed(protocol))) > 200
    assert doubled(protocol) == []


def test_a_grave_answer_under_the_same_key_is_noticed(pack: PackReading) -> None:
    """At the door, a second press of 1 would have them taken."""
    words = pack.files[PROTOCOL_FILE].decode()
    old = '{en: "Federal agent, or agency I don\'t know"}, next: which-first}'
    assert words.count(old) == 1
    changed = read_pack({PROTOCOL_FILE: words.replace(old, old.replace("which-first", "taken-call")).encode()}).protocol
    assert changed is not None
    assert ("channel", 1, "who") in doubled(changed)


def presses(protocol: Protocol, line: Line) -> int:
    """How many keys a line of a story is, besides letters: a box is left with Enter, ticks are ended with Enter."""
    assert isinstance(line, Answered)
    match protocol.steps[line.step], line.reply:
        case RecordStep(), Recorded(values):
            return len(values)
        case ChooseStep(), Ticked(choices):
            return len(choices) + 1
    return 1


def test_the_usual_visit_takes_fifteen_presses(pack: PackReading, protocol: Protocol) -> None:
    """Enter at home, the story, and one answer to the review; the Superintendent's Office is told in them."""
    stories, _ = read_scenarios(pack.files[SCENARIOS_FILE], SCENARIOS_FILE, protocol)
    usual = stories[0]

    assert usual.outcome == "handover"
    assert usual.path is not None
    assert usual.path[-1] == "tell-office"
    assert 1 + sum(presses(protocol, line) for line in usual.do) + 1 == 15


@pytest.mark.parametrize("language", ["en", "es"])
def test_what_is_said_is_two_short_sentences_at_most(protocol: Protocol, language: str) -> None:
    """A stranger listens to no more, and nobody reads more aloud with a shaking voice."""
    said = {step.id: step.say.say(language) for step in protocol.steps.values() if step.say is not None}

    assert len(said) > 20
    assert {i: words for i, words in said.items() if len(sentences(words)) > 2} == {}


def test_no_end_says_what_the_desk_can_not_know(protocol: Protocol) -> None:
    """Ends say who is where; “passed on”, “referred” and “taken over” are for those who did it to say."""
    titles = [outcome.title.say("en") for outcome in protocol.outcomes.values()]

    assert [t for t in titles if re.search(r"passed on|referred|taken over|took over", t, re.IGNORECASE)] == []
