"""Patterns for the numbers of a person: Social Security numbers, A-numbers, numbers of passports, visas and cases.

They expect text normalized by `folding.folded`.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import Final

from kiosk.privacy.patterns import Words
from kiosk.privacy.people_words import ABOUT_SOMEONE, KIN


class Number(Enum):
    """What a number in a text is."""

    SSN = auto()
    A_NUMBER = auto()
    DOCUMENT = auto()
    UNCLEAR = auto()
    """A badge, case or telephone number, or else a Social Security number or an A-number."""


_GAP: Final = r"(?:[-.,/_ ]{1,3}| ?[a-z] ?)"
_SSN_SHAPED: Final = Words(rf"(?<!\d)\d{{3}}{_GAP}\d{{2}}{_GAP}\d{{4}}(?!\d)")
"""Three, two and four digits, separated by punctuation or one letter."""

_THREES: Final = Words(r"(?<![\d-])(?<!\d[ .])\d{3}[- .]\d{3}[- .]\d{3}(?![ .-]?\d)")
"""Three groups of three digits, as on a card of an A-number."""

_SPACED: Final = Words(r"(?<!\d)(?<!\d[- ])\d(?:[- ]\d){8}(?![- ]?\d)")
"""Nine digits, each separated by a space or hyphen."""

_NINE: Final = Words(r"(?<![\d-])(?<!\d[ :.])(?<![a-z]-)(?<!\w)(?!000|666)\d(?:[- ]?\d){8}(?![- ]?\d|[:/])")
"""Nine digits in any other groups."""

_ORDINARY: Final = Words(
    r"\+(?:[ ()-]{0,2}\d){10,15}(?!\d)|(?<!\d)\d{5}-\d{4}(?!\d)|(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)"
    r"|(?<!\d)\d{1,2}[/-]\d{1,2}[/-](?:19|20)\d{2}(?!\d)"
)
"""A telephone number with a country code, a ZIP+4 code, a date."""

_NAMED: Final = Words(
    r"\b(?:last|ultimos) (?:four|4)\b[^\d.;]{0,40}\b(?:social|ssn|ss|seguro)\b[^\d]{0,24}\d{2,}|\bss (?:ends?"
    r"|ending)\b[^\d]{0,12}\d{2,}"
    r"|\b(?:ssn|s[. ]s[. ]n\b\.?|ss ?#|ss (?:no|num|number)|soc(?:\.? ?sec)?|social security(?! administration| office)"
    r"|itin"
    r"|seguro social|nss"
    r"|(?:numero|num|no)\.? de (?:seguro|social)|(?:ultimos? )?(?:cuatro|4)(?: \w+)? del? (?:seguro|social)"
    r"|taxpayer id)(?!\w)[^\d]{0,24}\d[\d -]{2,}|\bsocial(?: (?:number|no\.?|is|was|ends|ends in|ending in|ending"
    r"|are))*[ :#]*\d{3}"
    r"|\b(?:his|her|their|mother's|father's|student's|my) social\b(?! (?:worker|media|studies|service"
    r"|security office|skill"
    r"|group|club|life)s?)"
    rf"|\b{KIN}(?:'s?|s)? social(?=(?: security)? ?(?:is|was|number|no|num|card|ends?|ending|on)\b| ?[#:=,.]|$)"
    r"|\b(?:su|el) (?:numero de )?seguro social\b|\bnumero de seguro social\b"
)
_LABEL: Final = Words(
    r"\b(?:badge|case|docket|warrant|report|incident|reference|ref|ticket|tracking|complaint|invoice|order|serial"
    r"|plate|credential|subpoena|unit|account|acct|vendor|po|package|permit|policy|model|part|contract|id|call|called"
    r"|phone|tel|telephone|cell|fax|ext|caso|placa|expediente|orden|telefono|llamar|factura|cuenta|serie"
    r"|receipt|recibo)\b[^\d]{0,14}$"
)
"""Words that mark the number after them as an ordinary one."""

_SOMEONES: Final = Words(
    r"\b(?:ssn|social|alien|uscis|student|mother|father|mom|dad|mama|papa|parent|child|kid|his|her|hers|madre"
    r"|padre)(?:'s)?"
    r"(?: (?:id|number|no|numero|case|is|es|gave)\.?)*[^\d]{0,6}$"
)
"""Words that mark the number after them as a person's."""

