"""The words of every pack that ships: nothing banned, nothing private, plain, and whole on the smallest screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.checks.run import check_pack
from kiosk.checks.wording import measures
from kiosk.checks.wording.grade import LIMIT
from kiosk.protocol.pack import PROTOCOL_FILE, read_pack

PACKS = [folder for folder in (Path(__file__).parents[2] / "protocols").iterdir() if (folder / PROTOCOL_FILE).exists()]


@pytest.mark.parametrize("folder", PACKS, ids=lambda folder: folder.name)
def test_the_words_of_a_shipped_pack_have_no_findings(folder: Path) -> None:
    """No claim, nothing private, and not a warning either."""
    pack = read_pack({file.name: file.read_bytes() for file in folder.glob("*.yaml")})
    assert len(pack.reading.texts) > 20

    assert [str(f) for f in check_pack(pack) if f.code[0] in "VW"] == []


@pytest.mark.parametrize("folder", PACKS, ids=lambda folder: folder.name)
def test_the_words_of_a_shipped_pack_are_for_a_sixth_grader(folder: Path) -> None:
    """Every text that is long enough for a grade has one below the limit."""
    reading = read_pack({file.name: file.read_bytes() for file in folder.glob("*.yaml")}).reading
    assert reading.protocol is not None
    grades = [m.grade for m in measures(reading.protocol, reading.texts).values() if m.grade is not None]

    assert len(grades) > 20
    assert max(grades) < LIMIT
