"""The guides: two pages, readable aloud, and nothing in them that the kiosk doesn't have."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Final

import click
import pytest

from kiosk.checks.wording.grade import LIMIT, grade
from kiosk.commands.root import root
from kiosk.errors import Exit, KioskError
from kiosk.i18n.english import ENGLISH
from kiosk.i18n.english_guide import GUIDE
from kiosk.i18n.strings import languages, text
from kiosk.presentation.keys import KEYS
from kiosk.record.disclosure.levels import LEVELS
from kiosk.reports.document.model import Bullets, Document, Figure, Heading, Pairs, Paragraph, Style, Table, words_of
from kiosk.reports.document.page import as_html
from kiosk.reports.guides.guide import PAGES, Guide, guide
from kiosk.reports.guides.words import BACKSPACE, guide_text, key, label, picture
from kiosk.reports.paper.document_pdf import in_pages
from kiosk.settings import PAPERS
from tests.reports.paper.reading import alternatives, boxes, faults, misplaced, pages

ROOT: Final = Path(__file__).parents[3]
SCHOOL: Final = "Lincoln Elementary School of the Example Regional District"
ALL: Final = {
    **{str(one): guide(one, school=SCHOOL) for one in Guide},
    **{f"front-desk {code}": guide(Guide.FRONT_DESK, code, SCHOOL) for code in languages()},
}
each = pytest.mark.parametrize("document", ALL.values(), ids=ALL)
on_paper = pytest.mark.parametrize("paper", PAPERS)
PLAIN: Final = {one: words for one, words in ENGLISH.items() if isinstance(words, str)}
SLOTS: Final = {slot for words in PLAIN.values() for _, slot, _, _ in Formatter().parse(words) if slot}
_QUOTED: Final = re.compile("“([^“”]+)”")
_KEY: Final = re.compile(r"\b(?:F1[0-2]|F[1-9]|Esc|PgUp|PgDn|Backspace)\b")


def commands(document: Document) -> Iterator[str]:
    """Every command of the kiosk in a guide: those to type, and those in the midst of a sentence."""
    for block in document.blocks:
        if isinstance(block, Table):
            lines = (line for cells in block.rows for one in cells for line in one if line.style is Style.COMMAND)
            yield from (line.words for line in lines)
    for words in words_of(document):
        yield from (quoted for quoted in _QUOTED.findall(words) if re.match("(kiosk|sh) ", quoted))


def parsed(line: str) -> str:
    """Parse a command by the real tree of commands; return the path of its last word. Raises KioskError."""
    program, *words = shlex.split(line)
    assert program == "kiosk"
    context: click.Context = root.make_context("kiosk", words)
    while isinstance(context.command, click.Group):
        name, command, rest = context.command.resolve_command(context, [*context._protected_args, *context.args])
        assert command is not None
        context = command.make_context(name, rest, parent=context)
    return context.command_path


@on_paper
@each
def test_it_is_two_pages_that_are_read_aloud(document: Document, paper: str) -> None:
    """On both papers, also with a long name of a school; each picture has words, and no word is on another."""
    made = in_pages(document, PAGES, paper)
    assert pages(made) == PAGES
    assert faults(made) == []
    assert misplaced(made) == []
    assert alternatives(made) == [block.description for block in document.blocks if isinstance(block, Figure)]


@on_paper
@each
def test_no_heading_ends_a_page(document: Document, paper: str) -> None:
    """The last line above the foot is text."""
    headings = {block.words for block in document.blocks if isinstance(block, Heading)}
    found = boxes(in_pages(document, PAGES, paper))
    foot = document.foot.split()[0]
    for page in range(1, PAGES + 1):
        on_page = [box for box in found if box.page == page]
        end = max(box.top for box in on_page if box.words == foot)
        above = [box for box in on_page if box.bottom < end - 2]
        lowest = max(box.bottom for box in above)
        assert " ".join(box.words for box in above if box.bottom > lowest - 3) not in headings


@each
def test_every_command_is_one_of_the_kiosk(document: Document) -> None:
    """Each word and option is parsed as if somebody typed it; a script of a guide is in the repository."""
    for line in commands(document):
        if line.startswith("sh "):
            assert (ROOT / line.split()[1]).is_file()
        else:
            assert parsed(line).startswith("kiosk")


def test_the_guides_name_enough_commands() -> None:
    """So the test above reads something."""
    found = {which: [*commands(guide(which))] for which in Guide}
    assert [len(found[which]) > 15 for which in (Guide.ADMINISTRATOR, Guide.IT)] == [True, True]


@pytest.mark.parametrize(
    "line", ["kiosk lock", "kiosk log list --nothing", "kiosk log verify 2026-0001", "kiosk report board -o"]
)
def test_a_command_that_is_none_would_be_found(line: str) -> None:
    """A wrong word, option, argument or missing value."""
    with pytest.raises(KioskError):
        parsed(line)


@each
def test_every_text_in_quotation_marks_is_on_a_screen(document: Document) -> None:
    """Or is a command, a word to type, or the value of the example."""
    shown = [_pattern(text(one, code, **dict.fromkeys(SLOTS, "{}"))) for code in languages() for one in PLAIN]
    quoted = {found for words in words_of(document) for found in _QUOTED.findall(words)} - {"4471"}
    named = [one for one in quoted if not re.match("(kiosk|sh) ", one)]
    assert sorted(one for one in named if not any(re.fullmatch(pattern, one) for pattern in shown)) == []


def _pattern(words: str) -> str:
    """Some words with anything in their slots, but not nothing else."""
    return ".+".join(map(re.escape, words.split("{}"))) if words.strip("{} ") else "(?!)"


@each
def test_every_key_is_one_of_the_kiosk(document: Document) -> None:
    """As its label is printed."""
    labels = {one.key_label for one in KEYS.values()} | {"Backspace"}
    named = {found for words in words_of(document) for found in _KEY.findall(words)}
    assert named
    assert named - labels == set()


def test_no_key_is_typed_by_hand() -> None:
    """Each comes from the table of keys, so that a guide can't name one that changed."""
    sources = [*(ROOT / "kiosk/reports/guides").glob("*.py")]
    assert len(sources) > 4
    typed = {path.name: _KEY.findall(path.read_text(encoding="utf-8")) for path in sources}
    assert {name: keys for name, keys in typed.items() if keys} == {}
    assert [one for one, words in GUIDE.items() if _KEY.search(words)] == ["guide.backspace"]


