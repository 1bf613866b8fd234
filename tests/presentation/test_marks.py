"""The mark before words that are in another language than the reader's."""

from __future__ import annotations

from kiosk.i18n.strings import text
from kiosk.presentation.marks import mark, marked
from kiosk.protocol.slots import NOTHING, Said


def test_words_in_the_readers_language_have_no_mark() -> None:
    """Nor have no words at all."""
    assert marked(Said("Hola", "es", "es")) == "Hola"
    assert mark(Said("", "en", "es")) == mark(NOTHING) == ""


def test_the_mark_is_for_whoever_reads_it() -> None:
    """The name of the language in the reader's own; its code where nobody has a name for it."""
    said = Said("Hello", "en", "es")
    assert marked(said) == f"[{text('language.en', 'es')}] Hello"
    assert mark(said, "en") == f"[{text('language.en')}]"
    assert mark(Said("Bonjour", "fr", "es")) == "[fr]"
