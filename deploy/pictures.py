"""Draw the pictures of the guides and the README from the running kiosk: `python deploy/pictures.py [FOLDER]`.

Each is one real screen of a fictional school in PRACTICE, as SVG: a rectangle for each stretch of paper and a text for
each word, without fonts, styles or ids. The clock stands still, so the same screens give the same bytes.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple

from rich.style import Style

from kiosk.app.start import first_services
from kiosk.i18n.strings import text
from kiosk.presentation.keys import KEYS
from kiosk.presentation.services import Services
from kiosk.screens.app import KioskApp
from kiosk.settings import Home, Settings
from kiosk.system.clock import FixedClock
from tests.fakes import MemoryLog
from tests.screens.acting import SCHOOL_TIME, Actor, FakeSpeaker, Stand

FOLDER: Final = Path(__file__).parents[1] / "kiosk" / "reports" / "guides" / "pictures"
SCHOOL: Final = "Lincoln Elementary"
ZONE: Final = "EST5EDT"

WIDE, HIGH, SIZE = 8, 17, 13
"""A cell, and the size of its letters: a letter of DejaVu Sans Mono is 0.602 of it wide."""
BASE: Final = 12.7
"""From the top of a cell down to the line on which its letters stand."""
FONTS: Final = "DejaVu Sans Mono, Menlo, Consolas, monospace"
EDGE: Final = "#444444"
GUTTER: Final = 30
"""Room for the numbers at the left and right of a screen."""
_HALVES: Final = {"▀": (0.0, 0.5), "▄": (0.5, 0.5), "█": (0.0, 1.0)}
"""Glyphs that are drawn, since a font may leave gaps between them: from where down in the cell, and how high."""


BACKSPACE: Final = "⌫"
"""Drawn likewise: the fonts of paper lack it."""


class Stretch(NamedTuple):
    """Neighboring cells of one style."""

    column: int
    words: str
    ink: str
    paper: str
    bold: bool


class Mark(NamedTuple):
    """A number at the edge of a screen, in the row of the first of these words that is on it."""

    number: int
    words: str
    right: bool = False


# -- a screen as SVG --------------------------------------------------------------------------------------------------


def svg_of(rows: list[list[Stretch]], marks: Iterable[Mark] = ()) -> str:
    """Return the picture of a screen, row by row. Raises StopIteration if the words of a mark are not on it."""
    marks = tuple(marks)
    columns = max(one.column + len(one.words) for row in rows for one in row)
    gutter, above = (GUTTER, 1) if marks else (0, 0)
    width, height = columns * WIDE + 2 * gutter, len(rows) * HIGH
    parts = [
        *(part for y, row in enumerate(rows) for part in _papers(y, row)),
        *(part for y, row in enumerate(rows) for one in row for part in _words(y, one)),
        f'<rect x="0.5" y="0.5" width="{columns * WIDE - 1}" height="{height - 1}" fill="none" stroke="{EDGE}"/>',
        *(part for mark in marks for part in _mark(mark, _row_of(mark.words, rows), columns * WIDE)),
    ]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{-gutter} {-above} {width} {height + 2 * above}" '
            f'width="{width}" height="{height + 2 * above}" font-family="{FONTS}" font-size="{SIZE}">',
            *parts,
            "</svg>\n",
        ]
    )


def _papers(y: int, row: list[Stretch]) -> Iterator[str]:
    """Yield one rectangle for each run of cells of one paper."""
    start, end, paper = 0, 0, ""
    for one in [*row, Stretch(-1, "", "", "", bold=False)]:
        if one.paper != paper:
            if end > start:
                yield _rect(start * WIDE, y * HIGH, (end - start) * WIDE, HIGH, paper)
            start, paper = one.column, one.paper
        end = one.column + len(one.words)


def _words(y: int, one: Stretch) -> Iterator[str]:
    weight = ' font-weight="bold"' if one.bold else ""
    column = one.column
    for word in one.words.split(" "):
        if word == BACKSPACE:
            yield _backspace(column * WIDE, y * HIGH, one.ink)
        elif word and set(word) <= set(_HALVES):
            for n, glyph in enumerate(word):
                top, high = _HALVES[glyph]
                yield _rect((column + n) * WIDE, (y + top) * HIGH, WIDE, high * HIGH, one.ink)
        elif word:
            place = f'x="{column * WIDE}" y="{_number(y * HIGH + BASE)}" textLength="{len(word) * WIDE}"'
            yield f'<text {place} fill="{one.ink}"{weight}>{escape(word)}</text>'
        column += len(word) + 1


def _mark(mark: Mark, y: int, width: int) -> Iterator[str]:
    x = width + GUTTER / 2 if mark.right else -GUTTER / 2
    at = f'x="{_number(x)}" y="{_number(y * HIGH + 13)}"'
    yield f'<circle cx="{_number(x)}" cy="{_number(y * HIGH + 8.5)}" r="9" fill="#111111"/>'
    yield (
        f'<text {at} fill="#ffffff" font-family="Noto Sans, Helvetica, Arial, sans-serif" font-weight="bold" '
        f'text-anchor="middle">{mark.number}</text>'
    )


def _backspace(x: int, y: int, ink: str) -> str:
    frame, cross = f"M{x} {y + 9}l3 -4h5v8h-5z", f"M{x + 3.5} {y + 7}l3 4m0 -4l-3 4"
    return f'<path d="{frame}{cross}" fill="none" stroke="{ink}"/>'


def _row_of(words: str, rows: list[list[Stretch]]) -> int:
    return next(y for y, row in enumerate(rows) if words in "".join(one.words for one in row))


def _rect(x: float, y: float, width: float, height: float, fill: str) -> str:
    place = f'x="{_number(x)}" y="{_number(y)}" width="{_number(width)}" height="{_number(height)}"'
    return f'<rect {place} fill="{fill}" shape-rendering="crispEdges"/>'


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def painted(app: KioskApp) -> list[list[Stretch]]:
    """Return the cells of the screen as they are painted, row by row."""
    return [
        [*_stretches((one.text, one.style or Style()) for one in strip)]
        for strip in app.screen._compositor.render_strips()  # noqa: SLF001 - textual shows no other way
    ]


def _stretches(segments: Iterable[tuple[str, Style]]) -> Iterator[Stretch]:
    column = 0
    for words, style in segments:
        ink, paper = (c.triplet.hex if c and c.triplet else "" for c in (style.color, style.bgcolor))
        if style.reverse:
            ink, paper = paper, ink
        yield Stretch(column, words, ink or paper, paper, bool(style.bold))
        column += len(words)


# -- the screens ------------------------------------------------------------------------------------------------------


@asynccontextmanager
async def kiosk(home: Home, language: str = "en") -> AsyncIterator[Actor]:
    """A kiosk in PRACTICE, ready for its first key."""
    settings = Settings(school=SCHOOL, language=language, theme="day", speech="off")
    clock = FixedClock()
    services = _at_rest(first_services(home, settings, practice=True, clock=clock))
    app = KioskApp(services)
    async with app.run_test(size=(80, 24)) as pilot:
        actor = Actor(app, pilot, Stand(services, MemoryLog(), clock, FakeSpeaker(), [], []))
        await actor.settle()
        yield actor


def _at_rest(services: Services) -> Services:
    """Return the services in the school's time zone; every press counts, however soon it comes."""
    load = services.load
    load_at_rest = None if load is None else lambda: _at_rest(load())
    return replace(services, zone=SCHOOL_TIME, read_s=0, load=load_at_rest)


