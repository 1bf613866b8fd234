"""A file may let a warning stand, with a reason; a permission that is wrong is a finding itself."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.checks.run import check_with_suppressed
from kiosk.checks.suppression import NEVER_ALLOWED, Checked
from kiosk.protocol.content_hash import content_hash_of
from kiosk.protocol.findings.collector import CATALOGUE, Severity
from kiosk.protocol.pack import PROTOCOL_FILE, SCENARIOS_FILE, read_pack
from tests.protocol.validation.test_structure import PROTOCOL, changed, line_of

UNCITED = changed(PROTOCOL, "    cite: [design]\n    next: return", "    next: return")
"""The sample, with a warning (P407) at its step `again`."""

IDLE = b"- name: Somebody comes\n  do: [{who: agent}]\n"
"""A scenario with a warning (S112)."""

WHY = "The sign at the door says the same."


def checked(text: str, scenarios: bytes | None = None) -> Checked:
    """Return the findings of checking a pack of this protocol."""
    files = {PROTOCOL_FILE: text.encode()} | ({} if scenarios is None else {SCENARIOS_FILE: scenarios})
    return check_with_suppressed(read_pack(files))


def allowing(*lines: str, text: str = UNCITED) -> str:
    """The file with these lines under `allow`."""
    return text + "allow:\n" + "".join(f"  - {{{line}}}\n" for line in lines)


def codes(found: Checked) -> list[str]:
    """The codes still found, about the files' shape and scenarios; the sample keeps none of the guarantees."""
    return [f.code for f in found.findings if f.code[0] in "PS"]


def test_without_a_permission_the_warning_stands() -> None:
    """So the tests below show something."""
    assert codes(checked(UNCITED)) == ["P407"]
    assert checked(UNCITED).allowed == ()


@pytest.mark.parametrize("at", ["steps.again", "steps"])
def test_a_warning_is_allowed_at_its_place_or_around_it(at: str) -> None:
    """It is listed separately, with the reason, and is no finding any more."""
    found = checked(allowing(f"code: P407, at: {at}, reason: {WHY}"))
    assert codes(found) == []
    ((finding, reason),) = [(a.finding, a.reason) for a in found.allowed]
    assert (finding.code, finding.line, reason) == ("P407", line_of("  again:", UNCITED), WHY)


def test_a_permission_covers_no_other_step() -> None:
    """The warning stands, and that the permission is for nothing is a warning too."""
    found = checked(allowing(f"code: P407, at: steps.note, reason: {WHY}"))
    assert codes(found) == ["P407", "P703"]
    assert {CATALOGUE[code].severity for code in codes(found)} == {Severity.WARNING}


def test_a_warning_in_another_file_is_allowed_by_that_file() -> None:
    """There, places have no names."""
    assert codes(checked(PROTOCOL, IDLE)).count("S112") == 1
    line = f"code: S112, file: {SCENARIOS_FILE}, reason: {WHY}"
    found = checked(allowing(line, text=PROTOCOL), IDLE)
    assert "S112" not in codes(found)
    assert [(a.finding.code, a.finding.file) for a in found.allowed] == [("S112", SCENARIOS_FILE)]


@pytest.mark.parametrize(
    ("line", "code", "marked"),
    [
        (f"code: P4O7, at: steps.again, reason: {WHY}", "P701", "P4O7"),
        (f"code: P405, at: steps.again, reason: {WHY}", "P702", "P405"),
        (f"code: P406, at: steps.again, reason: {WHY}", "P702", "P406"),
        (f"code: P407, at: steps.note, reason: {WHY}", "P703", "steps.note"),
        (f"code: P407, file: es.yaml, reason: {WHY}", "P703", "es.yaml"),
        ("code: P407, at: steps.again, reason: fine", "P704", "fine"),
        (f"code: P407, at: steps.agian, reason: {WHY}", "P705", "agian"),
        ("code: P407, at: steps.again", "P102", "code: P407"),
        (f"code: P407, reason: {WHY}", "P102", "code: P407"),
        (f"code: P407, at: steps.again, file: es.yaml, reason: {WHY}", "P109", "es.yaml"),
        ('code: P407, at: steps.again, reason: ""', "P103", 'reason: ""'),
    ],
)
def test_a_wrong_permission_is_a_finding_on_its_line_and_allows_nothing(line: str, code: str, marked: str) -> None:
    """An unknown code, an error, no reason, no place, or nothing there."""
    text = allowing(line)
    found = checked(text)
    assert {"P407", code} <= set(codes(found))
    assert found.allowed == ()
    assert [f.line for f in found.findings if f.code == code] == [line_of(marked, text)]


def test_no_error_can_be_allowed() -> None:
    """Whatever the reason: each is tried."""
    for kind in CATALOGUE.values():
        if kind.severity is Severity.ERROR or kind.code in NEVER_ALLOWED:
            assert "P702" in codes(checked(allowing(f"code: {kind.code}, at: steps, reason: {WHY}")))


def test_an_error_at_an_allowed_place_still_stands() -> None:
    """Only the warning of that code is let through."""
    text = allowing(f"code: P407, at: steps.again, reason: {WHY}").replace("next: return", "next: retrun")
    assert "P201" in codes(checked(text))


def test_a_file_full_of_permissions_is_checked_in_time() -> None:
    """Thousands of suppressions, right or wrong, take only a moment."""
    text = allowing(*(f"code: P407, at: steps.again, reason: {WHY} {n}" for n in range(5_000)))
    began = time.process_time()
    assert checked(text).allowed
    assert time.process_time() - began < 5  # seconds of this process; twenty times what it takes


def test_a_permission_is_part_of_what_is_signed() -> None:
    """Another reason is another content."""
    one, other = (allowing(f"code: P407, at: steps.again, reason: {WHY}{end}").encode() for end in ("", " Really."))
    assert content_hash_of({PROTOCOL_FILE: one}) != content_hash_of({PROTOCOL_FILE: other})


SLIPPED = allowing(f"code: P407, at: steps.again, reason: {WHY}", f"code: S112, file: {SCENARIOS_FILE}, reason: {WHY}")


@given(st.integers(UNCITED.rindex("outcomes"), len(SLIPPED)), st.integers(0, 20), st.text("{}[]:,- \nPS4.", max_size=6))
@settings(deadline=None)  # two shared cores can be slow
def test_any_slip_of_the_pen_among_the_permissions_is_checked(at: int, gone: int, typed: str) -> None:
    """Findings, never an exception."""
    found = checked(SLIPPED[:at] + typed + SLIPPED[at + gone :], IDLE)
    assert all(finding.code in CATALOGUE for finding in found.findings)


def test_a_warning_in_a_fragment_is_allowed_where_it_was_taken_in() -> None:
    """Its steps have names in the protocol, whichever file they stand in."""
    fragment = b"kind: fragment\nformat: 1\nid: last\nstart: one\nexits: [out]\nsteps:\n  one: {do: x, next: out}\n"
    text = changed(PROTOCOL, "reached: {next: over}", "reached: {next: closing}").replace(
        "outcomes:\n", "  closing:\n    include: last\n    exits: {out: over}\noutcomes:\n"
    )
    allowed = allowing(f"code: P407, at: steps.closing, reason: {WHY}", text=text)
    found = [
        check_with_suppressed(read_pack({PROTOCOL_FILE: t.encode(), "last.yaml": fragment})) for t in (text, allowed)
    ]
    assert [f.file for f in found[0].findings if f.code == "P407"] == ["last.yaml"]
    assert (codes(found[0]), codes(found[1])) == (["P407"], [])
    assert [a.finding.file for a in found[1].allowed] == ["last.yaml"]
