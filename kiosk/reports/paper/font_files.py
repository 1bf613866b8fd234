"""The fonts of a PDF, and the characters that they have: read from the fonts' own tables."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent / "fonts"

_FAMILIES: Final = (
    ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf", "NotoSans-Italic.ttf"),
    ("NotoSansArabic-Regular.ttf", "NotoSansArabic-Bold.ttf"),
    ("wqy-microhei.ttc",),
)
"""The files of each family, in the order in which a template asks for the families."""


@cache
def covered() -> frozenset[int]:
    """Return the code points that a PDF can show. A family has a character only if each of its styles has it."""
    of_families = (frozenset.intersection(*map(characters, files)) for files in _FAMILIES)
    return frozenset().union(*of_families)


def characters(name: str) -> frozenset[int]:
    """Return the code points that a font of the folder has a glyph for; of a collection, its first font."""
    data = (FOLDER / name).read_bytes()
    found: set[int] = set()
    for table in _tables(data):
        match int.from_bytes(data[table : table + 2], "big"):
            case 4:
                found.update(_in_segments(data, table))
            case 12:
                found.update(_in_groups(data, table))
            case _:  # another form of the same mapping
                pass
    return frozenset(found)


def _tables(data: bytes) -> Iterator[int]:
    """Yield the offsets of the tables that map characters to glyphs, for Unicode only."""
    font = struct.unpack_from(">I", data, 12)[0] if data[:4] == b"ttcf" else 0
    (count,) = struct.unpack_from(">H", data, font + 4)
    directory = (struct.unpack_from(">4sIII", data, font + 12 + 16 * n) for n in range(count))
    start = next(offset for tag, _, offset, _ in directory if tag == b"cmap")
    (count,) = struct.unpack_from(">H", data, start + 2)
    for n in range(count):
        platform, encoding, offset = struct.unpack_from(">HHI", data, start + 4 + 8 * n)
        if platform == 0 or (platform, encoding) in {(3, 1), (3, 10)}:
            yield start + offset


def _in_segments(data: bytes, table: int) -> Iterator[int]:
    """Yield the characters of a table of format 4: segments of the first 65,536."""
    (double,) = struct.unpack_from(">H", data, table + 6)
    count = double // 2
    ends = struct.unpack_from(f">{count}H", data, table + 14)
    starts = struct.unpack_from(f">{count}H", data, table + 16 + double)
    deltas = struct.unpack_from(f">{count}H", data, table + 16 + 2 * double)
    offsets = table + 16 + 3 * double
    for n, (first, last, delta) in enumerate(zip(starts, ends, deltas, strict=True)):
        (offset,) = struct.unpack_from(">H", data, offsets + 2 * n)
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code
            if offset:  # the glyph is in an array, counted from this segment's own place
                (glyph,) = struct.unpack_from(">H", data, offsets + 2 * n + offset + 2 * (code - first))
            if glyph and (glyph + delta) % 0x10000:
                yield code


def _in_groups(data: bytes, table: int) -> Iterator[int]:
    """Yield the characters of a table of format 12: groups of any characters."""
    (count,) = struct.unpack_from(">I", data, table + 12)
    for n in range(count):
        first, last, glyph = struct.unpack_from(">III", data, table + 16 + 12 * n)
        yield from (code for code in range(first, last + 1) if glyph + code - first)
