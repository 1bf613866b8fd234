"""Any walk of the engine, written down as a scenario, reads back and passes."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.engine.encounter import (
    Encounter,
    Situation,
    answer,
    answer_in_part,
    attempt,
    begin,
    called_outside,
    correct,
    press,
    replay,
)
from kiosk.protocol.field_types.registry import typed
from kiosk.protocol.field_types.type_record import SAMPLE
from kiosk.protocol.kinds.ask import AskStep
from kiosk.protocol.kinds.call import CallStep, attempt_json
from kiosk.protocol.kinds.choose import ChooseStep
from kiosk.protocol.kinds.record import RecordStep
from kiosk.protocol.model import Step
from kiosk.protocol.replies import (
    Attempt,
    Called,
    CallResult,
    Chosen,
    Confirmed,
    Missing,
    Place,
    Recorded,
    Reply,
    Ticked,
    Value,
)
from kiosk.record import bodies
from kiosk.record.entries import LoggedEntry
from kiosk.record.entry_kinds import EntryKind
from kiosk.scenarios.from_record import PracticeRun, practice_run
from kiosk.scenarios.model import Answered, Scenario
from kiosk.scenarios.runner import ScenarioResult, read_scenarios, run
from kiosk.scenarios.writer import rendered
from kiosk.system.clock import FixedClock
from tests.builders import DA, SO, a_sparing_protocol
from tests.builders import given as all_given

PROTOCOL = a_sparing_protocol()
OUTSIDE: tuple[CallResult, ...] = (CallResult.REACHED, CallResult.CALLED_BACK, CallResult.NO_ANSWER)
NOW = FixedClock().now()
WORDS = st.one_of(
    st.sampled_from(
        ["refused", "yes", "2", "# no", "a: b", "{x}", '"', "…", "- a", "two\nlines", "\u200b", "Badge #7"]
    ),
    st.text(max_size=12),
)


@st.composite
def replies(draw: st.DrawFn, step: Step, walk: Encounter, place: Place) -> Reply:
    """Something a person could answer there."""
    match step:
        case AskStep():
            return Chosen(draw(st.sampled_from([o.id for o in walk.options(place)])))
        case ChooseStep():
            ticked = draw(st.sets(st.sampled_from(list(step.choices)), min_size=1))
            return Ticked(tuple(c for c in step.choices if c in ticked))
        case RecordStep():
            return Recorded.of({name: draw(facts(name)) for name in step.fields})
        case CallStep():
            chain = walk.chain(step)
            missed = draw(st.integers(0, max(0, len(chain) - 1)))
            last: CallResult = draw(st.sampled_from((CallResult.REACHED, CallResult.NO_ANSWER)))
            missing: CallResult = CallResult.NO_ANSWER
            results = [*(missing for _ in range(missed)), last]
            made = (Attempt(*who, result) for who, result in zip(chain, results, strict=False))
            return Called(tuple(made))
    return Confirmed()


@st.composite
def facts(draw: st.DrawFn, name: str) -> Value:
    """Words as the desk keeps them, or why there are none."""
    field = PROTOCOL.fields[name]
    said: st.SearchStrategy[Value] = WORDS.map(lambda words: typed(field, words))
    if field.choices:
        said = st.sampled_from([*field.choices])
    missing = st.sampled_from([Missing("deferred"), *(Missing(reason) for reason in field.missing)])
    return draw(st.one_of(missing, said))


@st.composite
def walks(draw: st.DrawFn) -> tuple[Situation, list[LoggedEntry], Encounter]:
    """A situation, what the log has of a walk in it, and where it then stood."""
    people = {DA: draw(st.integers(1, 3)), SO: draw(st.integers(1, 2))}
    chosen = {"wait-place": draw(st.sampled_from(["entrance", "outside"]))}
    situation = Situation(chosen, people, draw(st.booleans()))
    walk, kept = begin(PROTOCOL, situation), list[LoggedEntry]()
    for _ in range(draw(st.integers(1, 14))):
        if draw(st.integers(0, 5)) == 0:
            tried = Attempt(draw(st.sampled_from([*PROTOCOL.roles])), 0, draw(st.sampled_from(OUTSIDE)))
            kept.append(
                LoggedEntry(len(kept), "", EntryKind.CALL_MADE, "id", None, "desk", None, NOW, attempt_json(tried))
            )
            walk = called_outside(walk, tried)
        place, moved, kind = draw(moves(walk))
        if moved is not walk:
            reply = moved.parts[place] if kind == EntryKind.STEP_PARTIAL else moved.replies[place]
            body = bodies.reply_body(place, reply)
            kept.append(LoggedEntry(len(kept), "", kind, "id", place.step, "desk", None, NOW, body))
            walk = moved
    return situation, kept, walk


@st.composite
def moves(draw: st.DrawFn, walk: Encounter) -> tuple[Place, Encounter, EntryKind]:
    """One thing the desk can do: answer, call, press an interrupt, correct."""
    what = draw(st.sampled_from(["answer", "answer", "answer", "press", "correct", "part"]))
    if what == "correct" and walk.path:
        place = draw(st.sampled_from(walk.path))
        step = PROTOCOL.steps.get(place.step)
        if step is not None and (not isinstance(step, AskStep) or walk.options(place)):
            return place, correct(walk, place, draw(replies(step, walk, place))), EntryKind.STEP_CORRECTED
    if what == "press" or walk.step is None:
        return (
            walk.at,
            press(walk, walk.at, draw(st.sampled_from([i.id for i in PROTOCOL.interrupts]))),
            EntryKind.STEP_ANSWERED,
        )
    if what == "part" and isinstance(walk.step, RecordStep):
        name = draw(st.sampled_from(walk.step.fields))
        part = Recorded.of({name: draw(facts(name))})
        return walk.at, answer_in_part(walk, walk.at, part), EntryKind.STEP_PARTIAL
    if isinstance(walk.step, CallStep) and walk.next_attempt(walk.at) is not None:
        whom = draw(st.sampled_from(walk.chain(walk.step)))
        result = draw(st.sampled_from((CallResult.NO_ANSWER, *CallResult)))
        return walk.at, attempt(walk, walk.at, Attempt(*whom, result)), EntryKind.STEP_ANSWERED
    return walk.at, answer(walk, walk.at, draw(replies(walk.step, walk, walk.at))), EntryKind.STEP_ANSWERED


def scenario(situation: Situation, done: PracticeRun, end: Encounter, *, words: bool) -> Scenario:
    """The case with what it must hold to; facts only where the words were kept, and only whole answers.

    A scenario has no words for an answer in part.
    """
    values = replace(end, parts={}).facts() if words else {}
    has = {name: value for name, value in values.items() if isinstance(value, Missing)}
    steps = (*end.path, *(() if end.outcome else (end.at,)))
    return Scenario(
        name="Any walk: “at all”",
        line=1,
        do=done.lines,
        settings=situation.settings,
        people=situation.people,
        after_hours=situation.after_hours,
        path=tuple(place.step for place in steps if place.step in PROTOCOL.steps),
        outcome=end.outcome,
        has=has,
    )


def played(case: Scenario) -> ScenarioResult:
    """The case through the text that is kept of it."""
    ((read,), findings) = read_scenarios(rendered(case).encode(), "scenarios.yaml", PROTOCOL)
    assert findings == (), rendered(case)
    assert replace(read, lines={}, line=1, do=()) == replace(case, do=())
    return run(PROTOCOL, read)


@settings(deadline=None)
@given(walk=walks())
def test_any_walk_becomes_a_scenario_that_passes(walk: tuple[Situation, list[LoggedEntry], Encounter]) -> None:
    """The same way, the same outcome, the same reasons; no word that was typed is in it."""
    situation, kept, end = walk
    for words in (False, True):
        done = practice_run(kept, PROTOCOL, keep_text=words)
        result = played(scenario(situation, done, end, words=words))
        assert result.passed, (result.story, rendered(scenario(situation, done, end, words=words)))
        assert set(result.end.replies) == set(end.replies)
        assert result.end.path == end.path


@settings(deadline=None)
@given(walk=walks())
def test_walking_on_is_walking_anew(walk: tuple[Situation, list[LoggedEntry], Encounter]) -> None:
    """An answer continues from where the walk stood; from the start, the same replies lead to the same value."""
    situation, _, end = walk
    anew = replay(PROTOCOL, situation, all_given(end), end.outside)
    assert anew == end
    assert anew.trail == end.trail


@settings(deadline=None)
@given(walk=walks())
def test_samples_stand_for_whatever_was_typed(walk: tuple[Situation, list[LoggedEntry], Encounter]) -> None:
    """Words could be anything, also in practice."""
    _, kept, _ = walk
    values = [
        value
        for line in practice_run(kept, PROTOCOL).lines
        if isinstance(line, Answered) and isinstance(line.reply, Recorded)
        for _, value in line.reply.values
    ]
    assert all(
        value in {SAMPLE, 1, *PROTOCOL.fields["sealed"].choices} or isinstance(value, Missing) for value in values
    )
