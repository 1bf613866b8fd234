"""A country is one word for the patterns, whatever it is called."""

from __future__ import annotations

import re

import pytest

from kiosk.privacy.place_words import COUNTRY, countries_replaced


@pytest.mark.parametrize("plain", ["from guatemala", "from the dominican republic", "from el salvador", "from china"])
def test_a_country_is_one_word(plain: str) -> None:
    """With its article."""
    assert re.fullmatch(f"from {COUNTRY}", countries_replaced(plain))


@pytest.mark.parametrize("plain", ["a mexican family", "officer panamanski", "perusal", "cubano"])
def test_other_words_stay(plain: str) -> None:
    """Also those that begin with the name of a country."""
    assert countries_replaced(plain) == plain
