"""What the record never keeps: words about immigration status, Social Security numbers, A-numbers.

It looks before anything is written anywhere (CABE policy 5111.3: status is not recorded in any way). It is a net for
what slips into a sentence, not a lock against somebody who wants to get round it; where it is unsure it stops, because
leaving a word out costs less than keeping it. What it says never repeats the words.
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
    """What kind of thing words can hold that the record never keeps."""

    SSN = "ssn"
    A_NUMBER = "a-number"
    STATUS = "status"


class PrivateText(KioskError):
    """Words that the record never keeps. Nothing was written."""

    title_id = "error.title.private"


_GAP: Final = r"(?:[-.,/_ ]{1,3}| ?[a-z] ?)"
_GROUPED: Final = re.compile(rf"(?<!\d)\d{{3}}{_GAP}\d{{2}}{_GAP}\d{{4}}(?!\d)")
"""Three, two and four digits, with marks or one letter between them."""

_SPACED: Final = re.compile(r"(?<!\d)(?<!\d[- ])\d(?:[- ]\d){8}(?![- ]?\d)")
"""Nine digits, one by one."""

_NAMED: Final = re.compile(
    r"\b(?:ssn|ss ?#|ss no|soc\.? sec|social security(?! administration| office)|itin|seguro social|nss)(?!\w)"
    r"[^\d]{0,24}\d[\d -]{2,}|\bsocial(?: (?:number|no\.?|is|was|ends in|ending in))*[ :#]*\d{3}"
)
_BARE: Final = re.compile(r"(?<![\d-])(?!000|666|9)\d{3}(?!00)\d{2}(?!0000)\d{4}(?![\d-])")
_NUMBER_OF: Final = re.compile(
    r"\b(?:badge|case|docket|warrant|report|incident|reference|ref|ticket|tracking|complaint|invoice|order|serial"
    r"|plate|credential|subpoena|unit|caso|placa)\b[^\d]{0,14}$"
)
"""What says of the number that follows that it is an ordinary one."""

_A_NUMBER: Final = re.compile(
    r"(?<!\w)a(?:-? ?(?:file|number|num|no))?[ .:#_-]{0,4}\d{2,3}[- .]?\d{3}[- .]?\d{3}(?![ .-]?\d)"
    r"|(?<!\w)a[#-]?\d{7}(?!\d)"
    r"|\b(?:alien|uscis|extranjero)\b[^\d]{0,24}\d(?:[- ]?\d){6,8}(?!\d)"
)
_ABROAD: Final = re.compile(r"\+(?:[ ()-]{0,2}\d){10,15}(?!\d)")
"""A telephone number with its country, whose groups can be any."""


def concern(words: str) -> Concern | None:
    """What kind of thing in `words` must not be kept; None when nothing is."""
    plain = folded(words)
    numbers = _ABROAD.sub(" … ", plain)
    if _A_NUMBER.search(numbers):
        return Concern.A_NUMBER
    if _GROUPED.search(numbers) or _SPACED.search(numbers) or _NAMED.search(numbers) or _bare(numbers):
        return Concern.SSN
    return Concern.STATUS if STATUS.search(FINE.sub(" … ", plain)) else None


def require_storable(words: str) -> None:
    """Raise Private, saying what to do without repeating the words, when something in `words` must not be kept."""
    kind = concern(words)
    if kind is not None:
        text_id = f"private.{kind}"
        raise PrivateText(text(text_id), text_id=text_id)


def _bare(numbers: str) -> bool:
    """Nine digits in a row that could be a Social Security number, unless the words before say what they are."""
    return any(not _NUMBER_OF.search(numbers[: found.start()]) for found in _BARE.finditer(numbers))
