"""The same terminal for every test of the screens, and pictures that only one version of textual may draw."""

from __future__ import annotations

from importlib.metadata import version
from typing import Final

import pytest

DRAWN_BY: Final = "8.2.8"
"""The textual the recorded pictures were drawn by."""


@pytest.fixture(autouse=True)
def same_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever terminal the tests are started from, the screens see this one."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.delenv("NO_COLOR", raising=False)


def pytest_configure(config: pytest.Config) -> None:
    """Refuse to record pictures with another textual: every one of them would change, and none for a reason."""
    updating = config.getoption("--snapshot-update", default=False)
    if updating and version("textual") != DRAWN_BY:
        raise pytest.UsageError(f"Pictures are recorded with textual {DRAWN_BY}; this is {version('textual')}.")
