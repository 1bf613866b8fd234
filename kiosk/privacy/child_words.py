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
    "name": r"(?<![TO8N7+0])(?<!Ov)[N7+][N7+0]{0,5}(?![N7+0])(?:\.|(?!\.))",
    "given": r"(?<![TO8N7+0])[7+][N7+0]{0,5}(?![N7+0])(?:\.|(?!\.))",
    "initialed": r"(?<![TO8N7+0])[N7+f]0(?![N7+])(?:\.|(?!\.))",
    "someone": r"[7+][N7+0]{0,5}(?![N7+0])(?:\.|(?!\.))",
    "capital": r"(?<![N7+0])[fN7+][N7+0]{0,5}(?![N7+0])(?:\.|(?!\.))",
    "two-names": r"[N7+][N7+0]{1,5}(?![N7+0])(?:\.|(?!\.))",
    "no-adult": (
        r"(?![ah]?[wX]?[O8$T]|[,(][ah]?[wX]?[O8$T](?=[,).;]|$|x|o)|[,(]?[ixo]a?w?\$|i2|[,(]?[xo]a?[O8]|xa?W"
        r"|[ah]oa?[X$]|R)"
    ),
    "dcf": "8",
    "known": "W",
    "age": "d",
    "town": "[a5iN7+W,]",
    "officer": "O",
    "teacher-word": "T",
    "road": "R",
    "about-them": "[wh49a%]",
    "hid": "}",
    "file": "{",
    "teacher": "T{1,2}[N7+w]",
    "b": "b",
    "for2": "[v4]",
    "small": "5",
    "start-of": r"(?:(?<=[,.;&])|^)h?w?b?",
    "before-all": "^",
    "parent-with": "(?:i?s?K)",
    "see": "[v4V]",
    "from": "[iox]",
    "title": "T{0,2}",
    "class": "[SGX2]",
    "says": "[e9]",
    "about-it": '[":w^%obiaxs&ehOKmV~Svz49,]',
    "doing": "[w^%bxiadtsPf9,]",
    "they-are": "h[b']?",
    "named": "[m~]",
    "label": "m",
    "heading": "@",
    "owns": "'",
    "the": "[a5h]",
    "be": "[b:=,]",
    "of": "o",
    "for": "v",
    "out": "x",
    "to": "i",
    "and": "&",
    "his": "s",
    "they": "h",
    "some": "[a5w^%iovxsbhmN7+f:,'\"(49]",
    "about": "[{a5w^%iovxsbhPJZCK:,'\"(49d]",
    "dot": r"\.",
    "later": "[Sa5w^%iovxsbhem:,.d649cE]",
    "word": "[w^%]",
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
    "month": "Q",
    "born": "(?<!O)n",
    "year": "y",
    "date": r"(?:D|Q[dj],?y?|[dj]o?Q,?o?y?)",
    "full": r"(?:D|Q[dj],?y|[dj]o?Q,?o?y)",
    "phone": "F",
    "telephone": "[,(]?H",
    "home": "E",
    "lives": "[Ll]",
    "vive": "l",
    "moves": "[u3]",
    "muda": "3",
    "motel": "6",
    "way": "[a5w^%iovxsbhem:,.dN7+fWcER]",
    "numbered": "[dMyc]w?",
    "place": "[fN7+WjR0]",
    "contact": "k",
    "pupil-number": "U",
    "digits": "[MdycH]",
    "long": "M",
    "address": r"(?:[dMy]c?[fN7+WwGjhasXQ]{1,3}R|r[oaij]{0,2}[fN7+Wwj]{1,3}[,#]?F?[dMy]|r[dMy]|[dM]oa?ra?[fN7+Ww])",
    "before": r"(?<=[^.])",
    "never-given": "(?<!e)(?<!ea)(?<!es)(?<!ei)",
    # What must follow, or must not.
    "end": r"(?:(?<=\.)|(?=[.,;:)\"?!]|$))",
    "a-verb": r"(?=(?<=\.)|[.,;:)\"?!bVhwiqxzL&o]|$)",
    "no-thing": "(?![RWOp'])",
    "child's": r"(?<![TO8N7+0KRmO])(?<!O,)(?<!Oa)(?<!R\.)\+0?(?![N7+0])(?:\.|(?!\.))",
    "young-name": r"(?<![TO8N7+0])\+[N7+0]{0,5}(?![N7+0])(?:\.|(?!\.))",
    "pupil": (
        r"(?<![TO8N7+0Ke~%R])(?<!O,)(?<!Oa)(?<!R\.)"
        r"(?:(?<=[VvoiwJPZ41:{2|x}XaS])7|\+[N7+]?)0?(?![N7+0])(?:\.|(?!\.))"
    ),
    "no-name-of-a-place": "(?![e9V^1~RW]|,9|'[WNR@7+])",
    "no-staff-verb": "(?![e9V^1~']|,9)",
    "no-place": "(?![RWO])",
    "no-staff": "(?![OT])",
}
_COUNT: Final = re.compile(r"(.*?)([?*+]|\{\d,\d\})?$")
_AT_MOST: Final = {"*": "{0,6}", "+": "{1,6}"}


