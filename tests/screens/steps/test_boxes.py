"""Boxes: what they take, what they never pass on, and why one may stay empty."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from kiosk.i18n.strings import text
from kiosk.protocol.replies import Missing, Recorded
from kiosk.screens.widgets.box import folds
from tests.builders import a_station
from tests.screens.acting import TO_RECORD, Actor, a_stand, acting

SEQUENCE = "\x1b]52;c;aGVsbG8=\x07"
"""What would write a terminal's clipboard."""


async def save(actor: Actor) -> Recorded:
    """Enter through the boxes that are left; the reply that is then kept."""
    for _ in range(3):
        if actor.at == "identify":
            await actor.press("enter")
    assert isinstance(actor.reply, Recorded), f"nothing was recorded at {actor.at}"
    return actor.reply


async def test_an_empty_box_is_for_later() -> None:
    """Enter through empty boxes keeps each fact as deferred."""
    async with acting() as actor:
        await actor.press(*TO_RECORD)
        reply = await save(actor)
        assert {value for _, value in reply.values} == {Missing("deferred")}


async def test_a_reason_is_two_keys_away() -> None:
    """Down, then its digit: the box says the reason and the next one listens; typing takes it back."""
    async with acting() as actor:
        await actor.press(*TO_RECORD, "tab", "down", "1")
        assert "│ not seen" in actor.text
        await actor.press("up")
        await actor.type("3")
        reply = await save(actor)
        assert reply.get("agents-count") == 3


async def test_reasons_can_be_gone_through_with_arrows() -> None:
    """Down, Right, Enter picks the second reason; Up leads back to the box."""
    async with acting() as actor:
        await actor.press(*TO_RECORD, "up", "down", "right", "up", "down", "right", "enter")
        assert isinstance(actor.reply, Recorded)
        assert actor.reply.get("badge") == Missing("not-seen")


async def test_a_number_may_be_words() -> None:
    """A count is a number where digits were typed, and words otherwise."""
    async with acting() as actor:
        await actor.press(*TO_RECORD, "tab")
        await actor.type("four or five")
        reply = await save(actor)
        assert reply.get("agents-count") == "four or five"


@pytest.mark.parametrize("words", ["He asked if they are undocumented", "123-45-6789", "A123456789"])
async def test_the_guard_stops_words_before_the_log_sees_them(words: str) -> None:
    """It says what kind of words they are without repeating them; they stay in the box, and nowhere else."""
    async with acting() as actor:
        await actor.press(*TO_RECORD)
        await actor.type(words)
        written = actor.stand.log.size()
        await actor.press("enter")
        assert actor.box.value == words
        assert actor.stand.log.size() == written
        assert not actor.stand.log.holds(words)
        assert "Delete it" in actor.text
        await actor.type(" ")
        assert "Delete it" not in actor.text


async def test_a_desk_that_reads_spanish_is_told_in_spanish() -> None:
    """The reason for the refusal is in the language of the screen, there and on a note."""
    words = "123-45-6789"
    told = text("private.ssn", "es").split(".")[0]
    async with acting(a_stand(station=replace(a_station(), language="es"))) as actor:
        await actor.press(*TO_RECORD)
        await actor.type(words)
        await actor.press("enter")
        assert told in actor.text
        await actor.press("f4")
        await actor.type(words)
        await actor.press("enter")
        assert told in actor.text


async def test_the_guard_looks_at_every_box_before_saving() -> None:
    """Words in an earlier box, gone past with Tab, are stopped at the end, and their box listens."""
    async with acting() as actor:
        await actor.press(*TO_RECORD)
        await actor.type("A123456789")
        await actor.press("tab", "tab", "enter")
        assert actor.box.value == "A123456789"
        assert actor.at == "identify"


async def test_a_paste_is_one_short_harmless_line() -> None:
    """Line ends become spaces, controls and bidi signs are shown, and text without room is cut."""
    async with acting() as actor:
        await actor.press(*TO_RECORD)
        await actor.paste(f"one\r\ntwo\n{SEQUENCE}\u202e[@click=app.quit]x[/]")
        assert actor.box.value == "one two ␛]52;c;aGVsbG8=␇<U+202E>[@click=app.quit]x[/]"
        await actor.paste("y" * 10_000)
        assert len(actor.box.value) == 200
        assert "0 left" in actor.text


async def test_ten_thousand_characters_do_not_freeze_it() -> None:
    """A paste of megabytes takes no longer than one of a line."""
    async with acting() as actor:
        await actor.press("enter", "f4")
        begun = time.perf_counter()
        await actor.paste("word " * 400_000)
        assert time.perf_counter() - begun < 2
        assert len(actor.box.value) == 1000


@pytest.mark.parametrize(
    "key", ["ctrl+c", "ctrl+x", "ctrl+v", "ctrl+q", "ctrl+z", "ctrl+backslash", "ctrl+p", "ctrl+s"]
)
async def test_control_keys_do_nothing(key: str) -> None:
    """Neither in a box nor on a question do they copy, quit, suspend or open anything."""
    async with acting() as actor:
        await actor.press("enter")
        before = actor.text
        await actor.press(key)
        assert actor.text == before
        await actor.press("2", "1", "1")
        await actor.type("abc")
        await actor.press(key)
        assert actor.box.value == "abc"
        assert actor.app.clipboard == ""
        assert actor.app.is_running


async def test_the_cursor_moves_within_the_words() -> None:
    """Home, End, arrows, Delete and Backspace do what they do everywhere."""
    async with acting() as actor:
        await actor.press(*TO_RECORD)
        await actor.type("bd")
        await actor.press("home")
        await actor.type("a")
        await actor.press("right")
        await actor.type("c")
        await actor.press("end")
        await actor.type("ee")
        await actor.press("backspace", "left", "delete", "right", "right")
        assert actor.box.value == "abcd"


def test_words_fold_at_spaces_and_nothing_is_lost() -> None:
    """Every piece fits, the pieces together are the words, and wide characters count for two."""
    for words in ("", "a", "one two three four", "x" * 25, "日本語のテキスト", "ends with space "):
        found = folds(words, 8)
        assert "".join(words[a:b] for a, b in found) == words
    assert folds("one two three", 8) == [(0, 8), (8, 13)]
    assert folds("日本語のテ", 8) == [(0, 4), (4, 5)]
