"""The picture of a protocol: every step and answer is on it, and no word can break out of a box."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from kiosk.authoring.describe import Description
from kiosk.authoring.diagram.dot import dot
from kiosk.authoring.diagram.mermaid import mermaid
from kiosk.authoring.diagram.model import Diagram, diagram
from kiosk.authoring.reading_order import leads_here, numbers, walk_order
from kiosk.protocol.kinds.ask import AskStep
from kiosk.protocol.kinds.record import RecordStep
from kiosk.protocol.kinds.registry import ways
from kiosk.protocol.model import RETURN, Protocol
from tests.builders import a_protocol, a_protocol_with_duties, en

HOSTILE = '"]; <b>x</b> & `#34;` --> {{end}} </svg><script>alert(1)</script> \\" \\N \x07'


def drawn(protocol: Protocol | None = None) -> Diagram:
    """The picture of the sample, or of another protocol."""
    return diagram(Description(protocol or a_protocol()))


def hostile() -> Protocol:
    """The sample with hostile words wherever a word can stand."""
    protocol = a_protocol()
    ask = protocol.steps["who"]
    assert isinstance(ask, AskStep)
    options = tuple(replace(o, label=en(HOSTILE)) for o in ask.options)
    steps = {**protocol.steps, "who": replace(ask, ask=en(HOSTILE), options=options)}
    jumps = tuple(replace(jump, label=en(HOSTILE)) for jump in protocol.interrupts)
    return replace(protocol, title=en(HOSTILE), steps=steps, interrupts=jumps)


def test_every_step_comes_once_and_after_what_leads_to_it() -> None:
    """Reading order: from the start downwards, then what only a key leads to, then what nothing leads to."""
    protocol = a_protocol()
    order = walk_order(protocol)
    assert sorted(order.all) == sorted(protocol.steps)
    assert order.main[0] == protocol.start
    assert order.all.index("who") < order.all.index("call-now") < order.all.index("wait")
    assert "past" in order.interrupts
    assert "past" not in order.main


def test_a_step_that_nothing_leads_to_comes_last() -> None:
    """It is there all the same."""
    protocol = a_protocol()
    lost = replace(protocol.steps["papers"], id="lost")
    order = walk_order(replace(protocol, steps={"lost": lost, **protocol.steps}))
    assert order.never == ("lost",)


def test_numbers_and_what_leads_here_agree_with_the_steps() -> None:
    """Each step and outcome has a number of its own; each way in is known."""
    protocol = a_protocol()
    known = numbers(protocol)
    assert len(set(known.values())) == len(protocol.steps) + len(protocol.outcomes)
    for step in protocol.steps.values():
        for _, target in ways(step):
            assert step.id in leads_here(protocol)[target]


def test_every_answer_is_on_the_picture() -> None:
    """As many answers as the steps have, each leading where it leads; RETURN is named and never a line."""
    protocol, found = a_protocol(), drawn()
    shown = [(a.tail, a.head) for a in found.arrows for _ in a.answers]
    assert sorted(shown) == sorted((s.id, target) for s in protocol.steps.values() for _, target in ways(s))
    assert any(a.head == RETURN for a in found.arrows)
    assert not any(a.line for a in found.arrows if a.head == RETURN)


def test_answers_that_lead_to_one_place_share_an_arrow() -> None:
    """The picture has one arrow from a step to a place."""
    pairs = [(a.tail, a.head) for a in drawn().arrows]
    assert len(pairs) == len(set(pairs))
    both = next(a for a in drawn().arrows if (a.tail, a.head) == ("who", "call-now"))
    assert both.words == ("1 Federal agent, or an agency I don't know", "2 Local or state police")


def test_a_decision_is_told_in_the_settings_own_words() -> None:
    """Question and choice, not ids."""
    told = [words for a in drawn().arrows if a.tail == "routed" for words in a.words]
    assert "If “Where do visitors wait?” is “outside the door”" in told
    assert "Otherwise" in told


def test_calls_and_ends_say_whom() -> None:
    """A call its roles in order; an outcome its referral and who must be told."""
    found = drawn()
    call, end, routine = (found.box(i) for i in ("call-now", "handover", "routine"))
    assert call is not None
    assert end is not None
    assert routine is not None
    assert call.details == ("1. Designated administrator", "2. Superintendent's Office")
    assert end.details[0] == "refers to: Superintendent's Office"
    assert routine.details == ("an ordinary visit: refers to nobody",)


@pytest.mark.parametrize("write", [dot, mermaid])
def test_the_text_names_every_box_and_key(write: Callable[[Diagram], str]) -> None:
    """Both formats say all there is."""
    found = drawn()
    text = write(found)
    told = re.sub(r"<br/>|<BR[^>]*>|</?[A-Z]+[^>]*>", " ", text).replace("&#x27;", "'")
    for box in found.boxes:
        assert f"{box.number} · " in told
        assert box.words.split()[0] in told
    assert all(f"{key.key} {key.words}" in told for key in found.keys)


def test_hostile_words_stay_words_in_mermaid() -> None:
    """Nothing but letters and harmless marks stands between the quotes; quotes stay in pairs."""
    assert HOSTILE.split()[1] not in mermaid(drawn(hostile()))
    for line in mermaid(drawn(hostile())).splitlines():
        assert line.count('"') in (0, 2)
        quoted = "".join(line.split('"')[1:2]).replace("<br/>", "")
        assert not set(quoted) & set("<>&`{}[]|\\\x07")


def test_hostile_words_stay_words_in_dot() -> None:
    """No tag but our own, no character reference but for what was escaped, no line feed in a string."""
    text = dot(drawn(hostile()))
    assert "<script" not in text
    assert "\x07" not in text
    assert set(re.findall(r"</?([A-Za-z]+)", text)) <= {"TABLE", "TR", "TD", "FONT", "BR", "B", "I", "HR"}
    assert "\\" not in text


def test_long_words_are_cut_and_many_details_counted() -> None:
    """A box holds so much; the proof holds the rest."""
    protocol = a_protocol()
    long = replace(protocol, title=en("word " * 500))
    assert len(drawn(long).title) == 160
    fields = tuple(f"fact-{n}" for n in range(50))
    identify = protocol.steps["identify"]
    assert isinstance(identify, RecordStep)
    steps = {**protocol.steps, "identify": replace(identify, fields=fields)}
    box = drawn(replace(protocol, steps=steps)).box("identify")
    assert box is not None
    assert box.details[-1] == "… and 30 more"


def test_an_outcome_has_its_duties() -> None:
    """With the role of each."""
    (end,) = (box for box in drawn(a_protocol_with_duties()).boxes if box.id == "handover")
    assert "duty of Designated administrator: Send the papers on." in end.details
