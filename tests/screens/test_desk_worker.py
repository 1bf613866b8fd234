"""The desk's thread: what is asked for after its end is cancelled, and never begun."""

from __future__ import annotations

import asyncio

import pytest

from kiosk.screens.desk_worker import DeskThread
from tests.screens.acting import a_stand


async def test_after_the_end_every_action_is_cancelled() -> None:
    """So a worker that asks between two actions ends quietly, not with an error of the thread pool."""
    began: list[object] = []
    thread = DeskThread(a_stand().services)
    assert await thread.act(lambda _: 1) == 1
    await thread.close(5, in_order=True)
    with pytest.raises(asyncio.CancelledError):
        await thread.act(began.append)
    with pytest.raises(asyncio.CancelledError):
        await thread.open()
    assert began == []
