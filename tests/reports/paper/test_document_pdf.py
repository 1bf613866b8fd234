"""A document as a PDF: tagged, complete, letter for letter, on the paper, and the same each time."""

from __future__ import annotations

import io
import json
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from typst import Compiler

from kiosk.desk.referral import matrix
from kiosk.errors import Refused, UsageError
from kiosk.reports.document.model import (
    LARGEST,
    Blanks,
    Block,
    Bullets,
    Code,
    Document,
    Exact,
    Figure,
    Heading,
    Line,
    Pairs,
    Paragraph,
    Style,
    Table,
    cell,
    row,
    words_of,
)
from kiosk.reports.paper import typesetting
from kiosk.reports.paper.document_pdf import as_one_page, as_pdf, in_pages, values
from kiosk.reports.paper.fitting import fitted, fitting
from tests.reports.paper.reading import alternatives, boxes, faults, misplaced, pages, tags, words

CODE: Final = "FOK1:3F0A12BC/412/ABCDEFGHIJKLMNOPQRSTUVWXYZ234567ABCDEFGHIJKLMNOPQRST"
SVG: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 40"><text x="5" y="20" font-family="Noto Sans">Nguyễn ไ'
    "</text></svg>"
)
HOSTILE: Final = (
    '#panic("x") $x$ *b* _i_ @ref <lab> #read("/etc/passwd") \\ // /* `raw` = h',
    "{{ 7*7 }} <script>alert(1)</script> &amp; \"quoted\" 'single' -- --- ... ~",
    "a\u202eb \u2067c\u2069 \x1b[31m \x00 \u2028 \ufeff 😀 \ud800",
    "=1+1 -5 007 1e5 12345678901234567890",
)
NAMES: Final = ("Nguyễn Thị Ánh", "محمد عبد الله", "Kreyòl ayisyen", "王小明", "김민준", "Жанна Иванова")


def a_table(count: int, words: str = "No") -> Table:
    """A table of entries as a report has it."""
    what = (Line("Is anyone in danger?", Style.STRONG), Line("Please wait here.", Style.SAID), Line(words))
    quiet = Line("withheld (exempt)", Style.QUIET)
    rows = tuple((cell(str(n)), cell("10:42:05", "+12 min"), (*what, quiet)) for n in range(count))
    return Table(("Entry", "Time", "What happened"), rows, (1, 2, 6), "Every entry")


def a_document(*blocks: Block, lang: str = "en") -> Document:
    """A document with every part, and with these."""
    whole = (
        Paragraph("One line."),
        Pairs((("School", "Lincoln High"), ("Period", "July 2026"))),
        Heading("What happened"),
        a_table(40),
        Heading("The details", 3),
        Bullets(("one", "two")),
        Figure(SVG, "Minutes", "Half were reached within 8 minutes", "Two never were"),
        Exact(("origin", CODE, "x" * 200)),
        Code(matrix(CODE, small=True), "QR code of the line above"),
        Blanks(("Name", "Signature")),
    )
    foot = "public · July 2026 · Lincoln High · live · ct-outside-agent 2026.1"
    return Document("Record 2026-0001", (*whole, *blocks), foot, lang=lang)


def inside(document: Document) -> Compiler:
    """What typesets a document, for another kind of file."""
    return typesetting._compiler("document.typ", {"data": json.dumps(fitted(values(document, "letter")))})


def test_a_document_with_every_part_is_tagged_for_screen_readers() -> None:
    """One title, one head of the table although it repeats, no level left out, each picture with its words."""
    made = as_pdf(a_document())
    found = tags(made)
    assert faults(made) == []
    assert (found["/H1"], found["/H2"], found["/H3"], found["/Table"], found["/THead"]) == (1, 1, 2, 1, 1)
    assert (found["/TH"], found["/TD"], found["/LBody"]) == (3, 120, 4)
    assert alternatives(made) == ["Half were reached within 8 minutes", "QR code of the line above"]


