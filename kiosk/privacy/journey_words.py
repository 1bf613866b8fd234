"""Parts of patterns for how a family came into the country, and for orders to leave it.

They expect text normalized by `folding.folded`. Visitors cross a street and jump a fence, too: a part names a border,
a place at one, a time long ago, or who was paid.
"""

from __future__ import annotations

from typing import Final

from kiosk.privacy.people_words import KIN_ES
from kiosk.privacy.place_words import COUNTRY, CROSSING, US

_AGO: Final = r"(?:(?:\w+ ){1,2}(?:years?|months?|weeks?) ago|last (?:year|month|summer|winter|spring|fall)|as an? \w+)"

JOURNEY: Final = (
    # In.
    rf"(?:entered|came in|got in) (?:at|through|near|by) {CROSSING}\b",
    rf"cross\w*(?: over)? (?:at|near|in|into|through|by|via|around) {CROSSING}\b",
    rf"(?:came|come|coming|walked|entered|got|made it)(?: in| up| over| here)?(?: on the \w+| on foot| alone)?"
    rf" (?:through|via|by way of|across) {CROSSING}\b",
    rf"crossed (?:over )?{_AGO}|when (?:he|she|they) crossed\b(?! (?:the|paths|at|our))|caught crossing\b"
    r"(?! (?:the|against))",
    r"(?:got in|got here|crossed|walked|came)(?: in| over)? (?:by|at) (?:the river|night|foot)\b|crossed (?:on foot"
    r"|at night)\b",
    r"swam (?:across|over)\b(?! (?:the )?(?:pool|lane))|(?:rode|walked|got|came|made it|traveled|train"
    r"|trip) (?:\w+ ){0,3}to the border\b(?! of)",
    r"(?:through|via) orr\b|orr (?:placed|sponsor\w*|kid|minor|shelter|custody|releas\w+)\b|released to (?:an?|his|her"
    r"|the) sponsor\b",
    r"(?:visit|vacation|trip|visa|tourists?)(?: \w+){0,2} never (?:left|went)\b|(?:vacaciones|visita|turistas?"
    r"|paseo)(?: \w+){0,3}"
    r" (?:no se (?:fueron|fue)|se qued(?:aron|o))\b",
    r"(?:he|she|father|mother|dad|mom|uncle) re-?entered\b(?! the (?!us|country|united)| through| by| at)",
    r"(?:they|he|she|family|parents|kids?|cousins?) (?:just )?came across(?=$|[,.;]| (?:last|when|with|alone|as)\b)",
    rf"(?:lleg|vin)\w+ (?:el (?:ano|mes) pasado|hace \w+ \w+|ayer|sol(?:it)?[oa]s?|apenas|con su \w+) de {COUNTRY}\b"
    r"|cruz\w+(?: \w+){1,3} la frontera\b|(?:monitor|brazalete)(?:e?s)? (?:de|del) (?:ice|(?:in)?migracion)\b",
    rf"(?:walked|hitchhiked|rode)(?: here| up| all the way)* from {COUNTRY}\b",
    r"(?:turn\w*|gave) (?:themselves|himself|herself) (?:in|up)(?: \w+){0,2} (?:border|immigration|border patrol)\b",
    r"shelters?(?: \w+){0,4} border\b(?! collie)",
    r"(?:through|over|(?<!lives )across) the (?:border|jungle|desert)\b(?! (?:patrol|garden|exhibit|unit"
    r"|in (?:new york|mass|rhode)))"
    r"|(?:released|placed|discharged) (?:from|by|through|to \w+ from) orr\b",
    rf"shelters? (?:\w+ ){{0,2}}(?:in|en) {CROSSING}\b",
    r"(?:on|up on|rode|took) (?:la bestia|the beast)\b|en la bestia\b",
    r"paid (?:somebody|someone|people|an? \w+)(?: \w+)? to (?:bring|cross|get|take|smuggle) (?:him|her|them|the \w+)"
    r" (?:over|across|here|in|through|up)\b",
    r"cbp[ -]?(?:one|1)\b(?! (?:agent|officer|man|woman|guy|car|truck|suv|van|of|in|is|was|at|came|here))",
    r"chnv\b|parole humanitario\b|permiso humanitario\b|(?:entr|lleg|vin|estan?)\w* (?:aqui )?(?:con|bajo) (?:el "
    r"|un )?parole\b",
    r"(?:quitaron|cancelaron|termino|acabo|vencio|tienen?|tenia|dieron|su) (?:el |un )?parole\b",
    r"(?:his|her|their) (?:humanitarian )?parole (?:\w+ )?(?:terminated|over|ended|ends|ran out|expired|expires)\b",
    r"(?:flee\w*|fled|escap\w+|r[au]n(?:ning)? from)(?: from)? (?:the )?(?:gangs?|cartels?|violence|war|persecution)\b",
    # Out.
    r"(?:judge|juez|court|immigration|ice|corte)(?: \w+)? (?:has |have |had )?(?:order\w*|told|gave"
    r"|orden\w+)(?: \w+){0,3} (?:removed|deported|to leave)\b"
    r"(?! the (?:building|room|office|school|court|hall|lobby|property))",
    r"(?:he|she|they|family|parents?|mom|dad) (?:have|has|had|need|needs|must|got) (?:to )?leave by \w+",
    r"order(?:ed)? (?:him|her|them) (?:removed|deported)\b",
    r"(?:dias|semanas|meses|plazo|orden) para (?:salir|irse|dejar)(?: del?)?(?: el)? (?:pais|aqui|este pais)\b"
    r"|para sacarl[oa]s? del pais\b",
    r"voluntary departure\b|self[- ]?deport\w*",
    r"(?:kicked|thrown|sent|put|forced|booted) out of (?:the|this) (?:country|us|u\.s\.?|united states|states)\b",
    r"(?:order\w*|letter|told \w+|has|have|had|must|need\w*|days) to leave (?:the|this) (?:country|us|u\.s\.?|united"
    r" states|states)(?!\w)",
    r"(?:has|have|had|with) an? (?:old |prior |past |earlier )?(?:removal|deportation)\b(?! (?:\w+ )?(?:warrant|order"
    r"|officer|paper|form|notice|request|crew|van|truck|company|letter|document)s?)",
    r"(?:\w+[- ]year|lifetime|permanent) bar\b(?= from|$|[,.;]| for| because| since| to (?:re-?ent|com))",
    # Spanish.
    rf"(?:cruz|pas|entr|brinc)(?:o|aron|ar|ando|amos)(?: \w+)? (?:en|por|cerca de) {CROSSING}\b",
    rf"camin(?:o|aron|ando|ar) desde {COUNTRY}\b",
    r"(?:se )?brinc\w+ la frontera\b|(?:pas|cruz)\w+ nadando\b|(?:hielera|detuv\w+|tuvieron|agarr\w+|separ\w+|quit\w+"
    r"|solt\w+"
    r"|estuv\w+|lleg\w+)(?: \w+){0,4} (?:a|en) la frontera\b|(?:solt|liber|entreg)\w+ (?:\w+ )?(?:con|a) (?:un "
    r"|su )?(?:patrocinador|sponsor)\w*\b"
    r"|sponsor de orr\b|de mojad[oa]s?\b|mojad[oa]s?,? (?:segun|dijo|dice)\b",
    r"(?:pag|contrat)\w+ (?:\w+ ){0,2}(?:coyotes?|polleros?)\b|(?:pas|cruz|traj|tra)\w+ (?:un|el|los) (?:coyotes?"
    r"|polleros?)\b",
    r"se entreg\w+ (?:en|a) (?:la )?(?:frontera|(?:in)?migracion|migra|patrulla)\b",
    r"(?:tienen?|tenia[n]?|llego|dieron|dio|recibi\w+|con)(?: una| la| su)? orden de sali(?:da|r)\b(?! (?:para|a las"
    r"|temprano)\b| del? (?:bus|auto|edif|salon|sal|escu|gim))",
    r"(?:salida voluntaria|auto-?deport\w+)\b|firm\w+ su (?:salida|deportacion)\b",
    r"castigo de (?:diez|10|tres|3|cinco|5|veinte|20) anos\b",
    r"(?:no pued\w+|prohib\w+|quier\w+|logr\w+) (?:regresar|volver|entrar|reingresar) a (?:los )?(?:estados unidos"
    r"|ee\.? ?uu|este pais)",
    rf"(?:llev\w+|viv\w+|lleg\w+|entr\w+|vin\w+|anos?|meses|nacid\w+|naci\w+)(?: \w+){{0,2}} (?:en|a) {US}\b",
    r"hu(?:y|i)\w+ de (?:las? |l[oa]s )?(?:pandill\w+|maras?|violencia|guerra|carteles|amenazas)\b|hu(?:y|i)\w+ de su"
    r" (?:tierra|pueblo|pais)\b",
    r"pidi(?:o|eron|endo) refugio\b(?= (?:a|en|politico)\b| por (?!la )|$|[,.;])|proteccion (?:a|de|en) (?:los )?"
    r"(?:estados unidos|ee\.? ?uu)",
    r"reingreso ilegal\b",
    rf"(?:l[oa]s? (?:ech|mand|sub|sac|regres|devolv|envi|deport)|(?:ech|mand|regres|devolv|envi|deport)\w+ (?:al?"
    rf"|a l[oa]s?"
    rf"|a su) {KIN_ES})\w*(?: al avion| de vuelta| de regreso)? (?:a|para|del) (?:{COUNTRY}|pais\b(?! de))",
)
"""How a family came, and how it had to leave."""
