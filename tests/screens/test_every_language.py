"""The screens in every language: the words fit where English fits, and lead from home to a closed record."""

from __future__ import annotations

import pytest

from kiosk.i18n.strings import languages, text
from kiosk.screens.widgets.keyrow import KeyRow
from kiosk.screens.widgets.scroll import Column
from tests.screens.acting import TO_RECORD, a_stand_in, acting

OTHERS = [code for code in languages() if code != "en"]
BOX = 48
"""At 80 columns: the cells of a box's reasons."""


@pytest.mark.parametrize("language", languages())
def test_the_tags_of_a_step_fit_their_column(language: str) -> None:
    """DO and SAY stand in a column of six cells, and don't look alike."""
    do, say = text("step.do", language), text("step.say", language)
    assert max(len(do), len(say)) < 6
    assert do != say


@pytest.mark.parametrize("language", languages())
def test_the_reasons_of_a_box_fit_one_line(language: str) -> None:
    """All four reasons why a box is empty stand in the one line there is for them at 80 columns."""
    reasons = [text(f"missing.{r}", language) for r in ("refused", "not-seen", "not-asked", "deferred")]
    assert len("↓ " + "".join(f" {n} {words} " for n, words in enumerate(reasons, 1))) <= BOX


async def _drawn(language: str, *keys: str) -> tuple[list[str], bool, list[str]]:
    """The screen after these keys, whether something is out of sight, and the footers that were cut."""
    async with acting(a_stand_in(language)) as actor:
        await actor.press(*keys)
        screen = actor.app.screen
        beyond = any(column.max_scroll_y > 0 for column in screen.query(Column))
        footers = [(row.made(row.content_size.width)[0].content.plain.rstrip(), row) for row in screen.query(KeyRow)]
        return actor.lines, beyond, [words for words, row in footers if len(words) > row.content_size.width]


SCREENS = {
    "home": (),
    "step": ("enter",),
    "call": ("enter", "2", "1"),
    "call again": ("enter", "2", "1", "2"),
    "record": TO_RECORD,
    "choose": (*TO_RECORD, "enter", "enter", "enter"),
    "looking back": ("enter", "2", "backspace"),
    "note": ("enter", "f4"),
    "calls": ("enter", "2", "1", "2", "f5"),
    "call result": ("enter", "f5", "3"),
    "card": ("enter", "f3"),
    "help": ("enter", "f1"),
    "hide": ("enter", "escape"),
    "review": ("enter", "f9"),
    "second question": ("enter", "f9", "1"),
    "done": ("enter", "f9", "1"),
    "close practice": ("f10",),
}
"""Screen → the keys that lead there from home."""


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("screen", SCREENS)
async def test_it_fits_where_english_fits(language: str, screen: str) -> None:
    """At 80×24 nothing is out of sight that is in sight in English, and the keys of the footer are whole."""
    english, beyond, _ = await _drawn("en", *SCREENS[screen])
    lines, also_beyond, cut = await _drawn(language, *SCREENS[screen])
    assert lines != english, f"{screen} was not drawn in {language}"
    assert beyond or not also_beyond, "\n".join(lines)
    assert cut == []


@pytest.mark.parametrize("language", OTHERS)
async def test_the_small_window_says_so_in_its_language(language: str) -> None:
    """A window that is too small shows the whole message, with the number."""
    async with acting(a_stand_in(language), size=(60, 16)) as actor:
        assert text("small.title", language) in actor.text
        assert text("small.how", language) in actor.text
        assert "860-555-0100" in actor.text


async def test_spanish_reads_from_home_to_a_closed_record() -> None:
    """A Spanish desk shows in Spanish which key to press, whom to call, what is open, and that it is closed."""
    async with acting(a_stand_in("es")) as actor:
        assert "¿Un agente u oficial pregunta por un estudiante?" in actor.text
        assert "PRÁCTICA" in actor.text
        assert "El protocolo aún no está aprobado. Vea “kiosk doctor”." in actor.text
        await actor.press(*TO_RECORD)
        assert "contestó 10:42 a. m." in actor.text
        await actor.press("enter", "enter")
        assert "1 no quiso 2 no visto 3 no pedí 4 después" in actor.text
        await actor.press("enter", "1", "enter", "1")
        assert "Agency, as they say it: después" in actor.step
        assert "¿Cerrar el registro?" in actor.text
        await actor.press("1")
        assert "El registro está cerrado." in actor.text


async def test_the_word_that_closes_a_live_kiosk_is_in_its_language() -> None:
    """The word on the administrator's page is the word it accepts."""
    async with acting(a_stand_in("es", "live")) as actor:
        await actor.press("f10")
        assert "escriba la palabra cerrar" in actor.text
        await actor.type("cerrar")
        await actor.press("enter")
        assert actor.app._exit
        assert actor.app.return_code == 0
