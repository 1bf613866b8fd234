"""How far every word on every screen stands out from its paper, measured on the cells that are painted.

`python -m tests.screens.contrast` prints the table: for each screen, the lowest ratio in each theme.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final

from rich.style import Style
from textual.color import Color
from textual.geometry import Offset
from textual.screen import Screen

from kiosk.errors import UsageError
from kiosk.log.people.log_in import WrongPassphrase
from kiosk.presentation.acts import Answers, Done, Group, Offer, Preview, Question
from kiosk.presentation.people import LogIn, Named
from kiosk.presentation.review import Item, Match, Reviewed, Row, Rows, Shelf, Wanted
from kiosk.presentation.values import Choice
from kiosk.protocol.kinds.registry import kind_of
from kiosk.record.people.logins import Ended
from kiosk.record.people.roles import Right
from kiosk.reports.record import record_lines
from kiosk.screens.encounter import EncounterScreen
from kiosk.screens.theme import CONSOLE, PALETTES
from kiosk.screens.widgets.qr import Qr
from tests.fakes import MemoryLog
from tests.reports.records import a_record
from tests.screens.acting import TO_RECORD, Actor, Stand, a_stand, acting
from tests.screens.pages.test_error import FULL, ended, interrupted
from tests.screens.test_languages import a_desk_that_says

ENOUGH: Final = 7.0
"""The contrast that WCAG 2.2 asks of words at its highest level (success criterion 1.4.6)."""

SIZES: Final = ((80, 24), (120, 40))
TOO_SMALL: Final = (60, 16)

INKS: Final = (
    "000000", "aa0000", "00aa00", "aa5500", "0000aa", "aa00aa", "00aaaa", "aaaaaa",
    "555555", "ff5555", "55ff55", "ffff55", "5555ff", "ff55ff", "55ffff", "ffffff",
)  # fmt: skip
"""The sixteen colors of the Linux console, as it numbers them (console_codes(4)); only the first eight are paper."""

PAPERS: Final = INKS[:8]

FEW_COLORS: Final = (CONSOLE, "contrast")


@dataclass(frozen=True, slots=True)
class Cells:
    """Neighboring cells of one style, as painted: their words, and both colors as six hexadecimal digits."""

    words: str
    ink: str
    paper: str

    @property
    def ratio(self) -> float:
        """The contrast ratio of WCAG 2.2, from 1 to 21."""
        light, dark = sorted((luminance(self.ink), luminance(self.paper)), reverse=True)
        return (light + 0.05) / (dark + 0.05)


@cache
def luminance(color: str) -> float:
    """The relative luminance of WCAG 2.2."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in Color.parse(f"#{color}").normalized]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def painted(screen: Screen[Any]) -> Iterator[Cells]:
    """Everything on the screen but the cells of a QR code, which has to be black and white.

    In the themes for terminals with few colors as those paint it: bold makes each of the first eight inks bright.
    """
    bright = screen.app.theme in FEW_COLORS
    codes = [code.region for code in screen.query(Qr)]
    for y, strip in enumerate(screen._compositor.render_strips()):
        x = 0
        for segment in strip:
            if not any(code.contains_point(Offset(x, y)) for code in codes):
                yield Cells(segment.text, *_colors(segment.style or Style(), bright=bright))
            x += segment.cell_length


def _colors(style: Style, *, bright: bool) -> tuple[str, str]:
    ink, paper = (c.triplet.hex[1:] if c and c.triplet else "" for c in (style.color, style.bgcolor))
    assert paper, "the terminal's own paper, which nobody can measure"
    ink = ink or paper  # blanks are painted without ink
    if style.reverse:
        ink, paper = paper, ink
    if bright and style.bold and ink in PAPERS:
        ink = INKS[PAPERS.index(ink) + len(PAPERS)]
    return ink, paper


# -- the walk ---------------------------------------------------------------------------------------------------------


def _practice(theme: str) -> Stand:
    return a_stand(theme=theme, mode="practice", reasons=("The protocol is not approved yet.",))


def _live(theme: str) -> Stand:
    return a_stand(theme=theme)


def _failing(theme: str) -> Stand:
    stand = a_stand(theme=theme)
    stand.log.failing = FULL
    return stand


def _change(answers: Answers) -> Question | Preview:
    """Ask a choice and words, refuse some, and show what would be entered."""
    if "which" not in answers:
        return Question("which", "Which one?", choices=[Choice("old", "The old one")], lines=["One is shown."])
    if "words" not in answers:
        return Question("words", "What is the number?", "Ten digits.", lines=["One is shown."])
    if answers["words"] == "nine":
        raise UsageError("“nine” is no telephone number.", "Type ten digits.")
    return Preview("This would be entered:", [answers["words"]], "Enter it", lambda _: Done("Done.", ["One number"]))


