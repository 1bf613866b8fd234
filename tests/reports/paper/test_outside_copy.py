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
from kiosk.reports.document.model import Code, Document, Exact, Modules, Table, words_of
from kiosk.reports.document.text import as_text
from kiosk.reports.paper.outside_copy import CheckpointCopy, CodeCopy, checkpoint_sheet, code_sheet
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


def exact(sheet: Document) -> tuple[str, ...]:
    """The lines to be copied exactly."""
    return next(block.lines for block in sheet.blocks if isinstance(block, Exact))


def words(sheet: Document) -> str:
    """All of its words."""
    return " ".join(words_of(sheet))


def test_the_code_is_on_paper_by_hand_and_for_a_camera() -> None:
    """Its groups, its one line and the QR code are the same code."""
    matrix = Matrix()
    sheet = code_sheet(COPY, matrix)
    one_line = exact(sheet).index(CODE.text)
    assert read_code(" ".join(exact(sheet)[1 : one_line - 2])) == CODE
    drawn = [block.modules for block in sheet.blocks if isinstance(block, Code)]
    assert (matrix.texts, drawn) == ([CODE.text], [((True,),)])


def test_a_code_names_its_record_or_the_whole_log() -> None:
    """The paper has the desk, the kiosk and the number of entries; a code without a time has no date."""
    record, whole = (words(code_sheet(copy, Matrix())) for copy in (COPY, replace(COPY, no="")))
    assert ("2026-0001" in record, "2026-0001" in whole) == (True, False)
    for text in (record, whole):
        assert [part in text for part in ("Front office", CODE.log_id, "5 entries", " on 2026-")] == [True] * 4
    assert " on 2026-" not in words(code_sheet(replace(COPY, at=None), Matrix()))


@pytest.mark.parametrize("practice", [True, False])
def test_practice_can_not_pass_for_real(practice: bool) -> None:
    """The title of each paper says it first."""
    copy = replace(COPY, practice=practice)
    for sheet in (code_sheet(copy, Matrix()), checkpoint_sheet(replace(ISSUED, code_copy=copy), Matrix())):
        assert sheet.title.startswith("PRACTICE") is practice
        assert "Lincoln Elementary School" in sheet.title
        assert (sheet.mark, "PRACTICE" in sheet.foot) == (("PRACTICE", True) if practice else ("", False))


def test_a_checkpoint_is_on_paper_exactly_as_it_was_signed() -> None:
    """The note can be typed again byte for byte; the recipient and the log ID are on the paper."""
    sheet = checkpoint_sheet(ISSUED, Matrix())
    count = NOTE.count("\n")
    assert "\n".join(exact(sheet)[:count]) + "\n" == NOTE
    assert exact(sheet)[-1] == CODE.text
    assert str(SIGNER.public) in exact(sheet)
    assert "For: Counsel" in [*words_of(sheet)]
    assert ORIGIN in words(sheet)


def test_a_checkpoint_counts_what_happened_since_the_last_one() -> None:
    """Kinds that did not happen, or that are not of interest, have no line of their own."""
    (table,) = (block for block in checkpoint_sheet(ISSUED, Matrix()).blocks if isinstance(block, Table))
    assert [[line.words for cell in cells for line in cell] for cells in table.rows] == [["2", "encounters opened"]]
    later = words(checkpoint_sheet(replace(ISSUED, since=(4, an_instant())), Matrix()))
    assert ("(4 entries on 2026-" in later, "): 1 entry." in later) == (True, True)


def test_a_long_name_of_a_desk_is_there_in_full() -> None:
    """It continues on the next line."""
    copy = replace(COPY, desk="Front office and " * 20)
    assert as_text(code_sheet(copy, Matrix())).split().count("Front") == 2 * 20