def test_the_check_finds_what_is_missing() -> None:
    """The same page without tags has every fault that the check knows of a whole file."""
    compiler = inside(a_document())
    bare = compiler.compile(format="pdf", pdf_tags=False, timestamp=0)
    assert isinstance(bare, bytes)
    assert len(faults(bare)) > 3


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_no_word_leaves_its_page_or_is_on_another(paper: str) -> None:
    """Also long words, long notes, narrow columns, and words of another script."""
    long = Paragraph("x" * 300 + " " + "W" * 90 + " " + "word " * 400)
    cells = (cell("W" * 50), cell(Line("W" * 70, Style.STRONG)), cell("word " * 900, Line("F" * 200, Style.EXACT)))
    table = Table(("Who", "When", "What"), (cells, *[row("a", "b", "c")] * 3), (2, 2, 5), "caption " * 30)
    made = as_pdf(a_document(long, Pairs((("Title", "W" * 200),)), table, a_table(3, " ".join(NAMES))), paper)
    assert misplaced(made) == []


def test_every_word_is_there() -> None:
    """In the file as a program copies it: also at the foot of a page, where a cell that can't break would end."""
    note = " ".join(f"word{n}" for n in range(2_000))
    document = a_document(a_table(1, note), Paragraph("the end"))
    copied = words(as_pdf(document))
    missing = [text for text in words_of(document) if " ".join(text.split()) not in copied and len(text) < 100]
    assert (missing, [f"word{n}" for n in range(2_000) if f"word{n}" not in copied]) == ([], [])
    assert "Page 1 of" in copied
    assert "Lincoln High · live · ct-outside-agent 2026.1" in copied


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_only_text(text: str) -> None:
    """In a paragraph, a pair, a cell, an exact line, the title and the foot: letter for letter, controls by number."""
    table = Table(("Head",), (row(text), (cell(Line(text, Style.SAID)),)), (1,), text)
    document = Document(text, (Paragraph(text), Pairs(((text, text),)), table, Exact((text,)), Bullets((text,))), text)
    made = as_pdf(document)
    shown = " ".join(fitting(text).split())
    assert words(made).count(shown) >= 7
    assert faults(made) == []


def test_names_come_out_whole() -> None:
    """Vietnamese, Arabic, Haitian, Chinese, Korean, Ukrainian; a bidi override is visible and turns nothing around."""
    made = as_pdf(a_document(*map(Paragraph, NAMES), Paragraph("before\u202eafter")))
    copied = words(made)
    # Words from right to left are copied in the order of the page.
    assert [part for name in NAMES for part in name.split() if part not in copied] == []
    assert "before[U+202E]after" in copied


def test_the_same_document_is_the_same_file() -> None:
    """Also when several threads make it at once; another word makes another file."""
    document = a_document()
    one = as_pdf(document)
    with ThreadPoolExecutor(3) as threads:
        assert {*threads.map(as_pdf, [document] * 6)} == {one}
    assert as_pdf(a_document(Paragraph("more"))) != one


def test_the_code_on_the_page_is_read_by_a_camera() -> None:
    """From the picture of the page, as a phone would see the paper."""
    document = Document("Code", (Code(matrix(CODE, small=True), "QR code"),), "")
    picture = inside(document).compile(format="png", ppi=110)
    assert isinstance(picture, bytes)
    assert [found.text for found in zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)).convert("L"))] == [CODE]


def test_a_head_of_a_table_is_not_left_alone() -> None:
    """Wherever the table starts on the page, its caption and head are with its first row."""
    for lines in range(40, 56, 3):
        document = Document("Title", (*[Paragraph("line")] * lines, Heading("Heading"), a_table(3)), "")
        found = boxes(as_pdf(document))
        heading, caption, first = (
            min(box.page for box in found if box.words == word) for word in ("Heading", "Every", "+12")
        )
        assert heading == caption == first


def test_too_many_rows_are_refused_in_words() -> None:
    """Before any memory is spent on them."""
    with pytest.raises(UsageError, match=str(LARGEST + 1)):
        as_pdf(Document("Rows", (a_table(LARGEST), a_table(1)), ""))


@pytest.mark.parametrize(("count", "fits"), [(5, True), (9, True), (200, False)])
def test_a_page_that_must_be_one_page_is_one(count: int, fits: bool) -> None:
    """With smaller letters if need be, and refused if those are too small to read."""
    document = Document("One page", (Paragraph("word " * 110),) * count, "")
    if fits:
        assert pages(as_one_page(document)) == 1
    else:
        with pytest.raises(Refused):
            as_one_page(document)


