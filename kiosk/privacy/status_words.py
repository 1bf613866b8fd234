"""Patterns for a person's immigration or citizenship status, and for ordinary text that only looks like it.

All patterns expect text normalized by `folding.folded`: lower case, no accents, single spaces. `FINE` is blanked out
first, so that an agency's name, an officer's title or a paper's heading never hides the words next to it.
"""

from __future__ import annotations

import re
from typing import Final

_PEOPLE: Final = (
    r"(?:he|she|they|student|child|kid|boy|girl|minor|mother|mom|mum|father|dad|parent|guardian|family|brother|sister"
    r"|sibling|uncle|aunt|cousin|grandmother|grandfather|worker|employee|teacher|person|people|woman|man"
    r"|children|families|women|men)s?"
)
_KIN: Final = (
    r"(?:student|child|kid|boy|girl|mother|mom|mum|father|dad|parent|guardian|family|brother|sister|sibling|uncle|aunt"
    r"|cousin|children|families)s?"
)
_BE: Final = r"(?:'s|'re| is| are| was| were| be| being)(?: (?:not|both|all|here|probably|maybe|likely|said to be))*"
_COUNTRYMEN: Final = (
    r"(?:foreign|mexican|guatemalan|honduran|salvadoran|ecuador\w*|brazilian|venezuelan|colombian|haitian|cuban"
    r"|dominican|peruvian|nicaraguan|jamaican|chinese|indian|turkish|ukrainian|russian|polish|portuguese)"
)

_FINE: Final = (
    # Agencies, offices and courts.
    r"immigration and customs(?: enforcement)?",
    r"(?:u\.?s\.? )?citizenship (?:and|&) immigration services?",
    r"servicio(?:s)? de ciudadania e inmigracion(?: de (?:los )?estados unidos)?",
    r"office of refugee resettlement|refugee resettlement(?: office| agency| program)?",
    r"immigration and nationality act|alien enemies act",
    r"(?:migrant education|digital citizenship|good citizenship)(?: \w+)?",
    r"citizenship (?:award|grade|class|lesson|prize)s?",
    # Officers' titles.
    r"(?:detention and )?(?:deportation|asylum|refugee|removal) offic(?:e|er|ers|es|ial|ials)\b",
    r"(?:oficial|oficiales|agente|agentes) de deportacion",
    # Headings of papers.
    r"warrant for (?:the )?arrest of (?:an )?alien",
    r"warrant of (?:removal ?(?:/|or) ?)?deportation",
    # Ordinary words.
    r"(?:concerned|senior|private|local|corporate|ordinary|fellow) citizens?",
    r"citizens?'? ?(?:'?s arrest|complaint|academy|advisory|review board|police academy|bank)",
    r"visa (?:gift|debit|credit|check|card|logo)\w*|(?:by|with) visa\b(?= or| and|$)",
    r"asilo de ancianos",
)

