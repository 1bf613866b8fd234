"""The certification: one page, that names the copy and claims no more than was checked."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pytest

from kiosk.record.entries import LoggedEntry
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.transparency.checkpoint import Checkpoint
from kiosk.record.transparency.verification_code import code_of
from kiosk.record.verification.verdict import Verdict
from kiosk.reports.certification.identified_copy import IdentifiedCopy
from kiosk.reports.certification.page import LogCheck, certification
from kiosk.reports.document.model import Blanks, Document, words_of
from kiosk.reports.document.page import as_html
from kiosk.reports.encounter.proof import Proof, fingerprint
from kiosk.reports.paper.document_pdf import as_one_page
from tests.record.rows import ORIGIN, SIGNER
from tests.reports.paper.reading import faults, misplaced, pages, words
from tests.reports.records import HOSTILE, an_instant

NOW: Final = an_instant(9_000)
DIGEST: Final = "ab" * 32


def a_copy(
    *, name: str = "records.csv", body: dict[str, object] | None = None, package: bool = False
) -> IdentifiedCopy:
    """A copy that the log knows."""
    given = body or {"format": "csv", "level": "counsel", "count": 1, "records": ["2026-0001"], "for": "R. Example"}
    entry = LoggedEntry(7, "e7", EntryKind.EXPORT_MADE, None, None, "command", None, an_instant(), given)
    code = code_of(Checkpoint(ORIGIN, 12, bytes(32)))
    found = Proof(ORIGIN, code, SIGNER.public, {"e7": 7})
    return IdentifiedCopy(name, 1234, DIGEST, package, entry, found, ("The SHA-256 is the one in entry 7.",))


def a_page(copy: IdentifiedCopy, verdict: Verdict = Verdict.VERIFIED, *, practice: bool = False) -> Document:
    """The page of a copy in a log that was verified."""
    return certification(copy, LogCheck(verdict, 1), "Lincoln Elementary School", practice=practice, now=NOW)


def test_the_page_names_the_copy_and_has_lines_to_sign_on() -> None:
    """File, SHA-256, record, level, log, root, key, code; name, title, date, signature."""
    document = a_page(a_copy())
    text = "\n".join(words_of(document))
    wanted = (DIGEST, "records.csv", "1234 bytes", "2026-0001", "counsel", "R. Example", ORIGIN, "00" * 32)
    more = (
        fingerprint(SIGNER.public),
        code_of(Checkpoint(ORIGIN, 12, bytes(32))).text,
        "902(11)",
        "902(13)",
        "902(14)",
    )
    assert [part for part in (*wanted, *more) if part not in text] == []
    (blanks,) = (block for block in document.blocks if isinstance(block, Blanks))
    assert len(blanks.words) == 4


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_it_is_one_page_that_is_read_aloud(paper: str) -> None:
    """Also with a long name, many records and everything that a package can say."""
    numbers = [f"2026-{n:04}" for n in range(1, 400)]
    body = {"format": "package", "level": "full", "count": 399, "records": numbers, "for": "R. Example " * 7}
    copy = replace(a_copy(name="x" * 200 + ".zip", body=body, package=True), unchecked=("One thing. " * 12,))
    for document in (a_page(a_copy()), a_page(copy, Verdict.NOT_CHECKED, practice=True)):
        made = as_one_page(document, paper)
        assert (pages(made), faults(made), misplaced(made)) == (1, [], [])
        assert "Signature" in words(made)


def test_it_claims_no_more_than_was_checked() -> None:
    """A log that was not checked in full is not called verified, and one that differs has no page."""
    verified, unsure = ("\n".join(words_of(a_page(a_copy(), one))) for one in (Verdict.VERIFIED, Verdict.NOT_CHECKED))
    assert ("VERIFIED" in verified, "VERIFIED" in unsure, "NOT CHECKED" in unsure) == (True, False, True)
    assert "No outside copy was compared" in verified
    with pytest.raises(ValueError, match="does not match"):
        a_page(a_copy(), Verdict.DOES_NOT_MATCH)


def test_practice_is_on_the_page() -> None:
    """At its head and at its foot."""
    document = a_page(a_copy(), practice=True)
    assert (document.mark[:8], document.foot[:8]) == ("PRACTICE", "PRACTICE")


def test_a_hostile_name_of_a_file_is_only_a_name() -> None:
    """And so is whatever an entry has."""
    body = {"format": HOSTILE, "level": HOSTILE, "count": 1, "records": [HOSTILE], "for": HOSTILE}
    document = a_page(a_copy(name=HOSTILE, body=body))
    made = as_one_page(document)
    assert (faults(made), misplaced(made)) == ([], [])
    assert "<script" not in as_html(document)
