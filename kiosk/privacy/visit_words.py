"""Patterns for what can be part of the visit, or else of a family's life. They expect folded text.

Officers have papers too, so what only says that "they" have none is a question, not a refusal. So is an arrest that can
have been at the door, and a language, which is a sign of where a family is from.
"""

from __future__ import annotations

from typing import Final

from kiosk.privacy.patterns import words_matching
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
        rf"{_OFFICIALS}(?: \w+)? (?:dijo|dice|conto|comento)(?: \w+)? que (?:tambien )?(?:nacio|crecio|viene|vino"
        rf"|es de)\b"
        r"[^.;]{0,60}",
    )
)
"""What an official says of somebody, who may be that official: a question, where the text names no family."""
