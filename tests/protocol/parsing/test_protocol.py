"""The result of reading a protocol file: values, places, and all findings at once."""

from __future__ import annotations

from datetime import date

import pytest

from kiosk.protocol.findings.collector import CATALOGUE, MAX_FINDINGS, Finding, Findings, Mark, Severity, hint
from kiosk.protocol.guarantee import Event, Guarantee
from kiosk.protocol.kinds.ask import AskStep
from kiosk.protocol.kinds.branch import BranchStep
from kiosk.protocol.kinds.call import CallStep
from kiosk.protocol.kinds.choose import ChooseStep
from kiosk.protocol.kinds.instruction import InstructionStep
from kiosk.protocol.kinds.record import RecordStep
from kiosk.protocol.model import RETURN, Rule, Text
from kiosk.protocol.parsing.protocol import read_protocol
from kiosk.protocol.syntax.yaml_nodes import parse
from kiosk.protocol.validation.structure import examined

SAMPLE = """\
kind: protocol
format: 1
id: sample
title: A sample in bare words
jurisdiction: US-CT
source_language: en
release: {version: 2026.10, effective: 2026-08-01, review_by: 2027-06-30, status: final, notes: First}
sources: {guide: {title: A guide, issuer: State, date: 2017}}
roles: {office: {title: {es: La oficina, en: The office}, required: yes}}
settings: {wait: {ask: {en: Where?}, choices: {on: {en: the hall}, off: {en: the desk}}, default: on}}
fields: {badge: {label: {en: Badge}, class: public, missing: [refused, deferred]}}
start: who
interrupts: [{id: left, label: {en: They left}, next: over}]
steps:
  who:
    ask: {en: Who is it?}
    options:
      - {id: yes, label: {en: An agent}, next: what}
      - {id: 2, label: {en: Other}, next: return}
  what:
    ask: {en: What do they want?}
    choose: [{id: see, label: {en: See a student}}, {id: records, label: {en: Records}}]
    next: sort
  sort:
    when:
      - {setting: wait, is: on, next: note}
      - {answer: what, in: [see, records], next: over}
    otherwise: phone
  note:
    title: {en: Note}
    record: [badge]
    next: phone
  phone:
    do:
      en: >
        Call
        now.
    say: {en: "Please wait.", es: "Espere."}
    cite: [guide]
    call: [office]
    reached: {next: over}
    nobody: {next: again}
  again: {do: {en: Again}, next: return}
outcomes: {over: {title: {en: Over}, refer: office, to_notify: [office], do: {en: File it.}}}
guarantees: [{id: told, why: so, always: {call: any}, before: [{outcome: over}, {answer: who, is: yes}]}]
"""


def test_every_kind_of_step_is_read_as_written() -> None:
    """The values are what the file says; nothing became a number, a date or a truth value on the way."""
    reading = read_protocol(SAMPLE.encode(), "sample.yaml")
    assert reading.findings == ()
    p = reading.protocol
    assert p is not None

    who, what, sort, note, phone, again = p.steps.values()
    assert isinstance(who, AskStep)
    assert [(o.id, o.next) for o in who.options] == [("yes", "what"), ("2", RETURN)]
    assert isinstance(what, ChooseStep)
    assert (list(what.choices), what.next) == (["see", "records"], "sort")
    assert isinstance(sort, BranchStep)
    assert sort.rules == (
        Rule("setting", "wait", ("on",), "note"),
        Rule("answer", "what", ("see", "records"), "over"),
    )
    assert sort.otherwise == "phone"
    assert isinstance(note, RecordStep)
    assert (note.fields, note.title) == (("badge",), Text.of(en="Note"))
    assert isinstance(phone, CallStep)
    assert (phone.roles, phone.reached, phone.nobody, phone.cite) == (("office",), "over", "again", ("guide",))
    assert (phone.do, phone.say) == (Text.of(en="Call now."), Text.of(en="Please wait.", es="Espere."))
    assert isinstance(again, InstructionStep)


