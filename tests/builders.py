"""Small made-up things for tests: a protocol with every kind of step, contacts, a post, a pack, a desk."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from kiosk.desk.running import Running
from kiosk.desk.service import Desk
from kiosk.desk.service import Log as DeskLog
from kiosk.desk.station import Pack, Station
from kiosk.engine.encounter import Encounter, Given, Situation, answer, begin, press
from kiosk.protocol.disclosure_classes import ProtocolClasses
from kiosk.protocol.field_type import FieldType
from kiosk.protocol.kinds.ask import AskStep
from kiosk.protocol.kinds.branch import BranchStep
from kiosk.protocol.kinds.call import CallStep
from kiosk.protocol.kinds.choose import ChooseStep
from kiosk.protocol.kinds.instruction import InstructionStep
from kiosk.protocol.kinds.record import RecordStep
from kiosk.protocol.model import (
    RETURN,
    DisclosureClass,
    Duty,
    Field,
    Interrupt,
    Option,
    Outcome,
    Protocol,
    Release,
    Role,
    Rule,
    Setting,
    Source,
    Step,
    Text,
    TimeUnit,
    Within,
)
from kiosk.protocol.replies import Attempt, Called, CallResult, Chosen, Confirmed, Missing, Place, Recorded, Ticked
from kiosk.protocol.site.contacts import Contact, Contacts
from kiosk.record.disclosure.levels import Classes
from kiosk.record.entries import random_salt
from kiosk.settings import Mode
from kiosk.system.clock import Clock, FixedClock

DA: Final = "designated-administrator"
SO: Final = "superintendent-office"
DUTY: Final = "on-duty"
CONTENT_HASH: Final = "5e" * 32
"""The content hash of `a_pack()`."""

SAYS_AGENCY: Final = Recorded.of(
    {"agency-as-stated": "Homeland Security", "agents-count": 2, "badge": Missing("refused")}
)
"""A reply to the step `identify`."""


def en(words: str) -> Text:
    """Words in English."""
    return Text.of(en=words)


def _option(option_id: str, target: str, label: str = "") -> Option:
    return Option(option_id, en(label or option_id.replace("-", " ").capitalize()), target)


def _steps() -> tuple[Step, ...]:
    return (
        AskStep(
            id="danger",
            ask=en("Is anyone in danger right now?"),
            cite=("design",),
            options=(_option("yes", "call-911"), _option("no", "who")),
        ),
        InstructionStep(
            id="call-911", title=en("Call 911"), do=en("Call 911. Follow the emergency plan."), next="emergency"
        ),
        AskStep(
            id="who",
            ask=en("Who do they say they are?"),
            do=en("Ask for name, agency and reason."),
            say=en("May I have your name and agency, please?"),
            cite=("memo",),
            options=(
                _option("federal", "call-now", "Federal agent, or an agency I don't know"),
                _option("police", "call-now", "Local or state police"),
                _option("parent", "routine", "A parent or another visitor"),
                _option("go-back", RETURN, "Go back to where I was"),
            ),
        ),
        CallStep(
            id="call-now",
            title=en("Call now"),
            do=en("Call, in this order."),
            say=en("Please have a seat {wait-place}. I'm getting the person who can help you."),
            cite=("memo",),
            roles=(DA, SO),
            reached="identify",
            nobody="keep-trying",
        ),
        InstructionStep(
            id="keep-trying",
            title=en("Nobody answered"),
            do=en("Offer the card. Call {superintendent-office} again in five minutes."),
            cite=("design",),
            next=RETURN,
        ),
        RecordStep(
            id="identify",
            title=en("Write what they give you"),
            do=en("Write what they say. Don't guess."),
            say=en("Could you show me your badge, please?"),
            cite=("memo",),
            fields=("agency-as-stated", "agents-count", "badge"),
            next="request",
        ),
        ChooseStep(
            id="request",
            ask=en("What do they want?"),
            cite=("memo",),
            choices={
                "records": en("Records or information"),
                "see-student": en("To see a student"),
                "papers": en("To hand over papers"),
            },
            next="routed",
        ),
        BranchStep(
            id="routed",
            rules=(
                Rule("answer", "request", ("papers",), "papers"),
                Rule("setting", "wait-place", ("outside",), "outside"),
                Rule("answer", "who", ("police", "parent"), "handover"),
            ),
            otherwise="wait",
        ),
        InstructionStep(
            id="papers", title=en("Papers"), do=en("Don't sign. Keep them together."), cite=("memo",), next="wait"
        ),
        InstructionStep(
            id="outside", title=en("Outside"), do=en("Ask them to wait outside."), cite=("design",), next="wait"
        ),
        AskStep(
            id="wait",
            ask=en("Will they wait?"),
            cite=("memo",),
            options=(_option("yes", "handover"), _option("no", "left"), _option("not-sure", "call-now")),
        ),
        InstructionStep(
            id="past", title=en("Stay calm"), do=en("Do not block or follow anyone."), cite=("design",), next=RETURN
        ),
    )


SEALED: Final = Field(
    "sealed",
    en("Is there a seal on it?"),
    FieldType.CHOICE,
    DisclosureClass.PUBLIC,
    missing=("not-seen", "none"),
    choices={"yes": en("Yes"), "partly": Text.of(en="Part of one", es="Una parte"), "no": en("No")},
)
"""A fact that is chosen; the sample protocol does not ask for it."""


def a_protocol() -> Protocol:
    """A protocol with every kind of step, `return` from a call, an interrupt and an option, and four outcomes."""
    return Protocol(
        id="sample",
        title=en("Sample"),
        jurisdiction="US-CT",
        source_language="en",
        release=Release("2026.1", date(2026, 8, 1), date(2027, 6, 30)),
        sources={"memo": Source("A memo", "The Superintendent", "2026-07-01")},
        roles={DA: Role(DA, en("Designated administrator"), True), SO: Role(SO, en("Superintendent's Office"), True)},
        settings={
            "wait-place": Setting(
                "wait-place",
                en("Where do visitors wait?"),
                {"entrance": en("at the entrance"), "outside": en("outside the door")},
                "entrance",
            )
        },
        fields={
            "agency-as-stated": Field(
                "agency-as-stated", en("Agency, as they say it"), FieldType.LINE, DisclosureClass.PUBLIC
            ),
            "agents-count": Field(
                "agents-count", en("How many"), FieldType.COUNT, DisclosureClass.PUBLIC, missing=("not-seen",)
            ),
            "badge": Field(
                "badge",
                en("Badge number"),
                FieldType.LINE,
                DisclosureClass.STAFF,
                missing=("refused", "not-seen", "not-asked"),
            ),
        },
        start="danger",
        interrupts=(
            Interrupt("danger", en("Danger"), "call-911"),
            Interrupt("went-past", en("Went past me"), "past"),
            Interrupt("start-over", en("Someone else came"), "who"),
            Interrupt("they-left", en("They left"), "left"),
        ),
        steps={step.id: step for step in _steps()},
        outcomes={
            "handover": Outcome("handover", en("Handed over"), SO, (DA, SO)),
            "left": Outcome("left", en("They left"), SO, (SO,)),
            "emergency": Outcome("emergency", en("Emergency"), SO, (SO,)),
            "routine": Outcome("routine", en("An ordinary visit"), routine=True),
        },
    )


def a_sparing_protocol() -> Protocol:
    """`a_protocol()` with all that calls can be told, and a fact that is chosen.

    Its call need not be made again, and after hours somebody else is called first.
    """
    base = a_protocol()
    call, identify = base.steps["call-now"], base.steps["identify"]
    assert isinstance(call, CallStep)
    assert isinstance(identify, RecordStep)
    changed = {
        "call-now": replace(call, once=True),
        "identify": replace(identify, fields=(*identify.fields, "sealed")),
    }
    choices = {"yes": en("Yes"), "partly": en("Part of one"), "no": en("No")}
    sealed = Field("sealed", en("Is there a seal on it?"), FieldType.CHOICE, missing=("none",), choices=choices)
    return replace(
        base,
        steps={**base.steps, **changed},
        fields={**base.fields, "sealed": sealed},
        roles={**base.roles, DUTY: Role(DUTY, en("On duty"))},
        after_hours=(DUTY,),
    )


def a_protocol_with_duties() -> Protocol:
    """`a_protocol()` with two duties at its outcome `handover`: `papers`, at once, and `entry`, in 3 business days."""
    base = a_protocol()
    duties = (
        Duty("papers", en("Send the papers on."), DA, Within(), en("The office decides."), ("memo",)),
        Duty("entry", en("Enter the request."), SO, Within(TimeUnit.BUSINESS_DAYS, 3), en("They ask."), ("design",)),
    )
    return replace(base, outcomes={**base.outcomes, "handover": replace(base.outcomes["handover"], duties=duties)})


def a_protocol_with_a_date() -> Protocol:
    """`a_protocol()`, beginning at a form that asks for a date (`day`) and a number from 1 to 9 (`pages`)."""
    base = a_protocol()
    identify = base.steps["identify"]
    assert isinstance(identify, RecordStep)
    fields = {
        "day": Field("day", en("Date on the letter"), FieldType.DATE),
        "pages": Field("pages", en("How many pages"), FieldType.NUMBER, least=1, most=9),
    }
    steps = {**base.steps, "identify": replace(identify, fields=("day", "pages"), say=None)}
    return replace(base, start="identify", steps=steps, fields={**base.fields, **fields})


def some_contacts() -> Contacts:
    """Two people for the designated administrator, one for the superintendent's office."""
    return Contacts(
        "Lincoln Elementary School",
        {
            DA: (
                Contact("Dana Ruiz", "Assistant principal", "860-555-0142", "214", "Mon-Fri 07:30-15:30"),
                Contact("Sam Whitfield", "Principal", "860-555-0143"),
            ),
            SO: (
                Contact(
                    "Superintendent's Office",
                    phone="860-555-0100",
                    hours="Mon-Fri 08:00-16:30",
                    address="1 Example Street, Sampleton",
                    url="https://example.org/so",
                ),
            ),
        },
    )


