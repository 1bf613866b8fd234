"""The bar for work that takes a while: how much is done, and how long the rest will take."""

from __future__ import annotations

import io
import sys

import pytest

from kiosk.commands.common.progress import Bar, bar


class Screen(io.StringIO):
    """A stderr that a person sees."""

    def isatty(self) -> bool:
        """They do."""
        return True


@pytest.mark.parametrize(
    ("done", "seconds", "words"),
    [
        (0, 0, "Checking [..............................]   0 %"),
        (50, 5, "Checking [###############...............]  50 %  5 s left"),
        (10, 30, "Checking [###...........................]  10 %  4 min 30 s left"),
        (100, 9, "Checking [##############################] 100 %  0 s left"),
    ],
)
def test_the_bar_tells_the_time_that_is_left(done: int, seconds: float, words: str) -> None:
    """As fast as so far."""
    assert bar("Checking", done, 100, seconds) == words


def test_it_is_drawn_for_a_person_and_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not at once, and not more often than twice a second; the line is empty at the end, also of work that failed."""
    times = iter([0.0, 0.05, 1.0, 2.0, 2.4, 2.5])
    monkeypatch.setattr(sys, "stderr", screen := Screen())

    def work() -> None:
        with Bar("Checking", monotonic=lambda: next(times)) as drawn:
            for done in (1, 10, 20, 24, 25):
                drawn.show(done, 100)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        work()
    assert screen.getvalue().count("Checking") == 2
    assert screen.getvalue().endswith("\r\x1b[K")


def test_short_work_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bar that comes and goes within a second tells nobody anything."""
    times = iter([0.0, 0.4, 0.9])
    monkeypatch.setattr(sys, "stderr", screen := Screen())
    with Bar("Checking", monotonic=lambda: next(times)) as drawn:
        drawn.show(50, 100)
        drawn.show(99, 100)
    assert screen.getvalue() == ""


def test_a_pipe_gets_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody watches."""
    monkeypatch.setattr(sys, "stderr", pipe := io.StringIO())
    times = iter([0.0, 9.0])
    with Bar("Checking", monotonic=lambda: next(times)) as drawn:
        drawn.show(50, 100)
    assert pipe.getvalue() == ""
