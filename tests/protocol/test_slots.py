"""In which language a sentence can be said, and its slots with it."""

from __future__ import annotations

from kiosk.protocol.model import Text
from kiosk.protocol.slots import NOTHING, Said, filled, said

SIT = Text.of(en="Please wait {place}.", es="Espere {place}.")
DOOR = Text.of(en="at the door", es="en la puerta")
NUMBER = "860-555-0100"


def test_words_are_said_in_the_language_asked_for() -> None:
    """Their slots in the same."""
    assert said(SIT, "es", {"place": DOOR}) == Said("Espere en la puerta.", "es", "es")
    assert said(SIT, "en", {"place": DOOR}) == Said("Please wait at the door.", "en", "en")


def test_without_words_in_the_language_the_source_is_said_and_known_to_be() -> None:
    """Code that shows or speaks the words learns their real language."""
    found = said(SIT, "fr", {"place": DOOR})
    assert found == Said("Please wait at the door.", "en", "fr")
    assert found.foreign
    assert not said(SIT, "es", {"place": DOOR}).foreign


def test_a_slot_without_words_in_the_language_takes_the_sentence_with_it() -> None:
    """Half a sentence in each language helps nobody."""
    english = Text.of(en="at the door")
    assert said(SIT, "es", {"place": english}) == Said("Please wait at the door.", "en", "es")


def test_only_slots_that_the_sentence_has_count() -> None:
    """Another setting without words changes nothing here; plain words fit every language; an unknown slot stays."""
    assert said(SIT, "es", {"place": NUMBER, "other": Text.of(en="x")}).words == f"Espere {NUMBER}."
    assert said(SIT, "es").words == "Espere place."


def test_the_source_language_may_be_any() -> None:
    """A protocol written in Spanish falls back to Spanish."""
    assert said(Text.of(es="Espere."), "en") == Said("Espere.", "es", "en")


def test_nothing_is_in_no_language() -> None:
    """So it needs no mark."""
    assert not NOTHING.foreign


def test_what_fills_a_slot_is_not_filled_again() -> None:
    """A contact's name with braces stays as it is."""
    assert filled("{a}", {"a": "{b}", "b": "c"}) == "{b}"
