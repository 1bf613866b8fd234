"""A protocol as plain text: every step in the order of the file, with its targets, before it is approved."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.protocol.model import Allowance, Protocol
from kiosk.reports.protocol import as_dict, lines, step_lines
from tests.builders import DUTY, SEALED, a_protocol, a_protocol_with_duties, a_sparing_protocol, some_contacts


def step(protocol: Protocol, step_id: str, language: str = "en") -> list[str]:
    """The lines of one step with the default settings."""
    return list(step_lines(protocol, protocol.steps[step_id], {}, language))


def heads(told: list[str], word: str) -> list[str]:
    """The second words of the lines that begin with this one."""
    return [line.split()[1] for line in told if line.startswith(f"{word} ")]


def test_every_step_and_outcome_is_there_in_order() -> None:
    """Nothing that is approved is left out, and only the first step is marked as such."""
    protocol = a_protocol()
    told = list(lines(protocol, {}, "en"))
    assert heads(told, "STEP") == list(protocol.steps)
    assert heads(told, "OUTCOME") == list(protocol.outcomes)
    assert [line.split()[1] for line in told if line.endswith("(where it begins)")] == ["danger"]
    assert told[:2] == ["Sample, version 2026.1 (draft)", "in effect from 2026-08-01, to be reviewed by 2027-06-30"]


def test_a_step_has_its_answers_with_their_targets_and_sources() -> None:
    """Keys are counted from one; a branch has a line for each target."""
    who = step(a_protocol(), "who")
    assert who[0] == "STEP who"
    assert "  SAY  May I have your name and agency, please?" in who
    assert [line.strip()[0] for line in who if "→" in line] == ["1", "2", "3", "4"]
    assert "    2  Local or state police → call-now" in who
    assert who[-1] == "  cites memo"
    routed = step(a_protocol(), "routed")
    assert [line.rpartition("→ ")[2] for line in routed if "→" in line] == ["papers", "outside", "handover", "wait"]


def test_a_setting_fills_its_slot() -> None:
    """The setting in force is listed as chosen or by default, with its other choices."""
    protocol = a_protocol()
    default, chosen = (list(lines(protocol, choices, "en")) for choices in ({}, {"wait-place": "outside"}))
    assert any("Please have a seat at the entrance." in line for line in default)
    assert any("Please have a seat outside the door." in line for line in chosen)
    assert next(line for line in default if line.startswith("  wait-place")).endswith("(by default; or outside)")
    assert next(line for line in chosen if line.startswith("  wait-place")).endswith("(chosen; or entrance)")
    assert [as_dict(protocol, choices, "en")["chosen"] for choices in ({}, {"wait-place": "outside"})] == [
        [],
        ["wait-place"],
    ]


@pytest.mark.parametrize("name", ["Dana Ruiz", "Sam Whitfield", "860-555-0143"])
def test_only_the_copy_of_a_school_has_names_and_numbers(name: str) -> None:
    """A copy for everyone has the titles of the roles instead."""
    protocol = a_protocol()
    general, own = ("\n".join(lines(protocol, {}, "en", school)) for school in (None, some_contacts()))
    assert (name in general, name in own) == (False, True)
    assert "[number of Superintendent's Office]" in general
    assert "Lincoln Elementary School" in own


def test_a_text_without_a_translation_has_its_language_first() -> None:
    """The reader of another language sees what still has to be translated."""
    assert "  ASK  [en] Is anyone in danger right now?" in step(a_protocol(), "danger", "es")
    base = a_sparing_protocol()
    sparing = step(replace(base, fields={**base.fields, "sealed": SEALED}), "identify", "es")
    assert "    ____ [en] Is there a seal on it? ([en] Yes / Una parte / [en] No)" in sparing


def test_what_holds_beyond_the_steps_is_told() -> None:
    """Whom calls begin with after hours, the interrupts, and each warning that was suppressed, with its reason."""
    base = a_sparing_protocol()
    protocol = replace(base, allow=(Allowance("P001", ("steps", "wait"), "", "Agreed with counsel"),))
    told = list(lines(protocol, {}, "en"))
    assert told[told.index("AFTER HOURS every call begins with") + 1] == "  On duty"
    assert "  They left → left" in told
    assert told[-1] == "  P001 in steps.wait: Agreed with counsel"
    said = as_dict(protocol, {}, "en")
    assert (said["after_hours"], said["start"]) == ([DUTY], "danger")
    assert said["allowed"] == [{"code": "P001", "where": "steps.wait", "reason": "Agreed with counsel"}]


def test_the_steps_for_scripts_have_their_ways_and_people() -> None:
    """A step has only the keys that it needs; people are those of the school, in calling order."""
    told = {one["id"]: one for one in as_dict(a_sparing_protocol(), {}, "en", some_contacts())["steps"]}
    assert told["danger"]["ways"] == [{"answer": "yes", "next": "call-911"}, {"answer": "no", "next": "who"}]
    assert [one["name"] for one in told["call-now"]["people"]] == [
        "Dana Ruiz",
        "Sam Whitfield",
        "Superintendent's Office",
    ]
    assert (told["call-now"]["once"], "once" in told["wait"], "people" in told["wait"]) == (True, False, False)


def test_duties_are_shown_with_owner_time_reason_and_sources() -> None:
    """In the text for people, and for scripts as the file has them."""
    protocol = a_protocol_with_duties()
    told = list(lines(protocol, {}, "en"))
    first = next(n for n, line in enumerate(told) if line.startswith("  DUTY"))
    assert told[first : first + 4] == [
        "  DUTY papers: Designated administrator, at once",
        "    Send the papers on.",
        "    why: The office decides.",
        "    cites memo",
    ]
    (end,) = (one for one in as_dict(protocol, {}, "en")["outcomes"] if one["id"] == "handover")
    assert [(duty["id"], duty["owner"], duty["within"]) for duty in end["duties"]] == [
        ("papers", "designated-administrator", "at-once"),
        ("entry", "superintendent-office", {"business-days": 3}),
    ]