def a_station(mode: Mode = "live") -> Station:
    """The front office of a made-up school."""
    return Station("Lincoln Elementary School", "Front office", mode, some_contacts())


def a_pack() -> Pack:
    """`a_protocol()` with its content hash."""
    return Pack(a_protocol(), CONTENT_HASH)


def numbered_ids() -> Callable[[], str]:
    """Ids that count up, so that tests can be told apart from chance."""
    numbers = itertools.count(1)
    return lambda: f"id-{next(numbers):04d}"


def a_desk(
    log: DeskLog,
    clock: Clock | None = None,
    *,
    mode: Mode = "live",
    pack: Pack | None = None,
    station: Station | None = None,
    by_chance: bool = True,
) -> Desk:
    """A desk over `log`. Other packs than the one in force are gone. Not by chance: always the same ids and salts."""
    new_id, salt = (lambda: str(uuid.uuid4()), random_salt) if by_chance else (numbered_ids(), lambda: bytes(16))
    clock, station, pack = clock or FixedClock(), station or a_station(mode), pack or a_pack()
    return Desk(log, clock, station, pack, pack_by_hash=lambda _: None, new_id=new_id, salt=salt)


def a_desk_with_duties(log: DeskLog, clock: Clock | None = None, closed_days: frozenset[date] = frozenset()) -> Desk:
    """A desk over `log` whose protocol has duties, in a district with these holidays."""
    pack = replace(a_pack(), protocol=a_protocol_with_duties())
    return a_desk(log, clock, pack=pack, station=replace(a_station(), closed_days=closed_days))


