"""A PDF read back: its tags by our own walk, its words and their places by poppler."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, NamedTuple

import pdfua
import pikepdf
import pytest

_ALLOWED: Final = {"UA-28-004", "UA-14-001"}
"""Rules that need a package which may be missing, or that fail on their own: the walk below looks for the same."""
_MARKS: Final = "\u200b\u2068\u2069\u202a\u202b\u202c"
"""Places to break, and marks that poppler puts around words from right to left."""


class Box(NamedTuple):
    """A word on a page, in points from its upper left corner."""

    page: int
    words: str
    left: float
    top: float
    right: float
    bottom: float


def faults(data: bytes) -> list[str]:
    """What keeps a PDF from being read aloud: by pdfua, and by our own walk over its tags."""
    with pikepdf.open(io.BytesIO(data)) as made:
        of_tags = _of_tags(made) if "/StructTreeRoot" in made.Root else ()
        return [*_of_file(made), *of_tags, *_by_pdfua(data)]


def tags(data: bytes) -> Counter[str]:
    """How often each kind of tag is in the PDF."""
    with pikepdf.open(io.BytesIO(data)) as made:
        return Counter(str(node.S) for node in _nodes(made.Root.StructTreeRoot))


def alternatives(data: bytes) -> list[str]:
    """The alternative texts of its pictures."""
    with pikepdf.open(io.BytesIO(data)) as made:
        return [str(node.Alt) for node in _nodes(made.Root.StructTreeRoot) if node.S == "/Figure" and "/Alt" in node]


def pages(data: bytes) -> int:
    """The number of its pages."""
    with pikepdf.open(io.BytesIO(data)) as made:
        return len(made.pages)


def words(data: bytes) -> str:
    """Its text as a program copies it, words apart by one blank. Skips the test where poppler is missing."""
    text = _poppler(data, "-raw").replace("\f", " ")
    return " ".join(text.translate(dict.fromkeys(map(ord, _MARKS))).split())


def boxes(data: bytes) -> list[Box]:
    """Each word with its place. Skips the test where poppler is missing."""
    root = ET.fromstring(re.sub(r'xmlns="[^"]*"', "", _poppler(data, "-bbox"), count=1))  # noqa: S314 - of our own file
    found = []
    for page, node in enumerate(root.iter("page"), 1):
        for word in node.iter("word"):
            at = [float(word.attrib[side]) for side in ("xMin", "yMin", "xMax", "yMax")]
            found.append(Box(page, word.text or "", *at))
    return found


def misplaced(data: bytes) -> list[str]:
    """Words that leave their page, or its margin at the right, and pairs of words that overlap."""
    with pikepdf.open(io.BytesIO(data)) as made:
        sizes = [[float(points) for points in page.mediabox] for page in made.pages]
    found, before = [], list[Box]()
    for box in sorted(boxes(data), key=lambda box: (box.page, box.top)):
        _, _, width, height = sizes[box.page - 1]
        if box.left < 40 or box.top < 20 or box.right > width - 40 or box.bottom > height - 20:
            found.append(f"page {box.page}: {box.words!r} leaves it")
        before = [one for one in before if one.page == box.page and one.bottom > box.top]
        found += [f"page {box.page}: {one.words!r} on {box.words!r}" for one in before if _overlap(one, box)]
        before.append(box)
    return found


def _overlap(one: Box, other: Box) -> bool:
    # The box of a word is as high as its font, so those of two lines touch; letters are less than half as high.
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    return across > 0.7 and down > 0.55 * min(one.bottom - one.top, other.bottom - other.top)


def _poppler(data: bytes, how: str) -> str:
    if shutil.which("pdftotext") is None:
        pytest.skip("NOT TESTED: where the words of a PDF are. Install poppler-utils.")
    told = subprocess.run(["pdftotext", how, "-", "-"], input=data, capture_output=True, check=True)
    return told.stdout.decode("utf-8")


def _nodes(node: Any) -> Iterator[Any]:
    children = node.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield child
            yield from _nodes(child)


def _of_file(made: pikepdf.Pdf) -> Iterator[str]:
    root = made.Root
    known = {
        "no tree of tags": "/StructTreeRoot" in root,
        "not marked as tagged": "/MarkInfo" in root and bool(root.MarkInfo.get("/Marked")),
        "no language": bool(str(root.get("/Lang", ""))),
        "its title is not shown": "/ViewerPreferences" in root and bool(root.ViewerPreferences.get("/DisplayDocTitle")),
        "it does not claim PDF/UA-1": b"<pdfuaid:part>1<" in root.Metadata.read_bytes(),
        "a page has another order than its tags": all(page.get("/Tabs") == "/S" for page in made.pages),
    }
    yield from (fault for fault, holds in known.items() if not holds)


def _of_tags(made: pikepdf.Pdf) -> Iterator[str]:
    deep = 0
    for node in _nodes(made.Root.StructTreeRoot):
        kind = str(node.S)
        if kind == "/Figure" and not str(node.get("/Alt", "")):
            yield "a picture without an alternative text"
        if kind == "/Table":
            heads = [cell for cell in _nodes(node) if cell.S == "/TH"]
            if not heads or not all(_scope(cell) for cell in heads):
                yield "a table without heads that say what they are for"
        if level := re.fullmatch(r"/H([1-6])", kind):
            if int(level[1]) > deep + 1:
                yield f"{kind} after a heading of level {deep}"
            deep = int(level[1])


def _scope(cell: Any) -> bool:
    given = cell.get("/A", [])
    return any("/Scope" in one for one in (given if isinstance(given, pikepdf.Array) else [given]))


def _by_pdfua(data: bytes) -> Iterator[str]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "made.pdf"
        path.write_bytes(data)
        outcomes = pdfua.validate(str(path)).outcomes
    for outcome in outcomes:
        if outcome.rule_id not in _ALLOWED:
            yield from (f"{finding.rule_id}: {finding.message}" for finding in outcome.findings)
