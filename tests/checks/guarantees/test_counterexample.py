"""A counter-example is a story in the words of the screen, and names the settings that matter."""

from __future__ import annotations

import pytest

from kiosk.checks.guarantees import Verdict, verdicts
from kiosk.protocol.parsing.protocol import read_protocol
from tests.protocol.samples import PREAMBLE

HEAD = (
    PREAMBLE
    + """\
roles: {superintendent-office: {title: The office}, helper: {title: The helper}}
settings:
  door: {ask: Which door?, choices: {front: The front, back: The back, side: The side}, default: front}
  mode: {ask: Which mode?, choices: {calm: Calm, busy: Busy}, default: calm}
fields: {badge: {label: Badge}}
outcomes: {over: {title: Over, refer: superintendent-office}, gone: {title: Gone, routine: true}}
interrupts: [{id: danger, label: Danger, next: phone}]
start: who
steps:
  phone: {title: Call, call: [superintendent-office, helper], reached: {next: over}, nobody: {next: again}}
  again:
    ask: Again?
    options:
      - {id: yes, label: Yes, next: phone}
      - {id: back, label: They called back, next: return}
      - {id: no, label: No, next: gone}
"""
)


def verdict(steps: str, promise: str) -> Verdict:
    """The verdict on one promise about these steps."""
    text = f"{HEAD}{steps}guarantees:\n  - {{id: g, {promise}, why: so}}\n"
    protocol = read_protocol(text.encode(), "p.yaml").protocol
    assert protocol is not None, text
    return next(v for v in verdicts(protocol) if v.id == "g")


PICKY = """\
  who: {ask: Who is it?, options: [{id: agent, label: An agent, next: sort}, {id: other, label: Other, next: gone}]}
  sort: {when: [{setting: mode, is: busy, next: note}, {setting: door, in: [back, side], next: over}], otherwise: note}
  note: {title: Write, record: [badge], next: wants}
  wants: {ask: What?, choose: [{id: a, label: Papers}, {id: b, label: Keys}], next: seen}
  seen: {when: [{answer: wants, in: [a], next: phone}], otherwise: over}
"""


@pytest.mark.parametrize(
    ("promise", "story"),
    [
        (
            "always: {record: badge}, before: {outcome: over}, unless: {interrupt: any}",
            "Where “Which mode?” is “Calm” and “Which door?” is “The back” or “The side”: "
            "Who is it? An agent → outcome “Over”",
        ),
        (
            "always: {call: any}, before: {outcome: over}, unless: {setting: door, in: [back, side]}",
            "Where “Which mode?” is “Busy” and “Which door?” is “The front”: "
            "Who is it? An agent → Write: done → What? anything but “Papers” → outcome “Over”",
        ),
        (
            "never: {reached: helper}, after: {answer: wants, is: a}",
            "Where “Which mode?” is “Busy”: "
            "Who is it? An agent → Write: done → What? “Papers” → Call: The helper answers",
        ),
        (
            "never: {step: again}, after: {interrupt: danger}",
            "Who is it? the key “Danger” → Call: nobody answers → “Again?” is shown",
        ),
        # A key leaves its step and never returns: each unanswered call returns to the step after that call.
        ("never: {step: note}, after: {interrupt: danger}", ""),
        ("at-most: 3, answers-to: {call: any}", ""),
        (
            "at-most: 2, answers-to: {call: any}, unless: {setting: mode, is: busy}",
            "Where “Which mode?” is “Calm” and “Which door?” is “The front”: "
            "Who is it? An agent → Write: done → What? any tick",
        ),
        ("from-every-step: {step: who}", "Who is it? the key “Danger” → “Call” is shown"),
    ],
)
def test_a_story_is_told_in_the_words_of_the_screen(promise: str, story: str) -> None:
    """The shortest path, with the settings it turns on and no others; nothing when the promise holds."""
    assert verdict(PICKY, promise).counterexample == story


def test_a_setting_that_decides_only_later_is_in_the_story() -> None:
    """The step from where it never comes is the first one, yet only where one door was chosen."""
    steps = """\
  who: {title: Hello, next: ask}
  ask: {ask: And?, options: [{id: again, label: Again, next: who}, {id: on, label: On, next: sort}]}
  sort: {when: [{setting: door, is: side, next: who}], otherwise: note}
  note: {title: Write, record: [badge], next: over}
"""
    found = verdict(steps, "from-every-step: {record: badge}")

    assert found.counterexample == "Where “Which door?” is “The side”: “Hello” is shown"


def test_a_tick_that_decides_only_later_is_in_the_story() -> None:
    """From the step after the ticks it never comes, yet only where one of them was not made."""
    steps = """\
  who: {ask: What?, choose: [{id: a, label: Papers}, {id: b, label: Keys}], next: more}
  more: {ask: More?, options: [{id: again, label: Again, next: more}, {id: on, label: On, next: sort}]}
  sort: {when: [{answer: who, in: [a], next: note}], otherwise: more}
  note: {title: Write, record: [badge], next: note}
"""
    found = verdict(steps, "from-every-step: {record: badge}")

    assert found.counterexample == "What? anything but “Papers” → “More?” is shown"


def test_no_answer_at_all_is_said_as_a_person_would() -> None:
    """Nobody reads “at most 0 answers” at a hearing."""
    steps = "  who: {ask: Who?, options: [{id: a, label: A, next: phone}, {id: b, label: B, next: over}]}\n"
    none = verdict(steps, "at-most: 0, answers-to: {call: helper}, after: {answer: who, is: a}")
    one = verdict(steps, "at-most: 1, answers-to: {call: helper}, after: {answer: who, is: a}")
    assert none.words.startswith("Without an interrupt, after “Who?” is answered “A” nothing else is asked before ")
    assert "it takes at most 1 answer until " in one.words