def test_the_head_of_the_file_is_read_as_written() -> None:
    """Release, roles, settings, fields, outcomes and guarantees come out as the model's values."""
    p = read_protocol(SAMPLE.encode(), "sample.yaml").protocol
    assert p is not None

    assert p.title == Text.of(en="A sample in bare words")
    assert (p.release.version, p.release.effective, p.release.status) == ("2026.10", date(2026, 8, 1), "final")
    assert p.roles["office"].title == Text.of(en="The office", es="La oficina")
    assert p.roles["office"].title.languages[0] == "en"
    assert p.roles["office"].required
    assert (p.settings["wait"].default, list(p.settings["wait"].choices)) == ("on", ["on", "off"])
    assert (p.fields["badge"].cls, p.fields["badge"].type, p.fields["badge"].missing) == (
        "public",
        "line",
        ("refused",),
    )
    assert p.outcomes["over"].to_notify == ("office",)
    before = (Event("outcome", ("over",)), Event("answer", ("yes",), "who"))
    assert p.guarantees == (
        Guarantee(id="told", verb="always", what=(Event("call", ("any",)),), before=before, why="so"),
    )


def test_places_point_at_words_and_at_the_keys_of_tables() -> None:
    """A check that only knows a path can still say line and column."""
    reading = read_protocol(SAMPLE.encode(), "sample.yaml")

    assert reading.places["steps", "who"] == Mark(15, 3)
    assert reading.places["steps", "who", "options", "yes"] == Mark(18, 9)
    assert reading.places["steps", "who", "options", "yes", "next"] == Mark(18, 48)
    assert reading.places["steps", "note", "record", "badge"] == Mark(31, 14)
    assert reading.place(("steps", "who", "not", "there")) == Mark(15, 3)
    assert reading.place(("nowhere",)) == Mark(1, 1)


def test_all_findings_are_collected_and_come_in_reading_order() -> None:
    """Wrong structure, names and graph are found in one run, so nobody repairs a file one line at a time."""
    text = (
        SAMPLE.replace("status: final", "status: finl")
        .replace("next: sort", "next: sorted")
        .replace("ask: {en: Wh", "aks: {en: Wh")
    )

    reading = examined(text.encode(), "sample.yaml")

    assert reading.protocol is None
    assert reading.draft is not None
    assert {"P108", "P201", "P101", "P102"} <= {f.code for f in reading.findings}
    assert list(reading.findings) == sorted(reading.findings, key=lambda f: (f.line, f.column))


def test_an_unknown_key_is_answered_with_the_nearest_known_one() -> None:
    """A typing slip should cost a second, not a search through the manual."""
    reading = read_protocol(SAMPLE.replace("jurisdiction:", "juristiction:").encode(), "sample.yaml")

    unknown = next(f for f in reading.findings if f.code == "P101")
    assert unknown.repair == "Did you mean “jurisdiction”?"
    assert (unknown.line, unknown.column) == (5, 1)


def test_a_finding_reads_as_one_line_with_place_cause_and_repair() -> None:
    """The lines on the command line can be clicked in an editor and understood without the manual."""
    finding = Finding("P203", Severity.ERROR, "protocol.yaml", 12, 7, "“bage” is not a field.", "Did you mean “badge”?")

    assert str(finding) == "protocol.yaml:12:7: P203 error: “bage” is not a field. → Did you mean “badge”?"


def test_a_flood_of_findings_is_cut_and_said_so() -> None:
    """A hostile file can't make the reader hold or print a million lines."""
    findings = Findings("f")
    for n in range(MAX_FINDINGS + 7):
        findings.note("P104", Mark(n + 1, 1), key="a")

    assert len(findings.all()) == MAX_FINDINGS + 1
    assert findings.all()[-1].code == "P015"
    assert "7" in findings.all()[-1].cause


def test_findings_of_an_included_file_beyond_the_maximum_are_counted() -> None:
    """The last finding gives the number of all that were dropped, from whichever file."""
    included, findings = Findings("fragment.yaml"), Findings("f")
    for n in range(5):
        included.note("P104", Mark(n + 1, 1), key="a")
    for n in range(MAX_FINDINGS - 2):
        findings.note("P104", Mark(n + 1, 1), key="a")
    findings.keep(included.all())
    findings.keep(included.all()[:2])

    assert len(findings.all()) == MAX_FINDINGS + 1
    assert "3" in findings.all()[-1].cause


def test_what_a_file_says_cannot_break_or_hide_the_finding() -> None:
    """Braces, escapes and long words from a file are shown, never interpreted."""
    findings = Findings("f")
    findings.note("P104", Mark(1, 1), key="{0}\x1b[31m\u202e" + "x" * 1000)
    cause = findings.all()[0].cause

    assert "{0}\\u001b[31m\\u202e" in cause
    assert len(cause) < 300


