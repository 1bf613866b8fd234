"""The text of an error at the desk: its own words in English, plain words without paths in another language."""

from __future__ import annotations

import pytest

from db.errors import StoreError
from kiosk.errors import KioskError, LogMustBeReplaced
from kiosk.i18n.english import ENGLISH
from kiosk.i18n.strings import has_text, languages, translated
from kiosk.presentation.error_text import error_lines, error_text


def family(kind: type[Exception]) -> list[type[Exception]]:
    """A class of errors and all below it."""
    return [kind, *(below for child in kind.__subclasses__() for below in family(child))]


@pytest.mark.parametrize("kind", family(KioskError))
def test_every_error_has_a_title(kind: type[KioskError]) -> None:
    """A page shows it above the rest."""
    assert has_text(kind.title_id)


@pytest.mark.parametrize("kind", family(StoreError))
def test_every_error_of_the_store_has_plain_words(kind: type[Exception]) -> None:
    """In the catalogs, by the name of its class."""
    assert has_text(f"error.store.{kind.__name__}")


def test_none_is_left_over() -> None:
    """No words for an error that there is not."""
    named = {text_id for text_id in ENGLISH if text_id.startswith("error.store.")}
    assert named == {f"error.store.{kind.__name__}" for kind in family(StoreError)}


def test_english_shows_the_errors_own_words() -> None:
    """They name files and commands."""
    error = LogMustBeReplaced("What.", "Repair.")
    assert error_lines(error, "en") == ("What.", "Repair.")
    assert error_text(error, "en") == str(error) == "What. Repair."
    assert error_text(KioskError("What."), "en") == "What."


@pytest.mark.parametrize("language", set(languages()) - {"en"})
def test_another_language_shows_its_own(language: str) -> None:
    """Where it has words for that error; else the English."""
    error = LogMustBeReplaced("What.", "Repair.")
    assert error_lines(error, language) == (translated(error.text_id, language),)
    assert error_lines(KioskError("What.", "Repair."), language) == ("What.", "Repair.")
