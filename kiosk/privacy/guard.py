"""Text that a record must not contain: immigration status and origin, Social Security numbers, A-numbers.

The check runs before anything is written (CABE policy 5111.3: status is not recorded in any way). It catches slips;
it can't stop a person who works around it. Text with two meanings is a question to the person who typed it. Text with
one meaning is refused, and the messages never repeat it.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, assert_never

from kiosk.errors import KioskError
from kiosk.i18n.strings import text
from kiosk.privacy.folding import folded
from kiosk.privacy.name_words import NAME_OR_STATUS, NAMED
from kiosk.privacy.numbers import PATTERNS as NUMBERS
from kiosk.privacy.numbers import Number, number_in
from kiosk.privacy.origin_words import ORIGIN
from kiosk.privacy.paper_words import ON_A_VISIT, OWN_CASE, STATUS_OF_SOMEONE
from kiosk.privacy.patterns import Words
from kiosk.privacy.people_words import ABOUT_SOMEONE
from kiosk.privacy.spelling import corrected
from kiosk.privacy.status_words import FINE, STATUS


class Concern(StrEnum):
    """The kinds of text that a record never contains."""

    SSN = "ssn"
    A_NUMBER = "a-number"
    DOCUMENT = "document"
    STATUS = "status"


class Doubt(StrEnum):
    """The kinds of text with two meanings, of which a record may contain one."""

    NAME = "unclear-name"
    """A street, an agency, a form, a title or a surname, or else somebody's status."""
    NUMBER = "unclear-number"
    """A badge, case or telephone number, or else a Social Security number."""
    VISIT = "unclear-visit"
    """What the visitors have or did here, or else what happened to a family before."""


class Meaning(StrEnum):
    """The meanings with which a record may contain a text, stored with it."""

    STREET = "street"
    AGENCY = "agency"
    FORM = "form"
    TITLE = "title"
    NAME = "name"
    BADGE = "badge"
    CASE = "case"
    PHONE = "phone"
    NUMBER = "number"
    VISITORS = "visitors"
    VISIT = "visit"


MEANINGS: Final[Mapping[Doubt, tuple[Meaning, ...]]] = {
    Doubt.NAME: (Meaning.STREET, Meaning.AGENCY, Meaning.FORM, Meaning.TITLE, Meaning.NAME),
    Doubt.NUMBER: (Meaning.BADGE, Meaning.CASE, Meaning.PHONE, Meaning.NUMBER),
    Doubt.VISIT: (Meaning.VISITORS, Meaning.VISIT),
}
"""The meanings that settle each doubt, in the order in which the desk offers them."""


class PrivateText(KioskError):
    """The text must not be stored. Nothing was written."""

    title_id = "error.title.private"


class UnclearText(PrivateText):
    """The text has two meanings; a person can say which. Nothing was written."""

    def __init__(self, doubt: Doubt) -> None:
        super().__init__(text(f"private.{doubt}"), text_id=f"private.{doubt}")
        self.doubt = doubt


_ABOUT_SOMEONE: Final = Words(ABOUT_SOMEONE)
_BLANK: Final = " … "

_STATUS: Final = (ORIGIN, ON_A_VISIT, OWN_CASE, STATUS_OF_SOMEONE, FINE, STATUS)
PATTERNS: Final = (NAME_OR_STATUS, NAMED, *_STATUS, _ABOUT_SOMEONE, *NUMBERS)
"""All patterns. Prepare each before the first text is judged; all of them take 75 ms."""


def judge(words: str) -> Concern | Doubt | None:
    """Return why `words` must not be stored, or the doubt to ask about first; None for text to keep as it is.

    Two doubts in one text are one too many: it is refused.
    """
    plain = folded(words)
    number = _judge_number(number_in(plain))
    if isinstance(number, Concern):
        return number
    meaning = _judge_words(corrected(plain))
    return Concern.SSN if number and isinstance(meaning, Doubt) else meaning or number


def require_storable(words: str, meaning: Meaning | None = None) -> None:
    """Raise PrivateText if `words` must not be stored. The error does not repeat the text.

    meaning: what a person said that the text means. Without one, a text with two meanings raises UnclearText.
    """
    found = judge(words)
    match found:
        case Concern():
            raise PrivateText(text(f"private.{found}"), text_id=f"private.{found}")
        case Doubt():
            if meaning not in MEANINGS[found]:
                raise UnclearText(found)
        case None:
            return
        case _:
            assert_never(found)


def _judge_number(number: Number | None) -> Concern | Doubt | None:
    match number:
        case Number.SSN:
            return Concern.SSN
        case Number.A_NUMBER:
            return Concern.A_NUMBER
        case Number.DOCUMENT:
            return Concern.DOCUMENT
        case Number.UNCLEAR:
            return Doubt.NUMBER
        case None:
            return None
        case _:
            assert_never(number)


def _judge_words(plain: str) -> Concern | Doubt | None:
    """Return the meaning of corrected text."""
    if OWN_CASE.search(plain):
        return Concern.STATUS
    plain = NAMED.sub(_BLANK, FINE.sub(_BLANK, plain))
    certain = ON_A_VISIT.sub(_BLANK, plain)
    if ORIGIN.search(certain) or STATUS_OF_SOMEONE.search(certain):
        return Concern.STATUS
    unclear = {at: found.end() for found in NAME_OR_STATUS.finditer(certain) for at in range(*found.span())}
    if any(unclear.get(found.start(), 0) < found.end() for found in STATUS.finditer(certain)):
        return Concern.STATUS
    if unclear:
        return Concern.STATUS if _ABOUT_SOMEONE.search(plain) else Doubt.NAME
    return Doubt.VISIT if certain != plain else None
