"""Patterns for where a person comes from. They expect text normalized by `folding.folded`.

A country alone is not private: there are consulates, flags and restaurants. It is private where a person is from, came
from or was sent back to, and a nationality where it describes a person.
"""

from __future__ import annotations

from typing import Final

from kiosk.privacy.patterns import words_matching
from kiosk.privacy.people_words import ANYONE, ARE, ARE_ES, KIN, KIN_ES, MIDDLE
from kiosk.privacy.place_words import COUNTRY

_DEMONYM: Final = (
    r"(?:mexican|guatemalan|hondur[ae]n|honduranian|salvador[ae]n|salvadorian|nicaraguan|panamanian|cuban|haitian"
    r"|jamaican|dominican|colombian|venezuelan|e[cq]uad\w*ri?an|peruvian|bolivian|brazilian|chilean|argentin(?:ian|e)"
    r"|paraguayan|uruguayan|guyanese|afghan|afghani|syrian|iraqi|iranian|yemeni|somali|somalian|sudanese|ethiopian"
    r"|eritrean|congolese|nigerian|ghanaian|liberian|senegalese|angolan|cameroonian|kenyan|moroccan|egyptian"
    r"|ukrainian"
    r"|russian|albanian|kosovar|bosnian|turkish|indian|pakistani|bangladeshi|nepali|nepalese|burmese|filipino"
    r"|filipina"
    r"|vietnamese|cambodian|laotian|cape verdean|trinidadian|central american|south american|african)s?"
)
_TONGUE: Final = r"(?:chinese|portuguese|polish|korean|italian)s?"
"""Nationalities that name a subject of school, too: a Chinese teacher teaches Chinese."""

_DEMONYM_ES: Final = (
    r"(?:mexican|guatemaltec|hondur[en]+|salvadoren|nicaraguens|nicaragu|panamen|cuban|haitian|jamaican|jamaiquin"
    r"|dominican|colombian|venezolan|ecuatorian|peruan|bolivian|brasilen|chilen|argentin|afgan|siri|somali|ucranian"
    r"|rus|polac|albanes|turc|indi|chin|filipin|congolen|african|centroamerican|sudamerican|extranjer)[oae]s?"
)
_NOT_A_PERSON: Final = (
    r"(?!'s (?:consul|embass|national|team|office|flag|soccer))(?! (?:st|street|streets|ave|avenue|road|rd|lane"
    r"|ln|drive|dr|way|place|plaza|hill|park|boulevard|blvd|consul\w*"
    r"|embassy|office|restaurant|food|flag|barracks|city|spring|springs|day|night|parade)\b|, ?(?:ny|n\.y"
    r"|new york|maine|mo|missouri|pa|pennsylvania|indiana|ohio)\b)"
)
_SENT: Final = (
    r"(?<!call )(?<!calls )(?<!called )(?<!letter )(?<!mail )(?<!email )(?<!fax )(?<!package )(?<!packages )"
    r"(?<!delivery )(?<!food )(?<!coffee )(?<!flight )(?<!number )(?<!products )(?<!shipment )(?<!postcard )"
)
"""Things that come from a country and are no person."""

