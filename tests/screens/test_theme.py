"""The theme follows the terminal, phones read the codes, and everything is clear without color too."""

from __future__ import annotations

import pytest
import zxingcpp

from kiosk.i18n.strings import has_text, text
from kiosk.presentation.keys import KEYS, pressed
from kiosk.record.transparency.verification_code import code_of, read_code
from kiosk.screens import theme as look
from kiosk.settings import Mode
from tests.screens.acting import TO_RECORD, a_stand, acting
from tests.screens.pages.phone import LoggedEntry, kept, photographed


@pytest.mark.parametrize(
    ("theme", "environ", "colors", "chosen"),
    [
        ("auto", {"TERM": "linux"}, 16, "console"),
        ("auto", {"TERM": "linux", "COLORTERM": "truecolor"}, 1 << 24, "console"),
        ("auto", {"TERM": "xterm"}, 16, "console"),
        ("auto", {"TERM": "xterm-256color"}, 256, "day"),
        ("night", {"TERM": "linux"}, 16, "night"),
        ("auto", {"TERM": "xterm", "NO_COLOR": "1"}, None, "day"),
    ],
)
def test_the_theme_follows_settings_then_terminal(
    theme: str, environ: dict[str, str], colors: int | None, chosen: str
) -> None:
    """A set theme is used; `auto` means day, or the console's theme if colors or glyphs are few."""
    assert look.choose(theme, environ, colors) == chosen


async def test_without_colour_every_state_is_still_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The cursor has a sign, ticks a cross, what is said quotes, practice its word."""
    monkeypatch.setenv("NO_COLOR", "1")
    async with acting(a_stand(mode="practice")) as actor:
        await actor.press("enter", "down")
        assert ">1" in actor.step
        assert "PRACTICE" in actor.lines[0]
        await actor.press("2", "1")
        assert "SAY “Please have a seat" in actor.step
        await actor.press("1", *["enter"] * 3, "2")
        assert "[x] To see a student" in actor.step


@pytest.mark.parametrize("theme", ["day", "night", "contrast", "console"])
async def test_a_phone_reads_the_code_in_every_theme(theme: str) -> None:
    """The cells of the card, painted as pixels, decode to the contact: dark on light, never clipped."""
    async with acting(a_stand(theme=theme)) as actor:
        await actor.press("enter", "f3")
        (code,) = [found.text for found in zxingcpp.read_barcodes(photographed(actor))]
        office = kept(code)
        assert (office.name, office.number) == ("Superintendent's Office", "+18605550100")
        assert (office.note, office.url) == ("Lincoln Elementary", "https://example.org/so")


async def test_a_wide_window_has_room_for_the_whole_contact() -> None:
    """Hours and address are in the code as well; the words beside it stay."""
    async with acting(size=(120, 40)) as actor:
        await actor.press("enter", "f3")
        (code,) = [found.text for found in zxingcpp.read_barcodes(photographed(actor, (120, 40)))]
        assert kept(code) == LoggedEntry(
            "Superintendent's Office",
            "+18605550100",
            "Lincoln Elementary, Mon-Fri 8:00 AM-4:30 PM",
            "https://example.org/so",
            "1 Example Street, Sampleton",
        )
        assert "Thank you for waiting" in actor.text
        await actor.pilot.resize_terminal(80, 24)
        await actor.settle()
        (code,) = [found.text for found in zxingcpp.read_barcodes(photographed(actor))]
        assert kept(code).number == "+18605550100"


@pytest.mark.parametrize("theme", ["day", "console"])
@pytest.mark.parametrize("mode", ["live", "practice"])
async def test_a_phone_reads_the_code_of_a_closed_record(theme: str, mode: Mode) -> None:
    """The code holds log ID, size and the whole root of the log as it was closed; so do the characters below it."""
    async with acting(a_stand(theme=theme, mode=mode)) as actor:
        await actor.press("enter", "f9", "1")
        (code,) = [found.text for found in zxingcpp.read_barcodes(photographed(actor))]
        assert code_of(actor.stand.log.signed_checkpoint()).text == code
        assert read_code("".join(line[44:] for line in actor.lines[19:22])).text == code
        assert ("PRACTICE. On a real visit" in actor.text) == (mode == "practice")


async def test_a_closed_record_with_much_open_still_fits() -> None:
    """Roles not notified come first; the last line counts the rest."""
    async with acting() as actor:
        await actor.press(*TO_RECORD, *["enter"] * 3, "f9", "1")
        words = " ".join("\n".join(line[:44] for line in actor.lines[1:22]).split())
        assert words.startswith("The record is closed.")
        assert "Still to call" in words
        assert words.endswith(text("done.code"))
        assert "FOK1:" in actor.lines[19]


def test_every_key_has_words() -> None:
    """Each key that is offered on a footer has a label and a sentence."""
    for key in KEYS:
        if not key.startswith(("interrupt", "up", "down", "page", "choose")):
            assert has_text(f"key.{key}"), key
            assert has_text(f"help.{key}"), key
    assert text("key.help", "xx") == "Help"
    assert pressed("f1", ("hide", "help")) == "help"
    assert pressed("f1", ("hide",)) is None


async def test_a_wide_window_shows_more_and_never_other_words() -> None:
    """At 120×40 the panel is wider; every word of 80×24 is there."""
    async with acting() as actor:
        await actor.press("enter", "2")
        narrow = set(actor.text.split())
    async with acting(size=(120, 40)) as actor:
        await actor.press("enter", "2")
        assert narrow <= set(actor.text.split())
