"""Draw the README's picture from the running kiosk: `python deploy/picture.py OUT.svg`, then render it to PNG."""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from kiosk.app.start import first_services
from kiosk.screens.app import KioskApp
from kiosk.settings import Home, Settings
from kiosk.system.clock import FixedClock

KEYS = ("enter", "2", "1")
"""From home to the question who they say they are."""


async def drawn() -> str:
    """Walk a practice encounter to a typical step; the screen as SVG, without fonts from the network."""
    with tempfile.TemporaryDirectory() as scratch:
        settings = Settings(school="Lincoln Elementary", theme="day", speech="off")
        clock = FixedClock(datetime(2026, 9, 14, 14, 42, tzinfo=UTC))
        app = KioskApp(first_services(Home(Path(scratch)), settings, practice=True, clock=clock))
        async with app.run_test(size=(80, 24)) as pilot:
            for key in KEYS:
                await pilot.pause(1.0)
                clock.advance(4)
                await pilot.press(key)
            await pilot.pause(1.0)
            return re.sub(
                r"@font-face\s*\{.*?\}", "", app.export_screenshot(title="Front-office kiosk"), flags=re.DOTALL
            )


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(asyncio.run(drawn()), encoding="utf-8")
