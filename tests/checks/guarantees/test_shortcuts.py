"""The first, quick look never says that something holds which does not; and it settles most of the shipped pack."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kiosk.checks.guarantees import decide
from kiosk.checks.guarantees.automaton import compiled
from kiosk.checks.guarantees.budget import Budget
from kiosk.checks.guarantees.monitor import monitor
from kiosk.checks.guarantees.shortcuts import surely_holds
from kiosk.protocol.guarantee import Guarantee
from kiosk.protocol.model import Protocol
from kiosk.protocol.parsing.protocol import read_protocol
from tests.checks.guarantees.test_against_the_walk import PLENTY, thorough
from tests.checks.guarantees.worlds import promises, protocol_of, texts

SHIPPED = Path(__file__).parents[3] / "protocols" / "ct-outside-agent" / "protocol.yaml"


def quickly(protocol: Protocol, guarantee: Guarantee) -> bool:
    """Return the result of the quick look."""
    graph = compiled(protocol)
    return surely_holds(graph, monitor(graph, guarantee), Budget(PLENTY))


def exactly(protocol: Protocol, guarantee: Guarantee) -> bool:
    """Whether it holds, decided without the quick look."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(decide, "surely_holds", lambda *_: False)
        return decide.find_counterexample(compiled(protocol), guarantee, Budget(PLENTY)) is None


@given(data=st.data(), text=texts())
@thorough
def test_what_surely_holds_holds(data: st.DataObject, text: str) -> None:
    """Whatever the protocol, and whatever it promises."""
    protocol = protocol_of(text)
    assume(protocol is not None)
    assert protocol is not None
    said = data.draw(st.lists(promises(protocol), min_size=4, max_size=8))
    for guarantee in (g for g in said if g.verb != "from-every-step" and quickly(protocol, g)):
        assert exactly(protocol, guarantee)


def test_most_of_what_the_shipped_pack_promises_is_decided_quickly() -> None:
    """Else the look would only cost time."""
    protocol = read_protocol(SHIPPED.read_bytes(), "protocol.yaml").protocol
    assert protocol is not None
    said = [g for g in protocol.guarantees if g.verb != "from-every-step"]
    quick = [quickly(protocol, g) for g in said]
    assert 2 * sum(quick) > len(quick) > 4, dict(zip((g.id for g in said), quick, strict=True))
