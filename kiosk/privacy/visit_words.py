"""Patterns for what can be part of the visit, or else of a family's life. They expect folded text.

Officers have papers too, so what only says that "they" have none is a question, not a refusal. So is an arrest that can
have been at the door, and a language, which is a sign of where a family is from. What a visitor asked and nobody
answered says nothing about a person, nor does an official's small talk; but a question of a pupil or a parent does.
"""

from __future__ import annotations

from typing import Final

from kiosk.privacy.patterns import Words, words_matching
from kiosk.privacy.people_words import KIN, KIN_ES, PAPERS

_TAKEN: Final = (
    r"(?:taken|detained|arrested|picked up|held|grabbed|stopped)(?: away| outside| here)? by (?:ice|immigration"
    r"|la migra"
    r"|border patrol)"
)
_ON_A_VISIT: Final = (
    rf"{_TAKEN}\b|(?:ice|immigration|la migra) (?:took|takes|arrested|detained|grabbed|picked up|has|got)"
    rf" (?:the |a |an |his |her |their )?(?:{KIN}|him|her|them)\b",
    r"(?:ice|la migra|inmigracion|migracion) (?:se )?(?:llevo|arresto|detuvo|agarro)\b"
    r"|(?:detenid|arrestad|llevad)[oa]s? (?:por|en|con) (?:inmigracion|migracion|ice|la migra)\b",
    r"(?:l[oa]s?|se) (?:agarr|llev|detuv|arrest)\w+(?: \w+){0,3} (?:la migra|ice|(?:in)?migracion)\b"
    r"|(?:ice|(?:in)?migracion|la migra) tiene (?:al?|a l[oa]s?|a su) \w+",
    r"(?:isn't|aren't|not|wasn't|weren't) (?:supposed|allowed|meant) to be here\b",
    r"(?:cam[ea]|arriv\w+|traveled) (?:here )?(?:in|with) (?:a|the) caravan\b(?! of)|(?:lleg|vin|vien)\w+ en (?:la "
    r"|una )?caravana\b"
    r"|brinc\w+ (?:la barda|el muro|la linea|el cerco)\b",
    rf"(?:what|which|whose|other) languages? (?:do |does |did )?(?:the |his |her |their )?(?:{KIN}|they|he"
    rf"|she) (?:\w+ )?(?:speaks?"
    r"|uses?|talks?)\b|languages? (?:is |are )?(?:spoken |used )?at (?:home|the house)|home languages?\b",
    rf"(?:which|what|how many|whose) {KIN} (?:speaks?|(?:do|does)(?:n't| not) speak|only speak|know|are esl|are ell)\b"
    rf"|(?:spanish|portuguese|creole"
    rf"|arabic|non-?english)[- ]speaking {KIN}\b",
    r"(?:list|names?|files?|records?) of (?:the |all |every )*(?:esl|ell?|bilingual|english learner"
    r"|multilingual)s?\b(?! (?:teacher|staff"
    r"|aide|book|program|office|class(?:es)?\b))",
    r"(?:que|cual) (?:idioma|lengua) (?:hablan?|usan?)\b(?! (?:el|los|la) (?:agente|oficial))"
    r"|idiomas? (?:que se habla )?en (?:la |su )?casa\b"
    rf"|{KIN_ES} (?:que )?(?:solo |no )?hablan? (?:espanol|ingles|portugues|criollo)\b(?= en casa|$)"
    rf"|{KIN_ES} de (?:esl|ell|bilingue)\b",
    r"(?:looks?|looked|sounds?|sounded|seems?) (?:like )?(?:an? )?(?:mexican|hispanic|latin[oa]|guatemalan|honduran"
    r"|foreign|central american|haitian|arab|muslim)s?\b|parecen? (?:mexican|hispan|latin|centroameric|guatemaltec"
    r"|hondure|haitian|extranjer)\w+",
    r"they (?:(?:have|has|had|got) (?:no|fake|false)|lack|without"
    rf"|(?:did|does|do)(?:n't| not) have)(?: any| no)? {PAPERS}\b",
)

ON_A_VISIT: Final = words_matching(_ON_A_VISIT)
"""What can be part of the visit, or of a person's life before it."""

