"""Compare a page of stored rows with their hashes by columns; one entry at a time takes twice as long.

Only the form that the kiosk writes matches here. An entry that does not is not altered yet: `segment` checks it alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any, Final

from kiosk.record.entries import digests

Row = tuple[Any, ...]

NO_VALUES: Final = b'"sd":{}'


def matching(entries: Sequence[Row], values: Sequence[Row], origin: bytes) -> list[bool]:
    """Return for each entry whether its header, its search columns and all of its values match in the usual form.

    entries, values: as in `segment.Rows`. A row of the wrong types makes the whole page False.
    """
    try:
        disclosed, left = _disclosed(values)
        return [
            sha256(b"\x00" + header).digest() == leaf
            and b'%b,"event_id":"%b","kind":"%b","origin":"%b","pack":' % (_about(about), event_id, kind, origin)
            in header
            and b'%b,"seq":%d,"step_id":' % (disclosed.get(seq, NO_VALUES), seq) in header
            and header.endswith(b'"wall_us":%d}' % wall_us)
            and b"\\" not in header  # so each quotation mark in it begins or ends a text
            and seq not in left
            for seq, header, leaf, event_id, about, kind, wall_us in entries
        ]
    except (TypeError, ValueError, AttributeError):
        return [False] * len(entries)


def _about(encounter_id: bytes | None) -> bytes:
    return b'"encounter_id":null' if encounter_id is None else b'"encounter_id":"%b"' % encounter_id


def _disclosed(values: Sequence[Row]) -> tuple[Mapping[int, bytes], frozenset[int]]:
    """Return the part of a header that the readable values of each entry make, and the entries to check alone."""
    if not values:
        return {}, frozenset()
    numbers, names, encrypted, bodies = zip(*values, strict=True)
    if list(numbers) != sorted(numbers):
        raise ValueError("the values of an entry must follow each other")
    pairs = [b'"%b":"%b"' % pair for pair in zip(names, digests(bodies), strict=True)]
    made, at = {}, 0
    for seq, count in Counter(numbers).items():
        made[seq] = b'"sd":{%b}' % b",".join(pairs[at : at + count])
        at += count
    escaped = {name for name in set(names) if b'"' in name or b"\\" in name}
    if not escaped and not any(encrypted):
        return made, frozenset()
    rows = zip(numbers, names, encrypted, strict=True)
    return made, frozenset(seq for seq, name, is_encrypted in rows if is_encrypted or name in escaped)
