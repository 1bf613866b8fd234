"""Every kind of finding is shown by a file that has it, with the line it must point at."""

from __future__ import annotations

import pytest

from kiosk.protocol.findings.collector import CATALOGUE, MAX_FINDINGS, Finding
from kiosk.protocol.site.contacts import check_contacts, read_contacts
from kiosk.protocol.site.fictional import PRACTICE_ONLY
from kiosk.protocol.validation.structure import examined
from tests.protocol.samples import PREAMBLE

PROTOCOL = (
    PREAMBLE
    + """\
sources:
  guide: {title: A guide}
roles:
  office: {title: {en: The office}, required: true, designee: true}
  helper: {title: {en: The helper}}
settings:
  wait-place: {ask: {en: Where do they wait?}, choices: {hall: {en: the hall}, desk: {en: the desk}}, default: hall}
fields:
  badge: {label: {en: Badge}, type: line, class: public, cite: [guide], missing: [refused]}
start: who
interrupts:
  - {id: left, label: {en: They left}, next: over}
  - {id: danger, label: {en: Danger}, next: phone}
steps:
  who:
    ask: {en: Who is it?}
    cite: [guide]
    options:
      - {id: agent, label: {en: An agent}, next: sort}
      - {id: other, label: {en: Somebody else}, next: over}
  sort:
    when:
      - {setting: wait-place, is: desk, next: note}
      - {answer: who, in: [agent], next: phone}
    otherwise: note
  note:
    do: {en: Write it down.}
    record: [badge]
    cite: [design]
    next: phone
  phone:
    say: {en: "Please wait in {wait-place}."}
    call: [office]
    cite: [guide]
    reached: {next: over}
    nobody: {next: again}
  again:
    do: {en: Try again later.}
    cite: [design]
    next: return
outcomes:
  over:
    title: {en: Handed over}
    refer: office
    to_notify: [helper]
    duties:
      - id: papers
        do: {en: Send the papers on.}
        owner: office
        within: {business-days: 2}
        why: {en: The office decides.}
        cite: [guide]
"""
)

CONTACTS = """\
kind: contacts
format: 1
school: Sample School
roles:
  office:
    - {name: Dana Ruiz, phone: 860-555-0142, extension: "214", hours: "Mon-Fri 07:30-15:30", url: "https://example.org"}
"""

OFFICE = CONTACTS[CONTACTS.index("  office") :]

_SAME = "      - {id: papers, do: Send it., owner: office, within: at-once, why: They decide., cite: [guide]} # here\n"

