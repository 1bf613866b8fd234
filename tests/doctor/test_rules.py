"""The daily check proves the guard and the wording rules with sentences whose answer is known."""

from __future__ import annotations

import pytest

from kiosk.checks.privacy import STATUS_SAID, TOLD_TO_WRITE
from kiosk.checks.wording.claims import CLAIMS
from kiosk.doctor import rules
from kiosk.doctor.check import Check
from kiosk.doctor.known_answers import ALLOWED, ASKED, KEPT, REFUSED, STOPPED
from kiosk.privacy.guard import Concern, judge
from kiosk.privacy.meanings import Doubt

PRIVATE = {STATUS_SAID, TOLD_TO_WRITE}


def look() -> dict[str, Check]:
    """Both checks by their names."""
    return {check.name: check for check in rules.check_rules()}


def test_the_rules_answer_rightly_here() -> None:
    """On this Python."""
    assert {name: check.state for name, check in look().items()} == {"guard": "green", "wording": "green"}


@pytest.mark.parametrize("words", STOPPED)
def test_the_guard_stops(words: str) -> None:
    """Status and numbers, in English and Spanish."""
    assert isinstance(judge(words), Concern)


@pytest.mark.parametrize("words", ASKED)
def test_the_guard_asks(words: str) -> None:
    """Two meanings are no answer."""
    assert isinstance(judge(words), Doubt)


@pytest.mark.parametrize("words", KEPT)
def test_the_guard_lets_pass(words: str) -> None:
    """Agencies, titles, papers, telephone and badge numbers."""
    assert judge(words) is None


@pytest.mark.parametrize(("code", "words"), REFUSED)
def test_a_protocol_may_not_say(code: str, words: str) -> None:
    """A harmless sentence before it hides nothing."""
    assert rules.found_in(words) == {code}


@pytest.mark.parametrize("words", ALLOWED)
def test_a_protocol_may_say(words: str) -> None:
    """What forbids the same."""
    assert rules.found_in(words) == set()


def test_every_kind_of_words_is_proved_in_both_languages() -> None:
    """Twice each: once in English, once in Spanish."""
    codes = [code for code, _ in REFUSED]
    assert set(codes) == {claim.code for claim in CLAIMS} | PRIVATE
    assert [code for code in set(codes) if codes.count(code) < 2] == []


@pytest.mark.parametrize(
    ("name", "function", "answer", "wrong"),
    [
        ("guard", "judge", None, len(STOPPED) + len(ASKED)),
        ("guard", "judge", Concern.STATUS, len(ASKED) + len(KEPT)),
        ("wording", "claims", (), sum(code not in PRIVATE for code, _ in REFUSED)),
        ("wording", "private_in_words", (), sum(code in PRIVATE for code, _ in REFUSED)),
    ],
)
def test_a_rule_that_says_nothing_or_too_much_is_red(
    monkeypatch: pytest.MonkeyPatch, name: str, function: str, answer: object, wrong: int
) -> None:
    """As on a Python that matches a pattern wrongly."""
    monkeypatch.setattr(rules, function, lambda _: answer)
    check = look()[name]
    assert (check.state, check.words.startswith(f"{wrong} of ")) == ("red", True)
    assert check.repair


def test_sentences_that_never_split_are_red(monkeypatch: pytest.MonkeyPatch) -> None:
    """As with a possessive group on CPython before 3.11.5."""
    monkeypatch.setattr("kiosk.checks.wording.claims.sentences", lambda words: (words,))
    check = look()["wording"]
    assert (check.state, "Hide the student" in check.words) == ("red", True)
