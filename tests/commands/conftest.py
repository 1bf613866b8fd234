"""A home and the commands on it, as most tests of commands want them; a file may have its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.settings import Home
from tests.homes import a_home
from tests.typed import Typed, set_up


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with the small pack, not set up."""
    return a_home(tmp_path)


@pytest.fixture
def typed(home: Home, capsys: pytest.CaptureFixture[str]) -> Typed:
    """Commands on that home, set up."""
    typed = Typed(home, capsys)
    set_up(typed, home, approved=False)
    return typed
