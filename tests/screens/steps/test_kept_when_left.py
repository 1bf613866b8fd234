"""Typed text is an entry as soon as staff leave its box; it is there wherever it is asked for again."""

from __future__ import annotations

import pytest

from kiosk.errors import StoreUnusable
from kiosk.protocol.replies import Missing, Recorded, Ticked
from kiosk.record.encounter_record import fold
from kiosk.record.entry_kinds import EntryKind
from tests.builders import SAYS_AGENCY
from tests.screens.acting import TO_RECORD, Actor, SlowLog, Stand, a_stand, acting

WAYS_OUT = ("enter", "tab", "shift+tab", "down", "up", "escape", "f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9")


async def typed(actor: Actor, words: str = "ICE") -> None:
    """At the first box of a record step, these words."""
    await actor.press(*TO_RECORD)
    await actor.type(words)


def parts(stand: Stand) -> list[dict[str, object]]:
    """The facts that were kept in part, entry by entry."""
    kept = [e.body for e in stand.log.told() if e.kind == EntryKind.STEP_PARTIAL]
    return [{n.removeprefix("field."): v for n, v in body.items() if n.startswith("field.")} for body in kept]


@pytest.mark.parametrize("key", WAYS_OUT)
async def test_a_box_that_is_left_is_kept(key: str) -> None:
    """By Enter, by moving on, by a page over it, by an interrupt: one entry with that fact alone."""
    async with acting() as actor:
        await typed(actor)
        assert parts(actor.stand) == []
        await actor.press(key)
        assert parts(actor.stand) == [{"agency-as-stated": "ICE"}]


async def test_a_box_that_is_left_by_a_click_is_kept() -> None:
    """On another box, and on a key of the footer."""
    async with acting() as actor:
        await typed(actor)
        row = next(n for n, line in enumerate(actor.lines) if "How many" in line) + 1
        await actor.pilot.click(offset=(10, row))
        await actor.settle()
        assert parts(actor.stand) == [{"agency-as-stated": "ICE"}]
        await actor.type("2")
        await actor.pilot.click(offset=(actor.lines[23].index("Hide"), 23))
        await actor.settle()
        assert parts(actor.stand) == [{"agency-as-stated": "ICE"}, {"agents-count": 2}]


async def test_a_kiosk_that_was_killed_goes_on_with_the_facts() -> None:
    """Only the box that was being typed in is lost; the cursor is in the first that is still empty."""
    stand = a_stand()
    async with acting(stand) as actor:
        await typed(actor)
        await actor.press("enter")
        await actor.type("1")
    async with acting(a_stand(log=stand.log)) as actor:
        await actor.press("1", "1")
        assert actor.at == "identify"
        assert "│ ICE" in actor.text
        assert actor.box.value == ""
        await actor.type("2")
        await actor.press("enter", "down", "1")
        assert actor.at == "request"
        assert actor.reply == Recorded.of({"agency-as-stated": "ICE", "agents-count": 2, "badge": Missing("refused")})


async def test_nothing_is_written_for_what_was_not_changed() -> None:
    """Moving through the boxes, looking back, an empty box: no entry."""
    async with acting() as actor:
        await actor.press(*TO_RECORD)
        written = actor.stand.log.size()
        await actor.press("tab", "tab", "tab", "f1", "1", "left", "right")
        assert actor.stand.log.size() == written
        await actor.type("ICE")
        await actor.press("tab", "tab", "tab")
        assert actor.stand.log.size() == written + 1


async def test_a_fact_is_asked_again_with_what_is_known() -> None:
    """A later visit is filled in beforehand, and one Enter at its end keeps it there, too."""
    async with acting() as actor:
        await typed(actor)
        await actor.press("f7", "enter")
        assert actor.at == "identify#2"
        assert "│ ICE" in actor.text
        await actor.press("enter", "enter")
        assert isinstance(actor.reply, Recorded)
        assert actor.reply.get("agency-as-stated") == "ICE"


