"""Shared steps that a protocol includes from another file of its folder."""

from __future__ import annotations

import pytest

from kiosk.checks.run import check_pack
from kiosk.protocol.findings.collector import Finding
from kiosk.protocol.kinds.ask import AskStep
from kiosk.protocol.kinds.branch import BranchStep
from kiosk.protocol.kinds.call import CallStep
from kiosk.protocol.kinds.instruction import InstructionStep
from kiosk.protocol.pack import PackReading, read_pack
from tests.protocol.samples import PREAMBLE

PROTOCOL = (
    PREAMBLE
    + """\
roles:
  superintendent-office: {title: {en: The office}, required: true}
start: who
steps:
  who:
    ask: {en: Who is it?}
    cite: [design]
    options:
      - {id: agent, label: {en: An agent}, next: closing}
      - {id: other, label: {en: Somebody else}, next: second}
  closing:
    include: closing
    exits: {done: over, left: who}
  second:
    include: closing
    exits: {done: over, left: over}
outcomes:
  over: {title: {en: Handed over}, refer: superintendent-office}
"""
)

CLOSING = """\
kind: fragment
format: 1
id: closing
start: here
exits: [done, left]
steps:
  here:
    ask: {en: Are they still here?}
    cite: [design]
    options:
      - {id: yes, label: {en: Yes}, next: phone}
      - {id: no, label: {en: No}, next: left}
  phone:
    do: {en: Tell them who is here.}
    cite: [design]
    call: [superintendent-office]
    reached: {next: sort}
    nobody: {next: sort}
  sort:
    when:
      - {answer: here, in: [yes], next: done}
    otherwise: left
"""


def pack(protocol: str = PROTOCOL, **fragments: str) -> PackReading:
    """A pack of a protocol and its fragments, by name; `closing` is there unless another is given."""
    files = {f"{name}.yaml": text.encode() for name, text in {"closing": CLOSING, **fragments}.items()}
    return read_pack({"protocol.yaml": protocol.encode(), **files})


def found(reading: PackReading, code: str) -> Finding:
    """The only finding of that code."""
    hits = [finding for finding in reading.findings if finding.code == code]
    assert len(hits) == 1, [str(finding) for finding in reading.findings]
    return hits[0]


def test_the_fragments_first_screen_takes_the_id_of_the_step_that_takes_it_in() -> None:
    """The others are called after it, so that one fragment can be taken in twice."""
    protocol = pack().protocol
    assert protocol is not None
    assert list(protocol.steps) == [
        "who",
        "closing",
        "closing-phone",
        "closing-sort",
        "second",
        "second-phone",
        "second-sort",
    ]


def test_targets_lead_to_the_fragments_own_steps_and_out_of_its_ends() -> None:
    """`next` and `otherwise` are put in for each place, and so is the step that a `when` looks at."""
    protocol = pack().protocol
    assert protocol is not None
    first, call, sort = (protocol.steps[name] for name in ("closing", "closing-phone", "closing-sort"))
    assert isinstance(first, AskStep)
    assert [option.next for option in first.options] == ["closing-phone", "who"]
    assert isinstance(call, CallStep)
    assert (call.reached, call.nobody) == ("closing-sort", "closing-sort")
    assert isinstance(sort, BranchStep)
    assert (sort.rules[0].subject, sort.rules[0].next, sort.otherwise) == ("closing", "over", "who")
    again = protocol.steps["second-sort"]
    assert isinstance(again, BranchStep)
    assert (again.rules[0].subject, again.otherwise) == ("second", "over")


def test_a_pack_with_fragments_has_no_finding_of_its_structure() -> None:
    """Included steps are checked like the protocol's own."""
    assert [f for f in check_pack(pack()) if f.code.startswith("P")] == []


def test_a_mistake_in_a_fragment_is_told_with_its_own_file_and_line() -> None:
    """An author must be led to the file that has to be changed."""
    broken = CLOSING.replace("call: [superintendent-office]", "call: [superintendent-ofice]")
    hits = [f for f in check_pack(pack(closing=broken)) if f.code == "P202"]
    line = broken.splitlines().index("    call: [superintendent-ofice]") + 1
    assert {(f.file, f.line) for f in hits} == {("closing.yaml", line)}


def test_words_of_a_fragment_that_is_taken_in_twice_are_told_of_once() -> None:
    """The author repairs one line."""
    broken = CLOSING.replace("{en: Tell them who is here.}", "{en: Hide the papers and the child.}")
    hits = [f for f in check_pack(pack(closing=broken)) if f.code == "W113"]
    assert [(f.file, f.line) for f in hits] == [("closing.yaml", 14)]


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("include: closing\n    exits: {done: over, left: who}", "include: closng\n    exits: {left: who}", "P601", 19),
        ("exits: {done: over, left: who}", "exits: {done: over}", "P603", 18),
        ("exits: {done: over, left: who}", "exits: {done: over, left: who, lost: who}", "P604", 20),
        ("    exits: {done: over, left: who}", "    exit: {done: over, left: who}", "P101", 20),
        ("  second:\n", "  closing-phone:\n", "P105", 0),
    ],
)
def test_what_is_wrong_where_a_fragment_is_taken_in(old: str, new: str, code: str, line: int) -> None:
    """Each is noted at the including step, once, with a repair."""
    assert old in PROTOCOL
    hits = [f for f in pack(PROTOCOL.replace(old, new)).findings if f.code == code]
    assert hits
    assert not line or (hits[0].file, hits[0].line) == ("protocol.yaml", line)
    assert all(f.repair for f in hits)


