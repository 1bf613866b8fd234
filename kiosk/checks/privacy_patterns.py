"""The words for facts that a protocol must never ask for: patterns for text simplified by `folding.folded`, en and es.

Each kind lists parts. Every match contains one of them, so most texts need no search by pattern.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class PrivateKind:
    """One kind of private fact: the code of its finding, its patterns, and the parts."""

    code: str
    pattern: re.Pattern[str]
    parts: tuple[str, ...]


_CHILD: Final = (
    r"(?:students?|child|children|kids?|pupils?|minors?|boys?|girls?|sons|son's|daughters?|siblings?|alumn[oa]s?"
    r"|estudiantes?"
    r"|nin[oa]s?|menor(?:es)?|hij[oa]s?)(?:'s|')?"
)
_OF_A_CHILD: Final = (
    r"(?:(?:full |first |last |home )?names?|class(?:es|room|rooms)?|homeroom|rooms?|address(?:es)?|schedules?"
    r"|timetables?"
    r"|grades?|teachers?|photos?|pictures?|lockers?|bus(?:es)?|birthdays?|ids?|numbers?|phones?|whereabouts"
    r"|locations?"
    r"|nombres?|apellidos?|clases?|aulas?|salon(?:es)?|direccion(?:es)?|domicilios?|horarios?|grados?"
    r"|maestr[oa]s?|fotos?"
    r"|telefonos?)"
)

# In addition to the guard's own list, which `privacy` also searches for.
_ORIGIN: Final = (
    r"\b(?:home|native|first|primary|mother|main|family) (?:language|tongue)s?\b|\blanguages? (?:\w+ ){0,3}?at home\b"
    r"|\bspeaks? (?:\w+ ){0,2}?at home\b|\bwhat language\b|\blengua materna\b|\b(?:idioma"
    r"|lengua)s? (?:\w+ ){0,4}?(?:casa|hogar)\b"
    r"|\bwhere (?:\w+ ){1,4}?(?:born|come from|is from|are from)\b|\bcountry of (?:birth|origin|citizenship)\b"
    r"|\bhome country\b"
    r"|\bnational origin\b|\bpassports?\b|\bpasaportes?\b|\bdonde naci\w{0,4}\b|\bpais de nacimiento\b"
    r"|\bimmigration\b(?! (?:officer"
    r"|agent|official|court|judge|enforcement|and customs|paper)s?)|\b(?:estatus|situacion) migratori[oa]\b"
    r"|\bdocumented\b|\b(?:legal|lawful) status\b|^(?:their |his |her |family |student |person's |people's )?status$"
)
_NUMBERS: Final = (
    r"\bssn\b|\bsocial security\b(?! (?:office|administration))|\bsocial sec\b|\bseguro social\b|\bitin\b"
    r"|\btaxpayer id\w*\b"
    r"|\ba-(?:number|file|num|no)s?\b|\banumber\b|\balien (?:registration )?(?:number|no)\b"
    r"|\b(?:uscis|alien) (?:number|id)\b|\bnumero a\b|\bnumero de (?:extranjero|seguro social)\b"
    r"|\b(?:date|day|year|month) of birth\b|\bbirth-? ?(?:date|day|year)s?\b|\bdob\b|\bhow old\b|\b(?:their|his"
    r"|her|child's|student's) age\b"
    r"|^ages?$|\bfecha de nacimiento\b|\bque edad\b|\bcuantos anos\b|\bdriver'?s? licen[sc]e\b"
)
_LOOKS: Final = (
    r"\b(?:race|races|racial|ethnic\w{0,6}|skin|complexion|accents?|hair|tattoos?|appearance|raza|razas|etnia"
    r"|etnic[oa]s?"
    r"|acento|tatuajes?)\b|\b(?:what|how) (?:\w+ ){1,3}?(?:looks?|looked) like\b|\b(?:they|he|she|people"
    r"|persons?|agents?|men"
    r"|women|who|someone) looks? (?:like|foreign|hispanic|latin\w|asian|black|white)\b|\bdescri(?:be"
    r"|ption of)(?: \w+)? "
    r"(?:them|him|her|people|person|man|woman|men|agents?|face)\b|\b(?:their|his|her) (?:looks|face|build"
    r"|height|weight|clothing"
    r"|skin|colou?r)\b|\b(?:aspecto|apariencia|color de (?:la )?piel|color de pelo)\b|\bcomo (?:se ven"
    r"|luce[n]?|son fisicamente)\b"
    r"|\b(?:height|weight|gender|religion|estatura|religion)\b"
)
_CHILDREN: Final = (
    rf"\b{_CHILD}(?: (?:full|first|last|home|own|current|class|daily|school|legal|and|or|being|they|wanted"
    rf"|named|asked"
    rf"|about)){{0,3}} {_OF_A_CHILD}\b|\b{_OF_A_CHILD} (?:of|de|del|for|para)(?: (?:the|a|an|any|each|every|la"
    rf"|el|los|las|un"
    rf"|una|cada|which))? {_CHILD}(?!\w)"
    rf"|\b(?:which|what|who is the|whose|name (?:of )?the|name a|name any|que|cual) {_CHILD}(?!\w)"
    rf"|\bque {_CHILD} es\b"
    r"|\b(?:class|lesson|bell|bus) (?:schedule|list|roster|number|name)s?\b|\b(?:which|what) (?:class|classroom"
    r"|room|grade|teacher"
    r"|homeroom|bus)\b|\broom (?:number|no)\b|\bhome ?room\b|\b(?:home|street) address(?:es)?\b|\bque (?:clase"
    r"|aula|salon|grado)\b"
    r"|\bnumero de (?:aula|salon)\b|\b(?:lista|horario) de clases?\b"
    rf"|\b{_CHILD} (?:is|are) called\b|\bname[sd]? (?:a |the |any )?{_CHILD}(?!\w)"
)

A_CHILD_ALONE: Final = re.compile(rf"(?:(?:the|which|wanted|about the) )?{_CHILD}(?: wanted)?")
"""The whole id or label of a field that can only hold the child's identity."""

