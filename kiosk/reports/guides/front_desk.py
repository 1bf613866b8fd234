"""The guide for the front desk, in the languages of the screens."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Final

from kiosk.i18n.strings import text
from kiosk.reports.document.model import Blanks, Block, Bullets, Heading, Pairs, Paragraph, Table, row
from kiosk.reports.guides.words import guide_text, key, picture

_KEYS: Final = {
    "home": ("start", "initials", "to-do"),
    "record": ("say", "card", "note", "calls", "back", "forward", "record"),
    "both": ("hide", "help"),
}
"""The keys of the table, by where they work."""
_PARTS: Final = 7


def blocks(language: str) -> Iterator[Block]:
    """Yield the guide in that language."""
    say = partial(guide_text, language=language)

    def lines(part: str, count: int) -> Bullets:
        return Bullets(tuple(say(f"guide.{part}.{n}") for n in range(1, count + 1)))

    yield Paragraph(say("guide.lead"))
    yield Heading(say("guide.start"))
    yield lines("start", 4)
    yield Heading(say("guide.step"))
    yield picture("step", say("guide.step.picture"), language=language, share=0.84)
    yield Pairs(tuple((say(f"guide.part.{n}"), say(f"guide.part.{n}.is")) for n in range(1, _PARTS + 1)))
    yield Heading(say("guide.calls"))
    yield lines("calls", 3)
    yield Heading(say("guide.end"))
    yield lines("end", 3)
    yield Heading(say("guide.keys"))
    yield _keys(language)
    yield Heading(say("guide.leave"))
    yield lines("leave", 3)
    yield Heading(say("guide.never"))
    yield lines("never", 4)
    yield Heading(say("guide.wrong"))
    wrong = ("power", "practice", "error", "sound")
    yield Pairs(tuple((say(f"guide.wrong.{one}"), say(f"guide.wrong.{one}.do")) for one in wrong))
    yield Heading(say("guide.whom"))
    yield Blanks((say("guide.whom.office"), say("guide.whom.it")))


def _keys(language: str) -> Table:
    def say(part: str) -> str:
        return guide_text(f"guide.keys.{part}", language)

    rows = [
        row(say(where), key(one, language), text(f"key.{one}", language), text(f"help.{one}", language))
        for where, keys in _KEYS.items()
        for one in keys
    ]
    red = f"{key('interrupt-1')} – {key('interrupt-4')}"
    rows.insert(-len(_KEYS["both"]), row(say("record"), red, say("interrupts"), say("interrupts.does")))
    return Table(tuple(map(say, ("where", "key", "name", "does"))), tuple(rows), (2.4, 1.7, 2.2, 6), together=True)