async def press(actor: Actor, *keys: str) -> None:
    """Press keys, each some seconds after the last. Words after a quotation mark are typed."""
    for key in keys:
        actor.stand.clock.advance(7)
        await (actor.type(key[1:]) if key.startswith('"') else actor.press(key))


def named(key_id: str) -> str:
    """Return textual's name of a key."""
    return KEYS[key_id].names[0]


STEP: Final = ("enter", "2", "1")
"""From the first screen to the question who they say they are."""
WRITTEN: Final = ("1", "1", "1", '"Homeland Security', "enter", '"Agent Example', "enter", '"4471', "enter")
"""From there: a federal agent, an administrator reached, they wait; who they are."""
CLOSED: Final = (
    *(*STEP, *WRITTEN, named("interrupt-3")),
    *('"To see a record', "enter", '"2', "enter", "1", "enter", "1", "1", "enter"),
)
"""A record up to its end: they left, the office was reached."""
UNFINISHED: Final = (*STEP, "1", "1", named("record"), "2")
"""Another one, which waits on the first screen."""
RECORDS: Final = (named("admin"), named("review"))


async def a_step(home: Home, language: str) -> str:
    """A step with a question, what to do, what to say and whom to call; a number at each part."""
    words = ("step.do", "step.say", "call.now", "bar.practice", "call.no-answer")
    do, say, now, practice, nobody = (text(text_id, language) for text_id in words)
    async with kiosk(home, language) as actor:
        await press(actor, *STEP)
        marks = [
            *(Mark(1, f" {do} "), Mark(2, f" {say} "), Mark(3, " 1  "), Mark(4, now, right=True)),
            *(Mark(5, practice, right=True), Mark(6, KEYS["interrupt-1"].key_label), Mark(7, KEYS["say"].key_label)),
        ]
        await actor.see(nobody)
        return svg_of(painted(actor.app), marks)


