"""The guides: two pages each, with pictures of the screens, for whom they are written."""

from __future__ import annotations

from typing import Final, assert_never

from kiosk import __version__
from kiosk.i18n.strings import SOURCE, languages
from kiosk.reports.document.model import Document
from kiosk.reports.guides import administrator, front_desk, it
from kiosk.reports.guides.words import guide_text
from kiosk.worded import Worded

PAGES: Final = 2


class Guide(Worded):
    """For whom a guide is."""

    FRONT_DESK = "front-desk", "the front desk"
    ADMINISTRATOR = "administrator", "administrators and counsel"
    IT = "it", "IT"


def guide(which: Guide, language: str = SOURCE, school: str = "") -> Document:
    """Return a guide. language: of the front desk's guide, if the screens have it; the others are in English.

    school: named at the foot of each page; empty for nothing.
    """
    match which:
        case Guide.FRONT_DESK:
            spoken = _spoken(language)
            title, foot = (guide_text(part, spoken) for part in ("guide.front-desk", "guide.foot"))
            return Document(title, tuple(front_desk.blocks(spoken)), _foot(school, foot), lang=spoken)
        case Guide.ADMINISTRATOR:
            return Document(administrator.TITLE, tuple(administrator.blocks()), _foot(school, administrator.FOOT))
        case Guide.IT:
            return Document(it.TITLE, tuple(it.blocks()), _foot(school, it.FOOT))
        case _:
            assert_never(which)


def _spoken(language: str) -> str:
    """Return the language of the screens that is shown for this one: `es` for `es-419`."""
    known = languages()
    return next((code for code in (language, language.partition("-")[0]) if code in known), SOURCE)


def _foot(school: str, words: str) -> str:
    return " · ".join(filter(None, (school, words, f"front-office-kiosk {__version__}")))
