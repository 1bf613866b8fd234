"""Patterns for a person's papers, permits and immigration case. They expect text normalized by `folding.folded`."""

from __future__ import annotations

from typing import Final

from kiosk.privacy.patterns import words_matching
from kiosk.privacy.people_words import ANYONE, ARE, ARE_ES, KIN, KIN_ES, MIDDLE, PAPERS, STAFF
from kiosk.privacy.place_words import HELD

_LACKS: Final = (
    r"(?:(?:do|does|did)n't got|has|have|had|got|without|with|lacks?|hasn't|haven't|doesn't have|don't have"
    r"|didn't have|does not have"
    r"|do not have|did not have)"
)
_ANY: Final = (
    r"(?: (?:no|zero|an?|any|the|false|fake|legal|valid|proper|real|their|his|her|got|still|expired|old)){0,6}"
)
_ICE: Final = r"(?:ice|immigration|la migra|(?:in)?migracion)"
_NOT_HERE: Final = r"(?! (?:guardian|counsel|aid|advis|representative|custod|parent|age|adult|park|to |for |that )\w*)"
_OF_APPLICANTS: Final = r"i-? ?(?:94|130|131|140|360|485|539|551|589|601|751|765|821d?|914|918)"

_STATUS_OF_SOMEONE: Final = (
    # Documented; legal; with a status.
    rf"(?:{ANYONE}|none|all|some|both)(?: of them)?{ARE}{MIDDLE} (?:documented\b(?! by| in| on)"
    rf"|(?:il)?legal(?:ly|s)?\b{_NOT_HERE})",
    rf"(?:is|are|was|were|if|whether) (?:the |a )?{ANYONE}(?: is| are)? (?:not )?(?:here )?(?:(?:un)?documented\b"
    rf"|(?:il)?legal(?:ly)?\b{_NOT_HERE})",
    r"here (?:(?:il)?legally|il?legal)\b(?! to)",
    r"(?:no|has|have|had|lost|loses?|losing|any|gained|gets?)"
    r" (?:his |her |their |no |legal |lawful |any ){0,5}status\b",
    r"status (?:expired|expires|ran out|is pending|adjusted|adjustment)\b|sij\b",
    r"(?:immigration|citizenship) (?:status|situation|problems?|issues?|hearing|bond|detention"
    r"(?! officer)|custody|proceedings|history)\b",
    r"(?:has|have|had|open|pending|an?)(?: open| pending| old)? (?<!a civil )immigration cases?\b(?! (?:officer"
    r"|agent|manager|worker)s?)"
    r"|immigration case (?:is |was )?(?:pending|open|still open|denied|closed|approved)\b",
    r"lprs?\b(?! (?:camera|reader|hit|system|alert|van)s?)",
    r"daca\b(?= (?:recipient|student|kid|renewal|status|expire\w*|application|holder))",
    r"tps\b(?= (?:expire\w*|ends?|ended|runs|ran|holder|recipient|status|renewal|application))",
    r"^(?:is |are )?(?:isn't|aren't|not) (?:here )?(?:legal(?:ly)?|documented|american"
    r"|from here)\b(?! (?:advice|to|for|tender))",
    r"(?:probably|maybe|perhaps|might be|could be|must be|may be|seems?|looks?|think|guess)(?: to be| like)?(?: an?)?"
    r" (?:illegals?|undocumented|foreign)\b",
    r"(?:here|works?|working|living|lives|stays?) without (?:authori[sz]ation|permission|papers|status)\b"
    r"|unauthori[sz]ed (?:immigrant|alien|worker|migrant)s?\b|right to be (?:here|in (?:this|the) country)\b",
    r"without (?:legal |lawful |any )?(?:status|citizenship|residency|a visa|a green-? ?card)\b",
    r"(?:renew\w*|appl(?:y|ied|ies|ying) for|lost|lose|on|with|under|expired|qualif\w+ for) (?:daca|tps)\b",
    rf"(?:his|her|their|{KIN}'s) (?:daca|tps|asylum|residency(?! (?:form|paper|affidavit|proof)s?)|citizenship)\b",
    r"(?:waiting for|waits for|lost|applied for) (?:his |her |their |legal |permanent )?residency\b",
    r"(?:checks? in|check-?ins?|reports?|reporting|appointments?) (?:with|to|at) (?:ice|immigration)\b",
    r"(?:ordered|subject to|prior|previous|earlier|facing|awaiting|pending) (?:removed|removal"
    r"|deport\w+)\b(?! (?:of|from the))",
    r"(?:il)?legal (?:re-?)?entr(?:y|ies)\b|(?:re-?)?enter(?:ed|ing)? (?:illegally|without (?:papers|permission"
    r"|inspection))\b"
    r"|present without admission\b",
    r"(?:in|not )?eligible for (?:status|asylum|daca|tps|citizenship|residency|a green-? ?card)\b"
    r"|temporary protect\w+",
    r"itins?\b|(?:someone else's|somebody else's|another person's|borrowed) social\b|wetbacks?\b",
    r"(?:with|by|paid) (?:an? )?coyotes?\b|con (?:un )?coyotes?\b",
    # What somebody calls them.
    rf"(?:call(?:s|ed|ing)?|label(?:s|ed)) (?:the |his |her |their |a )?(?:\w+'s )?(?:{KIN}|him|her"
    rf"|them) (?:an? )?(?:illegals?"
    r"|aliens?|undocumented|immigrants?|foreigners?|wetbacks?)\b",
    rf"(?:dijo|dice|dijeron|llamo|llama|llamaron|decia)(?: que)?(?: es| son)? (?:ilegal(?:es)?|indocumentad[oa]s?"
    rf"|mojad[oa]s?)"
    rf" (?:al?|a la|a los|a las|a sus?) {KIN_ES}\b",
    # Crossing, arriving, detention.
    r"(?:cross\w*|came|come|snuck|sneaked|smuggled|swam|walked|brought|got)(?: (?:over|across|through|alone|illegally"
    r"|from|by))* (?:the |el )?(?:border|river|rio grande|desert)\b(?! (?:street|st|avenue|road|patrol))",
    r"(?:sneaked|snuck|smuggled) in(?:to)?\b|(?:across|from) the border\b(?! (?:patrol|agen)\w*| in (?:new york|mass"
    r"|rhode))",
    r"not (?:supposed|allowed|meant|permitted) to be in (?:the|this) (?:country|us|u\.s\.)",
    r"unaccompanied (?:minor|child|alien|kid)s?\b|unaccompanied children\b",
    r"parol(?:e|ed|ee) (?:from|by|through) (?:immigration|ice|the (?:border|u))",
    r"(?:in|under|from|into) (?:ice|immigration|la migra) (?:custody|detention|hold)\b",
    r"ice (?:check-?ins?|appointment|monitor)\b|ankle (?:monitor|bracelet|thing|tracker|device|tag)\b"
    r"|detention cent(?:er|re)s?\b"
    r"(?! (?:officer|street))",
    # Papers, permits.
    rf"(?:{KIN}|(?<!no ){STAFF})(?: (?:who|that))?(?:'s)?(?: never| still| already| finally| also| now)*"
    rf" {_LACKS}{_ANY} {PAPERS}\b",
    rf"(?:he|she)(?:'s)? (?:has|had|got) (?:no|false|fake)(?: \w+)? {PAPERS}\b",
    rf"^(?:(?:still|because) )?without (?:any )?{PAPERS}\b",
    rf"(?:{KIN}|he|she)\b(?:(?!agent|officer|they|police|papers|said|says)[^.;]){{0,40}}?(?:n't have| no"
    r"| not have| without| get"
    rf"| getting| fixing)(?: (?:any|their|his|her|legal|valid|proper|real|immigration))* {PAPERS}\b",
    rf"lack(?:s|ed|ing) (?:any |legal )?{PAPERS}\b",
    rf"(?:if|whether|does|do|did) (?:the )?{ANYONE} (?:has|have|had) (?:an? )?(?:\w+ )?(?:passport|{PAPERS}"
    r"|green)s?\b",
    r"(?:what|which|whose) passports?\b",
    r"(?:fake|false|forged|bad) (?:papers|documents|social|ssn|id'?s?|green)\b",
    rf"(?:got|get|gets|getting|fix\w*|renew\w*|lost|waiting (?:on|for)|has|have) (?:his|her|their) {PAPERS}\b"
    r"|wait(?:ing|s)? (?:on|for) papers\b(?! from| to)",
    rf"{KIN}'s? {PAPERS}\b(?! (?:cut|plate|towel|airplane))",
    rf"no {PAPERS},? (?:for (?:the |this |that |his |her |their |any )?)?{KIN}\b|no {PAPERS},? (?:the|his"
    rf"|her) {KIN}(?=$|[.,;])"
    rf"|no (?:legal |valid |real )?{PAPERS} for (?:any|all|either|both|none|some) of (?:them|the {KIN})\b"
    rf"|(?:{KIN}|he|she) never (?:got|had|gets|received) (?:any |his |her |their |the )?{PAPERS}\b"
    rf"|paperless {ANYONE}\b",
    rf"(?:his|her|their|the) {PAPERS} (?:(?:have |had )?expired|ran out|(?:are|were|is) (?:not |still "
    rf"|almost )?(?:ready|late|pending|coming|done))\b|{PAPERS} (?:are |were )?not in order\b",
    rf"{PAPERS} through (?:marriage|work|asylum)\b",
    rf"(?:worried|scared|afraid|nervous|upset) (?:about|because of|of|over)(?: \w+)? {PAPERS}\b"
    rf"|because (?:of )?(?:(?:he|she|they) (?:has|have) )?no {PAPERS}\b",
    r"(?:work|works|worked|working) (?:here )?(?:illegally|under the table|without (?:a |any )?(?:permit|papers))",
    r"(?:can't|cannot|can not|couldn't|not) (?:allowed to )?work legally\b|no work permit\b"
    r"|employment authori[sz]ation (?:card|document)"
    r"|(?:resident|non-?resident) aliens?\b|(?:us|u\.s\.?|dual|born|not|so|usa) citizens?\b|an? (?:dreamer"
    r"|alien|citizen)\b",
    rf"(?:his|her|their|my|{KIN}'s) passports?\b(?! cards?)|consular (?:id|card)s?\b|matriculas? consular\w*\b",
    rf"(?:his|her|their|pending|approved|filed?|files|has an?|have an?) (?:\w+ )?{_OF_APPLICANTS}\b",
    rf"{_OF_APPLICANTS} (?:of|for) (?:the |his |her )?{KIN}\b|{KIN}'s {_OF_APPLICANTS}\b",
    # Protections by name, and others' papers.
    r"deferred action\b|stays? of removal\b|withholding of removal\b|(?:has|got|have) withholding\b|cat protection\b"
    r"|\bbia\b|\bu4u\b|siv\b"
    r"|parole (?:expired?|ran out|ended|ends|is up)\b|lost (?:his|her|their) case\b|no (?:legal|valid|real) papers\b",
    r"(?:another|other|someone|somebody|cousin|friend|brother|sister|uncle)'?s?(?: else's| persons?'?s?)? (?:social"
    r"|papers|ssn)\b(?! (?:worker|studies))",
    r"eads? (?:came|expire\w*|cards?|is|are|was|pending|renew\w*)\b|(?:not|n't) (?:legally )?authorized to work\b"
    r"|ice hearings?\b"
    r"|papeles en tramite\b|residencia (?:esta )?en (?:proceso|tramite)\b|(?:has|have) papers\b[^.;]{0,12} (?:he|she"
    r"|they|dad|mom) (?:does|do|has)n't\b",
    r"daca (?:numbers?|cards?|renewals?|approvals?)\b|(?:thing|monitor|device|bracelet) on (?:his|her|their) (?:leg"
    r"|ankle)s?\b"
    r"|(?:pres|detenid|encerrad)[oa]s? en (?:un |el )?centro\b(?! comercial)|les? (?:neg|aprob)\w+ (?:la "
    r"|su )peticion\b",
    r"smartlink\b|isap\b|app (?:for|from|with) (?:ice|immigration)\b|bonds?\b[^.;]{0,20} (?:to|with|for"
    r"|from) immigration\b",
    # Visas by letter, and their forms.
    r"[fjm]-?1 (?:students?|kids?|visas?|au pair|famil\w+|dependents?|status|holders?)\b"
    r"|visas? [uthfjlb](?:-?[1-4])?\b(?! \w+ (?:store|shop|supply))"
    r"|[uthfjlbk]-?[1-4]?[ab]? visas?\b|on an? [fhjlkbeor]-?[1-4][ab]?\b(?! (?:bus|team|floor|hall))",
    r"(?:his|her|their|student'?s?|kid'?s?) (?:i-?20|ds-?2019)\b|(?:i-?20|ds-?2019) (?:was |is |has "
    r"|got )?(?:cancel\w*|expire\w*|ran out|terminat\w*"
    r"|ended|revoked)\b",
    # Time that ran out, decisions that are awaited.
    r"(?:time|permission|right) to (?:stay|be here|remain)(?: here)? (?:ran out|expire\w*|is up|was up|ended)\b"
    r"|on (?:a |his |her |their )?tourists?\b(?! (?:map|bus))",
    r"(?:waiting|waits) (?:on|for) (?:immigration|uscis)\b(?! (?:officers?|agents?|people|to (?:arrive|come|leave"
    r"|call|show)))",
    r"(?:hiding|hides?|hid) (?:\w+ ){0,3}?(?:from|because of) (?:la migra|immigration|(?:in)?migracion|ice)\b"
    r"|(?:escond\w+|se escond\w+) (?:\w+ ){0,2}?(?:de|por) (?:la migra|ice|(?:in)?migracion)\b",
    r"(?:fighting|fights?|fought) (?:his|her|their) (?:\w+ )?(?:case|deportation|removal)\b|pele\w+ su (?:caso"
    r"|deportacion)\b",
    r"(?:given|gave \w+|got|on|with) parole (?:at|from|in) the (?:airport|border|bridge|port)\b",
    rf"(?:neither|none|both|{KIN}|he|she|they)(?: of \w+)?(?: \w+){{0,2}}? (?:can't|cannot|can|not"
    rf"|couldn't) (?:legally work|work legally)\b",
    r"(?:le|les|me|nos) (?:sale|salio|salga|llego|llega|lleg\w+) (?:ya )?(?:la |su )(?:residencia|visa|green-? ?card"
    r"|ciudadania)\b"
    r"|(?:la |su )(?:residencia|visa|green-? ?card|ciudadania) (?:\w+ )?(?:le |les )?(?:sale|salio|lleg\w+|venc\w+)\b",
    r"renov\w+ (?:ya )?(?:el |su |la )(?:tps|daca|visa|permiso de trabajo|residencia)\b|(?:el|la|un|una) (?:papa|mama"
    r"|nino|nina|senora?) con tps\b",
    r"(?:firm\w+|signed) (?:the |los |unos )?(?:papers|papeles) (?:to go back|to leave|para (?:irse|regresar\w*"
    r"|salir))\b",
    # Asylum and visas where they are somebody's.
    r"asylum(?:-| )?(?:seek\w*|cases?\b|claim\w*|pending|denied|applica\w*|hearing|interview|granted|status)",
    r"(?:seek\w*|appl\w+ for|won|wins|lost|los(?:e|ing)|got|gets|has|have|grant\w*|den(?:y|ied)|want\w*"
    r"|waiting (?:on|for)|claim\w*"
    r"|request\w*|pending|political|for|need\w*) asylum\b(?! (?:st|street|ave|avenue|hill|office))",
    r"(?:his|her|their|student|work|tourist|visitor|expired|a|an|no|family|dependent) visas?\b(?! (?:card|gift|debit"
    r"|credit|lane|logo|check)s?)",
    r"visas? (?:violator|expire\w*|ran out|holder|status|overstay\w*|applica\w*|is up|ended|ends|lapsed|was up|denied"
    r"|approved)\b",
    # Spanish.
    rf"{ARE_ES} (?:aqui )?i?legal(?:es|mente)?\b(?! (?:que|no|\w+(?:ar|er|ir)(?:los?|las?|se|nos)?)\b)",
    r"entr(?:o|aron|ado|ar|aste) (?:ilegal(?:mente)?|sin (?:inspeccion|permiso de))",
    r"(?:sin|con) documentos\b|^documentos falsos\b",
    r"(?:tienen?|tenia[n]?|tyene|tuvo|perdi\w+|perder) (?:ya )?(?:los |las? |el |una? |sus? "
    r"|ningun[oa]? )?(?:papeles(?! de (?:la )?corte| del? juez| para| firmad)|documentos(?! de (?:la )?corte"
    r"| para| del? )|estatus"
    r"|status|residencia|mica|seguro social|daca|tps|visas?|green-? ?card|permiso (?:de trabajo|para trabajar)"
    r"|asilo)\b",
    r"(?:sin|la|su) mica\b|faltan? (?:los |sus )?papeles\b(?! (?:de|para|por)\b)|con (?:los )?papeles (?:vencidos"
    r"|falsos)\b",
    r"(?:arregl|consig|consigu|sac|gestion|obtuv|perdi|renov|quit|tramit|esper|busc)\w* (?:sus |los |de "
    r"|ya )*papeles\b",
    rf"(?:su|sus) e?status\b|e?status (?:legal|migrat\w+|del? (?:la |los |las )?{KIN_ES})\b",
    r"su (?:estado|condicion) (?:legal|migrat\w+)",
    r"(?:tienen?|tenia|su|sus|caso|proceso|pendiente\w*)(?: una?)? ?(?:caso|corte|cita|audiencia|proceso|problemas?"
    r"|situacion)? (?:de|con|en) (?:in)?migracion\b|(?:su )?caso de asilo\b",
    r"deport(?:aron|an|en|ara|aran|aban|aba)\b|(?:l[oa]s?|me|nos|se) (?:van a )?deport(?:o|e|ar|en|aron)\b",
    r"centros? de detencion\b|grilletes?\b",
    r"(?:es|son|era|eran|soy) (?:una? )?residentes?\b(?! (?:de la calle|trooper)| del? (?!estados|los estados|ee|pais"
    r"|verdad))|(?:tienen?|la|su) residencia"
    r" (?:permanente|legal|vencida|pendiente)\b|(?:es|son) sonador(?:a|as|es)?\b",
    r"visas? (?:vencid\w+|religios\w+|humanitari\w+|de (?:turista|estudiante|trabajo))\b|(?:se le )?vencio la visa\b",
    r"ciudadan[oa]s?\b(?! (?:preocupad|comun|privad|mayor|ejemplar|modelo)\w+)",
    r"cruz(?:o|aron|ar|ando|amos) (?:el|la|por el|por la) (?:rio|frontera|desierto)\b"
    r"|pas(?:o|aron|ar) (?:el rio|(?:por )?la frontera)\b",
    r"cruz(?:o|aron|ar|ando|amos) (?:hace|sol[oa]s?|ilegal\w*|a pie)\b(?! (?:la|el|por|al?) )|(?:por"
    r"|desde) la frontera\b|cruz(?:o"
    r"|aron|ar|ando|amos) por (?:texas|arizona|california|acountry|tijuana|el paso|laredo|sonora)\b",
    r"(?:esperando|espera|tramit\w+|perdio|sacando|saco) (?:su |la )?residencia\b",
    r"sin (?:estatus|status|residencia|visa|permiso de trabajo|mica|ciudadania|daca|asilo)\b",
    r"(?:le |les )?(?:dieron|negaron|aprobaron|gano|gan\w+) (?:la |el |su )?(?:residencia|asilo|visa|ciudadania"
    r"|green-? ?card)\b|(?:es|son|un|una|unos) mojad[oa]s?\b|^mojad[oa]s?$|(?:posiblemente|quizas?|tal vez"
    r"|creo que|parece|una?) ilegal(?:es)?\b|^ilegal(?:es)?$",
    rf"{KIN_ES} (?:\w+ )?ilegal(?:es)?\b|(?:no tener|falta de|por los) papeles\b|(?:en el|del|al) pais\b",
    r"recien llegad[oa]s? (?:al pais|de)\b|menor(?:es)? no acompanad\w+",
)