async def records(home: Home, language: str) -> str:
    """The upper part of the records behind F10: what is open."""
    async with kiosk(home, language) as actor:
        await press(actor, *CLOSED, *UNFINISHED, *RECORDS)
        await actor.see(text("records.search", language))
        *rows, _ = painted(actor.app)
        last = max(y for y, row in enumerate(rows) if any(one.words.strip() for one in row))
        return svg_of(rows[: last + 2])


async def one_record(home: Home, language: str) -> str:
    """One closed record as its times."""
    async with kiosk(home, language) as actor:
        await press(actor, *CLOSED, *RECORDS, "9")
        await actor.see("P-2026-0001")
        await press(actor, "3")
        await actor.see(text("records.record", language, no="P-2026-0001"))
        return svg_of(painted(actor.app))


async def not_set_up(home: Home, language: str) -> str:
    """The first screen of a kiosk that is in PRACTICE, with the reason."""
    async with kiosk(home, language) as actor:
        return svg_of(painted(actor.app))


async def lost_log(home: Home, language: str) -> str:
    """The page that says that the log can't be used."""
    file, older = home.log("practice"), home.path / "older.db"
    async with kiosk(home, language):
        pass
    shutil.copyfile(file, older)
    async with kiosk(home, language) as actor:
        await press(actor, *UNFINISHED)
    shutil.copyfile(older, file)
    async with kiosk(home, language) as actor:
        await actor.see(text("error.title.log", language))
        return svg_of(painted(actor.app))


_DRAWN: Final[Mapping[str, Callable[[Home, str], Coroutine[None, None, str]]]] = {
    "step.en.svg": a_step,
    "step.es.svg": a_step,
    "records.en.svg": records,
    "record.en.svg": one_record,
    "practice.en.svg": not_set_up,
    "lost-log.en.svg": lost_log,
}
FILES: Final = tuple(_DRAWN)
"""The pictures: `NAME.LANGUAGE.svg`."""


def drawn(file: str) -> str:
    """Draw one picture, by the name of its file."""
    with TemporaryDirectory() as scratch:
        return asyncio.run(_DRAWN[file](Home(Path(scratch)), file.split(".")[1]))


def _same_terminal() -> None:
    """Whatever the terminal and the time zone of this computer, the screens see these."""
    os.environ.update(TERM="xterm-256color", COLORTERM="truecolor", TZ=ZONE)
    os.environ.pop("NO_COLOR", None)
    time.tzset()


if __name__ == "__main__":
    _same_terminal()
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    for name in FILES:
        (folder / name).write_text(drawn(name), encoding="utf-8")
