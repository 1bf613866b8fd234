"""Correction of misspelt key words, so that a check finds a word although a letter is wrong, missing, extra or swapped.

A word is corrected when it differs in that way from exactly one key word with the same first letter, and is no ordinary
word itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_SHORTEST: Final = 6
"""Characters; shorter words have too many neighbors that mean something else."""

_KEYS: Final = frozenset(  # one text: a list would be a word a line
    """
    agents alien aliens arrest asylum border brazilian citizen citizens citizenship ciudadana ciudadania
    ciudadano ciudadanos colombian customs deportable deportacion deportada deportado deportados deportaron
    deportation deported deporting detained detainer detention documented documentos documents dominican ecuador
    ecuadorian enforcement estatus extranjera extranjero families family father foreign foreigner frontera
    guatemala guatemalan guatemalteca guatemalteco haitian honduran honduras hondurena hondureno ilegal ilegales
    ilegalmente illegal illegally illegals immigrant immigrants immigrated immigration indocumentada
    indocumentadas indocumentado indocumentados inmigracion inmigrante inmigrantes jamaican legally mexican
    mexicana mexicano mexico migrant migrants migratoria migratorio mother nacionalidad nationality naturalized
    nicaragua officer overstayed papeles papers parents parole pasaporte passport permanent refugee refugees
    refugiada refugiado removal residencia residency resident residente salvador salvadoran status student
    students undocumented venezuela venezuelan warrant
    """.split()  # noqa: SIM905
)
"""Words of the patterns in this folder."""

_ORDINARY: Final = frozenset(  # one text: a list would be a word a line
    """
    agenda agent agente agentes aligns alines armrest arresta arrested arresto arrestos arrests asylums bathers
    boarder bolder bonder bordar bordear borden bordered borders bother brazilians citizen's citizenships
    colombia colombiana colombiano colombians colombina custom customer customers departed departing deportando
    deportations deporte deportes deportista deportivo detailed detain detainee detainees detainers detection
    detencion detentions document documenta documentada documentado documental documenten documento dominica
    dominical dominicana dominicano dominicans echador ecuadorians emigracion emigrant emigrante emigrantes
    emigrants emigration estates estatua estatuas extranjeras extranjeria extranjeros familias family's farther
    fathered fathers fathers' fatter feather foreigners fronteras further gather guatemalans guatemaltecas
    guatemaltecos haitiana haitiano haitians hondurenas hondurenos illegible immigrate immigrates indocumentada
    indocumentado inmigrar jamaica jamaicana jamaicano jamaicans legality legalize mather medica medicas medico
    medicos mejicana mejicano mejico mexicana mexicano mexicans migrana migrate migrates migration migratorias
    migratorios mothers mothers' nationally naturalize naturalizes nicaraguan office officers offices overstated
    pacers pagers pampers papel papelea papeleo papelera papeles paper's papera papered paperless papero papery
    parent parola paroled parolee paroles pasaportes passport's passports patents paupers pavers payers
    permanente permanently permanents pipers presidente refuge refuges refugiadas refugiados refugio removable
    removals remove renoval residencial residencias residente's residentes residential residents resides
    retained saltador salvado salvadorans salvadorian salvados states states' statue statues stature status'
    status's statute statutes student's venezuelans warrants warranty
    """.split()  # noqa: SIM905
)
"""Words one slip away from a key word that mean something else, in English and Spanish."""


def _shortened(word: str) -> Iterator[str]:
    """Yield the word, and the word without each of its letters."""
    yield word
    yield from (word[:n] + word[n + 1 :] for n in range(len(word)))


def _near() -> dict[str, tuple[str, ...]]:
    near: dict[str, tuple[str, ...]] = {}
    for key in sorted(_KEYS):
        for part in set(_shortened(key)):
            near[part] = (*near.get(part, ()), key)
    return near


_NEAR: Final = _near()
_LONG_WORD: Final = re.compile(rf"[a-z]{{{_SHORTEST},20}}")


_NOT: Final = re.compile(r"\b(is|are|was|were|do|does|did|has|have|had|could|would|should)(?:nt|n;t|n t|nt'|'nt)\b")
_SLIPS: Final = {
    "dosnt": "doesn't", "dosen't": "doesn't", "dosent": "doesn't", "doesen't": "doesn't", "doent": "doesn't",
    "dosn't": "doesn't", "dnt": "don't", "dont't": "don't", "havnt": "haven't", "havent": "haven't",
    "havn't": "haven't", "hav": "have", "haz": "has", "hasn": "hasn't", "isn": "isn't", "arent": "aren't",
    "famly": "family", "famliy": "family", "frm": "from", "wthout": "without", "witout": "without",
    "iligal": "illegal", "ilegals": "illegals", "vissa": "visa", "gren": "green", "tien": "tiene", "tinen": "tienen",
    "tyenen": "tienen", "pappers": "papers", "paperz": "papers", "papels": "papeles", "asilum": "asylum",
    "assylum": "asylum", "azilo": "asilo", "nacyo": "nacio", "illegaly": "illegally",
    "ilegally": "illegally", "ilegaly": "illegally",
    "thru": "through", "tepese": "tps", "tepeese": "tps", "teps": "tps",
    "ukranian": "ukrainian", "ukrainean": "ukrainian", "ukranians": "ukrainians", "guatamalan": "guatemalan",
    "hondurian": "honduran",
    "columbian": "colombian", "cosular": "consular", "overstaid": "overstayed", "overstay'd": "overstayed",
    "visas'": "visas", "bc": "because", "pasport": "passport", "passpport": "passport",
}  # fmt: skip
"""Words too short for a rule, and what they mean."""

_SHORT_SLIP: Final = re.compile(rf"\b(?:{'|'.join(map(re.escape, _SLIPS))})(?![\w'])")
_SPACED: Final = re.compile(r"(?<![\w'])[a-z](?:[ .*_-][a-z]){3,}(?![\w'])")
"""A word typed letter by letter."""

_BETWEEN: Final = re.compile(r"[ .*_-]")
_SHORT: Final = re.compile(r"(?<!\w)(?:immigr?\b\.?|imm\b\.?(?= (?:hearing|court|judge)))")
_AINT: Final = re.compile(r"\bain'?t( got)?\b")
_IS: Final = re.compile(r"\b(?:(he|she)(s)|(they)(re))\b")


_HURRIED: Final = (
    (re.compile(r"(?<!\w)w/o(?:ut)? ?"), "without "),
    (re.compile(r"(?<!\w)(?:w/ ?|w (?=[a-zA-Z]))"), "with "),
    (re.compile(r"\bd (?=(?:las?|los|el|su|mi|un|una)\b)"), "de "),
    (re.compile(r"(?<!\d )\bx (?=(?:las?|los|el|su|sus|un|una|[A-Z]\w+)\b)"), "por "),
    (re.compile(r"\bq(?= [a-z])"), "que"),
    (re.compile(r"\bpa'? (?=(?:las?|los|el|su|que|[a-z]+[aei]r(?:se|l[oa]s?)?)\b)"), "para "),
    (re.compile(r"\b(?:there|thier|ther|theyre) (?=(?:papers|status|visas?|documents|kids?)\b)"), "their "),
    (re.compile(r"\b([Uu]n|[Ii]n)[ .-]{0,2}docu[ .-]{0,2}ment(?=ed|ad)"), r"\1document"),
)
"""Letters that stand for words, words written as they sound, and words in pieces."""


def written_out(words: str) -> str:
    """Return text without accents, in any case, with whole words for those that a hurried person shortens."""
    for hurried, whole in _HURRIED:
        words = hurried.sub(whole, words)
    return words


def corrected(plain: str) -> str:
    """Return folded text with misspelt key words corrected, and with the letters that people leave out."""
    plain = _SPACED.sub(lambda found: _BETWEEN.sub("", found[0]), plain)
    plain = _SHORT_SLIP.sub(lambda found: _SLIPS[found[0]], plain)
    if "imm" in plain:
        plain = _SHORT.sub("immigration", plain)
    if "ain" in plain:
        plain = _AINT.sub(_isnt, plain)
    whole = _IS.sub(r"\1\3'\2\4", _NOT.sub(r"\1n't", plain))
    return _LONG_WORD.sub(_correction, whole)


def _isnt(match: re.Match[str]) -> str:
    return "hasn't got" if match[1] else "isn't"


def _correction(match: re.Match[str]) -> str:
    word = match[0]
    if word in _KEYS or word in _ORDINARY:
        return word
    found = {key for part in _shortened(word) for key in _NEAR.get(part, ()) if key[0] == word[0]}
    close = {key for key in found if _one_slip(word, key)}
    return close.pop() if len(close) == 1 else word


def _one_slip(word: str, key: str) -> bool:
    """Check that one letter is wrong, missing or extra, or that two neighbors are swapped."""
    at = next((n for n, (a, b) in enumerate(zip(word, key, strict=False)) if a != b), min(len(word), len(key)))
    rest, wanted = word[at:], key[at:]
    swapped = rest[1:2] + rest[:1] + rest[2:]
    return wanted in {rest[1:], swapped} or wanted[1:] in {rest, rest[1:]}