# The files say what to change in the sample: the words that go, the words that come. `# here` marks the line expected.
IN_A_PROTOCOL = [
    ("P005", "start: who", "start: who: where # here"),
    ("P006", "    ask: {en: Who is it?}", "\task: {en: Who is it?} # here"),
    ("P007", "kind: protocol", "kind: protocol\n--- # here\nkind: more"),
    ("P008", "start: who", "start: &a who # here"),
    ("P008", "start: who", "start: *a # here"),
    ("P009", "format: 1", "format: !!int 1 # here"),
    ("P010", "start: who", "start: " + "[" * 30 + "]" * 30 + " # here"),
    ("P013", "A guide", '"A \\x07 guide"} # here\n  other: {title: other'),
    ("P013", "A guide", "A \x07 guide} # here\n  other: {title: other"),
    ("P014", "A guide", "A \u202eediug} # here\n  other: {title: other"),
    ("P101", "start: who", "start: who\nstrat: who # here"),
    ("P102", "    record: [badge]\n", "    reached: {next: over}\n"),
    ("P103", "release: {", "release: 2026 # here\nnotes: {"),
    ("P104", "start: who", "start: who\nstart: who # here"),
    ("P105", "{id: other,", "# here is the line before\n      - {id: agent,"),
    ("P105", "  over:\n", "  note: # here\n"),
    ("P106", "{id: agent,", "{id: Agent_1, label: {en: A}, next: over} # here\n      - {id: agent,"),
    ("P107", "  again:", "  press: # here"),
    ("P108", "kind: protocol", "kind: protokol # here"),
    ("P109", "    record: [badge]", "    record: [badge] # in the step whose line is not this\n    call: [office]"),
    ("P110", "    next: return\n", ""),
    ("P111", "    call: [office]", "    call: [] # here"),
    ("P112", "    options:", "    options: # here" + "".join(f"\n      - {{id: o{n}, next: over}}" for n in range(36))),
    ("P113", "interrupts:", "interrupts: # here" + "".join(f"\n  - {{id: i{n}, next: over}}" for n in range(4))),
    ("P114", "title: {en: A sample}", "title: {en: A sample, english: A sample} # here"),
    ("P115", "start: who", "start: who\n? [a, b] # here\n: c"),
    (
        "P116",
        "missing: [refused]}",
        "missing: [refused]}\n  sealed: {label: {en: A seal}, type: line, choices: {yes: {en: Closed}}} # here",
    ),
    (
        "P117",
        "missing: [refused]}",
        "missing: [refused]}\n  room: {label: {en: Room}, type: choice, choices: {"
        + ", ".join(f"r{n}: {{en: Room {n}}}" for n in range(10))
        + "}} # here",
    ),
    ("P118", "record: [badge]", "record: [badge]\n    dial: 9-1-1 # here"),
    *(
        (
            "P119",
            "missing: [refused]}",
            f"missing: [refused]}}\n  pages: {{label: {{en: Pages}}, type: number, {limits}}} # here",
        )
        for limits in ("min: few", "max: 1.5", "min: 5, max: 2", "max: 1234567890")
    ),
    ("P118", "record: [badge]", 'record: [badge]\n    dial: "11" # here'),
    *(
        ("P120", "within: {business-days: 2}", f"within: {{days: {count}}} # here")
        for count in ("0", "366", "-1", "1.5", "two", "02", "٣", "99999999999")
    ),
    ("P108", "within: {business-days: 2}", "within: at-last # here"),
    ("P101", "within: {business-days: 2}", "within: {weeks: 2} # here"),
    ("P109", "within: {business-days: 2}", "within: {days: 1, hours: 2} # here"),
    ("P102", "within: {business-days: 2}", "within: {} # here"),
    ("P103", "within: {business-days: 2}", "within: [days, 2] # here"),
    ("P102", "        cite: [guide]\n", ""),
    ("P103", "    duties:\n", "    duties: papers # here\nx:\n"),
    ("P111", "    duties:\n", "    duties: [] # here\nx:\n"),
    ("P105", "      - id: papers\n", _SAME.replace(" # here", "") + "      - id: papers # here\n"),
    ("P106", "      - id: papers\n", "      - id: Papers_1 # here\n"),
    (
        "P121",
        "    duties:\n",
        "    duties: # here\n" + "".join(_SAME.replace("papers", f"d{n}") for n in range(12)),
    ),
    ("P122", "Send the papers on.}", f"{'Send it on. ' * 17}}} # here"),
    ("P122", "{en: The office decides.}", f"{{en: The office decides., es: {'a' * 301}}} # here"),
    ("P201", "start: who", "start: whom # here"),
    ("P201", "reached: {next: over}", "reached: {next: ofer} # here"),
    ("P202", "call: [office]", "call: [ofice] # here"),
    ("P202", "start: who", "start: who\nafter_hours: [helpr] # here"),
    ("P105", "start: who", "start: who\nafter_hours: [helper, helper] # here"),
    ("P111", "start: who", "start: who\nafter_hours: [] # here"),
    ("P108", "    cite: [guide]\n    reached", "    cite: [guide]\n    once: often # here\n    reached"),
    ("P202", "owner: office", "owner: ofice # here"),
    ("P205", "        cite: [guide]\n", "        cite: [guid] # here\n"),
    ("P401", "do: {en: Send the papers on.}", 'do: {en: ""} # here'),
    ("P203", "record: [badge]", "record: [badger] # here"),
    ("P204", "{setting: wait-place, is: desk, next: note}", "{setting: place, is: desk, next: note} # here"),
    ("P205", "record: [badge]\n    cite: [design]", "record: [badge]\n    cite: [guid] # here"),
    ("P206", '"Please wait in {wait-place}."}', '"Please wait in {place}."} # here'),
    ("P206", '"Please wait in {wait-place}."}', '"Please wait in {wait-place."} # here'),
    ("P207", "default: hall}", "default: hell} # here"),
    ("P207", "in: [agent], next: phone}", "in: [agents], next: phone} # here"),
    ("P208", "{answer: who,", "{answer: note, in: [x], next: note} # here\n      - {answer: who,"),
    ("P209", "{en: The helper}}", "{en: The helper}}\n  third: {title: {en: Third}, required: true} # here"),
    ("P301", "outcomes:", "outcomes:\n  lost: {title: {en: Lost}, routine: true} # here"),
    ("P302", "  again:", "  again: # here\n    do: {en: On.}\n    next: round\n  round:"),
    ("P303", "  again:", "  again: # here"),
    ("P304", "reached: {next: over}", "reached: {next: return} # here"),
    (
        "P305",
        "    otherwise: note",
        "    otherwise: sort2\n  sort2:\n    when: [{setting: wait-place, is: hall, next: sort}]",
    ),
    ("P306", "    reached: {next: over}", "    once: true\n    reached: {next: phone}"),
    ("P401", "title: {en: A sample}", "title: {en: } # here"),
    ("P402", "title: {en: A sample}", "title: {es: Una muestra} # here"),
    ("P403", 'say: {en: "Please wait in {wait-place}."}', 'say: {en: ""} # here'),
    ("P404", '    say: {en: "Please wait in {wait-place}."}\n', ""),
    ("P405", "    refer: office\n", ""),
    ("P406", "title: {en: A sample}", "title: {en: TODO a sample} # here"),
    ("P407", "    cite: [design]\n    next: return", "    next: return"),
    ("P408", "to_notify: [helper]", "to_notify: [helpers] # here"),
    ("P409", "{en: Somebody else}, next: over}", "{en: an  Agent}, next: over} # here"),
    ("P409", "{en: Danger}, next: phone}", "{en: They left}, next: phone} # here"),
    (
        "P409",
        "missing: [refused]}",
        "missing: [refused]}\n  sealed: {label: {en: A seal}, type: choice,"
        " choices: {yes: {en: Closed}, no: {en: Closed}}} # here",
    ),
    ("P410", "    refer: office\n", "    refer: office\n    routine: true\n"),
    ("P501", "release: {", "release: {effective: August, # here\n  version: 1, review_by: 2027-06-30}\nnotes: {"),
    (
        "P502",
        "release: {",
        "release: {effective: 2028-01-01,\n  review_by: 2027-06-30, # here\n  version: 1}\nnotes: {",
    ),
]

