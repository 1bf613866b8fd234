"""`kiosk`: the desk itself."""

from __future__ import annotations

import argparse
import re

from kiosk.commands.place import home_of
from kiosk.errors import WrongUse
from kiosk.settings import read_settings


def run(args: argparse.Namespace) -> int:
    """Open the full-screen kiosk; its exit code. Raises KioskError before the screen is taken."""
    if args.language is not None and not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z]{2,4})?", args.language):
        raise WrongUse(f"“{args.language}” is not a language code.", "Write it like en or es.")
    home = home_of(args)
    from kiosk.starting import run_kiosk  # noqa: PLC0415 - textual

    return run_kiosk(home, read_settings(home), practice=args.practice, language=args.language)
