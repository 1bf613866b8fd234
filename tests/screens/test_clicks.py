"""Everything that is shown as a key can be clicked."""

from __future__ import annotations

import re
from typing import Final

import pytest

from kiosk.i18n.english import ENGLISH
from kiosk.i18n.strings import text
from kiosk.record.entry_kinds import EntryKind
from tests.fakes import MemoryLog
from tests.screens.acting import TO_RECORD, acting
from tests.screens.pages.test_error import FULL, ended, interrupted
from tests.screens.test_lists import many

CLICKS: Final = {
    "home.go": ((), "Press  Enter", "Is anyone in danger"),
    "step.done": (("enter", "1"), text("step.done"), "Emergency"),
    "step.all": ((*TO_RECORD, "enter", "enter", "enter", "1"), text("step.all"), "Will they wait?"),
    "step.tick.here": ((*TO_RECORD, "enter", "enter", "enter", "down"), text("step.tick.here"), "[x]"),
    "step.back.how": (("enter", "2", "backspace"), "Right arrow", "Who do they say"),
    "call.no-answer": (("enter",), "No answer? Press F5", text("calls.pick")),
    "review.to-call": (("enter", "f9"), "called, press F5", text("calls.pick")),
    "review.jump": ((*TO_RECORD, "enter", "enter", "enter", "1", "enter", "1"), "How many", "LOOKING BACK"),
    "review.change": (("enter", "f9", "2"), text("review.change").partition(".")[0], "LOOKING BACK"),
    "help.any": (("enter", "f1"), "Press any key", "Is anyone in danger"),
    "help.note": (("enter", "f1"), "Write a note", "Is anyone in danger"),
    "help.hide": (("enter", "f1"), "Hide everything", "Please wait."),
    "help.page": (("enter", "f1"), "One step at a time", "Is anyone in danger"),
    "help.interrupt": (("enter", "f1"), "F7", "Stay calm"),
    "admin.type": (("f10",), "type the word close", text("home.ask")),
    "step.fields": (TO_RECORD, "Enter: next", "How many >"),
}
"""Id of words, or a name → the keys that lead to them, where to click, and what is then on the screen."""


@pytest.mark.parametrize("words", CLICKS)
async def test_words_that_name_a_key_are_that_key(words: str) -> None:
    """One click is one press."""
    keys, where, then = CLICKS[words]
    async with acting() as actor:
        await actor.press(*keys)
        await actor.click(where)
        assert then in actor.text or then in actor.step


async def test_the_words_about_an_arrow_are_that_arrow() -> None:
    """The reasons of the box that listens are next."""
    async with acting() as actor:
        await actor.press(*TO_RECORD)
        await actor.click("say why")
        assert ">1" in actor.step


async def test_the_line_that_tells_of_more_scrolls() -> None:
    """On a step and on the calls."""
    async with acting(many(9)) as actor:
        await actor.press("enter", "f6")
        assert text("step.all") not in actor.text
        await actor.click("more: PgDn")
        await actor.settle()
        await actor.click("more: PgDn") if "more: PgDn" in actor.text else None
        assert text("step.tick") in actor.text


async def test_what_was_typed_and_not_kept_becomes_a_note() -> None:
    """By a click on the words that name F4."""
    async with acting() as actor:
        await actor.press(*TO_RECORD)
        await actor.type("A123456789")
        await actor.press("f9")
        await actor.click("F4: change")
        assert actor.box.value == "Agency, as they say it: A123456789"


async def test_the_page_of_trouble_tries_again() -> None:
    """By a click on what to press."""
    async with acting() as actor:
        await actor.press("enter")
        actor.stand.log.failing = FULL
        await actor.press("2")
        await actor.click("to try again")
        assert actor.at == "who"


async def test_the_page_of_trouble_begins_a_new_log() -> None:
    """Likewise."""
    stand, begun = ended()
    async with acting(stand) as actor:
        await actor.click("to start a new log")
        assert begun == ["key-lost"]


async def test_an_unfinished_record_is_continued() -> None:
    """By a click on its line, and one on what to do with it."""
    log = MemoryLog()
    async with acting(interrupted(log)) as actor:
        await actor.click("2026-0001")
        await actor.click("Continue")
        assert log.kinds()[-1] == EntryKind.ENCOUNTER_RESUMED


async def test_what_is_still_to_do_is_opened() -> None:
    """By a click on the line that says so."""
    async with acting() as actor:
        await actor.press("enter", "f10", "5", "1")
        await actor.click("still to make")
        assert "Superintendent's Office" in actor.text


NAMED: Final = re.compile(r"\bEnter\b|\bBackspace\b|\bPgDn\b|\bF\d+\b|\{down\}|Right arrow|any key|the letter")
SAID_ELSEWHERE: Final = {
    "step.tick": "nothing is ticked yet: Enter does nothing",
    "review.draft": "clicked above",
    "step.more": "clicked above",
    "home.go.new": "the same line as home.go",
    "home.go.record": "clicked in test_records",
    "to-do.press": "clicked above",
    "note.discard": "the footer has both keys",
    "trouble.retry": "clicked above",
    "trouble.go-on": "the same line as trouble.retry",
    "trouble.new-log.go": "clicked above",
    "help.choose": "a sentence about lists",
    "help.box-back": "a sentence about boxes",
    "help.box-back.optional": "a sentence about boxes",
    "admin.review": "clicked in review/test_review",
    "save.letter": "a letter on paper, no key",
    "guide.backspace": "on paper, in the front desk's guide",
}
"""Ids of words that name a key and are not in the table, with the reason."""


def test_no_words_that_name_a_key_are_left_out() -> None:
    """A new sentence about a key must say here where it is clicked."""
    named = {text_id for text_id, words in ENGLISH.items() if NAMED.search(str(words))}
    assert {"home.go", "help.any"} <= named
    assert named - set(CLICKS) - set(SAID_ELSEWHERE) == set()
    assert set(SAID_ELSEWHERE) <= named
