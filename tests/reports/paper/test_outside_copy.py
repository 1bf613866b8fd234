"""Outside copies on paper: what to check later, for whom, and nothing from any record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import pytest

from kiosk.record.entry_kinds import EntryKind
from kiosk.record.transparency.checkpoint import Checkpoint, sign_checkpoint
from kiosk.record.transparency.merkle import Tree
from kiosk.record.transparency.verification_code import code_of, read_code
from kiosk.reports.paper.outside_copy import WIDTH, CheckpointCopy, CodeCopy, checkpoint_sheet, code_sheet
from kiosk.reports.paper.sheet import Modules
from tests.record.rows import ORIGIN, SIGNER
from tests.reports.records import an_instant

TREE: Final = Tree().grown([bytes([n]) * 32 for n in range(5)])
CODE: Final = code_of(Checkpoint(ORIGIN, 5, TREE.root))
COPY: Final = CodeCopy("Lincoln Elementary School", "Front office", False, CODE, an_instant(), "2026-0001")
NOTE: Final = sign_checkpoint(ORIGIN, TREE, SIGNER).note
COUNTS: Final[Mapping[str, int]] = {
    EntryKind.ENCOUNTER_OPENED: 2,
    EntryKind.EXPORT_MADE: 0,
    EntryKind.STEP_ANSWERED: 77,
}
ISSUED: Final = CheckpointCopy(replace(COPY, no=""), "Counsel", ORIGIN, NOTE, str(SIGNER.public), COUNTS)


class Matrix:
    """A maker of QR codes that remembers their texts."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def __call__(self, text: str) -> Modules:
        """Remember the text."""
        self.texts.append(text)
        return ((True,),)


def test_the_code_is_on_paper_by_hand_and_for_a_camera() -> None:
    """Its groups, its one line and the QR code are the same code."""
    matrix = Matrix()
    sheet = code_sheet(COPY, matrix)
    one_line = sheet.exact.index(CODE.text)
    assert read_code(" ".join(sheet.exact[1 : one_line - 2])) == CODE
    assert (matrix.texts, sheet.code) == ([CODE.text], ((True,),))


def test_a_code_names_its_record_or_the_whole_log() -> None:
    """The paper has the desk, the kiosk and the number of entries; a code without a time has no date."""
    record, whole = (" ".join(code_sheet(copy, Matrix()).lines) for copy in (COPY, replace(COPY, no="")))
    assert ("2026-0001" in record, "2026-0001" in whole) == (True, False)
    for text in (record, whole):
        assert [words in text for words in ("Front office", CODE.log_id, "5 entries", " on 2026-")] == [True] * 4
    assert " on 2026-" not in " ".join(code_sheet(replace(COPY, at=None), Matrix()).lines)


@pytest.mark.parametrize("practice", [True, False])
def test_practice_can_not_pass_for_real(practice: bool) -> None:
    """The title of each paper says it first."""
    copy = replace(COPY, practice=practice)
    for sheet in (code_sheet(copy, Matrix()), checkpoint_sheet(replace(ISSUED, code_copy=copy), Matrix())):
        assert sheet.title.startswith("PRACTICE") is practice
        assert "Lincoln Elementary School" in sheet.title


def test_a_checkpoint_is_on_paper_exactly_as_it_was_signed() -> None:
    """The note can be typed again byte for byte; the recipient and the log ID are on the paper."""
    sheet = checkpoint_sheet(ISSUED, Matrix())
    count = NOTE.count("\n")
    assert "\n".join(sheet.exact[:count]) + "\n" == NOTE
    assert sheet.exact[-1] == CODE.text
    assert str(SIGNER.public) in sheet.exact
    assert sheet.lines[0].endswith("Counsel")
    assert ORIGIN in "".join(sheet.lines)


def test_a_checkpoint_counts_what_happened_since_the_last_one() -> None:
    """Kinds that did not happen, or that are not of interest, have no line of their own."""
    first = checkpoint_sheet(ISSUED, Matrix()).lines
    assert [line.split()[0] for line in first if line.startswith("   ")] == ["2"]
    later = " ".join(checkpoint_sheet(replace(ISSUED, since=(4, an_instant())), Matrix()).lines)
    assert ("(4 entries on 2026-" in later, "): 1 entry." in later) == (True, True)


def test_no_line_is_wider_than_the_paper() -> None:
    """A long name of a desk is continued on the next line."""
    copy = replace(COPY, desk="Front office and " * 20)
    lines = code_sheet(copy, Matrix()).lines
    assert max(map(len, lines)) <= WIDTH
    assert " ".join(lines).count("Front office and") == 20