def test_a_finding_with_words_left_out_is_still_made() -> None:
    """An error in the reader must not hide the faults of the file."""
    findings = Findings("f")
    findings.note("P101", Mark(1, 1))

    assert "…" in findings.all()[0].cause


def test_every_template_can_be_filled() -> None:
    """No template holds a brace that formatting trips over."""
    noted = {}
    for code in CATALOGUE:
        findings = Findings("f")
        findings.note(code, Mark(1, 1))
        noted[code] = [f.code for f in findings.all()]
    assert {code: found for code, found in noted.items() if found != [code]} == {}


def test_a_hint_without_a_near_word_lists_what_there_is() -> None:
    """When nothing is near, a few examples help more than silence."""
    assert hint("zzz", ["office"], of="roles") == "The roles: office."
    assert hint("zzz", [], of="roles") == "The file has no roles yet."


@pytest.mark.parametrize("said", ["2026-8-1", "20260801", "2026-W31-6", "2026-02-30", "2026-08-01T00:00", "٢٠٢٦-٠٨-٠١"])
def test_a_date_is_only_year_month_day(said: str) -> None:
    """Every other way to write a date is read differently somewhere."""
    text = SAMPLE.replace("effective: 2026-08-01", f'effective: "{said}"')

    assert [f.code for f in read_protocol(text.encode(), "f").findings] == ["P501"]


def test_windows_line_ends_and_byte_order_mark_are_no_finding() -> None:
    """A file saved by a plain editor on Windows is the same file."""
    same = read_protocol(b"\xef\xbb\xbf" + SAMPLE.replace("\n", "\r\n").encode(), "sample.yaml")

    assert same.findings == ()
    assert same.protocol == read_protocol(SAMPLE.encode(), "sample.yaml").protocol


def test_a_thousand_steps_are_read_and_checked() -> None:
    """A protocol far larger than any district's still passes every limit."""
    head = SAMPLE[: SAMPLE.index("start:")]
    steps = "".join(
        f"  s{n}:\n    ask: {{en: Question {n}?, es: Pregunta {n}}}\n    say: {{en: Say {n}}}\n"
        "    cite: [guide]\n    options:\n"
        f"      - {{id: yes, label: {{en: Yes}}, next: s{n + 1}}}\n      - {{id: no, label: {{en: No}}, next: over}}\n"
        for n in range(1000)
    )
    last = "  s1000: {do: {en: End}, cite: [design], next: over}\n"
    text = f"{head}start: s0\nsteps:\n{steps}{last}{SAMPLE[SAMPLE.index('outcomes:') :]}"

    reading = examined(text.encode(), "big.yaml")

    assert reading.findings == ()
    assert reading.protocol is not None
    assert len(reading.protocol.steps) == 1001


@pytest.mark.parametrize(
    ("old", "new"), [("{en: Where?}", '{en: "Where?}'), ("start: who", "start: [who"), ("start: who", "start: {who: x")]
)
def test_what_is_left_open_is_found_where_it_was_opened(old: str, new: str) -> None:
    """The parser notices it only lines further down, where nothing is wrong."""
    assert SAMPLE.count(old) == 1
    text = SAMPLE.replace(old, new)
    findings = read_protocol(text.encode(), "protocol.yaml").findings
    assert [(f.code, f.line) for f in findings] == [("P005", text[: text.index(new)].count("\n") + 1)]


def test_a_key_too_many_is_to_be_deleted_where_every_other_is_there() -> None:
    """No key is proposed where none is missing."""
    text = SAMPLE.replace("release: {", "release: {replaces: '1', more: yes, ")
    (found,) = (f for f in read_protocol(text.encode(), "protocol.yaml").findings if f.code == "P101")
    assert found.repair == "Delete it."


def test_a_file_that_is_read_again_is_the_same_and_one_that_is_wrong_is_told_again() -> None:
    """Trees are kept for the next who asks; findings must not be lost by that, nor come from another file."""
    for data, faults in ((b"a: {b: [c, d]}", 0), (b"a: 1\na: 2", 1)):
        trees, told = list[object](), list[tuple[str, ...]]()
        for file in ("first.yaml", "second.yaml", "first.yaml"):
            findings = Findings(file)
            trees.append(parse(data, findings))
            told.append(tuple(str(f) for f in findings.all()))
        assert trees[0] == trees[1] == trees[2] is not None
        assert [len(lines) for lines in told] == [faults] * 3
        assert told[0] == told[2]
        assert all(line.startswith("second.yaml:") for line in told[1])
