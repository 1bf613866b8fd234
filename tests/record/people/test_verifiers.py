"""Verifiers of passphrases."""

from __future__ import annotations

import unicodedata

import pytest

from kiosk.errors import UsageError
from kiosk.record.people.verifiers import LONGEST, fits, hash_of, new_verifier
from tests.record.people.staff import cheap_passphrases

WORDS = "cuatro palabras sin relación"


def test_a_verifier_has_the_low_memory_parameters_of_rfc_9106() -> None:
    """Argon2id, 64 MiB, three passes, four lanes; the only test with the real ones."""
    verifier = new_verifier(WORDS)
    assert verifier.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert fits(WORDS, verifier)


class TestCheap:
    """With parameters that cost nothing."""

    @pytest.fixture(autouse=True)
    def _cheap(self, monkeypatch: pytest.MonkeyPatch) -> None:
        cheap_passphrases(monkeypatch)

    def test_only_the_passphrase_fits(self) -> None:
        """Not another one, not a part of it, not another case."""
        verifier = new_verifier(WORDS)
        assert fits(WORDS, verifier)
        assert not any(fits(other, verifier) for other in ("", WORDS[:-1], WORDS.upper(), f" {WORDS}"))

    def test_letters_with_marks_fit_however_the_keyboard_gives_them(self) -> None:
        """One character or two; a wide space is a plain one, as in a box on the screen."""
        verifier = new_verifier(WORDS)
        assert fits(unicodedata.normalize("NFD", WORDS), verifier)
        assert fits(WORDS.replace(" ", "\u00a0"), verifier)

    def test_the_same_passphrase_has_other_verifiers(self) -> None:
        """Each has a salt of its own, so their hashes tell nothing either."""
        assert len({hash_of(new_verifier(WORDS)) for _ in range(3)}) == 3

    @pytest.mark.parametrize("words", ["", "x" * 14, "x" * (LONGEST + 1)])
    def test_a_passphrase_that_is_too_short_or_long_is_refused(self, words: str) -> None:
        """Fifteen characters are enough."""
        with pytest.raises(UsageError):
            new_verifier(words)
        assert new_verifier("x" * 15)

    @pytest.mark.parametrize("verifier", ["", "$argon2id$v=19$m=65536,t=3,p=4$", "plain words", "\x00"])
    def test_nothing_fits_what_is_no_verifier(self, verifier: str) -> None:
        """A damaged one is no error."""
        assert not fits(WORDS, verifier)

    def test_characters_that_are_no_text_are_only_wrong(self) -> None:
        """A terminal may send half a character."""
        assert not fits("\udc80 some other words", new_verifier(WORDS))
