"""The fonts: unchanged, with their licenses, and with the characters that we say they have."""

from __future__ import annotations

import hashlib
import json
import random
from typing import Final
from unicodedata import normalize

import pytest

from kiosk.reports.document.model import Document, Line, Paragraph, Style, Table
from kiosk.reports.paper.document_pdf import values
from kiosk.reports.paper.font_files import FOLDER, covered
from kiosk.reports.paper.typesetting import NotTypeset, _compiler, _made

SHOWN: Final = [chr(code) for code in sorted(covered()) if chr(code).isprintable()]


def unchecked(document: Document) -> bytes:
    """The PDF of a document whose text nobody made fit."""
    return _made(_compiler("document.typ", {"data": json.dumps(values(document, "letter"))}))


def test_the_fonts_are_those_that_were_chosen() -> None:
    """Each file with its hash, and none besides; a license for each family."""
    lines = (line.split("  ") for line in (FOLDER / "SHA256SUMS").read_text("ascii").splitlines())
    listed = {name: digest for digest, name in lines}
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in FOLDER.glob("*.tt[fc]")}
    assert found == listed
    assert "SIL OPEN FONT LICENSE" in (FOLDER / "OFL.txt").read_text("utf-8")
    assert "Apache License" in (FOLDER / "APACHE-2.0.txt").read_text("utf-8")


def test_every_character_that_we_count_on_is_drawn() -> None:
    """typst makes no accessible PDF with a character that its fonts lack, so it checks the whole table."""
    assert len(SHOWN) > 37_000
    lines = [" ".join(SHOWN[n : n + 400]) for n in range(0, len(SHOWN), 400)]
    assert unchecked(Document("All", tuple(map(Paragraph, lines)), ""))


@pytest.mark.parametrize("style", [Style.STRONG, Style.SAID])
def test_the_bold_and_the_italic_font_have_them_too(style: Style) -> None:
    """Every letter but those of Chinese and Korean, which have one style."""
    letters = [character for character in SHOWN if character < "\u2e80"]
    rows = tuple(((Line(" ".join(letters[n : n + 100]), style),),) for n in range(0, len(letters), 100))
    assert unchecked(Document("All", (Table(("Letters",), rows, (1,)),), ""))


def test_a_character_that_is_not_counted_on_has_no_glyph() -> None:
    """A sample: scripts and pictures, and anything else; else a name would be marked although it can be drawn."""
    numbers = random.Random(12).sample(range(0x370, 0x1F000), 1_500)  # noqa: S311 - a sample, the same each time
    named = (chr(n) for n in (0x5D0, 0xE01, 0x915, 0x1F600, *numbers))
    missing = [c for c in named if c.isprintable() and ord(c) not in covered() and normalize("NFC", c) == c]
    drawn = 0
    for character in missing[:60]:
        try:
            drawn += bool(unchecked(Document("One", (Paragraph(character),), "")))
        except NotTypeset:
            continue
    assert drawn == 0
