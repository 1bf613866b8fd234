"""Canonical JSON (RFC 8785, JSON Canonicalization Scheme), for a subset where plain `json.dumps` produces it.

The subset: null, true, false, text without lone surrogates, whole numbers within ±(2^53 − 1), lists, and objects with
ASCII keys. Other values, such as floats, are refused, so that all programs write the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

Json = None | bool | int | str | Sequence["Json"] | Mapping[str, "Json"]

LARGEST = 2**53 - 1


def canonical(value: Json) -> str:
    """Return the canonical JSON text of `value`. Raises ValueError for a value outside the subset."""
    _require_plain(value)
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def _require_plain(value: object) -> None:
    match value:
        case None | bool():
            return
        case int():
            if abs(value) > LARGEST:
                raise ValueError("a whole number must be within ±(2^53 − 1)")
        case str():
            value.encode("utf-8")  # UnicodeEncodeError, a ValueError, for lone surrogates
        case Mapping():
            for key, item in value.items():
                if not (isinstance(key, str) and key.isascii()):
                    raise ValueError("a key must be ASCII text")
                _require_plain(item)
        case list() | tuple():
            for item in value:
                _require_plain(item)
        case _:
            raise ValueError(f"{type(value).__name__} can't be in an entry")
