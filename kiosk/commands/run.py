"""`kiosk`: the desk itself."""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Iterable
from dataclasses import replace

from kiosk.errors import UsageError
from kiosk.settings import find_home, read_settings


def run(args: argparse.Namespace) -> int:
    """Open the full-screen kiosk; its exit code. Raises KioskError before the screen is taken."""
    given = {name: code for name in ("language", "say_language") if (code := getattr(args, name)) is not None}
    _require_codes(given.values())
    # Not by `paths`, which brings the reader of protocols: nothing is painted until all that is loaded.
    home = find_home(getattr(args, "home", None), os.environ)
    from kiosk.app.start import run_kiosk  # noqa: PLC0415 - textual

    return run_kiosk(home, replace(read_settings(home), **given), practice=args.practice)


def _require_codes(given: Iterable[str]) -> None:
    for code in given:
        from kiosk.protocol.syntax.forms import LANGUAGE_PATTERN  # noqa: PLC0415 - only when one is given

        if not re.fullmatch(LANGUAGE_PATTERN, code):
            raise UsageError(f"“{code}” is not a language code.", "Write it like es or pt-BR.")
