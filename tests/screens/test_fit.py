"""The row counts of the 80×24 check agree with the real screen, row by row."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest

from kiosk.checks.wording.screen_fit import HOURS, NAME, REASON, keys_over, need_of, outcome_over
from kiosk.checks.wording.slots import LONGEST_NUMBER, longest, ways_to_fill
from kiosk.desk.service import Desk
from kiosk.desk.station import Pack
from kiosk.i18n.strings import languages, text
from kiosk.layout.blocks import TAG
from kiosk.layout.window import REVIEW_ROWS, SMALLEST
from kiosk.protocol.field_type import FieldType
from kiosk.protocol.kinds.ask import AskStep
from kiosk.protocol.kinds.branch import BranchStep
from kiosk.protocol.kinds.call import CallStep
from kiosk.protocol.kinds.choose import ChooseStep
from kiosk.protocol.kinds.instruction import InstructionStep
from kiosk.protocol.kinds.record import RecordStep
from kiosk.protocol.model import MISSING, Field, Interrupt, Option, Protocol, Step, Text
from kiosk.protocol.parsing.protocol import read_protocol
from kiosk.protocol.site.contacts import Contact, Contacts
from kiosk.screens.widgets.scroll import Column
from tests.builders import CONTENT_HASH, DA, SO, a_protocol, a_station, en
from tests.screens.acting import Actor, Stand, a_stand, acting
from tests.searching import some

ROWS: Final = SMALLEST.height
OUTCOME_ROWS: Final = ROWS - REVIEW_ROWS
CONNECTICUT: Final = Path(__file__).parents[2] / "protocols" / "ct-outside-agent" / "protocol.yaml"


@cache
def connecticut() -> Protocol:
    """The shipped protocol."""
    protocol = read_protocol(CONNECTICUT.read_bytes(), CONNECTICUT.name).protocol
    assert protocol is not None
    return protocol


def reached_at_once(protocol: Protocol, step_id: str) -> Protocol:
    """The protocol with a first step and one key (F6) that leads to this step, with somewhere to return to."""
    first = InstructionStep(id="before-all", title=en("Here"), next=step_id)
    return replace(
        protocol,
        start=first.id,
        steps={**protocol.steps, first.id: first},
        interrupts=(Interrupt("go", en("Go"), step_id),),
    )


def a_school(protocol: Protocol, choices: Mapping[str, str], language: str) -> Stand:
    """A kiosk whose contacts are as `fit` reckons with: one for each role, with hours and the longest number."""
    phone, _, extension = LONGEST_NUMBER.partition(", extension ")
    roles = {role: (Contact(NAME, phone=phone, extension=extension, hours=HOURS),) for role in protocol.roles}
    station = replace(
        a_station(), contacts=Contacts("Lincoln Elementary School", roles), settings=choices, language=language
    )
    pack = Pack(protocol, CONTENT_HASH)
    stand = a_stand()
    desk = Desk(stand.log, stand.clock, station, pack, pack_by_hash=lambda _: None)
    return replace(stand, services=replace(stand.services, station=station, open_desk=lambda: desk))


async def rows_on_screen(protocol: Protocol, step: Step, choices: Mapping[str, str], language: str = "en") -> int:
    """How many rows the step really takes; at a call, with everyone but the last tried."""
    async with acting(a_school(reached_at_once(protocol, step.id), choices, language)) as actor:
        await actor.press("enter", "f6")
        assert actor.app.running is not None
        for _ in range(len(step.roles) - 1 if isinstance(step, CallStep) and not step.pick else 0):
            await actor.press("2")
        assert actor.app.running.walk.at.step == step.id, "the step was not come to"
        await at_rest(actor)
        rows = height(actor)
        assert whole(actor) is (rows <= ROWS)
        return rows


async def at_rest(actor: Actor) -> None:
    """Wait until the screen is laid out with the line that tells of more, or without it: each takes a layout."""
    for _ in range(3):
        await actor.settle()


def height(actor: Actor) -> int:
    """The rows of everything in the column, seen or not."""
    column = actor.app.screen.query_one(Column)
    return max(child.virtual_region.bottom for child in column.displayed_children)


def whole(actor: Actor) -> bool:
    """Whether nothing is out of sight: no line tells of more, and nothing was scrolled to reach the first box."""
    return "PgDn" not in actor.text and actor.app.screen.query_one(Column).scroll_offset.y == 0


def words_of(step: Step) -> Iterable[str]:
    """The texts that may contain slots."""
    return [t.say("en") for t in (step.title, step.do, step.say) if t is not None]


SHOWN = [s for s in connecticut().steps.values() if not isinstance(s, BranchStep)]


@pytest.mark.parametrize("step", SHOWN, ids=lambda s: s.id)
async def test_the_reckoning_is_the_screen_at_every_step_of_the_shipped_protocol(step: Step) -> None:
    """Every step, with every choice of the settings its words have slots for: as many rows as reckoned, and whole."""
    protocol = connecticut()
    for choices, filling in some([*ways_to_fill(protocol, "en", words_of(step))], SHOWN.index(step)):
        need = need_of(protocol, step, "en", filling)
        assert await rows_on_screen(protocol, step, choices) == need.total <= ROWS


# -- words made up around the limit ----------------------------------------------------------------------------------

_SYLLABLES: Final = (
    "do",
    "ta",
    "ask",
    "wait",
    "them",
    "office",
    "superintendent's",
    "ñandú,",
    "día.",
    "don’t",
    "—",
    "學校",
    "é",
)


def some_words(chance: random.Random, cells: int) -> Text:
    """Words of about so many cells, in Spanish; the English ones are of another length."""
    words: list[str] = []
    while len(" ".join(words)) < cells:
        words.append("x" * chance.randint(41, 60) if chance.random() < 0.03 else chance.choice(_SYLLABLES))
    return Text.of(en="Short.", es=" ".join(words))


def lines(count: int, last: str = "x" * 42) -> Text:
    """A DO of so many whole lines."""
    return en(" ".join([*["x" * 42] * (count - 1), last]))


def a_made_up_step(chance: random.Random) -> Step:
    """A step of any kind whose words take about as many rows as there are."""

    def words(most: int) -> Text:
        return some_words(chance, chance.randint(1, most))

    above: dict[str, Any] = {
        "id": "made-up",
        "title": words(90) if chance.random() < 0.7 else None,
        "do": words(330) if chance.random() < 0.8 else None,
        "say": words(330) if chance.random() < 0.8 else None,
    }
    answers = chance.randint(1, 9)
    return chance.choice(
        (
            AskStep(**above, ask=words(90), options=tuple(Option(f"o{n}", words(70), "who") for n in range(answers))),
            ChooseStep(**above, ask=words(90), choices={f"c{n}": words(70) for n in range(answers)}, next="who"),
            RecordStep(**above, fields=tuple(f"f{n}" for n in range(1 + answers // 2)), next="who"),
            CallStep(
                **above, roles=(DA, SO)[: chance.randint(1, 2)], reached="who", nobody="who", pick=chance.random() < 0.3
            ),
            InstructionStep(**above, next="who"),
        )
    )


@pytest.mark.parametrize("seed", some(range(20), 0))
async def test_the_reckoning_is_the_screen_for_words_nobody_has_written(seed: int) -> None:
    """Any kind of step, long words, wide letters, accents: as many rows as reckoned; too many are told as more."""
    chance = random.Random(seed)  # noqa: S311 - not a secret
    step = a_made_up_step(chance)
    fields = {f"f{n}": Field(f"f{n}", some_words(chance, chance.randint(1, 80))) for n in range(6)}
    protocol = a_protocol()
    protocol = replace(protocol, steps={**protocol.steps, step.id: step}, fields={**protocol.fields, **fields})
    need = need_of(protocol, step, "en", longest(protocol, "en"))

    assert await rows_on_screen(protocol, step, {}, "en") == need.total


@pytest.mark.parametrize("seed", some(range(8), 0))
async def test_choices_take_no_more_rows_than_reckoned(seed: int) -> None:
    """Nor many less: only the words for why a fact is missing are reckoned as the longest there is."""
    chance = random.Random(seed)  # noqa: S311 - not a secret
    most = 70 if seed % 2 else 20
    step = RecordStep(id="chosen", title=en("Choose"), fields=("f0", "f1"), next="who")
    fields = {
        f"f{n}": Field(
            f"f{n}",
            some_words(chance, chance.randint(1, 60)),
            FieldType.CHOICE,
            missing=("refused", "none")[: chance.randint(0, 2)],
            choices={f"c{c}": en(some_words(chance, chance.randint(1, most)).say("es")) for c in range(3)},
        )
        for n in range(2)
    }
    protocol = a_protocol()
    protocol = replace(protocol, steps={**protocol.steps, step.id: step}, fields={**protocol.fields, **fields})
    need = need_of(protocol, step, "en", {})

    assert await rows_on_screen(protocol, step, {}) <= need.total <= await rows_on_screen(protocol, step, {}) + 2


def test_no_word_for_a_reason_is_longer_than_reckoned() -> None:
    """In no language of the kiosk."""
    assert max(len(text(f"missing.{reason}", language)) for reason in MISSING for language in languages()) <= len(
        REASON
    )


def test_made_up_steps_lie_on_both_sides_of_the_limit() -> None:
    """The test above proves nothing unless some of its steps fit, some do not, and each kind is among them."""
    protocol = a_protocol()
    steps = [a_made_up_step(random.Random(seed)) for seed in range(20)]  # noqa: S311 - not a secret
    over = [need_of(protocol, step, "es", {}).over > 0 for step in steps]

    assert 4 < sum(over) < 16
    assert {type(step) for step in steps} == {AskStep, ChooseStep, RecordStep, CallStep, InstructionStep}


@pytest.mark.parametrize("rows_over", [0, 1])
async def test_one_row_more_than_fits_is_told(rows_over: int) -> None:
    """Exactly twenty rows are whole on the screen, twenty-one are not."""
    step = AskStep(id="edge", ask=en("Ask?"), do=lines(16 + rows_over), options=(Option("o", en("Yes"), "who"),))
    protocol = replace(a_protocol(), steps={**a_protocol().steps, step.id: step})
    need = need_of(protocol, step, "en", {})

    assert need.over == rows_over
    assert await rows_on_screen(protocol, step, {}) == ROWS + rows_over


async def test_a_step_that_just_fits_is_whole_after_one_that_did_not() -> None:
    """The line that tells of more goes with the step it told of, though it takes a row that is then needed."""
    long, exact = (InstructionStep(id=i, do=lines(n), next="exact") for i, n in (("long", 30), ("exact", ROWS - 3)))
    protocol = replace(a_protocol(), steps={**a_protocol().steps, "long": long, "exact": exact})
    assert need_of(protocol, exact, "en", {}).total == ROWS

    async with acting(a_school(reached_at_once(protocol, "long"), {}, "en")) as actor:
        await actor.press("enter", "f6")
        await at_rest(actor)
        assert not whole(actor)
        await actor.press("enter")  # brings the line of Enter into sight
        await actor.press("enter")
        await at_rest(actor)
        assert actor.at == "exact"
        assert whole(actor)


@pytest.mark.parametrize(("do_rows", "hidden"), [(15, False), (16, True), (17, True)])
async def test_answers_called_out_of_sight_are(do_rows: int, hidden: bool) -> None:
    """Whether the first of many answers is on the screen at once is what the reckoning says."""
    options = tuple(Option(f"o{n}", en(f"Answer {n}"), "who") for n in range(1, 5))
    step = AskStep(id="edge", ask=en("Ask?"), do=lines(do_rows), options=options)
    protocol = replace(a_protocol(), steps={**a_protocol().steps, step.id: step})

    assert need_of(protocol, step, "en", {}).answers_hidden is hidden
    async with acting(a_school(reached_at_once(protocol, step.id), {}, "en")) as actor:
        await actor.press("enter", "f6")
        await at_rest(actor)
        assert "PgDn" in actor.text
        assert ("Answer 1" in actor.text) is not hidden


@pytest.mark.parametrize("rows", [OUTCOME_ROWS, OUTCOME_ROWS + 1, OUTCOME_ROWS + 2])
async def test_an_outcome_that_fits_shows_its_record_too(rows: int) -> None:
    """Title and DO are whole, and the record begins below them; longer ones are called too long."""
    protocol = a_protocol()
    left = replace(protocol.outcomes["left"], do=lines(rows - 2, last="y" * 42))
    protocol = replace(protocol, outcomes={**protocol.outcomes, "left": left})
    fits = not outcome_over(left, "en", {})

    assert fits is (rows <= OUTCOME_ROWS)
    async with acting(a_school(protocol, {}, "en")) as actor:
        await actor.press("enter", "f9")
        if fits:
            assert "y" * 42 in actor.text
            assert "Still to call" in actor.text


@pytest.mark.parametrize("letters", [14, 15, 16, 17])
async def test_labels_called_too_long_for_the_keys_are_cut(letters: int) -> None:
    """The last label is whole exactly when the reckoning says so."""
    protocol = a_protocol()
    jumps = tuple(replace(jump, label=en("x" * letters + "!")) for jump in protocol.interrupts)
    protocol = replace(protocol, interrupts=jumps)
    assert len(jumps) == 4
    fits = not keys_over(protocol, "en", {})

    async with acting(a_school(protocol, {}, "en")) as actor:
        await actor.press("enter")
        assert (actor.lines[22].count("x" * letters + "!") == 4) is fits


@pytest.mark.parametrize("language", languages())
def test_the_chrome_keeps_to_the_rows_the_reckoning_counts_on(language: str) -> None:
    """In every language: tags within their column, one line for each of the kiosk's own sentences on a step."""
    assert max(len(text("step.do", language)), len(text("step.say", language))) < TAG
    assert len(text("step.fields", language, down="↓")) <= SMALLEST.width
    assert len(text("step.tick", language)) <= SMALLEST.width
    assert max(len(text(w, language)) for w in ("call.1", "call.2", "call.3")) <= 43
    assert max(len(text(w, language)) for w in ("step.done", "step.all")) <= 39
    assert len(text("result.no-answer", language)) <= 15
