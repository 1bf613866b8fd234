"""Patterns for what happened to a family: sent away, held, crossed, legalized.

They expect text normalized by `folding.folded`.

The same verbs are ordinary words of a school: pupils are sent back to class and kept in detention. So most parts name
an adult of a family, or what no school does.
"""

from __future__ import annotations

from typing import Final

from kiosk.privacy.journey_words import JOURNEY
from kiosk.privacy.patterns import words_matching
from kiosk.privacy.people_words import ADULT_KIN, ADULT_KIN_ES, ALL_OF_THEM, KIN
from kiosk.privacy.place_words import COUNTRY, HELD

_BEEN: Final = r"(?:was|were|is|are|got|gets|been|being|still|already|just|now)"
_NOT_A_SUBJECT: Final = (
    r"(?! (?:workers?|studies|media|services?|skills?|groups?|clubs?|distanc\w+|events?|emotional|office))"
)

_LIFE: Final = (
    # Sent away, or held.
    rf"{ADULT_KIN}(?:(?: {_BEEN})+ (?:(?:sent|shipped|flown|taken) (?:back|away)\b(?! (?:to|by|from|for|in|with|inside"
    rf"|out)\b)"
    r"|(?:sent|taken|walked) (?:back )?across\b(?! (?:the )?(?:street|road|hall|lot|yard))"
    r"|(?:in detention|detained|locked up)\b(?! (?:by\b|in (?:traffic|court|the))))"
    r"| (?:came|walked|swam|went|got|made it) (?:over|across)\b(?! (?:to|from|the|with) (?:\w+ )?(?:street|road|hall"
    r"|lot|yard"
    r"|desk|office|gym|school|room|us|me)\b))",
    rf"(?:{KIN}|he|she|they|got)(?:(?:'s)?(?: {_BEEN}| had| has| have| picked up| and)* (?:(?:sent|flown|shipped|bused"
    rf"|transferred|dropped|put on an? (?:plane|bus|flight)|end(?:ed)? up)(?: back| off| home| away)* (?:to"
    rf"|in) {COUNTRY}\b"
    r"(?! (?:street|st|ave))|(?:held|detained|stopped|caught|arrested|separated|processed|turned (?:back|away)) (?:at"
    r"|near|on)"
    r" the border\b)|(?:'re|'s| are| is| were| was)(?: \w+)? citizens?\b)",
    rf"(?:sent|shipped|flew|took|put|dumped|dropped) (?:him|her|them|(?:his |her |their |the )\w+)(?: back| off"
    rf"| on a plane)*"
    rf" (?:to|in) {COUNTRY}\b|in {COUNTRY} (?:since|after) (?:they|ice|he|she|immigration)\b",
    r"(?:ice|immigration|la migra) (?:came|went|showed up) (?:to|at) (?:his|her|their) (?:house|home|apartment|work"
    r"|job)\b",
    r"pres[oa]s? (?:por|con|en) (?:ice|(?:in)?migracion|la migra)\b|en (?:la )?detencion (?:de|con|por) (?:ice"
    r"|(?:in)?migracion)\b|fianza (?:de|con|por|a) (?:ice|(?:in)?migracion)\b|fianza migratoria\b",
    r"(?:detained|locked up|held) in (?:another|a different) state\b",
    r"(?:held|detained|caught|apprehended|separated|processed|released|shelter|camp) (?:at|near|on"
    r"|along) the border\b",
    r"border (?:shelter|camp|detention|facility)s?\b",
    r"shelters? for (?:minors|migrants|unaccompanied)\b",
    r"(?:with|by|paid|used|through) (?:an? |the |some )?(?:human )?smugglers?\b",
    r"(?:in|at|from|inside|to) (?:an? |the )?(?:ice|immigration) (?:jail|facility|facilities|prison|cell|lock-?up)\b",
    r"(?:afraid|scared|worried|nervous|terrified|fears?|fearing|miedo)(?: \w+){0,4} (?:take|deport\w*|grab|detain"
    r"|deporten"
    r"|agarren|lleven)\b",
    # Numbers, notices and permits that only a person's case has.
    rf"(?:{KIN}|he|she|they)(?: just| already| still)? (?:came|come|arrived|entered|crossed)(?: \w+)? unaccompanied\b",
    r"anchor (?:kids?|child\w*)\b|over stayed (?:his|her|their)\b|never left after (?:\w+ ){0,2}(?:vacation|visit"
    r"|trip)\b",
    rf"(?:picked up|arrested|detained|taken|grabbed) at (?:his |her |their |an? |the )?check-? ?in\b"
    rf"|{ADULT_KIN}(?: \w+){{0,2}} in (?:an? )?(?:\w+ )?detention\b|{ADULT_KIN}(?: \w+){{0,2}} (?:out of"
    rf"|from) detention\b"
    r"|detained (?:at|in) (?:\w+ ){0,2}(?:field office|detention|facility)\b",
    rf"(?:^|was |were |got |been )sent to {COUNTRY}\b|agarr\w+ cruzando\b|(?:lleg|vin|cruz)\w+ solit[oa]s?\b",
    r"(?:^unaccompanied|with (?:an? |his |her |their )?sponsor)\b|(?:months?|years?|weeks?) in (?:the|this) country\b"
    r"|entered (?:in )?(?:19|20)\d\d\b|entry stamps?\b|^recien llegad[oa]s?(?=$|[.,;])",
    r"cruz(?:o|aron) con (?:su|sus) \w+(?=$|[.,;])|(?:came|come) (?:here )?(?:without|with no) (?:his |her "
    r"|their )?parents at \d+",
    r"stateless\b|(?:sending|send) (?:him|her|them) back(?=$|[.,;])|in process with (?:immigration|uscis)\b",
    rf"(?:deportation|removal) papers (?:on|for|about) (?:the |his |her |their )?{KIN}\b",
    r"born here\b(?= (?:but|and|too|so|the|not)\b)|(?:date|year) of entry\b|entry date\b"
    r"|years? in (?:the )?u\.?s\.?a?\b",
    r"(?:his|her|their) papers (?:come|came|arriv\w+|are coming)\b|orden de expulsion\b|(?:es|son"
    r"|vienen?) de a?fuera\b(?! del?)",
    r"les? falta (?:su|el) permiso\b(?! (?:del?|para) (?!trabaj))",
    rf"(?:{KIN}|he|she)(?: just| already| finally| now)? (?:has|have|had|got|gets|lost) (?:(?:his|her|their"
    rf"|the) )?residency\b"
    r"(?! (?:in|at|form|paper|proof|affidavit|question|requirement|issue|packet|document|verif|problem|hearing)\w*)",
    rf"(?:{KIN}|he|she)(?: just| already| both)? (?:has|have|had|got|gets|received|was given|were given"
    rf"|was served)(?: with)?"
    r" (?:an? |the |his |her |their )?(?:ntas?|notices? to appear)\b",
    rf"(?:(?:{KIN}|he|she|they) (?:has|have|had|got) an?|(?:his|her|their|{KIN}'s)) a-? ?(?:number|num|#)\b",
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
    r"(?:none|nobody|no one|half|most|only (?:the |his |her )?\w+)(?: of (?:the|them|those|his|her|their))?(?: \w+)?"
    r" (?:has|have|had|got) (?:no |any |legal )*papers\b(?! (?:to|for|in|from|signed|ready|due|on|about|with))",
    r"(?:his|her|their|the family's) papers (?:\w+ ){0,2}(?:denied|approved|in process|pending|processed|expired"
    r"|not done|came"
    r" (?:through|in|back))\b|(?:papers|status) (?:is |was |are )?(?:not legal|illegal|undocumented)\b",
    r"(?:get|gets|getting|become|becomes|becoming|make \w+|made \w+) legal(?=$|[,.;]| (?:here|status|now|before|so"
    r"|through|and|but)\b)"
    r"|no (?:legal )?right to (?:be here|stay|live here|remain)\b",
    r"(?:came|come|got|entered|crossed|living|lives?|stay\w*|been)(?: \w+){0,2} il?legal(?=$|[,.;]| (?:in|last|when"
    r"|with|from|and|by)\b)",
    r"(?:only|one) (?:il)?legal ones?\b|de ilegal(?:es)?\b|(?:are|is|were|if|whether) (?:they|he|she|the \w+)(?: all"
    r"| really)? (?:us |american )?citizens?\b",
    r"gc (?:holder|pending|expired|renewal)|(?:has|have|no|got|her|his|their) (?:a )?gc\b|(?:us|u\.s\.) cits?\b",
    r"(?:he|she|they|mom|dad|student)(?:'s|'re| is| are| was)? (?:here )?on (?:an? )?[fjh]-?1b?\b"
    r"|came (?:here )?on (?:an? )?[fjh]-?1b?\b",
    r"(?:isn't|aren't|not) (?:an? )?(?:permanent |legal )?residents? yet\b",
    r"(?:isn't|aren't|wasn't|weren't|not)(?: an?)? (?:us |american )?citizens?\b"
    r"|asylum (?:thing|stuff|process|paperwork)\b|waiting (?:for|on) (?:the |an? )?asylum\b",
    r"(?:permission|permits?) to (?:stay|remain|work)(?=$|[,.;]| (?:here|in the (?:us|country|united)|in this country"
    r"|longer|was|is|got|has|expired|ran)\b)",
    r"(?:work|working) permits? (?:(?:not|never|was|is|got|has|been|being) )*(?:renewed|denied|approved|expired"
    r"|cancel\w*|pending|ran out|stopped)",
    r"passports? (?:of|for) (?:the |his |her |their )?(?:mom|dad|mother|father|parents?|family|uncle|aunt)\b|(?:an?"
    r"|the|any) (?:social|ssn) (?:on|for|of)"
    r" (?:the |his |her )?(?:mom|dad|mother|father|parents?|family|uncle|aunt|him|her|them|kid|student)\b",
    r"(?:if|whether)(?: (?:they|he|she)(?:'re|'s| are| is| were)?)? (?:(?:il)?legal|americans?|documented)(?: or not"
    r"| here)?(?=$|[?,.;])",
    r"(?:fix\w*|sort\w* out|straighten\w* out) (?:(?:his|her|their) )?(?:immigration )?(?:papers|status)\b"
    r"|(?:got|get|gets) (?:fixed|papers|legal|status|residency) (?:through|thru|by|via|with) (?:his|her|their|an? "
    r"|marri)",
    r"(?:his|her|their|has|have|they had|they got)(?: \w+)? (?:situation|problems?|issues?"
    r"|trouble) with (?:immigration|ice)\b"
    r"|(?:his|her|their|the family's) (?:legal|immigration) (?:situation|problems?|issues?|troubles?)\b",
    rf"petition\w* (?:for )?(?:(?:his |her |their |the )?{KIN}\b|him\b|her\b(?! \w)|them\b)|petition (?:\w+ )?(?:with"
    rf"|at) (?:uscis"
    r"|immigration)\b|vawa\b|(?:visas?|green[- ]?card) lottery\b|loteria de visas\b",
    r"(?:biometrics?|fingerprints?|finger prints|interview|appt|appointment|check-?in)(?: \w+)? (?:at|with"
    r"|for) (?:uscis"
    r"|immigration|ice|citizenship|residency|asylum)\b(?! (?:officer|agent|lawyer)s?)|uscis (?:interview|appointment"
    r"|appt"
    r"|biometrics|case|petition|application)s?\b",
    r"drive[- ]only\b|(?:tak\w+|took) (?:the|his|her|their) (?:citizenship )?oath\b(?=.*citizen)|to (?:be"
    r"|become) an? (?:us"
    r" |u\.s\. |american )?citizen\b|to (?:be|become) citizens?\b(?! of the)",
    # Numbers and cards that are missing.
    r"(?:us(?:es?|ing|ed)|borrow\w*|bought|rents?|under)(?: \w+){1,2} (?:social|ssn)s?\b"
    rf"{_NOT_A_SUBJECT}",
    r"(?:no|without(?: an?)?|(?:\w+n't|not|never)(?: \w+)? (?:have|has|had|got|gotten|get)(?: an?| any)?"
    rf"|never got(?: an?)?) (?:ssn|socials?|social security)(?: numbers?| cards?)?\b{_NOT_A_SUBJECT}",
    r"(?:no|without|needs?|wants?|waiting (?:on|for)) (?:an? |any |his |her |their )?work (?:cards?|papers)\b",
    r"(?:his|her|their) (?:ead|opt|work card|[fjhlr]-?[12][ab]?)\b",
    r"[fjhlr]-?[12][ab]? (?:visa|status|student visa|ran out|expire[sd]?|holder)\b",
    r"permits? to (?:stay|remain|live here|be here)\b",
    # Spanish.
    rf"(?:mand|regres|devolv|envi|ech)\w+ (?:de vuelta|de regreso|para atras|pa'? ?atras) a (?:la |el |l[oa]s |su "
    rf"|sus )?"
    rf"{ADULT_KIN_ES}\b",
    rf"{ADULT_KIN_ES}(?: (?:esta|estan|estuvo|sigue|quedo)(?: \w+)? (?:detenid|encerrad)[oa]s?\b"
    r"(?! en (?:el |la |un )?(?:trafico|tren|semaforo|pasillo|fila|puente|carretera))|(?: \w+)? (?:no (?:esta"
    r"|estan) arreglad[oa]s?"
    r"|no tienen? nada arreglado|(?:nunca|todavia no|aun no) (?:ha |han )?arregl(?:o|aron|ado|an?)(?=$|[,.;]))"
    r"| reingres(?:o|aron)\b(?! al? ))",
    r"(?:paso|pasaron|vino|vinieron|llego|llegaron|entro|entraron|cruzo|cruzaron) por el (?:desierto|monte|cerro"
    r"|tunel|rio)\b",
    r"(?:les?|se) (?:sal\w+|lleg\w+|neg\w+|aprob\w+|quit\w+) (?:los |sus )papeles\b(?! (?:de|del|para)\b)"
    r"|les? dieron papeles\b(?! (?:de|del|para)\b)",
    r"cas(?:o|aron|arse|ado|ada) (?:\w+ ){0,2}(?:para|por) (?:arreglar|(?:los )?papeles)\b|trabaj\w+ sin permiso\b",
    r"(?:se )?(?:present\w+|report\w+|firm\w+|ir) (?:con|ante|en) (?:ice|(?:in)?migracion|la migra) (?:cada|todos)\b",
    rf"(?:tienen?|tenia[n]?|esta|estan) (?:detenid|encerrad|pres)[oa]s? en {HELD}\b|se l[oa]s? llev\w+ (?:para"
    rf"|a) {COUNTRY}\b",
    r"arregl\w+ (?:ya )?(?:su|sus|la|el) (?:e?status|residencia|situacion(?: migratoria| legal)?|legalidad|papeles)\b"
    r"|arregl(?:o|aron|ar|ando|a) (?:por|con) (?:su |el |la |un )?(?:espos|matrimonio|herman|hij|patron|abogad"
    r"|asilo)\w*",
    r"peticion(?:es)? (?:familiar|de familia|migratoria|de residencia|ante (?:uscis|(?:in)?migracion))(?:es)?\b",
    r"se les? (?:acab|venc|termin|caduc)\w+ (?:la |el |su )?(?:visa|tps|daca|parole|mica|residencia|permiso(?! del? "
    r"(?!trabajo|la ?migra)| para))\b",
    r"(?:cancel|quit|revoc|termin|neg)\w+ (?:el|la|su) (?:tps|daca|visa|residencia|asilo|permiso de trabajo|mica)\b",
    r"(?:huellas|entrevista|cita|biometric\w+)(?: \w+)? (?:con|en|de|para) (?:la )?(?:(?:in)?migracion|uscis"
    r"|ciudadania|asilo"
    r"|residencia)\b(?! digital)",
    r"(?:documentos|papeles|identificacion|licencia) de (?:aqui|este pais)\b",
    r"(?:seguro|social) de otr[oa]\b|prest\w+ (?:un|su|el) (?:social|seguro)\b",
    r"(?:papeles|social|seguro|seguro social|documentos|mica|numero de seguro) (?:chuec|prestad|comprad|fals|ajen"
    r"|de otr)[oa]s?\b",
    r"(?:no (?:tienen?|tenia[n]?|le dieron|sac\w+)|sin)(?: un| su| el| numero de)* (?:seguro )?social\b",
    r"si (?:es|son|era|eran|somos|soy)(?: un[oa]?s?)? (?:american|estadounidens|gring|latin|hispan|extranjer)\w+",
    r"(?:ya|todavia|aun) no (?:es|son|esta|estan) (?:legal|en regla|arreglad)\w*",
    r"permisos? para (?:quedarse|estar aqui|vivir aqui|trabajar)\b(?! en (?:el techo|la obra))",
)

LIFE: Final = words_matching((*_LIFE, *JOURNEY))
"""What happened to a family, its journey, its numbers and its cases."""