_OFFICIALS: Final = (
    r"(?:agents?|officers?|detective|deputy|marshal|trooper|sergeant|sgt|lieutenant|constable|investigator|inspector"
    r"|agente|oficial|policia|alguacil|sargento|detective|inspectora?)"
)
OF_AN_OFFICIAL: Final = words_matching(
    (
        rf"{_OFFICIALS}(?: \w+){{0,2}}? (?:said|says|told|mention\w+|chatted|dijo|dice|conto|comento"
        rf"|menciono)(?: \w+)?"
        rf"(?: that| que)? (?:he|she|el|ella)(?:'s| is| was| himself| herself| mism[oa]| also| tambien| originally)*"
        r" (?:born|raised|grew up|from|comes? from|came from|nacio|crecio|es|era|viene|vino)\b[^.;]{0,60}",
        rf"{_OFFICIALS}(?: \w+)? (?:was born|grew up|nacio|crecio)\b[^.;]{{0,60}}",
        rf"{_OFFICIALS}(?: \w+)? (?:dijo|dice|conto|comento)(?: \w+)? que (?:tambien )?(?:nacio|crecio|viene|vino"
        rf"|es de)\b"
        r"[^.;]{0,60}",
    )
)
"""What an official says of somebody, who may be that official: a question, where the text names no family."""

_ASKED: Final = (
    r"(?:ask(?:s|ed|ing)?|want(?:s|ed)? to know|wonder\w*|inquir\w+|tri(?:ed|es) to (?:get|find out|make)"
    r"|pregunt\w+|quer\w+ saber|quiso saber|quiere saber|que si|(?:dijo|dice)(?: que)? si)"
)
_OPEN: Final = (
    r"(?:if|whether|whats|what|where|which|who|whos|how|when|are|is|was|were|do|does|did|have|has|any|about"
    r"|for a list|for the list|for names|for info|for information|immigration|the \w+ nationality"
    r"|the kids?'?s? nationality"
    r"|si|hay|de donde|donde|en donde|adonde|cuant\w+|cual\w*|que pais|de que|quien\w*|por (?:el|la) (?:e?status"
    r"|nacionalidad"
    r"|situacion|lugar)|el e?status|la nacionalidad)"
)
_END: Final = (
    r"(?=$|[.;!?\",]| (?:and|&|y|but|pero|so|then|-|i|le|les|no|not|nobody|denied|refused|told|referred"
    r"|los? mand\w+)\b)"
)
_QUESTION: Final = words_matching(
    (
        rf"(?:{_ASKED}\b(?: (?:me|us|her|him|them|again|twice|nos|le|a mi|outright|straight))*[ ,:]*\"?{_OPEN}\b"
        r"|(?:(?:dijo|dice|y) )?que si\b|^que (?:de donde|cuant\w+|cual\w*|donde|quien\w*)"
        r"|(?:want\w*|asked for|asks for|quer\w+|quiere|pidi\w+) (?:an? |the |una |la )?(?:list|lista|names|nombres)\b)"
        rf"[^.;!?\",]{{0,90}}?{_END}",
        r"(?:did ?n'?t|would ?n'?t|could ?n'?t|can'?t|won't|not|never|refused to|declined to|no (?:le |les )?)"
        r" ?(?:answer|say|tell|confirm|discuss|comment|share|dij\w+|confirm\w+|contest\w+|dig\w+)(?: (?:him|her|them"
        r"|it|on|anything))*"
        r" (?:if|whether|about|who|where|which|what|si|de donde|quien|cual\w*)\b[^.;!?,]{0,90}",
    )
)
_QUOTED: Final = Words(
    r"\"(?:are|do|does|did|is|have|has|any|how many|where|which|who|what)\b[^\"]{0,90}\"(?=[ ,]*(?:he|she|they|agent"
    r"|officer) (?:said|says|goes|yelled|shouted))|"
    rf"(?:^|\"|(?<=[.;] ))[^.;!?\"]{{0,90}}[\"?,]+ ?(?:(?:he|she|they|agent|officer|one|me|el|ella|el agente"
    rf"|el oficial|was what \w+)"
    rf" )*(?:{_ASKED}|was (?:the|his|her) question)\b(?! (?:for|if|about|por)\b)"
)
_A_FAMILYS: Final = Words(
    rf"\b(?:{KIN}|{KIN_ES})(?: \w+)? (?:me |nos |le )?(?:{_ASKED}|sa(?:id|ys)|told|answered|dijo|contesto)\b"
)
_UNANSWERED: Final = words_matching(
    (
        r"(?:did|do|does|could|would|can|ca|wo|have|will|am|was)(?: ?n'?t|nt| not|not)(?: \w+)? (?:answer|reply"
        r"|respond|say|tell|discuss|comment|give"
        r"|confirm|share|have (?:that|any|this|it)|know|collect|keep|track|ask|allowed|release)\w*",
        r"cant\b|can'?t\b|cannot\b|never (?:answer|repl|respond|said|told)\w*",
        r"(?:refused|declined|not going) to (?:\w+ )?(?:answer|say|tell|discuss|comment|give|confirm)\w*",
        r"no (?:comment|answer|info\w*|reply|response)\b|not (?:answer\w*|told|given|discuss\w*)|(?:i|we) (?:declined"
        r"|refused|stayed quiet|kept quiet)"
        r"|(?:was|were)? ?(?:denied|declined|ignored|refused)(?=$|[.,;])|none of (?:his|her|their|your) business",
        r"(?:referred|sent|directed|pointed|transferred) (?:him|her|them|it|the agent|the officer|that) (?:to|back"
        r"|away|over)",
        r"(?:told|said|saying|tell|gave|answer\w*)(?: (?:him|her|them|me|to|it|that|he|she|they|the agent|must|should"
        r"|could"
        r"|can|needs?|has|have))*"
        r" (?:to )?(?:talk|write|call|ask|put|go|contact|get|request|speak|send|email|submit|file|see|no\b|nothing"
        r"|the (?:policy|sheet|card|number|form|letter)"
        r"|i|we|that's not|it's not|its not|confidential|private|check|a court|a judge|subpoena)",
        r"confidential|only (?:with|by) (?:a )?(?:court|subpoena|warrant|judge)|needs? (?:a )?(?:court order|subpoena"
        r"|warrant)",
        r"no (?:se )?(?:le |les |l[oa]s? )?(?:contest|respond|dij|di|quis|pued|pod|sab|se|doy|dam|teng|hable|hablo"
        r"|hablamos|pregunta|coment"
        r"|compart)\w*\b",
        r"(?:le|les|lo|la|los) (?:di|dio|dimos|dije|dijo|dijimos|mand\w+|remit\w+|pas\w+|envi\w+|contest\w+"
        r"|respond\w+) (?:la hoja|la politica|el papel"
        r"|la tarjeta|que|con|al|a la|el numero|nada)",
        r"sin (?:contestar|responder|respuesta)|nadie (?:le |les )?(?:contest|respond|dij)\w*|me (?:negue"
        r"|quede callad)\w*",
    )
)

