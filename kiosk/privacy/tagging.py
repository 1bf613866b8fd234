"""A text as classes of words, so that patterns need not list the words (`word_classes`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kiosk.privacy.patterns import Words
from kiosk.privacy.word_classes import (
    CHILDREN,
    CLASSES,
    FIRST,
    KIN,
    KNOWN,
    KNOWN_WORDS,
    NAME,
    OFFICIAL,
    OTHER,
    PARENT,
    STUDENT,
    TITLE,
    YOUNG,
)

OWNS, HEADING = "'", "@"
"""HEADING: a word for a child with a capital at the start, which can be part of a title or of an agency."""


_DATES_OF_BIRTH: Final = Words(
    r"(?i)\b(?:d\.? ?o\.? ?b\b\.?|dates? of birth|birth-? ?date|b-? ?day|fecha de nac(?:imiento|\b\.?))"
)
_CONTACTS: Final = Words(r"(?i)\bemergency contacts?\b|\bcontactos? de emergencia\b")
_STUDENT_NUMBERS: Final = Words(
    r"(?i)\b(?:(?:student|pupil|lunch)(?:'?s)?(?: id)? ?(?:number|num\b\.?|no\b\.?|#|id\b|pin\b)|sasid"
    r"|(?:numero|num\b\.?|no\.|id|matricula) (?:de |del )(?:la |el )?(?:estudiante|alumn[oa])"
    r"|id (?:number|num|no\.?|#) (?:of|for) (?:the |an? )?(?:student|pupil|child|kid))"
)
_JOINED: Final = (
    (_DATES_OF_BIRTH, "dob"),
    (_CONTACTS, "emergencycontact"),
    (_STUDENT_NUMBERS, "studentnumber"),
)
"""Names of several words, and one word for each."""

_TOKEN: Final = Words(
    r"(?P<H>\(?\d{3}\)?[ .-]?\d{3}[.-]?\d{4}(?!\d)|(?<![\d-])\d{3}-\d{4}(?!\d))"
    r"|(?P<D>\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}(?!\d)|\d{1,2}/\d{1,2}(?![\d/]))"
    r"|(?P<t>\d{1,2}:\d\d)"
    r"|(?P<j>\d{1,2}(?:st|nd|rd|th|ro|do|er|to|vo|mo|[oa])\b)"
    r"|(?P<c>\d{1,2}-?[A-Ha-h]\b)"
    r"|(?P<y>(?:19|20)\d\d(?!\d))"
    r"|(?P<M>\d{4,})|(?P<d>\d+)"
    r"|(?P<owns>(?<=\w)'s\b|(?<=s)'(?!\w))"
    r"|(?P<word>[A-Za-z]+(?:(?:'(?!s\b)|-)[A-Za-z]+)*)"
    r"|(?P<mark>[^\s\w])"
)
PATTERNS: Final = (_DATES_OF_BIRTH, _CONTACTS, _STUDENT_NUMBERS, _TOKEN)
"""All of them. Prepare each before the first text is judged."""

_MARKS: Final = frozenset('.,;:()"=!?')
"""Marks that are their own class."""

_AFTER_A_MARK: Final = frozenset('.!?:"(')
_MANY, _MOST = 5, 0.6
"""A headline has this many words, and more than this part of them with capitals."""

_NAME_SHAPED: Final = re.compile(r"(?:Mc|Mac|De|Del|La|Le|Van|O')?[A-Z][a-z]+(?:-[A-Z]?[a-z]+)*")
_NAMED: Final = re.compile(rf"(?<![{TITLE}{OFFICIAL}{NAME}])({NAME}+)(?!{NAME})")
_SAID_OF_SOMEONE: Final = frozenset(
    """has have had got is was lacks without never still hasn't haven't isn't wasn't doesn't don't didn't dont doesnt
    dosnt isnt hasnt""".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Tagged:
    """A text, its words, numbers and marks, and one character for each: those of `word_classes`, or those above.

    Most marks are their own class.
    """

    text: str
    parts: tuple[re.Match[str], ...]
    classes: str

    def unnamed(self) -> str | None:
        """Return the text with a pronoun for each name of which something is said; None if there is no such name.

        A surname alone can be a visitor's, and becomes "they".
        """
        found, end = [], 0
        for name in _NAMED.finditer(self.classes):
            first, after = name.span()
            if after < len(self.parts) and self.parts[after][0].lower() in _SAID_OF_SOMEONE:
                start = self.parts[first].start()
                certain = after - first > 1 or CLASSES.get(self.parts[first][0].lower()) == NAME
                found += [self.text[end:start], "he" if certain else "they"]
                end = self.parts[after - 1].end()
        return "".join((*found, self.text[end:])) if found else None


def tag(plain: str) -> Tagged:
    """Return text without accents (`folding.unaccented`) with the class of each of its words."""
    for several, one in _JOINED:
        plain = several.sub(one, plain)
    parts = tuple(_TOKEN.finditer(plain))
    words = [part[0] for part in parts if part.lastgroup == "word"]
    capitals = sum(word[0].isupper() for word in words)
    headline = len(words) >= _MANY and capitals > _MOST * len(words)
    classes: list[str] = []
    for part in parts:
        match part.lastgroup:
            case "word":
                kind = _class_of(part[0], classes, headline=headline)
            case "mark":
                kind = part[0] if part[0] in _MARKS else CLASSES.get(part[0], OTHER)
            case "owns":
                kind = OWNS
            case number:
                kind = number or OTHER
        if kind == NAME and classes and classes[-1] == FIRST:
            classes[-1] = NAME
        classes.append(kind)
    return Tagged(plain, parts, "".join(classes))


_OF_CHILDREN: Final = frozenset((STUDENT, YOUNG, KIN, CHILDREN))
_OF_FAMILIES: Final = frozenset((STUDENT, YOUNG, KIN, PARENT))
_NAMES_TOO: Final = frozenset(("april", "june", "abril", "julio", "may", "august", "mayo"))
"""Months that are given names."""


def _class_of(word: str, before: list[str], *, headline: bool) -> str:
    small = word.lower()
    kind = CLASSES.get(small)
    if kind is None and small[-1] == "s":
        kind = CLASSES.get(small[:-1])
        kind = kind if kind in _OF_FAMILIES else None
    last = before[-1] if before else ""
    if not word[0].isupper():
        return kind or OTHER
    starts = not last or last in _AFTER_A_MARK
    if kind is not None:
        return _class_of_capital(small, kind, last, starts=starts) if not word.isupper() else kind
    if len(word) == 1:
        return NAME if last == NAME else OTHER
    if small in KNOWN_WORDS or not _NAME_SHAPED.fullmatch(word):
        return KNOWN
    return OTHER if headline else FIRST if starts else NAME


def _class_of_capital(small: str, kind: str, last: str, *, starts: bool) -> str:
    """Return the class of a word of a known class that has a capital: it can be a surname, or part of a title."""
    if small in _NAMES_TOO and last in _OF_CHILDREN:
        return NAME
    if kind not in _OF_CHILDREN:
        return kind
    if last in (NAME, TITLE, OFFICIAL):
        return NAME
    return HEADING if starts else KNOWN
