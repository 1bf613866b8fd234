"""Every code of the guarantees is shown by a file that has it, on the line it must point at."""

from __future__ import annotations

import pytest

from kiosk.checks.guarantees.findings import check_guarantees
from kiosk.checks.run import check_pack
from kiosk.protocol.findings.collector import CATALOGUE, Finding
from kiosk.protocol.pack import PROTOCOL_FILE, read_pack
from kiosk.protocol.parsing.protocol import read_protocol
from tests.protocol.samples import PREAMBLE

SAMPLE = (
    PREAMBLE
    + """\
roles:
  superintendent-office: {title: The office}
  deputy: {title: The deputy, designee: true}
  porter: {title: The porter}
settings:
  mode: {ask: Which mode?, choices: {calm: Calm, busy: Busy}, default: calm}
fields: {badge: {label: Badge}}
start: who
interrupts:
  - {id: danger, label: Danger, next: alarm}
steps:
  who:
    ask: Who is it?
    cite: [design]
    options:
      - {id: agent, label: An agent, next: sort}
      - {id: other, label: Somebody else, next: quiet}
  sort:
    when: [{setting: mode, is: busy, next: phone}]
    otherwise: note
  note: {title: Write it down, record: [badge], cite: [design], next: phone}
  phone: {title: Call, call: [superintendent-office], cite: [design], reached: {next: over}, nobody: {next: over}}
  alarm: {title: Danger, cite: [design], next: phone}
outcomes:
  over: {title: Handed over, refer: deputy}
  quiet: {title: All quiet, routine: true}
guarantees:
  - id: called
    always: {call: any}
    before: {outcome: over}
    why: So that somebody knows.
"""
)

CHANGES = [
    ("G001", "    always: {call: any}\n    before: {outcome: over}\n", "", "  - id: called"),
    ("G001", "    always: {call", "    alway: {call", "  - id: called"),
    ("G002", "{call: any}", "{phone: any}", "{phone"),
    ("G003", "{outcome: over}", "{answer: who}", "{answer"),
    ("G003", "{outcome: over}", "{answer: who, is: agent, in: [other]}", "{answer"),
    ("G004", "always: {call: any}\n    before", "at-most: few\n    answers-to", "few"),
    ("G004", "always: {call: any}\n    before", "at-most: 31\n    answers-to", "31"),
    (
        "G006",
        "guarantees:",
        "guarantees:" + "\n  - {id: g, always: {call: any}, before: {outcome: over}, why: so}" * 40,
        "guarantees:",
    ),
    ("G007", "{outcome: over}", "{outcome: ofer}", "ofer"),
    ("G007", "{outcome: over}", "[{outcome: over}, {call: [deputy, depty]}]", "depty"),
    ("G007", "{outcome: over}", "{answer: who, in: [agent, agnt]}", "agnt"),
    ("G007", "{outcome: over}", "{answer: note, is: x}", "{answer: note"),
    ("G007", "{outcome: over}", "{outcome: over}\n    unless: {setting: mode, is: bussy}", "bussy"),
    (
        "G007",
        "always: {call: any}\n    before: {outcome: over}",
        "every-end: {call: any}\n    except: [quite]",
        "quite",
    ),
    ("G008", "{outcome: over}", "{step: sort}", "{step: sort}"),
    ("G101", "is: busy, next: phone}", "is: busy, next: note}, {answer: who, in: [agent], next: sort2}", "  sort:"),
    ("G102", "refer: deputy", "refer: porter", "refer: porter"),
    ("G103", "  - {id: danger, label", "  - {id: alarm, label", "interrupts:"),
    ("G103", "cite: [design], next: phone}\noutcomes", "cite: [design], next: over}\noutcomes", "  - {id: danger"),
    ("G104", "call: [superintendent-office], ", "record: [badge], ", "  who:"),
    ("G201", "next: quiet}", "next: over}", "  - id: called"),
    ("P109", "    always: {call: any}\n", "    always: {call: any}\n    never: {call: any}\n", "  - id: called"),
    ("P101", "    before: {outcome: over}\n", "    before: {outcome: over}\n    within: 3\n", "within"),
    ("P102", "    before: {outcome: over}\n", "", "  - id: called"),
    ("P101", "{outcome: over}", "{outcome: over, step: who}", "step: who"),
]

AND_ALSO = {
    # A loop that only this answer keeps going round: nothing else says that there is no way out of it.
    "G101": (
        "  note: {title",
        "  sort2: {title: Wait, cite: [design], next: sort3}\n"
        "  sort3: {when: [{answer: who, in: [agent], next: sort2}], otherwise: note}\n  note: {title",
    ),
    "G104": ("cite: [design], reached: {next: over}, nobody: {next: over}}", "cite: [design], next: over}"),
}
MARKED_BY = {"G101": "  sort2:"}


def found(text: str) -> tuple[Finding, ...]:
    """Everything that is wrong with a pack that has only this protocol."""
    return check_pack(read_pack({PROTOCOL_FILE: text.encode()}))


def changed(old: str, new: str) -> str:
    """The sample with one thing in it changed."""
    assert SAMPLE.count(old) == 1, f"the sample must have {old!r} once"
    return SAMPLE.replace(old, new)


def test_the_sample_is_clean() -> None:
    """So that each finding below comes from its change; the designee counts as the office."""
    assert found(SAMPLE) == ()


