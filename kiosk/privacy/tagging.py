"""A text as classes of words, so that patterns need not list the words (`word_classes`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kiosk.privacy.given_names import WITH_A_CAPITAL
from kiosk.privacy.patterns import Words
from kiosk.privacy.word_classes import (
    CHILDREN,
    CHILDS,
    CLASSES,
    FIRST,
    GIVEN,
    INITIAL,
    KIN,
    KNOWN,
    KNOWN_WORDS,
    NAME,
    NAMES,
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
    r"(?i)\b(?:d\.? ?o\.? ?b\b\.?|dates? of birth|birth-? ?date|b-? ?day|fecha (?:de )?nac(?:imiento|\b\.?))"
)
_CONTACTS: Final = Words(r"(?i)\bemergency contacts?\b|\bcontactos? de emergencia\b")
_STUDENT_NUMBERS: Final = Words(
    r"(?i)\b(?:(?:student|stu|pupil|lunch)(?:'?s)?(?: id)? ?(?:n[umber]{2,6}\b|num\b\.?|no\b\.?|#|id\b|pin\b)|sasid"
    r"|(?:medicaid|medicade|husky|insurance|state)(?: (?:card|id|number|num|no\.?|#))+ (?:of|for) (?:the "
    r"|an? )?(?:student|pupil|child|kid|boy|girl)"
    r"|(?:kid|child|student|boy|girl|son|daughter)'?s? (?:medicaid|husky|insurance)(?: (?:card|id|number|num|no\.?|#))*"
    r"|(?:his|her|kid'?s|child'?s) (?:medicaid|husky)(?: (?:id|number|num|no\.?|card|#))*|id estudiantil|(?:medicaid"
    r"|husky|powerschool|lunch|bus pass)(?: (?:id|number|num|no\.?|card|#"
    r"|is))* #?(?=\d{4})|matricula (?:del?|de la) (?:estudiante|alumn[oa]|nin[oa])"
    r"|(?:numero|num\b\.?|no\.|id|matricula) (?:de |del )(?:la |el )?(?:estudiante|alumn[oa])"
    r"|id (?:number|num|no\.?|#) (?:of|for) (?:the |an? )?(?:student|pupil|child|kid))"
)
_PROTECTION: Final = Words(
    r"(?i)\b(?:(?:the )?child(?:ren'?s)? (?:protective|protection)(?: services)?|child welfare|proteccion (?:de menores"
    r"|infantil)|(?:case ?worker|social worker|trabajadora social|foster (?:mom|dad|parent))(?= (?:for|about|de)\b)"
    r"|(?:dcf|cps|dcfs)(?: (?:worker|social worker|investigator|lady|caseworker)s?\b(?! (?-i:[A-Z]))))"
)
_AWAY: Final = Words(
    r"(?i)\b(?:out sick|(?:did|do|does|is|was|has)n'?t (?:come|coming|been in|at school|in school|in today|here"
    r"|show(?:ed)? up)|not (?:here|in school|at school|in today)|(?:went|go|gone|left|leaves?|going) (?:home|early"
    r"|at (?:noon|\d)"
    r"|sick|with (?:his|her|their) \w+)|no (?:vino|viene|vinieron|llego|esta|ha venido|asistio)|falto hoy"
    r"|salio temprano)\b"
)
_LOOKED_UP: Final = Words(
    r"(?i)\b(?:look(?:ed|s|ing)?|pulled|pulls?|bring|brought) up(?= (?-i:[A-Z]))|\b(?:report cards?"
    r"|expediente|calificaciones|grades|pick-?up|pick-?up (?:person|list|card)) (?:of|for|de)(?= (?-i:[A-Z]))"
)
_PICKUP: Final = Words(r"(?i)(?<=\w)'?s pick-?up(?= (?:person|list|card|changed?|is\b|was))")
_ROOMS: Final = Words(
    r"(?i)\b(?:supply|conference|mail|copy|storage|break|staff|teachers'?|waiting|meeting|boiler|server"
    r"|lost and found) room\b"
)
_NOT_OURS: Final = Words(
    r"(?i)\b(?:not|isn't|isnt|nobody|no es|ni|neither) (?:an? |our |un |una |nuestr[oa] |of our )?(?:students?"
    r"|parents?|pupils?|kids?|alumn[oa]s?"
    r"|padres?)(?: or staff)?\b"
)
_IN_A_CAR: Final = Words(
    r"(?i)\bliving (?:in|at|out of) (?:an? |the )?(?:hotel|motel|shelter)\b|\b(?:sleeps?|sleeping|slept|living|lives?"
    r"|duermen?) (?:in|en) (?:the |her |his |their |a |su |el |un |la )*(?:car|van|truck|carro|coche"
    r"|camioneta|park|church|iglesia)\b"
)
_WILL_BE: Final = Words(r"(?i)\b(she|he)'?ll be(?= \d)")
_FAMOUS: Final = Words(
    r"(?i)\b(?:miranda(?= rights|\W)|martin luther king(?:,? jr\.?)?|mlk|cesar chavez|rosa parks|(?:saint|st\.?|santa"
    r"|san) (?-i:[A-Z])\w+(?:'s)?)"
)
_BIRTH_CERTIFICATES: Final = Words(r"(?i)\bbirth certificates?\b|\bacta de nacimiento\b|\b504 plan\b")
_INITIALS: Final = Words(r"\b[A-Z]\. ?(?=[A-Z][a-z])")
_TURNS: Final = Words(r"(?i)\bturn(?:ed|s|ing)? (?=\d{1,2}\b)")
_BORN: Final = Words(r"(?i)\bb\.? ?(?=\d{1,2}[/-])")
_MOVED_IN: Final = Words(r"(?i)\bmoved in(?:to)?\b")
_ON_FILE: Final = Words(
    r"(?i)\bnew (?:apt|apartment|house|address|place) (?=is\b)|\b(?:address|direccion) (?:in|on|en) (?:powerschool"
    r"|infinite campus|the system|file|our \w+|enrollment"
    r"|la hoja|el sistema|el archivo)\b"
)
_OFFICE: Final = Words(r"(?i)\b(?:in|from|at) the (?:main|front|central) office\b")
_IT: Final = Words(r"\bIT\b")
_JOINED: Final = (
    (_DATES_OF_BIRTH, "dob"),
    (_CONTACTS, "emergencycontact"),
    (_STUDENT_NUMBERS, "studentnumber "),
    (_PROTECTION, "dcf"),
    (_AWAY, "absent"),
    (_LOOKED_UP, "attendance of"),
    (_PICKUP, "'s attendance"),
    (_IT, "kitchen"),
    (_OFFICE, "from kitchen"),
    (_ROOMS, "office"),
    (_NOT_OURS, "stranger"),
    (_IN_A_CAR, "they stays motel"),
    (_FAMOUS, "Museum"),
    (_BIRTH_CERTIFICATES, "attendance"),
    (_INITIALS, ""),
    (_TURNS, "birthday "),
    (_BORN, "born "),
    (_MOVED_IN, "lives"),
    (_ON_FILE, "her address "),
    (_WILL_BE, r"\1 is"),
)
"""Names of several words, and one word for each."""

_TOKEN: Final = Words(
    r"(?P<H>(?<![\w.@+-])[\w.+-]{1,64}@\w[\w.-]{1,64}|\(?\d{3}\)?[ .-]?\d{3}[ .-]?\d{4}(?!\d)"
    r"|(?<![\d-])\d{3}[ .-]?\d{4}(?!\d)|\d(?:[ -]\d){6,9}(?![\d-]))"
    r"|(?P<D>\d{1,2} \d{1,2} (?:19|20)\d\d(?!\d)|\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}(?!\d)|\d{1,2}/(?:\d{1,2}|(?:19"
    r"|20)\d\d)(?![\d/]))"
    r"|(?P<t>\d{1,2}:\d\d)"
    r"|(?P<j>\d{1,2}(?:st|nd|rd|th|ro|do|er|to|vo|mo|[oa])\b)"
    r"|(?P<c>\d{1,2}-?[A-Ha-h]\b)"
    r"|(?P<y>(?:19|20)\d\d(?!\d))"
    r"|(?P<M>[A-Z]{0,3}\d{4,})|(?P<d>\d+)"
    r"|(?P<owns>(?<=\w)'s\b|(?<=s)'(?!\w))"
    r"|(?P<word>[A-Za-z]+(?:(?:'(?!s\b)|-)[A-Za-z]+)*)"
    r"|(?P<mark>[^\s\w])"
)
PATTERNS: Final = (*(words for words, _ in _JOINED), _TOKEN)
"""All of them. Prepare each before the first text is judged."""

_MARKS: Final = frozenset('.,;:()"=!?')
"""Marks that are their own class."""

_AFTER_A_MARK: Final = frozenset('.!?:"(')
_MANY, _MOST = 5, 0.6
"""A headline has this many words, and more than this part of them with capitals."""

_NAME_SHAPED: Final = re.compile(r"(?:Mc|Mac|De|Del|La|Le|Van|O')?[A-Z][a-z]+(?:-[A-Z]?[a-z]+)*")
_GIVEN_SHAPED: Final = re.compile(
    r".(?:iyah|leigh|[dt]andre|[kt]avion|lynn?|a[iy]den|ay?lee|isha|vion|shawn|quan|ianna|ziel|eysi|eimi|aely|itzel"
    r"|[ei]tz[yi]|any[ai]"
    r"|delin|slei)$"
)
"""Endings of given names that no surname has."""

_NAMED: Final = re.compile(rf"(?<![{TITLE}{OFFICIAL}{NAMES}])([{NAMES}]+{INITIAL}?)(?![{NAMES}])")
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
                certain = after - first > 1 or CLASSES.get(self.parts[first][0].lower()) in (GIVEN, CHILDS)
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
            case "mark" if part[0] == "." and classes and classes[-1] == TITLE:
                kind = TITLE
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
        return INITIAL if last and last in NAMES + FIRST else OTHER
    if small in WITH_A_CAPITAL or _GIVEN_SHAPED.search(small):
        return OTHER if headline else GIVEN
    if small in KNOWN_WORDS or not _NAME_SHAPED.fullmatch(word):
        return KNOWN
    return OTHER if headline else FIRST if starts else NAME


def _class_of_capital(small: str, kind: str, last: str, *, starts: bool) -> str:
    """Return the class of a word of a known class that has a capital: it can be a surname, or part of a title."""
    if small in _NAMES_TOO and last in _OF_CHILDREN:
        return GIVEN
    if kind not in _OF_CHILDREN:
        return kind
    if last in (NAME, GIVEN, CHILDS, TITLE, OFFICIAL):
        return NAME
    return HEADING if starts else KNOWN
