"""The rules themselves: whether the privacy guard and the wording rules give the answers that are known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kiosk.checks.privacy import private_in_words
from kiosk.checks.wording.claims import claims
from kiosk.checks.wording.sentences import sentences
from kiosk.doctor.check import Check, State, Subject
from kiosk.doctor.known_answers import ALLOWED, KEPT, REFUSED, SPLITS, STOPPED
from kiosk.privacy.guard import concern

Answer = tuple[str, bool]
"""A fixed sentence, and whether the answer to it is right."""

_REPAIR = "Do not use this kiosk for a real visit. Ask IT to install it again, with a newer Python."


def look_at_rules() -> Iterator[Check]:
    """Whether the guard and the wording rules answer rightly to every sentence whose answer is known."""
    yield _proved(Subject.GUARD, _guard())
    yield _proved(Subject.WORDING, _wording())


def _guard() -> Iterator[Answer]:
    yield from ((words, concern(words) is not None) for words in STOPPED)
    yield from ((words, concern(words) is None) for words in KEPT)


def _wording() -> Iterator[Answer]:
    yield from ((words, sentences(words) == parts) for words, parts in SPLITS)
    yield from ((words, found_in(words) == {code}) for code, words in REFUSED)
    yield from ((words, not found_in(words)) for words in ALLOWED)


def found_in(words: str) -> set[str]:
    """The codes of what a protocol's words say and may not."""
    return {code for code, _ in claims(words)} | {found.code for found in private_in_words(words)}


def _proved(name: Subject, answers: Iterable[Answer]) -> Check:
    given = tuple(answers)
    wrong = [words for words, right in given if not right]
    if wrong:
        words = f"{len(wrong)} of {len(given)} fixed sentences got a wrong answer, the first: “{wrong[0]}”"
        return Check(name, State.RED, words, _REPAIR)
    return Check(name, State.GREEN, f"The answer to each of {len(given)} fixed sentences is right.")
