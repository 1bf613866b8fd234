"""Rules for a child's name, birth date and number, and for the telephone and address of its family.

A name alone says nothing: it is a child's where a word for a child, a parent, a grade or a class is next to it, and an
official's after a title. A rule names the classes of words in their order, so that one line covers every word of them.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import Final

from kiosk.privacy.patterns import Words


class Personal(Enum):
    """What a text says of a child or its family."""

    NAME = auto()
    BIRTH = auto()
    HOME = auto()
    """Where the family lives, its telephone, or the number that the school gave the child."""


_PARTS: Final = {
    "student": "P",
    "young": "J",
    "kin": "Z",
    "child": "[PJZ]",
    "children": "C",
    "anyone": "[PJZCKYI]",
    "parent": "K",
    "family": "Y",
    "familia": "I",
    "thing": "2",
    "name": r"(?<![TON])(?<!Ov)N+(?!N)\.?",
    "capital": r"(?<!N)[fN]N*\.?",
    "two-names": r"NN+(?!N)\.?",
    "named": "[m~]",
    "label": "m",
    "heading": "@",
    "owns": "'",
    "the": "a",
    "be": "[b:=,]",
    "of": "o",
    "for": "v",
    "out": "x",
    "to": "i",
    "and": "&",
    "his": "s",
    "they": "h",
    "some": "[awiovxsbhmNf:,'\"(]",
    "about": "[awiovxsbhPJZCK:,'\"(]",
    "later": "[awiovxsbhem:,.d]",
    "word": "w",
    "comma": ",",
    "bracket": r"\(",
    "equal": "[:=]",
    "quote": '"',
    "grade": "(?:j[GP]|jg|G[dc]|c|g)",
    "room": "(?:S[dc]|jS)",
    "nth": "[ah]oj",
    "ordinal": "j",
    "school": "[XS]",
    "fetch": "[V1~]",
    "take": "1",
    "here": "z",
    "where": "q",
    "birth": "(?<!A)B(?!p)",
    "born": "(?<!O)n",
    "year": "y",
    "date": r"(?:D|Q[dj],?y?|[dj]o?Q,?o?y?)",
    "full": r"(?:D|Q[dj],?y|[dj]o?Q,?o?y)",
    "phone": "F",
    "telephone": "[,(]?H",
    "home": "E",
    "lives": "[Ll]",
    "vive": "l",
    "moves": "u",
    "contact": "k",
    "pupil-number": "U",
    "digits": "[Mdyc]",
    "long": "M",
    "address": r"(?:[dMy]c?[fNWwGjhasXQ]{1,3}R|r[oaij]{0,2}[fNWwj]{1,3}[,#]?F?[dMy]|r[dMy]|[dM]oa?ra?[fNWw])",
    "before": r"(?<=[^.])",
    "never-given": "(?<!e)(?<!ea)(?<!es)(?<!ei)",
    # What must follow, or must not.
    "end": r"(?=[.,;:)\"?!]|$)",
    "a-verb": r"(?=[.,;:)\"?!bVhwiqxzL&o]|$)",
    "no-thing": "(?![RWOp'])",
    "no-place": "(?![RWO])",
    "no-staff": "(?![OT])",
}
_COUNT: Final = re.compile(r"(.*?)([?*+]|\{\d,\d\})?$")


def _rule(classes: str) -> str:
    """Return the pattern for classes in this order; "a/b" is either, and ?, *, + and {m,n} count as in patterns."""
    found = []
    for part in classes.split():
        matched = _COUNT.fullmatch(part)
        several, times = matched.groups() if matched else (part, None)
        either = "|".join(_PARTS[one] for one in several.split("/"))
        found.append(f"(?:{either}){times or ''}")
    return "".join(found)


_NAME: Final = (
    # Named.
    "child/children/heading owns? of? be{0,2} named be* quote? of? capital",
    "child/children/heading equal quote? capital",
    "children/heading bracket capital",
    "label of the* child/children be+ capital",
    "child quote? name no-thing",
    "heading two-names no-thing",
    "children name and capital",
    "children name end",
    "before child comma name end",
    "before child comma name grade",
    "familia name no-place",
    # Beside a word for a child.
    "name comma bracket? his? the{0,2} ordinal? child/children end",
    "name comma his? the{0,2} ordinal? child to",
    "name bracket his? the{0,2} ordinal? child/grade",
    "capital comma the{0,2} child/children owns? label",
    "capital comma the{0,2} ordinal? student comma",
    "capital comma the{0,2} ordinal student end",
    "name grade end",
    "name comma to/of/out? the? grade/room/nth no-staff",
    "name to/of/out/for the? grade no-staff",
    "the name young no-thing a-verb",
    "the name young/children/family comma capital",
    "the name family no-thing a-verb",
    # Of a parent.
    "parent/kin of name no-place",
    "capital owns kin/parent no-place",
    "thing of/for name no-place",
    "capital owns thing",
    # Fetched.
    "fetch word? the? name out/of of? the? word? school+ no-place",
    "fetch name to the/his? parent no-place",
    "fetch the name the his? parent no-place",
    "parent word? take word? name end",
    "name word{1,2} to his parent",
)
_WITH_A_CHILD: Final = ("where be? name end", "be name here")
"""These need a word for a child anywhere in the text: where a street is, is asked as well."""

_BIRTH: Final = (
    "birth about{0,5} date",
    "born to/the/of/they{0,2} date",
    "child some{0,4} born to? year",
    "full bracket/be? his? birth",
    "birth owns? some{0,2} full",
)
_HOME: Final = (
    "never-given anyone owns? home? word? phone+ some{0,2} telephone",
    "anyone owns the? word? home? phone+ some{0,2} telephone",
    "his home phone* be* telephone",
    "home phone+ be* telephone",
    "phone+ of/for the/his* anyone/home be* telephone",
    "contact some{0,4} anyone some{0,3} telephone",
    "anyone some{0,3} contact some{0,3} telephone",
    "never-given parent/child comma/to? telephone",
    "pupil-number some{0,3} digits",
    "pupil-number be* telephone",
    "long of/for the/his* child",
    "anyone word{0,2} lives/moves later{0,4} address",
    "they word? lives later{0,4} address",
    "where they/anyone word? lives/moves later{0,4} address",
    "vive some{0,3} address",
    "anyone owns? home home? be* some{0,2} address",
    "his home be* to? address",
    "home home be* address",
    "home+ of the/his* anyone be* address",
    "address some{0,2} where the{0,2} anyone/they lives/moves",
    "address some{0,6} anyone owns? home",
    "address some{0,6} anyone word? lives/moves",
)


def _pattern(rules: tuple[str, ...]) -> Words:
    return Words("|".join(map(_rule, rules)))


_BIRTH_SAID: Final = _pattern(_BIRTH)
_HOME_SAID: Final = _pattern(_HOME)
_NAME_SAID: Final = _pattern(_NAME)
_NAME_SOUGHT: Final = _pattern(_WITH_A_CHILD)
_A_CHILD: Final = Words(_PARTS["anyone"])

PATTERNS: Final = (_BIRTH_SAID, _HOME_SAID, _NAME_SAID, _NAME_SOUGHT, _A_CHILD)
"""All of them. Prepare each before the first text is judged."""


def personal_in(classes: str) -> Personal | None:
    """Return what a text, given as its classes (`tagging.tag`), says of a child or its family; None for nothing."""
    if _BIRTH_SAID.search(classes):
        return Personal.BIRTH
    if _HOME_SAID.search(classes):
        return Personal.HOME
    if _NAME_SAID.search(classes) or (_NAME_SOUGHT.search(classes) and _A_CHILD.search(classes)):
        return Personal.NAME
    return None
