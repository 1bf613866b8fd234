"""Text that a record must not contain: immigration status and origin, numbers of persons, who and where a child is.

The check runs before anything is written (CABE policy 5111.3: status is not recorded in any way). It catches slips;
it can't stop a person who works around it. Text with two meanings is a question to the person who typed it. Text with
one meaning is refused, and the messages never repeat it.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, assert_never

from kiosk.errors import Exit, KioskError
from kiosk.i18n.strings import text
from kiosk.privacy.child_words import PATTERNS as OF_CHILDREN
from kiosk.privacy.child_words import Personal, personal_in
from kiosk.privacy.folding import folded, unaccented
from kiosk.privacy.life_words import LIFE
from kiosk.privacy.meanings import MEANINGS, Doubt, Meaning
from kiosk.privacy.name_words import NAME_OR_STATUS, NAMED
from kiosk.privacy.numbers import PATTERNS as NUMBERS
from kiosk.privacy.numbers import Number, number_in, with_digits
from kiosk.privacy.origin_words import ORIGIN
from kiosk.privacy.paper_words import OWN_CASE, STATUS_OF_SOMEONE
from kiosk.privacy.patterns import Words
from kiosk.privacy.people_words import ABOUT_SOMEONE, KIN, KIN_ES
from kiosk.privacy.place_words import PATTERNS as PLACES
from kiosk.privacy.place_words import countries_replaced
from kiosk.privacy.spelling import corrected, written_out
from kiosk.privacy.status_words import FINE, STATUS
from kiosk.privacy.tagging import PATTERNS as TAGGING
from kiosk.privacy.tagging import tag
from kiosk.privacy.visit_words import OF_AN_OFFICIAL, ON_A_VISIT, without_what_says_nothing
from kiosk.privacy.visit_words import PATTERNS as VISIT


class Concern(StrEnum):
    """The kinds of text that a record never contains."""

    SSN = "ssn"
    A_NUMBER = "a-number"
    DOCUMENT = "document"
    STATUS = "status"
    CHILD = "child"
    BIRTH = "birth-date"
    HOME = "home"


class PrivateText(KioskError):
    """The text must not be stored. Nothing was written."""

    title_id = "error.title.private"


class UnclearText(PrivateText):
    """The text has two meanings; a person can say which. Nothing was written.

    words: the text, to ask about it where it was typed; the message does not repeat it.
    """

    exit_code = Exit.REFUSED

    def __init__(self, doubt: Doubt, words: str) -> None:
        super().__init__(text(f"private.{doubt}"), text_id=f"private.{doubt}")
        self.doubt, self.words = doubt, words


def refusal(doubt: Doubt) -> PrivateText:
    """Return the refusal of a text that has none of the meanings which a record may contain."""
    match doubt:
        case Doubt.NAME | Doubt.VISIT:
            return _refused(Concern.STATUS)
        case Doubt.NUMBER:
            return _refused(Concern.SSN)
        case _:
            assert_never(doubt)


_ABOUT_SOMEONE: Final = Words(ABOUT_SOMEONE)
_FAMILY: Final = Words(rf"\b(?<!\bhis )(?<!\bher )(?<!\bsu )(?:{KIN}|{KIN_ES})\b")
_BLANK: Final = " … "

_STATUS: Final = (ORIGIN, ON_A_VISIT, OF_AN_OFFICIAL, OWN_CASE, STATUS_OF_SOMEONE, LIFE, FINE, STATUS)
PATTERNS: Final = (
    NAME_OR_STATUS,
    NAMED,
    *_STATUS,
    _ABOUT_SOMEONE,
    _FAMILY,
    *NUMBERS,
    *PLACES,
    *OF_CHILDREN,
    *TAGGING,
    *VISIT,
)
"""All patterns. Prepare each before the first text is judged; all of them take 100 ms."""


def judge(words: str) -> Concern | Doubt | None:
    """Return why `words` must not be stored, or the doubt to ask about first; None for text to keep as it is.

    Two doubts in one text are one too many: it is refused.
    """
    plain = written_out(folded(words))
    number = _judge_number(number_in(plain))
    if isinstance(number, Concern):
        return number
    meaning = _judge_words(countries_replaced(corrected(plain)))
    if isinstance(meaning, Concern):
        return meaning
    tagged = tag(with_digits(written_out(unaccented(words))))
    personal = personal_in(tagged.classes)
    if personal is not None:
        return _judge_personal(personal)
    unnamed = tagged.unnamed()
    if unnamed is not None:
        meaning = _judge_words(countries_replaced(corrected(folded(unnamed)))) or meaning
        if isinstance(meaning, Concern):
            return meaning
    return Concern.SSN if number and isinstance(meaning, Doubt) else meaning or number


def require_storable(words: str, meaning: Meaning | None = None) -> Meaning | None:
    """Return the meaning to store with `words`; None if they have only one. Raises PrivateText.

    meaning: what a person said that the text means. Without one, a text with two meanings raises UnclearText. It
    excuses only the words in doubt: what is unmistakable in the same text is refused.
    """
    found = judge(words)
    match found:
        case Concern():
            raise _refused(found)
        case Doubt():
            if meaning not in MEANINGS[found]:
                raise UnclearText(found, words)
            return meaning
        case None:
            return None
        case _:
            assert_never(found)


def _refused(concern: Concern) -> PrivateText:
    return PrivateText(text(f"private.{concern}"), text_id=f"private.{concern}")


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


def _judge_personal(personal: Personal) -> Concern:
    match personal:
        case Personal.NAME:
            return Concern.CHILD
        case Personal.BIRTH:
            return Concern.BIRTH
        case Personal.HOME:
            return Concern.HOME
        case _:
            assert_never(personal)


def _judge_words(plain: str) -> Concern | Doubt | None:
    """Return the meaning of corrected text."""
    plain = without_what_says_nothing(plain).replace('"', "")
    if OWN_CASE.search(plain):
        return Concern.STATUS
    plain = NAMED.sub(_BLANK, FINE.sub(_BLANK, plain))
    certain = ON_A_VISIT.sub(_BLANK, plain)
    unclear = _names_or_status(certain)
    if _says_status(certain, unclear):
        if _FAMILY.search(plain) or not OF_AN_OFFICIAL.search(certain):
            return Concern.STATUS
        certain = OF_AN_OFFICIAL.sub(_BLANK, certain)
        unclear = _names_or_status(certain)
        if _says_status(certain, unclear):
            return Concern.STATUS
    on_a_visit = certain != plain
    if unclear:
        return Concern.STATUS if on_a_visit or _ABOUT_SOMEONE.search(plain) else Doubt.NAME
    return Doubt.VISIT if on_a_visit else None


def _names_or_status(plain: str) -> dict[int, int]:
    """Return where each character of a name in doubt is, with the end of that name."""
    return {at: found.end() for found in NAME_OR_STATUS.finditer(plain) for at in range(*found.span())}


def _says_status(plain: str, unclear: Mapping[int, int]) -> bool:
    """Check for words about somebody's status that are more than a name in doubt."""
    return any(words.search(plain) is not None for words in (ORIGIN, STATUS_OF_SOMEONE, LIFE)) or any(
        unclear.get(found.start(), 0) < found.end() for found in STATUS.finditer(plain)
    )
