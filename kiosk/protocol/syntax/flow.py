"""Write values as YAML flow style, as in a scenarios file, so that they read back as the same values."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Final, assert_never

from kiosk.protocol.model import MISSING
from kiosk.protocol.replies import Missing, Value

_PLAIN: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Raw(str):
    """Text that is written without quotes."""

    __slots__ = ()


def table(pairs: Iterable[tuple[str, Value]]) -> str:
    """Return a table: `{name: value, …}`."""
    return "{" + ", ".join(f"{name}: {_value(value)}" for name, value in pairs) + "}"


def quoted(words: str) -> str:
    """Return text in quotes."""
    return json.dumps(words, ensure_ascii=False)


def _value(value: Value) -> str:
    match value:
        case Missing(reason):
            return reason
        case Raw() | int():
            return str(value)
        case str():
            return value if _PLAIN.fullmatch(value) and value not in MISSING else quoted(value)
        case _:
            assert_never(value)
