"""Text that a record must not contain: immigration status, Social Security numbers, A-numbers.

The check runs before anything is written (CABE policy 5111.3: status is not recorded in any way). It catches slips;
it can't stop a person who works around it. When unsure it refuses, because leaving a word out costs less than storing
it. Its messages never repeat the text.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from kiosk.errors import KioskError
from kiosk.i18n.strings import text
from kiosk.privacy.folding import folded
from kiosk.privacy.status_words import FINE, STATUS


class Concern(StrEnum):
    """The kinds of text that a record never contains."""

    SSN = "ssn"
    A_NUMBER = "a-number"
    STATUS = "status"


class PrivateText(KioskError):
    """The text must not be stored. Nothing was written."""

    title_id = "error.title.private"


_GAP: Final = r"(?:[-.,/_ ]{1,3}| ?[a-z] ?)"
_GROUPED: Final = re.compile(rf"(?<!\d)\d{{3}}{_GAP}\d{{2}}{_GAP}\d{{4}}(?!\d)")
"""Three, two and four digits, separated by punctuation or one letter."""

_SPACED: Final = re.compile(r"(?<!\d)(?<!\d[- ])\d(?:[- ]\d){8}(?![- ]?\d)")
"""Nine digits, each separated by a space or hyphen."""

_NAMED: Final = re.compile(
    r"\b(?:ssn|ss ?#|ss no|soc\.? sec|social security(?! administration| office)|itin|seguro social|nss)(?!\w)"
    r"[^\d]{0,24}\d[\d -]{2,}|\bsocial(?: (?:number|no\.?|is|was|ends in|ending in))*[ :#]*\d{3}"
)
_BARE: Final = re.compile(r"(?<![\d-])(?!000|666|9)\d{3}(?!00)\d{2}(?!0000)\d{4}(?![\d-])")
_NUMBER_OF: Final = re.compile(
    r"\b(?:badge|case|docket|warrant|report|incident|reference|ref|ticket|tracking|complaint|invoice|order|serial"
    r"|plate|credential|subpoena|unit|caso|placa)\b[^\d]{0,14}$"
)
"""Words that mark the number after them as an ordinary one."""

_A_NUMBER: Final = re.compile(
    r"(?<!\w)a(?:-? ?(?:file|number|num|no))?[ .:#_-]{0,4}\d{2,3}[- .]?\d{3}[- .]?\d{3}(?![ .-]?\d)"
    r"|(?<!\w)a[#-]?\d{7}(?!\d)"
    r"|\b(?:alien|uscis|extranjero)\b[^\d]{0,24}\d(?:[- ]?\d){6,8}(?!\d)"
)
_ABROAD: Final = re.compile(r"\+(?:[ ()-]{0,2}\d){10,15}(?!\d)")
"""A telephone number with a country code; the digits may be grouped in any way."""


def concern(words: str) -> Concern | None:
    """Return the kind of text in `words` that must not be stored; None if there is none."""
    plain = folded(words)
    numbers = _ABROAD.sub(" … ", plain)
    if _A_NUMBER.search(numbers):
        return Concern.A_NUMBER
    if _GROUPED.search(numbers) or _SPACED.search(numbers) or _NAMED.search(numbers) or _bare(numbers):
        return Concern.SSN
    return Concern.STATUS if STATUS.search(FINE.sub(" … ", plain)) else None


def require_storable(words: str) -> None:
    """Raise PrivateText if `words` must not be stored. The error says what to do and does not repeat the text."""
    kind = concern(words)
    if kind is not None:
        text_id = f"private.{kind}"
        raise PrivateText(text(text_id), text_id=text_id)


def _bare(numbers: str) -> bool:
    """Check for nine digits that could be a Social Security number, unless the words before name another number."""
    return any(not _NUMBER_OF.search(numbers[: found.start()]) for found in _BARE.finditer(numbers))
