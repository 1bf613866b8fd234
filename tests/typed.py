"""Running commands in this process, as somebody without a terminal would type them."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, assert_never

import pytest

from kiosk.cli import main
from kiosk.errors import Exit
from kiosk.settings import Home
from tests.homes import PUBLIC, made_once
from tests.homes import approved as approve


@dataclass(frozen=True)
class Told:
    """The result of a command: exit code, data, messages."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The data of a `--json` command."""
        return json.loads(self.out)


class Stage(Enum):
    """How far a home is."""

    NEW = auto()
    SET_UP = auto()
    APPROVED = auto()


class Typed:
    """`typed("log", "list")` runs `kiosk log list` on one home."""

    def __init__(self, home: Home, capsys: pytest.CaptureFixture[str]) -> None:
        self._home, self._capsys = home, capsys

    @property
    def home(self) -> Home:
        """The home."""
        return self._home

    def __call__(self, *words: str) -> Told:
        """Run it. No command may ever show a traceback."""
        self._capsys.readouterr()
        code = main([*words, "--home", str(self._home.path)])
        told = Told(code, *self._capsys.readouterr())
        assert "Traceback" not in told.out + told.err
        if code == Exit.CRASH:  # shown with a test that fails
            print(*(file.read_text(encoding="utf-8") for file in self._home.reports.glob("crash-*")))  # noqa: T201 - why
        return told

    def refused(self, code: int, *words: str) -> str:
        """Run what must fail with this exit code; give back its one line on stderr. It leaves no data."""
        told = self(*words)
        assert (told.code, told.out) == (code, ""), told
        assert told.err.count("\n") == 1, told.err
        return told.err


def set_up(typed: Typed, home: Home, *, approved: bool = True) -> None:
    """Make the home ready for live use, by the commands themselves."""
    contacts = str(home.path.parent / "contacts.yaml")
    words = ("--school", "Lincoln Elementary School", "--contacts", contacts, "--protocol", "small")
    told = typed("setup", *words, *(("--superintendent-key", PUBLIC) if approved else ()))
    assert told.code == 0, told
    if approved:
        approve(home.path / "protocols" / "small")
        told = typed("protocol", "install", str(home.path / "protocols" / "small"))
        assert told.code == 0, told


def bring_to(stage: Stage, typed: Typed, home: Home) -> None:
    """Bring a new home to that stage."""
    match stage:
        case Stage.NEW:
            pass
        case Stage.SET_UP | Stage.APPROVED:
            made_once(home, stage, lambda: set_up(typed, home, approved=stage is Stage.APPROVED))
        case _:
            assert_never(stage)


def at_a_terminal(monkeypatch: pytest.MonkeyPatch, *answers: str) -> None:
    """Somebody sits there and types these lines."""
    lines = iter(answers)
    # The stream itself, not what asks it: a module that is imported meanwhile would keep the replacement.
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys.stdin, "readline", lambda: next(lines, ""), raising=False)
