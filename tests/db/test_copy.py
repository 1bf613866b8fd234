"""A copy of a log in use: of one state, in parts, and without what is written meanwhile."""

from __future__ import annotations

from pathlib import Path

import pytest

from db import copy
from db.copy import copy_log
from db.store import Reader, Store
from tests.db.rows import a_row, add


def test_what_is_written_between_two_parts_is_not_in_the_copy(
    store: Store, log: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor does it start the copy again: a desk writes all day."""
    add(store, [a_row(seq) for seq in range(3)])
    monkeypatch.setattr(copy, "_PART", 1)
    seen: list[tuple[int, int]] = []

    def write(done: int, total: int) -> None:
        seen.append((done, total))
        assert len(seen) <= total, "the copy started again"
        add(store, [a_row(store.size())])

    with Reader.open(copy_log(log, tmp_path / "copy.db", write)) as found:
        assert found.size() == 3
    total = seen[-1][1]
    assert seen == [(done, total) for done in range(1, total + 1)]
    assert store.size() == 3 + total
