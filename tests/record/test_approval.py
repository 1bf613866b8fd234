"""An approval is a text that a superintendent can read and sign, of exactly one content."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.protocol.model import Text
from kiosk.record.approval import Approval, approval_of, matches, read_statement, statement
from kiosk.record.transparency.signed_note import BadNote
from tests.builders import CONTENT_HASH, a_protocol

ON: Final = date(2026, 7, 20)
APPROVAL: Final = Approval(
    "sample", "Sample", "2026.1", CONTENT_HASH, "Dana Ruiz", "Superintendent", ON, date(2026, 8, 1), date(2027, 6, 30)
)
STATEMENT: Final = f"""\
front-office-kiosk approval 1
pack: sample
title: Sample
version: 2026.1
content hash: {CONTENT_HASH}
approved by: Dana Ruiz
role: Superintendent
approved on: 2026-07-20
effective: 2026-08-01
review by: 2027-06-30
"""

plain = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), max_size=12)
"""Text of one line."""


def test_an_approval_takes_every_fact_from_the_protocol_and_its_release() -> None:
    """Only the person, the role and the day are typed."""
    made = approval_of(a_protocol(), CONTENT_HASH, name="Dana Ruiz", role="Superintendent", on=ON)
    assert made == APPROVAL


def test_the_title_is_the_one_of_the_source_language_on_one_line() -> None:
    """A translation may be corrected without a new approval; a title with a line end would be two lines."""
    protocol = replace(a_protocol(), title=Text.of(es="Muestra", en="A \n  sample\u2028of it "))
    assert approval_of(protocol, CONTENT_HASH, name="", role="", on=ON).title == "A sample of it"


def test_the_statement_is_one_line_per_fact() -> None:
    """Byte for byte: notes of years ago must still match."""
    assert statement(APPROVAL) == STATEMENT


@given(st.builds(Approval, plain, plain, plain, plain, plain, plain, st.dates(), st.dates(), st.dates()))
def test_a_statement_reads_back(approval: Approval) -> None:
    """Every fact, whatever one line of text can hold."""
    assert read_statement(statement(approval)) == approval


def test_a_value_may_hold_a_colon() -> None:
    """Only the first colon of a line ends its name."""
    approval = replace(APPROVAL, title="Visits: a protocol: short")
    assert read_statement(statement(approval)) == approval


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("approval 1", "approval 2"),
        ("front-office-kiosk approval 1\n", ""),
        ("version: 2026.1\n", ""),
        ("review by: 2027-06-30\n", ""),
        ("role: Superintendent\n", "role: Superintendent\nrole: Superintendent\n"),
        ("role: Superintendent\n", "role: Superintendent\nand: more\n"),
        ("role: Superintendent\n", "role: Superintendent\nmore\n"),
        ("pack: sample\ntitle: Sample\n", "title: Sample\npack: sample\n"),
        ("2026-07-20", "20260720"),
        ("2026-07-20", "2026-W30-1"),
        ("2026-07-20", "2026-07-32"),
        ("2026-07-20", "soon"),
        ("role: ", "role:"),
        ("role", "Role"),
        ("\n", "\r\n"),
        ("2027-06-30\n", "2027-06-30"),
        ("2027-06-30\n", "2027-06-30\n\n"),
        (STATEMENT, ""),
    ],
)
def test_any_other_form_is_refused(old: str, new: str) -> None:
    """What is signed has one form, so that nothing can be read into it."""
    assert old in STATEMENT
    with pytest.raises(BadNote):
        read_statement(STATEMENT.replace(old, new))


def test_a_value_of_two_lines_never_reads_back() -> None:
    """Else one value could pass as two facts."""
    with pytest.raises(BadNote):
        read_statement(statement(replace(APPROVAL, name="Dana Ruiz\nrole: Principal")))


def test_an_approval_matches_the_content_that_it_names() -> None:
    """Whoever approved it, and on whatever day."""
    assert matches(APPROVAL, a_protocol(), CONTENT_HASH)
    assert matches(replace(APPROVAL, name="Lee Novak", role="Deputy", on=date(2026, 7, 21)), a_protocol(), CONTENT_HASH)


@pytest.mark.parametrize(
    "changed",
    [
        {"pack": "another"},
        {"title": "Another"},
        {"version": "2026.2"},
        {"content_hash": "00" * 32},
        {"effective": date(2026, 8, 2)},
        {"review_by": date(2027, 7, 1)},
    ],
)
def test_an_approval_of_anything_else_does_not_match(changed: dict[str, Any]) -> None:
    """Content, release and title: all of it must be as approved."""
    assert not matches(replace(APPROVAL, **changed), a_protocol(), CONTENT_HASH)


def test_an_approval_does_not_match_changed_content_of_the_same_release() -> None:
    """The hash that counts is that of the content in place."""
    assert not matches(APPROVAL, a_protocol(), "00" * 32)
