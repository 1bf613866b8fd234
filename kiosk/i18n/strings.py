"""The program's own words in the language of whoever reads them, by gettext."""

from __future__ import annotations

import struct
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import Final

from kiosk.i18n.english import ENGLISH, Plural

SOURCE: Final = "en"
"""The language that the others are translated from."""

FOLDER: Final = Path(__file__).parent / "locale"
"""Where the catalogs are: `CODE/LC_MESSAGES/kiosk.mo`, made by `deploy/translations.py`."""

_DAMAGED: Final = (OSError, ValueError, LookupError, SyntaxError, struct.error)
"""What reading a catalog raises that is not one."""


class _Nothing(NullTranslations):
    """After a catalog: an empty text, where the catalog has none."""

    def pgettext(self, context: str, message: str) -> str:  # noqa: ARG002  (gettext's own signature)
        return ""

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:  # noqa: ARG002  (likewise)
        return ""


def text(text_id: str, language: str = SOURCE, **slots: object) -> str:
    """The words of that id in `language`, else in English, with their `{slots}` filled; `n` chooses the plural.

    Raises KeyError for an id that English lacks, and for a slot that English has and nobody fills.
    """
    if words := translated(text_id, language, **slots):
        return words
    source = ENGLISH[text_id]
    if isinstance(source, Plural):
        source = source.one if slots["n"] == 1 else source.other
    return source.format(**slots) if slots else source


def has_text(text_id: str) -> bool:
    """Whether there are words of that id."""
    return text_id in ENGLISH


def translated(text_id: str, language: str, **slots: object) -> str:
    """The words of that id as the catalog of `language` has them; empty where it has none, or none that can be filled.

    Raises KeyError for an id that English lacks.
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
    """The codes of the languages there are words in, English first."""
    return (SOURCE, *sorted(_folders(FOLDER)))


def language_name(code: str, reader: str = SOURCE) -> str:
    """What a language is called, for whoever reads `reader`: else as it calls itself, else its code."""
    known = f"language.{code}"
    return text(known, reader) if has_text(known) else translated("language", code) or code


@cache
def _folders(folder: Path) -> dict[str, Path]:
    """The catalogs in a folder, by the code of their language (`pt-BR` for `pt_BR`)."""
    return {path.parents[1].name.replace("_", "-"): path for path in folder.glob("*/LC_MESSAGES/kiosk.mo")}


@cache
def _catalog(folder: Path, language: str) -> NullTranslations | None:
    """The catalog of a language, or of the one it is a variety of (`es` for `es-419`); None where there is none."""
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