async def test_words_that_must_not_be_kept_hold_the_cursor_and_let_a_key_through() -> None:
    """Tab stays and says why; an interrupt goes through, and nothing of them is in the log."""
    async with acting() as actor:
        await typed(actor, "A123456789")
        await actor.press("tab")
        assert actor.box.value == "A123456789"
        assert "A-number" in actor.text
        await actor.press("f9")
        assert actor.at == "left"
        assert not actor.stand.log.holds("A123456789")


async def test_a_cleared_box_is_kept_as_cleared() -> None:
    """The earlier words stay in the log; the record says that the fact is deferred."""
    async with acting() as actor:
        await typed(actor)
        await actor.press("tab", "shift+tab", "backspace", "backspace", "backspace", "tab")
        assert parts(actor.stand) == [{"agency-as-stated": "ICE"}, {"agency-as-stated": {"missing": "deferred"}}]


async def test_a_reason_is_kept_like_words() -> None:
    """It was chosen, and the next box listens."""
    async with acting() as actor:
        await actor.press(*TO_RECORD, "tab", "down", "1")
        assert parts(actor.stand) == [{"agents-count": {"missing": "not-seen"}}]


async def test_ticks_are_kept_before_they_are_confirmed() -> None:
    """They are there after a kill, and after an interrupt that led back."""
    stand = a_stand()
    async with acting(stand) as actor:
        await actor.press(*TO_RECORD, "enter", "enter", "enter", "1", "3")
    async with acting(a_stand(log=stand.log)) as actor:
        await actor.press("1", "1")
        assert actor.at == "request"
        assert actor.app.encounter is not None
        assert actor.app.encounter.parts.choices.picked == ("records", "papers")
        await actor.press("3", "f7", "enter")
        assert actor.at == "request#2"
        await actor.press("enter")
        assert actor.reply == Ticked(("records",))


async def test_a_fact_changed_while_looking_back_is_a_correction() -> None:
    """As soon as its box is left; the encounter stands where it stood, and both values are in the log."""
    async with acting() as actor:
        await typed(actor)
        await actor.press("enter", "enter", "enter", "left")
        await actor.type("?")
        await actor.press("tab")
        assert actor.stand.log.kinds()[-1] == EntryKind.STEP_CORRECTED
        assert actor.at == "request"
        assert actor.stand.log.holds("ICE?")
        assert "LOOKING BACK" in actor.text


async def test_facts_wait_for_each_other_and_an_interrupt_waits_for_them() -> None:
    """While the log is slow nothing is dropped: every box, then the key, in that order."""
    log = SlowLog()
    async with acting(a_stand(log=log)) as actor:
        await typed(actor)
        log.gate.clear()
        await actor.hurry("enter", "2", "enter", "1", "2", "f9")
        log.gate.set()
        await actor.settle()
        assert actor.at == "left"
        assert log.kinds()[-4:] == [
            EntryKind.STEP_PARTIAL,
            EntryKind.STEP_PARTIAL,
            EntryKind.STEP_PARTIAL,
            EntryKind.STEP_ANSWERED,
        ]
        assert parts(actor.stand)[-1] == {"badge": "12"}


async def test_a_fact_that_could_not_be_saved_is_kept_with_the_key_that_followed() -> None:
    """The disk was full for a moment: the interrupt counts all the same, and keeps the fact before it."""
    log = SlowLog()
    async with acting(a_stand(log=log)) as actor:
        await typed(actor)
        log.gate.clear()
        log.failing = StoreUnusable("The disk is full.", "Free some space.")
        await actor.hurry("f9")
        log.gate.set()
        await actor.settle()
        assert actor.at == "left"
        assert log.kinds()[-2:] == [EntryKind.STEP_PARTIAL, EntryKind.STEP_ANSWERED]


async def test_the_record_has_every_fact_once() -> None:
    """Whatever way it was given, its value stands in one entry, and the record tells it."""
    async with acting() as actor:
        await typed(actor, "Homeland Security")
        await actor.press("enter")
        await actor.type("2")
        await actor.press("enter", "down", "1")
        record = fold(e for e in actor.stand.log.told() if e.encounter_id)
        assert Recorded.of(record.fields) == SAYS_AGENCY
        assert [ref.entry for ref in record.places.values()] == sorted({r.entry for r in record.places.values()})
