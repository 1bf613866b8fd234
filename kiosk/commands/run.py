"""`kiosk`: the desk itself."""

from __future__ import annotations

import argparse
import re
from dataclasses import replace

from kiosk.commands.place import home_of
from kiosk.errors import WrongUse
from kiosk.settings import read_settings


def run(args: argparse.Namespace) -> int:
    """Open the full-screen kiosk; its exit code. Raises KioskError before the screen is taken."""
    given = {name: code for name in ("language", "say_language") if (code := getattr(args, name)) is not None}
    for code in given.values():
        if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z]{2,4})?", code):
            raise WrongUse(f"“{code}” is not a language code.", "Write it like en or es.")
    home = home_of(args)
    from kiosk.starting import run_kiosk  # noqa: PLC0415 - textual

    return run_kiosk(home, replace(read_settings(home), **given), practice=args.practice)
