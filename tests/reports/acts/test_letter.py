"""The letter: everything typed comes out as words, and only as words, in text and on the page."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape
from typing import Final

import pytest

from kiosk.errors import Refused
from kiosk.record.amendments import Ref
from kiosk.record.disclosure.levels import Level
from kiosk.record.printable import printable
from kiosk.record.requests.records_request import (
    Answer,
    Channel,
    Closed,
    Extension,
    Given,
    RecordsRequest,
    Scope,
)
from kiosk.reports.acts.copies import Copy, WithheldValue
from kiosk.reports.acts.letter import letter_of
from kiosk.reports.document.page import as_html
from kiosk.reports.document.text import as_text
from kiosk.system.clock import FixedClock

AT: Final = FixedClock().now()
GIVEN: Final = Given(AT, Ref(7, "export"), "Dana Ruiz")
HOSTILE: Final = (
    "<script>alert(1)</script>",
    "</td></table><img src=x onerror=alert(1)>",
    "{{ 7*7 }} {% include 'x' %} ${7*7} #{7*7}",
    "=1+1",
    "\u202egnp.exe",
    "\x1b[2J\x07",
    "a\nDate: 2020-01-01\nSignature: forged",
    "😀 Nguyễn 陈 محمد",
    "x" * 10_000,
    "\ud800",
)


def a_request(words: str = "All of March", **other: object) -> RecordsRequest:
    """A request with these words wherever somebody types."""
    days = (date(2026, 11, 23), date(2026, 12, 1))
    extended = Extension(AT, date(2026, 12, 9), words, words)
    request = RecordsRequest(
        "id", "R-2026-0001", AT, words, Channel.LETTER, *days, 4, Scope(words), words, extensions=(extended,)
    )
    return replace(request, **other)  # type: ignore[arg-type]  # the fields that a test names


def a_copy(words: str = "badge") -> Copy:
    """A copy with a withheld value of that name."""
    row = WithheldValue("badge", words, (words, "2026-0002"), "part", words)
    return Copy(GIVEN, AT, "csv", Level.PUBLIC, 2, f"records {words}", (row,))


def both(request: RecordsRequest, copies: list[Copy]) -> tuple[str, str]:
    """The letter as text, and as a page."""
    made = letter_of(request, copies, school="Lincoln", mode="live", today=date(2026, 11, 30))
    return as_text(made), as_html(made)


def words_of(html: str) -> str:
    """What a browser shows of a page."""
    body = html.partition("<body>")[2]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


@pytest.mark.parametrize("words", HOSTILE, ids=lambda words: ascii(words)[:20])
def test_hostile_words_stay_words(words: str) -> None:
    """No tag, no line, no blank of the letter comes from them; none of them is lost."""
    plain, html = both(a_request(words), [a_copy(words)])
    harmless, harmless_html = both(a_request("harmless"), [a_copy("harmless")])
    assert all(line.isprintable() for line in plain.splitlines())
    assert re.findall(r"<[a-z/][^>]*>", html) == re.findall(r"<[a-z/][^>]*>", harmless_html)
    assert "".join(printable(words).split()) in "".join(plain.split())
    assert "".join(printable(words).split()) in "".join(words_of(html).split())
    starts = re.compile(r"^(Signature|Date|From|How to appeal)", re.MULTILINE)
    assert starts.findall(plain) == starts.findall(harmless)


def test_text_and_page_say_the_same() -> None:
    """Each value with its ground, and the blanks for what only the district can say."""
    plain, html = both(a_request(), [a_copy(), replace(a_copy("agency"), level=Level.COUNSEL)])
    for words in ("R-2026-0001", "All of March", "badge", "agency", "How to appeal", "Signature", "level counsel"):
        assert words in plain
        assert words in words_of(html)


def test_the_page_is_of_practice_when_the_request_is() -> None:
    """Nobody takes it for a real answer."""
    made = letter_of(a_request(), [a_copy()], school="", mode="practice", today=date(2026, 11, 30))
    assert "PRACTICE" in as_text(made)
    assert "PRACTICE" in words_of(as_html(made))


@pytest.mark.parametrize("closed", [None, Closed(AT, Answer.WITHDRAWN, "", "Dana Ruiz")])
def test_there_is_no_letter_without_an_answer(closed: Closed | None) -> None:
    """While nothing was given, and when the requester wants nothing any more."""
    with pytest.raises(Refused):
        both(a_request(closed=closed), [])


def test_a_copy_that_can_not_be_found_is_named_as_such() -> None:
    """Its log can't be read; the letter does not say that nothing was withheld of it."""
    plain, _ = both(a_request(), [Copy(GIVEN)])
    assert "Entry 7" in plain
    assert "No value is withheld" not in plain
