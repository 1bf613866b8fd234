"""The promise of the check holds in the walk: in a protocol that passes, nobody is ever lost or locked in."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from kiosk.engine import encounter as walking
from kiosk.engine.encounter import Encounter, answer, begin, press
from kiosk.protocol.kinds.ask import AskStep
from kiosk.protocol.kinds.call import CallStep
from kiosk.protocol.replies import Attempt, Called, CallResult, Chosen, Confirmed, Reply
from kiosk.protocol.validation.structure import examined
from tests.protocol.samples import PREAMBLE
from tests.searching import examples

HEAD = (
    PREAMBLE
    + """\
roles: {office: {title: {en: The office}}}
settings: {wait: {ask: {en: Where?}, choices: {hall: {en: hall}, desk: {en: desk}}, default: hall}}
outcomes: {over: {title: {en: Over}, routine: true}}
start: s0
"""
)

Make = Callable[[str, str, str], str]
KINDS: tuple[Make, ...] = (
    lambda s, a, _: f"  {s}: {{do: Do, next: {a}}}\n",
    lambda s, a, b: (
        f"  {s}: {{ask: Which?, options: [{{id: a, label: A, next: {a}}}, {{id: b, label: B, next: {b}}}]}}\n"
    ),
    lambda s, a, b: f"  {s}: {{do: Call, call: [office], reached: {{next: {a}}}, nobody: {{next: {b}}}}}\n",
    lambda s, a, b: f"  {s}: {{when: [{{setting: wait, is: desk, next: {a}}}], otherwise: {b}}}\n",
)


@st.composite
def protocols(draw: st.DrawFn) -> str:
    """A protocol with up to six steps that lead anywhere."""
    count = draw(st.integers(1, 6))
    names = [f"s{n}" for n in range(count)]
    target = st.sampled_from([*names, "over", "return"])
    steps = "".join(draw(st.sampled_from(KINDS))(name, draw(target), draw(target)) for name in names)
    jump = draw(st.sampled_from(["", *names]))
    interrupts = f"interrupts: [{{id: jump, label: Jump, next: {jump}}}]\n" if jump else ""
    return f"{HEAD}{interrupts}steps:\n{steps}"


def anything(at: Encounter, chance: random.Random) -> Encounter:
    """The encounter after one answer that the screen would take."""
    step, reply = at.step, Confirmed()
    replies: list[Reply] = [reply]
    if isinstance(step, AskStep):
        replies = [Chosen(option.id) for option in at.options(at.at)]
    elif isinstance(step, CallStep):
        replies = [
            Called((Attempt("office", 0, CallResult.REACHED),)),
            Called((Attempt("office", 0, CallResult.NOT_CALLED),)),
        ]
    assert replies, "there must be a key that leads on"
    return answer(at, at.at, chance.choice(replies))


def ends(at: Encounter, chance: random.Random) -> bool:
    """Whether answers alone, without an interrupt, lead to an outcome."""
    for _ in range(200):
        now = at
        for _ in range(25):
            if now.outcome is not None:
                return True
            now = anything(now, chance)
    return False


@given(text=protocols(), seed=st.integers(0, 1000))
@settings(max_examples=examples(150), suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
def test_a_walk_through_a_protocol_that_passes_is_never_lost(text: str, seed: int) -> None:
    """Nothing returns from nowhere, every screen has a key that leads on, and an outcome can always be reached."""
    protocol = examined(text.encode(), "p.yaml").protocol
    assume(protocol is not None)
    assert protocol is not None
    chance = random.Random(seed)  # noqa: S311  repeatable chance, no secret

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(walking._Walk, "_resolve", resolve_or_fail)
        for length in (1, 2, 3, 5, 8):
            at = begin(protocol)
            for _ in range(length):
                jump = protocol.interrupts and chance.random() < 0.3
                at = press(at, at.at, "jump") if jump else at if at.outcome else anything(at, chance)

            assert ends(at, chance)


def resolve_or_fail(walk: walking._Walk, target: str) -> str:
    """As the walk does it, but where it would start over, fail."""
    while target == "return":
        assert walk.frames, "returned from nowhere"
        target = walk.frames.pop()
    return target
