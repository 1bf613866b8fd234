"""The pictures of the guides: real screens, as they are now."""

from __future__ import annotations

import re
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from itertools import groupby
from typing import Final

import pytest

from deploy.pictures import FILES, FOLDER, ZONE, drawn
from kiosk.reports.guides.words import PICTURES

pytestmark = pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of a program can't be set there")
_SVG: Final = "{http://www.w3.org/2000/svg}"
in_each = pytest.mark.parametrize("name", FILES)


@pytest.fixture
def same_terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The terminal and the time zone of the pictures."""
    with monkeypatch.context() as changed:
        changed.setenv("TERM", "xterm-256color")
        changed.setenv("COLORTERM", "truecolor")
        changed.delenv("NO_COLOR", raising=False)
        changed.setenv("TZ", ZONE)
        time.tzset()
        yield
    time.tzset()


def lines(svg: str) -> list[str]:
    """The words of a picture, line by line."""
    texts = [(float(node.attrib["y"]), node.text or "") for node in ET.fromstring(svg).iter(f"{_SVG}text")]  # noqa: S314 - ours
    return [" ".join(words for _, words in row) for _, row in groupby(texts, key=lambda one: one[0])]


@in_each
def test_a_picture_shows_the_screen_as_it_is_now(name: str, same_terminal: None) -> None:
    """Word for word, and byte for byte; after a change of a screen run `python deploy/pictures.py`."""
    kept, now = (FOLDER / name).read_text(encoding="utf-8"), drawn(name)
    assert lines(kept) == lines(now)
    assert kept == now


def test_there_is_no_other_picture() -> None:
    """Each file is drawn by the script, where the guides look for it."""
    assert FOLDER == PICTURES
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(FILES)


@in_each
def test_a_picture_needs_nothing_from_elsewhere(name: str) -> None:
    """No style, script, id, font or address, so that several can be on one page without a network."""
    svg = (FOLDER / name).read_text(encoding="utf-8")
    tags = {node.tag.removeprefix(_SVG) for node in ET.fromstring(svg).iter()}  # noqa: S314 - ours
    assert tags <= {"svg", "rect", "text", "path", "circle"}
    assert re.findall(r'\b(?:id|class|style|href|on\w+)="|url\(|@', svg) == []
    assert len(lines(svg)) > 5
