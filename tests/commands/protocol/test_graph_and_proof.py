"""The commands that show a protocol: graph, proof and diff."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kiosk.commands.protocol import graph_and_proof
from kiosk.packs.library import Library
from kiosk.reports import graphviz
from kiosk.settings import Home
from tests.homes import PACK, SCENARIOS, a_home
from tests.typed import Typed, set_up


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with the small pack."""
    return a_home(tmp_path)


@pytest.fixture
def typed(home: Home, capsys: pytest.CaptureFixture[str]) -> Typed:
    """Commands on that home."""
    return Typed(home, capsys)


def other(folder: Path, text: str) -> str:
    """Another pack in a folder of its own."""
    place = folder / "other"
    place.mkdir(exist_ok=True)
    (place / "protocol.yaml").write_text(text, encoding="utf-8")
    return str(place)


def test_a_proof_says_that_scenarios_are_left_out_and_not_that_there_are_none(typed: Typed, tmp_path: Path) -> None:
    """With an error they might say what nobody meant; whoever signs must know that there are some."""
    pack, file = other(tmp_path, PACK), tmp_path / "proof.html"
    none, left_out = "There are none.", "The scenarios are left out"
    for scenarios, told in (("", none), (SCENARIOS.replace("outcome: handover", "outcome: gone"), left_out)):
        if scenarios:
            (tmp_path / "other" / "scenarios.yaml").write_text(scenarios, encoding="utf-8")
        assert typed("protocol", "proof", pack, "-o", str(file)).code == 0
        page = file.read_text(encoding="utf-8")
        assert [words in page for words in (none, left_out)] == [told == none, told == left_out]


@pytest.mark.parametrize(("form", "first"), [("mermaid", "flowchart LR"), ("dot", "digraph protocol {")])
def test_the_picture_comes_as_text(typed: Typed, tmp_path: Path, form: str, first: str) -> None:
    """To the terminal, or into a file."""
    told = typed("protocol", "graph", "small", "--format", form)
    assert (told.code, told.out.splitlines()[0]) == (0, first)
    file = tmp_path / "picture"
    assert typed("protocol", "graph", "small", "--format", form, "-o", str(file)).out == ""
    assert file.read_text(encoding="utf-8") == told.out


def test_svg_without_graphviz_is_refused(typed: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With what to install."""
    monkeypatch.setenv("PATH", str(tmp_path))
    told = typed.refused(2, "protocol", "graph", "small", "--format", "svg")
    assert "sudo apt-get install graphviz" in told


@pytest.mark.skipif(shutil.which(graphviz.PROGRAM) is None, reason="Graphviz is missing: sudo apt-get install graphviz")
def test_svg_with_graphviz_is_a_picture(typed: Typed) -> None:
    """An SVG file, on stdout."""
    assert "<svg " in typed("protocol", "graph", "small", "--format", "svg").out


def test_too_many_steps_are_no_picture(typed: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The proof then comes without one, and says so."""
    monkeypatch.setattr("kiosk.commands.protocol.graph_and_proof.MOST_DRAWN", 3)
    assert "too many for one picture" in typed.refused(2, "protocol", "graph", "small", "--format", "svg")
    told = typed("protocol", "proof", "small", "-o", str(tmp_path / "proof.html"))
    assert told.code == 0
    assert "The proof has no picture" in told.err


def test_the_proof_is_one_file(typed: Typed, home: Home, tmp_path: Path) -> None:
    """With the seal, the findings, the scenarios and who approved it."""
    set_up(typed, home)
    file = tmp_path / "proof.html"
    told = typed("protocol", "proof", "-o", str(file))
    assert (told.code, told.out) == (0, "")
    page = file.read_text(encoding="utf-8")
    for words in (Library(home).find("small").seal, "approved by A. Example", "An agent at the door", "step-channel"):
        assert words in page


@pytest.mark.parametrize("command", [("graph",), ("proof", "-o", "x.html")])
def test_a_protocol_that_cannot_be_read_is_refused(
    typed: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    """As is a language that nothing is in, and a place that can't be written."""
    monkeypatch.setattr(
        graph_and_proof, "_picture", lambda *_: ""
    )  # which needs Graphviz, and says so where it is missing
    broken = other(tmp_path, "a: [")
    assert "can't be read" in typed.refused(2, "protocol", *command, broken)
    assert "“eo”" in typed.refused(2, "protocol", *command, "small", "--language", "eo")
    nowhere = str(tmp_path / "missing" / "file")
    assert "can't be saved" in typed.refused(4, "protocol", command[0], "small", "-o", nowhere)


def test_the_same_pack_has_no_difference(typed: Typed, tmp_path: Path) -> None:
    """Exit 0; comments are no change."""
    told = typed("protocol", "diff", "small", "small")
    assert (told.code, told.out) == (0, "Nothing changed.\n")
    folder = other(tmp_path, f"# a note\n{PACK}")
    assert typed("protocol", "diff", "small", folder).out.splitlines()[2:4] == [
        "  The file scenarios.yaml",
        "    ! is gone.",
    ]
    (Path(folder) / "scenarios.yaml").write_text(f"# a note\n{SCENARIOS}", encoding="utf-8")
    assert typed("protocol", "diff", "small", folder).code == 0


def test_what_changed_is_told_in_words(typed: Typed, tmp_path: Path) -> None:
    """Exit 1, the weightiest first, in eighty columns; the same for scripts."""
    text = PACK.replace("label: {en: Phone}, next: identify", "label: {en: Telephone}, next: call-now")
    folder = other(tmp_path, text)
    told = typed("protocol", "diff", "small", folder)
    assert told.code == 1
    assert told.out.index("“Telephone” leads to “Call.” (call-now) now") < told.out.index("[-Phone-] {+Telephone+}")
    assert max(map(len, told.out.splitlines())) <= 80
    changes = typed("protocol", "diff", "small", folder, "--json").json["changes"]
    assert (changes[0]["matter"], changes[0]["place"][:2]) == ("routing", ["steps", "channel"])


def test_an_approved_edition_is_found_by_its_seal(typed: Typed, home: Home) -> None:
    """What was in force can be compared with what is on disk now, although it was changed there."""
    set_up(typed, home)
    seal = Library(home).find("small").seal
    file = home.path / "protocols" / "small" / "protocol.yaml"
    file.write_text(PACK.replace("Please wait", "Please stay"), encoding="utf-8")
    for named in (seal, seal[:10]):
        told = typed("protocol", "diff", named, "small")
        assert told.code == 1
        assert "[-wait-] {+stay+}" in told.out
    assert "no protocol “0123456789”" in typed.refused(2, "protocol", "diff", "0123456789", "small")


def test_a_seal_that_two_packs_begin_with_is_refused(typed: Typed, home: Home) -> None:
    """It does not guess."""
    for last in "01":
        (home.path / "packs" / ("0123456789" + last * 54)).mkdir(parents=True)
    assert "More than one kept pack" in typed.refused(2, "protocol", "diff", "0123456789", "small")
