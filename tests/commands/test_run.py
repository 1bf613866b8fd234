"""The few options of the desk's start: the shortcut that reads them says what the whole command line says."""

from __future__ import annotations

import pytest

from kiosk.commands import run
from kiosk.commands.root import execute
from kiosk.commands.run import Start, typed_start

STARTS: list[tuple[list[str], Start]] = [
    ([], Start()),
    (["--practice"], Start(practice=True)),
    (["--home", "x", "--practice"], Start("x", practice=True)),
    (["--home=x", "--home", "y"], Start("y")),
    (["--language", "es"], Start(language="es")),
    (["--visitor-language=es", "--language="], Start(language="", visitor_language="es")),
    (["--home", "--practice"], Start("--practice")),
]


@pytest.mark.parametrize(
    ("words", "start"), STARTS, ids=lambda value: " ".join(value) if isinstance(value, list) else ""
)
def test_the_shortcut_reads_what_click_reads(words: list[str], start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same options, in the same way."""
    started: list[Start] = []

    def told(asked: Start) -> int:
        started.append(asked)
        return 0

    monkeypatch.setattr(run, "run", told)
    assert typed_start(words) == start
    assert execute(words) == 0
    assert started == [start]


@pytest.mark.parametrize("words", [["log"], ["-h"], ["--practice", "log"], ["--home"], ["--practice=yes"], ["--say"]])
def test_any_other_word_is_left_to_the_whole_command_line(words: list[str]) -> None:
    """Commands, help and mistakes."""
    assert typed_start(words) is None
