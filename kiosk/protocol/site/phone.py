"""Telephone numbers: whether one can be dialed, and the full international number."""

from __future__ import annotations

import re

from kiosk.errors import UsageError

_WRITTEN = re.compile(r"\+?[0-9 ().\-/]+")
_NORTH_AMERICAN = re.compile(r"1?([2-9]\d\d[2-9]\d{6})", re.ASCII)
_FICTIONAL = re.compile(r"\+1[2-9]\d\d55501\d\d", re.ASCII)
_EXTENSION = re.compile(r"\d{1,7}", re.ASCII)
_SHORT = frozenset({"911", "988"})
"""Numbers of three digits that every phone in the United States can dial."""


def is_dialable(phone: str) -> bool:
    """Check that `phone` is a North American number, one with `+` and a country code, or an emergency number."""
    return _number(phone) is not None


def is_fictional(phone: str) -> bool:
    """Check for a number from 555-0100 to 555-0199, which the North American plan reserves for fiction."""
    return _FICTIONAL.fullmatch(_number(phone) or "") is not None


def is_extension(extension: str) -> bool:
    """Check that `extension` is one to seven digits."""
    return _EXTENSION.fullmatch(extension) is not None


def dialable(phone: str) -> str:
    """Return the number to dial: `+18605550100`. Raise UsageError for a number that can't be dialed."""
    number = _number(phone)
    if number is None:
        raise UsageError(f"“{phone}” can't be dialed.", "Write ten digits as 860-555-0100, or + and the country.")
    return number


def _number(phone: str) -> str | None:
    digits = re.sub(r"[^0-9]", "", phone)
    if not _WRITTEN.fullmatch(phone):
        return None
    if phone in _SHORT:
        return phone
    american = _NORTH_AMERICAN.fullmatch(digits)
    if american and (not phone.startswith("+") or digits.startswith("1")):
        return f"+1{american[1]}"
    # ITU-T E.164: at most 15 digits, and no country code starts with 0; +1 is the case above.
    abroad = phone.startswith("+") and 8 <= len(digits) <= 15 and digits[0] not in "01"
    return f"+{digits}" if abroad else None
