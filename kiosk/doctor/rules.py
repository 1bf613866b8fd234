"""Checks that the privacy guard and the wording rules give the known answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kiosk.checks.privacy import private_in_words
from kiosk.checks.wording.claims import claims
from kiosk.checks.wording.sentences import sentences
from kiosk.doctor.check import Check, State, Subject
from kiosk.doctor.known_answers import ALLOWED, ASKED, KEPT, REFUSED, SPLITS, STOPPED
from kiosk.privacy.guard import Concern, judge
from kiosk.privacy.meanings import Doubt

Answer = tuple[str, bool]
"""A fixed sentence, and whether its result is right."""

_REPAIR = "Do not use this kiosk for a real visit. Ask IT to install it again, with a newer Python."


def check_rules() -> Iterator[Check]:
    """Check the guard and the wording rules with all fixed sentences."""
    yield _result(Subject.GUARD, _guard())
    yield _result(Subject.WORDING, _wording())


def _guard() -> Iterator[Answer]:
    yield from ((words, isinstance(judge(words), Concern)) for words in STOPPED)
    yield from ((words, isinstance(judge(words), Doubt)) for words in ASKED)
    yield from ((words, judge(words) is None) for words in KEPT)


def _wording() -> Iterator[Answer]:
    yield from ((words, sentences(words) == parts) for words, parts in SPLITS)
    yield from ((words, found_in(words) == {code}) for code, words in REFUSED)
    yield from ((words, not found_in(words)) for words in ALLOWED)


def found_in(words: str) -> set[str]:
    """Return the codes of findings in a protocol's text."""
    return {code for code, _ in claims(words)} | {found.code for found in private_in_words(words)}


def _result(name: Subject, answers: Iterable[Answer]) -> Check:
    given = tuple(answers)
    wrong = [words for words, right in given if not right]
    if wrong:
        words = f"{len(wrong)} of {len(given)} fixed sentences got a wrong result. The first: “{wrong[0]}”"
        return Check(name, State.RED, words, _REPAIR)
    return Check(name, State.GREEN, f"All {len(given)} fixed sentences got the right result.")
