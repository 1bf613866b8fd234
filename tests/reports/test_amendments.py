"""An amendment in words: the original and the new value, how late, by whom and why."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pytest

from kiosk.protocol.replies import Missing
from kiosk.record.amendments import ADDITION, NOWHERE, Ref
from kiosk.reports.amendments import about, in_a_line, in_lines, marks, subject
from tests.reports.records import EASTERN, a_record, an_amended_record, an_amendment

RECORD: Final = an_amended_record()


def test_an_amendment_has_both_values_in_its_lines() -> None:
    """The time comes first and the reason last; a value that was not recorded is told as such."""
    made = an_amendment("field.plate", None, Missing("refused"), Ref(5, "e5"))
    first, was, now, reason = in_lines(made, RECORD, EASTERN)
    assert first.startswith("2026-09-14 10:43 -04:00, ")
    assert [words in first for words in (RECORD.lateness(made), "Dana Ruiz")] == [True, True]
    assert (was, now, reason) == ("plate was: (not recorded)", "plate is now: (refused)", "reason: Misread")


def test_an_addition_has_no_original_value() -> None:
    """It takes three lines, and no arrow in one line."""
    made = an_amendment(ADDITION, None, "A third agent", Ref(5, "e5"))
    told = list(in_lines(made, RECORD, EASTERN))
    assert (len(told), told[1]) == (3, "added: A third agent")
    assert ("->" in in_a_line(made, RECORD), "A third agent" in in_a_line(made, RECORD)) == (False, True)


def test_one_line_has_everything_but_the_time() -> None:
    """The values stand in the order of time."""
    made = an_amendment("field.agency", "A", "B", Ref(4, "e4"))
    line = in_a_line(made, RECORD)
    assert line.startswith("agency: A -> B (")
    assert [words in line for words in (RECORD.lateness(made), "Dana Ruiz", "Misread", "10:43")] == [True] * 3 + [False]


@pytest.mark.parametrize(
    ("name", "target", "words"),
    [
        ("field.agency", Ref(4, "e4"), "agency"),
        ("text", Ref(3, "e3"), "the note in entry 3"),
        ("result", Ref(2, "e2"), "the result of the call in entry 2"),
        ("text", NOWHERE, "the note"),
    ],
)
def test_an_amended_note_or_call_is_told_by_its_entry(name: str, target: Ref, words: str) -> None:
    """A record may have several of them; of a fact there is one."""
    made = an_amendment(name, "A", "B", target)
    assert subject(made) == words
    assert words.startswith(about(name))


def test_a_step_of_the_path_has_all_of_its_marks() -> None:
    """A step that was answered once has none."""
    (amended,), (plain,) = RECORD.path, a_record().path
    assert marks(replace(amended, partial=True), RECORD) == " (in part) (corrected) (amended)"
    assert marks(plain, a_record()) == " (corrected)"
    assert marks(replace(plain, corrected=False), a_record()) == ""
