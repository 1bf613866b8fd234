"""Acts at the review: each question, what is refused, the preview, what takes long, and the way back."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

from kiosk.errors import UsageError
from kiosk.i18n.strings import text
from kiosk.presentation.acts import Answers, Cancelled, Done, Group, Offer, Preview, Progress, Question
from kiosk.presentation.review import Reviewed, Rows, Shelf, Wanted
from kiosk.presentation.values import Choice
from kiosk.record.people.roles import Right
from kiosk.screens.review.ask_screen import AskScreen
from tests.screens.acting import Actor, a_stand, acting
from tests.screens.contrast import OneRecord

WHICH = Question("which", "Which number?", choices=[Choice("old", "The old one"), Choice("new", "The new one")])
WORDS = Question("words", "What is the number?", "Ten digits.", value="860")
WHY = Question("why", "Why?", optional=True)
REFUSED = "“nine” is no telephone number. Type ten digits."


@dataclass
class Numbers(OneRecord):
    """Offers one act with every kind of question; remembers what was done."""

    done: list[Answers] = field(default_factory=list)
    words: Question = WORDS
    read: int = 0
    gate: threading.Event = field(default_factory=threading.Event)
    cancelled: bool = False

    def counts(self) -> Mapping[Shelf, int]:
        """Count how often it was read."""
        self.read += 1
        return dict.fromkeys(Shelf, self.read)

    def rows(self, wanted: Wanted) -> Rows:
        """One record."""
        return replace(super().rows(wanted), older=False)

    def record(self, no: str) -> Reviewed:
        """The record with the same act."""
        return replace(
            super().record(no), lines=[f"done {len(self.done)}"], matches=[], offers=[self._offer(Group.RECORD)]
        )

    def offers(self) -> Sequence[Offer]:
        """The act, beyond a record."""
        return [self._offer(Group.CONTACTS)]

    def _offer(self, group: Group) -> Offer:
        return Offer("number", "Change a number", Right.CONTACTS, self._next, group)

    def _next(self, answers: Answers) -> Question | Preview:
        for asked in (WHICH, self.words, WHY):
            if asked.id not in answers:
                return asked
            if answers[asked.id] == "nine":
                raise UsageError("“nine” is no telephone number.", "Type ten digits.")
        return Preview("This would be entered:", [answers["words"]], "Enter it", lambda told: self._do(answers, told))

    def _do(self, answers: Answers, progress: Progress) -> Done:
        if answers["which"] == "old":
            self.gate.wait(20)
            try:
                progress(1, 2)
            except Cancelled:
                self.cancelled = True
                raise
        self.done.append(answers)
        return Done("It is entered.", [answers["words"]])


class Hostile(Numbers):
    """Offers an act that asks this instead."""

    def __init__(self, asks: Callable[[Answers], Question | Preview]) -> None:
        super().__init__()
        self.asks = asks

    def _next(self, answers: Answers) -> Question | Preview:
        return self.asks(answers)


@asynccontextmanager
async def _at_the_acts(numbers: Numbers) -> AsyncIterator[Actor]:
    """The home of the review."""
    stand = a_stand()
    async with acting(replace(stand, services=replace(stand.services, reviewer=lambda: numbers))) as actor:
        await actor.press("f10", "f5")
        await actor.see(text("records.group.contacts"))
        yield actor


async def _to_the_box(actor: Actor, which: str = "2") -> None:
    await actor.press("b")
    await actor.see("Change a number")
    await actor.press("1")
    await actor.see(WHICH.title)
    await actor.press(which)
    await actor.see(WORDS.title)


async def _to_the_preview(actor: Actor, which: str = "2") -> None:
    await _to_the_box(actor, which)
    await actor.type("5550111")
    await actor.press("enter")
    await actor.see(WHY.title)
    await actor.press("enter")
    await actor.see("This would be entered:")


async def test_nothing_is_done_before_the_preview_is_confirmed() -> None:
    """The preview is read first; its only choice does it."""
    numbers = Numbers()
    async with _at_the_acts(numbers) as actor:
        await _to_the_preview(actor)
        assert not numbers.done
        assert "8605550111" in actor.text
        await actor.press("1")
        await actor.see("It is entered.")
    assert numbers.done == [{"which": "new", "words": "8605550111", "why": ""}]


async def test_a_refused_answer_stays_in_its_box_with_the_reason() -> None:
    """It can be corrected, and nothing typed is lost."""
    async with _at_the_acts(Numbers()) as actor:
        await _to_the_box(actor)
        await actor.press(*["backspace"] * 3)
        await actor.type("nine")
        await actor.press("enter")
        await actor.see(REFUSED)
        assert "> nine" in actor.text
        await actor.press(*["backspace"] * 4)
        await actor.type("8605550111")
        await actor.press("enter")
        await actor.see(WHY.title)


async def test_a_text_that_does_not_fit_is_not_cut_in_silence() -> None:
    """The box says how much fits; near its end it says how much is left, as at the desk."""
    async with _at_the_acts(Numbers()) as actor:
        await _to_the_box(actor)
        await actor.paste("1" * 300)
        await actor.see("This box has room for 200 characters. The rest is not in it.")
        await actor.see("0 left")
        await actor.press("backspace")
        await actor.see("1 left")
        await actor.type("23")
        assert len(actor.box.value) == 200
        await actor.see("This box has room for 200 characters. The rest is not in it.")


async def test_nothing_in_an_act_is_markup_or_moves_the_cursor() -> None:
    """Its question, its help, its choices, its preview and its errors can have words of the log, or typed ones."""
    bad = "[red]x[/] [/ {n} %s \x1b[2J \u202egnp \u200b"
    shown = "[red]x[/] [/ {n} %s ␛[2J <U+202E>gnp <U+200B>"

    def asks(answers: Answers) -> Question | Preview:
        if "which" not in answers:
            return Question("which", f"T {bad}", choices=[Choice(bad, f"C {bad}")], lines=[f"L {bad}"])
        if "words" not in answers:
            return Question("words", f"Q {bad}", f"H {bad}", value="1", lines=[f"M {bad}"])
        if answers["words"] == "1":
            raise UsageError(f"E {bad}", f"R {bad}")
        return Preview(f"P {bad}", [f"V {bad}"], f"D {bad}", lambda _: Done(f"F {bad}", [f"G {bad}"]))

    async with _at_the_acts(Hostile(asks)) as actor:
        await actor.press("b", "1")
        for part in ("T", "C", "L"):
            await actor.see(f"{part} {shown}")
        await actor.press("1")
        for part in ("Q", "H", "M"):
            await actor.see(f"{part} {shown}")
        await actor.press("enter")
        await actor.see(f"E {shown}")
        await actor.type("2")
        await actor.press("enter")
        for part in ("P", "V", "D"):
            await actor.see(f"{part} {shown}")
        await actor.press("1")
        for part in ("F", "G"):
            await actor.see(f"{part} {shown}")


async def test_a_value_that_is_longer_than_an_answer_may_be_is_shown_whole() -> None:
    """Otherwise a person would save a part of it without knowing."""
    numbers = Numbers(words=replace(WORDS, value="1" * 250))
    async with _at_the_acts(numbers) as actor:
        await _to_the_box(actor)
        assert actor.box.value == "1" * 250
        await actor.type("2")
        assert actor.box.value == "1" * 250
        await actor.press("backspace", "2")
        assert actor.box.value == "1" * 249 + "2"


async def test_the_way_back_has_each_question_with_its_answer() -> None:
    """From the preview to the optional box, to the box with its words, to the choice, to the list."""
    numbers = Numbers()
    async with _at_the_acts(numbers) as actor:
        await _to_the_preview(actor)
        await actor.press("backspace")
        await actor.see(WHY.title)
        await actor.press("backspace")
        await actor.see("8605550111")
        assert isinstance(actor.app.screen, AskScreen)
        await actor.press(*["backspace"] * 10)
        actor.stand.clock.advance(1)
        assert isinstance(actor.app.screen, AskScreen)
        await actor.press("enter")
        await actor.see(WHICH.title)
        await actor.press("enter")
        await actor.see("Change a number")
    assert not numbers.done


async def test_what_an_act_may_have_changed_is_read_again() -> None:
    """From the done page back: the list of acts, then the first page with new counts."""
    numbers = Numbers()
    async with _at_the_acts(numbers) as actor:
        await actor.see(text("records.counted", shelf=text("records.all"), n=1))
        await _to_the_preview(actor)
        await actor.press("1")
        await actor.see("It is entered.")
        await actor.press("enter", "enter")
        await actor.see(text("records.counted", shelf=text("records.all"), n=2))


async def test_an_act_on_a_record_leads_back_to_the_record_as_it_is_now() -> None:
    """The lines of the record are read again."""
    async with _at_the_acts(Numbers()) as actor:
        await actor.press("9")
        await actor.see("2026-0001")
        await actor.press("3")
        await actor.see("done 0")
        await actor.press("1", "1", "2", "enter", "enter", "1")
        await actor.see("It is entered.")
        await actor.press("enter")
        await actor.see("done 1")


async def test_what_takes_long_is_cancelled_by_going_back() -> None:
    """Its page says so, and offers it again."""
    numbers = Numbers()
    async with _at_the_acts(numbers) as actor:
        await _to_the_preview(actor, which="1")
        actor.send("1")
        await actor.hurry("backspace")
        numbers.gate.set()
        await actor.see(text("records.cancelled"))
        assert "This would be entered:" in actor.text
    assert numbers.cancelled
    assert not numbers.done