_STATUS: Final = (
    # Status by name.
    r"\b(?:immigration|immigrant|migration|migratory|citizenship|residency|legal|lawful|visa|daca|tps|resident"
    r"|documentation) (?:or (?:citizenship|immigration|legal) )?(?:status|background|history)\b",
    rf"\b(?:{_KIN}'?s?'?|his|her|their) (?:immigration(?! (?:officer|agent|official|court|judge|enforcement))"
    r"|status)\b",
    r"\bstatus of (?:his|her|their|the) (?:family|parents?|mother|father|student|child|kids?|children)\b",
    r"\bout of status\b|\bstatus (?:in|within) (?:this|the) (?:country|u\.?s\.?a?|united states)\b",
    # Having papers, or not.
    r"\bun-? ?document(?:ed|s)?\b|\bundocs?\b|\bun-? ?papered\b",
    rf"\b{_KIN}(?: (?:who|that))? (?:has|have|had|got|is|are|with|without|lacks?|do(?:es)?n't have|do(?:es)? not have)"
    r"(?: (?:no|any|without|false|fake|legal|valid|proper|their|his|her|got))* (?:papers|papeles|documents)\b",
    r"\bgreen-? ?cards?\b|\bwork(?:ing)? (?:permit|authori[sz]ation)s?\b|\bemployment authori[sz]ation\b|\bead card\b",
    r"\bvisas?\b|\bh-?1b\b|\bh-2[ab]\b",
    # Illegal, lawful, permanent.
    r"\billegals\b|\billegal (?:(?:im)?migra|alien|foreigner|famil|parent|student|kid|child|person|people|worker)",
    rf"\b{_PEOPLE}(?:{_BE}) (?:illegals?\b(?! (?:to|for)\b)|removable\b)",
    r"\b(?:here|living|country|states|u\.?s\.?a?|border|came|crossed) (?:il|un)?(?:legally|lawfully)\b",
    r"\b(?:il|un)?(?:legally|lawfully) (?:here|present|in the (?:country|u\.?s|united states)|residing|admitted)\b",
    r"\b(?:un)?lawful(?:ly)? presen(?:ce|t)\b|\b(?:permanent|lawful|legal|conditional) residen(?:ts?|ce|cy)\b",
    r"\b(?:is|are|was|were|an) lprs?\b",
    # Citizens and foreigners.
    r"\bnon-? ?citizens?\b|\bcitizens?\b|\bcitizenship\b|\bnaturali[sz](?:ed|ation)\b",
    r"\b(?:im|e|in)?migrants?\b|\bimmigrated\b|\bemigrated\b|\baliens?\b|\bforeign(?:ers?|-? ?born)\b",
    rf"\b{_COUNTRYMEN} (?:national|citizen|passport)s?\b|\bnationality\b|\bbirth-? ?place\b",
    r"\b(?:place|country) of (?:birth|origin)\b|\bborn (?:in(?! (?:19|20)\d\d)(?! (?:january|february|march|april|may"
    r"|june|july|august|september|october|november|december))|abroad|outside|overseas)\b",
    # Proceedings and protections.
    r"\bdeport(?:ed|able|ees?|ing|s|ation|ations)?\b|\bremoval proceedings?\b|\boverstay(?:ed|ing|s)?\b",
    r"\b(?:has|have|had|with|under|got|facing) (?:an? )?(?:final )?(?:order of removal|removal order)\b",
    r"\bdaca\b|\bdreamers?\b|\btemporary protected\b|\b(?:has|have|on|under|with|is) tps\b|\btps (?:holder|recipient)",
    r"\basylum\b|\basyle(?:e|es)\b|\brefugees?\b|\bhumanitarian parole\b|\bparoled in(?:to)?\b|\bu-? ?visa\b",
    r"\bwithout inspection\b|\banchor bab(?:y|ies)\b|\bmixed-? ?status\b",
    # Spanish and Portuguese.
    r"\bindocumentad[oa]s?\b|\bsin papeles\b|\bsem papeis\b",
    r"\bno tienen? (?:los |sus )?papeles\b|\bpapeles (?:falsos|en regla)\b",
    r"\b(?:estatus|estado|situacion|condicion|status) (?:migratori[oa]|legal|de inmigracion|imigratori[oa])\b",
    r"\b(?:in|e)?migrantes?\b|\bimigrantes?\b|\bemigrad[oa]s?\b",
    r"\bilegales\b|\b(?:familia|padres?|madre|papa|mama|nin[oa]s?|estudiantes?|alumn[oa]s?|personas?|el|ella|ell[oa]s)"
    r" (?:es|son|esta|estan|era|eran) (?:aqui )?ilegal(?:es|mente)?\b|\b(?:aqui|pais) ilegal(?:mente)?\b",
    r"\bciudadania\b|\bciudadan[oa]s? (?:estadounidense|american|mexican|de |extranjer)",
    r"\b(?:es|son|era|eran|soy) ciudadan",
    r"\bcidada(?:o|os|nia)\b|\bnacionalidad\b|\bnacionalidade\b|\blugar de nacimiento\b|\bpais de origen\b",
    r"\bresiden(?:te|tes|cia) (?:permanente|legal)s?\b|\btarjeta verde\b|\bpermiso de trabajo\b|\bvisados?\b",
    r"\bdeportad[oa]s?\b|\bdeportar(?:l[oa]s?|se)?\b|\bdeportacion(?:es)?\b|\bnaturalizad[oa]s?\b",
    r"\brefugiad[oa]s?\b|\basilad[oa]s?\b|\basilo\b|\bnaci(?:o|d[oa]s?) en (?!(?:19|20)\d\d)",
    r"\bcruz(?:o|aron|ar) la frontera\b|\bcrossed the border\b",
)

FINE: Final = re.compile("|".join(rf"(?<!\w)(?:{p})" for p in _FINE))
"""Ordinary text that only looks like words about status."""

STATUS: Final = re.compile("|".join(_STATUS))
"""Words about a person's immigration or citizenship status."""