@pytest.mark.parametrize(("code", "old", "new", "words"), CHANGES)
def test_a_change_is_found_on_its_line(code: str, old: str, new: str, words: str) -> None:
    """The finding with that code is made once, and points at the line that has to be looked at."""
    text = changed(old, new)
    if code in AND_ALSO:
        text = text.replace(*AND_ALSO[code])
    words = MARKED_BY.get(code, words)

    lines = [f.line for f in found(text) if f.code == code]

    assert lines == [next(n for n, line in enumerate(text.split("\n"), 1) if words in line)]


def test_no_kind_of_finding_is_untested() -> None:
    """Each new code about guarantees needs a file that shows it."""
    shown = {code for code, *_ in CHANGES if code.startswith("G")}

    assert shown | {"G005"} == {code for code in CATALOGUE if code.startswith("G")}, "G005 is shown in test_hostile"


@pytest.mark.parametrize("kind", [k for k in CATALOGUE.values() if k.code.startswith("G")], ids=lambda k: k.code)
def test_every_kind_teaches(kind: object) -> None:
    """Each says why it matters, and shows itself before and after."""
    assert all(getattr(kind, key) for key in ("why", "bad", "good"))


def test_a_trap_that_everybody_falls_into_is_told_once() -> None:
    """The built-in guarantee does not repeat the findings P302 to P305."""
    text = changed(
        "  note: {title: Write it down, record: [badge], cite: [design], next: phone}",
        "  note: {title: Stay, cite: [design], next: note}",
    )

    codes = [f.code for f in found(text)]

    assert "P303" in codes
    assert "G101" not in codes


@pytest.mark.parametrize("refer", ["", ", refer: nobody"])
def test_an_outcome_that_refers_to_nobody_is_told_once(refer: str) -> None:
    """The built-in guarantee does not repeat the findings P405 and P408."""
    codes = [f.code for f in found(changed(", refer: deputy", refer))]

    assert {"P405", "P408"} & {*codes}
    assert "G102" not in codes


def test_a_protocol_with_a_target_that_is_not_there_is_not_judged() -> None:
    """A walk into nowhere proves nothing; the wrong target is repaired first."""
    text = changed("next: quiet}", "next: quite}")

    assert check_guarantees(read_protocol(text.encode(), "p.yaml"), ()) == ()


def test_a_long_story_is_whole_in_its_finding() -> None:
    """A path is not cut like a word from a hostile file."""
    text = SAMPLE.replace("next: quiet}", "next: s0}").replace(
        "steps:\n",
        "steps:\n"
        + "".join(
            f"  s{n}: {{title: A rather long title of step number {n}, cite: [design], next: {after}}}\n"
            for n, after in enumerate([*(f"s{n}" for n in range(1, 12)), "over"])
        ),
    )

    (finding,) = (f for f in found(text) if f.code == "G201")

    assert len(finding.cause) > 500
    assert "step number 11: done → outcome “Handed over”" in finding.cause


def test_a_guarantee_that_names_what_is_not_there_is_not_judged() -> None:
    """What it promises is not clear, so that it does not hold would say nothing."""
    codes = [
        f.code for f in found(changed("{outcome: over}", "{outcome: ofer}").replace("next: quiet}", "next: over}"))
    ]
    assert "G007" in codes
    assert "G201" not in codes


@pytest.mark.parametrize(
    ("code", "old", "new"),
    [
        ("P202", "call: [superintendent-office]", "call: [superintendents-office]"),
        ("P204", "setting: mode, is", "setting: mood, is"),
        ("P207", "is: busy, next", "is: bussy, next"),
        ("P208", "{setting: mode, is: busy", "{answer: whom, is: busy"),
    ],
)
def test_while_a_name_on_the_way_leads_nowhere_no_walk_is_judged(code: str, old: str, new: str) -> None:
    """The misspelt name is repaired first; what the walks do then is another question."""
    broken = changed("next: quiet}", "next: over}")
    assert "G201" in {f.code for f in found(broken)}
    assert broken.count(old) == 1
    codes = {f.code for f in found(broken.replace(old, new))}
    assert code in codes
    assert not {c for c in codes if c.startswith("G")}


_DUTY = "{id: papers, do: Send it., owner: deputy, within: at-once, why: They decide., cite: [design]}"
WITH_DUTY = SAMPLE.replace("refer: deputy}", f"refer: deputy, duties: [{_DUTY}]}}").replace(
    "    always: {call: any}\n    before: {outcome: over}", "    every-end: {duty: papers}\n    except: [quiet]"
)


def test_a_guarantee_can_require_a_duty_at_every_end() -> None:
    """One that has it satisfies the guarantee, by its id or by any."""
    assert found(WITH_DUTY) == found(WITH_DUTY.replace("{duty: papers}", "{duty: any}")) == ()


@pytest.mark.parametrize(
    ("code", "old", "new"),
    [
        ("G201", "\n    except: [quiet]", ""),
        ("G201", "duties: [" + _DUTY + "]", "to_notify: [deputy]"),
        ("G007", "{duty: papers}", "{duty: paper}"),
        ("G002", "every-end: {duty: papers}\n    except: [quiet]", "never: {duty: papers}"),
    ],
)
def test_an_end_without_the_duty_is_a_counterexample(code: str, old: str, new: str) -> None:
    """It names the outcome; a duty is no event of a walk, and an unknown one is found."""
    text = WITH_DUTY.replace("{duty: papers}", "{duty: any}") if "to_notify" in new else WITH_DUTY
    assert old in text
    (one,) = found(text.replace(old, new))
    assert (one.code, "“All quiet”" in one.cause) == (code, old.startswith("\n"))