_ORIGIN: Final = (
    # From a country, or back to it.
    rf"{_SENT}from (?:somewhere in )?{COUNTRY}\b{_NOT_A_PERSON}",
    rf"{_SENT}from (?:an? |the |some )?(?:\w+ ){{0,2}}?(?:village|town|city|cities|part|area|region|state|farm"
    rf"|coast|island"
    rf"|capital|mountains|countryside|outskirts)s?(?: \w+)? (?:in|of|near|outside|around) {COUNTRY}\b",
    rf"(?:back|returned|return|returning|deported|removed) to (?:his |her |their |the )?(?:{COUNTRY}"
    rf"|home country)\b",
    r"(?:home|native|old|his|her|their|own) countr(?:y|ies)\b",
    r"(?:what|which|another|some other|a different|other|a foreign|foreign) countr(?:y|ies)\b"
    r"|moved (?:here )?from the d\.?r\b",
    r"(?:who|which|how many|anyone|list|names?|kids?|students?|children|families|parents)(?: \w+){0,5} (?:is"
    r"|are|isn't|aren't|was|were)"
    r" (?:not )?(?:an? )?(?:foreign|immigrants?|american|from abroad)\b(?! (?:language|exchange|legion))"
    r"|foreign (?:students?|kids?|children"
    r"|pupils?|famil(?:y|ies)|parents?)\b(?! exchange)",
    rf"{KIN} (?:only |just )?(?:has|have|had|with|shows?|showed)(?: only| just)? an? (?:foreign|consul\w+) (?:id"
    rf"|i\.d\.|license|card)\b"
    r"|(?:only|just) (?:has|have|had) an? (?:foreign|consul\w+) (?:id|card)\b|born over (?:here|there)\b"
    r"|not a native\b(?! (?:speaker|plant))",
    r"(?:grew up|raised|lived?|lives|living|family|relatives|studied|back|went to school"
    rf"|(?<!a )(?<!sister )school) (?:back )?in {COUNTRY}\b"
    rf"{_NOT_A_PERSON}|(?:fled|escaped)(?: from)? (?:{COUNTRY}|his|her|their)\b|left {COUNTRY}(?= (?:in|because|when"
    rf"|with|last|after|years?|two|for))|(?:what|which|some) part of {COUNTRY}\b",
    r"(?:us|u\.s\.?|american|mexican|native|foreign)-? ?born\b",
    # Here from abroad.
    r"(?:came|come|coming|comes|arrived?|arriving|moved?|got|brought|entered|enter|new|lived?|living|been|stay\w*|be"
    r"|work\w*|immigrated|here|from|leave|left|long)(?: here| illegally| legally| back)* (?:in|to|into|inside|from)?"
    r" ?(?:this country(?! (?:club|music|store|fair|road))|the (?:country(?! (?:club|music|store|fair|road))"
    r"|united states|u\.?s\.?a?\.?)(?! (?:attorney|marshal|post|government|district"
    r"|courthouse|department|military|army|navy)s?\b))(?!\w)",
    r"(?:came|come|got|moved|arrived|brought) (?:\w+ )?to (?:america|the states)\b(?! (?:for|on) (?:a|the) (?:visit"
    r"|tour|conference))",
    rf"(?:birth certificate|acta)(?: de nacimiento)? (?:\w+ )?(?:says|lists|shows|reads|is|dice|es|del?) (?:in |from "
    rf"|en |de )?{COUNTRY}\b",
    rf"{COUNTRY} originally\b|originally from {COUNTRY}\b",
    r"not (?:from (?:here|this country)|born)\b",
    r"new(?:ly)? (?:arriv(?:als?|ed)|comers?)\b(?= from| student| famil| kid)|newcomers?\b(?= from)",
    # Born.
    r"(?:was|were|wasn't|weren't|is|are|isn't|kids?|child|student|not) born (?:here|there|in a|elsewhere|abroad)\b",
    rf"where (?:was |were |is |are |do |does |did )?(?:the |a |an )?(?:\w+'s )?{ANYONE}(?: was| were| is| are| really"
    r"| originally)* (?:born|from|comes? from|came from)\b",
    # A nationality that describes a person.
    rf"{_TONGUE} {KIN}\b",
    rf"{_DEMONYM} (?:{KIN}\b(?! (?:night|day|group|club|meeting|council|association))|man|woman|men|women|people"
    rf"|person|worker|teacher|passport|id|i\.d\.|birth certificate"
    r"|males?|females?|guy|lad(?:y|ies)|individual|subject|immigrant|minor)s?\b",
    rf"(?:{ANYONE}{ARE}{MIDDLE} (?:{_TONGUE}|foreign)|(?:\w+{ARE}|is|are|was"
    rf"|were){MIDDLE} {_DEMONYM})\b(?! (?:language|teacher|exchange|service|food"
    r"|interpreter|class|club|flag|restaurant|refuge)s?\b)",
    rf"(?:is|are|was|were|if|whether) (?:the )?{ANYONE} (?:is |are )?(?:(?:{_DEMONYM}|{_TONGUE})\b(?! (?:language"
    r"|teacher|food|club)s?\b)|(?:an? )?americans?\b|from here\b)",
    rf"{ANYONE}{ARE} (?:not )?from here\b",
    rf"(?:citizens?|nationals?|natives?|ciudadan[oa]s?|(?<!\w )l[oa]s|tod[oa]s l[oa]s) (?:of|de) {COUNTRY}\b"
    rf"|country:? (?:as |is |was |listed as )?{COUNTRY}\b",
    r"birth certificate from\b",
    r"(?:isn't|aren't|wasn't|not|non-?)(?: an?)? americans?\b",
    r"(?:none|some|all|half|most) of (?:them|'?em) (?:is|are|were) (?:not )?from here\b|national origin\b",
    rf"pueblo (?:\w+ )?(?:en|de) {COUNTRY}\b|^de {COUNTRY},? (?:el|la|los|las|su|sus) {KIN_ES}\b"
    r"|(?:naci\w+|vienen?|vino|vinieron|son|es|llego|llegaron) (?:\w+ )?del otro lado\b(?! del?)",
    # Spanish.
    rf"(?:{ARE_ES}|{KIN_ES}|vienen?|vino|vinieron|viene|venir|llegar|llego|llegaron|llegan?|salio|salieron"
    rf"|originari[oa]s?"
    rf"|recien llegad[oa]s?|proviene[n]?) (?:\w+ )?(?:del?|desde) {COUNTRY}\b",
    rf"(?:{ARE_ES}|{KIN_ES}|vienen?|vino|vinieron|lleg\w+|originari[oa]s?) (?:de|desde) (?:una? |el "
    rf"|la )?(?:pueblo|pueblito"
    rf"|rancho|ranchito|aldea|ciudad|municipio|caserio|zona|lugar|barrio|isla|costa|capital)(?: \w+)? (?:del?|en"
    rf"|cerca de)"
    rf" {COUNTRY}\b",
    rf"{ARE_ES}(?: un| una| pur[oa]s?| medi[oa]| bien)? (?:de nacionalidad )?{_DEMONYM_ES}\b(?! (?:restaurant"
    rf"|comida)\w*)",
    rf"(?:{KIN_ES}|a un[oa]?s?|hombres?|mujer(?:es)?|senor(?:es|as?)?|trabajador(?:es|as?)?) {_DEMONYM_ES}\b",
    rf"(?:pasaporte|identificacion|cedula) (?:{_DEMONYM_ES}|de {COUNTRY})\b|acta de nacimiento de (?!connecticut)",
    r"(?:su|sus|mi|otros?) pais(?:es)?\b|identificacion(?:es)? del? (?:consulad|consular)\w*|(?:de )?(?:que"
    r"|cual) pais\b|(?:a|en|de) (?:este|ese) pais\b|llegad[oa]s? al pais\b",
    rf"(?:regres\w+|volvi\w*|volver|devolv\w+|mand\w+|se fue|enviad?\w*)(?: de vuelta)? a {COUNTRY}\b",
    r"no (?:es|son|era|eran) de (?:aqui|este pais)\b",
    r"aqui naci(?:o|eron)\b|naci(?:o|eron|d[oa]s?) (?:aqui|aca|alla|fuera|afuera)\b|(?:donde|adonde) naci\w+",
    rf"(?:viv\w+|crec\w+|familia|qued\w+|sigue[n]?|{ARE_ES}) en {COUNTRY}\b(?! (?:esta semana|de (?:vacaciones|viaje"
    rf"|visita)|hasta|por (?:trabajo|un\w* semana|negocio)))",
    r"de donde (?:es|son|era|eran|vienen?|vino|vinieron)\b(?! (?:los |las |el |la )?(?:agente|oficial|policia"
    r"|visitante)\w*)",
    rf"{ARE_ES}(?: un| una| pur[oa]s?)? (?:chapin|catrach|guanac)\w*|(?:{KIN_ES}|ningun[oa]?s?"
    rf"|ell?[oa]s?) (?:no )?{ARE_ES} (?:american|gring|estadounidens)\w+",
    rf"si (?:el |la |los |las )?(?:{KIN_ES} )?(?:no )?(?:es|son) de (?:aqui|aca|este pais)\b"
    rf"|naci\w*(?: \w+){{1,3}} en {COUNTRY}\b",
    rf"{_DEMONYM_ES},? (?:l[oa]s (?:dos|tres|cuatro)|amb[oa]s|tod[oa]s|la familia)\b|(?:lleg|vin"
    rf"|sal)\w+ (?:\w+ ){{1,4}}?de(?:sde)? {COUNTRY}\b",
    rf"{ARE_ES} extranjer[oa]s?\b|^extranjer[oa]s?$|{KIN_ES} extranjer[oa]s?\b",
)

ORIGIN: Final = words_matching(_ORIGIN)
"""Where a person comes from."""
