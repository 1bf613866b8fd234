"""Patterns for what happened to a family: sent away, held, crossed, legalized.

They expect text normalized by `folding.folded`.

The same verbs are ordinary words of a school: pupils are sent back to class and kept in detention. So most parts name
an adult of a family, or what no school does.
"""

from __future__ import annotations

from typing import Final

from kiosk.privacy.patterns import words_matching
from kiosk.privacy.people_words import ADULT_KIN, ADULT_KIN_ES, ALL_OF_THEM, KIN

_BEEN: Final = r"(?:was|were|is|are|got|gets|been|being|still|already|just|now)"
_NOT_A_SUBJECT: Final = (
    r"(?! (?:workers?|studies|media|services?|skills?|groups?|clubs?|distanc\w+|events?|emotional|office))"
)

_LIFE: Final = (
    # Sent away, or held.
    rf"{ADULT_KIN}(?: {_BEEN})+ (?:sent|shipped|flown|taken) (?:back|away)\b(?! (?:to|by|from|for|in|with|inside"
    rf"|out)\b)",
    rf"{ADULT_KIN}(?: {_BEEN})+ (?:sent|taken|walked) (?:back )?across\b(?! (?:the )?(?:street|road|hall|lot|yard))",
    rf"{ADULT_KIN} (?:came|walked|swam|went|got|made it) (?:over|across)\b(?! (?:to|from|the"
    rf"|with) (?:\w+ )?(?:street|road"
    r"|hall|lot|yard|desk|office|gym|school|room|us|me)\b)",
    rf"{ADULT_KIN}(?: {_BEEN})+ (?:in detention|detained|locked up)\b(?! (?:by\b|in (?:traffic|court|the)))",
    r"(?:detained|locked up|held) in (?:another|a different) state\b",
    rf"{KIN}(?: {_BEEN})+ (?:held|detained|stopped|caught|arrested|separated|processed|turned (?:back|away)) (?:at"
    rf"|near|on)"
    r" the border\b",
    r"(?:held|detained|caught|apprehended|separated|processed|released|shelter|camp) (?:at|near|on"
    r"|along) the border\b",
    r"border (?:shelter|camp|detention|facility)s?\b",
    r"shelters? for (?:minors|migrants|unaccompanied)\b",
    r"(?:with|by|paid|used|through) (?:an? |the |some )?(?:human )?smugglers?\b",
    r"(?:in|at|from|inside|to) (?:an? |the )?(?:ice|immigration) (?:jail|facility|facilities|prison|cell|lock-?up)\b",
    r"(?:afraid|scared|worried|nervous|terrified|fears?|fearing|miedo)(?: \w+){0,4} (?:take|deport\w*|grab|detain"
    r"|deporten"
    r"|agarren|lleven)\b",
    # Legalized, or not.
    r"(?:who|which|whose|how many|list of)(?: \w+){0,2} (?:has|have|had|is|are|isn't|aren't|without)(?: no| any"
    r"| not)*"
    r" (?:papers|(?:il)?legal|(?:un)?documented|immigrants?|citizens?)\b(?! (?:to|for|signed|from|counsel"
    r"|guardian)\b)",
    rf"{ALL_OF_THEM}(?: \w+){{0,4}} (?:is|are|was|were|has|have|had|without)(?: no| any| not"
    rf"| here)* (?:(?:il)?legal(?:ly|s)?"
    r"|(?:un)?documented|papers|papeles)\b(?! (?:to|for|signed|from|with them|with him|ready|advice|aid|help))",
    r"(?:became|become|becoming|is now|are now|is finally|are finally|now) an? (?:us |american |permanent |legal )*"
    r"(?:residents?|citizens?)\b(?! (?:of the|assistant|advis\w+|artist|trooper|manager|nurse|expert|scientist))",
    r"(?:finally|now|already) (?:got |became |is |are )?(?:legal|legalized|documented)\b(?! (?:holiday|pad|paper"
    r"|department"
    r"|size|counsel|team|staff|to|for|by|in|that))",
    r"^(?:is|are|was|were|got|became)(?: not| now| finally| here| already)* (?:il)?legal(?:ly)?(?: now| yet| here)?$",
    # Numbers and cards that are missing.
    r"(?:no|without(?: an?)?|(?:n't|not|never)(?: \w+)? (?:have|has|had|got|gotten|get)(?: an?| any)?"
    rf"|never got(?: an?)?) (?:ssn|socials?|social security)(?: numbers?| cards?)?\b{_NOT_A_SUBJECT}",
    r"(?:no|without|needs?|wants?|waiting (?:on|for)) (?:an? |any |his |her |their )?work (?:cards?|papers)\b",
    r"(?:his|her|their) (?:ead|opt|work card|[fjhlr]-?[12][ab]?)\b",
    r"[fjhlr]-?[12][ab]? (?:visa|status|student visa|ran out|expire[sd]?|holder)\b",
    r"permits? to (?:stay|remain|live here|be here)\b",
    # Spanish.
    rf"(?:mand|regres|devolv|envi|ech)\w+ (?:de vuelta|de regreso|para atras|pa'? ?atras) a (?:la |el |l[oa]s |su "
    rf"|sus )?"
    rf"{ADULT_KIN_ES}\b",
    rf"{ADULT_KIN_ES} (?:esta|estan|estuvo|sigue|quedo)(?: \w+)? (?:detenid|encerrad)[oa]s?\b",
    r"(?:paso|pasaron|vino|vinieron|llego|llegaron|entro|entraron|cruzo|cruzaron) por el (?:desierto|monte|cerro"
    r"|tunel|rio)\b",
    r"(?:papeles|social|seguro social|documentos|mica|numero de seguro) (?:chuec|prestad|comprad|ajen"
    r"|de otr)[oa]s?\b",
    r"(?:no (?:tienen?|tenia[n]?|le dieron|sac\w+)|sin)(?: un| su| el| numero de)* (?:seguro )?social\b",
    r"si (?:es|son|era|eran|somos|soy)(?: un[oa]?s?)? (?:american|estadounidens|gring|latin|hispan|extranjer)\w+",
    r"(?:ya|todavia|aun) no (?:es|son|esta|estan) (?:legal|en regla|arreglad)\w*",
    r"permisos? para (?:quedarse|estar aqui|vivir aqui|trabajar)\b(?! en (?:el techo|la obra))",
)

LIFE: Final = words_matching(_LIFE)
"""What happened to a family, its numbers and its cases."""