_A_NUMBER: Final = Words(
    r"(?<!\w)a(?:-? ?(?:file|number|num|numero|no))?[ .:#_-]{0,4}\d{2,3}[- .]?\d{3}[- .]?\d{3}(?![ .-]?\d)"
    r"|(?<!\w)a(?:-? ?(?:file|number|num|numero|no))?[ .:#_-]{0,4}a?\d{8,9}(?!\d)"
    r"|(?<!\w)a(?:-? ?(?:number|num))[ .:#_-]{0,4}a ?\d{2,3}[- .]?\d{3}[- .]?\d{3}(?!\d)"
    r"|\ba-? ?(?:number|num|#) ?(?:is|was|es|ends|ends in)[ :]*\d|\bnumero a\b[^\d]{0,4}\d{6,}"
    r"|(?<!\w)a[#-]?\d{7}(?!\d)"
    r"|\b(?:alien|uscis|extranjero)\b[^\d]{0,24}\d(?:[- ]?\d){6,8}(?!\d)"
)
_DOCUMENT: Final = Words(
    r"\b(?:sevis|consular (?:id|card)|matricula consular)\b[^\d]{0,12}\d{6,}|\b(?:dui|dpi|curp|cedula)(?: (?:number"
    r"|no|numero|num|es"
    r"|is))*[ :#.]*(?:[a-z]{4})?\d[\d -]{5,}|"
    r"\b(?:msc|ioe|eac|wac|lin|src|nbc|ysc|mct)[ -]?\d(?:[ -]?\d){9}(?!\d)"
    r"|\bcurp\b[^.;]{0,24}[a-z]{4}\d{6}"
    r"|\b(?:passport|pasaporte|visa|green-? ?card|i-? ?94)(?: (?:card|foil|number|num|no|numero|is|es|on it|on file"
    r"|on the form"
    r"|was)\.?)*[ :#.]*"
    r"(?:[a-z]{1,3} ?)?\d(?:[- ]?\d){5,12}(?!\d)"
)

_DIGITS: Final = {
    word: str(digit)
    for digit, words in enumerate(
        ("zero oh cero", "one uno", "two dos", "three tres", "four cuatro", "five cinco", "six seis", "seven siete",
         "eight ocho", "nine nueve")
    )
    for word in words.split()
}  # fmt: skip
_SPELLED: Final = Words(rf"\b(?:{'|'.join(_DIGITS)})(?:[ ,.-]{{1,2}}(?:{'|'.join(_DIGITS)}|\d(?!\d)))+\b")
"""Digits, the first as a word, two and more in a row."""

_LETTERS: Final = Words(r"[a-z]+|\d")
_DIGIT: Final = Words(r"\d")
_ABOUT_SOMEONE: Final = Words(ABOUT_SOMEONE)

_SHAPES: Final = (_SSN_SHAPED, _THREES, _NINE, _SPACED)
PATTERNS: Final = (
    _SPELLED,
    _LETTERS,
    _DIGIT,
    _DOCUMENT,
    _ORDINARY,
    _A_NUMBER,
    _NAMED,
    *_SHAPES,
    _LABEL,
    _SOMEONES,
    _ABOUT_SOMEONE,
)
"""All of them. Prepare each before the first text is judged."""


def number_in(plain: str) -> Number | None:
    """Return what the number in folded text is, the most certain first; None for ordinary numbers, or none."""
    plain = with_digits(plain)
    if "social" not in plain and _DIGIT.search(plain) is None:
        return None
    if _DOCUMENT.search(plain):
        return Number.DOCUMENT
    numbers = _ORDINARY.sub(" … ", plain)
    if _A_NUMBER.search(numbers):
        return Number.A_NUMBER
    if _NAMED.search(numbers) or _SPACED.search(numbers):
        return Number.SSN
    return _by_shape(numbers)


def with_digits(plain: str) -> str:
    """Return text with digits for two and more digits in a row that are words."""
    return _SPELLED.sub(_as_digits, plain)


def _as_digits(found: re.Match[str]) -> str:
    return "".join(_DIGITS.get(word[0], word[0]) for word in _LETTERS.finditer(found[0]))


def _by_shape(numbers: str) -> Number | None:
    unclear = None
    for shape, kind in ((_SSN_SHAPED, Number.SSN), (_THREES, Number.A_NUMBER), (_NINE, None)):
        for found in shape.finditer(numbers):
            before = numbers[: found.start()]
            labeled = _LABEL.search(before) is not None
            if _SOMEONES.search(before):
                return kind or Number.SSN
            if kind is not None and not labeled:
                return kind
            if kind is None and not labeled and _ABOUT_SOMEONE.search(numbers):
                return Number.SSN
            if not labeled or kind is Number.SSN:
                unclear = Number.UNCLEAR
    return unclear
