"""`kiosk protocol review-copy`: one page, with what must be in it, or a refusal."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.commands.protocol import review_copy
from kiosk.packs.library import Library
from kiosk.settings import Home
from tests.commands.protocol.other_pack import other
from tests.homes import PACK, SCENARIOS
from tests.typed import Stage, Typed, set_up

pytestmark = pytest.mark.stage(Stage.NEW)


def test_a_proof_says_that_scenarios_are_left_out_and_not_that_there_are_none(typed: Typed, tmp_path: Path) -> None:
    """With an error they might say what nobody meant; whoever signs must know that there are some."""
    pack = other(tmp_path, PACK)
    none, left_out = "There are none.", "The scenarios are left out"
    for scenarios, told in (("", none), (SCENARIOS.replace("outcome: handover", "outcome: gone"), left_out)):
        if scenarios:
            (tmp_path / "other" / "scenarios.yaml").write_text(scenarios, encoding="utf-8")
        file = tmp_path / f"{told}.html"
        assert typed("protocol", "review-copy", pack, "-o", str(file)).code == 0
        page = file.read_text(encoding="utf-8")
        assert [words in page for words in (none, left_out)] == [told == none, told == left_out]


def test_too_many_steps_are_no_picture(typed: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The proof then comes without one, and says so."""
    monkeypatch.setattr("kiosk.reports.graphviz.MOST_DRAWN", 3)
    assert "too many for one picture" in typed.refused(2, "protocol", "graph", "small", "--format", "svg")
    told = typed("protocol", "review-copy", "small", "-o", str(tmp_path / "proof.html"))
    assert told.code == 0
    assert "The review copy has no picture" in told.err


def test_the_proof_is_one_file(typed: Typed, home: Home, tmp_path: Path) -> None:
    """With the content hash, the findings, the scenarios and who approved it."""
    set_up(typed, home)
    file = tmp_path / "proof.html"
    told = typed("protocol", "review-copy", "-o", str(file))
    assert (told.code, told.out) == (0, "")
    page = file.read_text(encoding="utf-8")
    for words in (
        Library(home).find("small").content_hash,
        "approved by A. Example",
        "An agent at the door",
        "step-channel",
    ):
        assert words in page


@pytest.mark.parametrize("command", [("graph",), ("review-copy", "-o", "x.html")])
def test_a_protocol_that_cannot_be_read_is_refused(
    typed: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    """As is a language that nothing is in, and a place that can't be written."""
    monkeypatch.setattr(review_copy, "_picture", lambda *_: "")  # which needs Graphviz, and says so where it is missing
    broken = other(tmp_path, "a: [")
    assert "can't be read" in typed.refused(2, "protocol", *command, broken)
    assert "“eo”" in typed.refused(2, "protocol", *command, "small", "--language", "eo")
    nowhere = str(tmp_path / "missing" / "file")
    assert "can't be saved" in typed.refused(4, "protocol", command[0], "small", "-o", nowhere)
