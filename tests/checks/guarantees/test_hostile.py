"""For any hostile file, the verdict comes soon, and guarantees that were not proved are named."""

from __future__ import annotations

import tracemalloc

import pytest

from kiosk.checks.guarantees import verdicts
from kiosk.checks.guarantees.findings import check_guarantees
from kiosk.protocol.model import Protocol
from kiosk.protocol.parsing.protocol import read_protocol
from kiosk.protocol.validation.structure import check
from tests.checks.guarantees.big import crossed, jumbled, realistic, rules
from tests.timing import least_seconds

MOST_S = 2.0
MOST_BYTES = 200 << 20


HURTING = {
    "two thousand steps": realistic(2_000),
    "answers that cross": crossed(20),
    "many answers that cross": crossed(400),
    "asks": jumbled("ask", 1_400),
    "calls": jumbled("call", 2_000),
    "settings": rules(3_000),
}


def protocol_of(text: str) -> Protocol:
    """The protocol in a large file, which must read."""
    reading = read_protocol(text.encode(), "p.yaml")
    assert reading.protocol is not None, [str(f) for f in reading.findings[:3]]
    return reading.protocol


@pytest.mark.parametrize("text", HURTING.values(), ids=HURTING.keys())
def test_a_verdict_comes_within_two_seconds(text: str) -> None:
    """Time is what the processor spent, so that a busy machine matters less; and each verdict is one of three."""
    protocol = protocol_of(text)

    found, spent = least_seconds(lambda: verdicts(protocol), MOST_S)

    assert spent < MOST_S
    assert all(v.holds or v.counterexample or not v.decided for v in found)


def test_a_verdict_takes_less_than_two_hundred_megabytes() -> None:
    """The one of those files that makes most states."""
    protocol = protocol_of(HURTING["asks"])
    tracemalloc.start()
    try:
        verdicts(protocol)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert most < MOST_BYTES


def test_a_guarantee_with_thousands_of_names_comes_to_an_end() -> None:
    """At each of two thousand steps: many sets of ticks are said to be too much, names of no step to hold; soon."""
    text = realistic(2_000)
    ticks = ", ".join(f"{{answer: s9, in: [t0, x{n}]}}" for n in range(40))
    names = ", ".join(f"s{n % 2_000}x{n}" for n in range(8_000))
    more = f"  - {{id: t, never: [{ticks}], why: so}}\n  - {{id: n, never: {{step: [{names}]}}, why: so}}\n"
    protocol = protocol_of(text.replace("guarantees:\n", f"guarantees:\n{more}"))

    judged, spent = least_seconds(lambda: verdicts(protocol), MOST_S)
    found = {v.id: v for v in judged}

    assert spent < MOST_S
    assert not found["t"].decided
    assert found["n"].holds


def test_what_is_too_much_to_prove_is_a_finding() -> None:
    """It does not pass in silence, and it names the guarantee on its line."""
    text = crossed(20)
    reading = read_protocol(text.encode(), "p.yaml")

    found = [f for f in check_guarantees(reading, check(reading)) if f.code == "G005"]

    assert found
    lines = text.split("\n")
    assert any("id: b," in lines[f.line - 1] for f in found)


def test_deciding_is_the_same_every_time() -> None:
    """Work is counted, not timed, so two machines say the same."""
    protocol = protocol_of(crossed(20))
    assert verdicts(protocol) == verdicts(protocol)
