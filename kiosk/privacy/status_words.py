"""Patterns for a person's immigration or citizenship status, and for ordinary text that only looks like it.

All patterns expect text normalized by `folding.folded`: lower case, no accents, single spaces. `FINE` is blanked out
first, so that an agency's name, an officer's title or a paper's heading never hides the words next to it.
"""

from __future__ import annotations

from typing import Final

from kiosk.privacy.patterns import words_matching

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
    r"asilo de ancianos|(?:buen|buena|buenos) ciudadan[oa]s?",
)

_STATUS: Final = (
    # Status by name.
    r"(?:immigration|immigrant|migration|migratory|citizenship|residency|(?:il)?legal|lawful|visa|daca|tps|resident"
    r"|documentation) (?:or (?:citizenship|immigration|legal) )?(?:status|background|history)\b",
    rf"(?:{_KIN}'?s?'?|his|her|their) (?:immigration(?! (?:officer|agent|official|court|judge|enforcement))"
    r"|status)\b",
    r"status of (?:his|her|their|the) (?:family|parents?|mother|father|student|child|kids?|children)\b",
    r"out of status\b|status (?:in|within) (?:this|the) (?:country|u\.?s\.?a?|united states)\b",
    # Having papers, or not.
    r"un-? ?document(?:ed|s)?\b|undocs?\b|un-? ?papered\b",
    rf"{_KIN}(?: (?:who|that))? (?:has|have|had|got|is|are|with|without|lacks?|do(?:es)?n't have|do(?:es)? not have)"
    r"(?: (?:no|any|without|false|fake|legal|valid|proper|their|his|her|got))* (?:papers|papeles|documents)\b",
    r"green-? ?cards?\b|work(?:ing)? (?:permit|authori[sz]ation)s?\b|employment authori[sz]ation\b|ead card\b",
    r"visas?\b|h-?1b\b|h-2[ab]\b",
    # Illegal, lawful, permanent.
    r"illegals\b|illegal (?:(?:im)?migra|alien|foreigner|famil|parent|student|kid|child|person|people|worker)",
    rf"{_PEOPLE}(?:{_BE}) (?:illegals?\b(?! (?:to|for)\b)|removable\b)",
    r"(?:here|living|country|states|u\.?s\.?a?|border|came|crossed) (?:il|un)?(?:legally|lawfully)\b",
    r"(?:il|un)?(?:legally|lawfully) (?:here|present|in the (?:country|u\.?s|united states)|residing|admitted)\b",
    r"(?:un)?lawful(?:ly)? presen(?:ce|t)\b|(?:permanent|lawful|legal|conditional) residen(?:ts?|ce|cy)\b",
    r"(?:is|are|was|were|an) lprs?\b",
    # Citizens and foreigners.
    r"non-? ?citizens?\b|citizens?\b|citizenship\b|naturali[sz](?:ed|ation)\b",
    r"(?:im|e|in)?migrants?\b|immigrated\b|emigrated\b|aliens?\b|foreign(?:ers?|-? ?born)\b",
    rf"{_COUNTRYMEN} (?:national|citizen|passport)s?\b|nationality\b|birth-? ?place\b",
    r"(?:place|country) of (?:birth|origin)\b|born (?:in(?! (?:19|20)\d\d)(?! (?:january|february|march|april|may"
    r"|june|july|august|september|october|november|december))|abroad|outside|overseas)\b",
    # Proceedings and protections.
    r"deport(?:ed|able|ees?|ing|s|ation|ations)?\b|removal proceedings?\b|overstay(?:ed|ing|s)?\b",
    r"(?:has|have|had|with|under|got|facing) (?:an? )?(?:final )?(?:order of removal|removal order)\b",
    r"daca\b|dreamers?\b|temporary protected\b|(?:has|have|on|under|with|is) tps\b|tps (?:holder|recipient)",
    r"asylum\b|asyle(?:e|es)\b|refugees?\b|humanitarian parole\b|paroled in(?:to)?\b|u-? ?visa\b",
    r"(?:without inspection|ewi)\b|anchor bab(?:y|ies)\b|mixed-? ?status\b",
    # Spanish and Portuguese.
    r"indocumentad[oa]s?\b|sin papeles\b|sem papeis\b",
    r"no tienen? (?:los |sus )?papeles\b|papeles (?:falsos|en regla)\b",
    r"(?:estatus|estado|situacion|condicion|status) (?:migratori[oa]|legal|de inmigracion|imigratori[oa])\b",
    r"(?:in|e)?migrantes?\b|imigrantes?\b|emigrad[oa]s?\b",
    r"ilegales\b|(?:familia|padres?|madre|papa|mama|nin[oa]s?|estudiantes?|alumn[oa]s?|personas?|el|ella|ell[oa]s)"
    r" (?:es|son|esta|estan|era|eran) (?:aqui )?ilegal(?:es|mente)?\b|(?:aqui|pais) ilegal(?:mente)?\b",
    r"ciudadania\b|ciudadan[oa]s? (?:estadounidense|american|mexican|de |extranjer)",
    r"(?:es|son|era|eran|soy) ciudadan",
    r"cidada(?:o|os|nia)\b|nacionalidad\b|nacionalidade\b|lugar de nacimiento\b|pais de origen\b",
    r"residen(?:te|tes|cia) (?:permanente|legal)s?\b|tarjeta verde\b|permiso de trabajo\b|visados?\b",
    r"deportad[oa]s?\b|deportar(?:l[oa]s?|se)?\b|deportacion(?:es)?\b|naturalizad[oa]s?\b",
    r"refugiad[oa]s?\b|asilad[oa]s?\b|asilo\b|naci(?:o|eron|d[oa]s?) en (?!(?:19|20)\d\d)",
    r"cruz(?:o|aron|ar) la frontera\b|crossed the border\b",
)

FINE: Final = words_matching(_FINE)
"""Ordinary text that only looks like words about status."""

STATUS: Final = words_matching(_STATUS)
"""Words about a person's immigration or citizenship status."""