class OneRecord:
    """A log with one record, for the screens that read it."""

    def offers(self) -> Sequence[Offer]:
        """One act."""
        return [Offer("number", "Change a number", Right.CONTACTS, _change, Group.CONTACTS)]

    def counts(self) -> Mapping[Shelf, int]:
        """One record, and nothing that waits."""
        return {shelf: int(shelf is Shelf.ALL) for shelf in Shelf}

    def rows(self, wanted: Wanted) -> Rows:
        """Return the record, and say that there are older ones."""
        if wanted.shelf is Shelf.REQUESTS:
            return Rows([Row("R-2026-0001", None, "OVERDUE since 2026-09-05  A. Example")], older=False)
        return Rows([Row("2026-0001", a_record().opened_at, "door, closed")], older=True)

    def record(self, no: str) -> Reviewed:
        """Return it."""
        record = a_record()
        offers = [replace(one, group=Group.RECORD) for one in self.offers()]
        return Reviewed(record, [*record_lines(record)], [], [Match("agency", "An agency")], offers)

    def item(self, no: str) -> Item:
        """Return a records request."""
        return Item(no, [f"{no}  open, nothing given", "  from A. Example, by letter on 2026-09-01"], ["2026-0001"])


def _records(theme: str) -> Stand:
    stand = _live(theme)
    return replace(stand, services=replace(stand.services, reviewer=OneRecord))


class ADoor:
    """Somebody may log in, and mistypes."""

    def people(self) -> Sequence[Named]:
        """One person."""
        return [Named("Dana Sample", "administrator")]

    def log_in(self, name: str, passphrase: str) -> LogIn:
        """Refuse it."""
        raise WrongPassphrase(4)

    def end(self, name: str, why: Ended) -> None:
        """Nobody is logged in."""
        raise NotImplementedError


def _before_the_records(theme: str) -> Stand:
    stand = _records(theme)
    return replace(stand, services=replace(stand.services, doorkeeper=ADoor()))


def _ended(theme: str) -> Stand:
    stand, _ = ended()
    return replace(stand, services=replace(stand.services, theme=theme))


def _two_languages(theme: str) -> Stand:
    stand = a_desk_that_says(1)
    return replace(stand, services=replace(stand.services, theme=theme))


def _interrupted(theme: str) -> Stand:
    stand = interrupted(MemoryLog())
    return replace(stand, services=replace(stand.services, theme=theme))


WALKS: Final[Sequence[tuple[Callable[[str], Stand], tuple[str, ...]]]] = (
    # every page from home and from a step, with the cursor on answers, and words in boxes
    (_practice, ("f1", "x", "f4", '"KE', "left", "enter", "f10", "backspace", "escape", "enter", "enter", "down", "f2",
                 "f3", "enter", "f4", '"Two people', "left", "f10", "enter", "f5", "3", "1", "enter", "f10", "down",
                 "backspace", "f6", "backspace", "right", "enter", "1")),  # a thing to do, the past, closed
    # every kind of step, with a call that was not answered, a doubt, a reason, and ticks; then a fact that was put off
    (_practice, (*TO_RECORD[:-1], "2", "f5", "backspace", "1", '"DACA', "enter", *["backspace"] * 4, '"FBI',
                 "left", "enter", "enter", "down", "right", "1", "1", "3", "down", "enter", "f9", "1", "enter",
                 "f5", "2", '"DACA', "enter")),
    (_two_languages, ("enter",)),
    (_live, ("f10", '"clo', "left")),
    (_records, ("f10", "f5", "3", "1", "enter", "enter", "down", "a", '"An ag', "enter", "1", "1", "1", "1", '"nine',
                "enter", *["backspace"] * 4, '"860', "enter", "1", "enter", "enter")),
    (_before_the_records, ("f10", "f5", "1", '"four', "enter")),
    (_failing, ("enter",)),
    (_ended, ()),
    (_interrupted, ("1",)),
)  # fmt: skip
"""From home, the keys that lead through every screen; what begins with a quote is typed."""


def name_of(actor: Actor) -> str:
    """Return the name of the current screen in the table; a step is named by its kind."""
    screen = actor.app.screen
    name = type(screen).__name__.removesuffix("Screen").lower()
    if isinstance(screen, EncounterScreen):
        step = screen.running.walk.protocol.steps.get(screen.place.step)
        return f"step: {kind_of(step).id}" if step else "review"
    return name


async def walk(theme: str, size: tuple[int, int], look: Callable[[str, Actor], None]) -> None:
    """Show each screen in this theme and window, and call `look(name, actor)` whenever it has been drawn."""
    for stand, keys in WALKS:
        async with acting(stand(theme), size=size) as actor:
            look(name_of(actor), actor)
            for key in keys:
                await (actor.type(key[1:]) if key.startswith('"') else actor.press(key))
                look(name_of(actor), actor)
    async with acting(a_stand(theme=theme), size=TOO_SMALL) as actor:
        look(name_of(actor), actor)


def lowest(theme: str, size: tuple[int, int]) -> dict[str, float]:
    """The lowest ratio on each screen."""
    found: dict[str, float] = {}

    def look(name: str, actor: Actor) -> None:
        ratios = [c.ratio for c in painted(actor.app.screen) if c.words.strip()]
        found[name] = min(*ratios, found.get(name, 21.0))

    asyncio.run(walk(theme, size, look))
    return found


def main() -> None:
    """Print the table."""
    os.environ.update(TERM="xterm-256color", COLORTERM="truecolor")
    os.environ.pop("NO_COLOR", None)
    columns = {(theme, size): lowest(theme, size) for theme in PALETTES for size in SIZES}
    print(f"{'':<16}", *(f"{theme} {wide}×{high}".rjust(16) for theme, (wide, high) in columns))  # noqa: T201 - the table
    for name in next(iter(columns.values())):
        print(f"{name:<16}", *(f"{column[name]:16.2f}" for column in columns.values()))  # noqa: T201 - likewise


if __name__ == "__main__":
    main()
