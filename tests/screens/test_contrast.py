"""Every word on every screen stands out from its paper, in every theme; and the console draws only what it has."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from kiosk.protocol.kinds.registry import KINDS
from kiosk.screens.base import KioskScreen
from kiosk.screens.text import has_glyph
from kiosk.screens.theme import CONSOLE, PALETTES
from tests.screens.acting import Actor
from tests.screens.contrast import ENOUGH, INKS, PAPERS, SIZES, painted, walk

QR_GLYPHS = {"▀", "▄"}
"""A code needs half blocks: the font that `deploy/` sets up has them, others show the number beside it."""

STEPS = {f"step: {kind.id}" for kind in KINDS.values() if kind.shown} | {"review"}


def screens(kind: type[KioskScreen] = KioskScreen) -> Iterable[str]:
    """What every kind of screen but the encounter's, which goes by its steps, is called in the walk."""
    for each in kind.__subclasses__():
        if each.__name__.endswith("Screen"):  # what several have in common is a page, and never shown alone
            yield each.__name__.removesuffix("Screen").lower()
        yield from screens(each)


WIDE = [pytest.param(theme, SIZES[1], marks=pytest.mark.long) for theme in PALETTES]


@pytest.mark.parametrize(
    ("theme", "size"), [*((theme, SIZES[0]) for theme in (*PALETTES, "without color")), *WIDE], ids=str
)
async def test_every_word_on_every_screen_stands_out(
    theme: str, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Seven to one or better, and no screen is skipped. Without color the same is true of its grays."""
    if theme == "without color":
        monkeypatch.setenv("NO_COLOR", "1")
        theme = "day"
    seen, faint, strange = set[str](), set[object](), set[object]()

    def look(name: str, actor: Actor) -> None:
        seen.add(name)
        for cells in painted(actor.app.screen):
            if cells.words.strip() and cells.ratio < ENOUGH:
                faint.add((name, cells, round(cells.ratio, 2)))
            if theme == CONSOLE and (cells.ink not in INKS or cells.paper not in PAPERS):
                strange.add((name, cells))
        if theme == CONSOLE:
            glyphs = {c for line in actor.lines for c in line if not has_glyph(c)}
            strange.update((name, c) for c in glyphs - (QR_GLYPHS if name in {"card", "done"} else set()))

    await walk(theme, size, look)
    assert faint == set()
    assert strange == set()
    assert seen == {*screens(), *STEPS} - {"encounter"}
