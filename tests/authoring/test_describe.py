"""The names of a protocol's steps, answers and conditions, with the slots filled."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.authoring.describe import BACK, Answer, Description, shown
from kiosk.protocol.kinds.kind import Item, Mark
from kiosk.protocol.model import RETURN, Rule, Text
from tests.builders import DA, DUTY, SEALED, SO, a_protocol, a_sparing_protocol, en

BASE = a_protocol()
PROTOCOL = replace(BASE, fields={**BASE.fields, "sealed": SEALED})


def test_a_target_has_the_name_of_its_screen() -> None:
    """A step's first text, an outcome's title, what a branch asks; an id that is nothing stays."""
    description = Description(PROTOCOL)
    assert description.name("papers") == "Papers"
    assert description.name("who") == "Who do they say they are?"
    assert description.name("left") == "They left"
    assert description.name(RETURN) == BACK
    assert description.name("nowhere") == "nowhere"
    assert "“What do they want?” and “Where do visitors wait?”" in description.name("routed")


def test_each_answer_has_its_key_and_target() -> None:
    """In the file's order; a way that is no text of the protocol has no key."""
    description = Description(PROTOCOL)
    answers = description.answers(PROTOCOL.steps["wait"])
    assert answers[0] == Answer("Yes", "handover", 1, own=True)
    assert [answer.with_key for answer in answers] == ["1 Yes", "2 No", "3 Not sure"]
    reached, nobody = description.answers(PROTOCOL.steps["call-now"])
    assert (reached.target, nobody.target) == ("identify", "keep-trying")
    assert (reached.own, reached.with_key) == (False, reached.words)


def test_a_rule_names_its_question_and_each_value() -> None:
    """Of an answer and of a setting, by their labels; unknown ones by their ids."""
    description = Description(PROTOCOL)
    assert description.rule(Rule("answer", "wait", ("yes", "gone"), "left")) == "“Will they wait?” is “Yes” or “gone”"
    setting = Rule("setting", "wait-place", ("outside",), "outside")
    assert description.rule(setting) == "“Where do visitors wait?” is “outside the door”"
    assert description.rule(Rule("setting", "none", ("a",), "outside")) == "“none” is “a”"


@pytest.mark.parametrize(
    ("choices", "place"),
    [
        ({}, "at the entrance"),
        ({"wait-place": "outside"}, "outside the door"),
        ({"wait-place": "no"}, "at the entrance"),
    ],
)
def test_slots_are_filled_with_the_districts_choices(choices: dict[str, str], place: str) -> None:
    """With the default for a choice that does not exist; a number is only announced."""
    description = Description(PROTOCOL, choices=choices)
    assert place in description.of(PROTOCOL.steps["call-now"].say)
    assert "[number of Superintendent's Office]" in description.of(PROTOCOL.steps["keep-trying"].do)
    assert description.slots_of(PROTOCOL.steps["call-now"]) == ("wait-place",)
    assert description.slots_of(PROTOCOL.steps["keep-trying"]) == ()


def test_facts_and_roles_have_their_labels_or_their_ids() -> None:
    """A choice has its label; typed text stays as it is."""
    description = Description(PROTOCOL, "es")
    assert (description.fact("badge"), description.fact("none")) == ("Badge number", "none")
    assert (description.role(SO), description.role("none")) == ("Superintendent's Office", "none")
    assert description.asked("sealed") == "Is there a seal on it? (Yes / Una parte / No)"
    assert (description.value("sealed", "partly"), description.value("badge", "partly")) == ("Una parte", "partly")
    assert (description.option("wait", "not-sure"), description.option("none", "yes")) == ("Not sure", "yes")
    assert (description.language_of(SEALED.choices["partly"]), description.language_of(en("No"))) == ("es", "en")


def test_each_line_below_a_step_has_its_mark() -> None:
    """A key, a box, a number to call."""
    description = Description(PROTOCOL)
    assert description.line(Item(Mark.KEY, "a", en("Yes"), 2)) == "2 Yes"
    assert description.line(Item(Mark.CALL, DA, None, 1)) == "1. Designated administrator"
    assert description.line(Item(Mark.BLANK, "badge")).endswith(" Badge number")
    assert description.line(Item(Mark.NOTE, "", "A note")) == "A note"


def test_after_hours_the_roles_are_named() -> None:
    """Empty for a protocol without them."""
    assert Description(PROTOCOL).after_hours() == ""
    assert Description(a_sparing_protocol()).after_hours() == "On duty"
    both = replace(a_sparing_protocol(), after_hours=(DUTY, SO))
    assert Description(both).after_hours() == "On duty, then Superintendent's Office"


def test_text_is_on_one_line_without_invisible_characters() -> None:
    """They could break the file that the text is written to."""
    assert shown("  two \n lines\t") == "two lines"
    assert shown("a\u202eb") == "a\\u202eb"
    assert Description(PROTOCOL).of(None) == ""
    assert Description(PROTOCOL).of(Text.of(en="a\nb")) == "a b"
