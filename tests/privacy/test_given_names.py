"""Given names, in three lists."""

from __future__ import annotations

from kiosk.privacy.given_names import OF_ADULTS_TOO, OF_CHILDREN, WITH_A_CAPITAL


def test_each_name_is_in_one_list_in_small_letters() -> None:
    """A name in two lists would have the meaning of the one that is looked up first."""
    every = [*OF_ADULTS_TOO, *OF_CHILDREN, *WITH_A_CAPITAL]
    assert len(every) == len(set(every)) > 1_000
    assert [name for name in every if not (name.isascii() and name.isalpha() and name.islower())] == []
