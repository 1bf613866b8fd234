"""Numbers that are dialled or copied are said digit by digit, in the words of the language; other numbers are left."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.voice.pronouncing import pronounced

PHONE_EN = "eight six zero, five five five, zero one four two"
PHONE_ES = "ocho seis cero, cinco cinco cinco, cero uno cuatro dos"


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        # telephone numbers, however they are written
        ("en", "Please call 860-555-0142.", f"Please call {PHONE_EN}."),
        ("en", "Call (860) 555-0142 now", f"Call {PHONE_EN} now"),
        ("en", "860.555.0142", PHONE_EN),
        ("en", "860 555 0142", PHONE_EN),
        ("en", "8605550142", PHONE_EN),
        ("en", "860‑555‑0142", PHONE_EN),
        ("en", "1-860-555-0142", f"one, {PHONE_EN}"),
        ("en", "+1 860-555-0142", f"plus one, {PHONE_EN}"),
        ("en", "+52 55 5550 0142", "plus five two, five five, five five five zero, zero one four two"),
        ("en", "555-0142", "five five five, zero one four two"),
        ("es", "Llame al 860-555-0142.", f"Llame al {PHONE_ES}."),
        ("es", "+1 860-555-0142", f"más uno, {PHONE_ES}"),
        # extensions, as contacts fill them in, and as people write them
        ("en", "at 860-555-0142, extension 214.", f"at {PHONE_EN}, extension two one four."),
        ("en", "860-555-0142  ext 214", f"{PHONE_EN}, extension two one four"),
        ("en", "860-555-0142 ext. 214", f"{PHONE_EN}, extension two one four"),
        ("en", "860-555-0142 x214", f"{PHONE_EN}, extension two one four"),
        ("es", "al 860-555-0142, extensión 214.", f"al {PHONE_ES}, extensión dos uno cuatro."),
        ("es", "860-555-0142  ext. 214", f"{PHONE_ES}, extensión dos uno cuatro"),
        # short numbers that everybody knows
        ("en", "Call 911. Or 988, or 211.", "Call nine one one. Or nine eight eight, or two one one."),
        ("es", "Llame al 911 ahora.", "Llame al nueve uno uno ahora."),
        # numbers of records, and whatever is as long or begins with a nought
        ("en", "The record is 2026-0042.", "The record is two zero two six, zero zero four two."),
        ("en", "P-2026-0042", "P, two zero two six, zero zero four two"),
        ("es", "El registro 2026-0042", "El registro dos cero dos seis, cero cero cuatro dos"),
        ("en", "ZIP 06103", "ZIP zero six one, zero three"),
        ("en", "form 1234567", "form one two three, four five six seven"),
        # a language without words here: the digits apart, for its own voice to name
        ("pt", "Ligue 860-555-0142", "Ligue 8 6 0, 5 5 5, 0 1 4 2"),
        ("es-419", "911", "nueve uno uno"),
        # left as they are
        ("en", "Wait 5 minutes in room 12.", "Wait 5 minutes in room 12."),
        ("en", "Open 8:00 to 16:30.", "Open 8:00 to 16:30."),
        ("en", "Since 2026, on 2026-08-01 or 8/1/2026.", "Since 2026, on 2026-08-01 or 8/1/2026."),
        ("en", "It is $1,250.00 or 1,000,000.", "It is $1,250.00 or 1,000,000."),
        ("en", "About 300 pages, 25 percent.", "About 300 pages, 25 percent."),
        ("en", "Public Act 25-1", "Public Act 25-1"),
        ("en", "grades 9-12", "grades 9-12"),
        ("en", "I am calling the person who can help you.", "I am calling the person who can help you."),
        ("en", "", ""),
    ],
)
def test_numbers_are_said_as_they_are_dialled(language: str, text: str, said: str) -> None:
    """The written text, and the text for the voice."""
    assert pronounced(text, language) == said


@given(st.text(), st.sampled_from(["en", "es", "pt", ""]))
def test_words_without_digits_are_never_touched(text: str, language: str) -> None:
    """Only numbers change, and no text breaks it."""
    plain = "".join(c for c in text if not c.isdigit())
    assert pronounced(plain, language) == plain
    pronounced(text, language)


@given(st.text(string.digits + " -().+x", max_size=40))
def test_no_digit_of_a_number_is_lost(text: str) -> None:
    """Whatever is said digit by digit has as many words as there were digits."""
    names = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    heard = pronounced(text, "en").replace(",", " ").replace("-", " ")
    for n, name in enumerate(names):
        heard = heard.replace(name, str(n))
    assert [c for c in heard if c.isdigit()] == [c for c in text if c.isdigit()]
