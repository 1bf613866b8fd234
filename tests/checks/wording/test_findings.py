"""Every kind of finding about words and privacy is shown by a file that has it, with the line it must point at."""

from __future__ import annotations

import pytest
import yaml

from kiosk.checks.run import check_pack
from kiosk.protocol.findings.collector import CATALOGUE, Finding, Kind, Severity
from kiosk.protocol.pack import PROTOCOL_FILE, read_pack
from tests.protocol.validation.test_structure import PROTOCOL, changed, line_of

# What to change in the sample: the words that go, the words that come. `# here` marks the line expected.
CASES = [
    ("W101", "{en: Write it down.}", "{en: Notify administrative personnel regarding documentation exhibited by"
     " visiting enforcement representatives requesting information immediately.} # here"),
    ("W102", "{en: Write it down.}", "{en: When they have shown you what they brought and told you why they came and"
     " who sent them you may go on.} # here"),
    ("W103", '"Please wait in {wait-place}."}', '"Please wait here. ' + "I am on the phone now. " * 8 + '"} # here'),
    ("W103", '"Please wait in {wait-place}."}', '"Please call {office} and {office} or {office}."} # here'),
    ("W104", "{en: Write it down.}", "{en: Call the office and write the time.} # here"),
    ("W105", "{en: Write it down.}", "{en: Stay calm. Ask. Call. Write. Wait here.} # here"),
    ("W106", "{en: Write it down.}", "{en: Look for the words duces tecum.} # here"),
    ("W107", "ask: {en: Who is it?}", "ask: {en: Is it Form I-205?} # here"),
    ("W108", "{en: Write it down.}", "{en: Do NOT sign.} # here"),
    ("W109", "{en: Write it down.}", "{en: " + "Go on. " * 200 + "} # here"),
    ("W110", "{en: Write it down.}", "{en: That warrant is not valid.} # here"),
    ("W111", '"Please wait in {wait-place}."}', '"You can’t come in."} # here'),
    ("W112", "{en: Write it down.}", "{en: Ask whether the family is undocumented.} # here"),
    ("W113", "{en: Write it down.}", "{en: Hide the child in the gym.} # here"),
    ("W113", "desk: {en: the desk}", "desk: # here is the line before\n        {en: hiding behind the desk}"),
    ("W114", "{en: Write it down.}", "{en: Lock the door on them.} # here"),
    ("W115", "{en: Write it down.}", "{en: Delay them until the principal comes.} # here"),
    ("W116", "{en: Write it down.}", "{en: Give out the record.} # here"),
    ("W120", "{en: Write it down.}", "{en: " + "Go by what they say. " * 28 + "} # here"),
    ("W121", "ask: {en: Who is it?}",
     "ask: {en: Who is it?}\n    do: {en: " + "Go by what they say. " * 43 + "} # here"),
    ("W122", "interrupts:",
     "interrupts: # here\n  - {id: more, label: {en: " + "They went on and on " * 4 + "}, next: over}"),
    ("V101", "label: {en: Badge}", "label: {en: Country of birth} # here\n   "),
    ("V101", "ask: {en: Who is it?}", "ask: {en: Are they citizens?} # here"),
    ("V101", "{id: other,", "{id: nationality, label: {en: One}, next: over} # here\n      - {id: other,"),
    ("V102", "label: {en: Badge}", "label: {en: Date of birth} # here\n   "),
    ("V103", "label: {en: Badge}", "label: {en: What they look like} # here\n   "),
    ("V104", "label: {en: Badge}", "label: {en: Badge, es: Nombre del alumno} # here\n   "),
    ("V104", "label: {en: Badge}", "label: {en: Student} # here\n   "),
    ("V105", "{en: Write it down.}", "{en: Write the child's name.} # here"),
]  # fmt: skip

MARKED_BY = {("W113", "desk: {en: the desk}"): "{en: hiding behind"}


def found(text: str) -> tuple[Finding, ...]:
    """Everything the checks find in a protocol file."""
    return check_pack(read_pack({PROTOCOL_FILE: text.encode()}))


def test_the_sample_itself_has_no_findings() -> None:
    """Every case changes one thing, so before the change nothing may be wrong."""
    assert found(PROTOCOL) == ()


@pytest.mark.parametrize(("code", "old", "new"), CASES, ids=[f"{c[0]}-{n}" for n, c in enumerate(CASES)])
def test_a_change_of_words_is_found_on_its_line(code: str, old: str, new: str) -> None:
    """The finding with that code is made, and points at the words that have to be changed."""
    text = changed(PROTOCOL, old, new)
    lines = [f.line for f in found(text) if f.code == code]

    assert lines == [line_of(MARKED_BY.get((code, old), "# here"), text)]


def test_no_kind_of_finding_about_words_is_untested() -> None:
    """Each new code needs a file that shows it."""
    assert {case[0] for case in CASES} == {code for code in CATALOGUE if code.startswith(("V", "W"))}


def shown(example: str) -> str:
    """The sample with an example of the catalog in it, in the place its keys belong to."""
    table = yaml.safe_load(example)
    ((key, words),) = table.items()
    flow = yaml.safe_dump(words, default_flow_style=True, width=10_000, allow_unicode=True).strip()
    match key:
        case "do":
            return changed(PROTOCOL, "do: {en: Write it down.}", f"do: {flow}")
        case "say":
            return changed(PROTOCOL, 'say: {en: "Please wait in {wait-place}."}', f"say: {flow}")
        case "ask":
            return changed(PROTOCOL, "ask: {en: Who is it?}", f"ask: {flow}")
        case "fields":
            return changed(PROTOCOL, "fields:\n", "fields:\n  " + flow.strip("{}").replace(": {", ": {", 1) + "}}\n")
    raise ValueError(f"no example is written for {key}")


_SHORTENED = {"W109", "W120", "W121", "W122"}
"""Whose example would fill a page."""


@pytest.mark.parametrize(
    "kind",
    [k for k in CATALOGUE.values() if k.code[0] in "VW" and k.code not in _SHORTENED],
    ids=lambda kind: kind.code,
)
def test_the_examples_that_teach_a_kind_are_true(kind: Kind) -> None:
    """The `bad` example has that finding; the `good` example has none of its kind."""
    assert kind.code in {f.code for f in found(shown(kind.bad))}
    assert kind.code not in {f.code for f in found(shown(kind.good))}


def test_what_nobody_may_say_or_keep_blocks_and_the_rest_only_warns() -> None:
    """Claims and privacy are errors; how words read is for their author to weigh."""
    severe = {c for c, k in CATALOGUE.items() if c[0] in "VW" and k.severity is Severity.ERROR}

    assert severe == {f"W{n}" for n in (109, *range(110, 117), 121)} | {f"V10{n}" for n in range(1, 6)}


def test_a_translation_is_held_to_the_same() -> None:
    """Spanish words are found at their own place, not at the English ones."""
    text = changed(PROTOCOL, "{en: Write it down.}", '{en: Write it down.,\n      es: "Esconda al niño."}')

    told = [(f.code, f.line) for f in found(text) if not f.code.startswith("T")]
    assert told == [("W113", line_of("Esconda", text))]