_TALK: Final = Words(
    r"\b(?:small talk|chat\w*|friendly|jok(?:e[sd]?|ing)|nice guy|gets it|platic\w+|charl\w+|himself|herself|(?:his"
    r"|her) own|el mism[oa]|amables?"
    r"|ella misma|brome\w+|making conversation|being nice|(?:el|la|un|una) (?:agente|oficial|policia)(?: \w+)? (?:me "
    r"|nos )?(?:cont|coment)o)\b"
)
_A_PUPIL: Final = Words(
    r"\b(?<!as a )(?<!as a little )(?:students?|pupils?|kids?|child|children|girls?|boys?|alumn[oa]s?|nin[oa]s?"
    r"|estudiantes?)\b"
)
_OF_HIMSELF: Final = words_matching(
    (
        r"(?:^(?:so |and )?(?:said|says|told (?:me|us)|dijo|dice)\b[^.;]{0,120})",
        rf"(?:{_OFFICIALS}|cop|he|she|one|guy|patrullero)(?: \w+){{0,2}}? (?:said|says|told|mention\w+|chatted|jok\w+"
        rf"|dijo"
        r"|dice|cont\w+|comento|menciono|platic\w+|was born|grew up|nacio|crecio|has an?)\b[^.;]{0,120}",
    )
)
_OF_A_SPOUSE: Final = Words(
    rf"\b{_OFFICIALS}(?: \w+)? (?:said|says|told \w+|mention\w+|dijo|dice|cont\w+|comento)(?: that| que)? (?:his|her"
    rf"|su)"
    r" (?:own )?(?:wife|husband|ancestors?|espos[oa]|suegr[oa]s?)\b[^.;]{0,80}"
)


def without_what_says_nothing(plain: str) -> str:
    """Return folded text without the questions that, as it says, nobody answered, and without officials' small talk."""
    plain = _OF_A_SPOUSE.sub(" … ", plain)
    if _TALK.search(plain) and not _A_PUPIL.search(plain):
        plain = _OF_HIMSELF.sub(" … ", plain)
    if _A_FAMILYS.search(plain) or not _UNANSWERED.search(plain):
        return plain
    return _QUESTION.sub(" … ", _QUOTED.sub(" … ", plain))


PATTERNS: Final = (_QUESTION, _QUOTED, _A_FAMILYS, _UNANSWERED, _TALK, _A_PUPIL, _OF_HIMSELF, _OF_A_SPOUSE)
"""All of them. Prepare each before the first text is judged."""