KINDS: Final = (
    PrivateKind(
        "V101",
        re.compile(_ORIGIN),
        (
            "status", "history", "background", "migra", "citizen", "paper", "papel", "document", "undoc",
            "green", "card", "work", "employ", "ead", "visa", "h-1b", "h1b", "h-2", "illegal", "legal", "lawful",
            "removable", "resid", "lpr", "natural", "alien", "foreign", "nation", "nacion", "birth", "origin", "born",
            "deport", "removal", "overstay", "daca", "dreamer", "temporary", "tps", "asyl", "refugee", "parole",
            "inspection", "situacion",
            "condicion", "anchor", "ilegal", "sem pap", "estatus", "estado", "emigra", "imigra",
            "ciudadan", "cidad", "nacimiento", "pais", "tarjeta", "permiso", "refugiad", "asilad", "asilo",
            "naci", "frontera", "border", "language", "tongue", "lengua", "idioma", "home", "where", "passport",
            "pasaporte", "emigr", "u visa", "uvisa",
        ),
    ),
    PrivateKind(
        "V102",
        re.compile(_NUMBERS),
        ("ssn", "social", "itin", "taxpayer", "a-num", "a-file", "a-no", "anumber", "numero", "alien",
        "uscis", "birth", "dob", "old", "age",
         "nacimiento", "edad", "anos", "licen"),
    ),
    PrivateKind(
        "V103",
        re.compile(_LOOKS),
        ("race", "racial", "ethnic", "skin", "complexion", "accent", "hair", "tattoo", "appear", "raza", "etni",
         "acento", "tatuaje", "look", "descri", "face", "build", "height", "weight", "cloth", "colo", "aspecto",
         "apariencia", "como", "gender", "religion", "estatura"),
    ),
    PrivateKind(
        "V104",
        re.compile(_CHILDREN),
        ("student", "child", "kid", "pupil", "minor", "boy", "girl", "son", "daughter", "sibling", "alumn", "estudiant",
         "nin", "menor", "hij", "class", "room", "address", "schedule", "roster", "grade", "teacher", "clase", "aula",
         "salon", "grado", "bus", "lesson"),
    ),
)  # fmt: skip
"""Facts that must not be asked for or stored, by the code of the finding."""

WRITING: Final = re.compile(
    r"\b(?:write|writing|record|note|enter|type|fill in|list|put down|take down|jot|log|add|ask|asks|asking"
    r"|find out|get|give"
    r"|tell me|collect|copy|confirm|check|look up|describe|state|include|what|which|who|how old|where|may i have"
    r"|escriba\w{0,3}|anote\w{0,3}|apunte\w{0,3}|pregunte\w{0,3}|pida\w{0,3}|registre\w{0,3}|averigue|copie"
    r"|describa|incluya"
    r"|digame|cual|cuales|que|quien|donde|confirme)\b"
)
"""Words that ask for a fact or write it down."""

PROHIBITION: Final = re.compile(
    r"\b(?:do not|don't|dont|never|leave out|avoid|must not|may not|no (?:immigration|citizenship|status|nationality)"
    r"|no (?:escriba|pregunte|anote|diga|mencione|ponga|apunte)\w{0,3}|nunca|evite|deje fuera|ningun[oa]?)\b"
)
"""Words that forbid. For status, only these negate: `not a citizen` and `no papers` state a status, too."""
