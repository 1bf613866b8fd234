"""Signs of hard text: long sentences, two tasks in one, Latin, form numbers, capitals."""

from __future__ import annotations

import re
from typing import Final

from kiosk.checks.wording.matching import TermFilter
from kiosk.checks.wording.sentences import sentences, words_of
from kiosk.privacy.folding import folded

MOST_WORDS: Final = 20
"""Maximum number of words in a sentence."""

MOST_SENTENCES: Final = 4
"""Maximum number of sentences in a `do`, with its slots filled."""

_LATIN: Final = re.compile(
    r"\b(?:(?:subpoena )?duces tecum|(?:subpoena )?ad testificandum|prima facie|pro se|habeas(?: corpus)?"
    r"|ex parte|in camera"
    r"|in loco parentis|sua sponte|amicus(?: curiae)?|de facto|de jure|ad litem|bona fide|certiorari|ex post facto"
    r"|inter alia|ipso facto|mens rea|actus reus|nolo contendere|per se|pro bono|pro tem|quid pro quo|res judicata"
    r"|stare decisis|nunc pro tunc|mandamus|arguendo|a priori|et seq|et al|i\.e|e\.g|viz|infra|supra|vide)\b"
)
_FILTER: Final = TermFilter(
    {
        "latin": (
            "duces", "testificandum", "prima", "pro se", "habeas", "ex parte", "in camera", "loco", "sponte", "amicus",
            "de facto", "de jure", "ad litem", "bona", "certiorari", "ex post", "inter alia", "ipso", "mens ", "actus",
            "nolo", "per se", "pro bono", "pro tem", "quid", "judicata", "stare", "nunc", "mandamus", "arguendo",
            "a priori", "et seq", "et al", "i.e", "e.g", "viz", "infra", "supra", "vide",
        ),
    }
)  # fmt: skip
_NUMBER: Final = re.compile(r"[\d§]")
_TWO_CAPITALS: Final = re.compile(r"[^\W\d_a-zß-öø-ÿ]{2}")
_FORM: Final = re.compile(
    r"\b(?:form|formulario)(?: (?:no|number|num|numero)\.?)? ?[a-z]{0,4}-?\d{2,4}[a-z]?\b|\b(?:i|n|g)-\d{2,3}[a-z]?\b"
    r"|\b(?:ao|dd|sf|ds|eoir|dhs|fd)[- ]?\d{1,4}[a-z]?\b|§|\b\d+ (?:u\.?s\.?c|c\.?f\.?r)\b"
    r"|\b(?:sections?|sec\.?|article|public act|pub\. ?l\.?|seccion|articulo) \d"
)
_CAPITALS: Final = re.compile(r"(?<![\w-])[^\W\d_a-zß-öø-ÿ]{2,}(?![\w-])(?: [^\W\d_a-zß-öø-ÿ]{2,}(?![\w-]))*")
_ACRONYMS: Final = frozenset(
    word
    for line in (
        "CBP CEO CPS DCF DHS DMV DOJ ERO FBI FERPA FOIA HIPAA HSI ICE ID IDS IEP INS IT NASA PDF PIN PTA QR SRO SSN",
        "SWAT TODO TV US USA USCIS USMS CIA ATF DEA IRS UPS USPS EMT ER AM PM OK",
    )
    for word in line.split()
)
_SHOUTED: Final = frozenset({"NOT", "NOW", "ALL", "ANY"})
"""Short words that nobody writes in capitals by accident."""

_VERBS: Final = frozenset(
    word
    for line in (
        "answer ask begin bring call check choose close copy count e-mail fax fill find follow get give go hand hang",
        "help hold keep leave let listen log look make move note offer open pass pick point press print put read",
        "record save say see send show sign sit stand start stay step stop take talk tell thank tick turn use wait",
        "walk watch write",
        # Spanish, as they are said to an adult.
        "abra anote avise busque cierre compruebe conteste copie cuelgue deje diga elija entregue envie escriba espere",
        "firme guarde haga imprima lea llame marque mire muestre ofrezca pase pida ponga pregunte pulse quedese siga",
        "tome traiga vaya",
    )
    for word in line.split()
)
_LEADS: Final = frozenset(
    {"please", "now", "then", "first", "also", "next", "por", "favor", "ahora", "luego", "primero"}
)
_JOINED: Final = re.compile(r"(?:,| and| then| y| e| luego)(?: (?:and|then|also|please|y|luego|ahora))* ([\w-]+)")


def long_sentence(words: str) -> int:
    """Return the number of words in the longest sentence if that is too many; else 0."""
    longest = max((len(words_of(sentence)) for sentence in sentences(words)), default=0)
    return longest if longest > MOST_WORDS else 0


def two_actions(words: str) -> tuple[str, str] | None:
    """Return the first two tasks in one sentence, as verbs; None if each sentence has at most one.

    Only a sentence that begins with a verb of the list above is checked: `do not sign or take` forbids, as one task.
    """
    for sentence in sentences(words):
        plain = folded(sentence)
        first = next((word for word in plain.split() if word.strip(",") not in _LEADS), "")
        if first in _VERBS:
            second = next((m[1] for m in _JOINED.finditer(plain) if m[1] in _VERBS), None)
            if second:
                return first, second
    return None


def latin(words: str) -> str:
    """Return the first legal Latin words; empty if there are none."""
    found = _LATIN.search(folded(words)) if _FILTER.possible(words) else None
    return found[0] if found else ""


def form_number(words: str) -> str:
    """Return the first number of a form or law in a sentence; empty if there is none."""
    if not _NUMBER.search(words):
        return ""
    first = next(iter(sentences(words)), "")
    found = _FORM.search(folded(first))
    return found[0] if found else ""


def capitals(words: str) -> str:
    """Return the first words in capitals that are not an acronym; empty if there are none."""
    if words.lower() == words or not _TWO_CAPITALS.search(words):
        return ""
    for found in _CAPITALS.finditer(words):
        shouted = [word for word in found[0].split() if word not in _ACRONYMS]
        if len(shouted) > 1 or (shouted and (len(shouted[0]) > 3 or shouted[0] in _SHOUTED)):
            return found[0]
    return ""