def _rule(classes: str) -> str:
    """Return the pattern for classes in this order; "a/b" is either, and ?, *, + and {m,n} count as in patterns.

    But * and + are at most a few: a pasted text of one word many times must not take long.
    """
    found = []
    for part in classes.split():
        matched = _COUNT.fullmatch(part)
        several, times = matched.groups("") if matched else (part, "")
        either = "|".join(_PARTS[one] for one in several.split("/"))
        found.append(f"(?:{either}){_AT_MOST.get(times, times)}")
    return "".join(found)


_NAME: Final = (
    # Named.
    "child/children/heading owns? of? be{0,2} named be* quote? of? capital",
    "child/children/heading equal quote? capital",
    "children/heading bracket capital",
    "label of the* child/children/family be+ capital",
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
    "the name family/children no-thing a-verb",
    # Of a parent.
    "parent/kin of name no-place",
    "capital owns kin/parent no-place",
    "thing of/for name no-place",
    "capital owns thing",
    # By the way.
    "child owns? b name no-thing no-adult",
    "child about-them{0,5} be name no-adult end",
    "quote/comma capital young/children no-thing a-verb",
    "children comma the name end",
    "hid to/the? the? name no-adult no-thing",
    "name comma the child no-thing",
    "officer fetch word/out? the? someone no-adult",
    "someone owns? thing",
    "young-name owns officer/class",
    "officer/teacher-word of someone no-adult",
    "young-name to the? ordinal",
    "someone comma age end",
    "someone be take",
    "capital about-it{0,4} comma word to the? grade",
    "capital about-it{0,4} comma word to the? ordinal end",
    "capital comma they-are word? to the? known? class",
    "home for someone",
    "says about-it{0,4} someone be to the? school",
    "file of young-name",
    "young-name owns file",
    "children be name and capital",
    "children comma name and capital no-adult",
    "small name no-place no-adult",
    "capital the of ordinal? grade/ordinal no-staff",
    "dcf about-it{0,4} see/to the* someone no-adult",
    "dcf about-it{0,4} for2 the* name no-adult",
    "dcf word? take about-it{0,4} name no-adult",
    "capital about-it{0,6} comma? they-are word? to? the? grade",
    "capital about-it{0,6} comma they-are word? to? the? ordinal end",
    "capital about-it{0,6} comma ordinal? student",
    "month from title capital owns ordinal? class",
    "someone comma? be? word? from title capital owns ordinal? class",
    "capital comma? from title capital owns ordinal? class no-adult",
    "says about-it{0,4} someone doing{0,3} here",
    "says about-it{0,4} someone be to the? room/grade",
    "someone about-it{0,6} his thing",
    "thing name no-place no-adult",
    "name comma ordinal end",
    "capital about-it{0,5} comma title capital owns ordinal? class",
    "name and capital comma the? children",
    "parent says someone be",
    "here word{0,2} equal capital end",
    "teacher fetch word/out? the? someone no-adult",
    "take word? someone end",
    "someone his parent",
    "name of ordinal word? end",
    "see/to/of/and/comma/take the? initialed no-adult",
    "initialed and/word no-adult child",
    "fetch out name no-adult",
    "fetch someone out no-adult",
    "child word/out{1,3} comma name end",
    "kin the of name no-place",
    "contact for name",
    # Fetched.
    "fetch word? the? name out/of of? the? word? school+ no-place",
    "fetch name to the/his? parent no-place",
    "fetch the name the his? parent no-place",
    "parent word? take word? name end",
    "name word{1,2} to his parent",
)
_WITH_A_CHILD: Final = ("where be? name end", "be name here")
"""These need a word for a child anywhere in the text: where a street is, is asked as well."""

_CHILDS: Final = ("child's no-adult no-name-of-a-place",)
"""A name that few adults have, in a text that says no more of it. A text that is only a name is anybody's."""

_SHORTEST: Final = 3
"""Words and marks of a text that is more than a name."""

_AT_SCHOOL: Final = ("pupil no-adult no-staff-verb no-place",)
"""A given name in a text about a child or a class; not of somebody who is told something, or acts as staff do."""