STATUS_OF_SOMEONE: Final = words_matching(_STATUS_OF_SOMEONE)
"""A person's papers, permits or immigration case."""

_OWN_CASE: Final = (
    rf"{KIN} (?:\w+ )?(?:says?|said|tells|told|whisper\w+|admit\w*|mention\w*|thinks?|cried)(?: \w+){{0,2}} they"
    rf" (?:don't have|don't got|have no|got no|have fake|lack|hasn't got)(?: any)? {PAPERS}\b",
    rf"(?:{KIN}|he|she|they) (?:has|have|had|got|missed|is in|are in)(?: an?| his| her| their)? (?:deportation"
    rf"|removal)"
    r" (?:court|hearing|case|proceeding)s?\b",
    r"(?:miss|skipp?|ditch|fail)(?:ed|s|ing)? (?:\w+ ){0,4}?immigration\b(?! (?:officer|agent|warrant|form|policy))"
    r"|(?:falt|perdi)\w+ (?:a )?(?:su|la) (?:corte|cita|audiencia)(?: de| con)? (?:in)?migracion\b",
    rf"{KIN} (?:got|gets|received|has|had|getting) (?:an? |his |her )?(?:(?:immigration|deportation|removal)"
    r" (?:letter|notice|order|summons)s?|(?:letter|notice)s? from (?:immigration|uscis|ice))\b"
    r"|carta de deportacion para (?:el|la|su)\b|les? lleg\w+ (?:una? )?(?:carta|aviso|notificacion"
    r"|papel) de (?:in)?migracion\b",
    r"(?:letter|records?|transcript|carta|constancia|copia)s? (?:for|para) (?:an? |the |his |her |la |su "
    r"|el )?(?:(?:corte|caso|juez) de"
    r" (?:in)?migracion|immigration|daca|renovar (?:su |el )?daca|asylum|asilo|visa|sij)\b(?! (?:office|lawyer|agent"
    r"|attorney|unit)\w*)",
    r"(?:has|have|had|needs?|going|supposed) (?:to )?(?:see|go before|appear before) (?:the "
    r"|an? )?immigration (?:judge|court)s?\b",
    rf"(?:orders?|warrants?) of (?:removal|deportation) (?:for|on|against) (?:the |his |her |their |an? )?{KIN}\b",
    r"(?:hearing|appointment|court date|appt) with ice\b",
    r"to appear (?:in|at|before) (?:the |an? )?immigration\b|(?:got|has|had|have|scheduled|passed) (?:for )?(?:his"
    r"|her|their) (?:citizenship|naturalization)"
    r" (?:test|interview|exam)\b|stays? of removal\b",
    r"(?:waits?|waiting) (?:for|on) (?:the |an? |his |her |their )?(?:asylum|immigration) (?:court|hearing|judge"
    r"|interview|decision|case)\b",
    r"(?:date|hearing|appointment|interview|appt|cita|fecha|audiencia|entrevista) (?:in|with|at|before|con|en"
    r"|ante) (?:the |an? |la |el |un )?(?:juez de |corte de"
    r" |tribunal de )?(?:immigration|(?:in)?migracion)(?: courts?| judges?)?\b(?! (?:officer|lawyer|agent"
    r"|attorney)s?)",
    r"(?:fail\w*|pass\w*|took|taking|takes|study\w*) (?:for )?(?:the|his|her|their) (?:citizenship"
    r"|naturalization) (?:test|exam|interview)\b"
    r"|(?:reprob|pas|tom|estudi|hizo)\w* (?:para )?(?:el |su )examen de (?:la )?ciudadania\b",
    r"(?:in|on|under|from|has|have|had|got) (?:an? )?(?:ice|immigration) (?:hold|bond)\b|(?:out of|released from"
    r"|bond from"
    r"|bond with|bond by) (?:ice|immigration)\b",
    rf"(?:arrested|detained|taken|picked up|grabbed|held|locked up|jailed) (?:by|with"
    rf"|at) {_ICE}(?: \w+){{0,2}} (?:since (?!\d)"
    r"|for (?:\w+ ){1,2}(?:days|weeks|months|years)\b)",
    rf"(?:detenid|arrestad|pres|encerrad)[oa]s? (?:por|con|en|de) {_ICE}(?: \w+){{0,2}} (?:desde (?!las? \d|hoy"
    rf"|la manana)"
    r"|hace (?:\w+ )?(?:dia|semana|mes|ano)\w*)",
    r"(?:ever )?since (?:ice|immigration|la migra) (?:took|arrested|detained|grabbed|got|picked up)\b",
    r"desde que (?:se )?(?:l[oa]s? )?(?:llevo|llevaron|agarro|agarraron|detuvo|arresto)(?: la)? (?:ice"
    r"|(?:in)?migracion"
    r"|migra)\b|(?:ice|(?:in)?migracion|la migra) tiene (?:al?|a l[oa]s?|a su) \w+ desde\b",
    rf"(?:arrested|detained|taken|picked up|grabbed|held) (?:by|with) (?:ice|immigration|la migra) (?:in {HELD}\b"
    rf"|(?:\w+ ){{1,2}}(?:days|weeks?"
    r"|months?|years?) ago|last (?:month|year|summer|winter|spring|fall))|(?:l[oa]s?|se) (?:agarr|llev|detuv"
    r"|arrest)\w+(?: \w+){0,3}"
    r" (?:la migra|ice|(?:in)?migracion) (?:hace (?:\w+ ){1,2}(?:dias|mes|ano|semana)|el (?:ano|mes))",
    r"(?:tienen?|tenia[n]?|tuvo|van?|fue|fueron|ir|falto)(?: que ir)?(?: a)?(?: la| el| su)? (?:juez|corte|juicio"
    r"|audiencia) (?:de|con|en) (?:in)?migracion\b",
    r"(?:arrested|detained|taken|picked up|grabbed) by (?:ice|immigration) (?:at|during|after) (?:his|her|their"
    r"|a) (?:check-?in"
    r"|check in|court|hearing|appointment|interview)",
    rf"(?:no|without|waiting (?:on|for)) (?:any |legal )*immigration {PAPERS}\b",
    rf"(?:his|her|their|{KIN}'s?) (?:own )?(?:immigration|asylum|citizenship|green-? ?card|visa|daca|tps"
    r"|deportation|removal)"
    r" (?:case|court|hearing|interview|appointment|application|papers?|documents?|lawyer|attorney|check-?in|order"
    r"|date"
    r"|status|bond|judge)s?\b",
    r"(?:has|have|had|goes|go|going|went)(?: (?:an?|back|to|her|his|their|case|court|hearing"
    r"|appointment))* (?:with|to|in|at"
    r"|before) immigration(?: courts?)?\b(?! (?:officer|agent|enforcement)s?)",
    rf"(?:{KIN}|he|she) (?:has|have|had|got|gets?|missed|sees?|saw|goes|go|going|went)(?: to| an?| the| his| her"
    rf"| see| go| back| in| at| before)* immigration (?:courts?|judges?"
    r"|hearings?|appointments?|interviews?|check-?ins?|dates?)\b(?! (?:paper|order|warrant|stamp|document|form"
    r"|notice)s?)",
    r"(?:won|wins|winning|lost|loses|losing|fighting|fights|fought)(?: \w+){0,2} case with (?:immigration|ice"
    r"|uscis)\b",
)

OWN_CASE: Final = words_matching(_OWN_CASE)
"""Somebody's own case, court date or lawyer. Search for it before names are removed, because a court is one."""
