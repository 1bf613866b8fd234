"""Whatever the bytes, reading gives findings or a protocol, never an exception, and a protocol it gives is whole."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kiosk.errors import UsageError
from kiosk.protocol.content_hash import canonical
from kiosk.protocol.findings.collector import CATALOGUE, Finding, errors
from kiosk.protocol.kinds.registry import ways
from kiosk.protocol.model import RETURN
from kiosk.protocol.parsing.protocol import read_protocol
from kiosk.protocol.site.contacts import check_contacts, parse_hours, read_contacts
from kiosk.protocol.syntax import yaml_nodes
from kiosk.protocol.validation.structure import check, examined
from tests.protocol.samples import PREAMBLE
from tests.searching import examples

PROTOCOL = (
    PREAMBLE.encode()
    + b"""\
sources: {guide: {title: A guide}}
roles: {office: {title: {en: The office}, required: true}}
settings: {wait: {ask: {en: Where?}, choices: {on: {en: hall}, off: {en: desk}}, default: on}}
fields: {badge: {label: {en: Badge}, type: line, class: public, cite: [guide], missing: [refused]}}
start: who
interrupts: [{id: left, label: {en: Left}, next: over}]
steps:
  who: {ask: Who?, cite: [guide], options: [{id: yes, label: {en: Y}, next: sort}, {id: no, label: N, next: over}]}
  sort: {when: [{setting: wait, is: on, next: note}, {answer: who, in: [yes], next: tick}], otherwise: phone}
  tick: {ask: {en: What?}, cite: [guide], choose: [{id: see, label: {en: See}}], next: phone}
  note: {do: {en: Write}, cite: [design], record: [badge], next: phone}
  phone: {say: {en: "Wait in {wait}."}, cite: [guide], call: [office], reached: {next: over}, nobody: {next: again}}
  again: {do: {en: Again}, cite: [design], next: return}
outcomes: {over: {title: {en: Over}, refer: office, to_notify: [office]}}
"""
)

CONTACTS = b"""\
kind: contacts
format: 1
school: Sample School
roles:
  office: [{name: Dana Ruiz, phone: 860-555-0142, extension: "214", hours: "Mon-Fri 07:30-15:30"}]
"""

SCRAPS = st.sampled_from(
    [b"", b"  ", b": ", b"- ", b"? ", b"\n", b"\r", b"\t", b"\0", b"\xff", b"\xe2\x80\xae", b"next: return", b"id: x"]
) | st.sampled_from(
    rb"""[ ] { } &a *a !!x ' " # % ~ | > << {x} \ud800 TODO --- ... return who over on ask call when option""".split()
)


@st.composite
def mutated(draw: st.DrawFn, sample: bytes) -> bytes:
    """The sample with a few pieces cut out, put in, or swapped."""
    data = sample
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 40)))
        data = data[:start] + draw(SCRAPS | st.binary(max_size=4)) + data[end:]
    return data


def words_of(sample: bytes) -> st.SearchStrategy[bytes]:
    """The sample with some of its words replaced by others of its words."""
    words = sample.split(b" ")
    return st.lists(st.tuples(st.integers(0, len(words) - 1), st.sampled_from(words)), min_size=1, max_size=4).map(
        lambda swaps: b" ".join(dict(swaps).get(n, word) for n, word in enumerate(words))
    )


def require_sound(data: bytes) -> None:
    """Check the result of reading `data`."""
    reading = examined(data, "f")
    assert (reading.protocol is None) == bool(errors(reading.findings))
    require_findings_in_order(reading.findings)
    if reading.protocol is not None:
        known = {*reading.protocol.steps, *reading.protocol.outcomes, RETURN}
        assert {target for step in reading.protocol.steps.values() for _, target in ways(step)} <= known
        assert canonical({"f": data})


def require_findings_in_order(findings: tuple[Finding, ...]) -> None:
    """Each finding has a known code and a place, says something, and comes in its turn."""
    assert list(findings) == sorted(findings)
    assert all(f.code in CATALOGUE and f.line > 0 and f.column > 0 and str(f).isprintable() for f in findings)


@given(st.binary(max_size=300))
@example(b"")
@example(b"--- a --- b")
@example(b"\xef\xbb\xbf")
@example(b"{[a]: b, *c : d}")
@settings(deadline=None)
def test_no_bytes_break_the_reader(data: bytes) -> None:
    """A damaged disk or a picture saved under the wrong name gives a finding, not a crash."""
    require_sound(data)
    assert read_contacts(data, "f").contacts is None


@given(st.text(max_size=200))
@settings(deadline=None)
def test_no_text_breaks_the_reader(text: str) -> None:
    """Any text in any script gives findings with a place."""
    require_sound(text.encode("utf-8", "surrogatepass"))


@given(mutated(PROTOCOL) | words_of(PROTOCOL))
@settings(deadline=None, max_examples=examples(300))
def test_no_slip_in_a_protocol_breaks_the_reader(data: bytes) -> None:
    """Each way to break a protocol gives a finding; a protocol that passes has a complete graph."""
    require_sound(data)


@given(mutated(PROTOCOL) | words_of(PROTOCOL))
@settings(deadline=None)
def test_both_parsers_of_yaml_agree_on_the_protocol(data: bytes) -> None:
    """A content hash from one build of PyYAML matches with any other: what both accept is the same protocol."""
    if not hasattr(yaml, "CSafeLoader"):
        pytest.skip("this build of PyYAML has no parser in C")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml_nodes, "_LOADER", yaml.CSafeLoader)
        first = read_protocol(data, "f")
        patch.setattr(yaml_nodes, "_LOADER", yaml.SafeLoader)
        second = read_protocol(data, "f")
    if first.protocol and second.protocol:
        assert first.protocol == second.protocol
        assert first.places == second.places


@given(mutated(CONTACTS) | words_of(CONTACTS))
@settings(deadline=None)
def test_no_slip_in_the_contacts_breaks_the_reader(data: bytes) -> None:
    """However a school breaks its contacts, it is told; and whoever passes can be asked whether to call now."""
    protocol = read_protocol(PROTOCOL, "f").protocol
    assert protocol is not None
    reading = read_contacts(data, "f")
    require_findings_in_order(reading.findings)
    require_findings_in_order(check_contacts(reading, protocol))
    for people in reading.contacts.roles.values() if reading.contacts else ():
        assert all(isinstance(person.open_at(0, 0), bool) for person in people)


@given(st.text("MonTuesday-– 0123456789:,/", max_size=30))
def test_no_words_break_the_hours(words: str) -> None:
    """Hours are read, or refused in one calm sentence."""
    try:
        hours = parse_hours(words)
    except UsageError:
        return
    assert any(hours.open_at(day, minute) for day in range(7) for minute in range(24 * 60))


def test_the_samples_are_without_findings() -> None:
    """Slips are only worth trying on something whole."""
    reading = read_protocol(PROTOCOL, "f")
    assert (*reading.findings, *check(reading)) == ()
    assert read_contacts(CONTACTS, "f").findings == ()