def test_an_unknown_fragment_names_the_near_one() -> None:
    """A slip of the pen is repaired by reading the finding."""
    reading = pack(PROTOCOL.replace("include: closing\n    exits: {done: over, left: who}", "include: closng"))
    assert "closing" in found(reading, "P601").repair


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("id: closing", "id: opening", "P605"),
        ("kind: fragment", "kind: protocol", "P108"),
        ("start: here", "start: hier", "P201"),
        ("exits: [done, left]", "exits: [done, left, return]", "P107"),
        ("kind: fragment", "kind: &a fragment", "P008"),
        ("start: here\n", "", "P102"),
    ],
)
def test_what_is_wrong_in_a_fragments_head(old: str, new: str, code: str) -> None:
    """The finding is in the fragment's own file, and the kiosk still reads on."""
    assert old in CLOSING
    hits = [f for f in pack(closing=CLOSING.replace(old, new, 1)).findings if f.code == code]
    assert {f.file for f in hits} == {"closing.yaml"}


def test_fragments_that_take_in_each_other_are_a_finding() -> None:
    """A circle gives one finding, with its path, and reading ends."""
    ring = (
        "kind: fragment\nformat: 1\nid: {a}\nstart: x\nexits: [done]\nsteps:\n"
        "  x: {{include: {b}, exits: {{done: done}}}}\n"
    )
    protocol = PROTOCOL.replace("include: closing", "include: one", 1).replace(
        "exits: {done: over, left: who}", "exits: {done: over}"
    )
    reading = pack(protocol, one=ring.format(a="one", b="two"), two=ring.format(a="two", b="one"))
    finding = found(reading, "P602")
    assert "one → two → one" in finding.cause
    assert (finding.file, finding.line) == ("two.yaml", 7)


def test_a_fragment_can_take_in_another() -> None:
    """The ends of the inner one lead out through the outer one's."""
    outer = (
        "kind: fragment\nformat: 1\nid: outer\nstart: hello\nexits: [done]\nsteps:\n"
        "  hello: {title: {en: Hello}, cite: [design], next: inner}\n"
        "  inner: {include: closing, exits: {done: done, left: hello}}\n"
    )
    protocol = PROTOCOL.replace("include: closing", "include: outer", 1).replace(
        "exits: {done: over, left: who}", "exits: {done: over}"
    )
    read = pack(protocol, outer=outer).protocol
    assert read is not None
    hello, first, sort = read.steps["closing"], read.steps["closing-inner"], read.steps["closing-inner-sort"]
    assert isinstance(hello, InstructionStep)
    assert hello.next == "closing-inner"
    assert isinstance(first, AskStep)
    assert [option.next for option in first.options] == ["closing-inner-phone", "closing"]
    assert isinstance(sort, BranchStep)
    assert (sort.rules[0].subject, sort.rules[0].next, sort.otherwise) == ("closing-inner", "over", "closing")


def test_a_few_lines_cannot_ask_for_millions_of_steps() -> None:
    """Fragments that double at each level stop at the most steps a protocol may have."""
    many = "".join(f"  s{n}: {{include: next-{{n}}, exits: {{{{done: done}}}}}}\n" for n in range(40))
    head = "kind: fragment\nformat: 1\nid: {a}\nstart: s0\nexits: [done]\nsteps:\n"
    levels = {
        f"next-{n}": (head + many.replace("{n}", str(n + 1)))
        .replace("{a}", f"next-{n}")
        .replace("{{", "{")
        .replace("}}", "}")
        for n in range(7)
    }
    protocol = PROTOCOL.replace("include: closing", "include: next-0", 1).replace(
        "exits: {done: over, left: who}", "exits: {done: over}"
    )
    reading = pack(protocol, **levels)
    assert "P012" in {f.code for f in reading.findings}
    assert reading.protocol is None


def test_a_fragment_that_is_missing_is_one_finding() -> None:
    """The step that includes it is not blamed for the fragment's contents."""
    reading = pack(PROTOCOL.replace("include: closing\n    exits: {done: over, left: over}", "include: absent"))
    assert [f.code for f in check_pack(reading) if f.severity == "error"] == ["P601"]


def test_an_end_that_leads_nowhere_is_one_finding() -> None:
    """It is told where the fragment is taken in, and not as a misspelt target in the fragment's file too."""
    reading = pack(PROTOCOL.replace("exits: {done: over, left: over}", "exits: {done: over}"))
    assert [(f.code, f.file) for f in check_pack(reading) if f.severity == "error"] == [("P603", "protocol.yaml")]
