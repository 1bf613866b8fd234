"""`kiosk protocol graph`: the drawing as text, and as a picture where Graphviz is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kiosk.reports import graphviz
from tests.typed import Stage, Typed

pytestmark = pytest.mark.stage(Stage.NEW)


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
