"""Small protocols and guarantees, drawn at random: every kind of step, two settings, three roles, up to two keys."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from hypothesis import strategies as st

from kiosk.engine.encounter import Encounter, Situation, begin
from kiosk.protocol.guarantee import Event, Guarantee
from kiosk.protocol.kinds.ask import AskStep
from kiosk.protocol.kinds.branch import BranchStep
from kiosk.protocol.kinds.choose import ChooseStep
from kiosk.protocol.model import Protocol
from kiosk.protocol.parsing.protocol import read_protocol
from kiosk.protocol.validation.structure import check
from tests.protocol.samples import PREAMBLE

HEAD = (
    PREAMBLE
    + """\
roles: {office: {title: The office}, helper: {title: The helper}, night: {title: At night}}
settings:
  door: {ask: Which door?, choices: {front: The front, back: The back, side: The side}, default: front}
  mode: {ask: Which mode?, choices: {calm: Calm, busy: Busy}, default: calm}
fields: {badge: {label: Badge}}
outcomes:
  over:
    title: Over
    refer: office
    to_notify: [office]
    duties: [{id: papers, do: Send it., owner: office, within: at-once, why: They decide., cite: [design]}]
  gone: {title: Gone, routine: true}
start: s0
"""
)
KINDS = ("tell", "record", "ask", "ask", "choose", "call", "call", "when", "when")


@st.composite
def texts(draw: st.DrawFn, *, once: bool = False) -> str:
    """A protocol file with up to five steps that lead anywhere. once: with calls that need not be made again."""
    names = [f"s{n}" for n in range(draw(st.integers(2, 5)))]
    target = st.sampled_from([*names, *names, "over", "gone", "return"])
    kinds = {name: draw(st.sampled_from(KINDS)) for name in names}
    steps = "".join(f"  {name}: {draw(_step(kind, target, kinds, once))}\n" for name, kind in kinds.items())
    keys = draw(st.lists(st.sampled_from([*names, "over"]), max_size=2))
    jumps = "".join(f"  - {{id: k{n}, label: Key {n}, next: {key}}}\n" for n, key in enumerate(keys))
    late = draw(st.sampled_from(["", "", "after_hours: [night]\n", "after_hours: [night, office]\n"]))
    return f"{HEAD}{late}{'interrupts:' if keys else ''}\n{jumps}steps:\n{steps}"


@st.composite
def _step(draw: st.DrawFn, kind: str, target: st.SearchStrategy[str], kinds: dict[str, str], once: bool) -> str:
    a, b, c = (draw(target) for _ in range(3))
    match kind:
        case "record":
            return f"{{title: Note, record: [badge], next: {a}}}"
        case "ask":
            options = "".join(f"{{id: {o}, label: {o}, next: {n}}}," for o, n in zip("xyz", (a, b, c), strict=True))
            return f"{{ask: Which?, options: [{options}]}}"
        case "choose":
            return f"{{ask: What?, choose: [{{id: x, label: X}}, {{id: y, label: Y}}, {{id: z, label: Z}}], next: {a}}}"
        case "call":
            more = draw(
                st.sampled_from(["", "", ", pick: true", ", once: true" * once, ", pick: true, once: true" * once])
            )
            return f"{{title: Call, call: {draw(_roles)}, reached: {{next: {a}}}, nobody: {{next: {b}}}{more}}}"
        case "when":
            lines = ", ".join([draw(_line(kinds, a)), *(draw(_line(kinds, b)) for _ in range(draw(st.integers(0, 1))))])
            return f"{{when: [{lines}], otherwise: {c}}}"
    return f"{{title: Do, next: {a}}}"


_roles = st.sampled_from(["[office]", "[helper]", "[office, helper]"])


@st.composite
def _line(draw: st.DrawFn, kinds: dict[str, str], target: str) -> str:
    asking = [name for name, kind in kinds.items() if kind in ("ask", "choose")]
    about_an_answer = draw(st.booleans())
    if asking and about_an_answer:
        some = draw(st.sampled_from(["x", "y", "x, z", "y, z"]))
        return f"{{answer: {draw(st.sampled_from(asking))}, in: [{some}], next: {target}}}"
    some = draw(st.sampled_from(["door, in: [front]", "door, in: [back, side]", "door, is: side", "mode, is: busy"]))
    return f"{{setting: {some}, next: {target}}}"


def protocol_of(text: str) -> Protocol | None:
    """The protocol; None when its walk could stand nowhere (decisions without end, a return from nowhere)."""
    reading = read_protocol(text.encode(), "p.yaml")
    assert reading.protocol is not None, [str(f) for f in reading.findings]
    lost = {f.code for f in check(reading)} & {"P304", "P305", "P306"}
    return None if lost else reading.protocol


def worlds(protocol: Protocol) -> Iterator[Encounter]:
    """An encounter at its beginning, for each way to choose the settings, by day and after hours."""
    for late in (False, True) if protocol.after_hours else (False,):
        for choices in product(*(s.choices for s in protocol.settings.values())):
            chosen = dict(zip(protocol.settings, choices, strict=True))
            yield begin(protocol, Situation(chosen, after_hours=late))


def events(protocol: Protocol) -> st.SearchStrategy[Event]:
    """Something that can happen in this protocol."""
    asking = [s for s in protocol.steps.values() if isinstance(s, AskStep | ChooseStep)]
    shown = [s.id for s in protocol.steps.values() if not isinstance(s, BranchStep)]
    found = [
        *(Event("step", (s,)) for s in shown),
        *(Event("outcome", (o,)) for o in ("over", "gone", "any")),
        *(Event(kind, (r,)) for kind in ("call", "reached") for r in ("office", "helper", "night", "any")),
        Event("record", ("badge",)),
        *(Event("interrupt", (i.id,)) for i in protocol.interrupts),
        *(Event("answer", names, s.id) for s in asking for names in (("x",), ("y", "z"), ("any",))),
    ]
    return st.sampled_from(found)


@st.composite
def promises(draw: st.DrawFn, protocol: Protocol) -> Guarantee:
    """A guarantee that is not from-every-step."""
    event = events(protocol)
    some = st.lists(event, min_size=1, max_size=2).map(tuple)
    maybe = st.lists(event, max_size=1).map(tuple)
    setting = st.sampled_from([(), (), (Event("setting", ("front", "side"), "door"),)])
    unless = (*draw(maybe), *draw(setting))
    match draw(st.sampled_from(["always", "never", "at-most", "every-end"])):
        case "always":
            return Guarantee(id="g", verb="always", what=draw(some), why="", before=draw(some), unless=unless)
        case "never":
            return Guarantee(id="g", verb="never", what=draw(some), why="", after=draw(maybe), unless=unless)
        case "at-most":
            most = draw(st.integers(0, 3))
            return Guarantee(id="g", verb="at-most", what=draw(some), why="", after=draw(maybe), most=most)
    owed = (Event("duty", ("papers",)), Event("duty", ("any",)))
    holds = st.sampled_from([Event("to_notify", ("office",)), Event("refer", ("any",)), *owed]) | event
    spared = draw(st.sampled_from([(), ("gone",)]))
    return Guarantee(id="g", verb="every-end", what=(draw(holds),), why="", unless=unless, except_=spared)