# Where no comment can mark the line, the words on it do.
MARKED_BY = {
    ("P306", "    reached: {next: over}"): "  phone:",
    ("P102", "    record: [badge]\n"): "  note:",
    ("P105", "{id: other,"): "- {id: agent, label: {en: Somebody",
    ("P109", "    record: [badge]"): "  note:",
    ("P110", "    next: return\n"): "  again:",
    ("P305", "    otherwise: note"): "  sort:",
    ("P404", '    say: {en: "Please wait in {wait-place}."}\n'): "  phone:",
    ("P405", "    refer: office\n"): "  over:",
    ("P410", "    refer: office\n"): "    duties:",
    ("P102", "        cite: [guide]\n"): "- id: papers",
    ("P407", "    cite: [design]\n    next: return"): "  again:",
}

# A few changes need a second one, or else they'd show another finding.
AND_ALSO = {
    "P302": ("    next: return", "    next: round"),
    "P303": ("    next: return", "    next: again"),
}

WHOLE_FILES: list[tuple[str, bytes, int]] = [
    ("P001", b"#" * (1 << 20) + b"#", 1),
    ("P002", "title: Se\u00f1or".encode("latin-1"), 1),
    ("P002", b"a: b\nc: \xff\n", 2),
    ("P003", "kind: protocol".encode("utf-16"), 1),
    ("P003", "kind: protocol".encode("utf-16-le"), 1),
    ("P004", b"", 1),
    ("P004", b"# nothing\n", 1),
    ("P011", b"- a\n" * 50_001, 50_001),
    ("P012", b"kind: protocol\nsteps:\n" + b"".join(b"  s%d: {}\n" % n for n in range(2_001)), 2),
    ("P015", b"kind: protocol\n" + b"".join(b"k%d: v\n" % n for n in range(MAX_FINDINGS + 1)), MAX_FINDINGS + 1),
    ("P103", b"--- a --- b", 1),
]

