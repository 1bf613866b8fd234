"""In a protocol that passes its check, every answer and every interrupt leads on: the engine keeps its promises.

The walk of `kiosk.checks.walks` rests on this: it gives each answer and asks no more whether the engine took it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, assume, given, settings

from kiosk.checks.walks import answers
from kiosk.checks.walks.explorer import explore, frames
from kiosk.engine import encounter
from kiosk.engine.encounter import Encounter, begin, press
from kiosk.protocol.kinds.branch import BranchStep
from kiosk.protocol.kinds.call import CallStep
from kiosk.protocol.kinds.registry import kind_of
from kiosk.protocol.model import Protocol
from kiosk.protocol.pack import PROTOCOL_FILE, read_pack
from kiosk.protocol.validation.structure import examined
from tests.builders import a_protocol, a_sparing_protocol
from tests.checks.walks.test_findings import protocols
from tests.searching import examples

MOST: Final = 150
"""How many places of one protocol are entered."""

SHIPPED: Final = Path(__file__).parents[2] / "protocols"


def shipped(folder: Path) -> Protocol:
    """The protocol in that folder."""
    found = read_pack({file.name: file.read_bytes() for file in folder.glob("*.yaml")}).protocol
    assert found is not None
    return found


SOUND: Final = {
    "sample": a_protocol(),
    "sparing": a_sparing_protocol(),
    **{file.parent.name: shipped(file.parent) for file in sorted(SHIPPED.glob(f"*/{PROTOCOL_FILE}"))},
}


PRESSED: Final = "press "


def edges(walk: Encounter) -> Iterator[tuple[str, Encounter]]:
    """(what is done, where the encounter is then) for every answer and every interrupt here."""
    for offer in answers.offered(walk):
        yield str(offer), answers.taken(walk, offer)
    for interrupt in walk.protocol.interrupts if walk.outcome is None else ():
        if interrupt.next != walk.at.step:  # its own step takes no notice of it
            yield f"{PRESSED}{interrupt.id}", press(walk, walk.at, interrupt.id)


def require_screen(walk: Encounter) -> None:
    """The encounter is at a step with words, and with an answer where it asks, or at an outcome."""
    if walk.step is None:
        assert walk.outcome in walk.protocol.outcomes, walk.at
        return
    said = (text.say(walk.protocol.source_language).strip() for text in walk.step.texts.values())
    assert walk.step.dial or any(said), f"an empty screen at {walk.at}"
    if kind_of(walk.step).answers_key:
        assert any(True for _ in answers.offered(walk)), f"no answer at {walk.at}"


def require_edge(walk: Encounter, way: str, moved: Encounter) -> None:
    """It led away; and what was interrupted is found again, where the way leads back."""
    assert moved.at != walk.at, f"{way} at {walk.at} changes nothing"
    before, now = frames(walk, 1_000), frames(moved, 1_000)
    if len(now) < len(before):
        assert now == before[: len(now)], f"{way} at {walk.at} forgets where it came from"
        back = before[len(now)]
        assert moved.at.step == back or leads_by_itself(moved, back), f"{way} at {walk.at} comes back elsewhere"
    elif way.startswith(PRESSED):
        assert now == (*before, walk.at.step), f"{way} at {walk.at} remembers another step"
    else:
        assert now[: len(before)] == before, f"{way} at {walk.at} forgets where it came from"


def leads_by_itself(walk: Encounter, step_id: str) -> bool:
    """Whether an encounter may pass that step without being asked anything there."""
    step = walk.protocol.steps[step_id]
    return isinstance(step, BranchStep) or (isinstance(step, CallStep) and step.once)


def require_sound(protocol: Protocol) -> int:
    """Enter every place once, with each pair of places to return to; how many there were."""
    seen, todo = set[Hashable](), deque([begin(protocol)])
    while todo and len(seen) < MOST:
        walk = todo.popleft()
        key = (walk.at.step, frames(walk, 2))
        if key in seen:
            continue
        seen.add(key)
        require_screen(walk)
        for way, moved in edges(walk):
            require_edge(walk, way, moved)
            todo.append(moved)
    return len(seen)


@given(text=protocols())
@settings(
    max_examples=examples(60),
    deadline=None,  # two shared cores can be slow
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)
def test_every_edge_of_a_protocol_that_passes_leads_on(text: str) -> None:
    """Whatever its steps and however they lead to each other; and the walk of the check goes to its end."""
    protocol = examined(text.encode(), "p.yaml").protocol
    assume(protocol is not None)
    assert protocol is not None
    require_sound(protocol)
    assert explore(protocol).complete


@pytest.mark.parametrize("name", SOUND)
def test_every_edge_of_the_protocols_here_leads_on(name: str) -> None:
    """Those that are shipped, and the samples, which also pass over calls that were made."""
    assert require_sound(SOUND[name]) > 10


def fail(*_: Any) -> Any:
    """As an engine with a fault."""
    raise ZeroDivisionError


def forget(walk: encounter._Walk, _: str, interrupt: str) -> str | None:
    """Remember the first step instead of the one that was interrupted."""
    jump = walk.protocol.interrupt(interrupt)
    walk.frames.append("danger")
    return jump.next if jump else None


@pytest.mark.parametrize(
    ("where", "name", "fault", "found"),
    [
        (answers, "answer", fail, ZeroDivisionError),
        (answers, "answer", lambda walk, _place, _reply: walk, AssertionError),
        (encounter._Walk, "_jump", forget, AssertionError),
    ],
    ids=["raises", "takes no notice", "comes back elsewhere"],
)
def test_a_fault_in_the_engine_is_found(
    monkeypatch: pytest.MonkeyPatch, where: object, name: str, fault: Callable[..., Any], found: type[Exception]
) -> None:
    """The property itself can fail."""
    monkeypatch.setattr(where, name, fault)
    with pytest.raises(found):
        require_sound(SOUND["sample"])
