"""Words for people, as parts of the patterns in this folder. They expect text normalized by `folding.folded`."""

from __future__ import annotations

from typing import Final

KIN: Final = (
    r"(?:student|pupil|child|kid|boy|girl|baby|minor|mother|mom|mum|father|dad|parent|guardian|family|brother|sister"
    r"|sibling|son|daughter|uncle|aunt|cousin|nephew|niece|grandmother|grandfather|grandma|grandpa|wife|husband"
    r"|children|babies|families|folks|auntie|stepdad|stepmom|stepfather|stepmother|stepson|grandkid|niece|in-law)s?"
)
"""Families at a school."""

ADULT_KIN: Final = (
    r"(?:mother|mom|mum|mami|father|dad|papi|parent|guardian|uncle|aunt|husband|wife|grandmother|grandfather|grandma"
    r"|grandpa|stepdad|stepmom|stepfather|stepmother|cousin|relative)s?"
)
"""Those of a family who are not pupils, of whom an ordinary word means another thing."""

ALL_OF_THEM: Final = r"(?:everyone|everybody|nobody|no one|none|all of them|most of them|half of them|some of them)"

STAFF: Final = (
    r"(?:worker|employee|teacher|custodian|janitor|cook|aide|nanny|neighbor|person|people|woman|man|women|men)s?"
)

ANYONE: Final = rf"(?:he|she|they|{KIN}|{STAFF})"

ARE: Final = r"(?:'s|'re| is| are| was| were| isn't| aren't| wasn't| weren't)"

MIDDLE: Final = r"(?: (?:not|both|all|also|here|probably|maybe|likely|really|an?|some|said to be|still))*"
"""Words between a verb and what it says of a person."""

KIN_ES: Final = (
    r"(?:familias?|padres?|madres?|papas?|mamas?|nin[oa]s?|hij[oa]s?|estudiantes?|alumn[oa]s?|personas?|herman[oa]s?"
    r"|ti[oa]s?|prim[oa]s?|abuel[oa]s?|senora|chic[oa]s?|muchach[oa]s?|menor(?:es)?|espos[oa]s?|gente)"
)

ADULT_KIN_ES: Final = (
    r"(?:padres?|madres?|papas?|mamas?|ti[oa]s?|abuel[oa]s?|espos[oa]s?|prim[oa]s?|padrastros?|familia)"
)

ARE_ES: Final = r"(?:es|son|era|eran|fue|fueron|esta|estan|estaba|estaban|soy|somos)"

PAPERS: Final = r"(?:papers|papeles|documents|documentation)"

ABOUT_SOMEONE: Final = (
    rf"\b(?:he|she|him|her|his|hers|their|theirs|them|{KIN}|{KIN_ES}|ella|ellas|ellos|sus?)\b"
    r"|\b(?:has|have|had|got|gets|won|seek\w*|appl(?:y|ied|ying)|grant\w*|den(?:y|ied)|pending|claim\w*|expire\w*"
    r"|became|become|is an?|not an?|status|case)\b"
    r"|\b(?:waiting|asked|asking) (?:on|for) (?:his |her |their )?asylum|\btienen?\b|\bpidi\w+|\bsolicit\w+"
)
"""Signs that an ambiguous word is about a person's life, not the name of a street, an agency or a form."""
