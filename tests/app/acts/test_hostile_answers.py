"""Hostile text in each box of each act: refused in a sentence, or shown whole in the preview, and never interpreted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pytest

from kiosk.app.review import LogReview
from kiosk.errors import KioskError
from kiosk.presentation.acts import Offer, Preview, Question
from kiosk.settings import Home
from kiosk.system.clock import FixedClock
from tests.app.acts.test_rights import REQUEST, home, offers
from tests.record.people.staff import DANA

__all__ = ["home"]

GOOD: Final = {
    **{name: REQUEST[name] for name in ("received", "due")},
    "seen": "2026-01-05 10:42",
    "record": "",
    "records": "",
    "numbers": "2026-0001",
    "code": "FOK1:",
    "name": "agents-left",
    "on": "2026-09-14",
    "until": "2026-10-20",
    "first": "2026-09-14",
    "last": "2026-09-20",
}
"""What is typed into the boxes that take no words; into the others, `WORDS`."""
WORDS: Final = "Two officers came"
CONTROLS: Final = ("\x1b[31mred", "a\x00b", "\u202egnp.exe", "a\u200bb", "\ud800", "a\x85b", "\ufeff=1", "x" * 10_000)
"""Nothing of these is kept: a person would not see it, or sees something else."""
MARKUP: Final = (
    "=cmd|' /C calc'!A0",
    "+1",
    "@SUM(A1)",
    "{{ 7*7 }}{% raw %}",
    "#panic() $x$ <label> @ref",
    "<script>alert(1)</script> &lt;",
    '"a","b";',
    "- a: *b !!python/object",
    "%s %n %(x)s {0.__class__} {} {",
    "[red]x[/] [@click=app.quit]q[/] [/",
    "../../etc/passwd",
    "+typed",
    "+another",
    "none",
    "e\u0301\u0301\u0301 👩 Nguyễn שלום",
)
"""Words that mean something elsewhere."""
_STEPS: Final = 25
_PATHS: Final = 60


def boxes(offer: Offer) -> Iterator[tuple[dict[str, str], Question]]:
    """Each box of an act once, with answers that lead to it."""
    waiting, seen = [dict[str, str]()], set[str]()
    for _ in range(_PATHS):
        if not waiting:
            return
        answers = waiting.pop()
        try:
            asked = offer.next(answers)
        except KioskError:
            continue
        if isinstance(asked, Preview):
            continue
        if asked.choices:
            waiting += [{**answers, asked.id: one.id} for one in asked.choices]
            continue
        if asked.id not in seen:
            seen.add(asked.id)
            yield answers, asked
        waiting.append({**answers, asked.id: GOOD.get(asked.id, asked.value or WORDS)})


def finished(offer: Offer, answers: dict[str, str]) -> Preview | None:
    """The preview after these answers and good ones; None if something else is refused."""
    given = dict(answers)
    for _ in range(_STEPS):
        try:
            asked = offer.next(given)
        except KioskError:
            return None
        if isinstance(asked, Preview):
            return asked
        good = asked.choices[0].id if asked.choices else GOOD.get(asked.id, asked.value or WORDS)
        given[asked.id] = good
    raise AssertionError(f"{offer.id} never comes to a preview")


def tried(offer: Offer) -> int:
    """Type all of it into each box; return how often a preview had it."""
    shown = 0
    for answers, box in boxes(offer):
        for words in CONTROLS:
            with pytest.raises(KioskError):
                offer.next({**answers, box.id: words})
        for words in MARKUP:
            preview = finished(offer, {**answers, box.id: words})
            if preview is not None and box.id not in GOOD:
                assert words in "\n".join(preview.lines), (offer.id, box.id, words)
                shown += 1
    return shown


def test_each_box_of_each_act_refuses_hostile_text_or_shows_it_whole(home: Home) -> None:
    """All acts at all places where they are offered; one on a request or report is there once for each of them."""
    found = {one.id: one for one in offers(LogReview(home, "live", FixedClock(), None, DANA))}
    shown = {name: tried(one) for name, one in found.items()}
    assert {name for name, count in shown.items() if count} >= {
        *("add", "assess", "called", "close", "correct", "read", "void", "save"),
        *("duty.assign", "duty.done", "duty.except", "export"),
        *("request.new", "request.extend", "request.close"),
        *("presence.approve", "presence.confirm", "presence.false"),
    }
