"""Words made to drive a terminal, a markup reader or a spreadsheet: harmless in every box, on screen and in files."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import zipfile
from itertools import cycle
from pathlib import Path

import pytest

from tests.terminal.desk_life import REVIEW, exported, kiosk, live_home, play
from tests.terminal.harness import Terminal, open_kiosk
from tests.terminal.test_encounters_in_a_terminal import HANDED_OVER, WAITING

ESCAPES = "\x1b]52;c;aGFja2Vk\x07\x1b[2J\x9b31m"
"""Write the clipboard, clear the screen, change the color."""
HOSTILE = f'=HYPERLINK("//x.example","y")[/red][@click=app.quit]z[/] \u202egnp.exe {ESCAPES}'
FORMULAS = ("=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1+1", "＝1+1")


def mark(raw: bytes) -> bool:
    """Whether what was pasted reached the terminal as it was."""
    return b"\x1b]52" in raw or "\u202e".encode() in raw or b"aGFja2Vk\x07" in raw or b"\x9b31m" in raw


def through_every_box(terminal: Terminal, *words: str) -> None:
    """One live encounter with these words, in turn, in the three boxes and in a note."""
    inserted = cycle(words)
    play(terminal, WAITING)
    terminal.wait_for("Write who they are")
    for _ in range(3):
        terminal.paste(next(inserted))
        terminal.press("enter")
    terminal.wait_for("What do they want?")
    terminal.press("f4")
    terminal.wait_for("Only what you saw and heard.")
    terminal.paste(next(inserted))
    terminal.press("enter")
    terminal.wait_for("What do they want?")
    play(
        terminal,
        [
            ("What do they want?", ("2", "see:That's all", "enter")),
            ("Did they show you a paper?", ("1",)),
            *HANDED_OVER,
            *REVIEW,
        ],
    )
    terminal.wait_for("The record is closed")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home that may run live."""
    return live_home(tmp_path)


def test_words_that_drive_a_terminal_are_only_shown(home: Path) -> None:
    """No escape of theirs reaches the terminal from any box, list, note, review or export; nothing crashes or quits."""
    with open_kiosk(home) as terminal:
        through_every_box(terminal, HOSTILE)
        assert b"HYPERLINK" in terminal.raw, "the words never reached the screen"

        assert not mark(terminal.raw)

    (record,) = exported(home)
    assert '=HYPERLINK("//x.example","y")[/red][@click=app.quit]z[/]' in record["fields"]["agents"]
    number = record["no"]
    for words in (
        kiosk(home, "log", "list"),
        kiosk(home, "log", "show", number),
        kiosk(home, "log", "export", "--format", "jsonl", "--level", "full"),
        kiosk(home, "log", "export", "--format", "csv", "--level", "full"),
    ):
        assert not mark(words.encode())


def test_ten_thousand_characters_fill_a_box_and_no_more(home: Path) -> None:
    """A very long paste is cut to the box's room; the desk goes on."""
    with open_kiosk(home) as terminal:
        through_every_box(terminal, "x" * 10_000)

    (record,) = exported(home)
    assert len(record["fields"]["agents"]) == 200
    assert len(record["notes"][0]["text"]) == 1000


def test_no_exported_cell_begins_as_a_formula(home: Path) -> None:
    """Whatever was typed, a cell of the sheet begins with nothing a spreadsheet would work out."""
    with open_kiosk(home) as terminal:
        for formulas in (FORMULAS[:4], FORMULAS[4:]):
            through_every_box(terminal, *formulas)
            terminal.press("enter")

    sheet = kiosk(home, "log", "export", "--format", "csv", "--level", "full")
    assert sheet.startswith("\ufeff")
    cells = [cell for row in csv.reader(io.StringIO(sheet.removeprefix("\ufeff"))) for cell in row]
    for formula in FORMULAS:
        assert any(formula.strip() in cell for cell in cells), f"{formula} is not in the sheet"
    assert [cell for cell in cells if cell[:1] in tuple("=+-@\t\r\n＝＋－＠")] == []


@pytest.mark.long
def test_a_spreadsheet_program_opens_the_export_without_a_formula(home: Path, tmp_path: Path) -> None:
    """LibreOffice reads the sheet, and no cell of what it made of it is a formula."""
    office = shutil.which("soffice") or pytest.skip("needs LibreOffice: apt-get install libreoffice-calc-nogui")
    with open_kiosk(home) as terminal:
        through_every_box(terminal, "=1+1")
    sheet = tmp_path / "sheet.csv"
    kiosk(home, "log", "export", "--format", "csv", "--level", "full", "-o", str(sheet))

    subprocess.run(
        [office, f"-env:UserInstallation=file://{tmp_path}/office", "--headless", "--convert-to", "xlsx", str(sheet)],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        timeout=180,
    )

    with zipfile.ZipFile(tmp_path / "sheet.xlsx") as book:
        cells = book.read("xl/worksheets/sheet1.xml").decode()
        shared = book.read("xl/sharedStrings.xml").decode()
    assert "1+1" in shared
    assert "<f" not in cells
    assert json.dumps(exported(home)[0]["fields"]["agents"]) == '"=1+1"'