_BIRTH: Final = (
    "birth about{0,5} date",
    "born to/the/of/they/dot{0,2} date",
    "birth about{0,5} month",
    "born to? month",
    "child some{0,4} born to? year",
    "birth be* long",
    "they/child be? numbered to date",
    "they/child be numbered comma date",
    "full bracket/be? his? birth",
    "birth owns? some{0,2} full",
)
_HOME: Final = (
    "never-given anyone owns? home? word/the? phone+ some{0,2} telephone",
    "anyone owns the? word? home? phone+ some{0,2} telephone",
    "his home phone* be* telephone",
    "home phone+ be* telephone",
    "phone+ of/for the/his* anyone/home be* telephone",
    "contact some{0,4} anyone some{0,3} telephone",
    "anyone some{0,3} contact some{0,3} telephone",
    "never-given parent/child comma/to? telephone",
    "pupil-number about-it{0,5} digits",
    "pupil-number be* telephone",
    "long of/for the/his* child",
    "phone+ about-it{0,3} of/for/out the/his* anyone/home about-it{0,7} telephone",
    "anyone owns? home? word/the? phone+ about-it{0,7} telephone",
    "pupil-number of/for the/his* child some{0,2} digits",
    "anyone word{0,2} lives/moves later{0,4} address",
    "they word? lives later{0,4} address",
    "where they/anyone word? lives/moves later{0,4} address",
    "before-all lives parent-with? some{0,6} address",
    "before-all lives to the? place",
    "before-all lives about{0,7} to capital",
    "lives to his? parent some{0,3} address",
    "lives to his? parent? to? the? numbered place",
    "lives to his? word? parent to the? capital",
    "they word{0,2} moves to home numbered? to? numbered place",
    "anyone/they word/be{0,2} lives/moves way{0,6} motel",
    "anyone/they be to the? place{0,3} motel",
    "muda way{0,6} motel",
    "start-of muda to/the the? address",
    "anyone word/be{0,2} lives/moves later{0,4} numbered place",
    "anyone/they word/be{0,2} lives way{0,4} home",
    "anyone/they word/be{0,2} lives about{0,7} to the? capital",
    "moves to his/the? parent to? numbered place",
    "lives way{0,6} comma numbered place",
    "muda to/home/of/his/parent/comma{0,6} capital numbered",
    "home+ of the/his* anyone be* the* numbered place",
    "home+ of the/his* anyone be* the* address",
    "anyone owns? home{1,2} be* numbered place",
    "telephone parent end",
    "they word/be{0,2} lives/moves to the? numbered place",
    "they word/be{0,2} lives/moves to the? address",
    "home+ for they/anyone/word be* address",
    "his home some/digits{0,4} address",
    "his home be some/digits{0,3} numbered place",
    "his home be about{0,5} to capital",
    "anyone owns be? to the? address",
    "numbered place comma word? home",
    "start-of muda town{0,5} address",
    "phone+ of parent about-it{0,4} long",
    "numbered place comma? his home",
    "home to place where the* anyone lives",
    "anyone owns? the? road be address",
    "his parent word/be{0,4} to? telephone",
    "parent word/be/digits{1,6} to telephone",
    "anyone owns? word home be* address",
    "address some{0,6} his home",
    "vive about{0,6} address",
    "vive about{0,6} home",
    "vive to the? numbered and place",
    "anyone word{0,2} moves to the? place{1,3} digits",
    "vive about{0,6} place numbered",
    "muda way{0,6} numbered of place",
    "anyone owns? home? phone+ about-it{0,3} long",
    "never-given parent word comma telephone",
    "phone+ home telephone",
    "long/telephone bracket? child",
    "anyone owns? home home? be* some{0,2} address",
    "his home be* to? address",
    "home home be* address",
    "home+ of the/his* anyone be* address",
    "address some{0,2} where the{0,2} anyone/they lives/moves/be",
    "address some{0,6} anyone owns? home",
    "address some{0,6} anyone word? lives/moves",
)


def _pattern(rules: tuple[str, ...]) -> Words:
    return Words("|".join(map(_rule, rules)))


_BIRTH_SAID: Final = _pattern(_BIRTH)
_HOME_SAID: Final = _pattern(_HOME)
_NAME_SAID: Final = _pattern(_NAME)
_NAME_SOUGHT: Final = _pattern(_WITH_A_CHILD)
_CHILDS_NAME: Final = _pattern(_CHILDS)
_NAME_AT_SCHOOL: Final = _pattern(_AT_SCHOOL)
_A_CHILD: Final = Words(_PARTS["anyone"])
_A_CLASS: Final = Words("[PJZCKYIGgcSX2|]")

PATTERNS: Final = (_BIRTH_SAID, _HOME_SAID, _NAME_SAID, _NAME_SOUGHT, _CHILDS_NAME, _NAME_AT_SCHOOL, _A_CHILD, _A_CLASS)
"""All of them. Prepare each before the first text is judged."""


def personal_in(classes: str) -> Personal | None:
    """Return what a text, given as its classes (`tagging.tag`), says of a child or its family; None for nothing."""
    if _BIRTH_SAID.search(classes):
        return Personal.BIRTH
    if _HOME_SAID.search(classes):
        return Personal.HOME
    if (
        _NAME_SAID.search(classes)
        or (len(classes) >= _SHORTEST and _CHILDS_NAME.search(classes))
        or (_NAME_SOUGHT.search(classes) and _A_CHILD.search(classes))
    ):
        return Personal.NAME
    if _NAME_AT_SCHOOL.search(classes) and _A_CLASS.search(classes):
        return Personal.NAME
    return None