@pytest.mark.parametrize(("count", "made"), [(5, 1), (12, 2), (16, 2)])
def test_pages_are_no_more_than_asked_for(count: int, made: int) -> None:
    """With smaller letters if need be; what fits is not made longer, and what is too long is refused."""
    document = Document("Pages", (Paragraph("word " * 110),) * count, "")
    assert pages(in_pages(document, 2)) == made
    with pytest.raises(Refused, match="2 pages"):
        in_pages(Document("Pages", (Paragraph("word " * 110),) * 200, ""), 2)


def test_a_command_breaks_only_between_its_words() -> None:
    """A hyphen in front of an option does not end a line."""
    command = " ".join(f"--option-{n} value-{n}" for n in range(40))
    table = Table(("What", "Command"), ((cell("Do it"), cell(Line(command, Style.COMMAND))),), (1, 2))
    made = as_pdf(Document("A title", (table,), ""))
    assert command in words(made)
    assert {box.words for box in boxes(made)} >= set(command.split())
    assert misplaced(made) == []


def test_a_word_of_a_command_that_no_line_holds_is_broken() -> None:
    """It stays on the page."""
    table = Table(("Command",), ((cell(Line("kiosk " + "x" * 400, Style.COMMAND)),),), (1,))
    made = as_pdf(Document("A title", (table,), ""))
    assert misplaced(made) == []
    assert words(made).replace(" ", "").count("x" * 400) == 1


def test_a_table_that_stays_together_is_on_one_page() -> None:
    """It moves to the next page rather than be cut, and its heading with it."""
    table = Table(("No",), tuple(row(f"row-{n}") for n in range(12)), (1,), together=True)
    made = as_pdf(Document("A title", (Paragraph("word " * 700), Heading("The rows"), table), ""))
    assert {box.page for box in boxes(made) if box.words.startswith("row-") or box.words == "rows"} == {2}


@pytest.mark.parametrize("share", [0.5, 1.0])
def test_a_picture_is_as_wide_as_its_share_of_the_page(share: float) -> None:
    """And in the midst of it."""
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 40" font-family="Noto Sans"><text x="0" y="20">left'
        '</text><text x="300" y="20" text-anchor="end">right</text></svg>'
    )
    figure = Figure(svg, "A picture", "Two words", headed=False, share=share)
    found = {box.words: box for box in boxes(as_pdf(Document("A title", (figure,), "")))}
    assert found["right"].right - found["left"].left == pytest.approx(share * (612 - 2 * 18 * 72 / 25.4), abs=4)


@pytest.mark.parametrize(("language", "foot"), [("en", "Page 1 of 1"), ("es", "Página 1 de 1")])
def test_the_foot_counts_pages_in_the_language_of_the_document(language: str, foot: str) -> None:
    """English for one that the program does not speak."""
    assert foot in words(as_pdf(Document("A title", (Paragraph("word"),), "", lang=language)))


def test_a_computer_without_typst_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """In one sentence, with what to do instead."""
    typesetting._fonts.cache_clear()
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(Refused) as refused:
        as_pdf(a_document())
    assert "HTML or text" in refused.value.repair


def test_a_warning_is_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Such as a font that is not there; typst itself would use another."""
    (tmp_path / "warns.typ").write_text('#set document(title: "x")\n#set text(font: "None Such")\n= Words', "utf-8")
    monkeypatch.setattr(typesetting, "_TEMPLATES", tmp_path)
    with pytest.raises(typesetting.NotTypeset, match="font"):
        typesetting.pdf("warns.typ", {})


@settings(max_examples=40)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=4))
def test_any_text_can_be_typeset(texts: list[str]) -> None:
    """No character in a note stops a report."""
    blocks: tuple[Block, ...] = (
        *map(Paragraph, texts),
        Pairs(((texts[0], texts[-1]),)),
        Table(("H",), (row(texts[0]),), (1,)),
    )
    assert as_pdf(Document(texts[0] or "Title", blocks, texts[-1])).startswith(b"%PDF-")


def test_templates_reach_for_nothing() -> None:
    """They place values: nothing is evaluated, read or fetched but the one data."""
    for path in typesetting._TEMPLATES.iterdir():
        text = path.read_text("utf-8")
        assert [word for word in ("eval(", "@preview", "read(", "plugin(", "sys.inputs.data") if word in text] == []
        assert text.count("json(") <= 1
