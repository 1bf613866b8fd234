"""Closed sets with words: each member has its own, and an id that nobody knows is shown as it is."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

import pytest

import kiosk
from kiosk.errors import ReplaceReason
from kiosk.worded import Worded, listed


def every() -> Iterator[type[Worded]]:
    """Every closed set with words that the product has."""
    for module in pkgutil.walk_packages(kiosk.__path__, "kiosk."):
        if module.name.startswith(
            ("kiosk.record.", "kiosk.engine.", "kiosk.reports.", "kiosk.doctor.", "kiosk.protocol.")
        ):
            importlib.import_module(module.name)
    yield from Worded.__subclasses__()


@pytest.mark.parametrize("set_", every(), ids=lambda set_: str(set_.__name__))
def test_each_member_has_words_of_its_own(set_: type[Worded]) -> None:
    """Who reads them can tell the members apart; none is empty, and none is only its id in other letters."""
    words = [member.words for member in set_]
    assert all(words)
    assert len({*words}) == len(words)


def test_a_stored_id_is_found_again_and_an_unknown_one_shown() -> None:
    """A newer version may have written it: it breaks nothing, and is never silently empty."""
    assert ReplaceReason.of_id("key-lost") is ReplaceReason.KEY_LOST
    assert ReplaceReason.words_for("key-lost") == ReplaceReason.KEY_LOST.words
    for stored in ("of-tomorrow", None, 7, ["key-lost"]):
        assert ReplaceReason.of_id(stored) is None
        assert ReplaceReason.words_for(stored) == str(stored)


def test_each_is_stored_and_shown_as_its_id() -> None:
    """In JSON and in a sentence."""
    assert f"{ReplaceReason.KEY_LOST}" == "key-lost" == str(ReplaceReason.KEY_LOST)


@pytest.mark.parametrize(
    ("names", "words"),
    [(["a"], "a"), ([*"abcde"], "a, b, c, d, e"), ([*"abcdef"], "a, b, c, d, e, and 1 more")],
)
def test_a_long_list_names_the_first_ones_and_counts_the_others(names: list[str], words: str) -> None:
    """So that one sentence stays one."""
    assert listed(names) == words
