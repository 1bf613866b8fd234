"""Words that would be commands elsewhere are words here: from people, from protocol files, from contacts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.desk.station import Pack
from kiosk.protocol.kinds.ask import AskStep
from kiosk.protocol.model import Option
from kiosk.protocol.site.contacts import Contact, Contacts
from kiosk.screens.text import has_glyph, on_console, shown, taken
from tests.builders import CONTENT_HASH, DA, SO, a_protocol, en
from tests.screens.acting import TO_RECORD, a_stand, acting

HOSTILE = "[/] [@click=app.quit]press[/] \x1b[31m\x1b]52;c;aGk=\x07 \u202eevil\u2066 a\u200bb {danger} \x9b2J"
VISIBLE = "[/] [@click=app.quit]press[/]"


async def test_hostile_words_of_a_protocol_and_contacts_are_only_words() -> None:
    """Titles, options, names and hours are drawn as they are; a click on them does what the step says, and no more."""
    protocol = a_protocol()
    ask = AskStep(
        id="danger",
        ask=en(HOSTILE),
        do=en(HOSTILE),
        say=en(HOSTILE),
        options=(Option("yes", en(HOSTILE), "call-911"), Option("no", en("[b]No"), "who")),
    )
    pack = Pack(replace(protocol, steps={**protocol.steps, "danger": ask}), CONTENT_HASH)
    stand = a_stand(pack=pack)
    people = {DA: (Contact(HOSTILE, HOSTILE, "860-555-0142", hours=HOSTILE),), SO: (Contact(HOSTILE, phone=HOSTILE),)}
    station = replace(stand.services.station, contacts=Contacts(HOSTILE, people), school=HOSTILE)
    stand.services = replace(stand.services, station=station)
    async with acting(stand) as actor:
        await actor.press("enter")
        assert VISIBLE in " ".join(actor.step.split())
        for key in ("f3", "enter", "f5", "1", "backspace", "backspace", "f1", "x", "f2"):
            await actor.press(key)
            assert_harmless(actor.lines)
        row = next(n for n, line in enumerate(actor.lines) if line[3:4] == "2")
        await actor.pilot.click(offset=(8, row))
        await actor.settle()
        assert actor.at == "who"
        assert actor.app.is_running


async def test_hostile_words_in_every_box_are_only_words() -> None:
    """Pasted into each box and a note, kept, read back on the review: nothing is obeyed, nothing is invisible."""
    async with acting() as actor:
        await actor.press(*TO_RECORD)
        for _ in range(3):
            await actor.paste(HOSTILE)
            assert_harmless(actor.lines)
            await actor.press("enter")
        assert actor.at == "request"
        await actor.press("f4")
        await actor.paste(HOSTILE)
        await actor.press("enter", "f9")
        assert VISIBLE in actor.step
        assert_harmless(actor.lines)
        assert not actor.stand.log.holds("\u202e")


def assert_harmless(lines: list[str]) -> None:
    """Nothing on the screen that a terminal would obey or that can't be seen."""
    assert [c for line in lines for c in line if not c.isprintable()] == []


@given(st.text(max_size=300))
def test_every_text_comes_through_the_door_visible(words: str) -> None:
    """Every shown character is printable and has no style of its own."""
    content = shown(words)
    assert content.plain.isprintable()
    assert content.spans == []
    assert len(taken(words, 50)) <= 50
    assert taken(words, 50).isprintable()


@given(st.text(max_size=300))
def test_on_the_console_every_glyph_is_one_the_font_has(words: str) -> None:
    """No wide, combining or missing character is left."""
    assert all(has_glyph(c) for c in shown(words, console=True).plain)


@pytest.mark.parametrize(("words", "plain"), [("é ñ ł", "é ñ ł"), ("✓ 日本", "· ··"), ("e\u0301", "e"), ("ﬁ½", "fi½")])
def test_the_console_shows_the_nearest_it_has(words: str, plain: str) -> None:
    """Latin letters stay; what the font lacks becomes its plain form or a dot."""
    assert on_console(words) == plain
