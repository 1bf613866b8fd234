"""The program's own words in the reader's language, by gettext."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import Final

from kiosk.i18n.english import ENGLISH, Plural

SOURCE: Final = "en"
"""The source language of all translations."""

FOLDER: Final = Path(__file__).parent / "locale"
"""The catalogs: `CODE/LC_MESSAGES/kiosk.mo`, made by `deploy/translations.py`."""

_DAMAGED: Final = (OSError, ValueError, LookupError, SyntaxError, struct.error)
"""The errors of reading a file that is not a catalog."""


class Sentence(str):
    """A sentence in English that a reader of another language reads in that language.

    text_id: the id of its words there, which may say less than the English; slots: the values for them.
    """

    __slots__ = ("slots", "text_id")

    text_id: str
    slots: Mapping[str, object]

    def __new__(cls, english: str, text_id: str, **slots: object) -> Sentence:
        """Create a sentence with English words of its own, such as one that names a file."""
        made = str.__new__(cls, english)
        made.text_id, made.slots = text_id, slots
        return made

    def __getnewargs_ex__(self) -> tuple[tuple[str, str], dict[str, object]]:
        """Return the arguments for a copy, which `dataclasses.asdict` makes."""
        return (str(self), self.text_id), dict(self.slots)

    @classmethod
    def of(cls, text_id: str, **slots: object) -> Sentence:
        """Return the sentence with that id. Raise KeyError as `text` does."""
        return cls(text(text_id, SOURCE, **slots), text_id, **slots)


class _Nothing(NullTranslations):
    """The last catalog: an empty text, if no catalog has one."""

    def pgettext(self, context: str, message: str) -> str:  # noqa: ARG002  (gettext's own signature)
        return ""

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:  # noqa: ARG002  (likewise)
        return ""


def text(text_id: str, language: str = SOURCE, **slots: object) -> str:
    """Return the words of that id in `language`, else in English, with their `{slots}` filled; `n` selects the plural.

    Raise KeyError for an id that English lacks, and for a slot in the English text without a value.
    """
    if words := translated(text_id, language, **slots):
        return words
    source = ENGLISH[text_id]
    if isinstance(source, Plural):
        source = source.one if slots["n"] == 1 else source.other
    return source.format(**slots) if slots else source


def in_language(words: str, language: str) -> str:
    """Return a `Sentence`, and each one in its slots, in `language`; other words, or without a catalog, as they are."""
    if not isinstance(words, Sentence):
        return words
    slots = {name: in_language(v, language) if isinstance(v, str) else v for name, v in words.slots.items()}
    return translated(words.text_id, language, **slots) or str(words)


def has_text(text_id: str) -> bool:
    """Check whether there is a text with this id."""
    return text_id in ENGLISH


def translated(text_id: str, language: str, **slots: object) -> str:
    """Return the words of that id in the catalog of `language`; empty if it has none, or none that can be filled.

    Raise KeyError for an id that English lacks.
    """
    source = ENGLISH[text_id]
    catalog = _catalog(FOLDER, language)
    if catalog is None:
        return ""
    if isinstance(source, Plural):
        words = catalog.npgettext(text_id, source.one, source.other, int(str(slots["n"])))
    else:
        words = catalog.pgettext(text_id, source)
    try:
        return words.format(**slots) if slots else words
    except (LookupError, ValueError):  # a slot that English lacks: the desk reads English rather than stop
        return ""


def languages() -> tuple[str, ...]:
    """Return the codes of the available languages, English first."""
    return (SOURCE, *sorted(_folders(FOLDER)))


def language_name(code: str, reader: str = SOURCE) -> str:
    """Return the name of a language for readers of `reader`: else its own name for itself, else its code."""
    known = f"language.{code}"
    return text(known, reader) if has_text(known) else translated("language", code) or code


@cache
def _folders(folder: Path) -> dict[str, Path]:
    """Return the catalogs in a folder, by language code (`pt-BR` for `pt_BR`)."""
    return {path.parents[1].name.replace("_", "-"): path for path in folder.glob("*/LC_MESSAGES/kiosk.mo")}


@cache
def _catalog(folder: Path, language: str) -> NullTranslations | None:
    """Return the catalog of a language, or of its base language (`es` for `es-419`); None if there is none."""
    found = _folders(folder)
    path = found.get(language) or found.get(language.partition("-")[0])
    if path is None:
        return None
    try:
        with path.open("rb") as file:
            catalog = GNUTranslations(file)
    except _DAMAGED:
        return None
    catalog.add_fallback(_Nothing())
    return catalog
