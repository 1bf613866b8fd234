"""Text preparation for the voice: numbers to dial or copy are spoken digit by digit, with pauses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "en": ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    "es": ("cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"),
}
"""The digits in words. In other languages single digits are separated, and the voice speaks each one."""

_PLUS: Final[Mapping[str, str]] = {"en": "plus", "es": "más"}
_EXTENSION: Final[Mapping[str, str]] = {"en": "extension", "es": "extensión"}

_LAST: Final = re.compile(
    r"[ ,;]*\b(?P<word>ext(?:ensi[oó]n|\.)?[ .:]*|x(?=\d\d))(?P<digits>\d{1,7})\b", re.IGNORECASE | re.ASCII
)
"""An extension (“ext 214”, “extensión 214”, “x214”), with the separator before it."""

_NUMBER: Final = re.compile(
    r"""
    (?<![\w$,.:/+-])                                       # not within a word, a price, a time, a date
    (?: (?P<left> \d{4}-\d\d-\d\d | \d{1,2}/\d{1,2}/\d{2,4} | \d{1,3}(?:,\d{3})+ | \d+[.:]\d\d? ) (?![\d-])
      | (?P<american> (?:\+?1[ .‑–-]?)? (?:\(\d{3}\)[ ]?|\d{3}[ .‑–-]?) \d{3}[ .‑–-]?\d{4} )       (?!\d)
      | (?P<abroad> \+\d{1,3}(?:[ .‑–-]?\d{2,4}){2,5} )                                            (?!\d)
      | (?P<copied> \d{3}[.‑–-]\d{4} | (?:P-)?\d{4}-\d{4} )                                        (?!\d)
      | (?P<short> [2-9]11 | 988 )                                                                 (?!\w|[.,:/-]\d)
      | (?P<long> 0\d+ | \d{5,} )                                                                  (?!\w|[.,:/]\d)
    )
    """,
    re.VERBOSE | re.ASCII,
)


def pronounced(text: str, language: str) -> str:
    """Return the text to speak in `language` (`en`, `es-419`, …).

    Telephone numbers, extensions, numbers like 911, record numbers and other long numbers are spoken digit by digit, in
    groups with pauses. Times, dates, prices and small numbers stay unchanged.
    """
    short = language.lower().replace("_", "-").split("-")[0]
    spoken = _LAST.sub(lambda found: _extension(found, short), text)
    return _NUMBER.sub(lambda found: _number(found, short), spoken)


def _extension(found: re.Match[str], language: str) -> str:
    after_number = found.string[: found.start()][-1:].isdigit()
    before = ", " if after_number else found[0][: found.start("word") - found.start()]
    return f"{before}{_EXTENSION.get(language, 'ext.')} {_digits([found['digits']], language)}"


def _number(found: re.Match[str], language: str) -> str:
    words, digits = found[0], re.sub(r"\D", "", found[0])
    match found.lastgroup:
        case "left":
            return words
        case "american":
            groups = [digits[:-10], digits[-10:-7], digits[-7:-4], digits[-4:]]
        case "long":
            groups = _threes(digits)
        case _:
            groups = re.findall(r"\d+", words)
    before = f"{_PLUS.get(language, '+')} " if words.startswith("+") else "P, " if words.startswith("P") else ""
    return before + _digits(filter(None, groups), language)


def _threes(digits: str) -> list[str]:
    """Split the digits into groups of three; a last single digit joins the group before it."""
    ends = [*range(3, len(digits) - 1, 3), len(digits)]
    return [digits[start:end] for start, end in zip([0, *ends], ends, strict=False)]


def _digits(groups: Iterable[str], language: str) -> str:
    names = _NAMES.get(language, "0123456789")
    return ", ".join(" ".join(names[int(digit)] for digit in group) for group in groups)
