"""Graphviz, a program that may be missing, slow or broken: the picture, or one sentence."""

from __future__ import annotations

import shutil
import stat
from pathlib import Path
from xml.etree import ElementTree

import pytest

from kiosk.authoring.describe import Description
from kiosk.authoring.diagram.dot import dot
from kiosk.authoring.diagram.model import diagram
from kiosk.errors import UsageError
from kiosk.reports import graphviz
from tests.authoring.diagram.test_diagram import hostile
from tests.builders import a_protocol


def a_program(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only this program is on the PATH, under Graphviz's name."""
    program = folder / "dot"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(folder))


def test_without_graphviz_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And that the other formats work without it."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError, match=r"sudo apt-get install graphviz.*Mermaid and DOT work without it"):
        graphviz.svg("digraph {}")


@pytest.mark.parametrize(("script", "told"), [("exit 3", "failed"), ("while :; do :; done", "was not ready after")])
def test_a_picture_that_does_not_come_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, told: str
) -> None:
    """Whether the program fails or never ends."""
    a_program(tmp_path, script, monkeypatch)
    monkeypatch.setattr(graphviz, "SECONDS", 0.2)
    with pytest.raises(UsageError, match=told):
        graphviz.svg("digraph {}")


@pytest.mark.skipif(shutil.which(graphviz.PROGRAM) is None, reason="Graphviz is missing: sudo apt-get install graphviz")
def test_hostile_words_cannot_leave_the_picture() -> None:
    """The file is whole XML, and holds no element but Graphviz's own."""
    for protocol in (a_protocol(), hostile()):
        drawn = diagram(Description(protocol))
        root = ElementTree.fromstring(graphviz.svg(dot(drawn)))  # noqa: S314 - made by a program of ours, just now
        names = {element.tag.rpartition("}")[2] for element in root.iter()}
        assert names <= {"svg", "g", "title", "polygon", "polyline", "path", "text", "a", "ellipse"}
        assert all("href" not in name for element in root.iter() for name in element.attrib)
        words = "".join(root.itertext())
        assert all(f"{box.number} · " in words for box in drawn.boxes)