def closed_with_duties(desk: Desk, outcome: str = "handover") -> Running:
    """A record of that desk, closed at `handover`, which has duties, or at `left`, which has none."""
    running = desk.answer(desk.open(), place("danger"), Chosen("no"))
    running = desk.answer(running, place("who"), Chosen("federal"))
    running = desk.attempt(running, place("call-now"), Attempt(SO, 0, CallResult.REACHED))
    running = desk.answer(running, place("identify"), SAYS_AGENCY)
    if outcome == "left":
        return desk.close(desk.press(running, place("request"), "they-left"), names_child=False)
    running = desk.answer(running, place("request"), Ticked(("records",)))
    return desk.close(desk.answer(running, place("wait"), Chosen("yes")), names_child=False)


def walked(*replies: object, situation: Situation | None = None) -> Encounter:
    """An encounter after these replies, each given where it then stands. Text presses an interrupt or picks an option.

    `"!left"` presses `left`; `"yes"` picks the option; `None` confirms; a tuple ticks; a list of results calls.
    """
    encounter = begin(a_protocol(), situation)
    for reply in replies:
        encounter = replied(encounter, reply)
    return encounter


def replied(encounter: Encounter, reply: object) -> Encounter:
    """The encounter after one reply at the place it stands at, written as in `walked`."""
    at = encounter.at
    match reply:
        case str() if reply.startswith("!"):
            return press(encounter, at, reply[1:])
        case str():
            return answer(encounter, at, Chosen(reply))
        case None:
            return answer(encounter, at, Confirmed())
        case tuple():
            return answer(encounter, at, Ticked(reply))
        case list():
            return answer(encounter, at, calls(encounter, *reply))
        case Recorded():
            return answer(encounter, at, reply)
    raise TypeError(f"no reply is written as {reply!r}")


def given(encounter: Encounter) -> list[Given]:
    """Everything that was answered in an encounter, to be replayed."""
    parts = [Given(place, part, part=True) for place, part in encounter.parts.items()]
    return [*parts, *(Given(place, reply) for place, reply in encounter.replies.items())]


def calls(encounter: Encounter, *results: str) -> Called:
    """The attempts that give these results, down the chain of the call step the encounter stands at."""
    step = encounter.step
    assert isinstance(step, CallStep), f"nobody is called at {encounter.at}"
    chain = encounter.chain(step)
    known = [result for word in results if (result := CallResult.of_id(word)) is not None]
    made = (Attempt(role, n, result) for (role, n), result in zip(chain, known, strict=False))
    return Called(tuple(made))


def place(step: str, visit: int = 1) -> Place:
    """A place, written shortly."""
    return Place(step, visit)


STEPS: Final = ("channel", "danger", "identify")
OUTCOMES: Final = ("gone", "handover", "left")


def classes_with(fields: Mapping[str, DisclosureClass], pack: str | None = None) -> Classes:
    """The classes of a protocol with these fields, whose steps and outcomes are public. pack: only of this one."""
    steps, outcomes = (dict.fromkeys(names, DisclosureClass.PUBLIC) for names in (STEPS, OUTCOMES))
    known = ProtocolClasses(fields, steps, outcomes, {"left": DisclosureClass.PUBLIC}, {})
    return Classes(lambda content_hash: known if pack in {None, content_hash} else None)
