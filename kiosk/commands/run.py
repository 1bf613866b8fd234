"""`kiosk` without a command: open the desk. Its few options are parsed without a library."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kiosk.errors import UsageError
from kiosk.settings import find_home, read_settings

_WITH_VALUE: Final = {"--home", "--language", "--visitor-language"}


@dataclass(frozen=True, slots=True)
class Start:
    """How to start the desk; None means as set up."""

    home: str | None = None
    practice: bool = False
    language: str | None = None
    visitor_language: str | None = None


def typed_start(words: Sequence[str]) -> Start | None:
    """Parse the options of the desk; return None for any other word, so that the whole command line is parsed.

    This avoids importing click before the first screen.
    """
    practice, values, left = False, dict[str, str](), iter(words)
    for word in left:
        name, equals, value = word.partition("=")
        if word == "--practice":
            practice = True
        elif name in _WITH_VALUE and (given := value if equals else next(left, None)) is not None:
            values[name] = given
        else:
            return None
    return Start(values.get("--home"), practice, values.get("--language"), values.get("--visitor-language"))


def run(start: Start) -> int:
    """Open the full-screen kiosk; return its exit code. Raises KioskError before it uses the screen."""
    _require_codes(code for code in (start.language, start.visitor_language) if code is not None)
    # `common/paths.py` is not used here: it imports the protocol reader and would delay the first screen.
    home = find_home(start.home, os.environ)
    from kiosk.app.start import run_kiosk  # noqa: PLC0415 - textual

    settings = read_settings(home)
    if start.language is not None:
        settings = replace(settings, language=start.language)
    if start.visitor_language is not None:
        settings = replace(settings, visitor_language=start.visitor_language)
    return run_kiosk(home, settings, practice=start.practice)


def _require_codes(given: Iterable[str]) -> None:
    for code in given:
        from kiosk.protocol.syntax.forms import LANGUAGE_PATTERN  # noqa: PLC0415 - only when one is given

        if not re.fullmatch(LANGUAGE_PATTERN, code):
            raise UsageError(f"“{code}” is not a language code.", "Write it like es or pt-BR.")
