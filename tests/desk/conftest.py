"""A desk over an empty log, at a clock that moves when told to."""

from __future__ import annotations

import pytest

from kiosk.desk.service import Desk
from kiosk.system.clock import FixedClock
from tests.builders import a_desk
from tests.fakes import MemoryLog


@pytest.fixture
def log() -> MemoryLog:
    """An empty log."""
    return MemoryLog()


@pytest.fixture
def clock() -> FixedClock:
    """A clock that moves when told to."""
    return FixedClock()


@pytest.fixture
def desk(log: MemoryLog, clock: FixedClock) -> Desk:
    """A desk over the empty log."""
    return a_desk(log, clock)
