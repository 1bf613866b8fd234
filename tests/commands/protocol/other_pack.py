"""A second pack to compare with."""

from __future__ import annotations

from pathlib import Path


def other(folder: Path, text: str) -> str:
    """Another pack in a folder of its own."""
    place = folder / "other"
    place.mkdir(exist_ok=True)
    (place / "protocol.yaml").write_text(text, encoding="utf-8")
    return str(place)