IN_CONTACTS = [
    ("C101", OFFICE, "  helper: [{name: Dana Ruiz, phone: 860-555-0142}]\n", "roles:"),
    ("C102", OFFICE, "  office: []\n", "  office:"),
    ("C103", "phone: 860-555-0142, ", "", "Dana"),
    ("C104", "860-555-0142", "860-555-01", "Dana"),
    ("C105", OFFICE, OFFICE + "  ofice: []\n", "  ofice:"),
    ("C106", "07:30-15:30", "7.30-15.30", "Dana"),
    ("C107", "https://example.org", "http://example.org", "Dana"),
    ("C107", "example.org", "example.org/" + "a" * 60, "Dana"),
    ("C108", '"214"', "two", "Dana"),
    ("C111", "Dana Ruiz", "Dana Ruiz 123-45-6789", "Dana"),
    ("C112", "phone: 860-555-0142, ", "phone: 860-555-0142, away: 2027-01-04 to 2026-12-21, ", "Dana"),
]


def changed(sample: str, old: str, new: str) -> str:
    """The sample with one thing in it changed."""
    assert sample.count(old) == 1, f"the sample must have {old!r} once"
    return sample.replace(old, new)


def line_of(words: str, text: str) -> int:
    """The number of the first line with these words on it."""
    found = [number for number, line in enumerate(text.split("\n"), 1) if words in line]
    assert found, f"no line has {words!r}"
    return found[0]


def of_kind(code: str, findings: tuple[Finding, ...]) -> list[int]:
    """The lines of the findings with that code."""
    return [f.line for f in findings if f.code == code]


def in_contacts(text: str) -> tuple[Finding, ...]:
    """Return all findings of a contacts file for the sample protocol."""
    protocol = examined(PROTOCOL.encode(), "protocol.yaml").protocol
    assert protocol is not None
    reading = read_contacts(text.encode(), "contacts.yaml")
    return (*reading.findings, *check_contacts(reading, protocol))


def test_the_samples_themselves_have_no_findings() -> None:
    """Every case changes one thing, so before the change nothing may be wrong."""
    assert examined(PROTOCOL.encode(), "protocol.yaml").findings == ()
    assert in_contacts(CONTACTS) == ()


@pytest.mark.parametrize(
    ("code", "old", "new"), IN_A_PROTOCOL, ids=[f"{c[0]}-{n}" for n, c in enumerate(IN_A_PROTOCOL)]
)
def test_a_change_in_a_protocol_is_found_on_its_line(code: str, old: str, new: str) -> None:
    """The finding with that code is made, and points at the line that has to be repaired."""
    text = changed(PROTOCOL, old, new)
    if code in AND_ALSO:
        text = changed(text, *AND_ALSO[code])
    expected = line_of(MARKED_BY.get((code, old), "# here"), text)

    assert expected in of_kind(code, examined(text.encode(), "protocol.yaml").findings)


@pytest.mark.parametrize(("code", "data", "line"), WHOLE_FILES, ids=[f"{c[0]}-{n}" for n, c in enumerate(WHOLE_FILES)])
def test_a_whole_file_that_cannot_be_used_is_found_out(code: str, data: bytes, line: int) -> None:
    """A fault of the file as a whole is a finding with a line, and no protocol comes out."""
    reading = examined(data, "protocol.yaml")

    assert of_kind(code, reading.findings) == [line]
    assert reading.protocol is None


@pytest.mark.parametrize(("code", "old", "new", "words"), IN_CONTACTS)
def test_a_change_in_the_contacts_is_found_on_its_line(code: str, old: str, new: str, words: str) -> None:
    """The finding with that code is made, and points at the line that has to be repaired."""
    text = changed(CONTACTS, old, new)

    assert of_kind(code, in_contacts(text)) == [line_of(words, text)]


def test_no_kind_of_finding_is_untested() -> None:
    """Each new code in the catalog needs a file that shows it."""
    tested = {case[0] for case in (*IN_A_PROTOCOL, *WHOLE_FILES, *IN_CONTACTS)}

    # Every other group of codes has a table of its own, beside the tests of what makes them; so have made-up contacts.
    own = ("P0", "P1", "P2", "P3", "P4", "P501", "P502", "C")
    assert tested | PRACTICE_ONLY == {code for code in CATALOGUE if code.startswith(own)}


def test_every_kind_says_cause_and_repair_in_sentences() -> None:
    """A finding without a repair leaves its reader alone."""
    kinds = CATALOGUE.values()
    assert [kind.code for kind in kinds if not kind.cause.endswith((".", "}"))] == []
    assert [kind.code for kind in kinds if not kind.repair.endswith((".", "{hint}"))] == []
