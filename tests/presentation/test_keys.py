"""Every key has one meaning on a screen, and words in every language."""

from __future__ import annotations

import pytest

from kiosk.i18n.strings import languages, text
from kiosk.presentation.keys import AT_ONCE, ENTERS, INTERRUPTS, KEYS, MOVES, OPTION_KEYS, pressed


def test_a_key_is_found_by_any_of_its_names() -> None:
    """Among the keys of the screen alone."""
    assert pressed("left", MOVES) == pressed("backspace", MOVES) == "back"
    assert pressed("shift+tab", MOVES) == "up"
    assert pressed("f6", INTERRUPTS) == "interrupt-1"
    assert pressed("f6", MOVES) is None
    assert pressed("f6", ()) is None


def test_of_two_keys_with_one_name_the_first_is_meant() -> None:
    """The screen lists the more important first."""
    assert pressed("enter", ("go-on", "save")) == "go-on"
    assert pressed("enter", ("save", "go-on")) == "save"


@pytest.mark.parametrize("keys", [INTERRUPTS, MOVES])
def test_keys_of_one_row_do_not_share_a_name(keys: tuple[str, ...]) -> None:
    """Each name means one of them."""
    names = [name for key in keys for name in KEYS[key].names]
    assert len(set(names)) == len(names)
    assert [pressed(name, keys) for key in keys for name in KEYS[key].names] == [
        key for key in keys for _ in KEYS[key].names
    ]


def test_every_list_names_keys_that_exist() -> None:
    """Each key is filed under its own id; moving never has an effect at once."""
    assert {*AT_ONCE, *MOVES, *INTERRUPTS} <= KEYS.keys()
    assert {key_id: key.id for key_id, key in KEYS.items()} == {key_id: key_id for key_id in KEYS}
    assert set(AT_ONCE).isdisjoint(MOVES)


def test_no_option_has_the_name_of_another_key() -> None:
    """A number or letter always answers; 0 is none, and none is there twice."""
    names = {name for key in KEYS.values() for name in key.names} | set(ENTERS)
    assert names.isdisjoint(OPTION_KEYS)
    assert len(set(OPTION_KEYS)) == len(OPTION_KEYS) == 35
    assert "0" not in OPTION_KEYS


@pytest.mark.parametrize("language", languages())
def test_the_help_has_words_for_each_key_that_acts_at_once(language: str) -> None:
    """An interrupt has the protocol's own words on its label."""
    for key in set(AT_ONCE) - set(INTERRUPTS):
        assert text(f"key.{key}", language)
