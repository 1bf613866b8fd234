"""However a file is made to hurt, the verdict comes soon, and what could not be proved is said."""

from __future__ import annotations

import tracemalloc
from time import process_time

import pytest

from kiosk.engine.guarantees import verdicts
from kiosk.engine.guarantees.look import look_at_guarantees
from kiosk.engine.reading import read_protocol
from tests.engine.guarantees.big import crossed, jumbled, realistic, rules

MOST_S = 2.0
MOST_BYTES = 200 << 20


@pytest.mark.parametrize(
    "text",
    [realistic(2_000), crossed(20), crossed(600), jumbled("ask", 1_400), jumbled("call", 2_000), rules(3_000)],
    ids=["two thousand steps", "answers that cross", "many answers that cross", "asks", "calls", "settings"],
)
def test_a_verdict_comes_within_two_seconds_and_two_hundred_megabytes(text: str) -> None:
    """Time is what the processor spent, so that a busy machine does not matter."""
    reading = read_protocol(text.encode(), "p.yaml")
    assert reading.protocol is not None, [str(f) for f in reading.findings[:3]]

    begun = process_time()
    found = verdicts(reading.protocol)
    spent = process_time() - begun
    tracemalloc.start()
    verdicts(reading.protocol)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert spent < MOST_S
    assert most < MOST_BYTES
    assert all(v.holds or v.story or not v.decided for v in found)


def test_what_is_too_much_to_prove_is_a_finding() -> None:
    """It does not pass in silence, and it names the guarantee on its line."""
    text = crossed(20)
    reading = read_protocol(text.encode(), "p.yaml")

    found = [f for f in look_at_guarantees(reading) if f.code == "G005"]

    assert found
    lines = text.split("\n")
    assert any("id: b," in lines[f.line - 1] for f in found)


def test_deciding_is_the_same_every_time() -> None:
    """Work is counted, not timed, so two machines say the same."""
    protocol = read_protocol(crossed(20).encode(), "p.yaml").protocol
    assert protocol is not None
    assert verdicts(protocol) == verdicts(protocol)
