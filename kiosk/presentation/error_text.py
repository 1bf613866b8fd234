"""Error messages for the desk, in its language."""

from __future__ import annotations

from kiosk.errors import KioskError
from kiosk.i18n.strings import translated


def error_lines(error: KioskError, language: str) -> tuple[str, ...]:
    """Return what happened and what to do, a paragraph each; one paragraph if the language has words for both."""
    own = translated(error.text_id, language, **error.slots) if error.text_id else ""
    return (own,) if own else (error.what, error.repair)


def error_text(error: KioskError, language: str) -> str:
    """Return the same in one paragraph."""
    return " ".join(filter(None, error_lines(error, language)))