def test_what_does_not_exist_can_not_be_named() -> None:
    """A key, a text and a text of the guide that are none are errors of the program."""
    for name in (key, label):
        with pytest.raises(KeyError):
            name("nothing")
    with pytest.raises(KeyError):
        guide_text("home.go", "en")
    with pytest.raises(OSError, match="nothing"):
        picture("nothing", "A picture", share=1)


def test_the_glyph_that_paper_lacks_has_a_word() -> None:
    """In the language of the guide."""
    assert KEYS["back"].key_label == BACKSPACE
    assert (key("back"), key("back", "es")) == ("Backspace", "Retroceso")


@pytest.mark.parametrize("language", languages())
def test_the_front_desk_can_read_it(language: str) -> None:
    """Sixth grade, in each language."""
    texts = []
    for block in guide(Guide.FRONT_DESK, language).blocks:
        match block:
            case Paragraph(words):
                texts.append(words)
            case Bullets(lines):
                texts += lines
            case Pairs(rows):
                texts += [words for _, words in rows]
            case _:
                pass
    found = grade(" ".join(texts), language)
    assert found is not None
    assert found < LIMIT


@pytest.mark.parametrize(("language", "spoken"), [("es", "es"), ("es-419", "es"), ("fr", "en"), ("en", "en")])
def test_the_front_desks_guide_is_in_the_language_of_the_screens(language: str, spoken: str) -> None:
    """Or in English, if the screens don't have it; its picture too."""
    made = guide(Guide.FRONT_DESK, language)
    assert made.lang == spoken
    assert made.title == guide_text("guide.front-desk", spoken)
    (figure,) = (block for block in made.blocks if isinstance(block, Figure))
    assert text("step.do", spoken) in figure.svg
    assert f'<html lang="{spoken}">' in as_html(made)


def test_the_other_guides_are_in_english() -> None:
    """Whatever the screens speak."""
    for which in (Guide.ADMINISTRATOR, Guide.IT):
        assert guide(which, "es") == guide(which)


def test_the_school_is_at_the_foot_if_it_has_a_name() -> None:
    """And the version of the program always."""
    assert guide(Guide.IT, school="Lincoln High").foot.startswith("Lincoln High · Guide")
    assert guide(Guide.IT).foot.startswith("Guide")


def test_the_tables_of_codes_and_levels_are_complete() -> None:
    """Every exit code and every disclosure level has its line."""
    codes = {int(code) for line in _firsts(Guide.IT) for code in re.findall(r"\b\d+\b", line)}
    assert {int(code) for code in Exit} <= codes
    assert set(LEVELS) <= set(_firsts(Guide.ADMINISTRATOR))


def _firsts(which: Guide) -> list[str]:
    """The first words of each line of pairs and tables."""
    found = []
    for block in guide(which).blocks:
        match block:
            case Pairs(rows):
                found += [title for title, _ in rows]
            case Table():
                found += [cells[0][0].words for cells in block.rows]
            case _:
                pass
    return found


def test_the_files_of_the_home_folder_are_those_of_the_manual() -> None:
    """Each path of the guide for IT is in deploy/README.md."""
    manual = (ROOT / "deploy" / "README.md").read_text(encoding="utf-8")
    named = [path for line in _firsts(Guide.IT) for path in re.findall(r"[a-z/]+(?:\.toml|\.yaml|/)", line)]
    assert len(named) > 6
    assert [path for path in named if f"`{path}" not in manual] == []


def test_the_twelve_questions_each_have_a_line() -> None:
    """In their order, each with its keys and its command."""
    numbers = [int(found[1]) for line in _firsts(Guide.ADMINISTRATOR) if (found := re.match(r"(\d+) \w", line))]
    assert numbers == [*range(1, 13)]
