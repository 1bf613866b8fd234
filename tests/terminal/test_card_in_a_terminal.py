"""The referral card as the agent's phone sees it: the cells of an 80×24 terminal painted, and read back."""

from __future__ import annotations

from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from kiosk.i18n.strings import text
from tests.screens.pages.phone import LoggedEntry, kept
from tests.terminal.harness import Terminal, open_kiosk

CELL = (8, 16)
"""A cell's width and height in pixels: a half block is then a square."""
OFFICE = LoggedEntry("Superintendent's Office", "+18605550100", "Lincoln Elementary School")
"""The one of the fictional contacts, as much of it as there is room for."""


def painted(terminal: Terminal) -> Image.Image:
    """The screen as pixels: only half blocks, full blocks and blanks are drawn, as the code uses nothing else."""
    wide, high = CELL
    rows, columns = len(terminal.text.splitlines()), 80
    picture = Image.new("RGB", (columns * wide, rows * high), "#808080")
    for y in range(rows):
        for x in range(columns):
            data, services, back = terminal.cell(x, y)
            top, low = {"▀": (services, back), "▄": (back, services), "█": (services, services)}.get(data, (back, back))
            picture.paste(top, (x * wide, y * high, (x + 1) * wide, y * high + high // 2))
            picture.paste(low, (x * wide, y * high + high // 2, (x + 1) * wide, (y + 1) * high))
    return picture


@pytest.fixture(params=["xterm-256color", "linux"])
def card(request: pytest.FixtureRequest, tmp_path: Path) -> Image.Image:
    """The card at 80×24, in full color and on a 16-color console."""
    colours = {"TERM": request.param, "COLORTERM": "truecolor" if request.param != "linux" else ""}
    with open_kiosk(tmp_path / "home", "--practice", environ=colours) as terminal:
        terminal.wait_for(text("home.ask"))
        terminal.press("enter")
        terminal.wait_for("Is anyone in danger right now?")
        terminal.press("f3")
        terminal.wait_for("Superintendent's Office", "860-555-0100", "Back to the steps", gone="CALL NOW")
        return painted(terminal)


def is_office(codes: list[str]) -> bool:
    """Whether the one code is the office's contact, with the number that a phone can dial."""
    return [kept(code) for code in codes] == [OFFICE]


def test_zxing_reads_the_superintendents_office_from_the_card(card: Image.Image) -> None:
    """One reader of the kind that phones use finds the one contact, and nothing else."""
    assert is_office([code.text for code in zxingcpp.read_barcodes(card)])


def test_zbar_reads_the_superintendents_office_from_the_card(card: Image.Image) -> None:
    """A second, independent reader agrees."""
    pyzbar = pytest.importorskip(
        "pyzbar.pyzbar", reason="needs the zbar library: apt-get install libzbar0", exc_type=ImportError
    )

    assert is_office([code.data.decode() for code in pyzbar.decode(card)])
